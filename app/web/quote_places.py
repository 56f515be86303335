"""Where the quotes of uses stand in saved copies, for the pages that list uses."""

from collections.abc import Iterable, Mapping

from app.auth import identity
from app.domain.records import EvidenceRecord
from app.storage.copies import PlaceLine, places_of
from app.web.transactions import db


def quote_places(uses: Iterable[EvidenceRecord]) -> Mapping[int, PlaceLine]:
    """The place of each use that was looked for in a copy; the reader may see these uses."""
    return places_of(db(), identity.actor(), [use.id for use in uses if use.id is not None])
