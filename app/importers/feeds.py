"""Feeds (RSS 0.9 to 2.0, RFC 4287 Atom): the addresses of their articles, out of bytes that are here.

The package that reads them would also fetch: what looks like an address, it asks for, and what looks
like the name of a file, it opens. So it is given a stream, which it only reads.
"""

import io
import re
from calendar import timegm
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from app.domain.encodings import known_encoding
from app.domain.errors import Invalid
from app.domain.intakes import fetchable_ones
from app.domain.sniffing import HEAD, is_page

MAX_BYTES = 5_000_000
# Reading takes longer than in proportion to these where a feed is broken.
MOST_TAGS = 60_000
MOST_ENTITIES = 1_000_000
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.I)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.I)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Feed:
    """The addresses of a feed's articles, the newest first; ``left_out``: of no use or too many."""

    urls: tuple[str, ...]
    left_out: int


def read_feed(data: bytes, *, url: str, charset: str | None = None, most: int) -> Feed:
    """The addresses in a feed that was fetched from ``url``, against which they are resolved.

    Raises:
        Invalid: it is no feed, has a DTD, is too large, cannot be decoded, or names no article.
    """
    if len(data) > MAX_BYTES or data.count(b"<") > MOST_TAGS or data.count(b"&") > MOST_ENTITIES:
        raise Invalid("feed.large")
    text = _text(data, charset)
    if _DOCTYPE.search(text):
        raise Invalid("feed.none" if is_page(data) else "feed.doctype")
    entries = _entries(_DECLARATION.sub("", text, count=1).lstrip(), url)
    named = [_address(entry, url) for entry in sorted(entries, key=_age)]
    # An empty link leads to the feed itself.
    urls = fetchable_ones([one for one in named if one not in {"", url}])
    if not urls:
        raise Invalid("feed.empty")
    return Feed(tuple(urls[:most]), len(named) - len(urls[:most]))


def _text(data: bytes, charset: str | None) -> str:
    """A feed as text: its own mark decides, then its declaration, then what its server said."""
    declared = _DECLARED.search(data[:HEAD])
    names = (
        next((name for mark, name in _MARKS if data.startswith(mark)), None),
        known_encoding(declared[1].decode("ascii")) if declared else None,
        known_encoding(charset),
        "utf-8",
        "cp1252",
    )
    for name in filter(None, names):
        try:
            return data.decode(name)
        except UnicodeError:
            continue
    raise Invalid("feed.encoding")


def _entries(text: str, url: str) -> list[Any]:
    """The entries of a feed, in its order.

    Raises:
        Invalid: it is no feed, or one that breaks the package.
    """
    import feedparser  # noqa: PLC0415 - 0.8 MB and 38 modules, for whoever reads a feed

    try:
        found = feedparser.parse(
            io.BytesIO(text.encode()),
            response_headers={
                "content-type": "application/xml; charset=utf-8",
                "content-location": url,
            },
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception:  # noqa: BLE001 - whatever a stranger's document breaks in there
        raise Invalid("feed.none") from None
    if not found.get("version"):
        raise Invalid("feed.none")
    return list(found.entries)


def _address(entry: Any, base: str) -> str:  # noqa: ANN401 - the package has no types
    try:
        return urljoin(base, str(entry.get("link") or "").strip())
    except ValueError:
        return ""


def _age(entry: Any) -> float:  # noqa: ANN401 - the package has no types
    """What sorts the newest first, and those without a day behind them in their own order."""
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return -float(timegm(moment)) if moment else 0.0
    except (ValueError, OverflowError):
        return 0.0
