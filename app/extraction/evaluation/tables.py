"""Figures of several scorers side by side, each with the interval that it could as well have had."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.extraction.checkworthy.measures import RESAMPLES, Interval

Array = NDArray[np.float64]
Column = Mapping[str, Interval]
_ENDS = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of scorers and controls over the same things.

    Attributes:
        counts: of what and how much they are.
        columns: for each scorer and control its figures; None where nothing could be measured.
        differences: for each scorer but the first what its figures are above the first one's.
    """

    counts: Mapping[str, int]
    columns: Mapping[str, Mapping[str, Interval | None]]
    differences: Mapping[str, Mapping[str, Interval | None]]

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of the figures."""
        return tuple(next(iter(self.columns.values()), {}))


def macro_table(
    rows: Mapping[str, Sequence[Sequence[float | None]]],
    *,
    figures: Sequence[str],
    scorers: Sequence[str],
    counts: Mapping[str, int],
    seed: int,
) -> Table:
    """Means over articles, with percentiles of a bootstrap over articles.

    All scorers are drawn together, so that their differences are paired (Efron and Tibshirani 1993,
    chapter 13). What an article has nothing for is left out of a mean.

    Args:
        rows: for each scorer and control the figures of each article.
        figures: their names.
        scorers: those of which the differences are asked, the first one being the measure.
        counts: what is told of the articles.
        seed: of the draws.
    """
    values = {name: np.array(those, dtype=np.float64) for name, those in rows.items()}
    number = len(next(iter(values.values())))
    drawn = np.random.default_rng(seed).integers(number, size=(RESAMPLES, number))
    means = {name: _means(those[drawn]) for name, those in values.items()}
    whole = {name: _means(those[None])[0] for name, those in values.items()}
    first = scorers[0]
    return Table(
        counts,
        {name: _column(figures, whole[name], means[name]) for name in values},
        {
            name: _column(figures, whole[name] - whole[first], means[name] - means[first])
            for name in scorers[1:]
        },
    )


def _means(values: Array) -> Array:
    """The mean over the articles of each draw, without those that have no figure."""
    known = ~np.isnan(values)
    number = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def _column(figures: Sequence[str], whole: Array, drawn: Array) -> dict[str, Interval | None]:
    return {name: interval_of(float(whole[at]), drawn[:, at]) for at, name in enumerate(figures)}


def interval_of(value: float, drawn: Array) -> Interval | None:
    """A figure with the percentiles of what was drawn; None where there is none."""
    known = drawn[~np.isnan(drawn)]
    if np.isnan(value) or not len(known):
        return None
    low, high = np.percentile(known, _ENDS)
    return Interval(value, min(value, float(low)), max(value, float(high)))
