"""Saved copies as WARC: every exchange a pair of records, every digest right, read back by others."""

import gzip
import hashlib
import io
from base64 import b32encode
from dataclasses import replace

import pytest
from warcio.archiveiterator import ArchiveIterator

from app.domain.ids import now
from app.exporters.warc import faults, file_record, page_records, warcinfo, write
from tests.copies import fetched

BODY = "Bread is dear. ☃ " * 50


def records(data: bytes):
    """The records of a file as a reader finds them: kind, headers, headers of the answer, content."""
    return [
        (one.rec_type, one.rec_headers, one.http_headers, one.content_stream().read())
        for one in ArchiveIterator(io.BytesIO(data))
    ]


def packed(page):
    """The page as a server sends it that packs."""
    last = page.exchanges[-1]
    headers = (*last.headers, ("Content-Encoding", "gzip"))
    last = replace(last, body=gzip.compress(last.body), headers=headers)
    return replace(page, exchanges=(*page.exchanges[:-1], last))


def test_every_exchange_is_a_pair_of_records_redirects_first():
    page = packed(fetched(BODY, media_type="text/html"))
    at = now()
    found = records(page_records(page, at=at))
    assert [kind for kind, *_ in found] == ["response", "request"] * 2
    assert [
        headers.get_header("WARC-Target-URI") for kind, headers, *_ in found if kind == "response"
    ] == [page.url, page.final_url]
    for _kind, headers, *_ in found:
        assert headers.get_header("WARC-IP-Address") == "93.184.216.34"
        assert headers.get_header("WARC-Date") == at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    answer = found[2]
    assert answer[3].decode() == BODY
    hashed = b32encode(hashlib.sha256(page.exchanges[-1].body).digest()).decode()
    assert answer[1].get_header("WARC-Payload-Digest") == f"sha256:{hashed}"
    ids = {headers.get_header("WARC-Record-ID") for _kind, headers, *_ in found}
    assert found[3][1].get_header("WARC-Concurrent-To") in ids


def test_what_came_in_chunks_is_not_taken_for_chunks():
    tricky = "5\r\nhello\r\n0\r\n\r\n"
    answer = records(page_records(fetched(tricky), at=now()))[2]
    assert answer[3].decode() == tricky
    assert answer[2].get_header("X-Archive-Orig-Transfer-Encoding") == "chunked"


@pytest.mark.parametrize(
    "header", [("X-Odd", "café ☃"), ("X-Lines", "a\r\nInjected: b"), ("X-Blank", "")]
)
def test_odd_headers_break_no_record(header):
    page = fetched(BODY)
    last = replace(page.exchanges[-1], headers=(*page.exchanges[-1].headers, header))
    data = page_records(replace(page, exchanges=(last,)), at=now())
    assert faults(io.BytesIO(data)) == []
    assert records(data)[0][2].get_header("Injected") is None


def test_a_file_that_somebody_brought_is_a_resource():
    data = file_record(
        b"%PDF-1.7", url="urn:assay:source:x", media_type="application/pdf", at=now()
    )
    [(kind, headers, _http, content)] = records(data)
    assert (kind, content) == ("resource", b"%PDF-1.7")
    assert headers.get_header("Content-Type") == "application/pdf"
    assert faults(io.BytesIO(data)) == []


def test_many_copies_are_one_file_that_says_what_made_it():
    copies = [page_records(fetched(BODY), at=now()), page_records(fetched("x"), at=now())]
    data = b"".join(write("My\nproject", copies))
    assert faults(io.BytesIO(data)) == []
    kind, _headers, _http, content = records(data)[0]
    assert kind == "warcinfo"
    assert b"isPartOf: My project\r\n" in content


def test_a_change_of_one_byte_is_found():
    data = bytearray(gzip.decompress(page_records(fetched(BODY), at=now())))
    data[data.index(b"Bread")] = ord("b")
    assert faults(io.BytesIO(bytes(data))) != []
    whole = page_records(fetched(BODY), at=now())
    for share in range(1, 10):
        assert faults(io.BytesIO(whole[: len(whole) * share // 10])) != []


def test_each_record_is_packed_alone():
    data = warcinfo(filename="x") + page_records(fetched(BODY), at=now())
    reader = ArchiveIterator(io.BytesIO(data))
    starts = [reader.get_record_offset() for _record in reader]
    assert [data[at : at + 2] for at in starts] == [b"\x1f\x8b"] * 5
