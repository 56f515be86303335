"""How far a project is: its pace, an honest word on its end, its lines and their table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain.forecast import (
    FEWEST_DAYS,
    FEWEST_DAYS_AT_WORK,
    FEWEST_SETTLED,
    WINDOW_DAYS,
    Forecast,
    Outlook,
    forecast,
)
from app.storage.progress import Day
from app.web import charts
from app.web.filters import day, number

# Of fewer days than this a line tells nothing.
FEWEST_POINTS = 3
WEEK = 7


@dataclass(frozen=True, slots=True)
class Week:
    """Some days together, as a row of the table; the last is the day that it ends with."""

    first: Day
    last: Day
    picked: int
    settled: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: sentences, lines where there are days enough, and weeks, newest first."""

    end: str
    pace: str
    is_range: bool
    done: int
    all: int
    chart: charts.Lines | None
    weeks: Sequence[Week]


def progress_of(days: Sequence[Day]) -> Progress:
    """What the page says of a project's days, the last one today."""
    found = _forecast(days)
    return Progress(
        end=END[found.outlook](found, days[-1]),
        pace=_pace(found),
        is_range=found.outlook is Outlook.RANGE,
        done=days[-1].all_settled,
        all=days[-1].all_picked,
        chart=charts.lines([[d.all_picked for d in days], [d.all_settled for d in days]])
        if len(days) >= FEWEST_POINTS
        else None,
        weeks=_weeks(days),
    )


def _forecast(days: Sequence[Day]) -> Forecast:
    """What a project begins with is no claim that came in: it says nothing of the coming weeks."""
    looked_at = days[-WINDOW_DAYS:]
    came_in = [one.picked for one in looked_at]
    if looked_at[0].all_picked == looked_at[0].picked:
        came_in[0] = 0
    last = days[-1]
    return forecast(
        [one.settled for one in looked_at], came_in, left=last.all_picked - last.all_settled
    )


def _weeks(days: Sequence[Day]) -> list[Week]:
    """Seven days each, counted back from today; the oldest may be shorter."""
    found = []
    for end in range(len(days), 0, -WEEK):
        some = days[max(0, end - WEEK) : end]
        settled = sum(one.settled for one in some)
        found.append(Week(some[0], some[-1], sum(one.picked for one in some), settled))
    return found


def _pace(found: Forecast) -> str:
    if not found.settled and not found.came_in:
        return ""
    return str(
        ngettext(
            "Today %(settled)s claims were settled and %(new)s came in.",
            "In the last %(num)s days %(settled)s claims were settled, that is %(pace)s a week;"
            " %(new)s new ones came in, %(new_pace)s a week.",
            found.days,
            settled=number(found.settled, 0),
            pace=number(found.per_week, 1),
            new=number(found.came_in, 0),
            new_pace=number(found.came_in_per_week, 1),
        )
    )


def _range(found: Forecast, today: Day) -> str:
    first, last = (
        day(today.on + timedelta(days=end or 0)) for end in (found.earliest, found.latest)
    )
    if first == last:
        return str(_("At this pace all claims are checked around %(day)s.", day=first))
    return str(
        _(
            "At this pace all claims are checked between %(first)s and %(last)s.",
            first=first,
            last=last,
        )
    )


def _not_before(found: Forecast, today: Day) -> str:
    first = day(today.on + timedelta(days=found.earliest or 0))
    return str(
        _(
            "At this pace all claims are checked on %(first)s at the earliest. The days differ too"
            " much, or too much comes in, to name a latest day.",
            first=first,
        )
    )


# What is said of the end, by what can be said.
END: dict[Outlook, Callable[[Forecast, Day], str]] = {
    Outlook.NOTHING: lambda _found, _today: str(_("No claim is on the list yet.")),
    Outlook.DONE: lambda _found, _today: str(_("Every claim on the list is checked.")),
    Outlook.STILL: lambda found, _today: str(
        ngettext(
            "No claim was settled today: when all are checked cannot be told.",
            "No claim was settled in the last %(num)s days: when all are checked cannot be told.",
            max(found.days, 1),
        )
    ),
    Outlook.TOO_LITTLE: lambda _found, _today: str(
        _(
            "Too little to tell when all are checked: that takes a list that is %(days)s days old,"
            " and %(claims)s claims settled on at least %(at_work)s different days of the last"
            " %(window)s.",
            days=FEWEST_DAYS,
            claims=FEWEST_SETTLED,
            at_work=FEWEST_DAYS_AT_WORK,
            window=WINDOW_DAYS,
        )
    ),
    Outlook.GROWING: lambda _found, _today: str(
        _("As many claims come in as are settled, or more: at this pace the list does not end.")
    ),
    Outlook.FAR: lambda _found, _today: str(_("At this pace it takes more than two years.")),
    Outlook.NOT_BEFORE: _not_before,
    Outlook.RANGE: _range,
}
