"""Writing many rows of a table at once: by COPY on PostgreSQL, some in each statement on SQLite.

A database that gives the keys itself is asked for each row by itself, so they are taken beforehand.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, repeat
from typing import Any

from sqlalchemy import Connection, Dialect, Select, Table, func, select, text
from sqlmodel import Session, SQLModel

from app.storage.columns import Row

# So many rows are one statement on SQLite: what triggers change is kept aside for each statement,
# which takes a third of the time where each row is one. More of them save nothing.
TOGETHER = 20


def new_keys(session: Session, kind: type[Row], number: int) -> Sequence[int]:
    """Keys for rows that come next. SQLite has one writer, who alone takes keys until it commits."""
    table = _table(kind)
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        last = connection.scalar(_last(table)) or 0
        return range(last + 1, last + 1 + number)
    drawn = text(
        "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :number)"
    )
    return connection.scalars(drawn, {"name": f'"{table.name}"', "number": number}).all()


def write_rows(
    session: Session,
    kind: type[Row],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    same: dict[str, Any],
) -> None:
    """Write rows of some columns; ``same`` are values that all of them have in further columns."""
    connection, table = session.connection(), _table(kind)
    names = (*columns, *same)
    senders = [_sender(table, name, connection.dialect) for name in names]
    varied = [
        values if send is None else map(send, values)
        for send, values in zip(senders, zip(*rows, strict=True), strict=False)
    ]
    if not varied:
        return
    fixed = [
        value if send is None else send(value)
        for send, value in zip(senders[len(columns) :], same.values(), strict=True)
    ]
    sent = zip(*varied, *map(repeat, fixed), strict=False)
    if connection.dialect.name == "sqlite":
        _insert(connection, table, names, list(sent))
    else:
        _copy(connection, table, names, sent)


def _insert(
    connection: Connection, table: Table, names: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> None:
    whole = len(rows) - len(rows) % TOGETHER
    firsts = range(0, whole, TOGETHER)
    together = [tuple(chain.from_iterable(rows[at : at + TOGETHER])) for at in firsts]
    for number, values in ((TOGETHER, together), (1, rows[whole:])):
        if values:
            said = _statement(table, names, connection.dialect, number)
            connection.exec_driver_sql(said, values)


def _copy(
    connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    quote = connection.dialect.identifier_preparer.quote
    listed = ", ".join(map(quote, names))
    driver: Any = connection.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {quote(table.name)} ({listed}) FROM STDIN") as door,
    ):
        for row in rows:
            door.write_row(row)


def _table(kind: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(kind.__tablename__)]


@cache
def _last(table: Table) -> Select[int | None]:
    return select(func.max(table.c.id))


@cache
def _sender(table: Table, name: str, dialect: Dialect) -> Any:  # noqa: ANN401 - a function, or None
    """What makes of a value of a column what the driver takes, None where it takes it as it is."""
    return table.c[name].type.dialect_impl(dialect).bind_processor(dialect)


@cache
def _statement(table: Table, names: tuple[str, ...], dialect: Dialect, number: int) -> str:
    quote = dialect.identifier_preparer.quote
    listed, places = ", ".join(map(quote, names)), ", ".join("?" * len(names))
    rows = ", ".join([f"({places})"] * number)
    return f"INSERT INTO {quote(table.name)} ({listed}) VALUES {rows}"  # noqa: S608 - names of our tables
