"""Turns the words of a time into dates: "last month", "since 2015", "the third quarter", "Monday"."""

import datetime
import re
from dataclasses import dataclass

from app.extraction.numerals import number_value

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "q1": 1,
    "q2": 2,
    "q3": 3,
    "q4": 4,
}
_YEARS = {"year": 1, "decade": 10, "century": 100}
_SEASON_MONTHS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


@dataclass(frozen=True, slots=True)
class Day:
    """The day of an article, as precise as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def full(self) -> datetime.date | None:
        """The day itself, where it is known."""
        if self.month is None or self.day is None:
            return None
        return datetime.date(self.year, self.month, self.day)


Span = tuple[str | None, str | None]
_NOWHEN: Span = (None, None)


def parse_day(date: str | None) -> Day | None:
    """The day of "2019-11-20", "2019-11" or "2019" (a time of day behind it is left out)."""
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date or "")
    if match is None or match[1] == "0000":
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        datetime.date(year or 1, month or 1, day or 1)
    except ValueError:
        return None
    return Day(year or 1, month, day)


def same(when: str | None) -> Span:
    """A span of one day, month or year."""
    return (when, when)


def month_number(word: str) -> int:
    """1 for "Jan." to 12 for "December"."""
    return _MONTHS.index(word[:3].lower()) + 1


def month_text(year: int, month: int) -> str:
    """Writes "2019-11"; months may run out of their year ("2019", 0 is December 2018)."""
    return f"{year + (month - 1) // 12:04d}-{(month - 1) % 12 + 1:02d}"


def in_month(
    month: int, day: int | None, year: int | None, at: Day | None, *, ahead: bool | None
) -> str | None:
    """A named month or day of it; without its year the last one, or the next where ``ahead``.

    Where it is not known whether what was or what will be is meant (``ahead`` None), a day that is
    still to come this year may be either, and stays open.
    """
    if year is None:
        if at is None:
            return None
        year = at.year
        here, there = (at.month or 12, at.day or 31), (month, day or (at.day or 1))
        if ahead and there < here:
            year += 1
        elif not ahead and there > here:
            if ahead is None:
                return None
            year -= 1
    if day is None:
        return month_text(year, month)
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def quarter(number: int, year: int | None, at: Day | None) -> Span:
    """The three months of a quarter; without a year the last that has begun."""
    if year is None:
        if at is None:
            return _NOWHEN
        year = at.year - ((at.month or 12) < 3 * number - 2)
    return month_text(year, 3 * number - 2), month_text(year, 3 * number)


def weekday(name: str, at: Day | None, *, which: str) -> Span:
    """Reads "Monday": the last one, today among them; "next Monday" the one to come."""
    today = at.full if at else None
    if today is None:
        return _NOWHEN
    back = (today.weekday() - _DAYS.index(name[:3].lower())) % 7
    moved = 7 - back if which == "next" else -back or (-7 if which == "last" else 0)
    return same(_shift_days(today, moved))


def _shift_days(day: datetime.date, by: int) -> str | None:
    try:
        return (day + datetime.timedelta(days=by)).isoformat()
    except OverflowError:
        return None


def relative(which: str, unit: str, at: Day | None) -> Span:
    """Reads "This", "last" or "next" year, quarter, month, week, day, decade, season."""
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    if at is None:
        return _NOWHEN
    if unit in _SEASON_MONTHS:
        return _season(unit, step, at)
    if unit in _YEARS:
        size = _YEARS[unit]
        begins = (at.year // size + step) * size
        return f"{begins:04d}", f"{begins + size - 1:04d}"
    return _months(unit, step, at) if unit in {"month", "quarter"} else _days(unit, step, at)


def _months(unit: str, step: int, at: Day) -> Span:
    if at.month is None:
        return _NOWHEN
    size = 1 if unit == "month" else 3
    begins = (at.month - 1) // size * size + 1 + size * step
    return month_text(at.year, begins), month_text(at.year, begins + size - 1)


def _season(unit: str, step: int, at: Day) -> Span:
    first, last = _SEASON_MONTHS[unit]
    year = at.year
    if step < 0 and (at.month or 12) <= last:
        year -= 1
    if step > 0 and (at.month or 1) >= first:
        year += 1
    return month_text(year, first), month_text(year, last)


def _days(unit: str, step: int, at: Day) -> Span:
    today = at.full
    if today is None:
        return _NOWHEN
    if unit == "week":
        monday = -today.weekday() + 7 * step
        return _shift_days(today, monday), _shift_days(today, monday + 6)
    if unit == "weekend":
        saturday = 5 - today.weekday() + 7 * min(step, 0)
        return _shift_days(today, saturday), _shift_days(today, saturday + 1)
    return same(_shift_days(today, step)) if unit in {"day", "night"} else _NOWHEN


def ago(count: float, unit: str, at: Day | None) -> str | None:
    """The day, month or year that lies ``count`` units before, as precise as the unit."""
    if at is None or count > 3_000:
        return None
    years = {"year": 1, "decade": 10, "century": 100, "season": 1}.get(unit)
    if years:
        year = at.year - int(count * years)
        return f"{year:04d}" if year > 0 else None
    months = {"month": 1, "quarter": 3}.get(unit)
    if months:
        return month_text(at.year, at.month - int(count * months)) if at.month else None
    days = {"week": 7, "day": 1}.get(unit)
    today = at.full
    return _shift_days(today, -int(count * days)) if days and today else None


def precise(unit: str, at: Day | None) -> str | None:
    """The article's own day, month or year: as precise as a unit of time."""
    return ago(0, unit, at)


def value_of(words: str | None) -> float:
    """The number in "five", "a", "couple of", "12"; 1 where there is none."""
    low = (words or "").lower().strip()
    if low.startswith(("couple", "a couple")):
        return 2
    return number_value(low) or 1
