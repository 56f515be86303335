"""Where quotes stand in saved copies, and why a look failed, for every page that shows it."""

from collections.abc import Iterable, Mapping

from flask import Flask, current_app, request

from app.auth import identity
from app.config import MEGABYTE, Settings
from app.domain.errors import Refused
from app.domain.links import MAX_LENGTH
from app.domain.records import EvidenceRecord
from app.storage.copies import PlaceLine, places_of
from app.web.transactions import READS, database, db
from app.web.wording import sentence


def install(app: Flask) -> None:
    """Make it known to the templates."""
    app.jinja_env.filters.update(saved_places=saved_places)


def saved_places(uses: Iterable[EvidenceRecord]) -> Mapping[int, PlaceLine]:
    """How the quotes of uses that the page shows stand in the newest copies, by the keys of the uses.

    After a refusal in a session of its own: that of the request is to be left alone.
    """
    keys = {use.id for use in uses if use.id is not None and use.quote}
    if not keys:
        return {}
    if request.method in READS:
        return places_of(db(), identity.actor(), keys)
    with database().reading() as session:
        return places_of(session, identity.actor(), keys)


def copy_error(code: str) -> str:
    """Why a look came to nothing, in words."""
    settings: Settings = current_app.config["SETTINGS"]
    limits = {"fetch.large": settings.fetch.max_bytes // MEGABYTE, "fetch.long": MAX_LENGTH}
    try:
        return sentence(Refused(code, limit=limits.get(code, 10)))
    except KeyError:
        return sentence(Refused("copy.refused"))
