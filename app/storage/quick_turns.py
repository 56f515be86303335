"""How the values of the desk's own kinds of columns are turned, in one call each.

SQLAlchemy turns a word of a choice, a moment and what is written as JSON by three to five calls, one
within the other, and there are a hundred of them to a page. What comes out is the same; whatever is of
another kind, or must be refused, is left to SQLAlchemy.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from json import JSONDecoder
from typing import Any

from sqlalchemy import JSON, Dialect, Enum
from sqlmodel.sql.sqltypes import UTCDateTime

Turn = Callable[[Any], Any]

_decode = JSONDecoder().decode
# Half of what is written so is empty.
EMPTY: dict[str, type[list[Any]] | type[dict[str, Any]]] = {"[]": list, "{}": dict}


def to_driver(kind: Any, dialect: Dialect) -> Turn | None:  # noqa: ANN401 - a type of SQLAlchemy's
    """How a value of a column is turned into what the driver takes; None where it goes as it is."""
    usual: Turn | None = kind.dialect_impl(dialect).bind_processor(dialect)
    if _is_choice(kind):
        # A word that is not one of them is a LookupError, as it is of SQLAlchemy's.
        return {**{word: word for word in kind.enums}, None: None}.__getitem__
    if isinstance(kind, UTCDateTime) and dialect.name == "sqlite" and usual is not None:
        return _written_by(usual)
    return usual


def from_driver(kind: Any, dialect: Dialect, described: Any) -> Turn | None:  # noqa: ANN401 - as above
    """How a value of the driver is turned into what the model has; None where it comes as it is.

    ``described``: which type the driver's cursor gives the column.
    """
    usual: Turn | None = kind.dialect_impl(dialect).result_processor(dialect, described)
    if usual is None:
        return None
    if _is_choice(kind):
        return {**{word: kind.enum_class(word) for word in kind.enums}, None: None}.__getitem__
    if dialect.name == "sqlite":
        if isinstance(kind, UTCDateTime):
            return _moment
        if isinstance(kind, JSON):
            return _said
    return usual


def _is_choice(kind: Any) -> bool:  # noqa: ANN401 - as above
    """Whether words of a column are those of an enum, by their values; ``columns.choice`` makes them."""
    return isinstance(kind, Enum) and kind.enum_class is not None


def _written_by(usual: Turn) -> Turn:
    def written(moment: datetime | None) -> str | None:
        if moment is None or moment.tzinfo is not UTC:
            refused_or_moved: str | None = usual(moment)
            return refused_or_moved
        return moment.isoformat(" ", "microseconds")[:26]

    return written


def _moment(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(f"{written}+00:00")


def _said(written: Any) -> Any:  # noqa: ANN401 - whatever JSON can say
    # SQLite answers a mere number as one.
    if type(written) is not str:
        return written
    empty = EMPTY.get(written)
    return _decode(written) if empty is None else empty()
