"""What a page says: the article in it, then what else can be read on it; of any page, any encoding."""

import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from app.domain.encodings import known_encoding
from app.extraction.article import UnreadableArticle, read_html, read_text
from app.extraction.normalise import normalise

PDF, HTML, TEXT, MHTML, OTHER = "pdf", "html", "text", "mhtml", "other"
MEDIA_TYPES = {PDF: "application/pdf", HTML: "text/html", TEXT: "text/plain"}
MEDIA_TYPES |= {MHTML: "multipart/related", OTHER: "application/octet-stream"}
PAGES = frozenset({"text/html", "application/xhtml+xml"})
_HEAD = 4096
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p)\b", re.I)
_MHTML = re.compile(rb"(?:^|\n)content-type:\s*multipart/related", re.I)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "object"})
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strong"
    "|sub|sup|time|u|var|wbr"
)
_BLANKS = re.compile(r"[^\S\n]+")
# Between the article of a page and what stands around it: captions, boxes, tables, menus.
PART_BREAK = "\n\f\n"
# So many words in a row tell that a line is one of the article's.
_RUN = 5
# Only for what _BLANKS went over: many blanks in a row would take it time that grows with their square.
_LINES = re.compile(r"\s*\n\s*")
_ONE_LINE = str.maketrans("\r\n", "  ")


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says, normalised (NFC, LF), and what it calls itself; blank where it does not."""

    text: str
    title: str = ""


def kind_of(data: bytes, media_type: str = "") -> str:
    """What some bytes are, told by themselves first; ``media_type`` is what was said of them."""
    head = data[:_HEAD].lstrip()
    if b"%PDF-" in data[:1024]:
        return PDF
    if _MHTML.search(head) and b"mime-version:" in head.lower():
        return MHTML
    is_text = b"\0" not in data[:_HEAD] or head.startswith(_MARKS[1:])
    if not is_text:
        return OTHER
    if media_type in PAGES or _HTML.search(head):
        return HTML
    return TEXT if media_type in {"", "text/plain"} or media_type.startswith("text/") else OTHER


def page_text(data: bytes, *, kind: str, charset: str | None = None) -> PageText:
    """What a page in HTML, a plain text or a page saved as MHTML says.

    Args:
        data: the page as it came, after decompression.
        kind: ``html``, ``text`` or ``mhtml``.
        charset: what the answer's header called its encoding; a byte order mark is believed first.

    Raises:
        UnreadableArticle: nothing can be read from it.
    """
    if kind == MHTML:
        data, charset = _page_of(data)
        kind = HTML
    data = _as_utf8(data, charset)
    if kind == TEXT:
        return PageText(read_text(data).text)
    try:
        found = read_html(data)
    except UnreadableArticle as problem:
        if problem.code not in {"no_article", "too_large"}:
            raise
        said = _seen(data)
        if not said.text:
            raise UnreadableArticle("empty", bytes=len(data)) from problem
        return said
    rest = _around(found.text, _seen(data).text)
    text = found.text + (PART_BREAK + rest if rest else "")
    return PageText(text, normalise(found.title or "").strip())


def article_part(text: str) -> str:
    """Of the text of a page, its article; all of it where none was found."""
    return text.partition(PART_BREAK)[0]


def _seen(data: bytes) -> PageText:
    seen = _Seen()
    seen.feed(data.decode("utf-8", errors="replace"))
    seen.close()
    return seen.said()


def _around(article: str, everything: str) -> str:
    """The lines of a page that are none of its article's; told by runs of words, in one pass."""
    lines = {" ".join(line.split()) for line in article.splitlines()}
    runs = set(_runs(article))
    return "\n".join(
        line
        for line in everything.splitlines()
        if line not in lines and not (any(_runs(line)) and runs.issuperset(_runs(line)))
    )


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = text.split()
    return zip(*(words[at:] for at in range(_RUN)), strict=False)


def _as_utf8(data: bytes, charset: str | None) -> bytes:
    """The bytes in UTF-8 with its mark, where the header names an encoding that they are in."""
    encoding = known_encoding(charset)
    if encoding is not None and not data.startswith(_MARKS):
        with suppress(UnicodeError):
            return codecs.BOM_UTF8 + data.decode(encoding).encode()
    return data


def _page_of(data: bytes) -> tuple[bytes, str | None]:
    """The first page in a file that holds a page with its parts (RFC 2557), and its encoding."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in PAGES:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload, part.get_content_charset()
    raise UnreadableArticle("no_article", bytes=len(data))


class _Seen(HTMLParser):
    """All the text of a page that a reader sees, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._title: list[str] = []
        self._unseen: list[str] = []
        self._is_title = False

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or something that nobody sees."""
        self._is_title = tag == "title"
        if tag == "body":
            self._unseen.clear()
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif not _INLINE.fullmatch(tag):
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a line, or something that nobody sees."""
        self._is_title = False
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        elif not _INLINE.fullmatch(tag):
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Take some text."""
        if self._is_title:
            self._title.append(data)
        elif not self._unseen:
            self._parts.append(data.translate(_ONE_LINE))

    def said(self) -> PageText:
        """What was seen."""
        text = _BLANKS.sub(" ", normalise("".join(self._parts)))
        page = PageText(_LINES.sub("\n", text).strip())
        return replace(page, title=" ".join(normalise("".join(self._title)).split()))
