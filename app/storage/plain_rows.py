"""Rows of several tables, read with one question as plain values.

Making instances of tables takes longer than asking for what is in them. A page that only reads needs
none: what ``Rows`` answers with has the columns of a row as attributes, and nothing else.
"""

from collections.abc import Collection, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, Table

from app.storage.columns import Row


def table_of(kind: type[Row]) -> Table:
    """The table itself, for questions that make no instances of it."""
    found: Table = kind.__table__  # type: ignore[attr-defined]  # SQLModel hides the table
    return found


# A table, and those of its columns that are asked for, ``id`` among them.
Part = tuple[type[Row], Collection[str]]


class Rows:
    """The columns of some tables side by side, and single values after them."""

    def __init__(self, *kinds: type[Row] | Part, **more: Any) -> None:  # noqa: ANN401 - as col() types them
        """Every column of each table, or those that are named beside it; ``more`` are columns or expressions."""
        self._tables = [_part(kind) for kind in kinds]
        self._more = more

    @property
    def columns(self) -> list[ColumnElement[Any]]:
        """What the question asks for."""
        found: list[ColumnElement[Any]] = [
            table.c[name].label(f"{table.name}__{name}")
            for table, names in self._tables
            for name in names
        ]
        return found + [column.label(name) for name, column in self._more.items()]

    def of(self, row: Sequence[Any]) -> Iterator[Any]:
        """A row of each table, None for one that was not joined; then the single values."""
        place = 0
        for _table, names in self._tables:
            end = place + len(names)
            found = SimpleNamespace(**dict(zip(names, row[place:end], strict=True)))
            found.key = found.id
            yield None if found.id is None else found
            place = end
        yield SimpleNamespace(**dict(zip(self._more, row[place:], strict=True)))


def _part(kind: type[Row] | Part) -> tuple[Table, list[str]]:
    if isinstance(kind, tuple):
        return table_of(kind[0]), list(kind[1])
    return table_of(kind), list(table_of(kind).c.keys())
