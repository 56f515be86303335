"""How far reviewers agree: figures over units that several people answered.

A unit is a claim, a shared source, or a suggestion. Units that were answered alike are told once,
with how many there are of them (``Units``), so that a million checks cost what a hundred do. Who
gave which answer matters only where exactly two reviewers are compared. An undefined figure is None
and says why. ``docs/agreement.md`` has the formulas and where they are from.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Numbers = NDArray[Any]

Label = Hashable
Units = Mapping[tuple[Label, ...], int]
Ranks = Mapping[Label, int | None]


class Undefined(StrEnum):
    """Why a figure cannot be given."""

    ONE_CATEGORY = "one-category"
    TOO_FEW = "fewer-than-two-answers"


class Level(StrEnum):
    """How a difference counts: any alike, by places on the scale, by the numbers themselves."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of agreement.

    Attributes:
        value: the figure, None where it is undefined.
        undefined: why there is none.
        claims: how many units with two or more answers went into it.
        left_out: answers off the scale, which an ordinal figure cannot place.
        low, high: where 95 % of the figures lie that other draws of as many units would give.
    """

    value: float | None
    undefined: Undefined | None = None
    claims: int = 0
    left_out: int = 0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures of one question; ``ordinal`` is None on a scale without an order.

    ``labels``: for each label, how often a second check said it too where one did.
    """

    agreeing: Figure
    nominal: Figure
    ordinal: Figure | None
    fleiss: Figure
    labels: Mapping[Label, Figure] = field(default_factory=dict)


def units_of(claims: Iterable[Sequence[Label]]) -> Units:
    """Units told one by one, as figures take them."""
    return Counter(tuple(answers) for answers in claims)


def agreement(units: Units, ranks: Ranks | None = None, *, draws: int | None = None) -> Agreement:
    """Every figure of one question; with ``ranks`` the ordinal one too, where any label has one."""
    # numpy takes longer to load than most commands run; only who asks for figures waits for it.
    from app.domain.resampling import Sample  # noqa: PLC0415 - numpy is slow to load

    sample = Sample(units, draws=draws)
    has_order = ranks is not None and any(rank is not None for rank in ranks.values())
    return Agreement(
        agreeing=_figure(sample, sample.agreeing),
        nominal=_figure(sample, sample.alpha(Level.NOMINAL, {})),
        ordinal=_ranked(sample, ranks or {}, Level.ORDINAL) if has_order else None,
        fleiss=fleiss_kappa(units),
        labels=specific_agreement(units),
    )


def share_of_agreeing_pairs(units: Units) -> Figure:
    """Of all pairs of answers to the same unit, the share that are the same; 0 to 1."""
    from app.domain.resampling import Sample  # noqa: PLC0415 - numpy is slow to load

    sample = Sample(units)
    return _figure(sample, sample.agreeing)


def alpha_nominal(units: Units) -> Figure:
    """Krippendorff's alpha where labels are the same or not: 1 is agreement, 0 is chance."""
    from app.domain.resampling import Sample  # noqa: PLC0415 - numpy is slow to load

    sample = Sample(units)
    return _figure(sample, sample.alpha(Level.NOMINAL, {}))


def alpha_ranked(units: Units, ranks: Ranks, level: Level = Level.ORDINAL) -> Figure:
    """Krippendorff's alpha over ranks, where a near miss counts less than a far one.

    A label off the scale has rank None or none; its answers are missing here, and counted.
    """
    from app.domain.resampling import Sample  # noqa: PLC0415 - numpy is slow to load

    return _ranked(Sample(units), ranks, level)


def _ranked(sample: Any, ranks: Ranks, level: Level) -> Figure:  # noqa: ANN401 - imported late
    off_scale = sample.off_scale(ranks)
    found = _figure(sample, sample.alpha(level, ranks), units=sample.units_on_scale(ranks))
    return Figure(found.value, found.undefined, found.claims, off_scale, found.low, found.high)


def _figure(
    sample: Any,  # noqa: ANN401 - imported late
    measure: "Callable[[Numbers], Numbers]",
    *,
    units: int | None = None,
) -> Figure:
    units = sample.units if units is None else units
    if not units:
        return Figure(None, Undefined.TOO_FEW)
    value, low, high = sample.told(measure)
    if value is None:
        return Figure(None, Undefined.ONE_CATEGORY, claims=units)
    return Figure(value, claims=units, low=low, high=high)


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def cohen_kappa(pairs: Mapping[tuple[Label, Label], int]) -> Figure:
    """Cohen's kappa of two reviewers: how often the first said this where the second said that."""
    first: Counter[Label] = Counter()
    second: Counter[Label] = Counter()
    for (one, other), number in pairs.items():
        first[one] += number
        second[other] += number
    total = first.total()
    if not total:
        return Figure(None, Undefined.TOO_FEW)
    observed = sum(n for (one, other), n in pairs.items() if one == other) / total
    by_chance = sum(count * second[label] for label, count in first.items()) / total**2
    if by_chance == 1:
        return Figure(None, Undefined.ONE_CATEGORY, claims=total)
    return Figure((observed - by_chance) / (1 - by_chance), claims=total)


def same_share(pairs: Mapping[tuple[Label, Label], int]) -> Figure:
    """Of all pairs of answers of two reviewers, the share that are the same."""
    total = sum(pairs.values())
    if not total:
        return Figure(None, Undefined.TOO_FEW)
    return Figure(sum(n for (a, b), n in pairs.items() if a == b) / total, claims=total)


def fleiss_kappa(units: Units) -> Figure:
    """Fleiss' kappa, over the units with the commonest number of answers: it takes equal ones."""
    sizes: Counter[int] = Counter()
    for answers, number in units.items():
        if len(answers) > 1:
            sizes[len(answers)] += number
    size = max(sizes, key=lambda n: (sizes[n], n), default=0)
    total = sizes[size]
    if not total:
        return Figure(None, Undefined.TOO_FEW)
    given: Counter[Label] = Counter()
    alike = 0
    for answers, number in units.items():
        if len(answers) == size:
            counts = Counter(answers)
            alike += number * sum(map(_pairs, counts.values()))
            given.update({label: number * count for label, count in counts.items()})
    by_chance = sum((count / given.total()) ** 2 for count in given.values())
    if sum(count > 0 for count in given.values()) == 1:
        return Figure(None, Undefined.ONE_CATEGORY, claims=total)
    observed = alike / (_pairs(size) * total)
    return Figure((observed - by_chance) / (1 - by_chance), claims=total)


def specific_agreement(units: Units) -> dict[Label, Figure]:
    """Specific agreement of each label: where one check gave it, how often another did too.

    ``claims`` is the number of units in which it was given at least once, next to another answer.
    """
    alike: Counter[Label] = Counter()
    met: Counter[Label] = Counter()
    there: Counter[Label] = Counter()
    for answers, number in units.items():
        for label, count in Counter(answers).items():
            if len(answers) > 1:
                alike[label] += number * count * (count - 1)
                met[label] += number * count * (len(answers) - 1)
                there[label] += number
    return {
        label: Figure(alike[label] / met[label], claims=there[label]) for label in met if met[label]
    }


def mean_overlap(pairs: Mapping[tuple[int, int], int]) -> Figure:
    """Of the sources of two checks of a claim, the share that both have, over all pairs of checks.

    Each pair is told as (shared, all of both); one without any source has no share.
    """
    told = {pair: number for pair, number in pairs.items() if pair[1]}
    total = sum(told.values())
    if not total:
        return Figure(None, Undefined.TOO_FEW)
    return Figure(sum(n * shared / of for (shared, of), n in told.items()) / total, claims=total)
