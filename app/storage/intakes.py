"""Questions about intakes: what was asked for by its address, and what came of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, Select, and_, func, literal
from sqlmodel import Session, col, select

from app.domain.actors import CONSOLE, Actor
from app.domain.errors import Missing
from app.domain.evidence_words import LineState
from app.domain.permissions import Action, may
from app.domain.records import ProjectRecord
from app.storage.driver import rows_of
from app.storage.people import actor_of
from app.storage.projects import by_id
from app.storage.tables import Article, Intake, IntakeLine, Job, Person
from app.storage.tables.jobs import IS_TO_DO

JOB_KIND = "intake.fetch"


@dataclass(frozen=True, slots=True)
class IntakeRecord:
    """Addresses that were asked for at once, and how many of them are in which state.

    ``by`` is None where it was the console.
    """

    id: int
    public_id: str
    by: str | None
    created_at: datetime
    counts: Mapping[LineState, int]

    @property
    def total(self) -> int:
        """How many addresses there are."""
        return sum(self.counts.values())

    @property
    def ended(self) -> int:
        """Of how many it is known what came of them."""
        return self.total - self.counts.get(LineState.ASKED, 0)


@dataclass(frozen=True, slots=True)
class LineRecord:
    """One address, and what came of it; ``error`` is a code."""

    position: int
    public_id: str
    url: str
    is_feed: bool
    state: LineState
    error: str | None
    article_id: str | None
    article_title: str | None


@dataclass(frozen=True, slots=True)
class ToTake:
    """An address that is still to be fetched, for whom and into which project.

    ``asker`` is None where a person asked who may not enter any more; ``attempts`` says how often the
    job that waits for it was begun.
    """

    line_id: str
    url: str
    is_feed: bool
    asker: Actor | None
    project: ProjectRecord
    attempts: int


def intake(session: Session, actor: Actor, public_id: str) -> IntakeRecord:
    """One intake.

    Raises:
        Missing: there is none, or it is not for the actor to see.
    """
    query = _with_asker().where(col(Intake.public_id) == public_id)
    found = session.execute(query).first()
    if found is None or not may(actor, Action.ARTICLE_ADD, found[0].project_id):
        raise Missing("intake.missing")
    row, by = found
    return _record(row, by, _counts(session, [row.key]))


def intakes_of(
    session: Session, project_id: int, *, before: int | None = None, limit: int
) -> list[IntakeRecord]:
    """The intakes of a project, the last first; for a caller that has leave already."""
    query = _with_asker().where(col(Intake.project_id) == project_id)
    if before is not None:
        query = query.where(col(Intake.id) < before)
    rows = session.execute(query.order_by(col(Intake.id).desc()).limit(limit)).all()
    counts = _counts(session, [row.key for row, _by in rows])
    return [_record(row, by, counts) for row, by in rows]


def lines_of(
    session: Session,
    intake_id: int,
    *,
    after: int | None = None,
    state: LineState | None = None,
    limit: int | None = None,
) -> Sequence[LineRecord]:
    """The addresses of an intake, by its integer key, in the order of the list."""
    query = (
        select(IntakeLine, Article.public_id, Article.title)
        .outerjoin(Article, col(Article.id) == col(IntakeLine.article_id))
        .where(IntakeLine.intake_id == intake_id)
        .order_by(col(IntakeLine.position))
        .limit(limit)
    )
    if after is not None:
        query = query.where(col(IntakeLine.position) > after)
    if state is not None:
        query = query.where(IntakeLine.state == state)
    return [
        LineRecord(
            position=row.position,
            public_id=row.public_id,
            url=row.url,
            is_feed=row.is_feed,
            state=row.state,
            error=row.error,
            article_id=article_id,
            article_title=title,
        )
        for row, article_id, title in session.exec(query)
    ]


def to_take(session: Session, line_id: str) -> ToTake | None:
    """What is to be fetched; None for a line that has ended, or that is not there."""
    query = (
        select(IntakeLine, Intake)
        .join(Intake, col(Intake.id) == col(IntakeLine.intake_id))
        .where(IntakeLine.public_id == line_id, IntakeLine.state == LineState.ASKED)
    )
    found = session.exec(query).first()
    if found is None:
        return None
    line, row = found
    return ToTake(
        line_id=line_id,
        url=line.url,
        is_feed=line.is_feed,
        asker=_asker(session, row.created_by_id),
        project=by_id(session, row.project_id),
        attempts=_attempts(session, line_id),
    )


def lost_lines(session: Session) -> list[str]:
    """Lines that are still to be fetched and that no job is to do, by their public ids."""
    return [name for (name,) in rows_of(session, _lost_lines(), {})]


@cache
def _lost_lines() -> Executable:
    return (
        select(IntakeLine.public_id)
        .outerjoin(
            Job,
            and_(col(Job.same_as) == literal(f"{JOB_KIND}:") + col(IntakeLine.public_id), IS_TO_DO),
        )
        .where(IntakeLine.state == LineState.ASKED, col(Job.id).is_(None))
        .order_by(col(IntakeLine.id))
    )


def articles_at(session: Session, project_id: int, canonical: Collection[str]) -> Mapping[str, int]:
    """The integer keys of a project's articles by their addresses, of those that are asked for."""
    query = select(Article.canonical_url, Article.id).where(
        Article.project_id == project_id, col(Article.canonical_url).in_(canonical)
    )
    return {url: key for url, key in session.exec(query) if url and key}


def _with_asker() -> Select[Any]:
    """Intakes with the names of those who asked."""
    of_asker = col(Person.id) == col(Intake.created_by_id)
    return select(Intake).add_columns(col(Person.name)).outerjoin(Person, of_asker)


def _record(
    row: Intake, by: str | None, counts: Mapping[int, Mapping[LineState, int]]
) -> IntakeRecord:
    return IntakeRecord(row.key, row.public_id, by, row.created_at, counts.get(row.key, {}))


def _counts(session: Session, keys: Collection[int]) -> dict[int, dict[LineState, int]]:
    query = (
        select(IntakeLine.intake_id, IntakeLine.state, func.count())
        .where(col(IntakeLine.intake_id).in_(keys))
        .group_by(col(IntakeLine.intake_id), col(IntakeLine.state))
    )
    found = dict[int, dict[LineState, int]]()
    for key, state, number in session.exec(query):
        found.setdefault(key, {})[LineState(state)] = number
    return found


def _asker(session: Session, person_id: int | None) -> Actor | None:
    """Whoever asked, with what they may do now."""
    if person_id is None:
        return CONSOLE
    person = session.get_one(Person, person_id)
    return actor_of(session, person.public_id) if person.is_active else None


def _attempts(session: Session, line_id: str) -> int:
    query = select(Job.attempts).where(Job.same_as == f"{JOB_KIND}:{line_id}", IS_TO_DO)
    return session.exec(query).first() or 0
