"""The worker: takes one job after another, each outside of any transaction, until it is ended."""

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import Any

import structlog

from app.config import Settings
from app.jobs.asking import ask_late_holders
from app.jobs.counting import count_agreement
from app.jobs.desk import Desk
from app.jobs.extracting import end_lost_runs, run_extractor
from app.jobs.mails import send_notice
from app.storage.jobs import JobRecord, something_is_due
from app.storage.session import Database
from app.workflow import jobs

# A kind of job and what does it; a pause as an answer means that it is too early.
HANDLERS: Mapping[str, Callable[[Desk, Mapping[str, Any]], timedelta | None]] = {
    "agreement.count": count_agreement,
    "extraction.run": run_extractor,
    "notice.mail": send_notice,
}
# What is done again and again, whoever else does it too.
ROUNDS: tuple[Callable[[Desk], None], ...] = (ask_late_holders, end_lost_runs)
POLL_SECONDS = 2.0
ROUND_SECONDS = 60.0
# After SIGTERM a job has this long to end; then it is left to whoever takes it next.
GRACE_SECONDS = 2


def make(settings: Settings) -> "Worker":
    """A worker for these settings."""
    return Worker(Desk(settings, Database(settings.database_url)))


class Worker:
    """One process that does jobs."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._is_busy = self._is_ending = False
        self._next_round = 0.0

    def run(self, *, parent: int | None = None) -> None:
        """Do what is due until SIGTERM or SIGINT, or until the process that began it is gone."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        signal.signal(signal.SIGALRM, _leave)
        while not self._is_ending and parent in {None, os.getppid()}:
            self._is_busy = True
            self.make_rounds()
            self.do_due()
            self._is_busy = False
            if not self._is_ending:
                time.sleep(POLL_SECONDS)

    def do_due(self) -> int:
        """Do all that is due; how many jobs that were."""
        number = 0
        while not self._is_ending and self._do_next():
            number += 1
        return number

    def make_rounds(self) -> None:
        """Do what is done again and again, once its time has come."""
        if time.monotonic() < self._next_round:
            return
        self._next_round = time.monotonic() + ROUND_SECONDS
        for do in ROUNDS:
            with going_on(do.__name__):
                do(self.desk)

    def close(self) -> None:
        """Close every connection."""
        self.desk.database.dispose()

    def _do_next(self) -> bool:
        job = None
        # Whatever breaks here, a database that is away for example, may work again later.
        with going_on("lease"):
            job = self._leased()
        if job is None:
            return False
        with going_on(job.kind):
            self._do(job)
        return True

    def _leased(self) -> JobRecord | None:
        with self.desk.database.reading() as session:
            if not something_is_due(session):
                return None
        with self.desk.database.write() as session:
            return jobs.lease_due(session)

    def _do(self, job: JobRecord) -> None:
        try:
            pause = HANDLERS[job.kind](self.desk, job.payload)
        except Exception as error:
            with self.desk.database.write() as session:
                jobs.fail(session, job.id, error)
            raise
        with self.desk.database.write() as session:
            if pause is None:
                jobs.finish(session, job.id)
            else:
                jobs.postpone(session, job.id, pause=pause)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        if not self._is_busy:
            raise SystemExit(0)
        self._is_ending = True
        signal.alarm(GRACE_SECONDS)


def _leave(_number: int, _frame: FrameType | None) -> None:
    # At once: whatever would be put in order on the way out may wait for the same slow server.
    os._exit(0)


@contextmanager
def going_on(what: str) -> Iterator[None]:
    """Go on after an error, of which the log gets the class and never the words."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the worker outlives whatever breaks in a job
        structlog.get_logger().warning("job", what=what, kind=type(error).__name__)
