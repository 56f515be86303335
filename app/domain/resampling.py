"""Agreement of weighted units as arrays: the figure, and what other draws of units would give.

Every measure is a function of how often each kind of unit is there, so that the figure itself and a
thousand draws of it are one computation. Loaded late: numpy takes its time.
"""

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.agreement import Level, Ranks, Units

Numbers = NDArray[Any]
Measure = Callable[[Numbers], Numbers]

DRAWS, FEWEST_DRAWS = 1_000, 200
# Draws times kinds of units; what is beyond makes fewer draws, not a slow page.
MOST_CELLS = 1_000_000
# The same units give the same interval each time a page is opened.
SEED = 20_250_904
OUTER = (2.5, 97.5)


class Sample:
    """Units with two answers or more, as counts of labels."""

    def __init__(self, units: Units, *, draws: int | None = None) -> None:
        """``draws``: how many for an interval; None for as many as are cheap, 0 for no interval."""
        used = {answers: n for answers, n in units.items() if len(answers) > 1 and n > 0}
        self.labels = list({label: None for answers in used for label in answers})
        self.units = sum(used.values())
        place = {label: number for number, label in enumerate(self.labels)}
        self._weights = np.array([list(used.values())], dtype=float).reshape(1, len(used))
        self._counts = np.zeros((len(used), len(self.labels)))
        for row, answers in zip(self._counts, used, strict=True):
            for label, count in Counter(answers).items():
                row[place[label]] = count
        cheap = min(DRAWS, max(FEWEST_DRAWS, MOST_CELLS // max(1, len(used))))
        self._number = cheap if draws is None else draws

    def told(self, measure: Measure) -> tuple[float | None, float | None, float | None]:
        """A figure with the ends of its interval; None where it is undefined."""
        value = float(measure(self._weights)[0])
        if np.isnan(value):
            return None, None, None
        if self.units < 2 or not self._number:
            return value, None, None
        drawn = measure(self._draws)
        drawn = drawn[~np.isnan(drawn)]
        if 2 * len(drawn) < self._number:
            return value, None, None
        low, high = np.percentile(drawn, OUTER)
        return value, float(low), float(high)

    @cached_property
    def _draws(self) -> Numbers:
        """As many units drawn from these, with replacement, again and again: a row is one draw."""
        dice = np.random.default_rng(SEED)
        shares = self._weights[0] / self.units
        return dice.multinomial(self.units, shares, size=self._number).astype(float)

    def agreeing(self, weights: Numbers) -> Numbers:
        """The share of pairs of answers to one unit that are the same."""
        answers = self._counts.sum(axis=1)
        alike = (self._counts * (self._counts - 1)).sum(axis=1)
        return _ratio(weights @ alike, weights @ (answers * (answers - 1)))

    def off_scale(self, ranks: Ranks) -> int:
        """How many answers have no rank."""
        off = [ranks.get(label) is None for label in self.labels]
        return int((self._weights @ self._counts[:, off]).sum())

    def units_on_scale(self, ranks: Ranks) -> int:
        """How many units have two answers with a rank."""
        on = [ranks.get(label) is not None for label in self.labels]
        return int(self._weights[0][self._counts[:, on].sum(axis=1) > 1].sum())

    def alpha(self, level: Level, ranks: Ranks) -> Measure:
        """Krippendorff's alpha, 1 - D_o / D_e, by the coincidences of each kind of unit."""
        nominal = level is Level.NOMINAL
        values: dict[Any, Any] = (
            dict(enumerate(self.labels))
            if nominal
            else {
                place: ranks[label]
                for place, label in enumerate(self.labels)
                if ranks.get(label) is not None
            }
        )
        order = list(values) if nominal else sorted(values, key=lambda place: values[place])
        counts = self._counts[:, order]
        scale = None if nominal else np.array([float(values[place]) for place in order])
        counts, scale = _merged(counts, scale)
        pairs = _coincidences(counts)
        kinds = counts.shape[1]

        def measure(weights: Numbers) -> Numbers:
            met = (weights @ pairs).reshape(len(weights), kinds, kinds)
            given = met.sum(axis=2)
            apart = _apart(level, given, scale)
            by_chance = given[:, :, None] * given[:, None, :]
            found, expected = ((each * apart).sum(axis=(1, 2)) for each in (met, by_chance))
            return 1 - _ratio((given.sum(axis=1) - 1) * found, expected)

        return measure


def _merged(counts: Numbers, scale: Numbers | None) -> tuple[Numbers, Numbers | None]:
    """Labels of one rank as one value of the scale."""
    if scale is None:
        return counts, None
    ranks, place = np.unique(scale, return_inverse=True)
    merged = np.zeros((len(counts), len(ranks)))
    for column, target in enumerate(place):
        merged[:, target] += counts[:, column]
    return merged, ranks


def _coincidences(counts: Numbers) -> Numbers:
    """How often each value meets each other one in a unit, each answer counted once in all."""
    answers = counts.sum(axis=1)
    kinds = counts.shape[1]
    met = counts[:, :, None] * (counts[:, None, :] - np.eye(kinds))
    others = np.where(answers > 1, answers - 1, 1)[:, None, None]
    met = np.where(answers[:, None, None] > 1, met / others, 0)
    flat: Numbers = met.reshape(len(counts), kinds * kinds)
    return flat


def _apart(level: Level, given: Numbers, scale: Numbers | None) -> Numbers:
    """The squared difference of each two values, for each draw."""
    kinds = given.shape[1]
    if scale is None:
        return np.broadcast_to(1 - np.eye(kinds), (len(given), kinds, kinds))
    # Ordinal differences are those of the middle places that values have among all answers.
    places = given.cumsum(axis=1) - given / 2 if level is Level.ORDINAL else scale[None, :]
    apart: Numbers = (places[:, :, None] - places[:, None, :]) ** 2
    return np.broadcast_to(apart, (len(given), kinds, kinds))


def _ratio(of: Numbers, by: Numbers) -> Numbers:
    """A quotient, and nan where there is none."""
    quotient: Numbers = np.divide(of, by, out=np.full(by.shape, np.nan), where=by != 0)
    return quotient
