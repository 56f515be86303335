"""A file as an article: its normalised text, and what it says of itself."""

from dataclasses import dataclass

from app.domain.dates import partial_date
from app.domain.errors import Invalid
from app.extraction.article import UnreadableArticle, read_html, read_text

REFUSED = {
    "empty": "article.empty",
    "binary": "article.binary",
    "undecodable": "article.encoding",
    "no_article": "article.none",
    "too_large": "article.crowded",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as a file or a form holds it; ``text`` is normalised."""

    text: str
    title: str = ""
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None


def document_in(data: bytes, *, is_html: bool, charset: str | None = None) -> Document:
    """The article in the bytes of a file; ``charset`` is what its server said of it, if any did.

    Raises:
        Invalid: it is empty, no text, or holds no article; the code says which.
    """
    try:
        found = (read_html if is_html else read_text)(data, charset=charset)
    except UnreadableArticle as problem:
        raise Invalid(REFUSED[problem.code]) from None
    return Document(
        text=found.text,
        title=found.title or "",
        publisher=found.publisher,
        author=found.author,
        published=_date(found.date),
        language=(found.language or "").split("-")[0].lower() or None,
    )


def _date(said: str | None) -> str | None:
    """What a page says of itself is a help, not an order: a date that cannot be is left out."""
    try:
        return partial_date(said)
    except Invalid:
        return None
