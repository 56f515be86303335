"""One instant for the reading sessions of two processes, so that both see the same rows.

PostgreSQL has a name for what a transaction sees, which another one can ask for. SQLite has none: there
both begin, and a connection that stood before is asked whether anybody committed meanwhile; if so both
begin again. Nobody who writes waits for it, however often.
"""

from collections.abc import Callable

from sqlalchemy import Connection
from sqlmodel import Session

from app.storage.session import Database

# Both have begun within a millisecond; one who writes all the time leaves several between two commits.
ATTEMPTS = 100
# Who reads a file once from one end to the other meets few pages again: 1 to 8 MB take as long.
PAGES_KB = 2_000


def begun_together(database: Database, begin_other: Callable[[str], None]) -> Session | None:
    """A reading session that sees what that of another process sees; None if there was no time for it.

    ``begin_other`` has the other process begin (``begun``), with the name that it is given, and comes
    back once it has; maybe several times.
    """
    if not database.is_sqlite:
        session = begun(database)
        begin_other(
            session.connection().exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        )
        return session
    with database.looking() as watch:
        for _ in range(ATTEMPTS):
            before, session = _commits(watch), begun(database)
            begin_other("")
            if _commits(watch) == before:
                return session
            session.close()
    return None


def begun(database: Database, instant: str = "") -> Session:
    """A reading session whose instant is fixed: now, or the one that PostgreSQL calls so."""
    session = database.reading()
    connection = session.connection()
    if instant:
        connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{instant}'")
    if database.is_sqlite:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{PAGES_KB}").close()
    connection.exec_driver_sql("SELECT 1 FROM project LIMIT 1").close()
    return session


def _commits(watch: Connection) -> int:
    """A number that is another one once any other connection has committed."""
    with watch.begin():
        number: int = watch.exec_driver_sql("PRAGMA data_version").scalar_one()
        return number
