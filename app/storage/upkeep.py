"""What an SQLite file wants now and then: fresh statistics, and its log written back.

PostgreSQL does both by itself.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from app.storage.session import Database

# Of each index so many rows are looked at: a table takes two milliseconds then, however large it is.
LOOKED_AT = 400
# Statistics are taken anew when the file has grown to so many times the size that it had.
GROWN = 1.25
# Where a file keeps its size, in pages, at which they were last taken: a number that is the
# program's own to use.
TAKEN_AT = "user_version"
# With so many pages in the log whoever commits writes it back: SQLite's own number.
LONG_LOG = 1_000


def look_after(database: Database) -> None:
    """Write an SQLite file's log back, and take statistics where it has grown since the last ones.

    Whoever commits a thousandth page writes back too; this is for a desk that has come to rest.
    """
    if not database.is_sqlite:
        return
    write_log_back(database)
    pages = _number(database, "page_count")
    if pages > GROWN * _number(database, TAKEN_AT):
        _take_statistics(database, pages)


@contextmanager
def log_left_alone(connection: Connection) -> Iterator[None]:
    """Within this a commit on a connection does not write the log of an SQLite file back.

    Otherwise it would seem to take ten times as long now and then, though it keeps others waiting
    for no longer: who does this sees to ``write_log_back`` instead.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA wal_autocheckpoint=0").close()
    try:
        yield
    finally:
        driver.execute(f"PRAGMA wal_autocheckpoint={LONG_LOG}").close()


def write_log_back(database: Database) -> None:
    """As far as nobody still reads what was committed in the log; nobody waits for it."""
    if not database.is_sqlite:
        return
    with closing(database.engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")


def _number(database: Database, name: str) -> int:
    with database.reading() as session:
        return int(session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one())


def _take_statistics(database: Database, pages: int) -> None:
    """Tell the planner what is in the tables, one after the other, so that nobody waits for long.

    A connection reads them when it is made, and none is kept for longer than an hour.
    """
    for name in SQLModel.metadata.tables:
        with database.write() as session:
            connection = session.connection()
            connection.exec_driver_sql(f"PRAGMA analysis_limit={LOOKED_AT}")
            connection.exec_driver_sql(f'ANALYZE "{name}"')
    with database.write() as session:
        session.connection().exec_driver_sql(f"PRAGMA {TAKEN_AT}={pages}")
