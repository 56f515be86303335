"""The figures of agreement, and how they are said to somebody who never met them."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from flask_babel import lazy_gettext as _

from app.domain.agreement import (
    Figure,
    Undefined,
    agreement,
    units_of,
)
from app.domain.records import LabelRecord, SchemeRecord

# Of fewer claims than this, a figure says little about the next ones.
FEW = 30
# From which alpha on agreement is usually called so; the first that holds, best first.
BANDS: tuple[tuple[float, Any], ...] = (
    (0.8, _("good: the answers can be relied on")),
    (0.667, _("fair: good enough for tentative conclusions")),
    (0.2, _("weak: look at where answers part, and at the guidelines")),
    (float("-inf"), _("no better than chance: the question or the guidelines are not clear")),
)

WHY_UNDEFINED: dict[Undefined, Any] = {
    Undefined.ONE_CATEGORY: _(
        "undefined: every check gave the same answer, so nothing tells agreement from chance"
    ),
    Undefined.TOO_FEW: _("undefined: no claim has two answers to compare"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Agreement on one of the two questions; ``ordinal`` is None on a scale without an order."""

    name: str
    agreeing: Figure
    nominal: Figure
    ordinal: Figure | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each answer met each other one: ``rows`` go with ``labels``, None is left out."""

    labels: Sequence[LabelRecord]
    rows: Sequence[tuple[LabelRecord, Sequence[int | None]]]
    pairs: int


def question(name: str, scale: SchemeRecord, claims: Sequence[Sequence[int]]) -> Question:
    """The figures of one question; each claim as the keys of the labels that it was given."""
    ranks: dict[Hashable, int | None] = {label.id: label.rank for label in scale.ever}
    found = agreement(units_of(claims), ranks)
    return Question(name, found.agreeing, found.nominal, found.ordinal)


def confusion(scale: SchemeRecord, claims: Sequence[Sequence[int]]) -> Confusion:
    """Every pair of checks of a claim once, in the row of the answer that stands first."""
    given = {key for keys in claims for key in keys}
    labels = [*scale.labels, *(label for label in scale.retired if label.id in given)]
    places = {label.id: place for place, label in enumerate(labels)}
    met: Counter[tuple[int, int]] = Counter()
    for keys in claims:
        found = sorted(places[key] for key in keys if key in places)
        met.update(combinations(found, 2))
    rows = [
        (label, [met[row, column] if row <= column else None for column in range(len(places))])
        for row, label in enumerate(labels)
    ]
    return Confusion(labels, rows, met.total())


def said(figure: Figure) -> str:
    """What a figure of alpha means, or why there is none."""
    if figure.value is None:
        return str(WHY_UNDEFINED[figure.undefined or Undefined.TOO_FEW])
    value = figure.value
    return str(next(words for least, words in BANDS if value >= least))
