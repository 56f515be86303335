"""A list of addresses as somebody writes it: one a line, each of them one that can be fetched."""

import re
from dataclasses import dataclass

from app.domain.errors import Invalid
from app.domain.links import MAX_LENGTH, canonical_link, checked_link

MOST_ADDRESSES = 500
# Of a feed, so many of the newest are taken.
MOST_OF_FEED = 200
COMMENT = "#"
# What cannot be seen, but changes in which order the letters of an address are seen.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_OF_LINE = {
    "link.long": "intake.line-long",
    "link.credentials": "intake.line-credentials",
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """What is to be fetched; ``doubled``: how many lines named a page once more."""

    urls: tuple[str, ...]
    feed: str | None
    doubled: int


def addresses_in(text: str, *, feed: str | None = None) -> Addresses:
    """The addresses of a list, the same page once; blank lines and those that begin with # are none.

    Raises:
        Invalid: a line is no address (``line`` says which, from 1), there are too many or none;
            ``field`` is ``urls`` or ``feed``.
    """
    found = dict[str, str]()
    named = 0
    for number, written in enumerate(text.split("\n"), start=1):
        line = written.strip()
        if not line or line.startswith(COMMENT):
            continue
        url = _of_line(line, number)
        found.setdefault(canonical_link(url), url)
        named += 1
    if len(found) > MOST_ADDRESSES:
        raise Invalid("intake.many", field="urls", limit=MOST_ADDRESSES)
    of_feed = _of_feed(feed)
    if not found and of_feed is None:
        raise Invalid("intake.none", field="urls")
    return Addresses(tuple(found.values()), of_feed, named - len(found))


def fetchable(value: str) -> str:
    """An address that can be fetched and shown.

    Raises:
        Invalid: it is blank, no web address, or holds characters that cannot be seen.
    """
    if _UNSEEN.search(value):
        raise Invalid("link.shape")
    url = checked_link(value)
    if url is None:
        raise Invalid("link.scheme")
    return url


def fetchable_ones(values: list[str]) -> list[str]:
    """Those of some addresses that can be fetched, in their order, the same page once."""
    found = dict[str, str]()
    for value in values:
        try:
            url = fetchable(value)
        except Invalid:
            continue
        found.setdefault(canonical_link(url), url)
    return list(found.values())


def _of_line(line: str, number: int) -> str:
    try:
        return fetchable(line)
    except Invalid as refusal:
        code = _OF_LINE.get(refusal.code, "intake.line")
        raise Invalid(code, field="urls", line=number, limit=MAX_LENGTH) from None


def _of_feed(feed: str | None) -> str | None:
    if not (feed or "").strip():
        return None
    try:
        return fetchable((feed or "").strip())
    except Invalid as refusal:
        raise Invalid(refusal.code, **{**refusal.values, "field": "feed"}) from None
