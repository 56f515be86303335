"""What was pasted or sent as a file, as the text of an article."""

from dataclasses import dataclass
from pathlib import PurePath

from app.domain.dates import partial_date
from app.domain.errors import Invalid
from app.extraction.article import UnreadableArticle, read_html, read_text
from app.extraction.normalise import normalise
from app.workflow.articles import MAX_TEXT

# A larger page is mostly something else than text, and is read for too long.
MAX_FILE_MB = 5
REFUSED = {
    "empty": "article.empty",
    "binary": "article.binary",
    "undecodable": "article.encoding",
    "no_article": "article.none",
}
HTML = frozenset({".html", ".htm", ".xhtml"})
TEXT = frozenset({".txt", ".text", ".md", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article's normalised text, and what its file says about it."""

    text: str
    title: str = ""
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None


def read_document(pasted: str, name: str = "", data: bytes | None = None) -> Document:
    """The article in a pasted text, or in a file with its name.

    Raises:
        Invalid: it is empty, too long, no text, or holds no article; ``field`` names where.
    """
    if data is None:
        return Document(text=_checked(normalise(pasted), "text"))
    ending = PurePath(name).suffix.lower()
    if ending not in HTML | TEXT:
        raise Invalid("article.binary", field="file")
    if len(data) > MAX_FILE_MB * 1_000_000:
        raise Invalid("article.large", field="file", limit=MAX_FILE_MB)
    try:
        found = (read_html if ending in HTML else read_text)(data)
    except UnreadableArticle as problem:
        raise Invalid(REFUSED[problem.code], field="file") from None
    return Document(
        text=_checked(found.text, "file"),
        title=found.title or "",
        publisher=found.publisher,
        author=found.author,
        published=_date(found.date),
        language=(found.language or "").split("-")[0].lower() or None,
    )


def _checked(text: str, field: str) -> str:
    if not text.strip():
        raise Invalid("article.empty", field=field)
    if len(text) > MAX_TEXT:
        raise Invalid("article.long", field=field, limit=MAX_TEXT)
    return text


def _date(value: str | None) -> str | None:
    """What a page says of itself is a help, not an order: a date that cannot be is left out."""
    try:
        return partial_date(value)
    except Invalid:
        return None
