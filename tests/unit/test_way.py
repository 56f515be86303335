"""While a thread of a process writes, those that make pages stand still, and never for long."""

import threading

import pytest
from sqlmodel import text

from app.storage import turns, way
from app.storage.session import Database

PATIENCE = 20
ASK = text("SELECT count(*) FROM project")


@pytest.fixture
def database(database_url):
    opened = Database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def passes(monkeypatch):
    """``passes()``: another thread comes by, and answers whether it went on while this one waited."""
    monkeypatch.setattr(way, "LONGEST_SECONDS", PATIENCE)
    begun = []

    def comes(seconds=0.1):
        gone = threading.Event()
        begun.append(threading.Thread(target=lambda: (way.give(), gone.set())))
        begun[-1].start()
        return gone.wait(seconds)

    yield comes
    for thread in begun:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_others_stand_still_while_somebody_writes(database, passes):
    with database.write() as session:
        session.execute(text("UPDATE project SET title = title"))

        assert not passes()
    assert passes(PATIENCE)


def test_who_writes_goes_on(database, passes):
    with database.write() as session:
        way.give()

        assert session.execute(ASK).scalar_one() == 0
        assert not passes()


def test_who_reads_holds_nobody_up(database, passes):
    with database.reading() as session:
        session.execute(ASK)

        assert passes(PATIENCE)


def test_what_broke_off_holds_nobody_up(database, passes):
    def breaks_off():
        with database.write() as session:
            session.execute(text("UPDATE project SET title = title"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks_off()

    assert passes(PATIENCE)


def test_who_wrote_without_a_turn_holds_nobody_up_afterwards(database, passes, monkeypatch):
    monkeypatch.setattr(turns, "BUSY_SECONDS", 0.1)
    turn, done = threading.Event(), threading.Event()

    def keeps_the_turn():
        with database.writing() as session:
            session.connection()
            session.connection().connection.driver_connection.rollback()
            turn.set()
            done.wait(PATIENCE)

    other = threading.Thread(target=keeps_the_turn)
    other.start()
    assert turn.wait(PATIENCE)
    with database.write() as session:
        session.execute(text("UPDATE project SET title = title"))

        assert not passes()
    assert passes(PATIENCE)
    done.set()
    other.join()


def test_nobody_stands_still_for_long(database, monkeypatch):
    monkeypatch.setattr(way, "LONGEST_SECONDS", 0.01)
    gone = threading.Event()
    with database.write() as session:
        session.execute(text("UPDATE project SET title = title"))
        other = threading.Thread(target=lambda: (way.give(), gone.set()))
        other.start()

        assert gone.wait(PATIENCE)
    other.join()
