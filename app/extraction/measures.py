"""The unit that stands at a number: percent, times, money in words, "kg", "°C", "a week"."""

import re
from dataclasses import dataclass

from app.extraction.currencies import CODES, HUNDREDTHS, SIGNS, WORDS
from app.extraction.numerals import any_of
from app.extraction.units import MEASURES, RATE_CODES
from app.extraction.wordlist import word_set

_PERCENT = r"(?:\s?%|[\s-](?:per[\s-]?cent|percent|pct)\b\.?|pc\b)"
_UNITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"[\s-]?(?:%|per[\s-]?cent(?:age)?)[\s-]points?\b|\s?pp(?:ts?)?\b", re.I),
        "percentage point",
    ),
    (re.compile(r"[\s-]basis[\s-]points?\b|\s?bps?\b", re.I), "basis point"),
    (re.compile(_PERCENT, re.I), "percent"),
    (re.compile(r"\s?‰|\sper\s(?:mille?|thousand)\b", re.I), "per mille"),
    (re.compile(r"[\s-]times?\b(?!-|\szone)|\s?[x×](?![\w×])"), "times"),
)
# Signs that stand behind the number: "500 zł".
_BEHIND = (
    *(
        "€",
        "£",
        "₽",
        "₴",
        "₩",
        "¥",
        "₺",
        "₪",
        "₱",
        "₫",
        "₸",
        "₾",
        "₹",
        "kr",
        "zł",
        "Kč",
        "Ft",
        "лв",
        "Tk",
        "Dh",
        "Dhs",
    ),
    *("NIS", "FCFA", "Rs", "RMB"),
)
_MONEY = re.compile(
    rf"(?:[\s-](?P<word>{any_of(WORDS)})(?:e?s)?\b|\s?(?P<code>{any_of(CODES)})\b"
    rf"|\s?(?P<sign>{any_of(_BEHIND)})(?!\w)|[\s-](?P<cent>{any_of(HUNDREDTHS)})s?\b|(?P<short>[p¢c](?!\w)))",
    re.IGNORECASE,
)
# "720p" is the fineness of a picture.
_LINES = frozenset({"360", "480", "720", "1080", "1440", "2160"})
_WEIGHED = re.compile(r"\b(?:weigh\w*|lost|gained|shed|lift\w*)\s(?:\w+\s){0,3}$", re.IGNORECASE)
_WEIGHT_AFTER = re.compile(
    r"\s(?:of|in\sweight|heavier|lighter|overweight)\b|\s(?:per|a)\ssquare", re.IGNORECASE
)
RATE = re.compile(
    r"(?:[\s-](?:per|an?|each|every)[\s-]|\s?/\s?)(?P<p>second|minute|hour|day|week|month|year)\b"
    r"(?!\s(?:ago|earlier|later|before|after|from|old|in\sprison))",
    re.IGNORECASE,
)
_DEGREES = re.compile(
    r"(?:\s?°\s?(?P<a>[CF]\b)?|[\s-]degrees?(?:[\s-](?P<b>Celsius|Fahrenheit|centigrade|C\b|F\b))?"
    r"|\s(?P<d>Celsius|Fahrenheit)\b|(?P<c>[CF])(?![\w’']))"
)
_SCALE_OF = {"C": "degree Celsius", "F": "degree Fahrenheit"}
# As written, where that is how people read it; else the word.
_AS_WRITTEN = word_set("""mph kph km/h kmh mpg GB TB MB kW MW GW TW kWh MWh GWh TWh Hz kHz MHz GHz cc dB dBA
    dBa mAh Wh W ppm Mbps Gbps MP Nm fps FPS ppi rpm""")
_SHORT: dict[str, str] = {
    **{unit: unit for unit in _AS_WRITTEN},
    "kg": "kilogram",
    "kgs": "kilogram",
    "g": "gram",
    "mg": "milligram",
    "km": "kilometre",
    "kms": "kilometre",
    "cm": "centimetre",
    "mm": "millimetre",
    "ml": "millilitre",
    "hp": "horsepower",
    "bhp": "horsepower",
    "HP": "horsepower",
    "ft": "foot",
    "lb": "pound",
    "lbs": "pound",
    "oz": "ounce",
    "sq ft": "square foot",
    "sqft": "square foot",
    "sq km": "square kilometer",
    "sq m": "square meter",
    "sq mi": "square mile",
    "sq miles": "square mile",
    "sq. ft": "square foot",
    "sq. km": "square kilometer",
    "sq. m": "square meter",
    "sq. miles": "square mile",
    "min": "minute",
    "mins": "minute",
    "sec": "second",
    "secs": "second",
    "hr": "hour",
    "hrs": "hour",
    "yrs": "year",
    "m": "metre",
    "bpd": "barrel/D",
    "st": "stone",
    "in": "inch",
}
PHYSICAL_UNITS = frozenset(_SHORT.values()) | (
    MEASURES
    - word_set(
        "person member seat page point vote story storey barrel goal game cylinder horsepower"
    )
)
_SHORT_UNIT = re.compile(
    rf"[\s-]?(?P<u>{any_of(unit for unit in _SHORT if unit not in ('st', 'in', 'g', 'W'))})(?![\w/’'])"
)
_TOUCHING = re.compile(r"(?P<u>in|g|W|st)(?![\w’'])")
_SQUARE = re.compile(
    r"[\s-](?P<k>square|cubic)[\s-](?P<u>feet|foot|miles?|met(?:er|re)s?|kilomet(?:er|re)s?|inch(?:es)?|yards?"
    r"|centimet(?:er|re)s?)\b(?:\sof\b)?",
    re.IGNORECASE,
)
_FEET = {"feet": "foot", "inches": "inch"}
_PER = re.compile(
    r"\s(?:per|to\sthe)\s(?P<w>gallon|lit(?:er|re)|charge|capita|kilogram|kg|ton|tonne|acre|hectare|mile"
    r"|kilomet(?:er|re)|square\s(?:mile|foot|met(?:er|re)|kilomet(?:er|re)))s?\b"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """The unit of a number: where its words end, its name, and what the value is to be times."""

    end: int
    unit: str
    factor: float = 1


def with_rate(claim: str, measured: Measured) -> Measured:
    """The same with its rate: "$15 an hour" is USD/h, "90 miles per gallon" mile per gallon."""
    if measured.unit in {"percent", "percentage point", "times", "fraction", "basis point"}:
        return measured
    rate = RATE.match(claim, measured.end)
    if rate and "/" not in measured.unit:
        unit = f"{measured.unit}/{RATE_CODES[rate['p'].lower()]}"
        return Measured(rate.end(), unit, measured.factor)
    per = None if measured.unit.isupper() else _PER.match(claim, measured.end)
    if per:
        return Measured(per.end(), f"{measured.unit} per {per['w']}", measured.factor)
    return measured


def unit_at(claim: str, start: int, end: int) -> Measured | None:
    """The unit that is written right after a number, if it is one of a fixed kind."""
    for pattern, unit in _UNITS:
        match = pattern.match(claim, end)
        if match:
            return Measured(match.end(), unit)
    return _money_word(claim, start, end) or _degrees(claim, start, end) or _physical(claim, end)


def _money_word(claim: str, start: int, end: int) -> Measured | None:
    match = _MONEY.match(claim, end)
    short = match["short"] if match else None
    if match is None or short == "C" or (short and claim[start:end] in _LINES):
        return None
    if match["short"]:
        return Measured(match.end(), "GBP" if match["short"] in "pP" else "USD", 0.01)
    if match["sign"]:
        # "5,000 Ft" is money, "5,000 ft" a height.
        known = match["sign"] in _BEHIND
        return Measured(match.end(), SIGNS[match["sign"]]) if known else None
    if match["code"]:
        # "500 try to": the code must be written as one.
        return Measured(match.end(), match["code"]) if match["code"].isupper() else None
    if match["cent"]:
        return Measured(match.end(), HUNDREDTHS[match["cent"].lower()], 0.01)
    return _currency(claim, start, end, match)


def _currency(claim: str, start: int, end: int, match: re.Match[str]) -> Measured | None:
    word = match["word"].lower()
    if word in {"real", "won", "lira", "rand", "quid"} and not match[0].lstrip(" -").islower():
        return None
    if word == "real" or (word == "won" and not re.search(r"illion|thousand", claim[start:end])):
        return None
    if word == "pound" and (
        claim[end] == "-"
        or _WEIGHED.search(claim[max(0, start - 40) : start])
        or _WEIGHT_AFTER.match(claim, match.end())
    ):
        return Measured(match.end(), "pound")
    return Measured(match.end(), WORDS[word])


def _degrees(claim: str, start: int, end: int) -> Measured | None:
    match = _DEGREES.match(claim, end)
    if match is None or (match["c"] and end - start > 4):
        return None
    letter = (match["a"] or match["b"] or match["c"] or match["d"] or "").upper()[:1]
    return Measured(match.end(), _SCALE_OF.get(letter, "degree"))


def _physical(claim: str, end: int) -> Measured | None:
    square = _SQUARE.match(claim, end)
    if square:
        unit = square["u"].lower()
        return Measured(
            square.end(), f"{square['k'].lower()} {_FEET.get(unit, unit.removesuffix('s'))}"
        )
    short = _SHORT_UNIT.match(claim, end) or _TOUCHING.match(claim, end)
    return Measured(short.end(), _SHORT[short["u"]]) if short else None
