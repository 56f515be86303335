"""Fetching a page from somewhere that nobody here knows, safe by construction.

Each address, the first one and that of every redirect, is taken apart once, its host is looked up
once, and the socket gets the address that was judged. Nothing of us goes along but a name: no
cookies, no referrer, no password.
"""

import re
import time
from contextlib import ExitStack
from urllib.parse import urljoin

from app import __version__
from app.config import FetchRules
from app.domain.errors import Refused
from app.domain.fetched import Exchange, Fetched
from app.fetching.addresses import is_allowed
from app.fetching.answers import Head, body_of, head_of
from app.fetching.contents import type_of, unpacked
from app.fetching.hosts import HOSTS, Hosts
from app.fetching.resolving import LookUp, look_up, pinned
from app.fetching.targets import Target, target_of
from app.fetching.wire import Deadline, connected

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What a redirect says besides where to go is kept, and is never much.
MAX_REDIRECT_BYTES = 256 * 1024
ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"
CONTACT = re.compile(r"[!-'*-~]{1,200}")


def fetch(
    url: str, rules: FetchRules, *, look_up: LookUp = look_up, hosts: Hosts = HOSTS
) -> Fetched:
    """What a page says, whatever its status; redirects are followed.

    Args:
        url: an address in http or https.
        rules: within which limits.
        look_up: asks for the addresses of a host.
        hosts: who waits for whom.

    Raises:
        Refused: ``fetch.…``; nothing usable came, or it may not be asked for.
        Busy: others are at this host; the same can be tried a little later.
    """
    return _Fetching(url, rules, look_up, hosts).run()


class _Fetching:
    """One page on its way, from the address that was given to the one where it lies."""

    def __init__(self, url: str, rules: FetchRules, look_up: LookUp, hosts: Hosts) -> None:
        self.url, self.rules = url, rules
        self.look_up, self.hosts = look_up, hosts
        self.exchanges: list[Exchange] = []
        self.seen: set[str] = set()
        self.left, self.seconds = float(rules.seconds), 0.0

    def run(self) -> Fetched:
        url, target = self.url, target_of(self.url)
        at = ""
        with ExitStack() as turn:
            while True:
                if target.netloc != at:
                    turn.close()
                    turn.enter_context(self.hosts.turn(target.netloc, is_own=self._is_own(target)))
                    at = target.netloc
                self.seen.add(target.url)
                head, body = self._asked(target)
                onward = self._onward(url, target, head)
                if onward is None:
                    break
                url, target = onward
        return self._fetched(url, head, body)

    def _is_own(self, target: Target) -> bool:
        """Whether a host is one of the house's own, which needs no pause."""
        if target.address is None:
            return target.is_inside
        return is_allowed(target.address, target.port, self.rules)

    def _fetched(self, url: str, head: Head, body: bytes) -> Fetched:
        media_type, charset = type_of(head)
        return Fetched(
            url=self.url,
            final_url=url,
            status=head.status,
            media_type=media_type,
            charset=charset,
            body=unpacked(head, body, limit=self.rules.max_bytes),
            exchanges=tuple(self.exchanges),
            seconds=round(self.seconds, 3),
        )

    def _asked(self, target: Target) -> tuple[Head, bytes]:
        """Ask for one address, and take the time for it from what there is for all."""
        begun = time.monotonic()
        try:
            return self._exchanged(target, Deadline(self.left))
        finally:
            took = time.monotonic() - begun
            self.left, self.seconds = self.left - took, self.seconds + took

    def _exchanged(self, target: Target, deadline: Deadline) -> tuple[Head, bytes]:
        addresses = pinned(target, self.rules, seconds=deadline.left(), look_up=self.look_up)
        request = _request(target, self.rules)
        with connected(target, addresses, deadline) as wire:
            wire.send(request)
            head = head_of(wire)
            limit = self.rules.max_bytes
            if _location(head) is not None:
                limit = min(limit, MAX_REDIRECT_BYTES)
            body = body_of(wire, head, limit=limit)
            self.exchanges.append(
                Exchange(
                    url=target.url,
                    address=str(wire.address),
                    request=request,
                    status=head.status,
                    reason=head.reason,
                    headers=head.headers,
                    body=body,
                )
            )
        return head, body

    def _onward(self, url: str, target: Target, head: Head) -> tuple[str, Target] | None:
        """Where an answer leads to, judged from the beginning; None where it leads nowhere.

        Raises:
            Refused: it may not be followed.
        """
        location = _location(head)
        if location is None:
            return None
        if len(self.exchanges) > MOST_REDIRECTS:
            raise Refused("fetch.redirects")
        try:
            joined = urljoin(url, location)
        except ValueError:
            raise Refused("fetch.url") from None
        onward = target_of(joined)
        if target.scheme == "https" and onward.scheme == "http":
            raise Refused("fetch.downgrade")
        if onward.url in self.seen:
            raise Refused("fetch.loop")
        return joined, onward


def _location(head: Head) -> str | None:
    """Where a redirect leads to, in the letters that were meant; None where there is none."""
    said = head.first("location") if head.status in REDIRECTS else None
    if not said:
        return None
    try:
        return said.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return said


def _request(target: Target, rules: FetchRules) -> bytes:
    contact = f" (+{rules.contact})" if CONTACT.fullmatch(rules.contact) else ""
    lines = (
        f"GET {target.path} HTTP/1.1",
        f"Host: {target.netloc}",
        f"User-Agent: Assay/{__version__}{contact}",
        f"Accept: {ACCEPT}",
        "Accept-Encoding: gzip",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")
