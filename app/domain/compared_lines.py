"""Which figure of a claim is set beside which of a source, and what else stands there."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.claim_parts import QuantityRecord
from app.domain.compared import Comparison, Outcome, Warned, compare, in_claims_words
from app.domain.reconciled import ExchangeRate, Hindrance

Figures = tuple[QuantityRecord, ...]
_TO = re.compile(r"\sto\s|\s?[–—]\s?|(?<=\d)-(?=\d)")
# What is told even where another figure of the claim could be compared: there is a way out of it.
_ALWAYS_TOLD = frozenset({Hindrance.CURRENCY})


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A figure of a claim beside the likeliest one of a source.

    Attributes:
        others: what the source states besides that could be meant, nearest first.
    """

    comparison: Comparison
    others: Figures = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    comparison: Comparison
    figures: Figures

    @property
    def rank(self) -> tuple[bool, bool, float]:
        """The likeliest first: one that can be compared, of the same time, and near."""
        one = self.comparison
        apart = one.relative if one.relative is not None else one.difference
        return (
            not one.is_compared,
            Warned.OTHER_TIME in one.warnings,
            abs(apart) if apart is not None else 0.0,
        )


def lines(
    claims: Iterable[QuantityRecord],
    sources: Iterable[QuantityRecord],
    *,
    rate: ExchangeRate | None = None,
    is_told: bool = False,
) -> list[ComparedLine]:
    """Every figure of a claim that a source states one of the same kind to, in the claim's order.

    ``is_told``: somebody wrote the source's figure down for this claim. If it is of no kind that
    the claim states, that is told.
    """
    ours, theirs = ranges(claims), ranges(sources)
    found: list[list[_Candidate]] = []
    for figures in ours:
        meant = [_meant(other, figures[0]) for other in theirs] if is_told else theirs
        found.append([_Candidate(_beside(figures, other, rate), other) for other in meant])
    if is_told:
        found = _for_one_each(found)
    same = [[one for one in each if one.comparison.because is not Hindrance.KIND] for each in found]
    shown = [_line(candidates) for candidates in same if candidates]
    is_any = any(line.comparison.is_compared for line in shown)
    kept = [
        line
        for line in shown
        if not is_any or line.comparison.is_compared or line.comparison.because in _ALWAYS_TOLD
    ]
    return kept or [_line(each) for each in found[:1] if is_told and each]


def _meant(figures: Figures, claim: QuantityRecord) -> Figures:
    """What was written down for a claim, as that speaks of it."""
    return tuple(in_claims_words(one, claim) for one in figures)


def _for_one_each(found: Sequence[Sequence[_Candidate]]) -> list[list[_Candidate]]:
    """What was written down once is meant for one figure of the claim: the likeliest."""
    best = [min(one.rank for one in column) for column in zip(*found, strict=True)]
    return [[one for one, rank in zip(row, best, strict=True) if one.rank == rank] for row in found]


def ranges(figures: Iterable[QuantityRecord]) -> list[Figures]:
    """Figures one by one, but the two ends of a range, which stand in the same words, as one.

    Of "from 40 to 45 percent" each of the two gets the words of its own.
    """
    found: list[Figures] = []
    for one in figures:
        last = found[-1] if found else ()
        if len(last) == 1 and _are_ends(last[0], one):
            found[-1] = (last[0], one)
        elif len(last) == 1 and _are_before_and_after(last[0], one):
            before, after = _TO.split(one.raw, maxsplit=1)
            found[-1:] = [(replace(last[0], raw=before),), (replace(one, raw=after),)]
        else:
            found.append((one,))
    return found


def _are_before_and_after(first: QuantityRecord, last: QuantityRecord) -> bool:
    is_one = (first.raw, first.unit) == (last.raw, last.unit)
    return is_one and first.is_base and not last.is_base and bool(_TO.search(first.raw))


def _are_ends(first: QuantityRecord, last: QuantityRecord) -> bool:
    is_one = (first.raw, first.unit, first.is_base) == (last.raw, last.unit, last.is_base)
    return is_one and not first.is_base and first.value < last.value


def _line(candidates: Sequence[_Candidate]) -> ComparedLine:
    first, *rest = sorted(candidates, key=lambda one: one.rank)
    return ComparedLine(first.comparison, tuple(_distinct(first, rest)))


def _distinct(first: _Candidate, rest: Sequence[_Candidate]) -> Iterator[QuantityRecord]:
    """The other figures, each once: said twice, a number is no other one."""
    told = {_mark(first.figures)}
    for one in rest:
        mark = _mark(one.figures)
        if mark not in told:
            told.add(mark)
            yield one.figures[0]


def _mark(figures: Figures) -> tuple[object, ...]:
    return tuple((one.value, one.unit, one.period, one.change, one.is_base) for one in figures)


def _beside(ours: Figures, theirs: Figures, rate: ExchangeRate | None) -> Comparison:
    """Two figures, each of which may be a range: whether they meet, else the nearest ends."""
    pairs: Mapping[tuple[int, int], Comparison] = {
        (i, j): compare(one, other, rate=rate)
        for i, one in enumerate(ours)
        for j, other in enumerate(theirs)
    }
    first = pairs[0, 0]
    values = [pairs[0, j].value for j in range(len(theirs))]
    known = [value for value in values if value is not None]
    if len(pairs) == 1 or len(known) < len(values):
        return first
    meets = known[0] <= ours[-1].value and ours[0].value <= known[-1]
    last = pairs[len(ours) - 1, len(theirs) - 1]
    is_same = first.outcome is last.outcome is Outcome.SAME and len(ours) == len(theirs)
    if is_same or not meets:
        return min(pairs.values(), key=lambda one: abs(one.difference or 0))
    return replace(first, outcome=Outcome.IN_RANGE, difference=None, relative=None)
