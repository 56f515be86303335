"""Names under which the article's own publisher may appear; it is never a source of itself."""

import re
from urllib.parse import urlsplit

from app.extraction import lexicon as lex
from app.extraction.agents import without_possessive
from app.extraction.wordlist import word_set

_WIRES = {
    "ap": "associated press",
    "afp": "agence france-presse",
    "pti": "press trust of india",
    "reuters": "reuters",
    "upi": "united press international",
    "ani": "asian news international",
    "dpa": "deutsche presse-agentur",
    "cp": "canadian press",
    "pa": "pa media",
}
_DATELINE = re.compile(r"\((?P<wire>[A-Za-z]{2,8})\)\s*[-–—]")
_SIGN_OFF = re.compile(r"(?:^|[\s(])(?P<wire>[A-Za-z]{2,8})[)\s]*$")
_BEGINNING = 300
_SUBDOMAINS = word_set("www edition amp m news co com org net uk in au us ca info mobile en")
_GENERIC = re.compile(r"\b(?:news|magazine|online|newspaper|media|the|com)\b|[^\w]")


def own_names(text: str, *, publisher: str | None, url: str | None) -> frozenset[str]:
    """The publisher, its address and the agency whose copy is printed, in comparable form."""
    own = {_key(publisher)} if publisher else set()
    own |= {_key(part) for part in _host_words(url)}
    words = (publisher or "").lower().split()
    if len(words) > 1 and words[-1] in lex.OUTLET_WORDS:
        # "the Gazette" in an article of the Port Gazette.
        own.add(_key(words[-1]))
    for pattern, part in ((_DATELINE, text[:_BEGINNING]), (_SIGN_OFF, text[-20:])):
        match = pattern.search(part)
        wire = match["wire"].lower() if match else ""
        if wire in _WIRES and match and match["wire"][0].isupper():
            own |= {_key(wire), _key(_WIRES[wire])}
    return frozenset(own - {""})


def is_own(agent: str, own: frozenset[str]) -> bool:
    """Whether an agent is the article's own publisher."""
    return _key(agent) in own


def _host_words(url: str | None) -> list[str]:
    host = urlsplit(url or "").hostname or ""
    words = [word for word in host.split(".") if word not in _SUBDOMAINS and len(word) > 2]
    return words + [word.removeprefix("the") for word in words]


def _key(name: str | None) -> str:
    """A name without articles, marks and the words that outlets add to theirs."""
    plain = without_possessive((name or "").strip()).casefold()
    return _GENERIC.sub("", plain) or re.sub(r"\W", "", plain)
