"""A process of the server whose threads wait a moment for what comes next on the connection they answered."""

import select
import threading
from queue import SimpleQueue
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

# How many threads answer requests, and how many of them may wait with a browser: the others are enough.
THREADS, WAITING = 6, 2
# A browser follows a press to the next page at once. So long its thread stays with it, which saves handing
# the connection back to the first thread, watching it there and handing it out again.
MOMENT_MS = 25


class Threads(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's threads, some of which may wait with a browser that was just answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on to gunicorn
        super().__init__(*args, **kwargs)
        self.spare = threading.Semaphore(WAITING)
        # One for each connection that has no thread yet.
        self.line: SimpleQueue[None] = SimpleQueue()

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to the next free thread."""
        self.line.put(None)
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> object:
        """Answer a request, and what the same browser asks within a moment of each answer."""
        self.line.get_nowait()
        kept = super().handle(conn)
        while kept is True and self._asks_again(conn):
            kept = super().handle(conn)
        return kept

    def _asks_again(self, conn: TConn) -> bool:
        """Whether something came, or the browser went; nobody waits who is not to spare.

        Where others are in line, they come first: a browser that asks without end would keep its thread.
        """
        if not self.alive or not self.line.empty() or not self.spare.acquire(blocking=False):
            return False
        try:
            door = select.poll()
            door.register(conn.sock, select.POLLIN)
            return bool(door.poll(MOMENT_MS))
        finally:
            self.spare.release()
