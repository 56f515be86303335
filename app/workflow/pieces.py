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

# A piece is to take this long, so that one that takes half as long again is under 50 ms still.
SECONDS = 0.03
# So many of anything to begin with; and never fewer, or a slow disk would be asked for each of them.
FIRST, LEAST, MOST = 50, 20, 5_000
# What went quickly once may not do so again.
MOST_GROWTH = 2.0


class Pieces:
    """How much of some work goes into the next transaction: ``size`` of whatever it is made of."""

    def __init__(
        self,
        database: Database,
        *,
        size: int = FIRST,
        most: int = MOST,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Begin with a size; it is never more than ``most``."""
        self.size = min(size, most)
        self._database, self._most, self._clock = database, most, clock

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A writing session for one piece, which ends with its commit; a wait for it is not counted."""
        with self._database.write() as session:
            # Now, and not with the first question: from here on others wait.
            session.connection()
            began = self._clock()
            yield session
        self._learn(self._clock() - began)

    def _learn(self, took: float) -> None:
        growth = min(SECONDS / max(took, SECONDS / MOST_GROWTH), MOST_GROWTH)
        self.size = min(max(round(self.size * growth), LEAST), self._most)
