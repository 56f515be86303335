"""Saved copies as WACZ 1.1.1: a zip archive of a WARC file, its index, its pages and their hashes.

The format is that of https://specs.webrecorder.net/wacz/1.1.1/. The WARC file is stored as it is, so
that a reader finds each record in it by the index (CDXJ, one line a record, sorted by its key).
"""

import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

from warcio.archiveiterator import ArchiveIterator

from app.domain.export_rows import CopyFile
from app.exporters import warc
from app.exporters.cells import moment
from app.exporters.release_zip import Archive, Written

NAME = "copies.wacz"
MEDIA_TYPE = "application/wacz"
VERSION = "1.1.1"
DATA, INDEX, PAGES = "archive/data.warc.gz", "indexes/index.cdxj", "pages/pages.jsonl"
PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
SHOWN = frozenset({"response", "resource"})
_NOT_DIGITS = re.compile(r"\D")


@dataclass
class _Listed:
    """What is known of the copies once they went by."""

    at: int = 0
    index: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)


def write(
    title: str, copies: Iterable[CopyFile], *, program: str, at: datetime, left_out: int = 0
) -> Iterator[bytes]:
    """The archive in chunks: one copy at a time is held, and a line or two of each."""
    archive, listed = Archive(), _Listed()
    name = DATA.rpartition("/")[2]
    warcinfo = warc.warcinfo(filename=name, title=title, left_out=left_out)
    files = [Written(DATA), Written(INDEX), Written(PAGES)]
    contents: tuple[Iterable[str | bytes], ...] = (
        _data(copies, listed, warcinfo),
        _lines(lambda: sorted(listed.index)),
        _lines(lambda: [_json(HEADER), *listed.pages]),
    )
    for written, chunks in zip(files, contents, strict=True):
        yield from archive.add(written, chunks, is_packed=written.name == DATA)
    package = Written(PACKAGE)
    yield from archive.add(package, [_package(title, files, program, at)])
    signed = {"path": PACKAGE, "hash": f"sha256:{package.sha256}"}
    yield from archive.add(Written(DIGEST), [_json(signed)])
    yield from archive.end()


def _data(copies: Iterable[CopyFile], listed: _Listed, first: bytes) -> Iterator[bytes]:
    listed.at = len(first)
    yield first
    for copy in copies:
        listed.index += _index_lines(copy, listed.at)
        page = {"id": copy.public_id, "url": copy.url, "ts": moment(copy.at), "title": copy.title}
        listed.pages.append(_json(page))
        listed.at += len(copy.warc)
        yield copy.warc


def _index_lines(copy: CopyFile, at: int) -> Iterator[str]:
    """A line for each record of a copy that a reader shows; ``at`` is where the copy begins."""
    reader = ArchiveIterator(io.BytesIO(copy.warc))
    for record in reader:
        headers = record.rec_headers
        told = {
            "url": headers.get_header("WARC-Target-URI"),
            "mime": _media_type(record),
            "status": record.http_headers.get_statuscode() if record.http_headers else "200",
            "digest": headers.get_header("WARC-Payload-Digest"),
        }
        record.raw_stream.read()
        offset, length = reader.get_record_offset(), reader.get_record_length()
        if record.rec_type in SHOWN:
            told |= {"length": str(length), "offset": str(at + offset)}
            told |= {"filename": DATA.rpartition("/")[2]}
            stamp = _NOT_DIGITS.sub("", headers.get_header("WARC-Date"))[:14]
            yield f"{key_of(told['url'])} {stamp} {_json(told)}"


def _media_type(record: Any) -> str:  # noqa: ANN401 - the package has no types
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "unk").partition(";")[0].strip()


def key_of(url: str) -> str:
    """An address as an index sorts it: ``org,example)/path?query``, in lower case."""
    parts = urlsplit(url)
    if not parts.hostname:
        return url.lower()
    host = ",".join(reversed(parts.hostname.split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}".lower().replace(" ", "%20")


def _package(title: str, files: Sequence[Written], program: str, at: datetime) -> str:
    said = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": title,
        "created": moment(at),
        "software": program,
        "resources": [
            {
                "name": one.name.rpartition("/")[2],
                "path": one.name,
                "hash": f"sha256:{one.sha256}",
                "bytes": one.bytes,
            }
            for one in files
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _lines(made: Any) -> Iterator[str]:  # noqa: ANN401 - asked once the copies went by
    for line in made():
        yield line + "\n"


def _json(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def faults(file: Any) -> list[str]:  # noqa: ANN401 - any binary file that can be wound back
    """What is wrong in a WACZ file, read back: a hash, a digest of a record, a place in the index."""
    try:
        with ZipFile(file) as archive:
            found = list(_wrong_hashes(archive)) + list(_wrong_places(archive))
            with archive.open(DATA) as data:
                return found + warc.faults(data)
    except (BadZipFile, KeyError, ValueError) as problem:
        return [type(problem).__name__]


def _wrong_hashes(archive: ZipFile) -> Iterator[str]:
    package = json.loads(archive.read(PACKAGE))
    signed = json.loads(archive.read(DIGEST))
    named = [*package["resources"], {**signed, "bytes": archive.getinfo(PACKAGE).file_size}]
    for one in named:
        written, size = warc.sha256_of(archive.open(one["path"]))
        if one["hash"] != f"sha256:{written}" or one["bytes"] != size:
            yield f"{one['path']}: another hash or size"


def _wrong_places(archive: ZipFile) -> Iterator[str]:
    lines = archive.read(INDEX).decode().splitlines()
    if lines != sorted(lines):
        yield f"{INDEX}: not in order"
    with archive.open(DATA) as data:
        for line in lines:
            told = json.loads(line.split(" ", 2)[2])
            data.seek(int(told["offset"]))
            record = next(ArchiveIterator(io.BytesIO(data.read(int(told["length"])))))
            if record.rec_headers.get_header("WARC-Target-URI") != told["url"]:
                yield f"{INDEX}: {told['offset']} leads to another record"
