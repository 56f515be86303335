"""Bringing a database to the schema that this version of the program expects.

Alembic is only loaded to make a step: every command asks where a database stands, few move it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, make_url
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

from app.domain.errors import Refused
from app.storage.session import open_engine

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parents[2] / "migrations"
# Where Alembic notes which step a database is at.
NOTE = "alembic_version"
# Any number that nothing else in the database uses: two starts at once take turns on it.
TURN = 0x4173736179


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
    """Make every step that is missing, all or none of them.

    Raises:
        Refused: the database was made by a newer version of the program.
    """
    found = current(url)
    if not is_known(found):
        raise Refused("database.newer", revision=found)
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
    from alembic import command  # noqa: PLC0415 - see above

    engine = open_engine(url)
    try:
        with _transaction(engine) as connection:
            config = _config()
            config.attributes["connection"] = connection
            config.attributes["metadata"] = SQLModel.metadata
            steps(command, config)
    finally:
        # A database whose connections are still open would be copied without its last pages.
        engine.dispose()


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # A table is changed by writing it anew, which its own references would forbid. The
            # setting has no effect inside a transaction, so it goes past SQLAlchemy.
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")
                connection.exec_driver_sql("SET LOCAL lock_timeout = '30s'")
            yield connection
            _ask_for_whole_references(connection)


def _ask_for_whole_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise Refused("database.references", table=broken[0])
