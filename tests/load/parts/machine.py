"""The desk as it stands: idle memory, how soon it answers, bytes on the wire and in the file."""

import re
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.load.checkers import Checker, Task
from tests.load.files import Files
from tests.load.serving import ROOT, cloned, desk
from tests.load.wire import Wire

IDLE_SECONDS = 5
STARTS = 5
CLONES = 2
COMMITS = 200
LINKS = re.compile(r'(?:href|src)="(/static/[^"]+)"')
IMPORTS = re.compile(r"""(?:from|import) +["'](\.?/[^"']+)["']""")
TABLES = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name"
USED = """SELECT (page_count - freelist_count) * page_size
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size"""


def measure(files: Files) -> dict[str, Any]:
    """All of it; sizes of the file at each number of claims."""
    found: dict[str, Any] = {}
    with files.room() as room:
        found["idle memory"], found["first start"] = idle(room / "new")
        found["start"] = [started(room / "new") for _ in range(files.rounds(STARTS))]
        if not files.is_brief and is_clone():
            found["clone"] = [from_clone(room / "clone") for _ in range(CLONES)]
        found["commits"] = {kind: commits(room / "sync.db", kind) for kind in ("FULL", "NORMAL")}
    with files.copy(files.middle) as path, files.room() as room, desk(room, path) as server:
        found["wire"] = wire(server.base)
    found["file"] = {str(size): file_size(files.file(size), size) for size in files.sizes}
    found["generated"] = {str(size): seconds for size, seconds in files.made.items()}
    return found


def idle(room: Path) -> tuple[float, float]:
    """MB of all processes of a new desk that nobody uses, and seconds of its very first start."""
    with desk(room) as server:
        time.sleep(IDLE_SECONDS)
        return server.pss(), server.seconds_to_answer


def started(room: Path) -> float:
    """Seconds from the command to the first page of a desk that was there before."""
    with desk(room) as server:
        return server.seconds_to_answer


def is_clone() -> bool:
    """Whether this project is where git can clone it from; one that was unpacked is not."""
    return (ROOT / ".git").exists() and shutil.which("git") is not None


def from_clone(room: Path) -> float:
    """Seconds from ``git clone`` over ``make run`` to the first page, seed data and all.

    What pip keeps of packages is kept; the clone has no environment.
    """
    began = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(room)], check=True)
    with cloned(room):
        took = time.perf_counter() - began
    shutil.rmtree(room)
    return took


def wire(base: str) -> dict[str, float]:
    """Bytes, compressed and with their headers, of a first review page and of each further one."""
    checker = Checker(Task(base=base), number=9)
    checker.begin()
    page = checker.wire.get(checker.place)
    assets = {link: Wire(base).get(link) for link in linked(base, page.body)}
    more = []
    for _ in range(10):
        at = checker.place
        answer = checker.wire.post(at, checker.filled(checker.wire.get(at)))
        checker.place = answer.place
        more.append(answer.size + checker.wire.get(answer.place).size)
    return {
        "page": page.size,
        "others": sum(asset.size for asset in assets.values()),
        "requests": 1 + len(assets),
        "first": page.size + sum(asset.size for asset in assets.values()),
        "further": sum(more) / len(more),
    }


def linked(base: str, page: str) -> list[str]:
    """Everything that a browser fetches with a page: styles, scripts and what these import."""
    found = list(dict.fromkeys(LINKS.findall(page)))
    for link in found:
        if ".js" in link:
            folder = link.rpartition("/")[0]
            for name in IMPORTS.findall(Wire(base).get(link).body):
                other = name if name.startswith("/") else f"{folder}/{name[2:]}"
                if other not in found:
                    found.append(other)
    return found


def commits(path: Path, kind: str) -> float:
    """How many small transactions a second reach the disk, or only the system."""
    path.unlink(missing_ok=True)
    rows = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", f"synchronous={kind}"):
        rows.execute(f"PRAGMA {pragma}").close()
    rows.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, words TEXT)")
    began = time.perf_counter()
    for _ in range(COMMITS):
        rows.execute("BEGIN IMMEDIATE")
        rows.execute("INSERT INTO line (words) VALUES (?)", ("x" * 500,))
        rows.execute("COMMIT")
    took = time.perf_counter() - began
    rows.close()
    return COMMITS / took


def file_size(path: Path, claims: int) -> dict[str, Any]:
    """Bytes a claim, in all and of the largest tables and indexes; free pages are filled by what comes next."""
    with sqlite3.connect(path) as rows:
        parts = dict(rows.execute(TABLES)) if claims <= 200_000 else {}
        [(used,)] = rows.execute(USED)
    largest = sorted(parts.items(), key=lambda part: -part[1])[:8]
    return {
        "bytes a claim": used / claims,
        "largest": {name: size / claims for name, size in largest},
    }
