"""Lanes: what waits for others outside holds up nothing else."""

import threading
import time
from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.domain.ids import now
from app.fetching.hosts import Busy
from app.jobs import worker as workers
from app.jobs.desk import Desk
from app.jobs.lanes import EVERYTHING, LANES, PAGES, REST
from app.jobs.worker import HANDLERS, Worker
from app.storage.jobs import due_kinds
from app.storage.tables import Job
from app.workflow.jobs import add_job

PATIENCE = 10


class Handlers:
    """Stand-ins for what does jobs; those of ``slow`` wait until they are let go."""

    def __init__(self, *slow):
        self.slow, self.gate = slow, threading.Event()
        self.begun, self.ended, self.at_once, self.most = [], [], 0, 0
        self.lock = threading.Lock()

    def of(self, kind):
        def do(_desk, payload):
            with self.lock:
                self.begun.append(payload["n"])
                self.at_once += 1
                self.most = max(self.most, self.at_once)
            if kind in self.slow:
                self.gate.wait(PATIENCE)
            with self.lock:
                self.ended.append(payload["n"])
                self.at_once -= 1

        return do


@pytest.fixture
def worker(settings, database):
    return Worker(Desk(settings, database))


@pytest.fixture
def stand_in(monkeypatch):
    """``stand_in("copy.fetch")``: jobs of that kind wait until the test lets them go."""
    made = []

    def begin(*slow):
        handlers = Handlers(*slow)
        made.append(handlers)
        kinds = ("copy.fetch", "intake.fetch", "extraction.run", "notice.mail")
        monkeypatch.setattr(workers, "HANDLERS", {kind: handlers.of(kind) for kind in kinds})
        monkeypatch.setattr(workers, "ROUNDS", ())
        return handlers

    yield begin
    for handlers in made:
        handlers.gate.set()


def add(database, *kinds):
    with database.write() as session:
        for number, kind in enumerate(kinds):
            add_job(session, kind, {"n": f"{kind} {number}"})


def wait_for(fact):
    until = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < until
        time.sleep(0.01)


def to_do(database):
    with database.reading() as session:
        rows = session.exec(select(Job).where(col(Job.done_at).is_(None)).order_by(col(Job.id)))
        return list(rows)


def test_a_slow_page_and_a_slow_service_hold_up_no_mail(worker, database, stand_in):
    handlers = stand_in("copy.fetch", "extraction.run")
    add(database, "copy.fetch", "extraction.run", "notice.mail", "notice.mail")

    worker.begin_due()
    wait_for(lambda: len(to_do(database)) == 2)

    assert sorted(handlers.ended) == ["notice.mail 2", "notice.mail 3"]
    assert {row.kind for row in to_do(database)} == {"copy.fetch", "extraction.run"}
    handlers.gate.set()
    wait_for(lambda: not to_do(database))


def test_a_lane_does_so_many_at_once_and_each_job_once(worker, database, stand_in):
    handlers = stand_in("copy.fetch", "intake.fetch")
    add(database, *["copy.fetch", "intake.fetch"] * 4)

    worker.begin_due()
    wait_for(lambda: len(handlers.begun) == PAGES.most)
    worker.begin_due()
    assert len(handlers.begun) == PAGES.most
    handlers.gate.set()
    wait_for(lambda: not to_do(database))

    assert handlers.most == PAGES.most
    assert len(handlers.ended) == len(set(handlers.ended)) == 8


def test_extractors_are_asked_one_after_the_other(worker, database, stand_in):
    handlers = stand_in()
    add(database, *["extraction.run"] * 3)

    worker.begin_due()
    wait_for(lambda: not to_do(database))

    assert handlers.most == 1


def test_an_idle_worker_has_no_thread_but_its_own(worker, database, stand_in):
    stand_in()
    worker.make_rounds()
    before = set(threading.enumerate())

    worker.begin_due()

    assert set(threading.enumerate()) <= before


def test_rounds_are_made_though_nothing_is_due(worker, stand_in, monkeypatch):
    stand_in()
    made = threading.Event()

    def go_round(_desk):
        made.set()

    monkeypatch.setattr(workers, "ROUNDS", (go_round,))

    worker.begin_due()

    assert made.wait(PATIENCE)


def test_a_host_at_which_others_are_puts_a_job_off_and_that_is_no_attempt(
    worker, database, monkeypatch
):
    def busy(_desk, _payload):
        raise Busy

    monkeypatch.setattr(workers, "HANDLERS", {"copy.fetch": busy})
    add(database, "copy.fetch")

    assert worker.do_due() == 1

    [row] = to_do(database)
    assert (row.attempts, row.error, row.lease_until) == (0, None, None)
    assert row.run_at > now() + timedelta(seconds=1)


def test_every_kind_has_one_lane():
    for kind in [*HANDLERS, "copy.fetch", "intake.fetch", "anything.else"]:
        assert sum(lane.takes(kind) for lane in LANES) == 1
        assert EVERYTHING.takes(kind)
    assert REST.takes("notice.mail")
    assert not REST.takes("copy.match")


def test_what_is_due_is_counted_by_kind(worker, database):
    add(database, "copy.fetch", "copy.fetch", "notice.mail")
    with database.write() as session:
        add_job(session, "later", {}, run_at=now() + timedelta(minutes=1))

    with database.reading() as session:
        due = due_kinds(session)

    assert due == {"copy.fetch": 2, "notice.mail": 1}
    assert [lane.waiting(due) for lane in LANES] == [2, 0, 0, 1]
