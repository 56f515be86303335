"""Questions about runs of extractors: what was asked of an article, what came of it, what it cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, func, literal
from sqlmodel import Session, col, select

from app.domain.spans import Span
from app.domain.words import ExtractionState
from app.storage.driver import rows_of
from app.storage.kept import MOMENT
from app.storage.tables import Article, Claim, ExtractionRun, Job, Person, Snapshot
from app.storage.tables.jobs import IS_TO_DO

MOST_SHOWN = 10
JOB_KIND = "extraction.run"
FIGURES = (
    *("extractor", "state", "model", "prompt_sha256", "created_at", "ended_at", "seconds"),
    *(
        "tokens_in",
        "tokens_out",
        "cost",
        "proposed",
        "kept",
        "repaired",
        "known",
        "refused",
        "error",
    ),
)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One reading of an article that somebody asked for; ``error`` is a code."""

    public_id: str
    by: str | None
    extractor: str
    state: ExtractionState
    model: str | None
    prompt_sha256: str | None
    created_at: datetime
    ended_at: datetime | None
    seconds: float | None
    tokens_in: int | None
    tokens_out: int | None
    cost: float | None
    proposed: int
    kept: int
    repaired: int
    known: int
    refused: int
    error: str | None


@dataclass(frozen=True, slots=True)
class ToRead:
    """What a run that was asked for shall read."""

    project_id: int
    article_id: str
    snapshot_id: int
    extractor: str


def runs_of(session: Session, article_id: int, *, limit: int = MOST_SHOWN) -> Sequence[RunRecord]:
    """The runs over the texts of an article, by its integer key, the last first."""
    query = (
        select(ExtractionRun, Person.name)
        .join(Snapshot, col(Snapshot.id) == col(ExtractionRun.snapshot_id))
        .outerjoin(Person, col(Person.id) == col(ExtractionRun.created_by_id))
        .where(Snapshot.article_id == article_id)
        .order_by(col(ExtractionRun.id).desc())
        .limit(limit)
    )
    return [_record(row, by) for row, by in session.exec(query)]


def run(session: Session, public_id: str) -> RunRecord | None:
    """One run by its public id, for a caller that has leave already."""
    row = session.exec(select(ExtractionRun).where(ExtractionRun.public_id == public_id)).first()
    return None if row is None else _record(row, None)


def _record(row: ExtractionRun, by: str | None) -> RunRecord:
    return RunRecord(
        public_id=row.public_id, by=by, **{name: getattr(row, name) for name in FIGURES}
    )


def model_of(session: Session, claim_id: int) -> str | None:
    """Which model found a claim, by its integer key; None where no run did."""
    query = (
        select(ExtractionRun.model)
        .join(Claim, col(Claim.extraction_run_id) == col(ExtractionRun.id))
        .where(col(Claim.id) == claim_id)
    )
    return session.exec(query).first()


def to_read(session: Session, public_id: str) -> ToRead | None:
    """What a run shall read; None for one that has ended, or that is not there."""
    query = (
        select(ExtractionRun, Article.public_id)
        .join(Snapshot, col(Snapshot.id) == col(ExtractionRun.snapshot_id))
        .join(Article, col(Article.id) == col(Snapshot.article_id))
        .where(ExtractionRun.public_id == public_id, ExtractionRun.state == ExtractionState.ASKED)
    )
    found = session.exec(query).first()
    if found is None:
        return None
    row, article_id = found
    return ToRead(row.project_id, article_id, row.snapshot_id, row.extractor)


def lost_runs(session: Session, *, before: datetime) -> list[str]:
    """Runs that were asked for before a moment and that no job is to do, by their public ids."""
    return [name for (name,) in rows_of(session, _lost_runs(), {"moment": before})]


@cache
def _lost_runs() -> Executable:
    return (
        select(ExtractionRun.public_id)
        .outerjoin(
            Job,
            and_(
                col(Job.same_as) == literal(f"{JOB_KIND}:") + col(ExtractionRun.public_id),
                IS_TO_DO,
            ),
        )
        .where(
            ExtractionRun.state == ExtractionState.ASKED,
            col(ExtractionRun.created_at) < MOMENT,
            col(Job.id).is_(None),
        )
        .order_by(col(ExtractionRun.id))
    )


def spent(session: Session, *, since: datetime, but: int) -> float:
    """What the runs cost that ended since a moment, with what is set aside for those going on."""
    ended: Any = col(ExtractionRun.ended_at)
    recent: ColumnElement[bool] = ended.is_(None) | (ended >= since)
    query = select(func.sum(ExtractionRun.cost)).where(recent, col(ExtractionRun.id) != but)
    return float(session.exec(query).one() or 0.0)


def places_taken(session: Session, snapshot_id: int) -> list[Span]:
    """Where the claims of a text stand, whatever became of them."""
    query = select(Claim.start, Claim.end).where(
        Claim.snapshot_id == snapshot_id, col(Claim.start).is_not(None)
    )
    return [Span(start or 0, end or 0) for start, end in session.exec(query)]
