"""Within which limits pages are fetched, and what of the house's own network may be reached."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network

from app.config.reading import bad, number, public_url, text

MEGABYTE = 1024 * 1024
LAST_PORT = 65_535
ALLOWED = re.compile(
    r"(?P<four>[0-9./]+)(?::(?P<port_four>[0-9]{1,5}))?"
    r"|\[(?P<six>[0-9a-f:./]+)\](?::(?P<port_six>[0-9]{1,5}))?"
    r"|(?P<bare>[0-9a-f:./]+)",
    re.I,
)
WAYS = ("four", "six", "bare")
# No house has a network of more addresses than the largest private ones.
WIDEST = {4: 8, 6: 7}


@dataclass(frozen=True, slots=True)
class FetchRules:
    """How pages are fetched from elsewhere.

    Attributes:
        seconds: how long one page may take, redirects included.
        max_bytes: of one answer, as sent and after decompression.
        allow: addresses of the house's own network that may be reached though they are private,
            each with a port or None for any.
        contact: an address at which whoever is asked can see who asks; blank for none.
    """

    seconds: int = 30
    max_bytes: int = 20 * MEGABYTE
    allow: tuple[tuple[str, int | None], ...] = ()
    contact: str = ""


def fetch_rules(environ: Mapping[str, str]) -> FetchRules:
    """How pages are fetched.

    Raises:
        Refused: ``settings.bad``.
    """
    allow = text(environ, "ASSAY_FETCH_ALLOW", "")
    return FetchRules(
        seconds=number(environ, "ASSAY_FETCH_SECONDS", 30, within=(1, 120)),
        max_bytes=MEGABYTE * number(environ, "ASSAY_FETCH_MAX_MB", 20, within=(1, 200)),
        allow=tuple(_allowed(one.strip()) for one in allow.split(",") if one.strip()),
        contact=public_url(environ) or "",
    )


def _allowed(raw: str) -> tuple[str, int | None]:
    """One network of the house, ``10.1.2.3``, ``10.1.0.0/16:8080`` or ``[fd00::5]:80``."""
    found = ALLOWED.fullmatch(raw)
    parts = found.groupdict() if found else {}
    try:
        network = ip_network(next((parts[way] for way in WAYS if parts.get(way)), ""))
        port = int(parts["port_six"] or parts["port_four"] or 0)
    except ValueError:
        said = f"“{raw}” is no address or network, with a port or without, such as 10.1.2.3:8080."
        raise bad("ASSAY_FETCH_ALLOW", said) from None
    if network.prefixlen < WIDEST[network.version] or port > LAST_PORT:
        raise bad("ASSAY_FETCH_ALLOW", f"“{raw}” is more than a house has.")
    return str(network), port or None
