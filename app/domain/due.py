"""Until when something is due: which spans of time the words of a list mean."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

DAYS_OF_A_WEEK = 7
END_OF_DAY = time(23, 59, 59)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


class Due(StrEnum):
    """How claims are told apart by the date until which they should be checked."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DueSpan:
    """From a moment until before another; an open end is None.

    ``is_unset``: nothing is due at any time. ``is_late``: only what is not finished counts.
    """

    begins: datetime | None = None
    ends: datetime | None = None
    is_unset: bool = False
    is_late: bool = False


def span_of(word: Due, *, at: datetime, zone: tzinfo) -> DueSpan:
    """What a word means at a moment, by the clock of a project."""
    today = at.astimezone(zone).date()
    spans = {
        Due.OVERDUE: lambda: DueSpan(ends=at, is_late=True),
        Due.TODAY: lambda: days_from(today, 1, zone=zone),
        Due.WEEK: lambda: days_from(today, DAYS_OF_A_WEEK, zone=zone),
        Due.NONE: lambda: DueSpan(is_unset=True),
    }
    return spans[word]()


def days_from(day: date, number: int, *, zone: tzinfo) -> DueSpan:
    """Some whole days by the clock of a project, from one on."""
    return DueSpan(begins=_midnight(day, zone), ends=_midnight(day + timedelta(number), zone))


def day_span(text: str, *, zone: tzinfo) -> DueSpan | None:
    """The one day that a text names as 2025-09-04; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return days_from(day, 1, zone=zone) if FIRST_DAY <= day <= LAST_DAY else None


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """The last second of a day by the clock of a project."""
    return datetime.combine(day, END_OF_DAY, zone).astimezone(UTC)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC)
