"""Jobs: what shall happen after a verb, written in the verb's own transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field

from app.domain.ids import now
from app.storage.columns import NamedRow

IS_TO_DO = text("done_at IS NULL AND failed_at IS NULL")


class Job(NamedRow, table=True):
    """One job, leased like a check, done at least once and harmless when repeated.

    ``payload`` holds ids only. ``error`` is the class of the last failure, never its words. A job
    with the ``same_as`` of one that is still to do is that one.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("done_at IS NULL OR failed_at IS NULL", name="ended"),
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("ix_job_to_do", "run_at", "id", sqlite_where=IS_TO_DO, postgresql_where=IS_TO_DO),
        Index(
            "uq_job_same_as",
            "same_as",
            unique=True,
            sqlite_where=IS_TO_DO,
            postgresql_where=IS_TO_DO,
        ),
    )

    kind: str = Field(max_length=40)
    payload: dict[str, Any] = Field(default={}, sa_type=JSON)
    same_as: str | None = Field(default=None, max_length=120)
    run_at: datetime = Field(default_factory=now)
    lease_until: datetime | None = None
    attempts: int = 0
    done_at: datetime | None = None
    failed_at: datetime | None = None
    error: str | None = Field(default=None, max_length=120)
