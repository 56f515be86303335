"""Desks that several tests begin with: made once for a process, and put back as rows for each further test.

``kept(Desk)`` is ``Desk(database)``. What was made is copied, with the database of the test in
its place, so that a test may change what it gets. A desk that is kept knows keys and ids, and no rows.
"""

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import Any, NamedTuple

from sqlalchemy import make_url

from app.storage.session import Database
from tests import postgres
from tests.sqlite import KeptFile

# Then it is made anew: times in it are told on pages.
LONGEST_SECONDS = 300


class Kept(NamedTuple):
    made: Any
    database: Database
    rows: Any
    since: float
    day: str


class Desks:
    """What is kept of the desks of one process, by how they are made and where."""

    def __init__(self, kept_file: KeptFile) -> None:
        self._file = kept_file
        self._kept: dict[tuple[Callable[..., Any], bool, str], Kept] = {}

    def give(self, database: Database, make: Callable[..., Any], **values: Any) -> Any:
        """What ``make`` makes over a database that is as new."""
        place = self._place(database)
        if place is None or not place.is_new():
            return make(database, **values)
        key = make, database.is_sqlite, repr(sorted(values.items()))
        known = self._kept.get(key)
        if known is None or _is_old(known):
            made = make(database, **values)
            self._kept[key] = Kept(
                copy.deepcopy(made, {id(database): database}),
                database,
                place.taken(),
                monotonic(),
                _today(),
            )
            return made
        place.put_back(known.rows)
        return copy.deepcopy(known.made, {id(known.database): database})

    def _place(self, database: Database) -> KeptFile | postgres.SharedRows | None:
        """Where rows are put back; None for a database of a test's own."""
        url = database.engine.url
        if database.is_sqlite:
            return self._file if url == make_url(self._file.url) else None
        return postgres.SharedRows() if url == make_url(postgres.shared_database()) else None


def _is_old(known: Kept) -> bool:
    return monotonic() - known.since > LONGEST_SECONDS or known.day != _today()


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
