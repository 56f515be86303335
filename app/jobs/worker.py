"""The worker: takes one job after another, each outside of any transaction, until it is ended.

The first thread listens for signals, another one looks what is due. Jobs are done in lanes, each with as many
threads as it may have; they begin when something is due and end when nothing is.
"""

import os
import queue
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from types import FrameType
from typing import Any

import structlog

from app.config import Settings
from app.domain.ids import now
from app.fetching.hosts import Busy
from app.jobs.asking import ask_late_holders
from app.jobs.copying import end_lost_looks, fetch_copy, match_quotes, recheck_pages
from app.jobs.counting import count_agreement
from app.jobs.desk import Desk
from app.jobs.extracting import end_lost_runs, run_extractor
from app.jobs.intaking import end_lost_lines, take_in
from app.jobs.lanes import EVERYTHING, LANES, REST, Lane
from app.jobs.mails import send_notice
from app.jobs.upkeep import forget_changes, look_after_file
from app.storage import queue_changes
from app.storage.copy_work import due_sources, lost_looks
from app.storage.extractions import lost_runs
from app.storage.intakes import lost_lines
from app.storage.jobs import JobRecord, due_kinds, something_is_due
from app.storage.leases import late_drafts
from app.storage.session import Database
from app.workflow import jobs

# A kind of job and what does it; a pause as an answer means that it is too early.
HANDLERS: Mapping[str, Callable[[Desk, Mapping[str, Any]], timedelta | None]] = {
    "agreement.count": count_agreement,
    "copy.fetch": fetch_copy,
    "copy.match": match_quotes,
    "extraction.run": run_extractor,
    "intake.fetch": take_in,
    "notice.mail": send_notice,
}
# What is done again and again, whoever else does it too.
ROUNDS: tuple[Callable[[Desk], None], ...] = (
    ask_late_holders,
    end_lost_runs,
    end_lost_lines,
    end_lost_looks,
    recheck_pages,
    forget_changes,
    look_after_file,
)
POLL_SECONDS = 2.0
ROUND_SECONDS = 60.0
# After SIGTERM jobs have this long to end; then they are left to whoever takes them next.
GRACE_SECONDS = 2
# How long a job is put off that found others at its host, in seconds: not all for as long.
PUT_OFF = (5.0, 15.0)


def make(settings: Settings) -> "Worker":
    """A worker for these settings."""
    # Nobody waits for a job's questions; what others wait for has the same limits as for a page.
    limits = replace(settings.connections, statement_seconds=0)
    return Worker(Desk(settings, Database(settings.database_url, limits)))


class Worker:
    """One process that does jobs."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._is_ending = False
        # A queue of this kind, alone, may be written to by what answers a signal.
        self._told: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._next_round = 0.0
        self._threads: dict[str, list[threading.Thread]] = {lane.name: [] for lane in LANES}

    def ask_ahead(self) -> None:
        """Ask once what is asked again and again, before this process is split off from another.

        What is worked out for each question is shared by both then; it would else be its own.
        """
        moment = now()
        with self.desk.database.reading() as session:
            due_kinds(session)
            something_is_due(session, REST.only, REST.but)
            late_drafts(session)
            lost_runs(session, before=moment)
            lost_looks(session, before=moment)
            lost_lines(session)
            due_sources(session, limit=0)
            queue_changes.has_lost(session)
            queue_changes.crowded(session)
        # No connection is shared.
        self.close()

    def run(self, *, parent: int | None = None) -> None:
        """Do what is due until SIGTERM or SIGINT, or until the process that began it is gone."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        # In a thread, which has memory of its own to take from: what the process that began this one
        # left free in between lies on pages that the two share until one of them writes there.
        looker = threading.Thread(target=self._look_out, args=(parent,), daemon=True)
        looker.start()
        looker.join()
        self._is_ending = True
        self._leave()

    def _look_out(self, parent: int | None) -> None:
        while not self._is_ending and parent in {None, os.getppid()}:
            # A database that is away may come back.
            with going_on("look"):
                self.begin_due()
            self._wait(POLL_SECONDS)

    def begin_due(self) -> None:
        """Begin what is due, in each lane as many at once as it may have."""
        with self.desk.database.reading() as session:
            due = due_kinds(session)
        for lane in LANES:
            at_work = [thread for thread in self._threads[lane.name] if thread.is_alive()]
            wanted = lane.waiting(due) or int(lane is REST and self._is_time_for_rounds())
            for _ in range(min(wanted, lane.most - len(at_work))):
                thread = threading.Thread(target=self._work, args=(lane,), daemon=True)
                thread.start()
                at_work.append(thread)
            self._threads[lane.name] = at_work

    def do_due(self, lane: Lane = EVERYTHING) -> int:
        """Do all that is due, one after the other; how many jobs that were."""
        number = 0
        while not self._is_ending and self._do_next(lane):
            number += 1
        return number

    def make_rounds(self) -> None:
        """Do what is done again and again, once its time has come."""
        if not self._is_time_for_rounds():
            return
        self._next_round = time.monotonic() + ROUND_SECONDS
        for do in ROUNDS:
            with going_on(do.__name__):
                do(self.desk)

    def close(self) -> None:
        """Close every connection."""
        self.desk.database.dispose()

    def _work(self, lane: Lane) -> None:
        if lane is REST:
            self.make_rounds()
        self.do_due(lane)

    def _is_time_for_rounds(self) -> bool:
        return time.monotonic() >= self._next_round

    def _do_next(self, lane: Lane) -> bool:
        job = None
        # Whatever breaks here, a database that is away for example, may work again later.
        with going_on("lease"):
            job = self._leased(lane)
        if job is None:
            return False
        with going_on(job.kind):
            self._do(job)
        return True

    def _leased(self, lane: Lane) -> JobRecord | None:
        with self.desk.database.reading() as session:
            if not something_is_due(session, lane.only, lane.but):
                return None
        with self.desk.database.write() as session:
            return jobs.lease_due(session, lane.only, lane.but)

    def _do(self, job: JobRecord) -> None:
        try:
            pause = HANDLERS[job.kind](self.desk, job.payload)
        except Busy:
            pause = timedelta(seconds=random.uniform(*PUT_OFF))  # noqa: S311 - nothing secret
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
        self._is_ending = True
        self._told.put(None)

    def _wait(self, seconds: float) -> None:
        """Wait, unless told to end."""
        try:
            self._told.get(timeout=seconds)
        except queue.Empty:
            return

    def _leave(self) -> None:
        """Let go of what is at work; what does not end in time is left as it is."""
        until = time.monotonic() + GRACE_SECONDS
        at_work = [thread for threads in self._threads.values() for thread in threads]
        for thread in at_work:
            thread.join(max(until - time.monotonic(), 0))
        if any(thread.is_alive() for thread in at_work):
            # At once: whatever would be put in order on the way out may wait for the same server.
            os._exit(0)


@contextmanager
def going_on(what: str) -> Iterator[None]:
    """Go on after an error, of which the log gets the class and never the words."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the worker outlives whatever breaks in a job
        structlog.get_logger().warning("job", what=what, kind=type(error).__name__)
