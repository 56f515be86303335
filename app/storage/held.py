"""Rows that a session is asked for again and again, held so that it reads each of them once.

A session forgets a row as soon as nobody refers to it, and asks the database anew for the next who
wants it. A project is wanted by nearly every verb.
"""

from sqlalchemy import event
from sqlalchemy.orm import QueryContext, Session

from app.storage.columns import Row

HELD = "rows that are held"


def hold(kind: type[Row]) -> None:
    """Have each session hold on to every row of a table that it reads."""
    event.listen(kind, "load", _hold)


def _hold(row: Row, context: QueryContext) -> None:
    hold_one(context.session, row)


def hold_one(session: Session, row: Row) -> None:
    """Have a session hold on to one row."""
    session.info.setdefault(HELD, []).append(row)
