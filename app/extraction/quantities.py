"""Measured numbers: "half a million", "one in four", "$20-30bn", "1.1 billion euros in one year"."""

import re
from dataclasses import dataclass

from app.extraction.candidate import Quantity
from app.extraction.units import (
    CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    FRACTIONS,
    MEASURES,
    NUMBER_WORDS,
    PERIODS,
    SCALES,
    SKIPPED_NOUN_WORDS,
    WEAK_NOUNS,
    singular,
)

_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_FRACTION = "|".join(sorted(FRACTIONS, key=len, reverse=True))
_SIGN = "|".join(re.escape(s) for s in sorted(CURRENCY_SIGNS, key=len, reverse=True))
_CURRENCY = "|".join(sorted(CURRENCY_WORDS, key=len, reverse=True))
_PERIOD = "|".join(PERIODS)
_DIGITS = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_TAIL = rf"(?:[\s-]?(?:{_SCALE})\b)*"
_COUNT = rf"(?:(?:{_DIGITS})(?![\d.]*\d){_TAIL}|\b(?:(?:{_WORDS})(?:[\s-](?:and[\s-])?(?:{_WORDS}|{_SCALE})\b)*)\b)"

_MONEY = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<a>{_DIGITS})(?P<as>{_TAIL})"
    rf"(?:\s?(?:-|–|—|to)\s?(?:{_SIGN})?\s?(?P<b>{_DIGITS})(?P<bs>{_TAIL}))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?<![\w.,$£€¥₹-])(?:(?P<a>{_COUNT})(?:\s?(?:-|–|—|to)\s?)(?P<b>{_COUNT})|(?P<n>{_COUNT}))",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?(?:%|per\s?cent(?:age)?\b|percent\b|pct\b)(?![\s-]points?\b)", re.IGNORECASE)
_POINT = re.compile(r"[\s-]?(?:%|per\s?cent(?:age)?|percent)[\s-]points?\b", re.IGNORECASE)
_TIMES = re.compile(r"(?:\s(?:times\b(?!\s+(?:on|in|at|since|before|when)\b))|-?fold\b|x\b)", re.IGNORECASE)
_MONEY_WORD = re.compile(rf"[\s-](?P<w>{_CURRENCY})\b", re.IGNORECASE)
_RATIO = re.compile(
    rf"\b(?P<a>{_WORDS}|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<b>{_WORDS}|\d+)\b(?!\s+(?:{_PERIOD})s?\b)",
    re.IGNORECASE,
)
_FRACTIONAL = re.compile(
    rf"\b(?:(?P<n>{_WORDS}|a)[\s-])?(?P<f>{_FRACTION})\b(?:[\s-](?P<point>points?)\b)?", re.IGNORECASE
)
_HALF_SCALE = re.compile(
    rf"\b(?P<n>half|a quarter of|three quarters of)\s+an?\s+(?P<s>million|billion|trillion|dozen|thousand)\b", re.IGNORECASE
)
_RATE = re.compile(r"\s?(?:per|an?|each|every|/)\s?(?P<p>hour|day|week|month|year)\b", re.IGNORECASE)
_RATE_CODE = {"hour": "h", "day": "D", "week": "W", "month": "M", "year": "Y"}
_PERIOD_PHRASE = re.compile(
    rf"\b(?:(?:in|over|within|during|for)\s+(?:(?:just|only|about|the)\s+)*(?:(?:last|past|first|next|previous|same)\s+)?"
    rf"(?:(?:{_WORDS}|\d+|a|an|the)\s+)?(?:{_PERIOD})s?\b"
    rf"|(?:in|since|during|by)\s+(?:(?:January|February|March|April|May|June|July|August|September|October"
    rf"|November|December)\s+)?(?:19|20)\d\d\b"
    rf"|between\s+(?:19|20)\d\d\s+and\s+(?:19|20)\d\d\b"
    rf"|(?:this|last)\s+(?:{_PERIOD})\b|a\s+(?:year|month|week|day)\s+(?:ago|earlier)\b|so far this year\b)"
)
_MONTH_BEFORE = re.compile(
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?\s$"
)
_MONTH_AFTER = re.compile(
    r"(?:st|nd|rd|th)?\s(?:of\s)?(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b"
)
_NAME_BEFORE = re.compile(r"\b(?:[A-Z][a-z]*[A-Z]\w*|No\.|Article|Section|Chapter|Amendment|Flight|Route|Highway|Title|Boeing|Airbus|Windows|iPhone|Covid|COVID|Group|Phase|Type|Level|Terminal|Apollo|Unit|Room|Gate|Channel|Formula|Page|Volume|Season|Episode|Day|Week|Round|Figure|Proposition|Prop\.|Resolution)[\s-]$")
_CLOCK = re.compile(r":\d\d|\s?(?:a\.?m\.?|p\.?m\.?|o[’']clock|BST|GMT|EST|EDT)\b", re.IGNORECASE)
_AGE = re.compile(r"[\s-](?P<u>year|month|week|day|hour|minute|mile|meter|metre|foot|inch|kilometer|kilometre|pound|ton|page|point|member|seat|bedroom|acre|story|storey|caliber|calibre)[\s-](?P<x>old|[a-z]+)\b")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_NOUN = re.compile(r"[^\W\d_][\w’'-]*")
_PRONOUN_ONE = re.compile(r"(?:one)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    value: float
    unit: str


def quantities(claim: str) -> tuple[Quantity, ...]:
    """Every measured number of a claim in reading order; a range gives two entries."""
    found: list[_Found] = []
    for finder in (_money, _halves, _ratios, _fractions, _numbers):
        for one in finder(claim):
            if not any(one.start < other.end and other.start < one.end for other in found if not (
                one.start == other.start and one.end == other.end and finder is _FINDER_OF.get(other.unit))):
                found.append(one)
    return tuple(found)  # type: ignore[return-value]
