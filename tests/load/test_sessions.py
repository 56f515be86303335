"""What a session on PostgreSQL costs beyond its questions: ``make load ARGS="-s -k sessions"``.

The same question by its key, asked in a reading session of a desk and in others for comparison.
"""

import time
from functools import partial
from statistics import median

import pytest
from sqlalchemy import create_engine, event
from sqlmodel import Session, bindparam, select

from app.config import Connections
from app.storage.session import Database
from app.storage.tables import Person
from tests import postgres

pytestmark = [pytest.mark.load, pytest.mark.postgres]

TURNS, TIMES = 12, 150
QUESTION = select(Person.__table__).where(Person.__table__.c.id == bindparam("key"))


def asking_each_time(url):
    """Asked whether it stands, then told what it is: how desks were connected before."""
    engine = create_engine(url, pool_pre_ping=True)
    told = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(told))
    return engine, partial(Session, engine)


def as_a_desk(url):
    database = Database(url, Connections())
    return database.engine, database.reading


def unprepared(url):
    """As a desk is, but for statements that the server plans each time."""
    engine, opened = as_a_desk(url)
    event.listen(engine, "connect", lambda driver, _: setattr(driver, "prepare_threshold", None))
    return engine, opened


def ask(opened):
    for _ in range(TIMES):
        with opened() as session:
            session.execute(QUESTION, {"key": 1}).first()


def test_what_a_session_costs_beyond_its_questions(capsys):
    url = postgres.migrated_database()
    made = {
        "a desk's reading session": as_a_desk(url),
        "without prepared statements": unprepared(url),
        "asked before and told after each BEGIN": asking_each_time(url),
    }
    ways = {name: opened for name, (_engine, opened) in made.items()}
    taken = {name: ([], []) for name in ways}
    for opened in ways.values():
        ask(opened)
    for _ in range(TURNS):
        for name, opened in ways.items():
            cpu, wall = time.process_time(), time.perf_counter()
            ask(opened)
            taken[name][0].append((time.process_time() - cpu) / TIMES)
            taken[name][1].append((time.perf_counter() - wall) / TIMES)
    for engine, _opened in made.values():
        engine.dispose()
    lines = [
        f"| {name} | {median(cpu) * 1e6:.0f} µs | {median(wall) * 1e6:.0f} µs |"
        for name, (cpu, wall) in taken.items()
    ]
    with capsys.disabled():
        print("\n| one question by its key | processor time | time |\n|---|---|---|")  # noqa: T201 - to be read
        print("\n".join(lines))  # noqa: T201 - to be read
    desk, *_rest, before = (min(cpu) for cpu, _wall in taken.values())
    assert desk < before
