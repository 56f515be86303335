"""Whether a column holds one of many keys, which go to the database as a single value.

A list of as many variables is written out anew for every question, and that takes longer than
finding the rows.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    Dialect,
    String,
    TypeDecorator,
    bindparam,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine
from sqlmodel import col


class Keys(TypeDecorator[Sequence[int]]):
    """Keys as one value: an array on PostgreSQL, JSON on SQLite."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """How the database takes it."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(BigInteger))
        return dialect.type_descriptor(String())

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:  # noqa: ANN401 - as SQLAlchemy types it
        """The keys as the driver takes them."""
        if value is None:
            return None
        return json.dumps(value) if dialect.name == "sqlite" else list(value)


# The places in a question where the keys go.
KEYS: BindParameter[Sequence[int]] = bindparam("keys", type_=Keys)
FIRST: BindParameter[int] = bindparam("first", type_=BigInteger)
LAST: BindParameter[int] = bindparam("last", type_=BigInteger)

# What says of a column that it holds one of the keys.
Within = Callable[[Any], ColumnElement[bool]]


class _Among(FunctionElement[bool]):
    """Whether the first of two things is one of those in the second."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:  # noqa: ANN401, ARG002 - as its parent's
        """As it stands: SQLite, asked whether it is 1, would look each up in no index."""
        return self


@compiles(_Among, "sqlite")
def _of_json(element: _Among, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - as SQLAlchemy passes them
    column, given = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({given}))"  # noqa: S608 - the place of a variable


@compiles(_Among, "postgresql")
def _of_array(element: _Among, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - as above
    # Not of a question for all of them: it would read a table from end to end sooner than look each up.
    column, given = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY ({given})"


def among(column: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column of SQLModel
    """Whether a column holds one of the keys that the question is given as ``keys``."""
    return _Among(col(column), KEYS)


def spanned(column: Any) -> ColumnElement[bool]:  # noqa: ANN401 - as above
    """The same of keys without gaps, from the one given as ``first`` to the one given as ``last``."""
    return col(column).between(FIRST, LAST)


def within(keys: Sequence[int]) -> tuple[Within, dict[str, Any]]:
    """How a question is asked for some keys, at least one and each once, and its values."""
    first, last = min(keys), max(keys)
    if last - first + 1 == len(keys):
        return spanned, {"first": first, "last": last}
    return among, {"keys": keys}
