"""Saving a list of claims under a name, for oneself or for the project, and retiring it."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, Missing, NotAllowed
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave, may
from app.storage.locking import locked
from app.storage.tables import SavedFilter
from app.workflow.events import record_event
from app.workflow.lending import hold_person

MAX_NAME = 80
MAX_QUERY = 2_000
MAX_LISTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterValues:
    """A list to be saved; ``query`` is what stands behind the question mark of its address."""

    name: str
    query: str
    is_shared: bool = False


def save_filter(session: Session, actor: Actor, project_id: int, *, values: FilterValues) -> str:
    """Keep a list under a name. Answers its public id; the same list sent twice is kept once.

    Raises:
        NotAllowed: only leads share.
        Invalid: no name or one that is taken, nothing to keep, or too much.
    """
    ask_leave(actor, Action.PROJECT_VIEW, project_id)
    if values.is_shared:
        ask_leave(actor, Action.FILTER_SHARE, project_id)
    name = _name(values)
    hold_person(session, actor)
    known = _of_name(session, actor, project_id, name)
    if known is not None:
        if (known.query, known.is_shared) != (values.query, values.is_shared):
            raise Invalid("filter.name-taken", field="name")
        return known.public_id
    row = SavedFilter(
        project_id=project_id,
        person_id=actor.person,
        name=name,
        query=values.query,
        is_shared=values.is_shared,
    )
    session.add(row)
    session.flush()
    _tell(session, actor, "filter.save", row)
    return row.public_id


def retire_filter(session: Session, actor: Actor, filter_id: str) -> None:
    """Take a list off the page; of shared ones any lead may. Twice is once.

    Raises:
        Missing: it is somebody else's own.
        NotAllowed: it is shared by somebody else, and the actor is no lead.
    """
    row = locked(session, SavedFilter, filter_id)
    if row.person_id != actor.person_id:
        if not row.is_shared or not may(actor, Action.PROJECT_VIEW, row.project_id):
            raise Missing("filter.missing")
        if not may(actor, Action.FILTER_SHARE, row.project_id):
            raise NotAllowed("not-allowed", action=Action.FILTER_SHARE.value)
    if row.retired_at is None:
        row.retired_at = now()
        _tell(session, actor, "filter.retire", row)


def _name(values: FilterValues) -> str:
    name = " ".join(values.name.split())
    if not 0 < len(name) <= MAX_NAME:
        raise Invalid("filter.name", field="name", limit=MAX_NAME)
    if not values.query:
        raise Invalid("filter.empty")
    if len(values.query) > MAX_QUERY:
        raise Invalid("filter.long")
    return name


def _of_name(session: Session, actor: Actor, project_id: int, name: str) -> SavedFilter | None:
    """My list of this name, if there is one; else there must be room for one more."""
    mine = select(SavedFilter).where(
        SavedFilter.project_id == project_id,
        SavedFilter.person_id == actor.person,
        col(SavedFilter.retired_at).is_(None),
    )
    known = session.exec(mine.where(SavedFilter.name == name)).first()
    if known is not None:
        return known
    number = session.exec(select(func.count()).select_from(mine.subquery())).one()
    if number >= MAX_LISTS:
        raise Invalid("filter.many", limit=MAX_LISTS)
    return None


def _tell(session: Session, actor: Actor, action: str, row: SavedFilter) -> None:
    record_event(
        session, actor, action, noun="filter", thing=row.public_id, project_id=row.project_id
    )
    session.flush()
