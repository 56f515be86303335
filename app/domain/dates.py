"""Dates as precise as they are known: 2025, 2025-09 or 2025-09-04."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.domain.errors import Invalid

# Years in which something can be due: every zone has a time for them.
FIRST_YEAR, LAST_YEAR = 1900, 2999
LOCAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?")
SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def partial_date(value: str | None) -> str | None:
    """Check a date of year, month or day precision; blank is None.

    Raises:
        Invalid: not such a date, or no such day.
    """
    value = (value or "").strip()
    if not value:
        return None
    found = SHAPE.fullmatch(value)
    if found is None:
        raise Invalid("date.shape", value=value)
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise Invalid("date.shape", value=value) from None
    return value


def due_year(year: int) -> int:
    """Check the year in which something is due.

    Raises:
        Invalid: nobody can mean that year.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid("date.year", first=FIRST_YEAR, last=LAST_YEAR)
    return year


def local_moment(value: str | None, zone: str) -> datetime | None:
    """A day and a time by the clock of a time zone, as forms send them; blank is None.

    Raises:
        Invalid: it is no such time, or in a year that nobody can mean.
    """
    value = (value or "").strip()
    if not value:
        return None
    if not LOCAL.fullmatch(value):
        raise Invalid("date.moment", value=value)
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise Invalid("date.moment", value=value) from None
    due_year(found.year)
    return found.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
