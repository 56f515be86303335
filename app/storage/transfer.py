"""Moving a whole desk between SQLite and PostgreSQL: every row, compared at the end by hash.

The source is read as it is at one instant, while its desk works on. The target is written in one
transaction and only if it is empty, so that it holds all or nothing. A table's hash is over its rows
in the order of their keys, each as JSON of plain values, so that it is the same in both databases.
What triggers keep is made anew at the end: row by row it would take several times as long, and how far
along the queue somebody is, each database says by a clock of its own.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select, text
from sqlmodel import SQLModel

from app.domain.errors import Refused
from app.storage.claim_texts import FILL as FILL_TEXTS
from app.storage.session import Database
from app.storage.tables import Checker, KeptCount, QueueChange
from app.storage.tables.counts import RULES
from app.storage.triggers import fill

BATCH = 2_000
# What triggers keep of other rows.
KEPT = frozenset({KeptCount.__tablename__, Checker.__tablename__, QueueChange.__tablename__})
# Everybody begins at the front of the queue.
CHECKERS = (
    "INSERT INTO checker (project_id, person_id, lent, given, place, upto, lent_then)"
    " SELECT project_id, reviewer_id, count(*), sum(CASE WHEN state = 'submitted' THEN 1 ELSE 0 END),"
    " '', 0, 0 FROM review GROUP BY project_id, reviewer_id"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A table that was copied: its name, how many rows, and the SHA-256 of all of them."""

    name: str
    rows: int
    sha256: str


def tables() -> Sequence[Table]:
    """Every table but what is kept of others, those that others point at first."""
    return [table for table in SQLModel.metadata.sorted_tables if table.name not in KEPT]


def copy(source: Database, target: Database) -> Iterator[Counted]:
    """Copy every table, and answer each once its rows in the target are those of the source.

    The target's transaction ends with the iterator: what is not read to its end leaves nothing.

    Raises:
        Refused: the target has rows already, or its rows are not those of the source.
    """
    with source.reading() as reading, target.writing() as writing, writing.begin():
        there, here = reading.connection(), writing.connection()
        _ask_for_empty(here)
        if target.is_sqlite:
            # A row may point at one that comes later; all of them are looked at before the end.
            here.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        with _without_triggers(here):
            for table in tables():
                before = _moved(table, there, here)
                after = _counted(table, _rows(table, here))
                if before != after:
                    raise Refused("transfer.differs", table=table.name)
                yield after
        if not target.is_sqlite:
            _go_on_counting(here)
            # Rows that came in just now are new to the server: it would read them in odd ways.
            here.exec_driver_sql("ANALYZE")
        made_anew = [fill(RULES, here.dialect.name), CHECKERS]
        if target.is_sqlite:
            made_anew.append(FILL_TEXTS)
        for statement in made_anew:
            here.exec_driver_sql(statement)


@contextmanager
def _without_triggers(connection: Connection) -> Iterator[None]:
    """Have triggers do nothing, as what they keep is made anew.

    All of it is part of the transaction: if that breaks off, they are as they were.
    """
    if connection.dialect.name == "sqlite":
        question = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        made = connection.exec_driver_sql(question).all()
        for name, _sql in made:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in made:
            connection.exec_driver_sql(sql)
        return
    names = [table.name for table in SQLModel.metadata.sorted_tables]
    for name in names:
        connection.exec_driver_sql(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
    yield
    for name in names:
        connection.exec_driver_sql(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')


def count(database: Database) -> list[Counted]:
    """The rows and hashes of every table, as they are now."""
    with database.reading() as session:
        connection = session.connection()
        return [_counted(table, _rows(table, connection)) for table in tables()]


def _ask_for_empty(connection: Connection) -> None:
    for table in tables():
        if connection.execute(select(table.c.id).limit(1)).first() is not None:
            raise Refused("transfer.not-empty", table=table.name)


def _rows(table: Table, connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    """All rows in the order of their keys, a batch at a time: none is left open meanwhile."""
    after = -1
    while True:
        query = select(table).where(table.c.id > after).order_by(table.c.id).limit(BATCH)
        rows = connection.execute(query).all()
        if not rows:
            return
        yield rows
        after = rows[-1].id


def _moved(table: Table, there: Connection, here: Connection) -> Counted:
    write = _inserting if here.dialect.name == "sqlite" else _copying
    return _counted(table, write(table, _rows(table, there), here))


def _inserting(
    table: Table, batches: Iterator[Sequence[Row[Any]]], connection: Connection
) -> Iterator[Sequence[Row[Any]]]:
    for rows in batches:
        connection.execute(table.insert(), [row._asdict() for row in rows])
        yield rows


def _copying(
    table: Table, batches: Iterator[Sequence[Row[Any]]], connection: Connection
) -> Iterator[Sequence[Row[Any]]]:
    """Rows by PostgreSQL's COPY, the quickest way in; one for a table, whose rows point at each other."""
    dialect = connection.dialect
    senders = [
        column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns
    ]
    quote = dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in table.columns)
    command = f"COPY {quote(table.name)} ({names}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(command) as door:
        for rows in batches:
            for row in rows:
                pairs = zip(senders, row, strict=True)
                door.write_row([send(value) if send else value for send, value in pairs])
            yield rows


def _go_on_counting(connection: Connection) -> None:
    """Let new rows get the keys after those that were copied."""
    for table in tables():
        last = connection.execute(select(func.max(table.c.id))).scalar()
        if last is not None:
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                {"name": f'"{table.name}"', "last": last},
            )


def _counted(table: Table, batches: Iterator[Sequence[Row[Any]]]) -> Counted:
    digest, number = hashlib.sha256(), 0
    for rows in batches:
        for row in rows:
            digest.update(json.dumps([_plain(value) for value in row], sort_keys=True).encode())
            digest.update(b"\n")
        number += len(rows)
    return Counted(table.name, number, digest.hexdigest())


def _plain(value: object) -> object:
    """A value as JSON has it, the same whichever database it comes from."""
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    return value
