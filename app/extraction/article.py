"""From the bytes of a file to an article: its text, and what the page says about itself."""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from app.domain.encodings import known_encoding
from app.extraction.normalise import normalise

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3", "database"),
)
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I
)
_HEAD = 4096
# Reading takes longer than in proportion to these; pages of news have 3,000 and 14,000 at most.
_MOST_TAGS = 30_000
_MOST_ATTRIBUTES = 30_000
_MOST_WORDS_OF_TAG = 10_000
_MOST_ACCENTS = 0.15
_ASKED: dict[str, Any] = {"with_metadata": True, "include_comments": False}
_LANGUAGE = re.compile(r"<html[^>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)", re.I)


class UnreadableArticle(Exception):  # noqa: N818 - a refusal of the input, not a fault
    """A file from which no article can be read.

    Attributes:
        code: ``empty``, ``binary``, ``undecodable``, ``too_large`` or ``no_article``.
        values: named values for the sentence that a door makes of it.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """A normalised text, and what is known of it; None where the file does not say."""

    text: str
    title: str | None = None
    author: str | None = None
    date: str | None = None
    publisher: str | None = None
    language: str | None = None


def read_text(data: bytes, *, charset: str | None = None) -> ReadArticle:
    """The article in a plain text file.

    A byte order mark decides; without one the bytes are read as what their server said, then as
    UTF-8. Bytes that are neither are read as Windows-1252 only if that looks like prose: every byte
    has a meaning there, and at most 15 in 100 characters are accents or typographic marks. Anything
    else is ``undecodable``.
    """
    _refuse_binary(data)
    text = normalise(_decode(data, declared=charset))
    if not text.strip():
        raise UnreadableArticle("empty", bytes=len(data))
    return ReadArticle(text)


def read_html(data: bytes, url: str | None = None, *, charset: str | None = None) -> ReadArticle:
    """The article in a web page, without navigation, comments and advertisements.

    The byte order mark decides about the encoding, then the page's own declaration, then what its
    server said, then UTF-8.
    """
    _refuse_binary(data)
    if _is_crowded(data):
        raise UnreadableArticle("too_large", bytes=len(data))
    declared = _DECLARED.search(data[:_HEAD])
    page = _decode(data, declared=declared[1].decode("ascii") if declared else charset)
    found = _extracted(page, url)
    text = normalise(found.text or "") if found is not None else ""
    if found is None or not text.strip():
        raise UnreadableArticle("no_article", bytes=len(data), url=url)
    language = _LANGUAGE.search(page[:_HEAD])
    return ReadArticle(
        text=text,
        title=found.title or None,
        author=found.author or None,
        date=found.date or None,
        publisher=found.sitename or None,
        language=found.language or (language[1] if language else None),
    )


def _extracted(page: str, url: str | None) -> Any:  # noqa: ANN401 - the package has no types
    """The article as the extraction library finds it, or None."""
    # Loading it takes longer than everything else here; only a reader of pages pays for it.
    from trafilatura import bare_extraction  # noqa: PLC0415

    if not page.strip():
        return None
    found: Any = bare_extraction(page, url=url, favor_precision=True, **_ASKED)
    if found is None or not (found.text or "").strip():
        # A short page can be nothing but what looks like the lines around an article.
        return bare_extraction(page, url=url, **_ASKED)
    return found


def _is_crowded(data: bytes) -> bool:
    """Whether a page has so many tags or attributes that reading it would tie up a thread."""
    if data.count(b"<") > _MOST_TAGS or data.count(b"=") > _MOST_ATTRIBUTES:
        return True
    return any(
        len(tag.partition(b">")[0].split()) > _MOST_WORDS_OF_TAG
        for tag in data.split(b"<")
        if tag[:1].isalpha()
    )


def _refuse_binary(data: bytes) -> None:
    if not data.strip():
        raise UnreadableArticle("empty", bytes=len(data))
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise UnreadableArticle("binary", kind=kind)
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in data and not wide:
        raise UnreadableArticle("binary", kind="unknown")


def _decode(data: bytes, *, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    named = known_encoding(declared)
    # Windows-1252 is named, or meant, by many that are UTF-8, and nothing else looks like that.
    # A page that declares an unknown or a wrong encoding is often UTF-8 all the same.
    for encoding in ("utf-8",) if named in {None, "cp1252"} else (named, "utf-8"):
        with suppress(UnicodeError):
            return data.decode(encoding)
    # Where it is named, the few bytes without a meaning in it are left out.
    return data.decode("cp1252", "ignore") if named == "cp1252" else _western(data)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise UnreadableArticle("undecodable", encoding=encoding, at=problem.start) from problem


def _western(data: bytes) -> str:
    """The bytes as Windows-1252, when the result can be prose."""
    text = _decoded(data, "cp1252")
    accents = sum(letter > "\x7f" for letter in text)
    odd = sum(not (letter.isprintable() or letter.isspace()) for letter in text)
    if odd or accents > _MOST_ACCENTS * len(text):
        raise UnreadableArticle("undecodable", encoding="cp1252", at=None)
    return text
