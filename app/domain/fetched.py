"""What came over the wire when a page was fetched, for whoever reads it or keeps it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer, as they went over the wire.

    Attributes:
        url: what was asked for.
        address: the one IP address that was connected to.
        request: the request line and its headers, each line ended with CRLF.
        headers: of the answer, in their order, repeated ones included.
        body: the octets of the answer as they were sent, still compressed if they were; without
            the framing of chunks.
    """

    url: str
    address: str
    request: bytes
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page: what was asked, where it lay in the end, what it said.

    Attributes:
        url: what was asked for.
        final_url: where the last redirect led; the same where there was none.
        status: of the last answer; whether it is a failure is for the caller to say.
        media_type: in lower case without parameters, ``text/html``; blank where none was said.
        charset: as the header says it, None where it does not.
        body: the octets after decompression.
        exchanges: every request and answer, redirects first.
        seconds: how long all of it took.
    """

    url: str
    final_url: str
    status: int
    media_type: str
    charset: str | None
    body: bytes
    exchanges: tuple[Exchange, ...]
    seconds: float
