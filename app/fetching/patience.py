"""Waiting for a call no longer than it may take, however slowly somebody answers."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


def in_time(do: Callable[[], T], *, seconds: float, leave: Callable[[], None] | None = None) -> T:
    """What a call gives, made in a thread of its own so that it can be left.

    A limit for each read would let a server send a byte a minute, and the look-up of a name has no
    limit at all; this one is for the whole call.

    Args:
        do: the call.
        seconds: what it may take.
        leave: called once where it took longer, to hang up.

    Raises:
        TimeoutError: it took longer.
        Exception: whatever the call raised.
    """
    ends: list[T | Exception] = []

    def run() -> None:
        try:
            ends.append(do())
        except Exception as error:  # noqa: BLE001 - the thread has nobody to tell; who waits has
            ends.append(error)

    waiting = threading.Thread(target=run, daemon=True)
    waiting.start()
    waiting.join(max(seconds, 0))
    if not ends:
        if leave is not None:
            leave()
        raise TimeoutError
    [end] = ends
    if isinstance(end, Exception):
        raise end
    return end


def hang_up(wire: socket.socket | None) -> None:
    """Close a connection from whatever thread; who reads from it is woken."""
    if wire is None:
        return
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        wire.close()
