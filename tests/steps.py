"""How much SQLite works for each statement: the steps of its machine, which no clock can blur."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.storage.session import Database
from tests.work import listen, unlisten


@dataclass
class Statement:
    """A statement that was sent, and how many steps it took."""

    words: str
    steps: int = 0


@contextmanager
def watched(database: Database) -> Iterator[list[Statement]]:
    """The statements that are sent to an SQLite database meanwhile, with their steps."""
    sent: list[Statement] = []

    def step() -> int:
        if sent:
            sent[-1].steps += 1
        return 0

    def watch(connection, *_rest) -> None:
        connection.set_progress_handler(step, 1)

    def note(_connection, _cursor, words, *_rest) -> None:
        sent.append(Statement(words))

    # Connections that are open already are not watched: others are opened.
    database.dispose()
    listen(database, "connect", watch)
    listen(database, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        unlisten(database, "connect", watch)
        unlisten(database, "before_cursor_execute", note)
        database.dispose()
