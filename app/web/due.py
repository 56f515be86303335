"""When something is due, in words: by the clock of the project, and seen from now."""

from datetime import datetime, time, tzinfo

from babel import Locale, dates
from flask_babel import gettext, ngettext

from app.domain.due import DAYS_OF_A_WEEK

# What is due by the end of a day is due on that day, whatever the clock says.
END_OF_DAY = time(23, 59)


def words(due_at: datetime, *, at: datetime, zone: tzinfo, locale: Locale) -> str:
    """2 days overdue, due today, due tomorrow, due on Thu 14:00, due on 4 Sep 2025."""
    due, today = due_at.astimezone(zone), at.astimezone(zone).date()
    days = (due.date() - today).days
    clock = dates.format_time(due, "HH:mm", locale=locale)
    is_whole_day = due.time() >= END_OF_DAY
    if days < 0:
        return str(ngettext("%(num)s day overdue", "%(num)s days overdue", -days))
    if due_at < at:
        return str(gettext("overdue since %(time)s", time=clock))
    if days == 0:
        return str(_soon(gettext("due today"), clock, is_whole_day=is_whole_day))
    if days == 1:
        return str(_soon(gettext("due tomorrow"), clock, is_whole_day=is_whole_day))
    pattern = "EEE" if days < DAYS_OF_A_WEEK else "d MMM y"
    day = dates.format_date(due.date(), pattern, locale=locale)
    return str(_soon(gettext("due on %(day)s", day=day), clock, is_whole_day=is_whole_day))


def _soon(said: str, clock: str, *, is_whole_day: bool) -> str:
    return said if is_whole_day else f"{said} {clock}"
