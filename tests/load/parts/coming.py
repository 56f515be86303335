"""Claims that come in: rows a second against a bare ``executemany`` of the same rows, and memory."""

import csv
import shutil
import sqlite3
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from app.storage import migrate
from tests.load import prose
from tests.load.desks import SLUG
from tests.load.figures import Spent, Waits, another_writer, command, compared, timed
from tests.load.files import Files
from tests.load.generator import PER_ARTICLE, is_said
from tests.load.serving import environment
from tests.load.shapes import mixed, often_first

COLUMNS = (
    *("claim", "external_id", "article_url", "article_title", "article_publisher", "claimant"),
    *("tags", "due_at", "priority", "language"),
)


def measure(files: Files) -> dict[str, Any]:
    """An import into a new desk at each size; the start of a command, that of one claim, is taken off."""
    found: dict[str, Any] = {}
    with files.room() as room:
        empty = room / "empty.db"
        migrate.upgrade(f"sqlite:///{empty}")
        start, _bare, _waits = imported(room, empty, 1)
        before, seconds = 0, 0.0
        for size in files.sizes:
            if not files.has_time(size, before, seconds):
                break
            spent, bare, waits = imported(room, empty, size)
            before, seconds = size, spent.wall
            found[str(size)] = compared(spent, start, bare, size) | waits.told()
    return found


def imported(room: Path, empty: Path, size: int) -> tuple[Spent, Spent, Waits]:
    """One import by the desk's command; the rows that it wrote by a bare loop; how others waited."""
    path, file = Path(shutil.copy(empty, room / "assay.db")), room / "claims.csv"
    around = environment(room / "desk", path)
    made = ("project", "add", SLUG, "--title", "Load", "--decides", "independent")
    command((*made, "--reviews", "3"), around)
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows(chain([COLUMNS], lines(size)))
    with another_writer(path) as waits:
        spent = command(("import", str(file), "--project", SLUG), around)
    bare = room / "bare.db"
    shutil.copy(empty, bare)
    floor = timed(lambda: loop(path, bare))
    for one in (path, bare):
        one.unlink()
    return spent, floor, waits


def lines(size: int) -> Iterator[tuple[object, ...]]:
    """Claims as they stand in a file: twenty of an article."""
    for number in range(size):
        article = number // PER_ARTICLE
        draw = mixed(number)
        said = prose.speaker(often_first(number, 2_000)) if is_said(number) else ""
        yield (
            *(prose.statement(number), f"load-{number}"),
            f"https://news.example.org/{article}/report",
            *(f"Report {article}", prose.PAPERS[article % 6], said, "; ".join(prose.tags(number))),
            *("2027-03-01" if draw % 2 else "", draw % 3, "en"),
        )


def loop(path: Path, bare: Path) -> None:
    """The rows of one file into another, table by table, 500 in a statement, one transaction."""
    source, target = sqlite3.connect(path), sqlite3.connect(bare, isolation_level=None)
    target.execute("PRAGMA synchronous=FULL").close()
    target.execute("BEGIN")
    for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if name.startswith(("sqlite_", "alembic_", "claim_text")):
            continue
        cursor = source.execute(f'SELECT * FROM "{name}"')
        marks = ", ".join("?" * len(cursor.description))
        while rows := cursor.fetchmany(500):
            target.executemany(f'INSERT OR IGNORE INTO "{name}" VALUES ({marks})', rows)
    target.execute("COMMIT")
    for one in (source, target):
        one.close()
