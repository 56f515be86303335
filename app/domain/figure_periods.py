"""For which time a figure holds: what it leaves open, how long that is, whether two are the same."""

import re
from calendar import monthrange
from datetime import date

from app.domain.claim_parts import QuantityRecord

_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")
# "In one year", "over the past quarter": a time of that length, whichever it is.
_LENGTH = re.compile(
    r"\b(?:an?|one|the|per|last|past|previous|this|next|first|second|third|fourth|final|fiscal|financial|calendar)\s"
    r"(?:(?:full|whole|single|past|last|fiscal|financial|calendar)\s)?(?P<unit>day|week|month|quarter|year)\b"
    r"|^(?:this|last|next)?\s?(?P<also>day|week|month|quarter|year)$",
    re.IGNORECASE,
)
_CODES = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
# First and last month of a quarter.
_QUARTERS = {(1, 3), (4, 6), (7, 9), (10, 12)}


def period_gap(figure: QuantityRecord) -> str:
    """What a figure leaves open about its time: ``time``, ``year`` or nothing."""
    if figure.period is None:
        return "time"
    is_known = figure.is_period_stated and figure.period_from is not None
    return "" if is_known or _YEAR.search(figure.period) else "year"


def length_of(figure: QuantityRecord) -> str | None:
    """The code of the time that a figure's period lasts, D, W, M, Q or Y; None if it is another."""
    days = _days(figure)
    if days is not None:
        return _length_between(*days)
    found = _LENGTH.search(figure.period or "")
    return _CODES[(found["unit"] or found["also"]).lower()] if found else None


def differ(one: QuantityRecord, other: QuantityRecord) -> bool:
    """Whether two figures are known to hold for different times, or for times of other lengths."""
    days, others = _days(one), _days(other)
    if days is not None and others is not None:
        return days != others
    lengths = {length_of(one), length_of(other)}
    return len(lengths) == 2 and None not in lengths


def same(one: QuantityRecord, other: QuantityRecord) -> bool:
    """Whether two figures are known to hold for the very same time."""
    days = _days(one)
    return days is not None and days == _days(other)


def _days(figure: QuantityRecord) -> tuple[date, date] | None:
    """The first and the last day of a figure's period, where both are known."""
    if not figure.period_from or not figure.period_to:
        return None
    try:
        return _first(figure.period_from), _last(figure.period_to)
    except ValueError:
        return None


def _first(known: str) -> date:
    """The first day of a day, a month or a year."""
    return date.fromisoformat(known + "-01-01"[len(known) - 4 :])


def _last(known: str) -> date:
    """The last day of a day, a month or a year."""
    first = _first(known)
    if len(known) == 4:
        return first.replace(month=12, day=31)
    if len(known) == 7:
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first


def _length_between(first: date, last: date) -> str | None:
    if first == last:
        return "D"
    is_whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if is_whole and first.year == last.year:
        months = (first.month, last.month)
        if months == (1, 12):
            return "Y"
        if months in _QUARTERS:
            return "Q"
        return "M" if first.month == last.month else None
    return "W" if (last - first).days == 6 else None
