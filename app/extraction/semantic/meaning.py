"""Whether a statement means what desks check: one number from its vector, learned beside the signals.

The numbers are those of a logistic regression on what signals and words leave unsaid; ``python
tools/meaning.py`` makes them from the labelled sets that make the weights.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHIPPED_FILE = Path(str(files("app.extraction.semantic").joinpath("meaning.json")))
# How strongly the numbers are drawn to nothing: the inverse variance of their prior.
STRENGTH, BASE_STRENGTH = 3.0, 0.1
DECIMALS = 3
_MOST_STEPS, _TOLERANCE = 50, 1e-9

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The log-odds that a vector adds: ``base`` and a number for each of its parts."""

    base: float
    numbers: Sequence[float]

    def of(self, vectors: NDArray[Any]) -> list[float]:
        """What each vector adds, a row each."""
        found = self.base + vectors.astype(np.float64) @ np.asarray(self.numbers)
        return [round(float(one), DECIMALS) for one in found]

    def as_json_dict(self) -> dict[str, Any]:
        """The numbers as plain data."""
        return {"base": self.base, "numbers": list(self.numbers)}


@cache
def shipped_meaning() -> Meaning:
    """The numbers that come with Assay."""
    plain: Mapping[str, Any] = json.loads(SHIPPED_FILE.read_text(encoding="utf-8"))
    return Meaning(plain["base"], tuple(plain["numbers"]))


def learned(vectors: NDArray[Any], odds: Array, labels: Array, weights: Array) -> Meaning:
    """What of the labels vectors explain beyond the log-odds that are there already.

    Newton's method on the penalised log-likelihood, which is convex (Bishop, Pattern Recognition
    and Machine Learning, 4.3.3).
    """
    design = np.column_stack([np.ones(len(vectors)), vectors.astype(np.float64)])
    pull = np.full(design.shape[1], STRENGTH)
    pull[0] = BASE_STRENGTH
    found = np.zeros(design.shape[1])
    for _step in range(_MOST_STEPS):
        share = 0.5 * (1 + np.tanh(0.5 * (odds + design @ found)))
        slope = design.T @ (weights * (share - labels)) + pull * found
        bend = (design * (weights * share * (1 - share))[:, None]).T @ design + np.diag(pull)
        move = np.linalg.solve(bend, slope)
        found -= move
        if float(np.max(np.abs(move))) < _TOLERANCE:
            break
    base, *numbers = (round(float(one), DECIMALS) + 0.0 for one in found)
    return Meaning(base, tuple(numbers))
