"""Opening the database, and sessions that write or can only read.

SQLite: a writing session takes the write lock when it begins, so that what it reads is what it
changes; a reading session is ``query_only`` and cannot write at all. PostgreSQL: a reading session
is a read-only transaction; verbs lock the rows that they decide on.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError, PendingRollbackError
from sqlmodel import Session

from app.config.connections import PATIENT, Connections
from app.domain.errors import Refused
from app.storage.server import READS, is_crowded, open_server, take_time
from app.storage.turns import BUSY_SECONDS, Turns

# A connection knows the statistics of when it was made; a log that grew larger is cut back.
NEW_AFTER_SECONDS, LONGEST_LOG = 3_600, 64 * 1024 * 1024
# Where a session keeps what is to be done before it commits.
# What the machine refuses SQLite: no room, no leave, a disk that fails; and a server of PostgreSQL.
UNWRITABLE = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN")
DISK_FULL = "53100"
AT_THE_END = "to do before the commit"
MODE, HOME, READING = "assay_mode", "assay_home", frozenset({"read", "stream"})


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


class ReadingSession(Session):
    """A session on PostgreSQL that cannot write; it ends with a commit, though there is nothing to keep.

    psycopg has the server forget all statements that it planned once a transaction is rolled back, and
    planning takes longer than most answers.
    """

    def __exit__(self, *error: Any) -> None:  # noqa: ANN401 - what broke, in three parts
        if error[0] is None and self.in_transaction():
            # Whatever a page changed of its rows to show them is not written.
            self.expunge_all()
            # If the server went meanwhile, all was read before, or what broke has been told.
            with suppress(OperationalError, PendingRollbackError):
                self.commit()
        super().__exit__(*error)


class Database:
    """One database and the two kinds of session on it."""

    def __init__(self, url: str, rules: Connections = PATIENT) -> None:
        """Open lazily: no connection is made before the first session begins."""
        self.engine = open_engine(url, rules)
        reads = {MODE: "read", HOME: self, **({} if self.is_sqlite else READS)}
        # A file has connections that only read: SQLite prepares every statement of a connection
        # anew when it is told that it may write from now on, or may not.
        self.readers = open_engine(url, rules) if self.is_sqlite else self.engine
        self._writing = self.engine.execution_options(**{HOME: self})
        self._reading = self.readers.execution_options(**reads)
        self._streaming = self.readers.execution_options(**{**reads, MODE: "stream"})

    @property
    def engines(self) -> tuple[Engine, ...]:
        """Whatever opens connections to it."""
        return (self.engine,) if self.readers is self.engine else (self.engine, self.readers)

    @property
    def is_sqlite(self) -> bool:
        """Whether the file on this machine is the database."""
        return self.engine.dialect.name == "sqlite"

    def writing(self, on: Connection | None = None) -> Session:
        """A session that may write, on a connection of its own or this one; the caller commits."""
        return WritingSession(self._writing if on is None else on, expire_on_commit=False)

    def connected(self) -> Connection:
        """A connection that is kept from one writing session to the next."""
        return self._writing.connect()

    def reading(self) -> Session:
        """A session that cannot write."""
        kind = Session if self.is_sqlite else ReadingSession
        return kind(self._reading, expire_on_commit=False)

    def looking(self) -> Connection:
        """A connection that cannot write and is kept from one transaction to the next."""
        return self._reading.connect()

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
        for engine in self.engines:
            engine.dispose()


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
        turns = Turns(engine.url.database or None)
        event.listen(engine, "begin", partial(_begin_sqlite, turns))
        event.listen(engine, "commit", turns.end)
        event.listen(engine, "rollback", turns.end)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _open_file(url: str) -> Engine:
    arguments = {"isolation_level": None, "timeout": BUSY_SECONDS}
    return create_engine(url, connect_args=arguments, pool_recycle=NEW_AFTER_SECONDS)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-8000",
        "temp_store=MEMORY",
        f"journal_size_limit={LONGEST_LOG}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(turns: Turns, connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    reads = connection.get_execution_options().get(MODE) in READING
    if connection.info.get(MODE) is not reads:
        driver.execute(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
        connection.info[MODE] = reads
    if reads:
        driver.execute("BEGIN")
    else:
        turns.begin(connection)


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(MODE) == "stream":
        take_time(connection)


def home(session: Session) -> object:
    """What stands for the database of a session, whether it reads or writes."""
    options = session.get_bind().get_execution_options()
    return options.get(HOME) or session.get_bind().engine


def is_reading(session: Session) -> bool:
    """Whether a session is one that cannot write, and so sees only what was committed."""
    return session.get_bind().get_execution_options().get(MODE) in READING


def unwritable(error: BaseException | None) -> str | None:
    """What the machine has against writing, such as a full disk; nothing for any other error."""
    orig = getattr(error, "orig", error)
    is_sqlites = getattr(orig, "sqlite_errorname", "").startswith(UNWRITABLE)
    return str(orig) if is_sqlites or getattr(orig, "sqlstate", None) == DISK_FULL else None


def is_busy(error: BaseException | None) -> bool:
    """Whether an error only says that somebody else was writing: the same can be tried again."""
    orig = getattr(error, "orig", None)
    is_locked = isinstance(orig, sqlite3.OperationalError) and "locked" in str(orig)
    return is_locked or is_crowded(error)
