"""How good a ranking is, with the interval that the figure could as well have had."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.extraction.checkworthy.fitting import LEAST_EXAMPLES, Example, Strength, fit
from app.extraction.checkworthy.scoring import score
from app.extraction.checkworthy.weights import Weights

Array = NDArray[np.float64]

RESAMPLES = 1_000
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Gain:
    """Average precision of held-out examples before and after fitting, and the difference."""

    before: Interval
    after: Interval
    gain: Interval
    folds: int


def average_precision(scores: Sequence[float] | Array, labels: Sequence[float] | Array) -> float:
    """The area under precision by recall, as a sum over the places where recall grows.

    Examples of one score stand at one place (as in scikit-learn's ``average_precision_score``), so
    that their order does not matter; a label above 0 is a hit. 0 where there is none.
    """
    return Order(scores, labels).average_precision(np.ones(len(scores)))


class Order:
    """Examples put in order once, to be measured in many samples of them."""

    def __init__(self, scores: Sequence[float] | Array, labels: Sequence[float] | Array) -> None:
        values = np.asarray(scores, dtype=np.float64)
        self._order = np.argsort(-values, kind="stable")
        self._hits = (np.asarray(labels) > 0)[self._order]
        # Where the last one of each score stands.
        is_last = np.diff(values[self._order], append=np.nan) != 0
        self._ends = np.flatnonzero(is_last)

    def average_precision(self, times: Array) -> float:
        """That of a sample in which each example stands so many times; see ``average_precision``."""
        drawn = np.asarray(times, dtype=np.float64)[self._order]
        every = np.cumsum(drawn)[self._ends]
        found = np.cumsum(drawn * self._hits)[self._ends]
        if not found.size or not found[-1]:
            return 0.0
        gained = np.diff(np.concatenate(([0.0], found)))
        return float(np.sum(gained * found / np.maximum(every, 1)) / found[-1])


def cross_validated(
    examples: Sequence[Example],
    *,
    prior: Weights,
    seed: int,
    folds: int = FOLDS,
    strength: Strength | None = None,
) -> Gain:
    """What fitting to some of the examples gains on the others; whole groups are held out.

    Each example is scored by the prior and by weights that were fitted without its fold. The 95 %
    intervals are percentiles of a bootstrap over groups (Efron and Tibshirani 1993, chapter 13),
    which draws both rankings together.

    Raises:
        ValueError: fewer than two groups, or examples of one kind only.
    """
    labels = np.array([one.label for one in examples])
    if not 0 < np.count_nonzero(labels > 0) < len(labels):
        raise ValueError("examples of one kind only")
    before = np.array([_odds(one, prior) for one in examples])
    after = held_out_scores(examples, prior=prior, seed=seed, folds=folds, strength=strength)
    groups = [one.group for one in examples]

    first_order, second_order = Order(before, labels), Order(after, labels)

    def both(times: Array) -> tuple[float, ...]:
        was = first_order.average_precision(times)
        now = second_order.average_precision(times)
        return was, now, now - was

    first, second, third = intervals(both, groups, seed=seed)
    return Gain(first, second, third, min(folds, len(set(groups))))


def held_out_scores(
    examples: Sequence[Example],
    *,
    prior: Weights,
    seed: int,
    folds: int = FOLDS,
    strength: Strength | None = None,
    least_examples: int | None = LEAST_EXAMPLES,
    sides: Mapping[str, int] | None = None,
) -> Array:
    """The score of each example by weights that were fitted without its fold.

    Raises:
        ValueError: fewer than two groups.
    """
    fold_of, scores = _folds(examples, folds, seed), np.empty(len(examples))
    for fold in range(int(fold_of.max()) + 1):
        train = [one for one, held in zip(examples, fold_of, strict=True) if held != fold]
        fitted = fit(
            train,
            prior=prior,
            name="fold",
            strength=strength,
            least_examples=least_examples,
            sides=sides,
        )
        for at in np.flatnonzero(fold_of == fold).tolist():
            scores[at] = _odds(examples[at], fitted)
    return scores


def intervals(
    measure: Callable[[Array], tuple[float, ...]],
    groups: Sequence[str],
    *,
    seed: int,
    resamples: int = RESAMPLES,
) -> list[Interval]:
    """Each figure of ``measure(times)`` with the interval of a bootstrap over groups.

    ``times`` says how often each example stands in a sample.
    """
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    group_of, many = np.array([numbers[group] for group in groups]), len(numbers)
    dice = np.random.default_rng(seed)
    drawn = [
        measure(np.bincount(dice.integers(many, size=many), minlength=many)[group_of])
        for _ in range(resamples)
    ]
    ends = np.percentile(np.array(drawn), [2.5, 97.5], axis=0)
    values = measure(np.ones(len(groups)))
    return [
        Interval(value, min(value, float(low)), max(value, float(high)))
        for value, low, high in zip(values, *ends, strict=True)
    ]


def _odds(example: Example, weights: Weights) -> float:
    return score(example.signals, example.text, weights).value


def _folds(examples: Sequence[Example], folds: int, seed: int) -> NDArray[np.int64]:
    """A fold for each example; groups are dealt out in a drawn order, the largest first."""
    sizes: dict[str, int] = {}
    for one in examples:
        sizes[one.group] = sizes.get(one.group, 0) + 1
    if len(sizes) < 2:
        raise ValueError("fewer than two groups")
    names = sorted(sizes)
    np.random.default_rng(seed).shuffle(names)
    filled = [0] * min(folds, len(names))
    fold_of: dict[str, int] = {}
    for name in sorted(names, key=lambda one: -sizes[one]):
        fold_of[name] = filled.index(min(filled))
        filled[fold_of[name]] += sizes[name]
    return np.array([fold_of[one.group] for one in examples])
