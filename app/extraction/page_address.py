"""Which address a page gives as its own: RFC 6596, the canonical link relation."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

# Heads of news pages hold whole style sheets before it.
_SEARCHED = 600_000
# Neither runs over the next tag: a head full of what begins like one is read in one go.
_LINK = re.compile(rb"<link\b([^<>]{1,4000})>", re.I)
_ATTRIBUTE = re.compile(
    r"""([a-z-]{1,20})\s{0,9}=\s{0,9}(?:"([^"]{0,2500})"|'([^']{0,2500})'|([^\s"'>]{1,2500}))""",
    re.I,
)


def address_of_page(page: bytes, *, final_url: str) -> str:
    """The address of a page that was found at ``final_url``, after all redirects.

    What the page itself says counts where it names another address on the same host. A site whose
    every page names its front page says nothing with it.
    """
    for tag in _LINK.finditer(page[:_SEARCHED]):
        named = _attributes(tag[1].decode("utf-8", "replace"))
        if "canonical" in named.get("rel", "").lower().split():
            return _chosen(unescape(named.get("href", "")).strip(), final_url)
    return final_url


def _attributes(tag: str) -> dict[str, str]:
    found = dict[str, str]()
    for name, *values in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), "".join(values))
    return found


def _chosen(href: str, final_url: str) -> str:
    try:
        said, here = urlsplit(urljoin(final_url, href)), urlsplit(final_url)
        is_here = said.hostname == here.hostname and said.port == here.port
    except ValueError:
        return final_url
    if not href or not is_here or said.username is not None:
        return final_url
    if said.path in {"", "/"} and not said.query and here.path not in {"", "/"}:
        return final_url
    # Fetched over https, a page is not named by http.
    return said._replace(scheme=here.scheme, fragment="").geturl()
