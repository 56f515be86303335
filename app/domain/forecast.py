"""When a list of claims will be done, as a range, from how many came in and went out each day.

The open claims are taken as a random walk with drift: each day it falls by those that were settled
and rises by those that came in. After ``h`` days it has fallen by ``h * r``, give or take
``Z * s * sqrt(h * (1 + h / n))``, where ``r`` is the mean fall of the ``n`` days looked at and
``s`` their standard deviation; the first part under the root is what the coming days will differ
by, the second how little so few days tell of ``r``. (Hyndman and Athanasopoulos, Forecasting:
Principles and Practice, 3rd edition, sections 5.2 and 5.5, the drift method, with ``n`` daily
changes for their T - 1.) ``s`` is never below that of a Poisson process, whose variance is its
mean: a few even days must not look like certainty. The range begins where the upper edge of that
band reaches the open claims and ends where the lower edge does, both roots of

    (r² - Z² s² / n) h² - (2 L r + Z² s²) h + L² = 0

with ``L`` open claims. Where the first factor is not above zero, the lower edge never gets there:
there is an earliest day and no latest one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt

# Four times in five, if the coming weeks are like the last ones.
Z = 1.2816
WINDOW_DAYS = 28
# With less than this to go by, no day is named.
FEWEST_DAYS = 7
FEWEST_SETTLED = 10
FEWEST_DAYS_AT_WORK = 3
# Nobody can mean a day further away than this.
HORIZON_DAYS = 730


class Outlook(StrEnum):
    """What can be said of the end."""

    NOTHING = "nothing"
    DONE = "done"
    STILL = "still"
    TOO_LITTLE = "too-little"
    GROWING = "growing"
    FAR = "far"
    NOT_BEFORE = "not-before"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Forecast:
    """The pace of the days looked at, and in how many days from now the end may come.

    Attributes:
        days: how many days were looked at.
        settled, came_in: how many claims were settled and came in within them.
        earliest, latest: in days from now, as far as the outlook names them.
    """

    outlook: Outlook
    days: int
    settled: int
    came_in: int
    earliest: int | None = None
    latest: int | None = None

    @property
    def per_week(self) -> float:
        """Claims settled in a week."""
        return 7 * self.settled / self.days if self.days else 0.0

    @property
    def came_in_per_week(self) -> float:
        """Claims that came in in a week."""
        return 7 * self.came_in / self.days if self.days else 0.0


def forecast(settled: Sequence[int], came_in: Sequence[int], *, left: int) -> Forecast:
    """The end of ``left`` open claims, from the counts of each of some days, the last one today."""
    outlook = _without_an_end(settled, came_in, left)
    ends: tuple[int | None, int | None] = (None, None)
    if outlook is None:
        outlook, ends = _ends(settled, came_in, left)
    return Forecast(outlook, len(settled), sum(settled), sum(came_in), *ends)


def _without_an_end(settled: Sequence[int], came_in: Sequence[int], left: int) -> Outlook | None:
    """Why no day can be named; None where one can."""
    enough = (
        len(settled) >= FEWEST_DAYS
        and sum(settled) >= FEWEST_SETTLED
        and sum(1 for number in settled if number) >= FEWEST_DAYS_AT_WORK
    )
    rules = (
        (left == 0 and not any(came_in) and not any(settled), Outlook.NOTHING),
        (left == 0, Outlook.DONE),
        (not any(settled), Outlook.STILL),
        (not enough, Outlook.TOO_LITTLE),
        (sum(settled) <= sum(came_in), Outlook.GROWING),
    )
    return next((outlook for holds, outlook in rules if holds), None)


def _ends(
    settled: Sequence[int], came_in: Sequence[int], left: int
) -> tuple[Outlook, tuple[int | None, int | None]]:
    days = len(settled)
    falls = [out - new for out, new in zip(settled, came_in, strict=True)]
    pace = sum(falls) / days
    spread = Z**2 * max(
        sum((fall - pace) ** 2 for fall in falls) / (days - 1),
        (sum(settled) + sum(came_in)) / days,
    )
    square, middle = pace**2 - spread / days, 2 * left * pace + spread
    # The smaller root, written so that it holds at a square of zero too.
    root = sqrt(max(0.0, middle**2 - 4 * square * left**2))
    earliest = ceil(2 * left**2 / (middle + root))
    if earliest > HORIZON_DAYS:
        return Outlook.FAR, (None, None)
    latest = ceil((middle + root) / (2 * square)) if square > 0 else None
    if latest is None or latest > HORIZON_DAYS:
        return Outlook.NOT_BEFORE, (earliest, None)
    return Outlook.RANGE, (earliest, latest)
