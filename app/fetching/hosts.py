"""Politeness: one request at a time to a host, with a short pause between two.

It holds within one process, which is where the jobs of a desk are done.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

PAUSE_SECONDS = 1.0
# Whoever waits longer for a host leaves its place to those who want another one.
PATIENCE_SECONDS = 5.0


class Busy(Exception):  # noqa: N818 - it says what the host is
    """Others are at this host: nothing is wrong, and it is too early. No refusal, on purpose."""


class Hosts:
    """Who is being asked, and who was a moment ago."""

    def __init__(self, *, pause: float = PAUSE_SECONDS, patience: float = PATIENCE_SECONDS) -> None:
        self.pause, self.patience = pause, patience
        self._changed = Condition()
        # When a host may be asked again; None while somebody is at it.
        self._free_at: dict[str, float | None] = {}

    @contextmanager
    def turn(self, host: str, *, is_own: bool = False) -> Iterator[None]:
        """Be the only one at a host; one of the house's own needs no pause.

        Raises:
            Busy: others were there for as long as anybody waits.
        """
        self._wait_for(host)
        try:
            yield
        finally:
            with self._changed:
                self._free_at[host] = time.monotonic() + (0 if is_own else self.pause)
                self._changed.notify_all()

    def _wait_for(self, host: str) -> None:
        until = time.monotonic() + self.patience
        with self._changed:
            while (moment := time.monotonic()) < (free_at := self._free(host)):
                if moment >= until:
                    raise Busy
                self._changed.wait(min(free_at, until) - moment)
            self._forget(moment)
            self._free_at[host] = None

    def _free(self, host: str) -> float:
        """When a host can be asked, as far as is known."""
        known = self._free_at.get(host, 0.0)
        return float("inf") if known is None else known

    def _forget(self, moment: float) -> None:
        for host, free_at in list(self._free_at.items()):
            if free_at is not None and free_at <= moment:
                del self._free_at[host]


HOSTS = Hosts()
