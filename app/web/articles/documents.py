"""What was pasted or sent as a file, as the text of an article."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from app.domain.dates import partial_date
from app.domain.errors import Invalid
from app.domain.links import checked_link
from app.extraction.article import read_html, read_text
from app.extraction.normalise import normalise
from app.workflow.articles import MAX_TEXT

HTML = frozenset({".html", ".htm", ".xhtml"})
TEXT = frozenset({".txt", ".text", ".md", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article's normalised text, and what its file says about it."""

    text: str
    title: str = ""
    url: str | None = None
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
        raise Invalid("article.kind", field="file")
    try:
        found = _from_html(data) if ending in HTML else Document(text=read_text(data))
    except Invalid as refusal:
        raise Invalid(refusal.code, **{"field": "file", **refusal.values}) from None
    _checked(found.text, "file")
    return found


def _checked(text: str, field: str) -> str:
    if not text.strip():
        raise Invalid("article.empty", field=field)
    if len(text) > MAX_TEXT:
        raise Invalid("article.long", field=field, limit=MAX_TEXT)
    return text


def _from_html(data: bytes) -> Document:
    """What a web page says of itself is a help, not an order: what cannot be is left out."""
    found = read_html(data)
    return Document(
        text=found.text,
        title=found.title or "",
        url=_or_none(checked_link, found.url),
        publisher=found.publisher,
        author=found.author,
        published=_or_none(partial_date, found.published),
        language=(found.language or "").split("-")[0] or None,
    )


def _or_none(rule: Callable[[str | None], str | None], value: str | None) -> str | None:
    try:
        return rule(value)
    except Invalid:
        return None
