"""Bringing a database to the schema that this version of the program expects.

Alembic is only loaded to make a step: every command asks where a database stands, few move it.

A file of SQLite makes all steps or none, while its desk stands still. On PostgreSQL the desks work on:
each step is a transaction of its own, waits only a moment for a table that others use, as whoever comes
later would wait behind it, and is tried again. Of several machines one makes them, and the others wait.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, make_url
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

from app.config.connections import PATIENT
from app.domain.errors import Refused
from app.storage.claim_texts import ask_for_letters
from app.storage.session import is_busy, open_engine
from app.storage.whole_references import references_kept

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parents[2] / "migrations"
# Where Alembic notes which step a database is at.
NOTE = "alembic_version"
# Any number that nothing else in the database uses: two starts at once take turns on it.
TURN = 0x4173736179
# Seconds that a step keeps others waiting behind it for a table, and how often it is tried.
LOCK_SECONDS, TRIES = 2, 40
# Seconds between two tries, and for how long another machine's steps are waited for.
PAUSES, TURN_SECONDS = (0.5, 2.0), 3_600


@cache
def revisions() -> tuple[str, ...]:
    """The steps of this version of the program, by number, oldest first."""
    steps = (MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return tuple(sorted(path.name.partition("_")[0] for path in steps))


def head() -> str:
    """The revision that this version of the program expects."""
    return revisions()[-1]


def is_known(revision: str | None) -> bool:
    """Whether this version of the program has the step that made a database what it is."""
    return revision is None or revision in revisions()


def current(url: str) -> str | None:
    """The revision of a database; None where no step was made yet.

    Raises:
        Refused: there is no way in, or the file is no database.
    """
    path = sqlite_path(url)
    if path is not None and not path.exists():
        # Opening it would leave an empty file behind.
        return None
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(NOTE):
                return None
            row = connection.exec_driver_sql(f"SELECT version_num FROM {NOTE}").first()  # noqa: S608 - a constant
            return None if row is None else str(row[0])
    except DatabaseError as error:
        reason = str(error.orig).strip().splitlines()[-1]
        raise Refused("database.unreachable", reason=reason) from error
    finally:
        engine.dispose()


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite database; None for a server's."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return None
    return Path(address.database)


def is_current(url: str) -> bool:
    """Whether a database has exactly the schema that this version of the program expects."""
    return current(url) == head()


def upgrade(url: str, revision: str = "head") -> None:
    """Make every step that is missing: of a file all or none, on a server one after the other.

    Raises:
        Refused: the database was made by a newer version of the program, SQLite lacks what it is made
            with, or others use a server's tables all the time; what was done of its steps stays, and
            the next call goes on.
    """
    found = current(url)
    if not is_known(found):
        raise Refused("database.newer", revision=found)
    if sqlite_path(url) is not None:
        ask_for_letters()
    _run(url, lambda alembic, config: alembic.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Undo steps down to a revision, or all with ``base``. Only tests do: it loses what was added."""
    _run(url, lambda alembic, config: alembic.downgrade(config, revision))


def write_step(url: str, message: str) -> None:
    """Write a new file of steps from what the models describe and a current database lacks."""
    import app.storage.tables  # noqa: F401, PLC0415 - describes the tables; a start has no use for it

    _run(url, lambda alembic, config: alembic.revision(config, message, autogenerate=True))


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def _run(url: str, steps: Callable[[Any, "Config"], Any]) -> None:
    # What makes tables, as Alembic does, has no limits but one.
    engine = open_engine(url, replace(PATIENT, lock_seconds=LOCK_SECONDS))
    try:
        if engine.dialect.name == "sqlite":
            with _transaction(engine) as connection:
                _make(connection, steps)
        else:
            with _turn(engine):
                _make_beside_work(engine, steps)
    finally:
        # A database whose connections are still open would be copied without its last pages.
        engine.dispose()


def _make(connection: Connection, steps: Callable[[Any, "Config"], Any]) -> None:
    from alembic import command  # noqa: PLC0415 - see above

    config = _config()
    config.attributes["connection"] = connection
    config.attributes["metadata"] = SQLModel.metadata
    steps(command, config)


def _make_beside_work(engine: Engine, steps: Callable[[Any, "Config"], Any]) -> None:
    """Make steps, each in its own transaction; one that others are in the way of is tried again.

    Raises:
        Refused: others are in the way all the time.
    """
    for left in reversed(range(TRIES)):
        try:
            with engine.connect() as connection:
                _make(connection, steps)
        except DatabaseError as error:
            if not is_busy(error):
                raise
            if not left:
                raise Refused("database.busy") from error
            time.sleep(random.uniform(*PAUSES))  # noqa: S311 - nothing secret
        else:
            return


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """Be the only one that makes steps; the lock goes with the connection, however this ends.

    It is asked for again and again: an index that is made beside the work waits for every question
    that is under way, and one that waited for the lock would be such a question.

    Raises:
        Refused: another machine is at it for too long.
    """
    until = time.monotonic() + TURN_SECONDS
    with engine.connect() as connection:
        waiting = connection.execution_options(isolation_level="AUTOCOMMIT")
        while not waiting.exec_driver_sql(f"SELECT pg_try_advisory_lock({TURN})").scalar_one():
            if time.monotonic() > until:
                raise Refused("database.busy")
            time.sleep(random.uniform(*PAUSES))  # noqa: S311 - nothing secret
        try:
            yield
        finally:
            waiting.exec_driver_sql(f"SELECT pg_advisory_unlock({TURN})")


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        # A table is changed by writing it anew, which its own references would forbid. The
        # setting has no effect inside a transaction, so it goes past SQLAlchemy.
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin(), references_kept(connection):
            yield connection
