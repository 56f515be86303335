"""What a month of a project came to: counts and how long things took, never a single check."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import quantiles

from app.domain.months import Month
from app.domain.words import CorrectionKind


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in days: of ``used`` claims out of ``of``, the others are unknown."""

    used: int
    of: int
    first_quartile: float | None = None
    median: float | None = None
    third_quartile: float | None = None


def spread(days: Sequence[float], *, of: int) -> Spread:
    """Median and quartiles, between two values where they fall between two (inclusive method)."""
    if not days:
        return Spread(0, of)
    points = quantiles(days, n=4, method="inclusive") if len(days) > 1 else [days[0]] * 3
    return Spread(len(days), of, *points)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each key was met, most often first; ``others`` is what did not fit in the list.

    The key is None where there is none: a claim in the article's own voice has no claimant.
    """

    rows: tuple[tuple[str | None, int], ...] = ()
    others: int = 0

    @property
    def largest(self) -> int:
        """The largest number in the list."""
        return max((number for _key, number in self.rows), default=0)

    def of(self, key: str | None) -> int:
        """How often one key was met."""
        return dict(self.rows).get(key, 0)

    def cut(self, most: int) -> "Tally":
        """The first rows, and all further ones among the others."""
        rest = sum(number for _key, number in self.rows[most:])
        return Tally(self.rows[:most], self.others + rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigures:
    """A month: what was picked, settled, published and corrected within it.

    Attributes:
        with_reason: of the picked claims, those with a word on why they were picked.
        published: claims that stood in a piece for the first time; ``pieces`` are the pieces.
        corrected: changed verdicts by how much changes for the reader.
        verdicts: settled claims by the verdict that held at the end of the month.
        is_cut: more claims were settled than are read for the times.
    """

    month: Month
    picked: int = 0
    with_reason: int = 0
    settled: int = 0
    published: int = 0
    pieces: int = 0
    corrected: Mapping[CorrectionKind, int] = field(default_factory=dict)
    verdicts: Tally = field(default_factory=Tally)
    topics: Tally = field(default_factory=Tally)
    settled_parties: Tally = field(default_factory=Tally)
    settled_claimants: Tally = field(default_factory=Tally)
    picked_parties: Tally = field(default_factory=Tally)
    picked_claimants: Tally = field(default_factory=Tally)
    to_settlement: Spread = field(default_factory=lambda: Spread(0, 0))
    to_publication: Spread = field(default_factory=lambda: Spread(0, 0))
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One figure in the long form: in which section, of what, measured how."""

    month: str
    section: str
    key: str
    measure: str
    value: float


# Section, key, measure, value.
Figure = tuple[str, str, str, float]

COUNTS = ("picked", "with_reason", "settled", "published", "pieces")
TALLIES = (
    *("verdicts", "topics", "settled_parties", "settled_claimants"),
    *("picked_parties", "picked_claimants"),
)
TIMES = ("to_settlement", "to_publication")
MEASURES = ("median", "first_quartile", "third_quartile", "used", "of")


def lines(figures: MonthFigures) -> Iterator[ReportLine]:
    """Every figure of a month, one a line; what is not known has no line."""
    for section, key, measure, value in (*_counts(figures), *_tallies(figures), *_times(figures)):
        yield ReportLine(figures.month.name, section, key, measure, value)


def _counts(figures: MonthFigures) -> Iterator[Figure]:
    for name in COUNTS:
        yield "claims", name, "count", getattr(figures, name)
    for kind in CorrectionKind:
        yield "corrected", kind.value, "count", figures.corrected.get(kind, 0)


def _tallies(figures: MonthFigures) -> Iterator[Figure]:
    for name in TALLIES:
        tally: Tally = getattr(figures, name)
        for key, number in tally.rows:
            yield name, key or "", "count", number
        if tally.others:
            yield name, "", "others", tally.others


def _times(figures: MonthFigures) -> Iterator[Figure]:
    for name in TIMES:
        for measure in MEASURES:
            value = getattr(getattr(figures, name), measure)
            if value is not None:
                yield "days", name, measure, value
