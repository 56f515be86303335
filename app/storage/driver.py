"""Statements that were put together once, asked of the database's driver itself.

SQLAlchemy works out anew for each statement that it sends which text it has, where its values go and
what its rows are like, which takes several times as long as the driver does. So it is worked out
once for each statement and kind of database, and kept for as long as the statement is. What listens
for statements still hears of each, and a driver's error is told as SQLAlchemy tells it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Executable, Insert, Transaction
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.storage import way
from app.storage.quick_turns import Turn, from_driver, to_driver

# A list of values is written out place by place; one that is longer goes the usual way.
LONGEST_LIST = 8

# Where a session keeps the line of its transaction.
LINE = "line of the transaction"

AnyRow = tuple[Any, ...]


@dataclass(slots=True, frozen=True)
class Line:
    """The connection of a transaction, and what would else be looked up at it for each statement.

    ``hears`` are those who listen for statements when the transaction begins.
    """

    connection: Connection
    transaction: Transaction | None
    driver: Any
    dialect: Dialect
    hears: tuple[Callable[..., Any], ...]

    @property
    def holds(self) -> bool:
        """Whether it is still that transaction; a connection that was lost has another driver's then."""
        now = self.connection.get_transaction()
        return now is not None and now is self.transaction and now.is_active


@dataclass(slots=True, kw_only=True)
class Sent:
    """A statement as one kind of database takes it.

    Attributes:
        order: the names of its values in the order of their places, or None where places have names.
        own: values that the statement itself has.
        lists: the places that each list of values fills.
        bound: how a value is turned into what the driver takes, by name.
        read: how a column is turned into what the model has, by its place; known with the first rows.
    """

    words: str
    order: tuple[str, ...] | None
    own: dict[str, Any]
    lists: dict[str, list[str]]
    bound: dict[str, Turn]
    columns: tuple[Any, ...]
    read: list[tuple[int, Turn]] | None = field(default=None)

    def given(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as each driver takes them
        """The values as the driver takes them."""
        found = {**self.own, **values}
        for name, places in self.lists.items():
            found.update(zip(places, values[name], strict=True))
        for name, turn in self.bound.items():
            found[name] = turn(found[name])
        return found if self.order is None else tuple([found[name] for name in self.order])

    def rows(self, found: list[AnyRow], types: Any, dialect: Dialect) -> list[AnyRow]:  # noqa: ANN401 - of the driver
        """What the driver answered, as the model has it; ``types`` as its cursor describes columns."""
        if self.read is None:
            self.read = list(self._turns(types, dialect))
        return [_row(row, self.read) for row in found] if self.read else found

    def _turns(self, types: Any, dialect: Dialect) -> Iterator[tuple[int, Turn]]:  # noqa: ANN401 - as above
        for place, (column, described) in enumerate(zip(self.columns, types, strict=True)):
            turn = from_driver(column.type, dialect, described[1])
            if turn is not None:
                yield place, turn


def _row(row: AnyRow, read: list[tuple[int, Turn]]) -> AnyRow:
    cells = list(row)
    for place, turn in read:
        cells[place] = turn(cells[place])
    return tuple(cells)


_known: WeakKeyDictionary[Executable, dict[tuple[Any, ...], Sent]] = WeakKeyDictionary()


def rows_of(session: Session, statement: Executable, values: Mapping[str, Any]) -> list[AnyRow]:
    """The rows that a statement finds or hands back, as plain tuples; none of a mere change.

    What is pending in the session is written first. ``statement`` is one that is kept: each new one is
    worked out anew. Which columns a new row has is told by the names of the values.

    Raises:
        DBAPIError: what the database says, as SQLAlchemy tells it.
    """
    line = _line(session)
    lengths = tuple([len(value) for value in values.values() if type(value) is list])
    if lengths and max(lengths) > LONGEST_LIST:
        result = line.connection.execute(statement, values)
        return [tuple(row) for row in result] if result.returns_rows else []
    sent = _sent(statement, values, lengths, line.dialect)
    found, types = _execute(line, sent, sent.given(values))
    return sent.rows(found, types, line.dialect) if found else found


def plain_rows_of(
    session: Session, statement: Executable, values: Mapping[str, Any]
) -> list[AnyRow]:
    """The rows that a question finds as the driver gives them, for where there are millions.

    That a word is one of some, and what a time is, is left to whoever asks. Each value goes to the
    driver as one, which the keys of ``among`` do.

    Raises:
        DBAPIError: as above.
    """
    line = _line(session)
    sent = _sent(statement, values, (), line.dialect)
    return _execute(line, sent, sent.given(values))[0]


def write_rows(session: Session, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """A change with the values of each of several rows, all of the same names and without lists.

    Raises:
        DBAPIError: as above.
    """
    if not rows:
        return
    line = _line(session)
    sent = _sent(statement, rows[0], (), line.dialect)
    if len(rows) == 1:
        _execute(line, sent, sent.given(rows[0]))
    else:
        _execute(line, sent, [sent.given(row) for row in rows])


def _line(session: Session) -> Line:
    """The line of a session's transaction, once what is pending in the session is written."""
    if session._new or session._deleted or session.identity_map.check_modified():  # noqa: SLF001 - asked as flush does
        session.flush()
    found: Line | None = session.info.get(LINE)
    if found is None or not found.holds:
        found = session.info[LINE] = _opened(session.connection())
    return found


def _opened(connection: Connection) -> Line:
    driver = connection.connection.driver_connection
    hears = tuple(connection.dispatch.before_cursor_execute)
    return Line(connection, connection.get_transaction(), driver, connection.dialect, hears)


def _execute(line: Line, sent: Sent, given: Any) -> tuple[list[AnyRow], Any]:  # noqa: ANN401 - of the driver
    """The rows that come back, if any do, and how the driver describes their columns.

    ``given`` are the values, or a list of those of several rows.
    """
    way.give()
    is_many = type(given) is list
    for hear in line.hears:
        hear(line.connection, None, sent.words, given, None, is_many)
    try:
        cursor = line.driver.cursor()
        (cursor.executemany if is_many else cursor.execute)(sent.words, given)
        return (cursor.fetchall(), cursor.description) if sent.columns else ([], None)
    except line.dialect.loaded_dbapi.Error as error:
        raise _told(line.connection, sent, given, error) from error


def _told(connection: Connection, sent: Sent, given: Any, error: Exception) -> DBAPIError:  # noqa: ANN401 - as above
    """A driver's error as SQLAlchemy tells it; a connection that is gone is not used again."""
    dialect: Any = connection.dialect
    is_gone = dialect.is_disconnect(error, connection.connection.driver_connection, None)
    if is_gone:
        connection.invalidate(error)
    made: DBAPIError = DBAPIError.instance(
        *(sent.words, given, error, dialect.loaded_dbapi.Error),
        hide_parameters=connection.engine.hide_parameters,
        connection_invalidated=is_gone,
        dialect=dialect,
    )
    return made


def _sent(
    statement: Executable, values: Mapping[str, Any], lengths: tuple[int, ...], dialect: Dialect
) -> Sent:
    """The statement as this kind of database takes it, with lists of these lengths."""
    ways = _known.get(statement)
    if ways is None:
        ways = _known[statement] = {}
    way = dialect.name, lengths, tuple(values) if isinstance(statement, Insert) else ()
    if way not in ways:
        ways[way] = _worked_out(statement, values, dialect)
    return ways[way]


def _worked_out(statement: Any, values: Mapping[str, Any], dialect: Dialect) -> Sent:  # noqa: ANN401 - of any kind
    names = list(values) if isinstance(statement, Insert) else None
    compiled = statement.compile(dialect=dialect, column_keys=names)
    if getattr(compiled, "insert_prefetch", ()) or getattr(compiled, "update_prefetch", ()):
        raise TypeError(f"A column has a value that SQLAlchemy alone makes; name it: {compiled}")
    state = compiled.construct_expanded_state(dict(values))
    turns = _bound(compiled, state.parameter_expansion, dialect)
    lists = {name: places for name, places in state.parameter_expansion.items() if name in values}
    given = {*values, *chain.from_iterable(lists.values())}
    own = {name: value for name, value in state.parameters.items() if name not in given}
    return Sent(
        words=state.statement,
        order=None if state.positiontup is None else tuple(state.positiontup),
        own={name: turns[name](own[name]) if name in turns else own[name] for name in own},
        lists=lists,
        bound={name: turn for name, turn in turns.items() if name in given},
        columns=tuple(getattr(statement, "exported_columns", ())),
    )


def _bound(compiled: Any, expanded: Mapping[str, list[str]], dialect: Dialect) -> dict[str, Turn]:  # noqa: ANN401 - has no type
    found: dict[str, Turn] = {}
    for name, place in compiled.binds.items():
        turn = to_driver(place.type, dialect)
        if turn is not None:
            found |= dict.fromkeys(expanded.get(name, [name]), turn)
    return found
