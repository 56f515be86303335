"""Questions about lists of claims that somebody saved under a name."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Executable, Integer, bindparam, or_, select
from sqlmodel import Session, col

from app.domain.actors import Actor
from app.storage.driver import rows_of
from app.storage.kept import HERE, ME
from app.storage.tables import SavedFilter


@dataclass(frozen=True, slots=True)
class SavedList:
    """A saved list: the query that it stands for, and whether it is the reader's own."""

    public_id: str
    name: str
    query: str
    is_shared: bool
    is_mine: bool


def saved_filters(
    session: Session, actor: Actor, project_id: int, *, limit: int = 100
) -> list[SavedList]:
    """The actor's own lists and those that are shared with the project, by name.

    Each is only a query: whoever opens it sees what they may see.
    """
    values = {"here": project_id, "me": actor.person_id, "most": limit}
    return [
        SavedList(name, called, query, is_shared, is_mine=person_id == actor.person_id)
        for name, called, query, is_shared, person_id in rows_of(session, _saved(), values)
    ]


@cache
def _saved() -> Executable:
    """The facts are those of a list, in its order; then whose it is."""
    facts = (SavedFilter.public_id, SavedFilter.name, SavedFilter.query, SavedFilter.is_shared)
    return (
        select(*map(col, facts), col(SavedFilter.person_id))
        .where(
            col(SavedFilter.project_id) == HERE,
            col(SavedFilter.retired_at).is_(None),
            or_(col(SavedFilter.person_id) == ME, col(SavedFilter.is_shared)),
        )
        .order_by(col(SavedFilter.name), col(SavedFilter.id))
        .limit(bindparam("most", type_=Integer))
    )
