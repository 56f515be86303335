"""Connections to a PostgreSQL server: how they are made, looked at, and how long anything may take.

All limits travel with the connection when it is made, so that no transaction asks for them.
"""

import select
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.pool import ConnectionPoolEntry

from app.config.connections import Connections

if TYPE_CHECKING:
    import psycopg

# What a reading session is; psycopg says it in the BEGIN that it sends anyway.
READS = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
# A page and what it leads to ask some three hundred statements in all. The server keeps those that
# were asked five times planned; psycopg would keep a hundred and forget the rest in turn.
KEPT_STATEMENTS = 500
# How soon both ends notice, in seconds, that the other machine is gone without a word.
NOTICED = {"idle": 20, "interval": 5, "count": 3}
# How long either end waits for the other's receipt of what it sent. Without it a server that was sending
# when a machine lost its power sent on for minutes, and held what its transaction had locked.
UNANSWERED_MS = 15_000
CONNECT_SECONDS = 10
# A file goes out as fast as its reader takes it; its transaction holds no row.
FILE_IDLE_SECONDS = 1_800
LINE = "assay_line"
# A deadlock that was resolved, a transaction that came too late, a lock not given, a question that
# took too long.
TRY_AGAIN = frozenset({"40P01", "40001", "55P03", "57014"})
# The transaction did nothing for too long; the server ends, ended, or has not begun; it has no room.
GONE = frozenset({"25P03", "57P01", "57P02", "57P03", "53300"})


def open_server(url: str, rules: Connections) -> Engine:
    """An engine for a server's database."""
    engine = create_engine(
        url,
        connect_args=_told(url, rules),
        pool_size=rules.size,
        max_overflow=rules.overflow,
        pool_timeout=rules.wait_seconds,
        pool_recycle=rules.renew_seconds,
        # The one that was used last knows most statements; the others may grow old.
        pool_use_lifo=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "checkout", _look)
    return engine


def _told(url: str, rules: Connections) -> dict[str, Any]:
    """What is said when a connection is made; what the address says itself comes last and holds."""
    asked = make_url(url).query
    limits = {
        "statement_timeout": rules.statement_seconds,
        "lock_timeout": rules.lock_seconds,
        "idle_in_transaction_session_timeout": rules.idle_seconds,
    }
    words = [f"-c {name}={seconds}s" for name, seconds in limits.items() if seconds]
    words += [f"-c tcp_keepalives_{name}={number}" for name, number in NOTICED.items()]
    words.append(f"-c tcp_user_timeout={UNANSWERED_MS}")
    # Our questions are of many words and find few rows: compiling one is not worth it.
    words.append("-c jit=off")
    here = {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": UNANSWERED_MS,
        **{f"keepalives_{name}": number for name, number in NOTICED.items()},
    }
    told: dict[str, Any] = {name: value for name, value in here.items() if name not in asked}
    more = asked.get("options", ())
    told["options"] = " ".join([*words, *((more,) if isinstance(more, str) else more)])
    return told


def _prepare(driver: "psycopg.Connection[Any]", record: ConnectionPoolEntry) -> None:
    driver.prepared_max = KEPT_STATEMENTS
    line = select.poll()
    line.register(driver.fileno(), select.POLLIN)
    record.info[LINE] = line


def _look(_driver: object, record: ConnectionPoolEntry, _used: object) -> None:
    """See whether the server has hung up, which costs no question: a line at rest is silent.

    Raises:
        InvalidatePoolError: it has, or it said something nobody asked for; all are made anew.
    """
    if record.info[LINE].poll(0):
        raise InvalidatePoolError


def take_time(connection: Connection) -> None:
    """Let a transaction last as long as somebody reads the file that is made in it."""
    connection.exec_driver_sql(
        "SET LOCAL statement_timeout = 0;"
        f" SET LOCAL idle_in_transaction_session_timeout = '{FILE_IDLE_SECONDS}s'"
    )


def is_crowded(error: BaseException | None) -> bool:
    """Whether others were in the way for too long; nothing was changed."""
    if isinstance(error, NoneFree):
        return True
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in TRY_AGAIN


def is_away(error: BaseException | None) -> bool:
    """Whether the server could not be reached, or went away before it had answered."""
    if not isinstance(error, DBAPIError) or not hasattr(error.orig, "sqlstate"):
        return False
    state = getattr(error.orig, "sqlstate", None)
    # What no server said, its driver did: that nobody answers, or hung up.
    is_unanswered = isinstance(error, OperationalError) and state is None
    return error.connection_invalidated or is_unanswered or state in GONE
