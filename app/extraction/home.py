"""Which dollars, rupees, kroner an article means by a bare sign: those of the country it is about."""

import re
from collections.abc import Iterator
from dataclasses import replace

from app.extraction.candidate import Quantity
from app.extraction.countries import DOMAINS, NAMED
from app.extraction.currencies import COUNTRIES
from app.extraction.numerals import any_of

_CODE_OF = {place: code for code, places in NAMED.items() for place in places}
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?(?:\.(?=[A-Z]\.)|(?<=\.[A-Z])\.)?")
_LONGEST = max(len(place.split()) for place in _CODE_OF)
_DOMAIN = re.compile(r"^[a-z]+://[^/?#]*\.([a-z]{2})(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
# What the best known currency of a sign or word yields to.
_YIELDS: dict[str, frozenset[str]] = {
    usual: frozenset(others.split())
    for usual, others in {
        "USD": "CAD AUD NZD SGD HKD JMD TTD BBD GYD FJD NAD",
        "INR": "PKR LKR NPR MUR",
        "KES": "UGX TZS SOS",
        "MXN": "PHP ARS CLP COP DOP UYU CUP",
        "PHP": "BWP",
        "ZMW": "MWK PGK",
        "SEK": "NOK DKK ISK",
        "NOK": "DKK",
        "KWD": "IQD JOD BHD DZD TND LYD RSD",
        "SAR": "QAR YER OMR",
        "IRR": "OMR YER",
        "CHF": "XOF XAF CDF RWF BIF",
        "XOF": "XAF",
        "AED": "MAD",
        "GBP": "EGP LBP SYP SDG SSP",
        "JPY": "CNY",
    }.items()
}
# Signs and words that are of one country only, beside those that name it.
_SAID = re.compile(
    rf"(?i:\b(?:{any_of(COUNTRIES)})\s)|\b(?:USD?|INR)|U\.S\.|[₹₱€]|\b[A-Z]{{3}}\b(?<!KSH)|(?<=[A-Za-z])[£$]"
    r"|(?i:\bbucks?\b|\byen\b|\bkronor\b|\bquid\b|\bpence\b|\bkobo\b|\bsterling\b|\bpai[sz][ae]\b)"
    r"|\b[SND]kr|\b[SND]Kr|\bK[Ss]h|\bU[Ss]h|\bT[Ss]h|\bSF|\bP[hH]|\bS[Rr]|\bDh"
)
# "C$5" beside "$4": the bare sign is not theirs.
_TOLD_APART = {
    "CAD": re.compile(r"\bC(?:A|AD|an|dn)?\$|\bCAD|Canadian (?:dollar|cent)"),
    "AUD": re.compile(r"\bA(?:U|UD)?\$|\bAUD|Australian (?:dollar|cent)"),
    "NZD": re.compile(r"\bNZD?\$|\bNZD|New Zealand dollar"),
    "SGD": re.compile(r"\bS(?:G|GD)?\$|\bSGD|Singapore(?:an)? (?:dollar|cent)"),
    "HKD": re.compile(r"\bHKD?\$|\bHKD|Hong Kong (?:dollar|cent)"),
    "JMD": re.compile(r"\bJA?\$|\bJMD|Jamaican? dollar"),
    "TTD": re.compile(r"\bTT\$|\bTTD"),
    "BBD": re.compile(r"\bB[Dd][Ss]\$|\bBBD"),
    "GYD": re.compile(r"\bGY?\$|\bGYD"),
    "FJD": re.compile(r"\bFJ?\$|\bFJD|Fiji(?:an)? dollar"),
    "NAD": re.compile(r"\bN\$|\bNAD|Namibian? dollar"),
    "PKR": re.compile(r"\bPKR|Pakistani rupee"),
    "LKR": re.compile(r"\bLKR|Sri Lankan rupee"),
    "NPR": re.compile(r"Nepal\w* rupee"),
    "EGP": re.compile(r"Egyptian pound|\bEGP|\bE£|\bLE\b"),
    "LBP": re.compile(r"Lebanese pound|\bLBP|\bLL\b"),
    "CNY": re.compile(r"\b[Yy]uan|\b[Rr]enminbi|\bRMB"),
}
# Where nothing speaks for the country whose sign it is, fewer names are enough.
_LEAST, _LEAST_ALONE = 3, 2
_PUBLISHER = 2
_READ = 20_000


def home_currencies(text: str, *, publisher: str | None, url: str | None) -> dict[str, str]:
    """What "USD" and "INR" of a bare sign are in this article: {"USD": "CAD"}, most often {}.

    Three names of a country stand in it (two, where none is of the country whose sign it is),
    more than of that country, and its own currency is not told apart ("C$5"). The name and the
    address of the publisher count twice.
    """
    counts = dict.fromkeys(NAMED, 0)
    for place in set(_named(text[:_READ])):
        counts[_CODE_OF[place]] += 1
    for place in _named(publisher or ""):
        counts[_CODE_OF[place]] += _PUBLISHER
    domain = _DOMAIN.match(url or "")
    if domain and domain[1].lower() in DOMAINS:
        counts[DOMAINS[domain[1].lower()]] += _PUBLISHER
    found: dict[str, str] = {}
    for usual, others in _YIELDS.items():
        best = max(sorted(others), key=counts.__getitem__)
        least = _LEAST if counts[usual] else _LEAST_ALONE
        is_home = counts[best] >= least and counts[best] > counts[usual]
        apart = _TOLD_APART.get(best)
        if is_home and not (apart and apart.search(text)):
            found[usual] = best
    return found


def _named(text: str) -> Iterator[str]:
    """The names of countries, places and institutions, the longest at each word."""
    words = list(_WORD.finditer(text))
    for at, word in enumerate(words):
        for last in reversed(words[at : at + _LONGEST]):
            name = text[word.start() : last.end()]
            name = name if name in _CODE_OF else name.removesuffix("'s").removesuffix("’s")
            if name in _CODE_OF:
                yield name
                break


def at_home(quantity: Quantity, home: dict[str, str]) -> Quantity:
    """The quantity in the currency of the article's country, where its words name none."""
    code, slash, rate = quantity.unit.partition("/")
    if code not in home or _SAID.search(quantity.raw):
        return quantity
    return replace(quantity, unit=home[code] + slash + rate)
