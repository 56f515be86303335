"""The geometry of charts: numbers in, places out. No words, no colours, no request.

Across, a place is a share of the width in per cent, so that a chart is as wide as its page while
its letters keep their size; down, it is pixels from the top.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

HEIGHT = 160
# Lines are drawn on a plane of this width, which is then stretched.
PLANE = 1000
# How many lines across a chart has at most, besides the one at the bottom.
GRID = 4
STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Tick:
    """A number at the side, and how far down its line is."""

    value: int
    y: float


@dataclass(frozen=True, slots=True)
class Lines:
    """Several lines over the same days; each as the ``points`` of a polyline on the plane."""

    points: tuple[str, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One number as a column."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Group:
    """Columns side by side, one of each series, and where their middle is."""

    middle: float
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Numbers of several series, group by group."""

    groups: tuple[Group, ...]
    ticks: tuple[Tick, ...]


def ticks(largest: int) -> tuple[Tick, ...]:
    """Round numbers from 0 to at least the largest one, as few as can be read."""
    step = _step(max(largest, 1) / GRID)
    top = _top(largest, step)
    return tuple(Tick(value, _down(value, top)) for value in range(0, top + 1, step))


def lines(series: Sequence[Sequence[int]]) -> Lines:
    """Lines from left to right; all are as long, and have one point for each day."""
    marks = ticks(max((value for values in series for value in values), default=0))
    top = marks[-1].value
    return Lines(tuple(_points(values, top) for values in series), marks)


def columns(series: Sequence[Sequence[int]]) -> Columns:
    """Columns in as many groups as each of the series has numbers."""
    marks = ticks(max((value for values in series for value in values), default=0))
    each = 100 / max(1, *(len(values) for values in series))
    groups = tuple(
        _group(values, left=place * each, width=each, top=marks[-1].value)
        for place, values in enumerate(zip(*series, strict=True))
    )
    return Columns(groups, marks)


def share(value: float, largest: float) -> float:
    """How long a bar is, in per cent of the longest there can be."""
    return round(100 * value / largest, 2) if largest else 0.0


def _group(values: Sequence[int], *, left: float, width: float, top: int) -> Group:
    """With a tenth of the width left free on either side."""
    each = 0.8 * width / len(values)
    return Group(
        round(left + width / 2, 2),
        tuple(
            Column(
                x=round(left + 0.1 * width + place * each, 2),
                y=_down(value, top),
                width=round(each, 2),
                height=round(HEIGHT - _down(value, top), 1),
            )
            for place, value in enumerate(values)
        ),
    )


def _points(values: Sequence[int], top: int) -> str:
    across = PLANE / max(len(values) - 1, 1)
    return " ".join(
        f"{place * across:.1f},{_down(value, top)}" for place, value in enumerate(values)
    )


def _down(value: int, top: int) -> float:
    return round(HEIGHT - HEIGHT * value / top, 1)


def _step(least: float) -> int:
    """The first of 1, 2, 5, 10, 20, 50 … that is not below the least."""
    size = int(10 ** max(0, floor(log10(least))))
    return next(size * step for step in STEPS if size * step >= least)


def _top(largest: int, step: int) -> int:
    return max(1, -(-largest // step)) * step
