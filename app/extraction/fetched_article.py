"""A page that was fetched as an article: its text, what it says of itself, its own address."""

from dataclasses import replace

from app.domain.errors import Invalid, Refused
from app.domain.fetched import Fetched
from app.domain.intakes import fetchable
from app.domain.sniffing import is_feed, is_page
from app.extraction.apart import MAX_TEXT, read_apart, read_article_apart
from app.extraction.document import Document
from app.extraction.normalise import normalise
from app.extraction.page_address import address_of_page
from app.extraction.page_text import PDF, kind_of
from app.extraction.pdf_lines import paragraphs

# A larger page is mostly something else than text, and is read for too long.
MAX_PAGE_BYTES = 5_000_000
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TEXTS = frozenset({"", "text/plain", "text/markdown"})
_XML = frozenset({"application/xml", "text/xml", "application/rss+xml", "application/atom+xml"})
# What a document is refused for, in the words for one that was fetched.
_REFUSED = {
    "article.empty": "intake.empty",
    "article.binary": "intake.kind",
    "article.encoding": "intake.encoding",
    "article.none": "intake.no-article",
    "article.crowded": "intake.crowded",
}


def article_in(page: Fetched) -> Document:
    """The article in a page; its ``url`` is where it is found again.

    That is the address that the page gives as its own, where it lies on the same host, else where
    the last redirect led.

    Raises:
        Invalid: it is no text, too large, or holds no article.
    """
    if kind_of(page.body, page.media_type) == PDF:
        return _pdf(page)
    is_html = _is_html(page)
    if len(page.body) > MAX_PAGE_BYTES:
        raise Invalid("intake.large")
    try:
        found = read_article_apart(page.body, is_html=is_html, charset=page.charset)
    except Invalid as refusal:
        raise Invalid(_REFUSED.get(refusal.code, refusal.code)) from None
    except Refused:
        raise Invalid("intake.slow") from None
    return replace(found, url=_address(page) if is_html else page.final_url)


def _pdf(page: Fetched) -> Document:
    """What a PDF file says, read apart: it may be made to take all the time that there is."""
    try:
        found = read_apart(page.body, kind=PDF)
    except Refused:
        raise Invalid("intake.unreadable") from None
    if len(found.text) >= MAX_TEXT:
        raise Invalid("intake.long")
    return Document(text=normalise(paragraphs(found.text)), title=found.title, url=page.final_url)


def _address(page: Fetched) -> str:
    try:
        return fetchable(address_of_page(page.body, final_url=page.final_url))
    except Invalid:
        return page.final_url


def _is_html(page: Fetched) -> bool:
    """Whether it is a web page, or else a plain text.

    Raises:
        Invalid: it is neither.
    """
    kind = page.media_type
    if kind in _PAGES:
        return True
    if kind in _TEXTS | _XML and is_feed(page.body):
        raise Invalid("intake.is-feed")
    if kind in _TEXTS | _XML and is_page(page.body):
        return True
    if kind not in _TEXTS:
        raise Invalid("intake.kind")
    return False
