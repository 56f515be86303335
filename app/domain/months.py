"""Months of a calendar, and when they begin and end by somebody's clock."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from app.domain.dates import FIRST_YEAR, LAST_YEAR
from app.domain.errors import Invalid

SHAPE = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month; its name is as in an address, 2026-11."""

    year: int
    number: int

    @property
    def name(self) -> str:
        """As in 2026-11."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def first_day(self) -> date:
        """The first of it."""
        return date(self.year, self.number, 1)

    def moved(self, months: int) -> "Month":
        """The month that comes so many months later, or earlier."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def begins(self, zone: ZoneInfo) -> datetime:
        """Its first moment in a time zone, in UTC."""
        return datetime.combine(self.first_day, time.min, zone).astimezone(UTC)

    def ends(self, zone: ZoneInfo) -> datetime:
        """The first moment of the next one, in UTC."""
        return self.moved(1).begins(zone)


def month_of(day: date) -> Month:
    """The month that a day lies in."""
    return Month(day.year, day.month)


def month_named(name: str) -> Month:
    """A month by its name.

    Raises:
        Invalid: there is no such month, or nobody can mean that year.
    """
    found = SHAPE.fullmatch(name)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise Invalid("month.shape", value=name[:20], first=FIRST_YEAR, last=LAST_YEAR)
    return Month(int(found[1]), int(found[2]))
