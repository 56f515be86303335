"""Measured numbers: "half a million", "one in four", "$20-30bn", "1.1 billion euros in one year"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.extraction.candidate import Quantity
from app.extraction.counted import counted_noun
from app.extraction.periods import is_date_or_label, period_near
from app.extraction.units import (
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    FRACTIONS,
    NUMBER_WORDS,
    RATE_CODES,
    SCALES,
)


def _any_of(words: dict[str, object]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_WORD, _SCALE = _any_of({**NUMBER_WORDS}), _any_of({**SCALES})
_DIGITS = r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_SCALED = rf"(?:[\s-]?(?:{_SCALE})\b)*"
_SPELLED = (
    rf"(?:(?:{_WORD})|an?(?=[\s-](?:hundred|dozen|thousand|million|billion|trillion)\b))"
    rf"(?:[\s-](?:and\s)?(?:{_WORD}|{_SCALE})\b)*\b"
)
_NUMERAL = rf"(?:{_DIGITS}{_SCALED}|{_SPELLED})"
_SIGN = rf"(?<![A-Za-z])(?:{_any_of({**CURRENCY_SIGNS})})"

_MONEY = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<a>{_DIGITS}{_SCALED})"
    rf"(?:\s?(?:-|–|to)\s?(?P<again>{_SIGN})?\s?(?P<b>{_DIGITS}{_SCALED}))?"
)
_HALF = re.compile(
    r"\b(?P<part>half|quarter of|three[ -]quarters of)\s+an?\s+"
    r"(?P<scale>million|billion|trillion|dozen|thousand)\b",
    re.IGNORECASE,
)
_HALF_VALUE = {"half": 0.5, "quarter of": 0.25}
_POINT = re.compile(
    r"\b(?:(?P<n>three)[ -])?(?P<f>half|quarters?)(?:[ -](?:percentage[ -])?point|"
    r" of a percentage point)\b",
    re.IGNORECASE,
)
_RATIO = re.compile(
    rf"\b(?P<a>(?:{_WORD})|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<b>(?:{_WORD})|\d[\d,]*)\b"
    r"(?!\s+(?:years?|months?|weeks?|days?|hours?|minutes?)\b)(?![\d,]*\d)",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"\b(?:(?P<n>(?:{_WORD})|an?)[ -](?P<f>{_any_of({**FRACTIONS})})\b(?=\s+of\b|[\s,.;’”\"]|$)"
    r"|(?P<half>half)(?=\s+(?:of|the|its|their|his|her|all|as)\b))",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?<![\w.,:$-])(?P<a>{_NUMERAL})(?:\s?(?:-|–)\s?|\s+to\s+)(?P<b>{_NUMERAL})", re.IGNORECASE
)
_BETWEEN_RANGE = re.compile(
    rf"\bbetween\s+(?P<a>{_NUMERAL})\s+and\s+(?P<b>{_NUMERAL})", re.IGNORECASE
)
_NUMBER = re.compile(rf"(?<![\w,:$£€-])(?<!\w\.)(?P<a>{_NUMERAL})", re.IGNORECASE)
_FOLD = re.compile(rf"\b(?P<a>(?:{_WORD})|\d+)[\s-]?fold\b", re.IGNORECASE)
_LAST_SCALE = re.compile(rf"[\s-]?(?P<scale>{_SCALE})$", re.IGNORECASE)

# What may follow a number, tried in this order.
_UNITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\s-]?(?:%|per\s?cent(?:age)?|percent)[\s-]points?\b", re.I), "percentage point"),
    (re.compile(r"\s?%|[\s-](?:per\s?cent|percent|pct)\b", re.I), "percent"),
    (
        re.compile(r"\stimes\b(?!\s+(?:on|in|at|since|before|when|during)\b)", re.I),
        "times",
    ),
)
_MONEY_WORD = re.compile(rf"[\s-](?P<w>{_any_of({**CURRENCY_WORDS})})s?\b", re.IGNORECASE)
_RATE = re.compile(
    r"(?:\s(?:per|an?|each|every)\s|\s?/\s?)(?P<p>hour|day|week|month|year)\b(?!\s(?:ago|earlier|later|before))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    values: tuple[float, ...]
    unit: str


def quantities(claim: str) -> tuple[Quantity, ...]:
    """Every measured number of a claim in reading order; a range gives two entries."""
    found: list[_Found] = []
    for finder in (_money, _folds, _halves, _points, _ratios, _fractions, _ranges, _numbers):
        for one in finder(claim):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    found.sort(key=lambda one: one.start)
    return tuple(
        Quantity(
            value, one.unit, claim[one.start : one.end], period_near(claim, one.start, one.end)
        )
        for one in found
        for value in one.values
    )


def number_value(numeral: str) -> float:
    """The plain value of "17.3 million", "twenty-five", "a hundred" or "24 lakh"."""
    parts = re.findall(rf"{_DIGITS}|[a-z]+", numeral.lower())
    total: float = 0.0
    current: float | None = None
    for part in parts:
        if part in NUMBER_WORDS:
            current = (current or 0) + NUMBER_WORDS[part]
        elif part in SCALES:
            scale = SCALES[part]
            current = (1 if current is None else current) * scale
            if scale >= 1e3:
                total, current = total + current, 0
        elif part[0].isdigit() or part[0] == ".":
            current = (current or 0) + float(part.replace(",", ""))
    return round(total + (current or 0), 6)


def _shared_scale(first: str, second: str) -> str:
    """The first end of a range takes the scale of the second: "20-30bn", not "800 to 1.2m"."""
    scale = _LAST_SCALE.search(second)
    if scale is None or _LAST_SCALE.search(first):
        return first
    smaller = number_value(first) < number_value(second[: scale.start()])
    return f"{first} {scale['scale']}" if smaller else first


def _money(claim: str) -> Iterator[_Found]:
    for match in _MONEY.finditer(claim):
        code, end = CURRENCY_SIGNS[match["sign"]], match.end()
        values: tuple[float, ...] = (number_value(match["a"]),)
        if match["b"] is not None:
            values = (number_value(_shared_scale(match["a"], match["b"])), number_value(match["b"]))
        rate = _RATE.match(claim, end)
        yield _Found(match.start(), rate.end() if rate else end, values, _with_rate(code, rate))


def _with_rate(unit: str, rate: re.Match[str] | None) -> str:
    return f"{unit}/{RATE_CODES[rate['p'].lower()]}" if rate else unit


def _folds(claim: str) -> Iterator[_Found]:
    for match in _FOLD.finditer(claim):
        yield _Found(match.start(), match.end(), (number_value(match["a"]),), "times")


def _halves(claim: str) -> Iterator[_Found]:
    for match in _HALF.finditer(claim):
        part = _HALF_VALUE.get(match["part"].lower(), 0.75)
        value = part * SCALES[match["scale"].lower()]
        measured = _measure(claim, match.start(), match.end(), numeral=match[0])
        if measured:
            yield _Found(match.start(), measured[0], (value,), measured[1])


def _points(claim: str) -> Iterator[_Found]:
    for match in _POINT.finditer(claim):
        value = (3 if match["n"] else 1) * FRACTIONS[match["f"].lower()]
        yield _Found(match.start(), match.end(), (value,), "percentage point")


def _ratios(claim: str) -> Iterator[_Found]:
    for match in _RATIO.finditer(claim):
        above, below = number_value(match["a"]), number_value(match["b"])
        if 0 < above < below <= 1e6 and below < 1900:
            yield _Found(match.start(), match.end(), (round(above / below, 4),), "fraction")


def _fractions(claim: str) -> Iterator[_Found]:
    for match in _FRACTION.finditer(claim):
        if match["half"]:
            yield _Found(match.start(), match.end(), (0.5,), "fraction")
            continue
        many = 1 if match["n"].lower() in {"a", "an"} else NUMBER_WORDS[match["n"].lower()]
        of = claim[match.end() : match.end() + 4]
        plural = match["f"].lower().endswith("s")
        if match["n"].lower() in {"a", "an"} and not of.startswith(" of"):
            continue
        if many == 1 or plural:
            value = round(many * FRACTIONS[match["f"].lower()], 4)
            yield _Found(match.start(), match.end(), (value,), "fraction")


def _ranges(claim: str) -> Iterator[_Found]:
    for pattern in (_BETWEEN_RANGE, _RANGE):
        for match in pattern.finditer(claim):
            measured = _measure(claim, match.start("a"), match.end(), numeral=match["b"])
            if measured and not is_date_or_label(claim, match.start("b"), match.end("b")):
                first = _shared_scale(match["a"], match["b"])
                values = (number_value(first), number_value(match["b"]))
                if values[0] < values[1]:
                    yield _Found(match.start("a"), measured[0], values, measured[1])


def _numbers(claim: str) -> Iterator[_Found]:
    for match in _NUMBER.finditer(claim):
        start, end = match.span("a")
        if is_date_or_label(claim, start, end):
            continue
        measured = _measure(claim, start, end, numeral=match["a"])
        if measured:
            yield _Found(start, measured[0], (number_value(match["a"]),), measured[1])


def _measure(claim: str, start: int, end: int, *, numeral: str) -> tuple[int, str] | None:
    """Where a measured number ends, and its unit; None when it measures nothing."""
    for pattern, unit in _UNITS:
        match = pattern.match(claim, end)
        if match:
            return match.end(), unit
    money = _MONEY_WORD.match(claim, end)
    if money:
        rate = _RATE.match(claim, money.end())
        code = CURRENCY_WORDS[money["w"].lower()]
        return (rate or money).end(), _with_rate(code, rate)
    return counted_noun(claim, start, end, numeral=numeral)
