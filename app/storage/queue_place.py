"""Where a claim stands in the queue, as one text: what is to be checked first sorts first.

Six columns say it, some of them empty and one the other way round, and no index can be entered in the
middle of such an order. A text can: the queue is read from any place on, for as long as is wanted.
"""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal

# Before all places, and after all of them.
FRONT, END = "", "9" * 11

# Ten digits hold any key, priority or place in a text; empty ones come first, but for the due date,
# which PostgreSQL counts from before the first year that a date can have. Digits, since these sort
# alike in every language that a server may sort by. These words are in the index and in the questions
# alike, or it would not be used.
ON_SQLITE = (
    "printf('%010d%s%010d%010d%010d', 2147483647 - {0}priority, coalesce({0}due_at, '~'),"
    " coalesce({0}article_id, 0), coalesce({0}start + 1, 0), {0}id)"
)
ON_POSTGRESQL = "queue_place({0}priority, {0}due_at, {0}article_id, {0}start, {0}id)"
# PostgreSQL has no such printf: the same is put together by a function, which it reads as its words.
FUNCTION = (
    "CREATE FUNCTION queue_place(priority integer, due_at timestamptz, article_id integer,"
    " start integer, id integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$"
    " SELECT lpad((2147483647 - priority::bigint)::text, 10, '0')"
    " || coalesce('1' || lpad((floor(extract(epoch FROM due_at AT TIME ZONE 'UTC') * 1000000)"
    "::bigint + 576460752303423488)::text, 18, '0'), '2')"
    " || lpad(coalesce(article_id, 0)::text, 10, '0')"
    " || lpad(coalesce(start::bigint + 1, 0)::text, 10, '0') || lpad(id::text, 10, '0') $$"
)


class QueuePlace(ColumnElement[str]):
    """The place of the claim of a question's row; ``of``: how the question names the table."""

    inherit_cache = True
    type = Text()
    _traverse_internals: Any = [("of", InternalTraversal.dp_string)]  # noqa: RUF012 - as SQLAlchemy has it

    def __init__(self, of: str = "claim.") -> None:
        self.of = of


class QueueClock(ColumnElement[int]):
    """A number that no change of the queue that is not seen yet is below: changes are read from it on.

    Changes are numbered. One file has one writer, and they come in order; on a server a change that was
    numbered earlier can be seen later, so the number is that of its transaction, and the clock stands at
    the oldest one that has not ended.
    """

    inherit_cache = True
    type = BigInteger()
    _traverse_internals: Any = []  # noqa: RUF012 - as SQLAlchemy has it


@compiles(QueuePlace, "sqlite")
def _place_on_sqlite(element: QueuePlace, _compiler: Any, **_options: Any) -> str:  # noqa: ANN401 - as SQLAlchemy calls it
    return ON_SQLITE.format(element.of)


@compiles(QueuePlace, "postgresql")
def _place_on_postgresql(element: QueuePlace, _compiler: Any, **_options: Any) -> str:  # noqa: ANN401 - as above
    return ON_POSTGRESQL.format(element.of)


@compiles(QueueClock, "sqlite")
def _clock_on_sqlite(_element: QueueClock, _compiler: Any, **_options: Any) -> str:  # noqa: ANN401 - as above
    return "(SELECT coalesce(max(queue_change.id), 0) + 1 FROM queue_change)"


@compiles(QueueClock, "postgresql")
def _clock_on_postgresql(_element: QueueClock, _compiler: Any, **_options: Any) -> str:  # noqa: ANN401 - as above
    return "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
