"""Files that leave: rows a second against a bare loop over the same rows, memory, the first byte."""

import csv
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from tests.load.desks import LEAD, PASSWORD, SLUG
from tests.load.figures import Spent, another_writer, command, compared, timed
from tests.load.files import Files
from tests.load.generator import generate
from tests.load.serving import desk, environment
from tests.load.wire import Wire

MAIN = "verdicts.csv"
OTHERS = ("reviews.csv", "sources.csv")
# Files with a row for each check or source are left out of the largest size.
LARGEST = 200_000
BATCH = 1_000


def measure(files: Files) -> dict[str, Any]:
    """Each format at each size; the start of a command, that of a desk of twenty claims, is taken off."""
    found: dict[str, Any] = {}
    with files.room() as room:
        generate(room / "small.db", 20)
        start = command(words(MAIN, room / MAIN), environment(room / "desk", room / "small.db"))
    before, seconds = 0, 0.0
    for size in files.sizes:
        if not files.has_time(size, before, seconds):
            break
        names = (MAIN, *OTHERS) if size <= LARGEST else (MAIN,)
        with files.copy(size) as path, files.room() as room:
            found[str(size)] = {name: written(path, room, name, start) for name in names}
            before, seconds = size, found[str(size)][MAIN]["seconds"]
            found[str(size)]["first byte"] = first_byte(path, room)
    return found


def words(name: str, target: Path) -> tuple[str, ...]:
    return ("export", "--project", SLUG, "--format", name, "-o", str(target))


def written(path: Path, room: Path, name: str, start: Spent) -> dict[str, Any]:
    """One file by the desk's command, and by a bare loop over a plain table of its rows."""
    target, plain = room / name, room / "plain.db"
    with another_writer(path) as waits:
        spent = command(words(name, target), environment(room / "desk", path))
    rows = as_table(target, plain)
    bare = timed(lambda: loop(plain, room / "bare.csv"))
    plain.unlink()
    return {
        "rows": rows,
        "bytes": target.stat().st_size,
        **waits.told(),
        **compared(spent, start, bare, rows),
    }


def as_table(file: Path, plain: Path) -> int:
    """The rows of a file in a table of their own; how many there are."""
    csv.field_size_limit(sys.maxsize)
    with file.open(newline="", encoding="utf-8") as opened, sqlite3.connect(plain) as rows:
        lines = csv.reader(opened)
        columns = next(lines)
        names = ", ".join(f'"{column}" TEXT' for column in columns)
        rows.execute("PRAGMA journal_mode=OFF").close()
        rows.execute(f"CREATE TABLE plain ({names})")
        marks = ", ".join("?" * len(columns))
        return rows.executemany(f"INSERT INTO plain VALUES ({marks})", lines).rowcount


def loop(plain: Path, target: Path) -> None:
    """The bare loop."""
    with sqlite3.connect(plain) as rows, target.open("w", newline="", encoding="utf-8") as opened:
        cursor = rows.execute("SELECT * FROM plain")
        write = csv.writer(opened)
        while lines := cursor.fetchmany(BATCH):
            write.writerows(lines)


def first_byte(path: Path, room: Path) -> float:
    """Seconds until the first byte of the file leaves the server, the middle of three."""
    times = []
    with desk(room / "server", path) as server:
        wire = Wire(server.base)
        wire.sign_in(LEAD, PASSWORD)
        for _ in range(3):
            began = time.perf_counter()
            answer = wire.first_byte(f"/projects/{SLUG}/exports/{MAIN}")
            times.append(time.perf_counter() - began)
            assert answer.status == 200, answer.status
    return sorted(times)[1]
