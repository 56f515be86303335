"""A PostgreSQL of our own, from the server that is installed here.

It lives in a temporary folder, listens on a socket there and on no port, forgets everything, and
ends with the tests. As root it runs as another user, because the server refuses root.
"""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
from sqlmodel import SQLModel

from app.storage import migrate
from tests.shipped import write_scales

NEEDED = ("initdb", "postgres")
OTHER_USERS = ("postgres", "nobody")
START_SECONDS = 30
# What is lost in a crash of these tests is missed by nobody.
FORGETFUL = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
# To compile a question takes longer than to answer any that is asked here.
QUICK = ("-c", "jit=off")
INITDB = ("-U", "assay", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N", "--no-instructions")
TEMPLATE = "assay_template"
# Tables of what is shipped, from those pointed at to those that point.
NOT_EMPTY = ("label_scheme", "label")

_numbers = count(1)


@cache
def binaries() -> Path | None:
    """The folder of the server's programs, or None."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if shutil.which("pg_config"):
        said = subprocess.run(
            ["pg_config", "--bindir"], capture_output=True, text=True, check=False
        )
        folders.append(Path(said.stdout.strip()))
    holding = (folder for folder in folders if all((folder / name).exists() for name in NEEDED))
    return next(holding, None)


def available() -> bool:
    """Whether a server can be started here."""
    return binaries() is not None


def empty_database() -> str:
    """The address of a new database without tables."""
    return _new_database("template0")


def migrated_database() -> str:
    """The address of a new database with the newest schema: a copy, 50 ms."""
    _fill_template()
    return _new_database(TEMPLATE)


@cache
def shared_database() -> str:
    """The address of the one database of this process that holds what is shipped.

    Empty it after each use.
    """
    url = migrated_database()
    write_scales(url)
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        # Test after test asks the same: how to go about it is thought of once.
        name = connection.info.dbname
        connection.execute(f'ALTER DATABASE "{name}" SET plan_cache_mode = force_generic_plan')  # type: ignore[arg-type]
        connection.execute("CREATE SCHEMA fresh")
        for name in NOT_EMPTY:
            connection.execute(f"CREATE TABLE fresh.{name} AS TABLE {name}")  # type: ignore[arg-type]
    return url


def empty(url: str) -> None:
    """Take out again what a test wrote: quicker than a new database for each test."""
    connection, filled = _kept_open(url), _filled(url)
    statements = [f'DELETE FROM "{name}"' for name in (*filled, *NOT_EMPTY)]
    statements += [f"INSERT INTO {name} SELECT * FROM fresh.{name}" for name in NOT_EMPTY]
    connection.execute("; ".join(statements))  # type: ignore[arg-type]


def _filled(url: str) -> list[str]:
    """The tables that hold anything but what is shipped."""
    tables = [table.name for table in SQLModel.metadata.sorted_tables]
    asked = " UNION ALL ".join(
        f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM \"{t}\")" for t in tables if t not in NOT_EMPTY
    )
    return [name for (name,) in _kept_open(url).execute(asked, prepare=True)]  # type: ignore[arg-type]


class SharedRows:
    """What stands in the one database of this process, taken and put back."""

    def is_new(self) -> bool:
        """Whether no test has written anything yet."""
        return not _filled(shared_database())

    def taken(self) -> dict[str, str]:
        """Copies of its tables, by their names."""
        url = shared_database()
        schema = f"kept_{next(_numbers)}"
        copies = {name: f"{schema}.{name}" for name in (*_filled(url), *NOT_EMPTY)}
        made = [f'CREATE TABLE {at} AS TABLE "{name}"' for name, at in copies.items()]
        _kept_open(url).execute("; ".join([f"CREATE SCHEMA {schema}", *made]))  # type: ignore[arg-type]
        return copies

    def put_back(self, copies: dict[str, str]) -> None:
        """Write what was taken into a database that is as new; no trigger counts it again."""
        told = [f'DELETE FROM "{name}"' for name in NOT_EMPTY]
        told += [f'INSERT INTO "{name}" SELECT * FROM {at}' for name, at in copies.items()]
        _kept_open(shared_database()).execute("; ".join(told))  # type: ignore[arg-type]


def leave_alone(url: str) -> None:
    """Have the server not clean up the tables of this database behind a test's back."""
    tables = [table.name for table in SQLModel.metadata.sorted_tables]
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        for name in tables:
            connection.execute(f'ALTER TABLE "{name}" SET (autovacuum_enabled = off)')  # type: ignore[arg-type]


@cache
def _kept_open(url: str) -> psycopg.Connection:
    """A connection that stays: a new one has to learn what every table is."""
    connection = psycopg.connect(_plain(url), autocommit=True)
    # No order of deleting suits tables that point at each other: the checks wait outside.
    connection.execute("SET session_replication_role = replica")
    atexit.register(connection.close)
    return connection


def _plain(url: str) -> str:
    """The address as the driver itself takes it."""
    return url.replace("+psycopg", "")


def drop(url: str) -> None:
    """Remove a database that was made here, whoever is still connected to it."""
    name = url.partition("?")[0].rpartition("/")[2]
    _run_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@cache
def _fill_template() -> None:
    migrate.upgrade(_new_database("template0", name=TEMPLATE))


def _new_database(template: str, *, name: str | None = None) -> str:
    name = name or f"assay_{next(_numbers)}"
    _run_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return f"postgresql+psycopg://assay@/{name}?host={_server()}"


def _run_sql(statement: str) -> None:
    address = f"host={_server()} user=assay dbname=postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]


@cache
def _server() -> Path:
    """Start the server on first use; the folder of its socket."""
    return new_server("-h", "", *FORGETFUL, *QUICK)


def new_server(*words: str, network: str | None = None) -> Path:
    """Start another server with these words behind its command; the folder of its socket.

    Whoever comes from the ``network`` is let in.
    """
    programs = binaries()
    assert programs is not None, "PostgreSQL is not installed: apt install postgresql"
    folder = Path(tempfile.mkdtemp(prefix="assay-pg-", dir="/tmp"))
    user = _other_user()
    if user is not None:
        shutil.chown(folder, user)
    subprocess.run(
        [programs / "initdb", "-D", folder / "data", *INITDB],
        check=True,
        capture_output=True,
        cwd=folder,
        **_as(user),
    )
    if network is not None:
        with (folder / "data" / "pg_hba.conf").open("a") as let_in:
            let_in.write(f"host all all {network} trust\n")
    command = [programs / "postgres", "-D", folder / "data", "-k", folder, *words]
    server = _start(command, folder, user)
    atexit.register(_stop, server, folder)
    _wait(server, folder)
    return folder


def _start(command: list[str | Path], folder: Path, user: str | None) -> subprocess.Popen:
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [*_ends_with_us(), *command], stdout=log, stderr=log, cwd=folder, **_as(user)
        )


def _other_user() -> str | None:
    if os.geteuid() != 0:
        return None
    here = {entry.pw_name for entry in pwd.getpwall()}
    return next(user for user in OTHER_USERS if user in here)


def _as(user: str | None) -> dict:
    if user is None:
        return {}
    entry = pwd.getpwnam(user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _ends_with_us() -> list[str]:
    """Words before the command that end the server even when these tests are killed."""
    return ["setpriv", "--pdeathsig", "QUIT"] if shutil.which("setpriv") else []


def _wait(server: subprocess.Popen, folder: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            psycopg.connect(f"host={folder} user=assay dbname=postgres").close()
        except psycopg.OperationalError:
            assert server.poll() is None, (folder / "log").read_text()
            time.sleep(0.05)
        else:
            return
    raise AssertionError((folder / "log").read_text())


def _stop(server: subprocess.Popen, folder: Path) -> None:
    server.send_signal(signal.SIGQUIT)
    server.wait(timeout=10)
    shutil.rmtree(folder, ignore_errors=True)
