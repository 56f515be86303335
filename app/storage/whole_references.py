"""Whether what steps wrote into an SQLite file still points at rows that are there.

To look through every reference of a file of a million claims takes minutes, so only what the steps
could have broken is looked through: references of tables that they wrote, and into tables of which they
changed or took out rows. SQLite itself says what a statement is about to write, triggers included.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from app.domain.errors import Refused

# What takes away or changes what others may point at, and what only adds rows.
CHANGES = frozenset(
    {
        *(sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE),
        *(sqlite3.SQLITE_DROP_TABLE, sqlite3.SQLITE_ALTER_TABLE),
    }
)
# The name of the table is the second word that SQLite says of this one, else the first.
SECOND = sqlite3.SQLITE_ALTER_TABLE


@contextmanager
def references_kept(connection: Connection) -> Iterator[None]:
    """Look, at the end, through the references that may have been broken within this.

    Raises:
        Refused: one points at nothing.
    """
    changed, added = set[str](), set[str]()

    def note(action: int, first: str | None, second: str | None, *_where: object) -> int:
        if action in CHANGES:
            changed.add((second if action == SECOND else first) or "")
        elif action == sqlite3.SQLITE_INSERT:
            added.add(first or "")
        return sqlite3.SQLITE_OK

    driver: Any = connection.connection.driver_connection
    driver.set_authorizer(note)
    try:
        yield
    finally:
        driver.set_authorizer(None)
    for table in sorted(_in_doubt(connection, changed, added)):
        broken = connection.exec_driver_sql(f'PRAGMA foreign_key_check("{table}")').first()
        if broken is not None:
            raise Refused("database.references", table=broken[0])


def _in_doubt(connection: Connection, changed: set[str], added: set[str]) -> set[str]:
    """The tables whose references may point at nothing now."""
    pointing = connection.exec_driver_sql(
        'SELECT m.name, f."table" FROM sqlite_master m, pragma_foreign_key_list(m.name) f'
        " WHERE m.type = 'table'"
    )
    written = changed | added
    return {child for child, parent in pointing.all() if child in written or parent in changed}
