"""The figures of agreement, and how they are said to somebody who never met them."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from flask_babel import lazy_gettext as _

from app.domain.agreement import (
    Agreement,
    Figure,
    Ranks,
    Undefined,
    Units,
    agreement,
    cohen_kappa,
    mean_overlap,
    same_share,
)
from app.domain.records import LabelRecord, SchemeRecord
from app.domain.words import Basis, TallyQuestion
from app.storage.agreement import Asked, Compared, Met, Wanted

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
MEASURES: tuple[tuple[str, Any, Any], ...] = (
    ("agreeing", _("The same answer"), _("share of pairs of checks")),
    ("nominal", _("Better than chance, any difference alike"), _("Krippendorff's alpha, nominal")),
    (
        "ordinal",
        _("Better than chance, a near miss counts less"),
        _("Krippendorff's alpha, ordinal"),
    ),
    ("fleiss", _("Better than chance, equally many checks"), _("Fleiss' kappa")),
)


@dataclass(frozen=True, slots=True)
class Question:
    """Agreement on one question: on the answers given blind, and on those that hold now."""

    asked: TallyQuestion
    blind: Agreement
    final: Agreement
    labels: Sequence[tuple[Any, Figure, Figure | None]] = ()

    @property
    def lines(self) -> list[tuple[Any, Any, Figure, Figure]]:
        """Each measure by name with its two figures."""
        return [
            (said, name, getattr(self.blind, key), getattr(self.final, key))
            for key, said, name in MEASURES
            if getattr(self.blind, key) is not None
        ]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many of the sources of two checks both have; ``without``: pairs that have none."""

    blind: Figure
    final: Figure
    without: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each answer met each other one: ``rows`` go with ``labels``, None is left out."""

    labels: Sequence[LabelRecord]
    rows: Sequence[tuple[LabelRecord, Sequence[int | None]]]
    part: str

    def met(self, one: LabelRecord, other: LabelRecord) -> str:
        """The words that find the claims of a cell."""
        return f"{one.code},{other.code}{self.part}"


@dataclass(frozen=True, slots=True)
class Between:
    """How far two agree, two people or a person and the desk: on one question, on both bases."""

    names: tuple[str, ...]
    blind: Figure
    kappa: Figure
    final: Figure


def of_scale(found: Compared, asked: TallyQuestion, scale: SchemeRecord) -> Question:
    """The figures of a question that a scale answers."""
    ranks: Ranks = {label.id: label.rank for label in scale.ever}
    blind, final = (agreement(found.of(asked, basis), ranks) for basis in Basis)
    labels = [
        (label, blind.labels[label.id], final.labels.get(label.id))
        for label in scale.ever
        if label.id in blind.labels
    ]
    return Question(asked, blind, final, labels)


def of_words(found: Compared, asked: TallyQuestion, names: Mapping[str, Any]) -> Question:
    """The figures of a question that some words answer; they have no order."""
    blind, final = (agreement(found.of(asked, basis)) for basis in Basis)
    labels = [
        (name, blind.labels[code], final.labels.get(code))
        for code, name in names.items()
        if code in blind.labels
    ]
    return Question(asked, blind, final, labels)


def overlap(found: Compared) -> Overlap:
    """How many sources checks of the same claim have in common."""
    blind, final = (_pairs(found.of(TallyQuestion.SOURCES, basis)) for basis in Basis)
    without = sum(number for (_shared, of), number in blind.items() if not of)
    return Overlap(mean_overlap(blind), mean_overlap(final), without)


def _pairs(units: Units) -> dict[tuple[int, int], int]:
    return {(int(str(shared)), int(str(of))): n for (shared, of), n in units.items()}


def confusion(scale: SchemeRecord, units: Units, wanted: Wanted) -> Confusion:
    """Every pair of checks of a claim once, in the row of the answer that stands first."""
    given = {key for keys in units for key in keys}
    labels = [*scale.labels, *(label for label in scale.retired if label.id in given)]
    places: dict[Hashable, int] = {label.id: place for place, label in enumerate(labels)}
    met: Counter[tuple[int, int]] = Counter()
    for keys, number in units.items():
        found = sorted(places[key] for key in keys if key in places)
        for pair in combinations(found, 2):
            met[pair] += number
    rows = [
        (label, [met[row, column] if row <= column else None for column in range(len(places))])
        for row, label in enumerate(labels)
    ]
    return Confusion(labels, rows, "" if wanted.is_all else f",{wanted.words}")


def between(
    found: Mapping[Any, Mapping[Asked, Met]],
    asked: TallyQuestion,
    names: Mapping[Any, tuple[str, ...]],
) -> list[Between]:
    """How far two agree on a question, for all of whom there is something to compare."""
    lines = []
    for key, met in found.items():
        blind, final = (met.get((asked, basis), Counter()) for basis in Basis)
        if blind or final:
            line = Between(names[key], same_share(blind), cohen_kappa(blind), same_share(final))
            lines.append(line)
    return sorted(lines, key=lambda line: line.names)


def said(figure: Figure) -> str:
    """What a figure of alpha means, or why there is none."""
    if figure.value is None:
        return str(WHY_UNDEFINED[figure.undefined or Undefined.TOO_FEW])
    value = figure.value
    return str(next(words for least, words in BANDS if value >= least))
