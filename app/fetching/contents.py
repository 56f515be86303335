"""What a body says once it is unpacked, and what its head says that it is."""

import re
import zlib

from app.domain.errors import Refused
from app.fetching.answers import Head, too_large

PIECE = 64 * 1024
# zlib's word for gzip.
GZIP = 16 + zlib.MAX_WBITS
# Members of one file; each may be empty, and takes time all the same.
MOST_MEMBERS = 100
MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")
CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([a-z0-9._:-]{1,40})""", re.I)
LONGEST_TYPE = 100


def unpacked(head: Head, body: bytes, *, limit: int) -> bytes:
    """The body without its compression.

    Raises:
        Refused: it grows beyond ``limit`` octets, breaks off, or is packed in another way.
    """
    ways = [
        way.strip().lower() for value in head.all_of("content-encoding") for way in value.split(",")
    ]
    ways = [way for way in ways if way not in {"", "identity"}]
    if not ways or not body:
        return body
    if ways not in (["gzip"], ["x-gzip"]):
        raise Refused("fetch.encoding")
    try:
        return _ungzipped(body, limit)
    except zlib.error:
        raise Refused("fetch.encoding") from None


def _ungzipped(body: bytes, limit: int) -> bytes:
    made = bytearray()
    reader, members = zlib.decompressobj(GZIP), 1
    for begin in range(0, len(body), PIECE):
        piece = body[begin : begin + PIECE]
        while piece:
            if reader.eof:
                # Blanks to fill a block are usual; anything else is one more member.
                piece = piece.lstrip(b"\0")
                if not piece:
                    break
                reader, members = zlib.decompressobj(GZIP), members + 1
                if members > MOST_MEMBERS:
                    raise Refused("fetch.encoding")
            made += reader.decompress(piece, limit + 1 - len(made))
            if len(made) > limit:
                raise too_large(limit)
            piece = reader.unconsumed_tail or reader.unused_data
    if not reader.eof:
        raise Refused("fetch.cut-off")
    return bytes(made)


def type_of(head: Head) -> tuple[str, str | None]:
    """The media type and the charset that the head names; blank and None where it does not."""
    said = head.first("content-type") or ""
    kind = said.partition(";")[0].strip().lower()
    charset = CHARSET.search(said)
    is_type = MEDIA_TYPE.fullmatch(kind) and len(kind) <= LONGEST_TYPE
    return kind if is_type else "", charset[1].lower() if charset else None
