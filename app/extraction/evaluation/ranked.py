"""What a ranking of an article's statements is worth, as the scorer of the news gold defines it.

A statement hits a marked claim when it covers at least half of its characters. Gain is the highest
grade among the claims that it hits and that gave no gain yet (Järvelin and Kekäläinen 2002, with
every claim counted once).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

from app.extraction.labelled.sets import Mark
from app.extraction.labelled.told import ENOUGH
from app.extraction.sentences import Span

TOP = 10
BEST = 2


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one article; None where it has nothing to measure them by.

    Attributes:
        ndcg: discounted gain of the first ten, as a share of the best order of the marked claims.
        top: claims of grade 2 that the first ten hit, as a share of them, or of ten.
        anywhere: claims of grade 2 that any statement hits.
        found: claims of grades 1 and 2 that any statement hits.
        noise: statements that hit no claim of grade 1 or 2.
        predictions: how many statements there are.
    """

    ndcg: float | None
    top: float | None
    anywhere: float | None
    found: float | None
    noise: float | None
    predictions: float


FIGURES = tuple(field.name for field in fields(Figures))


class Ranking:
    """Statements of an article held against its marked claims, in whatever order."""

    def __init__(self, spans: Sequence[Span], marks: Sequence[Mark]) -> None:
        self.marks = marks
        self._hits = [_hits(span, marks) for span in spans]
        self._ideal = _discounted(sorted((mark.grade for mark in marks), reverse=True)[:TOP])

    def figures(self, order: Sequence[int]) -> Figures:
        """The figures when the statements come in this order, best first."""
        twos = {at for at, mark in enumerate(self.marks) if mark.grade == BEST}
        worthy = {at for at, mark in enumerate(self.marks) if mark.grade}
        every = {at for hits in self._hits for at in hits}
        return Figures(
            ndcg=self.ndcg(order),
            top=self.top(order),
            anywhere=_share(len(twos & every), len(twos)),
            found=_share(len(worthy & every), len(worthy)),
            noise=_share(sum(not worthy & hits.keys() for hits in self._hits), len(self._hits)),
            predictions=float(len(self._hits)),
        )

    def ndcg(self, order: Sequence[int]) -> float | None:
        """The discounted gain of the first ten, as a share of the best there could be."""
        used, gains = set[int](), []
        for at in order[:TOP]:
            free = {mark: shared for mark, shared in self._hits[at].items() if mark not in used}
            best = max(free, key=lambda mark: (self.marks[mark].grade, free[mark]), default=None)
            gains.append(0 if best is None else self.marks[best].grade)
            used |= set() if best is None else {best}
        return _discounted(gains) / self._ideal if self._ideal else None

    def top(self, order: Sequence[int]) -> float | None:
        """The claims of grade 2 that the first ten hit."""
        twos = {at for at, mark in enumerate(self.marks) if mark.grade == BEST}
        seen = {at for statement in order[:TOP] for at in self._hits[statement]}
        return _share(len(twos & seen), min(TOP, len(twos)))


def figures_of(spans: Sequence[Span], marks: Sequence[Mark]) -> Figures:
    """The figures of statements that stand in the order of their rank."""
    return Ranking(spans, marks).figures(range(len(spans)))


def _hits(span: Span, marks: Sequence[Mark]) -> dict[int, int]:
    """The claims that a statement hits, with how many characters it shares with each."""
    shared = [max(0, min(span.end, mark.end) - max(span.start, mark.start)) for mark in marks]
    return {
        at: shared[at]
        for at, mark in enumerate(marks)
        if shared[at] >= ENOUGH * (mark.end - mark.start)
    }


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
