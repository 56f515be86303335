"""What counts more and what less under other weights, in the phrases of the page."""

import math
from dataclasses import dataclass

from app.extraction.checkworthy.scoring import OF_WORDS
from app.extraction.checkworthy.signals import PHRASES
from app.extraction.checkworthy.weights import Weights

MOST = 10


@dataclass(frozen=True, slots=True)
class Changed:
    """By how much something multiplied the odds of a claim before, and does now."""

    phrase: str
    before: float
    after: float


def changed(before: Weights, after: Weights, *, most: int = MOST) -> list[Changed]:
    """What changed most, whichever way, the largest change first."""
    named = [
        *((phrase, before.signals.get(code, 0.0), after.signals.get(code, 0.0))
          for code, phrase in PHRASES.items()),
        *((f"{OF_WORDS}“{word}”", before.words.get(word, 0.0), after.words.get(word, 0.0))
          for word in {*before.words, *after.words}),
    ]  # fmt: skip
    named.sort(key=lambda one: (-abs(one[2] - one[1]), one[0]))
    return [
        Changed(phrase, math.exp(was), math.exp(now))
        for phrase, was, now in named[:most]
        if was != now
    ]
