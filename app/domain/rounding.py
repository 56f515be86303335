"""How near a figure stands to what it means: the rounding it is written in, and what "about" allows.

ABOUT is how far "about" reaches: five percent either way. A figure is written no finer than its
last place: "1.1 billion" may be anything from 1.05 to 1.15 billion. One that has a single digit,
such as "1 billion", would so reach half of itself, which nobody means: a plain figure's rounding
counts up to five percent, that of one said with "about" up to ten.
"""

import re

from app.domain.claim_parts import QuantityRecord
from app.domain.words import Comparator

ABOUT = 0.05
MOST_ABOUT = 0.10
# Zeros at the end of a plain whole number are rounding from here on: "40,000", but not "40 dead".
_ROUND_FROM = 1_000
_DIGITS = re.compile(r"\d[\d,\u00a0\u202f]*(?:\.\d+)?|\.\d+")
_SCALES = (1e12, 1e9, 1e7, 1e6, 1e5, 1e3, 1e2, 12, 1, 1e-2)


def tolerance(figure: QuantityRecord) -> float:
    """How far the number that is meant may stand from the one that is written, in its own unit.

    A plain figure may be rounded; one said with "about" may be so, or be five percent off.
    """
    size = abs(figure.value)
    if figure.comparator is not Comparator.ABOUT:
        return min(_half_place(figure, is_about=False), size * ABOUT)
    return max(size * ABOUT, min(_half_place(figure, is_about=True), size * MOST_ABOUT))


def _half_place(figure: QuantityRecord, *, is_about: bool) -> float:
    """Half of the last place that is written."""
    size = abs(figure.value)
    if figure.unit == "fraction":
        return 0.0
    for digits in _DIGITS.findall(figure.raw):
        written = float(re.sub(r"[^\d.]", "", digits))
        scale = next((s for s in _SCALES if _is_near(written * s, size)), None)
        if written and scale is not None and ("." in digits or scale > 1):
            places = len(digits.partition(".")[2])
            return 0.5 * scale * 10.0**-places
    return _half_of_zeros(size, is_about=is_about)


def _half_of_zeros(size: float, *, is_about: bool) -> float:
    """Half of the place of the last digit that is not zero, of a number written out or in words."""
    if size != int(size) or not size:
        return 0.0
    if size < _ROUND_FROM and not is_about:
        return 0.5
    zeros = len(str(int(size))) - len(str(int(size)).rstrip("0"))
    return 0.5 * 10.0**zeros


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(abs(one), abs(other))
