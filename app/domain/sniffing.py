"""What the first bytes of a document say that it is, whatever its server calls it."""

import re

HEAD = 1_024
_FEED = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.I)


def head_of(data: bytes) -> bytes:
    """The first bytes in lower case, with one byte a letter in UTF-16 too."""
    return data[:HEAD].replace(b"\0", b"").lower()


def is_page(data: bytes) -> bool:
    """Whether this begins like a web page."""
    head = head_of(data)
    return b"<!doctype html" in head or b"<html" in head


def is_feed(data: bytes) -> bool:
    """Whether this begins like a feed."""
    return _FEED.search(head_of(data)) is not None and not is_page(data)
