"""How a desk is connected to PostgreSQL: what it is told at once, how long it waits, what it survives."""

import time

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlmodel import select, text

from app.config import Connections
from app.storage.server import is_away
from app.storage.session import Database, is_busy
from app.storage.tables import Person
from tests import postgres
from tests.work import listen

pytestmark = pytest.mark.postgres
# Numbers with a fraction are for tests alone.
SOON = 0.2


@pytest.fixture(scope="module")
def url():
    made = postgres.migrated_database()
    yield made
    postgres.drop(made)


@pytest.fixture
def server(url):
    """``server(lock_seconds=1)`` is a desk's database under these limits."""
    held = []

    def opened(**limits):
        held.append(Database(url, Connections(**limits)))
        return held[-1]

    yield opened
    for database in held:
        database.dispose()


def asked(session, question):
    return session.execute(text(question)).scalar_one()


def test_a_reading_session_is_one_that_cannot_write_and_asks_nothing_for_it(server):
    database, told = server(), []
    listen(database, "before_cursor_execute", lambda *words: told.append(words[2]))

    for open_session, level, reads in (
        (database.reading, "repeatable read", "on"),
        (database.writing, "read committed", "off"),
        (database.reading, "repeatable read", "on"),
    ):
        with open_session() as session:
            assert asked(session, "SHOW transaction_isolation") == level
            assert asked(session, "SHOW transaction_read_only") == reads

    assert set(told) == {"SHOW transaction_isolation", "SHOW transaction_read_only"}
    assert len(told) == 6


def test_what_takes_too_long_is_ended_and_can_be_tried_again(server):
    database = server(statement_seconds=SOON)

    with database.reading() as session, pytest.raises(DBAPIError) as ended:
        session.execute(text("SELECT pg_sleep(20)"))

    assert is_busy(ended.value)
    assert not is_away(ended.value)


def test_a_file_takes_as_long_as_it_takes(server):
    with server(statement_seconds=SOON, idle_seconds=SOON).streaming() as session:
        assert asked(session, "SELECT pg_sleep(0.4)") == ""
        time.sleep(2 * SOON)
        assert asked(session, "SHOW transaction_read_only") == "on"


def test_whoever_waits_too_long_for_a_row_can_try_again(server):
    database = server(lock_seconds=SOON)
    lock = text("LOCK TABLE person IN EXCLUSIVE MODE")

    with database.write() as holder, database.writing() as waiting:
        holder.execute(lock)
        with pytest.raises(DBAPIError) as refused:
            waiting.execute(lock)

    assert is_busy(refused.value)


def test_a_machine_that_is_silent_in_the_middle_of_a_transaction_holds_nothing_for_long(server):
    hurried, patient = server(idle_seconds=SOON), server(lock_seconds=20)
    lock = text("LOCK TABLE person IN EXCLUSIVE MODE")

    with hurried.writing() as silent:
        silent.execute(lock)
        with patient.write() as other:
            other.execute(lock)
        with pytest.raises(DBAPIError) as gone:
            silent.execute(lock)

    assert is_away(gone.value)


def test_a_question_that_broke_with_the_server_is_told_and_its_session_ends_all_the_same(server):
    """The page that says so is made while the session is still open, and is not lost in closing it."""
    database, killer = server(size=1), server()

    with database.reading() as session:
        line = asked(session, "SELECT pg_backend_pid()")
        with killer.writing() as other:
            asked(other, f"SELECT pg_terminate_backend({line}, 5000)")
        with pytest.raises(OperationalError):
            asked(session, "SELECT 1")

    with database.reading() as session:
        assert asked(session, "SELECT 1") == 1


def test_when_all_connections_are_at_work_somebody_waits_and_can_try_again(server):
    database = server(size=1, overflow=0, wait_seconds=SOON)

    with database.reading() as first:
        asked(first, "SELECT 1")
        with database.reading() as second, pytest.raises(NoneFree) as refused:
            asked(second, "SELECT 1")

    assert is_busy(refused.value)


def test_a_server_that_hung_up_meanwhile_is_asked_anew_without_anybody_noticing(server):
    database, other = server(), server()
    with database.reading() as one, database.reading() as two:
        old = {asked(one, "SELECT pg_backend_pid()"), asked(two, "SELECT pg_backend_pid()")}

    with other.reading() as session:
        for pid in old:
            asked(session, f"SELECT pg_terminate_backend({pid}, 5000)")

    with database.reading() as one, database.reading() as two:
        new = {asked(one, "SELECT pg_backend_pid()"), asked(two, "SELECT pg_backend_pid()")}
    assert len(old) == len(new) == 2
    assert not old & new


def test_a_server_that_is_not_there_is_away(tmp_path):
    database = Database(f"postgresql+psycopg://assay@/desk?host={tmp_path}", Connections())

    with database.reading() as session, pytest.raises(DBAPIError) as refused:
        asked(session, "SELECT 1")

    assert is_away(refused.value)
    assert not is_busy(refused.value)


def test_what_the_address_says_itself_holds(url):
    database = Database(f"{url}&options=-c%20statement_timeout%3D7s", Connections())

    with database.reading() as session:
        assert asked(session, "SHOW statement_timeout") == "7s"
        assert asked(session, "SHOW jit") == "off"
        assert asked(session, "SHOW lock_timeout") == "10s"
    database.dispose()


def test_statements_stay_planned_from_one_session_to_the_next(server):
    database = server(size=1)
    planned = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%planned once%'"

    for _ in range(8):
        with database.reading() as session:
            asked(session, "SELECT 'planned once'")

    with database.reading() as session:
        assert asked(session, planned) == 1


def test_what_a_page_changes_of_its_rows_is_not_written(server):
    database = server()
    with database.write() as session:
        session.add(Person(email="ann@example.org", name="Ann"))

    with database.reading() as session:
        session.exec(select(Person)).one().name = "Somebody"

    with database.write() as session:
        ann = session.exec(select(Person)).one()
        assert ann.name == "Ann"
        session.delete(ann)


def test_a_server_that_goes_once_all_is_read_is_not_missed(server):
    database, killer = server(size=1), server()

    with database.reading() as session:
        line = asked(session, "SELECT pg_backend_pid()")
        with killer.writing() as other:
            asked(other, f"SELECT pg_terminate_backend({line}, 5000)")

    with database.reading() as session:
        assert asked(session, "SELECT 1") == 1
