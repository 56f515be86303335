"""Refusals that tell how many, for one and for several. Part of ``sentences``."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Counted(NamedTuple):
    """A sentence for one and for several; ``number`` is the value that decides.

    It also marks both for the translators' tools.
    """

    one: str
    many: str
    number: str

    def of(self, values: Mapping[str, Any]) -> int:
        """How many it is that the sentence is of."""
        return int(values[self.number])


COUNTED: Mapping[str, Counted] = {
    "sign-in.throttled": Counted(
        "Too many attempts failed. Try again in a minute.",
        "Too many attempts failed. Try again in %(minutes)s minutes.",
        "minutes",
    ),
    "review.share-mine": Counted(
        "You have given your share: %(given)s of %(most)s check.",
        "You have given your share: %(given)s of %(most)s checks.",
        "most",
    ),
    "ruling.early": Counted(
        "%(done)s of %(wanted)s check is in: it cannot be settled yet.",
        "%(done)s of %(wanted)s checks are in: it cannot be settled yet.",
        "wanted",
    ),
    "database.counts": Counted(
        "%(number)s count is not right: assay db count counts anew.",
        "%(number)s counts are not right: assay db count counts anew.",
        "number",
    ),
    "import.running": Counted(
        "Another import into this project is under way: wait until it is done. It gave a sign of life"
        " %(ago)s s ago; if it was ended by force, this one can be begun in one second.",
        "Another import into this project is under way: wait until it is done. It gave a sign of life"
        " %(ago)s s ago; if it was ended by force, this one can be begun in %(left)s seconds.",
        "left",
    ),
}
