"""Which figure of a claim is set beside which of a source, and what else stands there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.claim_parts import QuantityRecord
from app.domain.compared import Comparison, Outcome, Warned, compare
from app.domain.reconciled import ExchangeRate, Hindrance

Figures = tuple[QuantityRecord, ...]
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
    found = []
    for figures in ours:
        candidates = [_Candidate(_beside(figures, other, rate), other) for other in theirs]
        same = [c for c in candidates if c.comparison.because is not Hindrance.KIND]
        if same:
            found.append(_line(same))
    is_any = any(line.comparison.is_compared for line in found)
    kept = [
        line
        for line in found
        if not is_any or line.comparison.is_compared or line.comparison.because in _ALWAYS_TOLD
    ]
    if not kept and is_told and ours and theirs:
        return [_line([_Candidate(_beside(ours[0], other, rate), other) for other in theirs])]
    return kept


def ranges(figures: Iterable[QuantityRecord]) -> list[Figures]:
    """Figures one by one, but the two ends of a range, which stand in the same words, as one."""
    found: list[Figures] = []
    for one in figures:
        last = found[-1] if found else ()
        if len(last) == 1 and _are_ends(last[0], one):
            found[-1] = (last[0], one)
        else:
            found.append((one,))
    return found


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
