"""What a desk's decisions about claims teach: which count for a claim, which against, which nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.words import ClaimState, TriageDecision

# The answer by which a check says that there was nothing to check.
NO_CLAIM = "not-a-claim"
# What the weights that come with Assay are called in the label of a score.
SHIPPED = "shipped"


class Lesson(StrEnum):
    """What a person did with a claim, as far as it says what is worth checking."""

    PICKED = "picked"
    TRIMMED = "trimmed"
    ADDED = "added"
    DROPPED = "dropped"

    @property
    def is_for(self) -> bool:
        """Whether it says that such a claim is worth checking."""
        return self is not Lesson.DROPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """How a claim stands that a person may have decided about.

    ``decision`` is the first one about the suggestion; ``is_missed``: a person found the claim where
    extraction had none; ``is_trimmed``: its ends or its wording were corrected, or it was split;
    ``is_no_claim``: its verdict is that there was nothing to check.
    """

    state: ClaimState
    decision: TriageDecision | None = None
    is_missed: bool = False
    is_trimmed: bool = False
    is_no_claim: bool = False


def lesson(of: Decided) -> Lesson | None:
    """What a claim teaches as it stands now; None where nobody looked at it.

    A claim that was dropped and brought back is picked. One that the project's own mark opened, or
    that came in with a file, was chosen by nobody here: only what people did to it since counts.
    """
    if of.state is ClaimState.REJECTED or of.is_no_claim:
        return Lesson.DROPPED
    if of.is_missed:
        return Lesson.ADDED
    if of.is_trimmed:
        return Lesson.TRIMMED
    if of.decision is not None and of.state is not ClaimState.CANDIDATE:
        return Lesson.PICKED
    return None


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure and the ends of its interval, in which it lies in 95 of 100 cases."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Gain:
    """Average precision with the weights that a fit began with, with the fitted ones, and between."""

    before: Measure
    after: Measure
    gain: Measure

    @property
    def is_certain(self) -> bool:
        """Whether the fitted weights are better in all of the interval."""
        return self.gain.low > 0

    @property
    def is_certain_loss(self) -> bool:
        """Whether they are worse in all of it."""
        return self.gain.high < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsRecord:
    """Weights that were learned from a project's decisions; ``numbers`` as a file of weights has them.

    ``gain`` is None where there was too little to measure by; ``by`` is None for the console.
    """

    id: int
    public_id: str
    project_id: int
    version: int
    grown_from: str
    numbers: Mapping[str, Any]
    seed: int
    folds: int
    counts: Mapping[Lesson, int]
    gain: Gain | None
    created_at: datetime
    by: str | None = None
