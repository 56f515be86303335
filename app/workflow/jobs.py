"""Jobs: added in the transaction of the verb that wants them, lent to one worker at a time.

A job is done at least once: whoever is killed at it loses the lease in time, and another begins
anew. So doing one twice must do no harm.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from app.domain.errors import WrongState
from app.domain.ids import now
from app.storage.jobs import JobRecord, is_due, record
from app.storage.locking import INSERTS, locked, locked_by_key
from app.storage.tables import Job
from app.storage.tables.jobs import IS_TO_DO

LEASE = timedelta(minutes=2)
# What waits for others outside takes longer than the rest.
LEASES: Mapping[str, timedelta] = {
    "extraction.run": timedelta(minutes=15),
    "copy.fetch": timedelta(minutes=5),
    "copy.match": timedelta(minutes=5),
    "intake.fetch": timedelta(minutes=5),
}
MOST_ATTEMPTS = 8
# What each attempt may have to be paid for, or asks a stranger, is not tried as often.
ATTEMPTS: Mapping[str, int] = {"extraction.run": 3, "copy.fetch": 4, "intake.fetch": 4}
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
# The error of a job whose workers all vanished while they were at it.
VANISHED = "Vanished"


def add_job(
    session: Session,
    kind: str,
    payload: Mapping[str, Any],
    *,
    run_at: datetime | None = None,
    same_as: str | None = None,
) -> None:
    """Have something done later; ``payload`` holds ids only.

    While a job with the same ``same_as`` is still to do, it is that one.
    """
    row = Job(kind=kind, payload=dict(payload), run_at=run_at or now(), same_as=same_as)
    insert = INSERTS[session.get_bind().dialect.name]
    session.execute(
        insert(Job)
        .values(row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(index_elements=["same_as"], index_where=IS_TO_DO)
    )


def lease_due(
    session: Session, only: Collection[str] = (), but: Collection[str] = ()
) -> JobRecord | None:
    """Lend the job that waits for longest; None when none is due.

    One whose workers vanished too often is given up instead.

    Args:
        session: one that writes.
        only: a job of one of these kinds, where there are any.
        but: a job of none of these kinds.
    """
    query = select(Job).where(*is_due(only, but)).order_by(col(Job.run_at), col(Job.id)).limit(1)
    while (row := session.exec(query.with_for_update(skip_locked=True)).first()) is not None:
        if row.attempts < most_attempts(row.kind):
            row.attempts += 1
            row.lease_until = now() + LEASES.get(row.kind, LEASE)
            session.flush()
            return record(row)
        row.failed_at, row.error, row.lease_until = now(), row.error or VANISHED, None
        session.flush()
    return None


def finish(session: Session, job_id: int) -> None:
    """Note that a job is done."""
    row = _at_work(session, job_id)
    if row is not None:
        row.done_at, row.lease_until, row.error = now(), None, None
        session.flush()


def postpone(session: Session, job_id: int, *, pause: timedelta) -> None:
    """Do a job later, for it is too early; that was no attempt."""
    row = _at_work(session, job_id)
    if row is not None:
        row.run_at, row.lease_until = now() + pause, None
        row.attempts -= 1
        session.flush()


def fail(session: Session, job_id: int, error: BaseException) -> None:
    """Note that a job went wrong: it is tried again after a pause that doubles, then given up.

    Of the error its class is kept, never its words.
    """
    row = _at_work(session, job_id)
    if row is None:
        return
    row.error, row.lease_until = type(error).__name__[:120], None
    if row.attempts >= most_attempts(row.kind):
        row.failed_at = now()
    else:
        row.run_at = now() + pause_after(row.attempts)
    session.flush()


def most_attempts(kind: str) -> int:
    """How often a job is tried before it is given up."""
    return ATTEMPTS.get(kind, MOST_ATTEMPTS)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts."""
    doubled: int = 2 ** min(max(attempts - 1, 0), MOST_ATTEMPTS + 2)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def retry(session: Session, public_id: str) -> None:
    """Try a job that was given up once more, from the beginning.

    Raises:
        Missing: there is no such job.
        WrongState: it was not given up.
    """
    row = locked(session, Job, public_id)
    if row.failed_at is None:
        raise WrongState("job.not-failed")
    row.failed_at = row.error = None
    row.attempts, row.run_at = 0, now()
    session.flush()


def _at_work(session: Session, job_id: int) -> Job | None:
    """The job, unless somebody else ended it after a lease had run out."""
    row = locked_by_key(session, Job, job_id)
    return row if row.done_at is None and row.failed_at is None else None
