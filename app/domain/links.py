"""Web addresses: which are accepted, and when two name the same page."""

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from app.domain.errors import Invalid

MAX_LENGTH = 2_000
# PostgreSQL keeps no entry of more than 2,704 bytes in an index.
MAX_CANONICAL_BYTES = 2_000
MAX_HOST = 255
SCHEMES = frozenset({"http", "https"})
DEFAULT_PORTS = {"http": 80, "https": 443}
# Most addresses are spelled plainly already: a host in lower case, a path, and nothing behind it.
PLAINLY = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*/[!-\"$->@-~]*")
# Where a reader came from, not what is read.
TRACKING = frozenset({"fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "ref_src"})


def checked_link(value: str | None) -> str | None:
    """A web address as typed, without blanks around it; blank is None.

    Raises:
        Invalid: not http or https, no host, or longer than MAX_LENGTH characters.
    """
    value = (value or "").strip()
    if not value:
        return None
    if len(value) > MAX_LENGTH:
        raise Invalid("link.long", limit=MAX_LENGTH)
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise Invalid("link.shape") from None
    if parts.scheme.lower() not in SCHEMES or not host or any(c.isspace() for c in value):
        raise Invalid("link.scheme")
    if parts.username is not None or parts.password is not None:
        raise Invalid("link.credentials")
    return value


def plain_link(value: str) -> str:
    """The same page in one spelling: host in lower case, no fragment, port or tracking words."""
    if PLAINLY.fullmatch(value):
        return value
    parts = urlsplit(value)
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    if parts.port is not None and parts.port != DEFAULT_PORTS.get(scheme):
        host = f"{host}:{parts.port}"
    kept = [
        (name, text)
        for name, text in parse_qsl(parts.query, keep_blank_values=True)
        if name not in TRACKING and not name.startswith("utm_")
    ]
    return urlunsplit((scheme, host, parts.path or "/", urlencode(kept), ""))


def canonical_link(value: str) -> str:
    """What a page is known by: its plain link.

    One of more than MAX_CANONICAL_BYTES is named by its SHA-256, behind its host.
    """
    spelling = plain_link(value)
    octets = spelling.encode()
    if len(octets) <= MAX_CANONICAL_BYTES:
        return spelling
    parts = urlsplit(spelling)
    host = parts.netloc[:MAX_HOST]
    return f"{parts.scheme}://{host}/#sha256={hashlib.sha256(octets).hexdigest()}"


def host_of(value: str) -> str:
    """The host of an address, for showing beside a title."""
    return (urlsplit(value).hostname or "").removeprefix("www.")
