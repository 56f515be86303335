"""Whose turn it is to write: whoever waits goes before whoever comes, and nobody waits for ever."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import text

from app.storage import turns
from app.storage.session import Database, is_busy

ADD = text("UPDATE project SET lease_minutes = lease_minutes + 1")
PATIENCE = 20
# Holds what is locked by whoever waits, says so, and does not end by itself.
HOLD = (
    "import fcntl, os, sys, time; fcntl.flock(os.open(sys.argv[1], os.O_CREAT | os.O_RDWR), 2);"
    " print('held', flush=True); time.sleep(60)"
)


@contextmanager
def another_waits(database):
    """As if another process waited for its turn."""
    handle = os.open(database.engine.url.database + turns.WAITING, os.O_CREAT | os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    yield
    os.close(handle)


def write(database):
    with database.write() as session:
        session.execute(ADD)


def test_newcomers_wait_behind_whoever_waits(database):
    done = threading.Event()
    newcomer = threading.Thread(target=lambda: (write(database), done.set()))
    with another_waits(database):
        newcomer.start()
        # Nobody writes; it is not its turn all the same.
        assert not done.wait(0.1)
    assert done.wait(PATIENCE)
    newcomer.join()


def test_reading_waits_for_nobody(database):
    with another_waits(database), database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM project")).scalar_one() == 0


def test_who_is_killed_while_waiting_holds_nobody_up(database):
    path = database.engine.url.database + turns.WAITING
    words = [sys.executable, "-c", HOLD, path]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        other.send_signal(signal.SIGKILL)
    write(database)


def test_a_turn_that_does_not_come_is_not_waited_for_for_ever(database, monkeypatch):
    monkeypatch.setattr(turns, "BUSY_SECONDS", 0.1)
    with another_waits(database):
        write(database)


def test_a_folder_that_takes_no_more_files_is_written_into_all_the_same(database, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(turns.os, "open", refuse)
    write(database)


def test_who_waits_too_long_for_the_file_is_told_to_try_again(database, database_url, monkeypatch):
    monkeypatch.setattr(turns, "BUSY_SECONDS", 0.1)
    other = Database(database_url)
    with database.writing() as holder:
        holder.execute(ADD)
        with pytest.raises(OperationalError) as refused:
            write(other)
    assert is_busy(refused.value)
    write(other)
    other.dispose()
