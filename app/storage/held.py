"""Rows that a session is asked for again and again, held so that it reads each of them once.

A session forgets a row as soon as nobody refers to it, and asks the database anew for the next who
wants it. A project is wanted by nearly every verb.
"""

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import event, inspect
from sqlalchemy.orm import Mapper, QueryContext, Session
from sqlalchemy.orm.attributes import instance_state

from app.storage.columns import Row

HELD = "rows that are held"

AnyRow = TypeVar("AnyRow", bound=Row)


def hold(kind: type[Row]) -> None:
    """Have each session hold on to every row of a table that it reads."""
    event.listen(kind, "load", _hold)


def _hold(row: Row, context: QueryContext) -> None:
    hold_one(context.session, row)


def hold_one(session: Session, row: Row) -> None:
    """Have a session hold on to one row."""
    session.info.setdefault(HELD, []).append(row)


def held_one(session: Session, kind: type[AnyRow], key: int) -> AnyRow:
    """The row with this key, which must exist: at once where the session has read it."""
    row: AnyRow | None = session.identity_map.get(identity_of(kind, key))
    if row is None or instance_state(row).expired:
        return session.get_one(kind, key)
    return row


def identity_of(kind: type[Row], key: int) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    """What a session knows a row by."""
    return mapper_of(kind).identity_key_from_primary_key((key,))


@cache
def mapper_of(kind: type[Row]) -> Mapper[Any]:
    """How SQLAlchemy knows a table; to ask for it takes seven calls."""
    found: Mapper[Any] = inspect(kind)
    return found
