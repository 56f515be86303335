"""Whose turn it is to write into a file of SQLite: of the threads of a process, and of all processes.

SQLite alone looks again ever more rarely the longer somebody waits: with sixteen at once some waited
in vain, and with four processes that write all the time one did. Looking by oneself, and letting others
go first for 4 ms after each write, was fair and slow: the writer stood still for that long again and
again. So whoever waits says so, by a lock on a file beside the database: then newcomers, and whoever
wrote just now, wait behind, and where nobody waits nobody pauses. On a file in memory, where a commit costs
nothing, 8 writers in 2 processes wrote 180 times a second before and 300 since. On a busy disk the commit
decides: they write as often as before, and wait less (the longest of 64 in six runs each: 1.0 to 1.7
seconds, before 1.0 to 3.3). ``make load ARGS="-s -k turns"`` measures.
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from sqlalchemy import Connection

from app.storage import way

BUSY_SECONDS = 10
# Seconds between two looks of the one whose turn it is: at first, in the end, and which part of the
# time waited so far. What it waits for takes two or three milliseconds, but for an import.
SHORTEST_PAUSE, LONGEST_PAUSE, PART = 0.0002, 0.005, 0.05
# The others look ever more often, so that those who wait for longer are before those who come.
FIRST_PAUSE, LAST_PAUSE, SHRINKS = 0.002, 0.0004, 50
# What the name of the file ends with that says that somebody waits; nothing is ever in it.
WAITING = "-turn"
TURN, WAY = "assay_turn", "assay_way"


class Turns:
    """Turns on one file: one thread of a process at a time, and of those the one that waited."""

    def __init__(self, path: str | None) -> None:
        self._turn = Lock()
        self._path = path

    def begin(self, connection: Connection) -> None:
        """Begin a transaction that writes; who waits for too long goes on anyway, and is told.

        Raises:
            OperationalError: nobody let go of the file for BUSY_SECONDS.
        """
        connection.info[TURN] = self._turn.acquire(timeout=BUSY_SECONDS)
        try:
            with _waiting(self._path):
                _begin_writing(connection)
            way.take()
            connection.info[WAY] = True
        except BaseException:
            self.end(connection)
            raise

    def end(self, connection: Connection) -> None:
        """Let the next one begin."""
        # Who went on without a turn has taken the way all the same.
        if connection.info.pop(WAY, False):
            way.free()
        if connection.info.pop(TURN, False):
            self._turn.release()


@contextmanager
def _waiting(path: str | None) -> Iterator[None]:
    """Be the one of all processes that waits for the file; others wait until it has it.

    The lock goes with the process, however it ends. It only says who is first: where it cannot be
    had, SQLite's own keeps writers apart. It is on a file of its own, since closing the database's
    would take away SQLite's locks.
    """
    try:
        handle = None if path is None else os.open(path + WAITING, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        handle = None
    try:
        if handle is not None:
            _until_done(lambda: _is_locked(handle), _ever_more_often)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _begin_writing(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout=0")
    try:
        if not _until_done(lambda: _is_begun(driver), _ever_more_rarely):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1_000}")


def _ever_more_rarely(waited: float) -> float:
    """The pause of whoever is next, after so many seconds."""
    return min(max(SHORTEST_PAUSE, PART * waited), LONGEST_PAUSE)


def _ever_more_often(waited: float) -> float:
    """The pause of whoever is not next yet, after so many seconds."""
    return max(LAST_PAUSE, FIRST_PAUSE / (1 + SHRINKS * waited))


def _until_done(attempt: Callable[[], bool], pause: Callable[[float], float]) -> bool:
    """Try again and again; whether it was done in BUSY_SECONDS."""
    began = time.monotonic()
    while not attempt():
        waited = time.monotonic() - began
        if waited >= BUSY_SECONDS:
            return False
        time.sleep(pause(waited))
    return True


def _is_locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_begun(driver: sqlite3.Connection) -> bool:
    try:
        # Past SQLAlchemy, which would take a busy file for a broken transaction.
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        return False
    return True
