"""A claim read and checked where PostgreSQL holds the desk: a server of our own that forgets nothing.

It has its usual settings, ``fsync`` and all, on the same machine as everything else.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from app.storage.session import Database
from app.storage.transfer import copy
from tests import postgres
from tests.load.checkers import Task
from tests.load.files import Files
from tests.load.parts.pair import ALONE, SECONDS, run, wrong
from tests.load.serving import cpu_below, desk

CLAIMS = 20_000


def measure(files: Files) -> dict[str, Any]:
    """One reviewer, 8 and 64; what PostgreSQL itself spends is told apart."""
    if not postgres.available():
        raise LookupError("PostgreSQL is not installed")
    # Those of the tests forget everything in a crash, and compile nothing.
    postgres.FORGETFUL = postgres.QUICK = ()
    url = postgres.migrated_database()
    fill(url, files)
    found: dict[str, Any] = {"claims": CLAIMS}
    with files.room() as room, desk(room, url) as server:
        spent = meter(url)
        tasks = {"alone": Task(base=server.base, pairs=files.rounds(ALONE), seconds=60)}
        for people in (8, 64):
            seconds = files.rounds(SECONDS)
            tasks[f"{people} reviewers"] = Task(base=server.base, people=people, seconds=seconds)
        for name, task in tasks.items():
            before = spent()
            figures = run(server, task)
            figures["database cpu"] = (spent() - before) / max(1, figures["pairs"]) * 1_000
            found[name] = figures
    found["wrong"] = wrong(url)
    postgres.drop(url)
    return found


def fill(url: str, files: Files) -> None:
    """Bring a generated project over, as ``assay db copy`` does."""
    source, target = Database(f"sqlite:///{files.file(CLAIMS)}"), Database(url)
    for _table in copy(source, target):
        pass
    source.dispose()
    target.dispose()
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("ANALYZE")


def meter(url: str) -> Callable[[], float]:
    """What tells the processor seconds of PostgreSQL's processes."""
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        folder = connection.execute("SHOW data_directory").fetchone()[0]
    with Path(folder, "postmaster.pid").open() as file:
        pid = int(file.readline())
    return lambda: cpu_below(pid)
