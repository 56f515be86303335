"""Long work in pieces, each of them a transaction so short that others hardly wait for it.

SQLite has one writer: whoever holds it keeps every reviewer of the desk waiting, so a piece of an
import or a job is measured by time and not by number. How much fits is learnt from piece to piece::

    pieces = Pieces(database)
    while some := list(islice(rows, pieces.size)):
        with pieces.write() as session:
            write(session, some)
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlmodel import Session

from app.storage.session import Database
from app.storage.upkeep import log_left_alone, write_log_back

# A piece is to take this long, so that one that takes thrice as long is under 50 ms still: beside an
# import of a million claims in pieces of 20 ms somebody waited 43 to 58 ms once. By turns, imports of
# 40,000 claims: by 16 ms they take a tenth longer than by 20, by 12 ms a fifth.
SECONDS = 0.016
# So many of anything to begin with; and hardly ever fewer, or a slow disk would be asked for each of them.
FIRST, LEAST, MOST = 50, 20, 5_000
# What went quickly once may not do so again.
MOST_GROWTH = 2.0
# After so many of them the log of an SQLite file is written back, while nobody waits: it is about a
# thousand pages long then, which is where SQLite would have somebody's commit do so.
PIECES_A_LOG = 4


class Pieces:
    """How much of some work goes into the next transaction: ``size`` of whatever it is made of."""

    def __init__(
        self,
        database: Database,
        *,
        size: int = FIRST,
        least: int = LEAST,
        most: int = MOST,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Begin with a size; it is never less than ``least`` or more than ``most``."""
        self.size = min(size, most)
        self._database, self._clock = database, clock
        self._least, self._most = min(least, most), most
        self._in_log = 0

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A writing session for one piece, which ends with its commit; a wait for it is not counted."""
        with self._database.connected() as connection, log_left_alone(connection):
            with self._database.writing(connection) as session, session.begin():
                # Now, and not with the first question: from here on others wait.
                session.connection()
                began = self._clock()
                yield session
            took = self._clock() - began
        self._learn(took)
        self._in_log = (self._in_log + 1) % PIECES_A_LOG
        if not self._in_log:
            write_log_back(self._database)

    def _learn(self, took: float) -> None:
        growth = min(SECONDS / max(took, SECONDS / MOST_GROWTH), MOST_GROWTH)
        self.size = min(max(round(self.size * growth), self._least), self._most)
