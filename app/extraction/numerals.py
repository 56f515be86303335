"""Numbers as news writes them: "17.3 million", "twenty-five", "two and a half", "24 lakh", "2½"."""

import re
from collections.abc import Iterable

from app.extraction.units import FRACTIONS, NUMBER_WORDS, SCALES, SHORT_SCALES
from app.extraction.wordlist import word_set


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


VULGAR: dict[str, float] = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 0.3333, "⅔": 0.6667, "⅛": 0.125}
_TENS = any_of(word for word, value in NUMBER_WORDS.items() if value >= 20)
_UNDER_TEN = any_of(word for word, value in NUMBER_WORDS.items() if 0 < value < 10)
_SMALL = rf"(?:(?:{_TENS})(?:[\s-](?:{_UNDER_TEN}))?|(?:{any_of(NUMBER_WORDS)}))\b"
_LONG_SCALE = any_of(SCALES)
_BIG_SCALE = any_of(word for word, value in SCALES.items() if value >= 1e3)
# "million", "bn": a letter alone ("5m", "20k") is a scale only where it touches the digits.
SCALE = rf"(?:[\s-]?(?:{_LONG_SCALE}|bn|mn|tn|mln|trn)\b|(?:{any_of(SHORT_SCALES)})\b)"
_AND_HALF = r"(?:[\s-]and[\s-](?:a[\s-])?(?:half|quarter)\b)"
_THOUSANDS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}"
DIGITS = (
    rf"(?:(?:{_THOUSANDS}|\d+)(?:\.\d+)?(?:[½¼¾⅓⅔⅛]|[\s-](?:1/2|1/4|3/4|1/3|2/3)(?![\d/]))?"
    r"|\.\d+|[½¼¾⅓⅔⅛])"
)
_WITH_SCALE = rf"{_AND_HALF}?{SCALE}(?:\s(?:{_BIG_SCALE})\b)?"
_SPELLED = (
    rf"(?:{_SMALL}{_AND_HALF}?|an?(?=[\s-](?:{_LONG_SCALE})\b))"
    rf"(?:[\s-](?:hundred|dozen)\b(?:(?:\sand)?[\s-]{_SMALL})?"
    rf"|[\s-](?:{_BIG_SCALE})\b(?:(?:\sand)?[\s-]{_SMALL}(?![\s-](?:{_BIG_SCALE})\b))?){{0,5}}"
)
# "The first dozen boats", "another million": one of them, without "a".
_AFTER_ORDER = "|".join(
    rf"(?<=\b{word}\s)"
    for word in sorted(
        word_set(
            "first last next past initial final another further extra additional other original remaining"
        )
    )
)
_ONE_SCALE = rf"(?:{_AFTER_ORDER})(?:{_LONG_SCALE})\b(?!-)"
NUMERAL = rf"(?:{DIGITS}(?:{_WITH_SCALE}|{_AND_HALF})?|{_SPELLED}{_AND_HALF}?|{_ONE_SCALE})"
SMALL_NUMERAL = rf"(?:{DIGITS}|{_SMALL})"

_PART = re.compile(r"[½¼¾⅓⅔⅛]|\d+/\d+|\d[\d,\u00a0\u202f]*(?:\.\d+)?|\.\d+|[a-z]+")
_LAST_SCALE = re.compile(rf"(?P<scale>{SCALE})$", re.IGNORECASE)


def number_value(numeral: str) -> float:
    """The plain value of "17.3 million", "twenty-five", "a hundred" or "24 lakh"."""
    total: float = 0.0
    current: float | None = None
    for part in _PART.findall(numeral.lower()):
        scale = SCALES.get(part) or SHORT_SCALES.get(part)
        if part in {"a", "an", "and"}:
            continue
        if scale is None:
            current = (current or 0) + _plain(part)
            continue
        if current == 0 and total:  # "1.2 lakh crore", "a million million"
            total *= scale
            continue
        current = (1 if current is None else current) * scale
        if scale >= SCALES["thousand"]:
            total, current = total + current, 0
    return round(total + (current or 0), 6)


def _plain(part: str) -> float:
    if part in VULGAR:
        return VULGAR[part]
    if part in NUMBER_WORDS:
        return NUMBER_WORDS[part]
    if part in {"half", "quarter"}:
        return FRACTIONS[part]
    if "/" in part:
        above, below = part.split("/")
        return int(above) / int(below)
    return float(re.sub(r"[^\d.]", "", part)) if part[0] in ".0123456789" else 0


def shared_scale(first: str, second: str) -> str:
    """The first end of a range takes the scale of the second: "20-30bn", not "800 to 1.2m"."""
    scale = _LAST_SCALE.search(second)
    if scale is None or _LAST_SCALE.search(first):
        return first
    smaller = number_value(first) < number_value(second[: scale.start()])
    return first + scale["scale"] if smaller else first
