"""How far reviewers agree: figures over the checks of many claims.

A claim's answers are given as a sequence of labels, one for each reviewer who answered; who gave
which matters only where exactly two reviewers are compared. An undefined figure is None and says
why.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from numpy.typing import NDArray

Label = Hashable
Answers = Sequence[Label]


class Undefined(StrEnum):
    """Why a figure cannot be given."""

    ONE_CATEGORY = "one-category"
    TOO_FEW = "fewer-than-two-answers"
    UNEVEN = "uneven-answers"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of agreement.

    Attributes:
        value: the figure, None where it is undefined.
        undefined: why there is none.
        claims: how many claims with two or more answers went into it.
        left_out: answers off the scale, which an ordinal figure cannot place.
    """

    value: float | None
    undefined: Undefined | None = None
    claims: int = 0
    left_out: int = 0


def share_of_agreeing_pairs(claims: Iterable[Answers]) -> Figure:
    """Of all pairs of answers to the same claim, the share that are the same; 0 to 1."""
    agreeing = pairs = used = 0
    for answers in claims:
        if len(answers) > 1:
            used += 1
            pairs += _pairs(len(answers))
            agreeing += sum(map(_pairs, Counter(answers).values()))
    if not pairs:
        return Figure(None, Undefined.TOO_FEW)
    return Figure(agreeing / pairs, claims=used)


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def alpha_nominal(claims: Iterable[Answers]) -> Figure:
    """Krippendorff's alpha where labels are the same or not: 1 is agreement, 0 is chance."""
    used = [answers for answers in claims if len(answers) > 1]
    return _alpha(used, "nominal", left_out=0)


def alpha_ordinal(claims: Iterable[Sequence[int | None]]) -> Figure:
    """Krippendorff's alpha over ranks, where a near miss counts less than a far one.

    An answer off the scale has rank None; it is missing here, and counted.
    """
    left_out = 0
    used: list[Answers] = []
    for ranks in claims:
        on_scale = [rank for rank in ranks if rank is not None]
        left_out += len(ranks) - len(on_scale)
        if len(on_scale) > 1:
            used.append(on_scale)
    return _alpha(used, "ordinal", left_out=left_out)


def _alpha(
    used: Sequence[Answers], level: Literal["nominal", "ordinal"], *, left_out: int
) -> Figure:
    domain: list[Any] = list({label for answers in used for label in answers})
    if level == "ordinal":
        domain.sort()
    reason = _undefined(used, len(domain))
    if reason is not None:
        return Figure(None, reason, claims=len(used), left_out=left_out)
    # numpy takes longer to load than most commands run; only who asks for alpha waits for it.
    import krippendorff  # noqa: PLC0415

    value = krippendorff.alpha(
        value_counts=_value_counts(used, domain),
        value_domain=list(range(len(domain))),
        level_of_measurement=level,
    )
    return Figure(float(value), claims=len(used), left_out=left_out)


def _value_counts(used: Sequence[Answers], domain: Sequence[Label]) -> "NDArray[Any]":
    """How often each label was given to each claim; who gave it does not matter to alpha."""
    # As late as krippendorff, and for the same reason.
    import numpy as np  # noqa: PLC0415

    column = {label: place for place, label in enumerate(domain)}
    counts = np.zeros((len(used), len(domain)), dtype=np.int64)
    for row, answers in zip(counts, used, strict=True):
        for label in answers:
            row[column[label]] += 1
    return counts


def _undefined(used: Sequence[Answers], categories: int) -> Undefined | None:
    """Why chance cannot be corrected for, if it cannot."""
    if not used:
        return Undefined.TOO_FEW
    return Undefined.ONE_CATEGORY if categories == 1 else None


def cohen_kappa(pairs: Sequence[tuple[Label, Label]]) -> Figure:
    """Cohen's kappa of two reviewers: each pair is what the first and the second said of a claim."""
    first = Counter(one for one, _other in pairs)
    second = Counter(other for _one, other in pairs)
    reason = _undefined(pairs, len(first | second))
    if reason is not None:
        return Figure(None, reason, claims=len(pairs))
    total = len(pairs)
    observed = sum(one == other for one, other in pairs) / total
    by_chance = sum(count * second[label] for label, count in first.items()) / total**2
    return Figure((observed - by_chance) / (1 - by_chance), claims=total)


def fleiss_kappa(claims: Iterable[Answers]) -> Figure:
    """Fleiss' kappa: every claim with two or more answers must have equally many."""
    used = [answers for answers in claims if len(answers) > 1]
    totals = Counter(label for answers in used for label in answers)
    reason = _undefined(used, len(totals))
    if reason is None and len({len(answers) for answers in used}) > 1:
        reason = Undefined.UNEVEN
    if reason is not None:
        return Figure(None, reason, claims=len(used))
    each = _pairs(len(used[0]))
    observed = sum(sum(map(_pairs, Counter(a).values())) for a in used) / (each * len(used))
    given = totals.total()
    by_chance = sum((count / given) ** 2 for count in totals.values())
    return Figure((observed - by_chance) / (1 - by_chance), claims=len(used))
