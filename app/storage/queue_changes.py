"""What the database noted of the queue is forgotten once nobody has to look at it any more.

Whoever is behind by more changes than are looked at one by one looks through the whole queue anyhow. So
of each project the newest are enough, and whoever is behind those is told to look from the front.
Changes of one number stay or go together. Twice as many stay as are looked at: somebody who looks at
this moment may go on from where the newest began before; and SQLite numbers the next after the last.
"""

from functools import cache

from sqlalchemy import ColumnElement, Executable, Update, bindparam, delete, update
from sqlmodel import Session, col, select

from app.storage.driver import rows_of
from app.storage.kept import HERE
from app.storage.outlook import MOST_CHANGES
from app.storage.queue_place import FRONT, QueueClock
from app.storage.tables import Checker, Project, QueueChange

KEPT = 2 * MOST_CHANGES


def crowded(session: Session) -> dict[int, int]:
    """The projects with older changes than are needed, and of each the number of the first that is."""
    found = {}
    for (project_id,) in rows_of(session, _projects(), {}):
        places = {"here": project_id, "newest": KEPT}
        for (first,) in rows_of(session, _first_needed(), places):
            if rows_of(session, _one_before(), {"here": project_id, "first": first}):
                found[project_id] = first
    return found


@cache
def _projects() -> Executable:
    return select(Project.id)


@cache
def _first_needed() -> Executable:
    here = select(QueueChange.number).where(QueueChange.project_id == HERE)
    return here.order_by(col(QueueChange.number).desc()).offset(bindparam("newest")).limit(1)


@cache
def _one_before() -> Executable:
    before = col(QueueChange.number) < bindparam("first")
    return select(QueueChange.number).where(QueueChange.project_id == HERE, before).limit(1)


def has_lost(session: Session) -> bool:
    """Whether somebody waits for a change from another server, whose clock stood elsewhere."""
    return bool(rows_of(session, _one_ahead(), {}))


@cache
def _one_ahead() -> Executable:
    return select(Checker.id).where(_is_ahead()).limit(1)


def send_to_front(session: Session, project_id: int, first: int) -> None:
    """Have those look from the front who are behind a change, as they would in any case."""
    session.execute(
        _unknown().where(
            col(Checker.project_id) == project_id,
            col(Checker.upto) <= first,
            col(Checker.place) != FRONT,
        )
    )


def send_lost_to_front(session: Session) -> None:
    """Have those look from the front whose number says nothing here."""
    session.execute(_unknown().where(_is_ahead()))


def _is_ahead() -> ColumnElement[bool]:
    clock: ColumnElement[int] = QueueClock()
    return col(Checker.upto) > clock


def _unknown() -> Update:
    """As for somebody who was just lent a first claim."""
    return update(Checker).values(place=FRONT, upto=0, lent_then=0)


def forget(session: Session, project_id: int, first: int, *, most: int) -> int:
    """Forget so many of the changes before one; how many that were."""
    some = (
        select(QueueChange.id)
        .where(QueueChange.project_id == project_id, col(QueueChange.number) < first)
        .order_by(col(QueueChange.number))
        .limit(most)
    )
    keys = session.exec(some).all()
    session.execute(delete(QueueChange).where(col(QueueChange.id).in_(keys)))
    return len(keys)
