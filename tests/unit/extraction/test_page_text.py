"""What a page or a PDF file says, and that reading what strangers wrote ends."""

import io
import subprocess
import sys
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from types import SimpleNamespace

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, StreamObject

from app.domain.errors import Invalid, Refused
from app.extraction import apart
from app.extraction.apart import MAX_TEXT, Limits, read_apart, read_article_apart
from app.extraction.document import document_in
from app.extraction.page_text import PART_BREAK, article_part, kind_of
from app.extraction.pdf_text import page_of
from app.jobs.lanes import PAGES
from tests.cases import in_turn

ARTICLE = """<!doctype html><html><head><title>Prices &amp; wages</title></head><body>
<nav>Home | Sport</nav><article><h1>Bread</h1>{}</article></body></html>"""
MHTML = (
    b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="XX"\r\n\r\n--XX\r\n'
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<html><body><p>Br=C3=B6tchen are dear.</p></body></html>\r\n--XX--\r\n"
)

# What Python calls encodings beside those of pages.
NO_CHARSETS = ("unicode_escape", "raw_unicode_escape", "utf-7", "punycode", "rot13", "hex", "idna")


def pdf(*texts: str, stream: bytes | None = None) -> bytes:
    """A PDF file with a page for each text; ``stream`` is the raw content of a first page."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    contents: list[StreamObject] = []
    if stream is not None:
        packed = StreamObject()
        packed._data = zlib.compress(stream)
        packed[NameObject("/Filter")] = NameObject("/FlateDecode")
        contents.append(packed)
    for text in texts:
        plain = DecodedStreamObject()
        plain.set_data(b"BT /F1 12 Tf 20 700 Td (" + text.encode() + b") Tj ET")
        contents.append(plain)
    for content in contents:
        page = writer.add_blank_page(600, 800)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
        )
        page[NameObject("/Contents")] = writer._add_object(content)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


@in_turn(
    ("data", "media_type", "kind"),
    [
        (b"%PDF-1.7 x", "text/html", "pdf"),
        (b"  <!DOCTYPE html><p>x", "", "html"),
        (b"x < y", "text/html", "html"),
        (b"Plain words", "", "text"),
        (b"Plain words", "text/plain", "text"),
        (b'{"a": 1}', "application/json", "other"),
        (MHTML, "", "mhtml"),
        (b"\x89PNG\r\n\x1a\n\0\0", "text/html", "other"),
        ("\ufeffWords".encode("utf-16"), "text/plain", "text"),
    ],
)
def test_the_kind_is_told_by_the_content_first(data, media_type, kind):
    assert kind_of(data, media_type) == kind


def test_an_article_comes_first_and_what_stands_around_it_after():
    body = "<p>Bread is dear this year, said the minister in the town hall.</p>" * 5
    text = read_apart(ARTICLE.format(body).encode(), kind="html").text
    assert "Bread is dear" in article_part(text)
    assert "Sport" not in article_part(text)
    around = text.removeprefix(article_part(text))
    assert around.startswith(PART_BREAK)
    assert "Sport" in around
    assert "Bread is dear" not in around


def test_without_an_article_it_is_all_that_can_be_seen():
    page = (
        b"<title>A &amp; B</title><script>bad()</script><style>x{}</style><ul><li>One<li>Two</ul>"
    )
    found = read_apart(page, kind="html")
    assert found.text.split() == ["One", "Two"]


@in_turn(
    ("data", "kind", "charset", "text"),
    [
        ("Grün".encode("latin-1"), "text", "iso-8859-1", "Grün"),
        ("Gru\u0308n\r\nx".encode(), "text", None, "Grün\nx"),
        ("\ufeffGrün".encode("utf-16"), "text", "utf-8", "Grün"),
        ("Grün".encode(), "text", "no-such-charset", "Grün"),
        *((rb"Gr\u00fcn+AGE-", "text", name, r"Gr\u00fcn+AGE-") for name in NO_CHARSETS),
        (MHTML, "mhtml", None, "Brötchen are dear."),
    ],
)
def test_texts_are_composed_whatever_they_came_in(data, kind, charset, text):
    assert read_apart(data, kind=kind, charset=charset).text.strip() == text


def test_many_blanks_are_read_in_one_go():
    page = b"<ul><li>One" + b" " * 400_000 + b"two" + b"\r\n\t" * 100_000 + b"three</ul>"
    found = read_apart(page, kind="html", limits=Limits(cpu=3))
    assert found.text.split() == ["One", "two", "three"]


def test_only_so_many_are_read_at_once(monkeypatch):
    """Each child may take a gigabyte; one more waits, and is refused where it waits for too long."""
    assert PAGES.most == apart.MOST_AT_ONCE
    at_once, most, go_on = set(), set(), threading.Event()

    def run(*_args, **_given):
        at_once.add(threading.get_ident())
        most.add(len(at_once))
        if len(at_once) == apart.MOST_AT_ONCE:
            go_on.set()
        go_on.wait(10)
        at_once.discard(threading.get_ident())
        return SimpleNamespace(stdout=b'{"text": "x", "title": ""}')

    monkeypatch.setattr(apart.subprocess, "run", run)
    with ThreadPoolExecutor(12) as pool:
        said = list(pool.map(lambda _: read_apart(b"x", kind="text").text, range(12)))
    assert said == ["x"] * 12
    assert max(most) == apart.MOST_AT_ONCE
    monkeypatch.setattr(apart, "WAIT_SECONDS", 0.01)
    with ExitStack() as held:
        for _ in range(apart.MOST_AT_ONCE):
            held.enter_context(apart._turns)
        with pytest.raises(Refused):
            read_apart(b"x", kind="text")
    assert read_apart(b"x", kind="text").text == "x"


def test_a_long_text_is_cut():
    assert len(read_apart(b"word " * 300_000, kind="text").text) == MAX_TEXT


def test_an_article_that_is_read_apart_is_the_same():
    said = "The council counted 14 new bridges in one year, and said so in its report. " * 9
    page = f"<html lang=de><title>Bridges</title><article><p>{said}</p></article></html>".encode()
    for data, is_html in ((page, True), (said.encode(), False)):
        assert read_article_apart(data, is_html=is_html) == document_in(data, is_html=is_html)
    with pytest.raises(Invalid, match=r"article\.empty"):
        read_article_apart(b"", is_html=False)


def test_an_article_that_takes_too_long_is_refused():
    with pytest.raises(Refused, match=r"copy\.unreadable"):
        read_article_apart(b"<p>So.</p>" * 9, is_html=True, limits=Limits(wall=0.01))


def test_the_pages_of_a_pdf_are_told_apart():
    found = read_apart(pdf("First page.", "Bread is dear.", "Last page."), kind="pdf")
    assert [text.strip() for text in found.text.split("\f")] == [
        "First page.",
        "Bread is dear.",
        "Last page.",
    ]
    assert page_of(found.text, found.text.index("Bread")) == 2


HOSTILE = {
    "no PDF at all": b"%PDF-1.7\nnothing",
    "cut off": pdf("Bread is dear.")[:300],
    "no text": pdf(),
    "odd bytes": b"%PDF-1.4\n" + bytes(range(256)) * 400,
    "nested": b"%PDF-1.4\n1 0 obj " + b"[" * 200_000,
}


@in_turn("name", HOSTILE)
def test_a_broken_pdf_is_refused(name):
    with pytest.raises(Refused) as refused:
        read_apart(HOSTILE[name], kind="pdf")
    assert refused.value.code == "copy.unreadable"


@pytest.mark.parametrize(
    "limits",
    [Limits(cpu=1), Limits(wall=1.0), Limits(memory=200 * 1024 * 1024)],
    ids=("processor", "clock", "memory"),
)
def test_a_pdf_that_explodes_is_stopped(limits):
    bomb = pdf(stream=b"BT /F1 12 Tf (a) Tj ET " * 4_000_000)
    assert len(bomb) < 1_000_000
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        read_apart(bomb, kind="pdf", limits=limits)
    assert refused.value.code == "copy.unreadable"
    assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(b"<div>" * 300_000, id="deep"),
        *(
            pytest.param(page, id=name, marks=pytest.mark.thorough)
            for name, page in {
                "attributes": b"<p " + b"a=1 " * 300_000 + b">x",
                "comments": b"<!-- " * 100_000,
                "entities": b"&amp" * 300_000,
                "tables": b"<html><body>" + b"<table><tr><td>" * 20_000 + b"x",
                "cdata": b"<![CDATA[" * 100_000,
            }.items()
        ),
    ],
)
def test_reading_a_hostile_page_ends(page):
    began = time.monotonic()
    try:
        found = read_apart(page, kind="html", limits=Limits(cpu=2, wall=8)).text
    except Refused as refusal:
        found = refusal.code
    assert len(found) <= MAX_TEXT
    assert time.monotonic() - began < 30


def test_the_child_gets_nothing_of_the_desk_s_settings(monkeypatch):
    seen = {}

    class Done:
        stdout = b'{"text": "x", "title": ""}'

    monkeypatch.setattr(apart.subprocess, "run", lambda *_args, **given: seen.update(given) or Done)
    monkeypatch.setenv("ASSAY_SECRET_KEY", "known")
    read_apart(b"x", kind="text")
    assert "ASSAY_SECRET_KEY" not in seen["env"]


def test_whoever_reads_apart_ends_with_whoever_asked_for_it():
    child = (
        "from app.extraction.apart import end_with_parent; end_with_parent(); print(1, flush=True)"
    )
    child += "; import time; time.sleep(60)"
    program = "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', sys.argv[1]])"
    program += "; p.wait()"
    asked = subprocess.Popen([sys.executable, "-c", program, child], stdout=subprocess.PIPE)
    assert asked.stdout.readline() == b"1\n"

    asked.kill()

    # The line is closed once nobody holds it any more: not the one killed, not its child.
    assert asked.communicate(timeout=30)[0] == b""


# A font of which one letter stands for half a character: as a file from anywhere may have it.
HALVES = b"""%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R
/Resources << /Font << /F1 5 0 R >> >> >>
endobj
4 0 obj
<< /Length 43 >>
stream
BT /F1 24 Tf 100 700 Td (BBAABB hello) Tj ET
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>
endobj
6 0 obj
<< /Length 204 >>
stream
/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
2 beginbfchar
<41> <D800>
<42> <0042>
endbfchar endcmap end end
endstream
endobj
trailer << /Size 7 /Root 1 0 R >>
startxref
0
%%EOF
"""


def test_halves_of_characters_are_replaced_before_anything_is_kept():
    assert read_apart(HALVES, kind="pdf").text == "BB??BB hello"
