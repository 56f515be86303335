"""Questions about lists of claims that somebody saved under a name."""

from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from app.domain.actors import Actor
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
    query = (
        select(SavedFilter)
        .where(
            SavedFilter.project_id == project_id,
            col(SavedFilter.retired_at).is_(None),
            or_(SavedFilter.person_id == actor.person_id, col(SavedFilter.is_shared)),
        )
        .order_by(col(SavedFilter.name), col(SavedFilter.id))
        .limit(limit)
    )
    return [
        SavedList(
            public_id=row.public_id,
            name=row.name,
            query=row.query,
            is_shared=row.is_shared,
            is_mine=row.person_id == actor.person_id,
        )
        for row in session.exec(query)
    ]
