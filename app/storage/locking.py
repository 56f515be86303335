"""Loading the row that a verb decides on, locked until the transaction ends.

SQLite has locked the whole database when the transaction began; PostgreSQL locks the row, for no
key update: rows that only point at it are written meanwhile. What the session read of the row
before it was locked is read again: somebody may have changed it in between.

Nouns are locked in the order project, article, claim, source, draft.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Executable, Update, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from app.domain.errors import Missing
from app.storage.columns import NamedRow, Row
from app.storage.driver import rows_of
from app.storage.plain_rows import table_of

AnyRow = TypeVar("AnyRow", bound=Row)
Named = TypeVar("Named", bound=NamedRow)

# Changes that are pending are written first, as before every question.
AFRESH = {"populate_existing": True}
# Both databases know ON CONFLICT, each under a name of its own.
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def locked(session: Session, kind: type[Named], public_id: str) -> Named:
    """The row with this public id, for changing.

    Raises:
        Missing: there is none.
    """
    query = select(kind).where(kind.public_id == public_id).with_for_update(key_share=True)
    row = session.exec(query, execution_options=AFRESH).first()
    if row is None:
        raise Missing(f"{kind.__tablename__}.missing")
    return row


def locked_all(
    session: Session, kind: type[Named], public_ids: Collection[str]
) -> dict[str, Named]:
    """Several rows by their public ids, for changing, locked in the order of their keys.

    Everybody who locks several does so in this one order, and so nobody waits crosswise.

    Raises:
        Missing: one of them is not there.
    """
    query = select(kind).where(col(kind.public_id).in_(public_ids)).order_by(col(kind.id))
    rows = session.exec(query.with_for_update(key_share=True), execution_options=AFRESH).all()
    found = {row.public_id: row for row in rows}
    if found.keys() != set(public_ids):
        raise Missing(f"{kind.__tablename__}.missing")
    return found


def locked_by_key(session: Session, kind: type[AnyRow], key: int) -> AnyRow:
    """The row with this integer key, for changing; it must exist."""
    query = select(kind).where(col(kind.id) == key).with_for_update(key_share=True)
    return session.exec(query, execution_options=AFRESH).one()


def held_by_key(session: Session, kind: type[AnyRow], key: int) -> AnyRow:
    """The row with this integer key, which nobody changes before this transaction ends."""
    query = select(kind).where(col(kind.id) == key).with_for_update(read=True)
    return session.exec(query, execution_options=AFRESH).one()


def only_lock(session: Session, statement: Executable, values: Mapping[str, Any]) -> None:
    """Lock some rows of which nothing is wanted but that; on SQLite all are locked by now."""
    if session.get_bind().dialect.name != "sqlite":
        rows_of(session, statement, values)


def add_missing(session: Session, rows: Sequence[NamedRow], *, unique: Sequence[str]) -> None:
    """Add the rows that nobody else has added yet, as told by some unique columns.

    Give them in the order of those columns, so that two who add the same never wait crosswise.
    """
    insert = INSERTS[session.get_bind().dialect.name]
    statement = insert(type(rows[0])).on_conflict_do_nothing(index_elements=list(unique))
    session.execute(statement, [row.model_dump(exclude={"id"}) for row in rows])


def write_now(session: Session, row: Row, values: Mapping[str, Any]) -> None:
    """Write some columns of a row that is locked, at once, after all that is pending.

    A flush of them takes several times as long.
    """
    said = {f"new_{name}": value for name, value in values.items()}
    rows_of(session, _changed(type(row), tuple(values)), {"key": row.key, **said})
    for name, value in values.items():
        set_committed_value(row, name, value)


@cache
def _changed(kind: type[Row], names: tuple[str, ...]) -> Update:
    table = table_of(kind)
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    changed: Update = update(table).where(table.c.id == bindparam("key")).values(new)
    return changed
