"""Taking a web address apart, once: what is judged here is what is connected to and asked for.

Browsers and libraries read odd addresses in different ways. Whatever could be read in two is
refused, so that nobody can show one host to the judge and another one to the socket.
"""

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from urllib.parse import quote, urlsplit

from app.domain.errors import Refused
from app.fetching.addresses import Address

MAX_LENGTH = 4_000
MAX_HOST = 253
DEFAULT_PORTS = {"http": 80, "https": 443}
# The ports of the web, and the thousand where web servers stand beside others. No service that
# would take a request for orders of its own (mail, Redis, Memcached, IRC) listens on these.
PORTS = frozenset({80, 443, *range(8000, 9000)})
# Names that mean something else in every house, and names that are no host's.
INSIDE = frozenset(
    {
        *("localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home"),
        *("lan", "arpa", "onion", "invalid", "test"),
    }
)
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# What the standard for addresses in browsers takes for a number: 127, 0x7f, 0177.
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# What stands in a path or a query as it is; the percent sign begins what is written already.
PLAIN = "/%:?@!$&'()*+,;=-._~[]|"


@dataclass(frozen=True, slots=True)
class Target:
    """One web address as it is asked for.

    Attributes:
        host: in lower case and ASCII, without a dot at its end; a number as it is written shortest.
        address: where the host is a number, that number.
        path: with the query, percent-encoded.
        is_inside: the name of a host in somebody's own network, or a port that is none of the web's.
    """

    scheme: str
    host: str
    port: int
    path: str
    address: Address | None
    is_inside: bool

    @property
    def netloc(self) -> str:
        """Host and port as a request names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in one spelling, without a fragment."""
        return f"{self.scheme}://{self.netloc}{self.path}"


def target_of(url: str) -> Target:
    """The parts of a web address.

    Raises:
        Refused: it is none, or none that is fetched; the code says why.
    """
    if len(url) > MAX_LENGTH:
        raise Refused("fetch.long", limit=MAX_LENGTH)
    if not url.isprintable() or url != url.strip():
        raise Refused("fetch.url")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Refused("fetch.url") from None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise Refused("fetch.scheme")
    if "@" in parts.netloc:
        raise Refused("fetch.credentials")
    host, port = _host_and_port(parts.netloc, DEFAULT_PORTS[scheme])
    path = quote(parts.path or "/", safe=PLAIN)
    if not path.startswith("/"):
        raise Refused("fetch.url")
    query = f"?{quote(parts.query, safe=PLAIN)}" if parts.query else ""
    address = _number(host)
    return Target(
        scheme=scheme,
        host=str(address or host),
        port=port,
        path=path + query,
        address=address,
        is_inside=port not in PORTS or (address is None and _is_inside(host)),
    )


def _host_and_port(netloc: str, usual: int) -> tuple[str, int]:
    if netloc.startswith("["):
        literal, _, rest = netloc[1:].partition("]")
        host, is_port, port = _ipv6(literal), rest[:1] == ":", rest[1:]
        if rest and not is_port:
            raise Refused("fetch.url")
    else:
        name, is_colon, port = netloc.partition(":")
        host, is_port = _ascii(name), bool(is_colon)
    if not is_port or not port:
        return host, usual
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536):
        raise Refused("fetch.url")
    return host, int(port)


def _ipv6(literal: str) -> str:
    """An IPv6 address as it is written shortest; one with a zone lies in this machine's own net."""
    if "%" in literal:
        raise Refused("fetch.host")
    try:
        return str(IPv6Address(literal))
    except ValueError:
        raise Refused("fetch.url") from None


def _ascii(name: str) -> str:
    """A host's name as the net knows it: full-width signs made plain, other scripts in Punycode."""
    if not name:
        raise Refused("fetch.url")
    if len(name) > MAX_HOST or "%" in name:
        raise Refused("fetch.host")
    plain = unicodedata.normalize("NFKC", name).lower().replace("。", ".").removesuffix(".")
    labels = [_label(unicodedata.normalize("NFC", label)) for label in plain.split(".")]
    host = ".".join(labels)
    if len(host) > MAX_HOST:
        raise Refused("fetch.host")
    return host


def _label(label: str) -> str:
    if not label.isascii():
        if not all(unicodedata.category(sign)[0] in "LMN" or sign == "-" for sign in label):
            raise Refused("fetch.host")
        label = "xn--" + label.encode("punycode").decode("ascii")
    if not LABEL.fullmatch(label):
        raise Refused("fetch.host")
    return label


def _number(host: str) -> Address | None:
    """The address that a host is, where it is one; other ways of writing numbers are refused.

    ``127.1``, ``0x7f.1``, ``017700000001`` and ``2130706433`` are this machine to some programs.
    """
    if ":" not in host and not NUMBER.fullmatch(host.rpartition(".")[2]):
        return None
    try:
        return ip_address(host)
    except ValueError:
        raise Refused("fetch.host") from None


def _is_inside(host: str) -> bool:
    return "." not in host or host.rpartition(".")[2] in INSIDE
