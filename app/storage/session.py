"""Opening the database, and sessions that write or can only read.

SQLite: a writing session takes the write lock when it begins, so that what it reads is what it
changes; a reading session is ``query_only`` and cannot write at all. PostgreSQL: a reading session
is a read-only transaction; verbs lock the rows that they decide on.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session

from app.config.connections import PATIENT, Connections
from app.domain.errors import Refused
from app.storage.server import READS, is_crowded, open_server, take_time

BUSY_SECONDS = 10
# Seconds between two looks at the lock: at first, after long, and how fast one becomes the other.
LONGEST_PAUSE, SHORTEST_PAUSE, PAUSES_SHRINK = 0.01, 0.002, 10
# Whoever has just written lets others look first, for as long.
JUST_NOW, AFTER_YOU = 0.1, 0.004
# Where a session keeps what is to be done before it commits.
AT_THE_END = "to do before the commit"
MODE, READING = "assay_mode", frozenset({"read", "stream"})
TURN = "assay_turn"


class WritingSession(Session):
    """A session that does, once and just before it commits, what ``at_the_end`` asked for."""


def at_the_end(session: Session, do: Callable[[Session], None]) -> None:
    """Have something done before the commit, after all that is locked; once, if asked twice."""
    session.info.setdefault(AT_THE_END, {})[do] = None


@event.listens_for(WritingSession, "before_commit")
def _do_at_the_end(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for do in session.info.pop(AT_THE_END, {}):
        do(session)


@event.listens_for(WritingSession, "after_rollback")
def _do_nothing(session: Session) -> None:
    session.info.pop(AT_THE_END, None)


class Database:
    """One database and the two kinds of session on it."""

    def __init__(self, url: str, rules: Connections = PATIENT) -> None:
        """Open lazily: no connection is made before the first session begins."""
        self.engine = open_engine(url, rules)
        reads = {MODE: "read", **({} if self.is_sqlite else READS)}
        self._reading = self.engine.execution_options(**reads)
        self._streaming = self.engine.execution_options(**{**reads, MODE: "stream"})

    @property
    def is_sqlite(self) -> bool:
        """Whether the file on this machine is the database."""
        return self.engine.dialect.name == "sqlite"

    def writing(self) -> Session:
        """A session that may write; the caller commits."""
        return WritingSession(self.engine, expire_on_commit=False)

    def reading(self) -> Session:
        """A session that cannot write."""
        return Session(self._reading, expire_on_commit=False)

    def streaming(self) -> Session:
        """A session that cannot write, for a file that goes out as fast as its reader takes it."""
        return Session(self._streaming, expire_on_commit=False)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A writing session that commits at the end, or leaves nothing behind."""
        with self.writing() as session, session.begin():
            yield session

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_engine(url: str, rules: Connections = PATIENT) -> Engine:
    """An engine whose transactions begin as the module says.

    Raises:
        Refused: the address cannot be understood.
    """
    is_file = url.startswith("sqlite")
    try:
        engine = _open_file(url) if is_file else open_server(url, rules)
    except Exception as error:
        raise Refused("database.address", reason=type(error).__name__) from error
    if is_file:
        event.listen(engine, "connect", _prepare_sqlite)
        turns = _Turns()
        event.listen(engine, "begin", turns.begin)
        event.listen(engine, "commit", turns.end)
        event.listen(engine, "rollback", turns.end)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _open_file(url: str) -> Engine:
    return create_engine(url, connect_args={"isolation_level": None, "timeout": BUSY_SECONDS})


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-8000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


class _Turns:
    """Those who write in one process come one after the other, in the order in which they came.

    SQLite alone looks again ever more rarely the longer somebody waits: with sixteen at once some
    waited in vain, and with four processes that write all the time one did. So the one whose turn it
    is in its process looks by itself, ever more often, until it gets the lock before the others.
    """

    def __init__(self) -> None:
        self._turn = Lock()
        self._ended = 0.0

    def begin(self, connection: Connection) -> None:
        """Begin a transaction; one that writes waits for its turn, and in the end goes on anyway."""
        reads = connection.get_execution_options().get(MODE) in READING
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
        if reads:
            connection.exec_driver_sql("BEGIN")
            return
        connection.info[TURN] = self._turn.acquire(timeout=BUSY_SECONDS)
        try:
            if time.monotonic() - self._ended < JUST_NOW:
                time.sleep(AFTER_YOU)
            _begin_writing(connection)
        except BaseException:
            self.end(connection)
            raise

    def end(self, connection: Connection) -> None:
        """Let the next one begin."""
        if connection.info.pop(TURN, False):
            self._ended = time.monotonic()
            self._turn.release()


def _begin_writing(connection: Connection) -> None:
    """Take the lock of the file, about in the order of asking.

    Raises:
        OperationalError: nobody let go of it for BUSY_SECONDS.
    """
    driver: Any = connection.connection.driver_connection
    began = time.monotonic()
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while (waited := time.monotonic() - began) < BUSY_SECONDS:
            try:
                # Past SQLAlchemy, which would take a busy file for a broken transaction.
                driver.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                time.sleep(max(SHORTEST_PAUSE, LONGEST_PAUSE / (1 + PAUSES_SHRINK * waited)))
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1_000}")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(MODE) == "stream":
        take_time(connection)


def is_reading(session: Session) -> bool:
    """Whether a session is one that cannot write, and so sees only what was committed."""
    return session.get_bind().get_execution_options().get(MODE) in READING


def is_busy(error: BaseException | None) -> bool:
    """Whether an error only says that somebody else was writing: the same can be tried again."""
    orig = getattr(error, "orig", None)
    is_locked = isinstance(orig, sqlite3.OperationalError) and "locked" in str(orig)
    return is_locked or is_crowded(error)
