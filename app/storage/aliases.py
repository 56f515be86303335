"""Second names for tables, for questions that ask one table twice.

A name is made once for the whole process, since making it takes longer than asking with it. What
SQLAlchemy works out of it when it is first used is worked out at once: two threads that did so at the
same moment would leave some columns under the table's own name, and the question asking of other rows.

A column costs 7 KB under another name, and there are a hundred names: each has the columns that are
asked for under it, and no others.
"""

from typing import Any, TypeVar, cast

from sqlalchemy import Table, column, inspect, table
from sqlalchemy.orm import aliased
from sqlalchemy.orm.util import AliasedClass

from app.storage.columns import Row

AnyRow = TypeVar("AnyRow", bound=Row)


class SomeColumns(AliasedClass[AnyRow]):
    """A table under another name, with some of its columns."""

    def __init__(self, kind: type[AnyRow], names: tuple[str, ...]) -> None:
        columns: Table = kind.__table__  # type: ignore[attr-defined]  # SQLModel hides the table
        some = (column(name, columns.c[name].type) for name in names)
        super().__init__(kind, table(columns.name, *some).alias(), adapt_on_names=True)
        self.__dict__["_left_out"] = frozenset(columns.c.keys()) - set(names)

    def __getattr__(self, key: str) -> Any:  # noqa: ANN401 - whatever the class of the rows has
        """A column that was named: SQLAlchemy would give any other one under the table's own name."""
        if key in self.__dict__.get("_left_out", ()):
            raise AttributeError(f"{key} is not among the columns that were named")
        return super().__getattr__(key)


def alias_of(kind: type[AnyRow], *names: str) -> type[AnyRow]:
    """Another name for a table, to be kept in a module and used by any thread.

    It has the columns that are named. Without names it has all of them, as what is read as a whole
    row under that name needs.
    """
    alias = SomeColumns(kind, names) if names else aliased(kind)
    for name in names or inspect(kind).mapper.column_attrs.keys():
        getattr(alias, name).__clause_element__()
    return cast("type[AnyRow]", alias)
