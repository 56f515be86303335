"""Saved copies as WARC 1.1 (ISO 28500): what went over the wire, record by record, each gzipped alone.

A page is the pairs of request and answer that led to it, redirects first; a file that somebody
brought is a ``resource``. Every record has the SHA-256 of its block, and of its payload where the
format knows one. What a server sent in chunks was put together: the header that says so is kept
under another name, or a reader would take the text for chunks.
"""

import hashlib
import io
import zlib
from base64 import b32encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

from app.domain.fetched import Exchange, Fetched

NAME = "copies.warc.gz"
MEDIA_TYPE = "application/warc"
VERSION = "1.1"
SOFTWARE = "Assay"
CONFORMS = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
# Headers of an answer that do not hold of it as it is kept, under the name that they are kept by.
RENAMED = {"transfer-encoding": "X-Archive-Orig-Transfer-Encoding"}
PIECE = 64 * 1024
GZIP = b"\x1f\x8b"


def page_records(fetched: Fetched, *, at: datetime) -> bytes:
    """A page that was fetched, with every redirect on the way to it."""
    target = io.BytesIO()
    writer = _writer(target)
    for exchange in fetched.exchanges:
        answer = _answer(writer, exchange, at)
        asked = _request(writer, exchange, at)
        for record in (answer, asked):
            record.rec_headers.add_header("WARC-IP-Address", exchange.address)
            _sign(record)
        writer.write_request_response_pair(asked, answer)
    return target.getvalue()


def file_record(data: bytes, *, url: str, media_type: str, at: datetime) -> bytes:
    """A file that somebody brought, as what was found at ``url``, a page's address or a URN."""
    target = io.BytesIO()
    writer = _writer(target)
    record = writer.create_warc_record(
        url,
        "resource",
        payload=io.BytesIO(data),
        length=len(data),
        warc_content_type=media_type,
        warc_headers_dict=_dated(at) | _payload_digest(data),
    )
    _sign(record)
    writer.write_record(record)
    return target.getvalue()


def warcinfo(*, filename: str, title: str = "", left_out: int = 0) -> bytes:
    """The record that a file begins with: what made it, what it is about, how much stayed out."""
    target = io.BytesIO()
    writer = _writer(target)
    said = {"software": SOFTWARE, "format": f"WARC File Format {VERSION}", "conformsTo": CONFORMS}
    if title:
        said["isPartOf"] = " ".join(title.split())
    if left_out:
        said["leftOut"] = f"{left_out} copies of sources that are not for publication"
    record = writer.create_warcinfo_record(filename, said)
    _sign(record)
    writer.write_record(record)
    return target.getvalue()


def write(title: str, copies: Iterable[bytes], *, left_out: int = 0) -> Iterator[bytes]:
    """One file of many copies, one after the other; ``left_out`` is how many are not in it."""
    yield warcinfo(filename=NAME, title=title, left_out=left_out)
    yield from copies


def faults(file: Any) -> list[str]:  # noqa: ANN401 - any binary file
    """What is wrong in a WARC file, read back whole: a digest that does not match, a cut record.

    Every record must have a digest of its block, and every answer one of its payload.
    """
    found = [] if _is_whole(file) else ["cut off"]
    try:
        for record in ArchiveIterator(file, check_digests=True):
            stream = record.raw_stream
            while stream.read(PIECE):
                pass
            name = record.rec_headers.get_header("WARC-Record-ID")
            if record.digest_checker.passed is not True:
                found.append(f"{name}: {'; '.join(record.digest_checker.problems) or 'no digest'}")
            needs = record.rec_type == "response"
            if needs and not record.rec_headers.get_header("WARC-Payload-Digest"):
                found.append(f"{name}: no digest of the payload")
    except Exception as problem:  # noqa: BLE001 - whatever the reader stumbles over is the finding
        found.append(type(problem).__name__)
    return found


def sha256_of(file: Any) -> tuple[str, int]:  # noqa: ANN401 - any binary file
    """The SHA-256 of a file, in hexadecimal digits, and its size."""
    digest, size = hashlib.sha256(), 0
    while piece := file.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _is_whole(file: Any) -> bool:  # noqa: ANN401 - any binary file
    """Whether a file in gzip ends where its last record does: a reader stops there in silence."""
    unpacked = None
    while piece := file.read(PIECE):
        while piece:
            if unpacked is None or unpacked.eof:
                if not piece.startswith(GZIP[: len(piece)]):
                    break
                unpacked = zlib.decompressobj(zlib.MAX_WBITS + 16)
            try:
                unpacked.decompress(piece)
            except zlib.error:
                file.seek(0)
                return False
            piece = unpacked.unused_data
    file.seek(0)
    return unpacked is None or unpacked.eof


def _writer(target: io.BytesIO) -> Any:  # noqa: ANN401 - the package has no types
    return WARCWriter(target, gzip=True, warc_version=VERSION)


def _answer(writer: Any, exchange: Exchange, at: datetime) -> Any:  # noqa: ANN401 - as above
    headers = [
        (RENAMED.get(name.lower(), name), _one_line(value)) for name, value in exchange.headers
    ]
    status = f"{exchange.status} {_one_line(exchange.reason)}".strip()
    return writer.create_warc_record(
        exchange.url,
        "response",
        payload=io.BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
        warc_headers_dict=_dated(at) | _payload_digest(exchange.body),
    )


def _request(writer: Any, exchange: Exchange, at: datetime) -> Any:  # noqa: ANN401 - as above
    asked = exchange.request.rstrip(b"\r\n") + b"\r\n\r\n"
    return writer.create_warc_record(
        exchange.url,
        "request",
        payload=io.BytesIO(asked),
        length=len(asked),
        warc_headers_dict=_dated(at) | _payload_digest(b""),
    )


def _dated(at: datetime) -> dict[str, str]:
    return {"WARC-Date": datetime_to_iso_date(at.replace(tzinfo=None), use_micros=True)}


def _payload_digest(data: bytes) -> dict[str, str]:
    return {"WARC-Payload-Digest": _digest(data)}


def _sign(record: Any) -> None:  # noqa: ANN401 - the package has no types
    """Give a record the hash of its block, in SHA-256, before the writer takes a weaker one."""
    stream = record.raw_stream
    at = stream.tell()
    block = stream.read()
    stream.seek(at)
    if record.http_headers is not None:
        record.http_headers.compute_headers_buffer()
        block = record.http_headers.headers_buff + block
    record.rec_headers.add_header("WARC-Block-Digest", _digest(block))


def _digest(data: bytes) -> str:
    return f"sha256:{b32encode(hashlib.sha256(data).digest()).decode()}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
