"""Whether a column holds one of many keys, which go to the database as a single value.

A list of as many variables is written out anew for every question, and that takes longer than
finding the rows.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
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
        return json.dumps(value) if dialect.name == "sqlite" else value


# The place in a question where the keys go.
KEYS: BindParameter[Sequence[int]] = bindparam("keys", type_=Keys)


class _Each(FunctionElement[int]):
    """Every one of the keys, as a question of its own."""

    type = BigInteger()
    inherit_cache = True


@compiles(_Each, "sqlite")
def _of_json(element: _Each, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - as SQLAlchemy passes them
    given = compiler.process(element.clauses, **options)
    return f"(SELECT value FROM json_each({given}))"  # noqa: S608 - the place of a variable


@compiles(_Each, "postgresql")
def _of_array(element: _Each, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - as above
    return f"(SELECT unnest({compiler.process(element.clauses, **options)}))"


def among(column: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column of SQLModel
    """Whether a column holds one of the keys that the question is given as ``keys``."""
    return col(column).bool_op("IN")(_Each(KEYS))
