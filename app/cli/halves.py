"""A file that two processes make: spans of claims, of one instant, put in order by the first of them.

One process does what the database does and what Python does with it one after the other. The second one
is begun while nothing of the database is open, so that no connection is shared. It makes the spans that
it is told, and gives their text back by a pipe; the first makes others meanwhile, and keeps what comes
later in the file. Both are polite, the second more so: on a busy machine whoever checks comes before
them, and the first then makes nearly all.
"""

import fcntl
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple

from sqlmodel import Session

from app.cli import opening
from app.domain.errors import Refused
from app.storage.claim_blocks import Span, spans
from app.storage.instants import begun, begun_together
from app.storage.session import Database

# The text of a span of claims.
Texts = Callable[[Span], Iterator[bytes]]

# Of fewer spans one process is done before a second has begun.
FEWEST = 5
# Each is so much nicer than who began it: together they weigh less than half of one that is not.
POLITE = 5
# So many spans the second one has before it, so that it never waits for the next.
AHEAD = 2
# A pipe that has room for a span, and how many bytes the first one keeps of what comes later.
ROOM, KEPT = 1024 * 1024, 2 * 1024 * 1024
# What stands behind the text of a span.
END = b""


class Work(NamedTuple):
    """The claims of which project, and what makes their text, as a session sees them."""

    project_id: int
    texts: Callable[[Session], Texts]


def is_worth_it(session: Session, project_id: int) -> bool:
    """Whether a file of all claims of a project is made sooner by two processes."""
    return cores() > 1 and len(list(islice(spans(session, project_id), FEWEST + 1))) > FEWEST


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        # Not every system tells it of a process.
        return os.cpu_count() or 1


def in_halves(database: Database, work: Work) -> Iterator[bytes]:
    """The text of all claims of a project; nothing of the database may be open.

    Raises:
        Refused: the other process ended too early.
    """
    with _other(work) as other:
        together = begun_together(database, other.begin)
        with together or begun(database) as session:
            todo, text_of = spans(session, work.project_id), work.texts(session)
            if together is None:
                for span in todo:
                    yield from text_of(span)
            else:
                other.go_on()
                yield from _in_order(todo, text_of, other)


def _in_order(todo: Iterator[Span], text_of: Texts, other: "_Other") -> Iterator[bytes]:
    order: deque[_Own | _Other] = deque()
    ahead = AHEAD
    while True:
        span = next(todo, None) if _kept(order) < KEPT else None
        if span is not None:
            own = _Own()
            ahead = ahead if other in order else AHEAD
            order.append(own)
            while order.count(other) < ahead and (later := next(todo, None)):
                other.make(later)
                order.append(other)
            for piece in text_of(span):
                own.pieces.append(piece)
                yield from _there(order)
            own.pieces.append(END)
            yield from _there(order)
        elif order:
            # It is behind, for nobody gives it time: until it has caught up it is given less.
            ahead = 1
            yield from _next(order)
        else:
            return


def _kept(order: "deque[_Own | _Other]") -> int:
    """How many bytes wait for what comes before them."""
    return sum(len(piece) for one in order if isinstance(one, _Own) for piece in one.pieces)


def _there(order: "deque[_Own | _Other]") -> Iterator[bytes]:
    """What can be written now."""
    while order and order[0].has_piece():
        yield from _next(order)


def _next(order: "deque[_Own | _Other]") -> Iterator[bytes]:
    """The next piece of the file, once it is there; none where a span ends."""
    piece = order[0].piece()
    if piece != END:
        yield piece
    else:
        order.popleft()


class _Own:
    """The text of a span that the first process makes, as far as it is made and not written."""

    def __init__(self) -> None:
        self.pieces: deque[bytes] = deque()

    def has_piece(self) -> bool:
        """Whether there is more by now."""
        return bool(self.pieces)

    def piece(self) -> bytes:
        """The next one."""
        return self.pieces.popleft()


class _Other:
    """The second process, as the first one sees it."""

    def __init__(self, orders: Connection, text: Connection) -> None:
        self._orders, self._text = orders, text

    def begin(self, instant: str) -> None:
        """Have it begin to read; back once it has."""
        self._tell(instant)
        self.piece()

    def go_on(self) -> None:
        """Have it go on as it began last."""
        self._tell(None)

    def make(self, span: Span) -> None:
        """Have it make a span, after those before."""
        self._tell(span)

    def has_piece(self) -> bool:
        """Whether it has given more by now, or is gone."""
        return self._text.poll()

    def piece(self) -> bytes:
        """The next that it gives."""
        try:
            return self._text.recv_bytes()
        except (EOFError, OSError) as error:
            raise Refused("export.halved") from error

    def _tell(self, order: str | Span | None) -> None:
        try:
            self._orders.send(order)
        except OSError as error:
            raise Refused("export.halved") from error


@contextmanager
def _other(work: Work) -> Iterator[_Other]:
    """The second process; it ends with whoever began it."""
    os.nice(POLITE)
    context = get_context("fork")
    told, orders = context.Pipe(duplex=False)
    text, given = context.Pipe(duplex=False)
    with suppress(AttributeError, OSError):
        fcntl.fcntl(given.fileno(), fcntl.F_SETPIPE_SZ, ROOM)
    process = context.Process(target=_make, args=(work, told, given, (orders, text)), daemon=True)
    process.start()
    told.close()
    given.close()
    try:
        yield _Other(orders, text)
    finally:
        process.terminate()
        process.join()
        orders.close()
        text.close()


def _make(
    work: Work, told: Connection, given: Connection, others: tuple[Connection, Connection]
) -> None:
    """What the second process does: the spans that it is told, in its own reading session."""
    # Whoever interrupts both is heard by the first, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(POLITE)
    for end in others:
        end.close()
    database = Database(opening.settings().database_url)
    # Once the first is gone, nobody waits for the rest.
    with suppress(EOFError, BrokenPipeError), _begun(database, told, given) as session:
        text_of = work.texts(session)
        while True:
            for piece in filter(None, text_of(told.recv())):
                given.send_bytes(piece)
            given.send_bytes(END)


def _begun(database: Database, told: Connection, given: Connection) -> Session:
    """The session that was begun last before the word to go on."""
    session = database.reading()
    while (instant := told.recv()) is not None:
        session.close()
        session = begun(database, instant)
        given.send_bytes(b"begun")
    return session
