"""Feeds in all their kinds, and what calls itself one."""

import socket

import pytest

from app.domain.errors import Invalid
from app.importers.feeds import MAX_BYTES, read_feed
from tests.cases import in_turn

URL = "https://a.example/feeds/all.xml"
RSS = "<rss version='2.0'><channel><title>News</title>{}</channel></rss>"
ITEM = "<item><title>A piece</title><link>{}</link></item>"


def rss(*urls: str) -> bytes:
    return RSS.format("".join(map(ITEM.format, urls))).encode()


def read(data: bytes, *, most: int = 200, **values):
    return read_feed(data, url=URL, most=most, **values)


@in_turn(
    "data",
    [
        rss("https://a.example/1"),
        b"<rss version='2.0'><channel><item><guid>https://a.example/1</guid></item></channel></rss>",
        b"""<feed xmlns='http://www.w3.org/2005/Atom'><entry>
            <link rel='self' href='/self'/><link rel='alternate' href='/1'/></entry></feed>""",
        b"""<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/'>
            <entry><link href='1'/></entry></feed>""",
        b"""<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'
            xmlns='http://purl.org/rss/1.0/'><item><link>https://a.example/1</link></item></rdf:RDF>""",
        rss("https://a.example/1") + b"<broken",
        rss("https://a.example/1").decode().encode("utf-16"),
        b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-16'?>" + rss("https://a.example/1"),
        b"<?xml version='1.0' encoding='punycode'?>" + rss("https://a.example/1"),
    ],
)
def test_every_kind_of_feed_is_read(data):
    assert read(data).urls == ("https://a.example/1",)


def test_links_are_resolved_and_come_once_and_only_what_can_be_fetched():
    odd = ("", "javascript:alert(1)", "ftp://a.example/", "http://u:p@a.example/", "/x\u202ey")
    feed = read(rss("/1", "2", "//b.example/3", "/1#top", "/1?utm_source=feed", *odd, "https://["))

    urls = ("https://a.example/1", "https://a.example/feeds/2", "https://b.example/3")
    assert (feed.urls, feed.left_out) == (urls, 8)


def test_the_newest_come_first_and_those_without_a_day_behind_them():
    dated = "<item><link>/{0}</link><pubDate>{0} Sep 2025 10:00:00 GMT</pubDate></item>"
    items = "".join(map(dated.format, ("04", "06", "05"))) + ITEM.format("/x") + ITEM.format("/y")
    feed = read(RSS.format(items).encode(), most=4)

    assert [url.rpartition("/")[2] for url in feed.urls] == ["06", "05", "04", "x"]
    assert feed.left_out == 1


def test_the_letters_are_those_that_are_declared():
    said = "<?xml version='1.0' encoding='iso-8859-1'?>" + RSS.format(ITEM.format("/é"))
    assert read(said.encode("latin-1")).urls == ("https://a.example/é",)
    unsaid = RSS.format(ITEM.format("/é")).encode("latin-1")
    assert read(unsaid, charset="iso-8859-1").urls == ("https://a.example/é",)


LAUGHS = """<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>"""


@in_turn(
    ("data", "code"),
    [
        (b"", "feed.none"),
        (b"<!DOCTYPE html><title>A page</title>", "feed.none"),
        (b"<html><body><rss>", "feed.none"),
        (b"\x89PNG\r\n\x1a\n\0\0", "feed.none"),
        (b"{}", "feed.none"),
        (RSS.format("").encode(), "feed.empty"),
        (rss(""), "feed.empty"),
        ((LAUGHS + RSS.format(ITEM.format("http://a.example/&c;"))).encode(), "feed.doctype"),
        ((LAUGHS + RSS.format(ITEM.format("/&c;"))).encode("utf-16"), "feed.doctype"),
        (b"<!DOCTYPE rss SYSTEM 'file:///etc/passwd'>" + rss("/1"), "feed.doctype"),
        (rss("/1") + b"<!entity a 'b'>", "feed.doctype"),
        (rss("/1") + b" " * MAX_BYTES, "feed.large"),
        (rss("/1") + b"<a " * 100_000, "feed.large"),
        (rss("/1") + b"&" * 2_000_000, "feed.large"),
        (rss(*(f"/{n}" for n in range(100_000))), "feed.large"),
    ],
)
def test_what_is_no_feed_is_refused(data, code):
    with pytest.raises(Invalid) as refusal:
        read(data)
    assert refusal.value.code == code


def test_nothing_is_opened_and_nothing_fetched(tmp_path, monkeypatch):
    file = tmp_path / "feed.xml"
    file.write_bytes(rss("/1"))
    monkeypatch.setattr(socket, "socket", None)
    monkeypatch.setattr(socket, "create_connection", None)

    for data in (str(file).encode(), b"http://127.0.0.1:1/feed.xml", b"file://" + bytes(file)):
        with pytest.raises(Invalid, match=r"^feed\.none$"):
            read(data)


def test_what_breaks_the_package_is_no_feed(monkeypatch):
    def broken(*_args, **_values):
        raise AssertionError

    monkeypatch.setattr("feedparser.parse", broken)
    with pytest.raises(Invalid, match=r"^feed\.none$"):
        read(rss("/1"))
