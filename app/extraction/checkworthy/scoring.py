"""From signals and words to a score from 0 to 1, with its reasons, strongest first."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.extraction.checkworthy.signals import PHRASES
from app.extraction.checkworthy.weights import Weights
from app.extraction.checkworthy.words import words_of

# What moves the odds by less than a tenth is no reason that anybody needs to read.
_LEAST_REASON = 0.1
_MOST_WORDS = 3
# Beyond these odds nothing changes in four decimals, and the exponential of more may be no number.
_MOST_ODDS = 40.0
# How the reason begins that names words; the words themselves follow, between quotation marks.
OF_WORDS = "words: "


@dataclass(frozen=True, slots=True)
class Scored:
    """A score, the phrases of what raised it and of what lowered it, strongest first."""

    value: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]


def score(signals: Mapping[str, float], text: str, weights: Weights) -> Scored:
    """How much a desk would want a statement checked, and why.

    Args:
        signals: what ``signals_of`` found, by code.
        text: the words of the statement, for the weights of words.
        weights: how much each counts; what they do not know counts nothing.
    """
    moved = [
        (weights.signals.get(code, 0.0) * value, PHRASES[code])
        for code, value in signals.items()
        if code in PHRASES
    ]
    told = {word: weights.words[word] for word in words_of(text) if word in weights.words}
    total = weights.base + sum(by for by, _phrase in moved) + sum(told.values())
    odds = max(-_MOST_ODDS, min(_MOST_ODDS, total))
    moved += _as_reasons(told)
    return Scored(
        round(1 / (1 + math.exp(-odds)), 4),
        _phrases((by, phrase) for by, phrase in moved if by >= _LEAST_REASON),
        _phrases((-by, phrase) for by, phrase in moved if by <= -_LEAST_REASON),
    )


def _as_reasons(told: Mapping[str, float]) -> list[tuple[float, str]]:
    """The words that raise the score as one reason, and those that lower it as another."""
    found = []
    for sign in (1, -1):
        strongest = sorted((-by * sign, word) for word, by in told.items() if by * sign > 0)
        if strongest:
            named = ", ".join(f"“{word}”" for _by, word in strongest[:_MOST_WORDS])
            found.append((-sign * sum(by for by, _word in strongest), OF_WORDS + named))
    return found


def _phrases(found: Iterable[tuple[float, str]]) -> tuple[str, ...]:
    return tuple(phrase for _by, phrase in sorted(found, key=lambda one: (-one[0], one[1])))
