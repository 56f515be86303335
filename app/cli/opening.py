"""Opening the desk for a command: its settings, its folder, its database."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from app.config import Settings
from app.domain.errors import Refused
from app.storage import backup, migrate
from app.storage.session import Database, is_busy, unwritable

# Beside what the system names as its own.
TEMPORARY = ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108 - told apart, not written to


def settings() -> Settings:
    """The settings of this machine.

    Raises:
        Refused: a variable has a value that cannot be.
    """
    return Settings.read(os.environ)


def prepare_folder(folder: Path) -> None:
    """Make the folder of everything that is written, for its owner alone.

    Raises:
        Refused: it cannot be made or written to.
    """
    os.umask(0o077)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Refused("instance.unwritable", path=folder) from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise Refused("instance.unwritable", path=folder)


def is_temporary(desk: Settings) -> bool:
    """Whether the database lies where the machine throws things away when it starts, or in time."""
    path = migrate.sqlite_path(desk.database_url)
    folders = {Path(tempfile.gettempdir()), *map(Path, TEMPORARY)}
    return path is not None and any(path.resolve().is_relative_to(f.resolve()) for f in folders)


def bring_up_to_date(desk: Settings) -> Path | None:
    """Make the missing steps; an SQLite database that has data is copied first.

    Answers where the copy is, if one was made.
    """
    url, copy = desk.database_url, None
    if migrate.is_current(url):
        return None
    if migrate.current(url) is not None and migrate.sqlite_path(url) is not None:
        copy = backup.back_up(url, desk.instance / backup.FOLDER / backup.backup_name())
    migrate.upgrade(url)
    return copy


@contextmanager
def open_database() -> Iterator[Database]:
    """The database of this machine's settings, ready for work.

    Raises:
        Refused: it has other tables than this version works with, somebody blocks it, or the machine
            has no room for it.
    """
    url = settings().database_url
    ask_for_current(url)
    database = Database(url)
    try:
        yield database
    except DatabaseError as error:
        if is_busy(error):
            raise Refused("database.busy") from error
        reason = unwritable(error)
        if reason is not None:
            raise Refused("database.unwritable", reason=reason) from error
        raise
    finally:
        database.dispose()


def ask_for_current(url: str) -> None:
    """Go on only with a database that has the tables of this version.

    Raises:
        Refused: steps are missing, or it was made by a newer version.
    """
    found = migrate.current(url)
    if not migrate.is_known(found):
        raise Refused("database.newer", revision=found)
    if found != migrate.head():
        raise Refused("database.unmigrated")
