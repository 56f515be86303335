"""Servers that answer badly: each path a script, and what it is refused as.

``{c}`` in a place that is led to is the canary's port, ``{s}`` the server's own.
"""

import gzip
import zlib

from tests.hostile_server import HEAD, PAGE, answer, redirect

# Pauses between the octets of a drip, in seconds: each far shorter than what a fetch may take.
DRIP = 0.05
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
OPEN = HEAD + b"\r\n"
# Ends after what a test can wait for, and before it fills a disk.
MANY = 100_000
FINE = "(fetched)"


def led_to(place, **more):
    return lambda ports: redirect(place.format(**ports), **more)


def dripping(before, octets=b" "):
    def script(_ports):
        yield before
        for _ in range(100):
            yield DRIP
            yield octets

    return script


def endless(before, octets):
    def script(_ports):
        yield before
        for _ in range(MANY):
            yield octets

    return script


def plain(octets):
    return lambda _ports: octets


def packed(body, *ways):
    lines = [b"Content-Encoding: " + way for way in ways]
    return plain(answer(body, *lines))


REDIRECTS = [
    *(
        (f"leads to {place.format(c='…', s='…')}", led_to(place), code)
        for place, code in (
            ("http://127.0.0.1:{c}/", "fetch.address"),
            ("//127.0.0.1:{c}/", "fetch.address"),
            ("http://[::1]:{c}/", "fetch.address"),
            ("http://[::ffff:7f00:1]:{c}/", "fetch.address"),
            ("http://2130706433:{c}/", "fetch.host"),
            ("http://localhost:{c}/", "fetch.host"),
            ("http://inward.example:{c}/", "fetch.address"),
            ("http://169.254.169.254/latest/", "fetch.address"),
            ("http://ann:secret@127.0.0.1:{c}/", "fetch.credentials"),
            ("http://open.example:6379/", "fetch.port"),
            ("http://127.0.0.1:{c}\\@127.0.0.1:{s}/", "fetch.credentials"),
            ("file:///etc/passwd", "fetch.scheme"),
            ("gopher://127.0.0.1:{c}/", "fetch.scheme"),
            ("data:text/html,hello", "fetch.scheme"),
            ("javascript:alert(1)", "fetch.scheme"),
            ("http://[::1", "fetch.url"),
        )
    ),
    ("leads to a huge address", led_to("/" + "a" * 5_000), "fetch.long"),
    ("leads to a nought octet", led_to("/\0"), "fetch.nonsense"),
    ("leads to a carriage return", led_to("/\rX: y"), "fetch.nonsense"),
    ("leads to itself", led_to("{path}"), "fetch.loop"),
    ("leads on for ever", led_to("/on/1"), "fetch.redirects"),
    (
        "leads on with a megabyte",
        plain(answer(b"a" * 2**20, b"Location: /", status=b"302 F")),
        "fetch.large",
    ),
    ("leads to a name that turned inward", led_to("http://turning.example:{s}/"), "fetch.port"),
    (
        "sets a cookie and leads on",
        plain(redirect("/cookie", b"302 Found", b"Set-Cookie: seen=1")),
        FINE,
    ),
    (
        "asks to be left by a header",
        lambda ports: answer(PAGE, b"Refresh: 0;url=http://127.0.0.1:%d/" % ports["c"]),
        FINE,
    ),
    (
        "asks to be left by a tag",
        lambda ports: answer(
            b'<meta http-equiv=refresh content="0;url=http://127.0.0.1:%d/">' % ports["c"]
        ),
        FINE,
    ),
    (
        "names another place",
        lambda ports: answer(PAGE, b"Content-Location: http://127.0.0.1:%d/" % ports["c"]),
        FINE,
    ),
]
SLOW = [
    ("silence", dripping(b"", b""), "fetch.timeout"),
    ("a first line that drips", dripping(b"HTTP/1.1 200 ", b"O"), "fetch.timeout"),
    ("a head that drips", dripping(HEAD, b"X-A: b\r\n"), "fetch.timeout"),
    ("a header that drips", dripping(HEAD + b"X-A: ", b"b"), "fetch.timeout"),
    ("a body that drips", dripping(HEAD + b"Content-Length: 1000\r\n\r\n"), "fetch.timeout"),
    ("an open body that drips", dripping(OPEN), "fetch.timeout"),
    ("chunks that drip", dripping(CHUNKED, b"1\r\na\r\n"), "fetch.timeout"),
    ("a chunk's size that drips", dripping(CHUNKED + b"1;", b"a"), "fetch.timeout"),
    ("trailers that drip", dripping(CHUNKED + b"0\r\n", b"X-A: b\r\n"), "fetch.timeout"),
    ("early answers that drip", dripping(b"", b"HTTP/1.1 1"), "fetch.timeout"),
    ("redirects that take their time", led_to("/slowly/1"), "fetch.timeout"),
]
ENDLESS = [
    ("a first line without end", endless(b"HTTP/1.1 200 ", b"O" * 1000), "fetch.nonsense"),
    ("a header without end", endless(HEAD + b"X-A: ", b"b" * 1000), "fetch.headers"),
    ("headers without end", endless(HEAD, b"X-A: b\r\n"), "fetch.headers"),
    ("long headers without end", endless(HEAD, b"X-A: " + b"b" * 9000 + b"\r\n"), "fetch.headers"),
    ("early answers without end", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "fetch.nonsense"),
    ("a body without end", endless(OPEN, b"a" * 10_000), "fetch.large"),
    ("chunks without end", endless(CHUNKED, b"1000\r\n" + b"a" * 4096 + b"\r\n"), "fetch.large"),
    ("one chunk without end", endless(CHUNKED + b"ffffffff\r\n", b"a" * 10_000), "fetch.large"),
    ("a chunk's size without end", endless(CHUNKED + b"1;", b"a" * 1000), "fetch.nonsense"),
    ("trailers without end", endless(CHUNKED + b"0\r\n", b"X-A: b\r\n"), "fetch.headers"),
    ("a huge length", plain(answer(PAGE, length=10**12)), "fetch.large"),
    ("a length of forty digits", plain(answer(PAGE, length=10**40)), "fetch.large"),
]
FRAMES = [
    ("more announced than sent", plain(answer(PAGE, length=len(PAGE) + 5)), "fetch.cut-off"),
    ("less announced than sent", plain(answer(PAGE, length=5)), FINE),
    (
        "a length below nought",
        plain(answer(PAGE, b"Content-Length: -1", length=None)),
        "fetch.nonsense",
    ),
    (
        "a length that is none",
        plain(answer(PAGE, b"Content-Length: 0x10", length=None)),
        "fetch.nonsense",
    ),
    ("two lengths", plain(answer(PAGE, b"Content-Length: 3")), "fetch.nonsense"),
    (
        "two lengths in one",
        plain(answer(PAGE, b"Content-Length: 3, 4", length=None)),
        "fetch.nonsense",
    ),
    (
        "a length and chunks",
        plain(answer(b"0\r\n\r\n", b"Transfer-Encoding: chunked")),
        "fetch.nonsense",
    ),
    (
        "chunks in another packing",
        plain(answer(PAGE, b"Transfer-Encoding: gzip, chunked", length=None)),
        "fetch.nonsense",
    ),
    (
        "chunks of chunks",
        plain(answer(PAGE, b"Transfer-Encoding: chunked, chunked", length=None)),
        "fetch.nonsense",
    ),
    ("a chunk's size that is none", plain(CHUNKED + b"zz\r\naa\r\n"), "fetch.nonsense"),
    ("a chunk's size below nought", plain(CHUNKED + b"-1\r\naa\r\n"), "fetch.nonsense"),
    (
        "a chunk's size of twenty digits",
        plain(CHUNKED + b"f" * 20 + b"\r\naa\r\n"),
        "fetch.nonsense",
    ),
    ("a chunk longer than its size", plain(CHUNKED + b"1\r\naa\r\n0\r\n\r\n"), "fetch.nonsense"),
    ("a chunk that breaks off", plain(CHUNKED + b"ff\r\naa"), "fetch.cut-off"),
    ("chunks without a last one", plain(CHUNKED + b"1\r\na\r\n"), "fetch.cut-off"),
    ("a head that breaks off", plain(HEAD), "fetch.cut-off"),
]
BOMB = gzip.compress(b"a" * 10_000_000)
PACKED = [
    ("a compression bomb", packed(BOMB, b"gzip"), "fetch.large"),
    ("a bomb in many members", packed(gzip.compress(b"a" * 9_000) * 90, b"gzip"), "fetch.large"),
    ("empty members without end", packed(gzip.compress(b"") * 1_000, b"gzip"), "fetch.encoding"),
    ("a bomb in a bomb", packed(gzip.compress(BOMB), b"gzip, gzip"), "fetch.encoding"),
    (
        "a bomb in a bomb, by two headers",
        packed(gzip.compress(BOMB), b"gzip", b"gzip"),
        "fetch.encoding",
    ),
    (
        "a bomb in chunks",
        plain(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"%x\r\n%b\r\n0\r\n\r\n" % (len(BOMB), BOMB)
        ),
        "fetch.large",
    ),
    ("gzip that breaks off", packed(gzip.compress(PAGE)[:-9], b"gzip"), "fetch.cut-off"),
    ("gzip that is none", packed(PAGE, b"gzip"), "fetch.encoding"),
    (
        "gzip with a wrong sum",
        packed(gzip.compress(PAGE)[:-8] + b"12345678", b"gzip"),
        "fetch.encoding",
    ),
    ("deflate", packed(zlib.compress(PAGE), b"deflate"), "fetch.encoding"),
    ("another packing", packed(PAGE, b"br"), "fetch.encoding"),
]
NONSENSE = [
    ("HTTP/0.9", plain(b"<html>Welcome</html>"), "fetch.nonsense"),
    ("HTTP/2", plain(b"HTTP/2.0 200 OK\r\n\r\n"), "fetch.nonsense"),
    ("a status of four digits", plain(b"HTTP/1.1 2000 OK\r\n\r\n"), "fetch.nonsense"),
    ("a status of words", plain(b"HTTP/1.1 OK\r\n\r\n"), "fetch.nonsense"),
    ("a status of 999", plain(b"HTTP/1.1 999 No\r\n\r\n"), "fetch.nonsense"),
    (
        "another protocol offered",
        plain(b"HTTP/1.1 101 Switching\r\n\r\n" + answer()),
        "fetch.nonsense",
    ),
    ("octets of nothing", plain(bytes(range(256)) * 4), "fetch.nonsense"),
    ("a mail server", plain(b"220 mail.example ESMTP\r\n"), "fetch.nonsense"),
    ("a remote shell", plain(b"SSH-2.0-OpenSSH_9.6\r\n"), "fetch.nonsense"),
    ("nothing at all", plain(b""), "fetch.unreachable"),
    ("a header without a colon", plain(HEAD + b"hello\r\n\r\n"), "fetch.nonsense"),
    ("a header without a name", plain(HEAD + b": b\r\n\r\n"), "fetch.nonsense"),
    ("a blank before the colon", plain(HEAD + b"Content-Length : 5\r\n\r\n"), "fetch.nonsense"),
    ("a header on two lines", plain(HEAD + b"X-A: b\r\n c\r\n\r\n"), "fetch.nonsense"),
    ("a nought octet in a header", plain(HEAD + b"X-A: \0\r\n\r\n"), "fetch.nonsense"),
    ("a carriage return in a header", plain(HEAD + b"X-A: b\rX-B: c\r\n\r\n"), "fetch.nonsense"),
]

# Where a name is looked up again, on the way, and means something else by then.
TURNING = "leads to a name that turned inward"


def answers():
    """Every try that is a server: name, ports -> script, refused as."""
    return [*REDIRECTS, *SLOW, *ENDLESS, *FRAMES, *PACKED, *NONSENSE]
