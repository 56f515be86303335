"""Saved copies as WACZ: hashes that hold, an index that leads to the records, pages that are listed."""

import io
import json
from zipfile import ZIP_STORED, ZipFile

import pytest

from app.domain.export_rows import CopyFile
from app.domain.ids import now
from app.exporters import wacz
from app.exporters.warc import file_record, page_records
from tests.copies import fetched

URLS = ("https://b.example/x?Y=1", "http://a.example:8080/", "https://stats.example/Ü")


def copies():
    for number, url in enumerate(URLS):
        data = page_records(fetched(f"Page {number}. " * 99, url=url), at=now())
        yield CopyFile(public_id=f"copy{number}", url=url, title="Ü", at=now(), warc=data)
    data = file_record(
        b"%PDF-1.7", url="urn:assay:source:x", media_type="application/pdf", at=now()
    )
    yield CopyFile(public_id="file", url="urn:assay:source:x", title="", at=now(), warc=data)


@pytest.fixture
def archive():
    return b"".join(wacz.write("My desk", copies(), program="Assay 1", at=now()))


def test_what_is_written_reads_back_without_a_fault(archive):
    assert wacz.faults(io.BytesIO(archive)) == []


def test_it_holds_what_the_format_asks_for(archive):
    with ZipFile(io.BytesIO(archive)) as found:
        assert found.namelist() == [
            "archive/data.warc.gz",
            "indexes/index.cdxj",
            "pages/pages.jsonl",
            "datapackage.json",
            "datapackage-digest.json",
        ]
        assert found.getinfo("archive/data.warc.gz").compress_type == ZIP_STORED
        package = json.loads(found.read("datapackage.json"))
        pages = [json.loads(line) for line in found.read("pages/pages.jsonl").splitlines()]
        index = found.read("indexes/index.cdxj").decode().splitlines()
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    assert [one["path"] for one in package["resources"]] == [wacz.DATA, wacz.INDEX, wacz.PAGES]
    assert pages[0]["format"] == "json-pages-1.0"
    assert [page["url"] for page in pages[1:]] == [*URLS, "urn:assay:source:x"]
    # Two answers for each page, redirect and page; one file.
    assert len(index) == 7
    assert index == sorted(index)
    assert index[0].startswith("example,a:8080)/ ")


@pytest.mark.parametrize("name", ["archive/data.warc.gz", "indexes/index.cdxj", "datapackage.json"])
def test_a_change_of_any_part_is_found(archive, name):
    target = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as old, ZipFile(target, "w") as new:
        for one in old.namelist():
            data = old.read(one)
            new.writestr(one, data[:-9] + b"x" + data[-8:] if one == name else data)
    assert wacz.faults(target) != []


def test_what_is_no_archive_is_said_to_be_none():
    assert wacz.faults(io.BytesIO(b"nothing")) == ["BadZipFile"]


def test_one_copy_is_held_at_a_time():
    """Each is asked for only when what came before has gone out."""
    asked = []

    def many():
        for copy in copies():
            asked.append(copy.public_id)
            yield copy

    written = wacz.write("My desk", many(), program="Assay 1", at=now())
    assert sorted({len(asked) for _chunk in written}) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://Www.Example.org/A?B=c#d", "org,example,www)/a?b=c"),
        ("http://a.example:8080", "example,a:8080)/"),
        ("urn:assay:source:x", "urn:assay:source:x"),
    ],
)
def test_addresses_sort_by_host_from_its_end(url, key):
    assert wacz.key_of(url) == key
