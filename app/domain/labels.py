"""Label schemes (scales): their shape, what may be said of one, and how a version goes on."""

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.consensus import Answer
from app.domain.errors import Invalid
from app.domain.words import SchemeKind

FEWEST_LABELS, MOST_LABELS = 2, 12
MAX_NAME, MAX_CODE, MAX_DEFINITION = 120, 40, 1_000
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class LabelPreset:
    """One answer: ``rank`` counts from 1, the worst; None stands off the scale."""

    code: str
    name: str
    rank: int | None
    definition: str


@dataclass(frozen=True, slots=True)
class SchemePreset:
    """A scale as shipped, in the order of the page: best first, off-scale last."""

    code: str
    name: str
    kind: SchemeKind
    labels: tuple[LabelPreset, ...]


def check_labels(labels: Sequence[LabelPreset], *, most: int = MOST_LABELS) -> None:
    """Hold the answers of a scale against what a scale can be.

    Raises:
        Invalid: too few or too many, a name or a code missing or twice, ranks with a gap.
    """
    if not FEWEST_LABELS <= len(labels) <= most:
        raise Invalid("scheme.number", field="labels", fewest=FEWEST_LABELS, most=most)
    for label in labels:
        _check_label(label)
    for told in ([label.name.casefold() for label in labels], [label.code for label in labels]):
        twice = sorted({text for text in told if told.count(text) > 1})
        if twice:
            raise Invalid("scheme.twice", field="labels", name=twice[0])
    ranks = sorted(label.rank for label in labels if label.rank is not None)
    if ranks != list(range(1, len(ranks) + 1)):
        raise Invalid("scheme.ranks", field="labels")


def _check_label(label: LabelPreset) -> None:
    if not label.name.strip() or len(label.name) > MAX_NAME:
        raise Invalid("scheme.label-name", field="labels", limit=MAX_NAME)
    if not CODE.fullmatch(label.code) or len(label.code) > MAX_CODE:
        raise Invalid("scheme.label-code", field="labels", value=label.code[:MAX_CODE])
    if len(label.definition) > MAX_DEFINITION:
        raise Invalid("scheme.definition", field="labels", limit=MAX_DEFINITION)


class Lines:
    """Which answers are the same across the versions of a project's scales.

    A label goes on from the one that it names as its predecessor; two labels mean the same when
    their lines meet, and each line is told by its last label.
    """

    def __init__(self, previous: Mapping[int, int | None]) -> None:
        self._next = {before: label for label, before in previous.items() if before is not None}
        if len(self._next) < sum(before is not None for before in previous.values()):
            raise Invalid("scheme.crosswalk", field="labels")

    def of(self, label: int) -> int:
        """The last label of a line; one without a successor is its own."""
        while label in self._next:
            label = self._next[label]
        return label

    def same(self, one: int, other: int) -> bool:
        """Whether two labels mean the same."""
        return self.of(one) == self.of(other)

    def answer(self, given: Answer) -> Answer:
        """The two verdicts of a check as they are said now."""
        said = given.attribution
        return Answer(self.of(given.content), None if said is None else self.of(said))

    def answers(self, given: Iterable[Answer]) -> list[Answer]:
        """Several checks, each as it is said now."""
        return [self.answer(answer) for answer in given]

    def moved(self) -> dict[int, int]:
        """Every label that another goes on from, with the last of its line."""
        return {label: self.of(label) for label in self._next}


def code_of(name: str, taken: Collection[str]) -> str:
    """A code made of an answer's name, which none of the others has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    start = "-".join(re.findall(r"[a-z0-9]+", plain))[:MAX_CODE].strip("-") or "answer"
    tries = itertools.chain([start], (f"{start}-{n}" for n in itertools.count(2)))
    return next(code for code in tries if code not in taken)
