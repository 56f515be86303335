"""The one file of SQLite that test after test of this process writes into, and its open connections.

To copy a file, to open it and to have each connection learn 280 tables, indexes and triggers takes
15 ms a database; to take out what a test wrote takes one.
"""

import re
import shutil
import sqlite3
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Pool

from app.storage.session import Database

# Once a file has grown to this, another takes its place.
LARGEST = 6 * 1024 * 1024
# What the search for words keeps by itself: it is emptied by a word of its own.
SEARCHED = "claim_text"
WRITTEN = re.compile(r"\b(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) (\w+)")


class KeptFile:
    """A copy of ``template`` that is as new for each test."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.template, self._folder = template, folder
        self._numbers = count(1)
        self._database: Database | None = None
        self._begin()

    @property
    def url(self) -> str:
        return f"sqlite:///{self._path}"

    def open(self, url: str) -> Database:
        """The database at an address; if it is this file, with the connections of whoever had it."""
        opened = Database(url)
        if url == self.url:
            for engine, pool in zip(opened.engines, self._pools, strict=True):
                engine.pool = pool
        return opened

    def close(self, opened: Database) -> None:
        """Close whatever connections are not kept."""
        for engine in opened.engines:
            if engine.pool not in self._pools:
                engine.dispose()

    def empty(self) -> None:
        """Make the file as new, or take another where that cannot be done."""
        try:
            is_new = self._is_as_it_was() and self._take_rows_out()
        except sqlite3.Error:
            is_new = False
        if not is_new:
            self.end()
            self._begin()

    def is_new(self) -> bool:
        """Whether no test has written anything yet."""
        return self._cleaner.execute(self._filled).fetchone() is None

    def taken(self) -> dict[str, list[tuple[Any, ...]]]:
        """What stands in each table."""
        run = self._cleaner.execute
        names = [*(name for (name,) in run(self._filled)), *self._kept]
        return {name: run(f"SELECT * FROM main.{name}").fetchall() for name in names}

    def put_back(self, rows: dict[str, list[tuple[Any, ...]]]) -> None:
        """Write what was taken into a file that is as new."""
        run = self._cleaner.execute
        run("BEGIN IMMEDIATE")
        for name, found in rows.items():
            if name not in self._written_by_triggers:
                self._put(name, found)
        for name in self._written_by_triggers:
            self._put(name, rows.get(name, []))
        run("COMMIT")

    def _put(self, name: str, rows: list[tuple[Any, ...]]) -> None:
        self._cleaner.execute(f"DELETE FROM main.{name}")
        if rows:
            places = ", ".join("?" * len(rows[0]))
            self._cleaner.executemany(f"INSERT INTO main.{name} VALUES ({places})", rows)

    def end(self) -> None:
        """Close every connection and remove the file."""
        self._cleaner.close()
        for pool in self._pools:
            pool.dispose()
        for path in self._folder.glob(f"{self._path.name}*"):
            path.unlink()

    def _begin(self) -> None:
        self._path = self._folder / f"{next(self._numbers)}.db"
        shutil.copy(self.template, self._path)
        self._file = self._path.stat().st_ino
        owner = Database(self.url)
        self._pools: list[Pool] = [engine.pool for engine in owner.engines]
        self._cleaner = sqlite3.connect(self._path, isolation_level=None, timeout=0)
        for told in ("journal_mode=WAL", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-8000"):
            self._cleaner.execute(f"PRAGMA {told}").close()
        self._cleaner.execute("ATTACH ? AS fresh", (str(self.template),))
        self._schema = self._asked("PRAGMA main.schema_version")
        named = (
            "SELECT name FROM fresh.sqlite_master WHERE type = 'table' AND sql NOT LIKE '%fts5%'"
        )
        tables = [name for (name,) in self._cleaner.execute(named)]
        tables = [name for name in tables if not name.startswith((SEARCHED, "sqlite_"))]
        self._kept = [name for name in tables if self._asked(f"SELECT count(*) FROM fresh.{name}")]
        parts = (
            f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM main.{name})"
            for name in tables
            if name not in self._kept
        )
        self._filled = " UNION ALL ".join(parts)
        # Tables that others write to: what is put back into those must not count twice.
        told = self._cleaner.execute("SELECT sql FROM main.sqlite_master WHERE type = 'trigger'")
        written = {name for (sql,) in told for name in WRITTEN.findall(sql)}
        self._written_by_triggers = [name for name in tables if name in written]

    def _asked(self, question: str) -> int:
        return self._cleaner.execute(question).fetchone()[0]

    def _is_as_it_was(self) -> bool:
        """Whether it is the same file, with the same tables, and nobody works with it."""
        return (
            not any(pool.checkedout() for pool in self._pools)
            and self._path.stat().st_ino == self._file
            and self._path.stat().st_size < LARGEST
            and self._asked("PRAGMA main.schema_version") == self._schema
        )

    def _take_rows_out(self) -> bool:
        """Whether nothing is left but what the template holds."""
        run = self._cleaner.execute
        run("BEGIN IMMEDIATE")
        try:
            # What is taken out of one table can leave something to count in another.
            while filled := [name for (name,) in run(self._filled)]:
                for name in filled:
                    run(f"DELETE FROM main.{name}")
            run(f"INSERT INTO main.{SEARCHED} ({SEARCHED}) VALUES ('delete-all')")
            for name in self._kept:
                run(f"DELETE FROM main.{name}")
                run(f"INSERT INTO main.{name} SELECT * FROM fresh.{name}")
        except BaseException:
            run("ROLLBACK")
            raise
        run("COMMIT")
        return True
