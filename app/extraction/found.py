"""A measured number as the finders of figures hand it on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """The words of a figure, its values (two of a range) and their unit.

    ``has_base``: the first value is what the second is compared with ("from 5 to 3").
    ``core``: where the number ends, when another may stand before its noun ("two 10-year terms").
    """

    start: int
    end: int
    values: tuple[float, ...]
    unit: str
    has_base: bool = False
    core: int | None = None


@dataclass(frozen=True, slots=True)
class Bare:
    """A number that no noun follows: what it counts is said elsewhere, or nowhere.

    ``core``: where the number ends, when "or so" stands behind it.
    """

    start: int
    end: int
    values: tuple[float, ...]
    has_base: bool = False
    core: int | None = None
