"""One connection to one pinned address, and reading from it until a deadline.

Every step is given what is left of one time for all, so that no drip stretches it. Nothing is taken
from the environment: no proxy, no password file.
"""

import socket
import ssl
import time
from collections.abc import Sequence

from app.domain.errors import Refused
from app.fetching.addresses import Address
from app.fetching.patience import hang_up
from app.fetching.targets import Target

PIECE = 64 * 1024
# One address of several that does not answer leaves time for the next.
CONNECT_SECONDS = 10.0
MOST_ADDRESSES = 4


class Deadline:
    """When all of it has to be over."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left.

        Raises:
            Refused: none are.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Refused("fetch.timeout")
        return left


class Wire:
    """A connection that is read from in lines and pieces."""

    def __init__(self, connection: socket.socket, address: Address, deadline: Deadline) -> None:
        self.address = address
        self._connection, self._deadline = connection, deadline
        self._read = bytearray()
        self._is_at_end = False

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        hang_up(self._connection)

    def send(self, octets: bytes) -> None:
        """Send all of it.

        Raises:
            Refused: the other side hung up, or takes too long to read.
        """
        try:
            self._connection.settimeout(self._deadline.left())
            self._connection.sendall(octets)
        except OSError as error:
            raise _refused(error) from None

    def line(self, limit: int) -> bytes | None:
        """The next line with what ends it; None where it has more than ``limit`` octets.

        At the end of everything it is what is left, without an end of line.
        """
        while (end := self._read.find(b"\n", 0, limit)) < 0:
            if len(self._read) >= limit:
                return None
            if not self._more():
                return self._taken(len(self._read))
        return self._taken(end + 1)

    def piece(self, most: int) -> bytes:
        """Some octets, at most so many; none at the end of everything."""
        if not self._read:
            self._more()
        return self._taken(min(most, len(self._read)))

    def _taken(self, number: int) -> bytes:
        taken = bytes(self._read[:number])
        del self._read[:number]
        return taken

    def _more(self) -> bool:
        """Wait for more; whether any came."""
        if self._is_at_end:
            return False
        try:
            self._connection.settimeout(self._deadline.left())
            came = self._connection.recv(PIECE)
        except OSError as error:
            raise _refused(error) from None
        self._read += came
        self._is_at_end = not came
        return bool(came)


def connected(target: Target, addresses: Sequence[Address], deadline: Deadline) -> Wire:
    """A connection to the first of the addresses that answers, encrypted where the scheme says so.

    Raises:
        Refused: none answers, or the certificate is not good for the host.
    """
    refusal = Refused("fetch.unreachable")
    for address in addresses[:MOST_ADDRESSES]:
        try:
            return Wire(_opened(target, address, deadline), address, deadline)
        except OSError as error:
            refusal = _refused(error)
            # A certificate that is not good is an answer: asking elsewhere would be shopping.
            if refusal.code == "fetch.untrusted":
                break
            deadline.left()
    raise refusal


def _opened(target: Target, address: Address, deadline: Deadline) -> socket.socket:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    plain = socket.socket(family, socket.SOCK_STREAM)
    try:
        plain.settimeout(min(deadline.left(), CONNECT_SECONDS))
        plain.connect((str(address), target.port))
        if target.scheme == "http":
            return plain
        plain.settimeout(deadline.left())
        return _encrypted(plain, target.host)
    except BaseException:
        hang_up(plain)
        raise


def _encrypted(plain: socket.socket, host: str) -> socket.socket:
    """The connection behind a certificate that is good for the name that was asked for."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context.wrap_socket(plain, server_hostname=host)


def _refused(error: OSError) -> Refused:
    """What went wrong on the wire, without its words, which may hold anything."""
    if isinstance(error, TimeoutError):
        return Refused("fetch.timeout")
    if isinstance(error, ssl.SSLError):
        return Refused("fetch.untrusted")
    return Refused("fetch.unreachable")
