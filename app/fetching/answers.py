"""Reading one answer in HTTP/1 from a stranger, by RFC 9112, strictly where leniency could harm.

Only what a web page needs is understood: a status line, a head of limited size, a body framed by
its length, by chunks or by the end of the connection.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.errors import Refused
from app.fetching.wire import Wire

STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: ([^\r\n\x00]*))?\r?\n")
HEADER_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\x00]*)\r?\n")
CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n\x00]*)?\r?\n")
MAX_LINE = 16 * 1024
MAX_HEAD = 64 * 1024
MAX_HEADERS = 200
# Answers that only say that the answer comes later.
MOST_EARLY = 5
# Some chunks of one octet are usual in a stream, a million of them are not.
MOST_CHUNKS = 500_000
MAX_LENGTH_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Head:
    """How an answer begins; headers as they came, names included, in their order."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]

    def all_of(self, name: str) -> list[str]:
        """The values of a header, which may come several times."""
        return [value for key, value in self.headers if key.lower() == name]

    def first(self, name: str) -> str | None:
        """The first value of a header; None where there is none."""
        return next(iter(self.all_of(name)), None)


def head_of(wire: Wire) -> Head:
    """The head of the next answer that is not only an early one.

    Raises:
        Refused: what came is no HTTP/1, or it never ends.
    """
    for _ in range(MOST_EARLY + 1):
        line = wire.line(MAX_LINE)
        found = STATUS_LINE.fullmatch(line or b"")
        if found is None:
            raise Refused("fetch.unreachable" if line == b"" else "fetch.nonsense")
        head = Head(int(found[1]), _text(found[2] or b""), tuple(_headers(wire)))
        if head.status >= 200:
            return head
        # Another protocol was not asked for.
        if head.status == 101:
            break
    raise Refused("fetch.nonsense")


def _headers(wire: Wire) -> Iterator[tuple[str, str]]:
    size = number = 0
    while True:
        line = wire.line(MAX_LINE)
        if line is None:
            raise Refused("fetch.headers")
        if line in {b"\r\n", b"\n"}:
            return
        size, number = size + len(line), number + 1
        if size > MAX_HEAD or number > MAX_HEADERS:
            raise Refused("fetch.headers")
        if not line.endswith(b"\n"):
            raise Refused("fetch.cut-off")
        found = HEADER_LINE.fullmatch(line)
        if found is None:
            raise Refused("fetch.nonsense")
        yield found[1].decode("ascii"), _text(found[2])


def _text(octets: bytes) -> str:
    """One letter for each octet, as HTTP has it; control characters are question marks."""
    text = octets.decode("latin-1").strip(" \t")
    return re.sub(r"[\x00-\x08\x0a-\x1f\x7f]", "?", text)


def body_of(wire: Wire, head: Head, *, limit: int) -> bytes:
    """The octets of the body as they were sent, without the framing of chunks.

    What comes after the end that the head announced belongs to nothing, and is not read.

    Raises:
        Refused: more than ``limit`` octets, fewer than announced, or framed in no sensible way.
    """
    lengths, ways = head.all_of("content-length"), head.all_of("transfer-encoding")
    if head.status in {204, 304}:
        return b""
    if ways:
        if lengths or [way.strip().lower() for way in ways] != ["chunked"]:
            raise Refused("fetch.nonsense")
        return _joined(_chunks(wire), limit)
    if not lengths:
        return _joined(_rest(wire), limit)
    return _joined(_counted(wire, _length(lengths, limit)), limit)


def _length(lengths: list[str], limit: int) -> int:
    said = {one.strip() for value in lengths for one in value.split(",")}
    [length, *others] = said
    if others or not re.fullmatch(r"[0-9]+", length):
        raise Refused("fetch.nonsense")
    if len(length.lstrip("0")) > MAX_LENGTH_DIGITS or int(length) > limit:
        raise too_large(limit)
    return int(length)


def _joined(pieces: Iterator[bytes], limit: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > limit:
            raise too_large(limit)
    return bytes(body)


def _rest(wire: Wire) -> Iterator[bytes]:
    while piece := wire.piece(MAX_HEAD):
        yield piece


def _counted(wire: Wire, number: int) -> Iterator[bytes]:
    while number:
        piece = wire.piece(number)
        if not piece:
            raise Refused("fetch.cut-off")
        number -= len(piece)
        yield piece


def _chunks(wire: Wire) -> Iterator[bytes]:
    for _ in range(MOST_CHUNKS):
        line = wire.line(MAX_LINE)
        if line is not None and not line.endswith(b"\n"):
            raise Refused("fetch.cut-off")
        found = CHUNK_LINE.fullmatch(line or b"")
        if found is None:
            raise Refused("fetch.nonsense")
        size = int(found[1], 16)
        if size == 0:
            # What stands behind the last chunk is read as headers are, and forgotten.
            list(_headers(wire))
            return
        yield from _counted(wire, size)
        if wire.line(MAX_LINE) not in {b"\r\n", b"\n"}:
            raise Refused("fetch.nonsense")
    raise Refused("fetch.nonsense")


def too_large(limit: int) -> Refused:
    """The refusal of a body of more than ``limit`` octets."""
    return Refused("fetch.large", limit=max(limit // 1_048_576, 1))
