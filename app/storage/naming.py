"""How a filter of claims names claims by what hangs on them: by a tag, a check, a verdict, who said it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, exists
from sqlmodel import col

from app.domain.actors import Actor
from app.storage.tables import Claim

if TYPE_CHECKING:
    from app.storage.claim_filters import ClaimFilter

Keys = tuple[int | None, int | None] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter, and who asks with it of which project."""

    actor: Actor
    project_id: int
    wanted: "ClaimFilter"
    by_letters: bool
    keys: Keys

    def names(self, query: Any, key: Any, *, among: Any = None) -> ColumnElement[bool]:  # noqa: ANN401 - questions and a column
        """Whether a question names the claim of the row, by a column of claims' keys.

        ``among``: a question that names more of them, off an index alone. What it names is then
        looked at claim by claim, and no further than a page wants.
        """
        is_named = exists(query.where(key == col(Claim.id)).correlate(Claim))
        if self.keys is None:
            return is_named
        first, before = self.keys
        listed = col(Claim.id).in_(
            (query if among is None else among).where(*between(key, first, before))
        )
        return listed if among is None else and_(listed, is_named)


def between(key: Any, first: int | None, before: int | None) -> list[ColumnElement[bool]]:  # noqa: ANN401 - a column
    """Whether a claim's key is the first or above, and below another; None where there is no end."""
    found: list[ColumnElement[bool]] = [] if first is None else [key >= first]
    return found if before is None else [*found, key < before]
