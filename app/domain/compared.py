"""A figure of a claim beside one of a source: whether they can be compared, and how far apart they are.

Nothing here is a verdict. What was assumed to bring two figures to one unit is said in ``notes``,
what they leave open in ``warnings``. The rules of tolerance stand in ``app.domain.rounding``.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain import figure_periods, reconciled
from app.domain.claim_parts import QuantityRecord
from app.domain.reconciled import ExchangeRate, Hindrance, Note, Pair
from app.domain.words import Change, Comparator

_LOWER = frozenset({Comparator.MORE, Comparator.AT_LEAST})
_UPPER = frozenset({Comparator.LESS, Comparator.AT_MOST})
_BOUNDS = _LOWER | _UPPER
_PRECISION = 1e-9


class Outcome(StrEnum):
    """How two figures stand to each other.

    ``in-bound``: one says only "more than" or "at most", and the other is that; ``in-range``: one is
    a range, and the other lies in it.
    """

    SAME = "same"
    ROUNDED = "rounded"
    WITHIN = "within"
    IN_BOUND = "in-bound"
    IN_RANGE = "in-range"
    DIFFERS = "differs"
    NOT_COMPARED = "not-compared"


class Warned(StrEnum):
    """What two figures leave open, or what tells them apart beside their numbers."""

    TIME_CLAIM = "time-claim"
    TIME_SOURCE = "time-source"
    TIME_BOTH = "time-both"
    YEAR_CLAIM = "year-claim"
    YEAR_SOURCE = "year-source"
    YEAR_BOTH = "year-both"
    OTHER_TIME = "other-time"
    UNIT_CLAIM = "unit-claim"
    UNIT_SOURCE = "unit-source"
    OPPOSITE = "opposite"
    PRICES = "prices"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures side by side.

    Attributes:
        because: why they are not compared, where they are not.
        unit: that of the claim, but ``percentage point`` between two shares.
        value: what the source states, in the claim's unit; None where it is not compared, or where
            one of the two is a multiple.
        difference: the claim's number less the source's, in ``unit``.
        relative: the difference as a share of the source's number; None where that is 0, or where it
            would say nothing, as between two temperatures.
        rate: the rate of exchange that was used.
    """

    outcome: Outcome
    claim: QuantityRecord
    source: QuantityRecord
    because: Hindrance | None = None
    unit: str = ""
    value: float | None = None
    difference: float | None = None
    relative: float | None = None
    notes: tuple[Note, ...] = ()
    warnings: tuple[Warned, ...] = ()
    rate: ExchangeRate | None = None

    @property
    def is_compared(self) -> bool:
        """Whether the two could be set beside each other."""
        return self.outcome is not Outcome.NOT_COMPARED


def compare(
    claim: QuantityRecord, source: QuantityRecord, *, rate: ExchangeRate | None = None
) -> Comparison:
    """What a claim states beside what a source states; ``rate`` is used between its two currencies."""
    pair = reconciled.pair(claim, source, rate=rate)
    if isinstance(pair, Hindrance):
        return Comparison(Outcome.NOT_COMPARED, claim, source, because=pair)
    outcome = _outcome(pair)
    if outcome is None:
        hindrance = Hindrance.BOUNDS
        return Comparison(Outcome.NOT_COMPARED, claim, source, because=hindrance)
    apart = pair.claim.value - pair.source.value
    share = pair.kind == "share"
    return Comparison(
        outcome=outcome,
        claim=claim,
        source=source,
        unit="percentage point" if share else pair.claim.unit,
        value=None if Note.MULTIPLE in pair.notes else pair.source.value,
        difference=_rounded(apart * pair.to_percent if share else apart),
        relative=_relative(pair, apart),
        notes=pair.notes,
        warnings=tuple(_warnings(claim, source, pair)),
        rate=pair.rate,
    )


def _relative(pair: Pair, apart: float) -> float | None:
    """How much more the claim says, as a share of what the source says."""
    is_level = pair.kind == "temperature" and pair.claim.change is None
    base = pair.source.value
    if is_level or not base or _turns(pair):
        return None
    return _rounded(apart / abs(base))


def _rounded(value: float) -> float:
    """Without what a computer's reckoning adds behind the twelfth place."""
    if not value:
        return 0.0
    return round(value, 11 - math.floor(math.log10(abs(value))))


def _turns(pair: Pair) -> bool:
    """Whether the one tells of a rise and the other of a fall."""
    changes = {pair.claim.change, pair.source.change}
    return changes == {Change.RISE, Change.FALL}


def _outcome(pair: Pair) -> Outcome | None:
    """How the two stand to each other; None where bounds alone do not tell."""
    claim, source = pair.claim, pair.source
    if claim.comparator in _BOUNDS and source.comparator in _BOUNDS:
        return _of_bounds(claim, source)
    for bound, other in ((claim, source), (source, claim)):
        if bound.comparator in _BOUNDS:
            return Outcome.IN_BOUND if _keeps(other.value, bound) else Outcome.DIFFERS
    return _of_numbers(pair)


def _of_numbers(pair: Pair) -> Outcome:
    """Two plain numbers: the finer of the two has to lie in what the rounder one may mean."""
    claim, source = pair.claim.value, pair.source.value
    if math.isclose(claim, source, rel_tol=_PRECISION):
        return Outcome.SAME
    if _turns(pair):
        return Outcome.DIFFERS
    is_about = Comparator.ABOUT in {pair.claim.comparator, pair.source.comparator}
    if abs(claim - source) <= pair.tolerance * (1 + _PRECISION):
        return Outcome.WITHIN if is_about else Outcome.ROUNDED
    return Outcome.DIFFERS


def _keeps(value: float, bound: QuantityRecord) -> bool:
    """Whether a number is more than 40, at most 40."""
    is_edge = math.isclose(value, bound.value, rel_tol=_PRECISION)
    if bound.comparator in {Comparator.AT_LEAST, Comparator.AT_MOST} and is_edge:
        return True
    if is_edge:
        return False
    return value > bound.value if bound.comparator in _LOWER else value < bound.value


def _of_bounds(claim: QuantityRecord, source: QuantityRecord) -> Outcome | None:
    """Two figures that give only a bound: the source's may keep the claim's, or exclude it."""
    is_same_side = (claim.comparator in _LOWER) == (source.comparator in _LOWER)
    if claim.comparator is source.comparator and claim.value == source.value:
        return Outcome.SAME
    if is_same_side:
        # "More than 50" is at least 50, "at least 50" is not more than 50.
        strict = source.comparator in {Comparator.MORE, Comparator.LESS}
        kept = _keeps(source.value, claim) or (strict and source.value == claim.value)
        return Outcome.IN_BOUND if kept else None
    low, high = (claim, source) if claim.comparator in _LOWER else (source, claim)
    return Outcome.DIFFERS if low.value > high.value else None


def _warnings(claim: QuantityRecord, source: QuantityRecord, pair: Pair) -> Iterator[Warned]:
    gaps = (figure_periods.period_gap(claim), figure_periods.period_gap(source))
    by_gap = {
        "time": (Warned.TIME_CLAIM, Warned.TIME_SOURCE, Warned.TIME_BOTH),
        "year": (Warned.YEAR_CLAIM, Warned.YEAR_SOURCE, Warned.YEAR_BOTH),
    }
    if gaps[0] and gaps[0] == gaps[1]:
        yield by_gap[gaps[0]][2]
    else:
        yield from (by_gap[gap][at] for at, gap in enumerate(gaps) if gap)
    if figure_periods.differ(claim, source):
        yield Warned.OTHER_TIME
    if not claim.unit.strip() or pair.assumes_claim:
        yield Warned.UNIT_CLAIM
    if not source.unit.strip() or pair.assumes_source:
        yield Warned.UNIT_SOURCE
    if _turns(pair):
        yield Warned.OPPOSITE


def in_claims_words(source: QuantityRecord, claim: QuantityRecord) -> QuantityRecord:
    """A figure that somebody wrote down as what a source states to this very claim.

    Nobody writes beside a number that it is a rise: it is what the claim speaks of.
    """
    if source.change is not None or source.is_base:
        return source
    return replace(source, change=claim.change, is_base=claim.is_base)
