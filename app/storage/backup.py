"""Copies of an SQLite database, made and brought back while the desk goes on working."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from app.domain.errors import Refused
from app.domain.ids import now
from app.storage import migrate
from app.storage.turns import BUSY_SECONDS

FOLDER = "backups"


def backup_name(at: datetime | None = None) -> str:
    """A file name that sorts by time."""
    return f"assay-{at or now():%Y%m%dT%H%M%S}.db"


def back_up(url: str, to: Path) -> Path:
    """Copy the database to a file that only its owner can read; it is whole, or it is not there.

    Raises:
        Refused: no SQLite file, the target exists or cannot be written.
    """
    path = _existing(url)
    if to.exists():
        raise Refused("database.in-the-way", path=to)
    half = to.with_name(f".{to.name}.half")
    try:
        to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half.unlink(missing_ok=True)
        half.touch(mode=0o600)
        _copy(path, half)
        half.rename(to)
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", error)
        raise Refused("file.unwritable", path=to, reason=reason) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    return to


def restore(url: str, source: Path, *, aside: Path) -> None:
    """Put a copy in the place of the database; what was there until now is kept ``aside``.

    The copy goes in as one transaction: a desk that is running reads the old or the new.

    Raises:
        Refused: the copy is no database of Assay, is damaged, or was made by a newer version; the
            database cannot be written.
    """
    path = _sqlite(url)
    _ask_for_fitness(source)
    if path.exists():
        back_up(url, aside)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        _copy(source, path)
    except sqlite3.OperationalError as error:
        raise Refused("database.unwritable", reason=error) from error


def problems(url: str) -> list[str]:
    """What is wrong inside an SQLite file; nothing, on a whole one.

    Raises:
        Refused: it cannot be opened.
    """
    try:
        with _opened(_existing(url)) as connection:
            return _problems(connection)
    except sqlite3.OperationalError as error:
        raise Refused("database.unreachable", reason=error) from error


def _problems(connection: sqlite3.Connection) -> list[str]:
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    return found + [f"a row of {row[0]} points at nothing in {row[2]}" for row in loose[:20]]


def _ask_for_fitness(source: Path) -> None:
    if not source.is_file():
        raise Refused("database.no-file", path=source)
    try:
        with _opened(source) as connection:
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            found = _problems(connection)
    except sqlite3.DatabaseError as error:
        raise Refused("database.not-a-database", path=source) from error
    if revision is None:
        raise Refused("database.not-a-database", path=source)
    if not migrate.is_known(revision[0]):
        raise Refused("database.newer", revision=revision[0])
    if found:
        raise Refused("database.damaged", reason=found[0])


def _copy(source: Path, target: Path) -> None:
    with _opened(source) as old, closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as new:
        old.backup(new)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        yield connection


def _sqlite(url: str) -> Path:
    path = migrate.sqlite_path(url)
    if path is None:
        raise Refused("database.not-sqlite")
    return path


def _existing(url: str) -> Path:
    path = _sqlite(url)
    if not path.exists():
        raise Refused("database.no-file", path=path)
    return path
