"""Questions about jobs: what is due, and what was given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from app.domain.ids import now
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


def is_due() -> list[ColumnElement[bool] | Any]:
    """What must hold of a job that can be done now: its time has come, and nobody is at it."""
    moment = now()
    free = or_(col(Job.lease_until).is_(None), col(Job.lease_until) < moment)
    return [IS_TO_DO, col(Job.run_at) <= moment, free]


def something_is_due(session: Session) -> bool:
    """Whether it is worth beginning to write."""
    return session.exec(select(Job.id).where(*is_due()).limit(1)).first() is not None


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
