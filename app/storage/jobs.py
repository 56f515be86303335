"""Questions about jobs: what is due, and what was given up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, func, or_
from sqlmodel import Session, col, select

from app.domain.ids import now
from app.storage.driver import rows_of
from app.storage.kept import MOMENT
from app.storage.tables import Job
from app.storage.tables.jobs import IS_TO_DO


@dataclass(frozen=True, slots=True)
class JobRecord:
    """One job; ``error`` is the class of what went wrong last."""

    id: int
    public_id: str
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    failed_at: datetime | None
    error: str | None


def is_due(
    only: Collection[str] = (),
    but: Collection[str] = (),
    *,
    at: Any = None,  # noqa: ANN401 - a time, or where one goes
) -> list[ColumnElement[bool] | Any]:
    """What must hold of a job that can be done now: its time has come, and nobody is at it.

    Args:
        only: its kind is one of these, where there are any.
        but: its kind is none of these.
        at: the time, if it is not now.
    """
    moment = now() if at is None else at
    free = or_(col(Job.lease_until).is_(None), col(Job.lease_until) < moment)
    due: list[ColumnElement[bool] | Any] = [IS_TO_DO, col(Job.run_at) <= moment, free]
    if only:
        due.append(col(Job.kind).in_(sorted(only)))
    if but:
        due.append(col(Job.kind).not_in(sorted(but)))
    return due


def something_is_due(
    session: Session, only: Collection[str] = (), but: Collection[str] = ()
) -> bool:
    """Whether it is worth beginning to write."""
    return bool(rows_of(session, _one_due(tuple(only), tuple(but)), {"moment": now()}))


@cache
def _one_due(only: tuple[str, ...], but: tuple[str, ...]) -> Executable:
    return select(Job.id).where(*is_due(only, but, at=MOMENT)).limit(1)


def due_kinds(session: Session) -> Mapping[str, int]:
    """How many jobs of each kind can be done now; a kind of which none can is not there."""
    return dict(rows_of(session, _due_kinds(), {"moment": now()}))


@cache
def _due_kinds() -> Executable:
    return select(Job.kind, func.count()).where(*is_due(at=MOMENT)).group_by(Job.kind)


def failed_jobs(session: Session, *, limit: int = 100) -> list[JobRecord]:
    """Jobs that were given up, the last first."""
    query = select(Job).where(col(Job.failed_at).is_not(None))
    return [record(row) for row in session.exec(query.order_by(col(Job.id).desc()).limit(limit))]


def record(row: Job) -> JobRecord:
    """A job as doors need it."""
    return JobRecord(
        id=row.key,
        public_id=row.public_id,
        kind=row.kind,
        payload=row.payload,
        attempts=row.attempts,
        failed_at=row.failed_at,
        error=row.error,
    )
