"""Rows straight into the tables of an SQLite file, as the last released step made them.

The generator writes at one step that never changes again, so that it need not follow the tables: the
later steps are made afterwards and bring the file to what the program of the day works with, with all
that they count or mark on the way.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from app.storage import migrate

STEP = "0006"
BATCH = 20_000
# Half of the time is spent on conditions of columns; whether they hold is tested on a small file.
PRAGMAS = (
    "journal_mode=OFF",
    "synchronous=OFF",
    "cache_size=-400000",
    "ignore_check_constraints=ON",
)
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
TRIPLES = [f"{one}{two}{three}" for one in LETTERS for two in LETTERS for three in LETTERS]
# What stands in a column that may not be empty and that nobody gave a value.
NOTHING = {"JSON": "'[]'", "TEXT": "''", "VARCHAR": "''"}


class Names:
    """Public ids, the same in every run."""

    def __init__(self, seed: int) -> None:
        self._bits = Random(seed).getrandbits

    def new(self) -> str:
        bits = self._bits(60)
        return (
            TRIPLES[bits & 32767]
            + TRIPLES[bits >> 15 & 32767]
            + TRIPLES[bits >> 30 & 32767]
            + TRIPLES[bits >> 45]
        )


class Table:
    """Rows of one table on their way into the file; keys are counted from 1."""

    def __init__(self, file: sqlite3.Connection, name: str, given: Sequence[str]) -> None:
        columns = list(file.execute(f"PRAGMA table_info({name})"))
        unknown = {*given} - {column[1] for column in columns}
        assert not unknown, f"{name} has no {unknown}"
        others = {
            column[1]: NOTHING.get(column[2].partition("(")[0], "0")
            for column in columns
            if column[1] not in given and column[1] != "id" and column[3]
        }
        names = ", ".join(f'"{one}"' for one in ("id", *given, *others))
        values = ", ".join(["?"] * (len(given) + 1) + list(others.values()))
        self._statement = f"INSERT INTO {name} ({names}) VALUES ({values})"
        self._file = file
        self._rows: list[tuple[object, ...]] = []
        self.last = 0

    def add(self, *values: object) -> int:
        """Add a row; its key."""
        self.last += 1
        self._rows.append((self.last, *values))
        if len(self._rows) >= BATCH:
            self.flush()
        return self.last

    def flush(self) -> None:
        self._file.executemany(self._statement, self._rows)
        self._rows.clear()


class Filling:
    """The tables of a new file while they are filled."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self.file = file
        self._tables: list[Table] = []

    def table(self, name: str, *given: str) -> Table:
        self._tables.append(Table(self.file, name, given))
        return self._tables[-1]

    def row(self, name: str, /, **values: object) -> int:
        """A table's single row, or one of few: its key."""
        table = Table(self.file, name, list(values))
        table.last = self.file.execute(f"SELECT coalesce(max(id), 0) FROM {name}").fetchone()[0]
        key = table.add(*values.values())
        table.flush()
        return key

    def flush(self) -> None:
        for table in self._tables:
            table.flush()


@contextmanager
def filling(path: Path) -> Iterator[Filling]:
    """Fill a new file: its indexes are made once all rows are there, then the steps since."""
    path.unlink(missing_ok=True)
    url = f"sqlite:///{path}"
    migrate.upgrade(url, STEP)
    file = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        file.execute(f"PRAGMA {pragma}").close()
    indexes = file.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _sql in indexes:
        file.execute(f"DROP INDEX {name}")
    file.execute("BEGIN")
    rows = Filling(file)
    yield rows
    rows.flush()
    for _name, sql in indexes:
        file.execute(sql)
    file.execute("COMMIT")
    file.close()
    migrate.upgrade(url)
