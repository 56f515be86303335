"""How templates write dates, numbers and words, and what stands on every page."""

import math
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, dates, numbers
from flask import Flask
from flask_babel import gettext, ngettext

from app import __version__
from app.auth import identity
from app.domain.ids import now
from app.domain.links import host_of
from app.web import as_read, due, keys, languages, navigation, patterns
from app.web.languages import page_locale
from app.web.markdown import written
from app.web.wording import reason, word

PARTS = {4: "y", 7: "MMMM y"}
JUST_NOW_SECONDS = 45
UNKNOWN_LANGUAGE = "und"
# What stands between them is put in its own direction: for names in the middle of a sentence.
ISOLATE, ISOLATE_ENDS = "\u2068", "\u2069"
DAYS_OF_WEEK = 7


def install(app: Flask) -> None:
    """Make them known to the templates."""
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        soon=soon,
        local=local,
        clock=clock,
        partial=partial,
        lasting=lasting,
        stamp=stamp,
        due=due_words,
        is_past=is_past,
        number=number,
        percent=percent,
        word=word,
        reason=reason,
        reasons=reasons,
        host=host_of,
        written=written,
        tongue=tongue,
        apart=apart,
        **GAPS,
        **patterns.FILTERS,
        **as_read.FILTERS,
    )
    app.jinja_env.globals.update(
        who=identity.load,
        here=identity.project_or_none,
        pages_for_me=navigation.pages_for_me,
        project_pages=navigation.project_pages,
        key=keys.key,
        page_locale=page_locale,
        version=__version__,
    )


def day(value: datetime | date) -> str:
    """A day in the project's time zone: 4 Sept 2025."""
    shown = _local(value).date() if isinstance(value, datetime) else value
    return _written(shown, "d MMM y", page_locale())


@lru_cache(maxsize=2_048)
def _written(shown: date, pattern: str, language: Locale) -> str:
    """A day by a pattern: a list has dozens, of which many are the same, and one takes 30 µs."""
    return dates.format_date(shown, pattern, locale=language)


def moment(value: datetime) -> str:
    """A day and the time in the project's time zone: 4 Sept 2025, 14:02."""
    return _moment(_local(value))


def _moment(at: datetime) -> str:
    return f"{_written(at.date(), 'd MMM y', page_locale())}, {_clock(at)}"


def clock(value: datetime) -> str:
    """The time of day in the project's time zone: 14:02."""
    return _clock(_local(value))


def _clock(at: datetime) -> str:
    return f"{at.hour:02}:{at.minute:02}"


def soon(value: datetime) -> str:
    """A time that is near, by its weekday: today 14:00, Thu 14:00; else as a day and a time."""
    at = _local(value)
    days = (at.date() - _local(now()).date()).days
    if days == 0:
        return str(gettext("today %(time)s", time=_clock(at)))
    if 0 < days < DAYS_OF_WEEK:
        return f"{_written(at.date(), 'EEE', page_locale())} {_clock(at)}"
    return _moment(at)


def local(value: datetime | None) -> str:
    """A time by the project's clock, as a field for a day and a time wants it."""
    return "" if value is None else _local(value).strftime("%Y-%m-%dT%H:%M")


def lasting(minutes: int) -> str:
    """How long something lasts, in days, hours and minutes."""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = [
        ngettext("%(num)s day", "%(num)s days", days) if days else "",
        ngettext("%(num)s hour", "%(num)s hours", hours) if hours else "",
        ngettext("%(num)s minute", "%(num)s minutes", left) if left else "",
    ]
    return " ".join(filter(None, parts))


def stamp(value: datetime) -> str:
    """A time for machines, in UTC, for the ``datetime`` of a time element."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def partial(value: str | None) -> str:
    """A date as precise as it is known: 2025, September 2025, 4 Sept 2025."""
    if not value:
        return ""
    if len(value) == 10:
        return day(date.fromisoformat(value))
    first = date.fromisoformat(f"{value}-01" if len(value) == 7 else f"{value}-01-01")
    return _written(first, PARTS[len(value)], page_locale())


def ago(value: datetime) -> str:
    """How long ago or how soon, in words."""
    gap = value - now()
    if abs(gap.total_seconds()) < JUST_NOW_SECONDS:
        return str(gettext("just now"))
    return dates.format_timedelta(gap, add_direction=True, locale=page_locale())


def since(value: datetime) -> str:
    """How long ago something happened, also where the clock was set back after it."""
    return ago(min(value, now()))


# How far away a moment is, by the names that templates have for it.
GAPS = {"ago": ago, "since": since}


def due_words(value: datetime) -> str:
    """When something is due or how long it is overdue, by the clock of the project."""
    return due.words(value, at=now(), zone=_zone(), locale=page_locale())


def is_past(value: datetime) -> bool:
    """Whether a moment is over."""
    return value < now()


def number(value: float, digits: int = 2) -> str:
    """A number with the separators of the page's language; at most ``digits`` decimals."""
    if not math.isfinite(value):
        return "–"
    pattern = "#,##0." + "#" * digits if digits else "#,##0"
    return numbers.format_decimal(value, pattern, locale=page_locale())


def tongue(language: str | None) -> str:
    """The language of a text for its ``lang``; nothing says that it is unknown."""
    return language if language and language != UNKNOWN_LANGUAGE else ""


def apart(name: object) -> str:
    """A name inside of a sentence, kept together where it is written the other way."""
    text, is_from_right = str(name), languages.is_from_right(page_locale())
    if text.isascii() and not is_from_right:
        return text
    other = {"L"} if is_from_right else {"R", "AL"}
    if any(unicodedata.bidirectional(letter) in other for letter in text):
        return f"{ISOLATE}{text}{ISOLATE_ENDS}"
    return text


def reasons(texts: Iterable[str]) -> str:
    """Why a claim was suggested, or what spoke against it, in one line."""
    return " · ".join(map(reason, texts))


def percent(value: float) -> str:
    """A share from 0 to 1 as a whole percentage."""
    return numbers.format_percent(value, locale=page_locale())


def _local(value: datetime) -> datetime:
    """A time by the clock of the project, or in UTC where no other clock gets as far."""
    try:
        return value.astimezone(_zone())
    except OverflowError:
        return value.astimezone(UTC)


def _zone() -> ZoneInfo:
    project = identity.project_or_none()
    try:
        return ZoneInfo("UTC" if project is None else project.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
