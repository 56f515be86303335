"""How a month's figures stand on its page: tables with bars, and the months before as columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from babel import dates
from flask_babel import lazy_gettext as _

from app.domain.months import Month
from app.domain.report import MonthFigures, Tally
from app.web import charts
from app.web.languages import page_locale

# Of each list; the file has more.
MOST_ROWS = 12
# How many months the page offers to go back to.
MOST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: how many this month and the month before, and how long its bar is."""

    words: str
    is_theirs: bool
    number: int
    before: int
    percent: float


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A table of one way to count: what it counts, its rows, and how many did not fit."""

    code: str
    title: str
    about: str
    key: str
    lines: Sequence[Line]
    others: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to count; ``nothing`` is what the page calls a missing key."""

    code: str
    title: Any
    key: Any
    of: Callable[[MonthFigures], Tally]
    nothing: Any = ""
    about: Any = ""


_BALANCE = _("Of the claims that came on the list. Are some watched more closely than others?")
_NOBODY = _("Nobody: the article's own voice")
_NO_PARTY = _("No party is noted")
KINDS = (
    Kind("verdicts", _("Settled, by verdict"), _("Verdict"), lambda m: m.verdicts),
    Kind(
        "topics",
        _("Settled, by topic"),
        _("Topic"),
        lambda m: m.topics,
        about=_("A claim with several tags counts under each."),
    ),
    Kind(
        "settled-claimants",
        _("Settled, by who said it"),
        _("Who said it"),
        lambda m: m.settled_claimants,
        nothing=_NOBODY,
    ),
    Kind(
        "settled-parties",
        _("Settled, by party"),
        _("Party"),
        lambda m: m.settled_parties,
        nothing=_NO_PARTY,
    ),
    Kind(
        "picked-claimants",
        _("Picked, by who said it"),
        _("Who said it"),
        lambda m: m.picked_claimants,
        nothing=_NOBODY,
        about=_BALANCE,
    ),
    Kind(
        "picked-parties",
        _("Picked, by party"),
        _("Party"),
        lambda m: m.picked_parties,
        nothing=_NO_PARTY,
        about=_BALANCE,
    ),
)


def breakdowns(this: MonthFigures, before: MonthFigures) -> list[Breakdown]:
    """The tables of a month, each row beside its number of the month before."""
    return [
        Breakdown(
            code=kind.code,
            title=str(kind.title),
            about=str(kind.about),
            key=str(kind.key),
            lines=_lines(kind, kind.of(this).cut(MOST_ROWS), kind.of(before)),
            others=kind.of(this).cut(MOST_ROWS).others,
        )
        for kind in KINDS
    ]


def _lines(kind: Kind, this: Tally, before: Tally) -> list[Line]:
    return [
        Line(
            words=str(kind.nothing) if key is None else key,
            is_theirs=key is not None,
            number=number,
            before=before.of(key),
            percent=charts.share(number, this.largest),
        )
        for key, number in this.rows
    ]


def months_chart(months: Sequence[tuple[Month, int, int]]) -> charts.Columns:
    """Picked and settled claims of each month as columns side by side."""
    return charts.columns([[picked for _m, picked, _s in months], [s for _m, _p, s in months]])


def months_to_choose(first: Month, last: Month, chosen: Month) -> list[Month]:
    """The months from the first one to the last, newest first, with the chosen one among them."""
    found = {last.moved(-place) for place in range(MOST_MONTHS)}
    return sorted({month for month in found if month >= first} | {chosen}, reverse=True)


def month_words(month: Month, *, is_short: bool = False) -> str:
    """A month in words: November 2026, or Nov beneath a column."""
    pattern = "MMM" if is_short else "MMMM y"
    return str(dates.format_date(month.first_day, pattern, locale=page_locale()))
