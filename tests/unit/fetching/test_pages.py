"""Fetching a page: what comes back, what goes along, what is kept of the way."""

import gzip
from dataclasses import replace

import pytest

from app import __version__
from app.domain.errors import Refused
from app.fetching.pages import fetch
from tests.hostile_server import PAGE, answer, redirect


def test_a_page_comes_with_what_its_head_says(server, rules):
    server.scripts["/a?b=%C3%B6"] = answer(PAGE, b"X-Twice: 1", b"X-Twice: 2")

    page = fetch(f"{server.url}/a?b=ö#part", rules)

    assert (page.status, page.body) == (200, PAGE)
    assert (page.media_type, page.charset) == ("text/html", None)
    assert page.url == page.final_url == f"{server.url}/a?b=ö#part"
    assert 0 <= page.seconds < 5
    [kept] = page.exchanges
    assert kept.url == f"{server.url}/a?b=%C3%B6"
    assert (kept.address, kept.status, kept.reason) == ("127.0.0.1", 200, "OK")
    assert [value for name, value in kept.headers if name == "X-Twice"] == ["1", "2"]
    assert kept.request == server.asked[0]


def test_nothing_of_us_goes_along_but_a_name(server, rules, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ann password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.scripts["/"] = redirect("/b", b"302 Found", b"Set-Cookie: seen=1")
    server.scripts["/b"] = answer()

    fetch(f"{server.url}/", replace(rules, contact="https://desk.example"))

    for asked in server.asked:
        first, *lines = asked.decode().split("\r\n")
        assert first.startswith("GET /")
        assert [line.partition(":")[0] for line in lines if line] == [
            "Host",
            "User-Agent",
            "Accept",
            "Accept-Encoding",
            "Connection",
        ]
        assert f"User-Agent: Assay/{__version__} (+https://desk.example)" in lines
    assert len(server.asked) == 2


def test_a_contact_that_could_break_the_head_is_left_out(server, rules):
    server.scripts["/"] = answer()

    fetch(server.url, replace(rules, contact="https://desk.example)\r\nX: (y"))

    assert f"User-Agent: Assay/{__version__}\r\n".encode() in server.asked[0]


@pytest.mark.parametrize("status", [b"404 Not Found", b"500 ", b"304 Not Modified", b"302 No"])
def test_any_status_is_an_answer(server, rules, status):
    server.scripts["/"] = answer(b"", status=status)

    assert fetch(server.url, rules).status == int(status[:3])


def test_redirects_are_followed_and_kept(server, rules):
    server.scripts["/a"] = redirect("b", b"301 Moved")
    server.scripts["/b"] = redirect(f"{server.url}/c/ü", b"308 Moved")
    server.scripts["/c/%C3%BC"] = answer()

    page = fetch(f"{server.url}/a", rules)

    assert page.final_url == f"{server.url}/c/ü"
    assert [one.status for one in page.exchanges] == [301, 308, 200]
    assert page.body == PAGE


def test_five_redirects_are_followed_and_no_sixth(server, rules):
    for number in range(7):
        server.scripts[f"/{number}"] = redirect(f"/{number + 1}")
    server.scripts["/6"] = answer()

    assert fetch(f"{server.url}/1", rules).status == 200
    with pytest.raises(Refused, match=r"fetch\.redirects"):
        fetch(f"{server.url}/0", rules)


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        ([b"Content-Encoding: gzip"], gzip.compress(PAGE, mtime=0)),
        (
            [b"Content-Encoding: x-gzip, identity"],
            gzip.compress(PAGE[:5], mtime=0) + gzip.compress(PAGE[5:], mtime=0),
        ),
        ([b"Content-Encoding: identity"], PAGE),
        ([b"Content-Encoding: gzip"], gzip.compress(PAGE, mtime=0) + b"\0\0\0"),
    ],
    # What gzip makes holds the time.
    ids=["packed", "in two members", "as it is", "filled up"],
)
def test_the_body_is_unpacked_and_kept_as_it_came(server, rules, lines, body):
    server.scripts["/"] = answer(body, *lines)

    page = fetch(server.url, rules)

    assert page.body == PAGE
    assert page.exchanges[0].body == body


def test_chunks_are_joined(server, rules):
    server.scripts["/"] = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        b'5;a="b"\r\n<p>Th\r\n14\r\ne harbour holds.</p>\r\n0\r\nX-End: 1\r\n\r\n'
    )

    page = fetch(server.url, rules)

    assert page.body == page.exchanges[0].body == PAGE


def test_an_answer_may_end_with_the_line(server, rules):
    server.scripts["/"] = answer(PAGE, length=None)

    assert fetch(server.url, rules).body == PAGE


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (b"text/HTML; charset=UTF-8", ("text/html", "utf-8")),
        (b'application/pdf;a=b; Charset="iso-8859-1"', ("application/pdf", "iso-8859-1")),
        (b"text/html\xff", ("", None)),
        (b"x" * 200 + b"/y", ("", None)),
        (b"text/html; charset=" + b"\xe4", ("text/html", None)),
    ],
)
def test_the_type_is_told_only_where_it_is_one(server, rules, said, known):
    server.scripts["/"] = b"HTTP/1.0 200 OK\r\nContent-Type: " + said + b"\r\n\r\n"

    page = fetch(server.url, rules)

    assert (page.media_type, page.charset) == known


def test_what_lies_beyond_the_length_is_not_read(server, rules):
    server.scripts["/"] = answer(PAGE + b"<p>More.</p>", length=len(PAGE))

    assert fetch(server.url, rules).body == PAGE


def test_early_answers_are_passed_over(server, rules):
    server.scripts["/"] = b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n" + answer()

    assert fetch(server.url, rules).body == PAGE
