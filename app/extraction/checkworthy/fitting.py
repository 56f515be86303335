"""Fitting weights to what people decided: logistic regression that is drawn to the weights before.

The penalised log-likelihood of a logistic regression with a normal prior around given weights
(maximum a posteriori; Bishop, Pattern Recognition and Machine Learning, 4.4 and 4.5.1) is convex;
L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5) finds its one maximum, so that the
same examples give the same weights whatever their order.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.extraction.checkworthy.weights import Weights
from app.extraction.checkworthy.words import words_of

Array = NDArray[np.float64]

# A word counts once this many examples have it, and is kept when it moves the log-odds by as much.
LEAST_EXAMPLES = 2
LEAST_MOVE = 0.02
DECIMALS = 3
_PAIRS = 12
_MOST_STEPS = 500
# How small the gradient must be, as a share of the loss; below that sums of floats only tremble.
_TOLERANCE, _LEAST_LOSS = 1e-9, 100.0


@dataclass(frozen=True, slots=True)
class Example:
    """A statement and whether it is worth checking.

    Attributes:
        signals: what ``signals_of`` measured, by code.
        text: the words of the statement.
        label: 1 where it is worth checking, 0 where it is not, or something between.
        group: what it must not be parted from by cross-validation, such as its article.
        weight: how much it counts.
    """

    signals: Mapping[str, float]
    text: str
    label: float
    group: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Strength:
    """How strongly weights are drawn to the ones before: the inverse variance of the prior.

    Attributes:
        base: of the log-odds without any signal.
        signals: of each signal.
        words: of each word; words are many, so they are held back more.
        held: of signals that are held back in another way, by code.
    """

    base: float = 0.1
    signals: float = 4.0
    words: float = 8.0
    held: Mapping[str, float] = field(default_factory=dict)

    def pull(self, codes: Sequence[str], words: int) -> Array:
        """The strength for the base, each signal and each of so many words."""
        of_signals = [self.held.get(code, self.signals) for code in codes]
        return np.array([self.base, *of_signals, *[self.words] * words])


def fit(
    examples: Sequence[Example],
    *,
    prior: Weights,
    name: str,
    strength: Strength | None = None,
    least_examples: int | None = LEAST_EXAMPLES,
    sides: Mapping[str, int] | None = None,
) -> Weights:
    """The weights that explain the examples best without going far from ``prior``.

    ``listed_from`` is taken over. Without examples the answer has the numbers of the prior.

    Args:
        examples: the statements, with their labels.
        prior: the weights before.
        name: what the answer is called.
        strength: how strongly it is drawn to the weights before.
        least_examples: so many must have a word for it to count; None: no other than the prior's.
        sides: 1 or -1 by code, for signals whose weight may not have the other sign; one that
            would have is left out, and the others are fitted again.
    """
    held, wrong = strength or Strength(), set[str]()
    every = set(prior.signals) | {code for one in examples for code in one.signals}
    words = _vocabulary(examples, prior, least_examples)
    while True:
        codes = sorted(every - wrong)
        start = _numbers(prior, codes, words)
        pull = held.pull(codes, len(words))
        found = _minimum(_Loss(_design(examples, codes, words), start, pull), start)
        by_code = dict(zip(codes, found[1:].tolist(), strict=False))
        new = {code for code, side in (sides or {}).items() if side * by_code.get(code, 0) < 0}
        if not new:
            return _as_weights(found, codes, words, prior=prior, name=name)
        wrong |= new


def _numbers(weights: Weights, codes: Sequence[str], words: Sequence[str]) -> Array:
    of_signals = [weights.signals.get(code, 0.0) for code in codes]
    return np.array([weights.base, *of_signals, *(weights.words.get(word, 0.0) for word in words)])


def _as_weights(
    found: Array, codes: Sequence[str], words: Sequence[str], *, prior: Weights, name: str
) -> Weights:
    numbers = [round(float(number), DECIMALS) + 0.0 for number in found]
    of_words = dict(zip(words, numbers[1 + len(codes) :], strict=True))
    return Weights(
        name=name,
        base=numbers[0],
        signals=dict(zip(codes, numbers[1 : 1 + len(codes)], strict=True)),
        words={word: by for word, by in of_words.items() if abs(by) >= LEAST_MOVE},
        listed_from=prior.listed_from,
    )


def _vocabulary(examples: Sequence[Example], prior: Weights, least: int | None) -> list[str]:
    if least is None:
        return sorted(prior.words)
    seen = Counter(word for one in examples for word in words_of(one.text))
    return sorted({word for word, times in seen.items() if times >= least} | set(prior.words))


@dataclass(frozen=True, slots=True)
class _Design:
    """The examples as a sparse matrix: ``values[k]`` stands in row ``rows[k]``, column ``cols[k]``."""

    rows: NDArray[np.int64]
    cols: NDArray[np.int64]
    values: Array
    labels: Array
    weights: Array

    def scores(self, weights: Array) -> Array:
        """The log-odds of each example."""
        size = len(self.labels)
        summed = np.bincount(self.rows, self.values * weights[self.cols], minlength=size)
        return summed.astype(np.float64)

    def back(self, by_row: Array, width: int) -> Array:
        """The sum over the examples of what each says, by column."""
        summed = np.bincount(self.cols, self.values * by_row[self.rows], minlength=width)
        return summed.astype(np.float64)


def _design(examples: Sequence[Example], codes: Sequence[str], words: Sequence[str]) -> _Design:
    column = {code: at for at, code in enumerate(codes, 1)}
    of_word = {word: at for at, word in enumerate(words, 1 + len(codes))}
    rows, cols, values = [], [], []
    for row, one in enumerate(examples):
        told = [(0, 1.0), *_known(one.signals, column)]
        told += [(of_word[word], 1.0) for word in words_of(one.text) if word in of_word]
        for col, value in sorted(told):
            rows.append(row)
            cols.append(col)
            values.append(value)
    return _Design(
        np.array(rows, dtype=np.int64),
        np.array(cols, dtype=np.int64),
        np.array(values, dtype=np.float64),
        np.array([one.label for one in examples], dtype=np.float64),
        np.array([one.weight for one in examples], dtype=np.float64),
    )


def _known(signals: Mapping[str, float], column: Mapping[str, int]) -> list[tuple[int, float]]:
    return [(column[code], value) for code, value in signals.items() if code in column]


@dataclass(frozen=True, slots=True)
class _Loss:
    """The penalised loss and its gradient."""

    design: _Design
    start: Array
    pull: Array

    def at(self, weights: Array) -> tuple[float, Array]:
        """The loss of these weights and the direction in which it grows."""
        design, away = self.design, weights - self.start
        odds = design.scores(weights)
        loss = design.weights * (np.logaddexp(0, odds) - design.labels * odds)
        wrong = design.weights * (_logistic(odds) - design.labels)
        penalty = 0.5 * np.sum(self.pull * away**2)
        gradient = design.back(wrong, len(weights)) + self.pull * away
        return float(np.sum(loss) + penalty), gradient


def _logistic(odds: Array) -> Array:
    return 0.5 * (1 + np.tanh(0.5 * odds))


def _minimum(loss: _Loss, start: Array) -> Array:
    """Where the loss is least, by L-BFGS with a backtracking line search."""
    here, pairs = start.copy(), list[tuple[Array, Array]]()
    value, gradient = loss.at(here)
    for _step in range(_MOST_STEPS):
        if np.max(np.abs(gradient), initial=0.0) < _TOLERANCE * max(value, _LEAST_LOSS):
            break
        direction = -_two_loops(gradient, pairs)
        slope, length = float(np.sum(gradient * direction)), 1.0
        there, (new, grown) = here + direction, loss.at(here + direction)
        while new > value + 1e-4 * length * slope and length > 1e-12:
            length /= 2
            there = here + length * direction
            new, grown = loss.at(there)
        if new >= value:
            # No step makes it less: the rest is the trembling of floats.
            break
        moved, turned = there - here, grown - gradient
        if float(np.sum(moved * turned)) > 1e-14:
            pairs = [*pairs[1 - _PAIRS :], (moved, turned)]
        here, value, gradient = there, new, grown
    return here


def _two_loops(gradient: Array, pairs: Sequence[tuple[Array, Array]]) -> Array:
    """The gradient times an estimate of the inverse of the second derivative."""
    result, backwards = gradient.copy(), []
    for moved, turned in reversed(pairs):
        share = float(np.sum(moved * result) / np.sum(moved * turned))
        result -= share * turned
        backwards.append(share)
    if pairs:
        moved, turned = pairs[-1]
        result *= np.sum(moved * turned) / np.sum(turned**2)
    for (moved, turned), share in zip(pairs, reversed(backwards), strict=True):
        result += moved * (share - float(np.sum(turned * result) / np.sum(moved * turned)))
    return result
