"""How the claims of a generated project stand: of a hundred, how many have which checks.

In a hundred claims there are three hundred checks and four hundred uses of sources.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat

from app.domain.words import ClaimState

PEOPLE = 40
# Who checks next after whom, in steps around all of them.
STEPS = (1, 3, 7, 9)
# How many sources the first, the second, … check of a claim uses.
USES = (1, 1, 2, 2, 0)
# Answers repeat after so many draws.
DRAWS = 420
MIXER, ALL = 2_654_435_761, 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Shape:
    """What became of a claim so far."""

    state: ClaimState
    wanted: int
    done: int
    agrees: bool = False
    is_ruled_by_a_person: bool = False

    @property
    def is_complete(self) -> bool:
        return self.wanted > 0 and self.done >= self.wanted

    @property
    def extras(self) -> int:
        """How many checks more than three it wants."""
        return max(0, self.wanted - 3)


SHAPES: tuple[tuple[int, Shape], ...] = (
    (35, Shape(ClaimState.SETTLED, 3, 3, agrees=True)),
    (15, Shape(ClaimState.SETTLED, 4, 4, is_ruled_by_a_person=True)),
    (10, Shape(ClaimState.SETTLED, 5, 5, is_ruled_by_a_person=True)),
    (5, Shape(ClaimState.OPEN, 4, 4)),
    (1, Shape(ClaimState.OPEN, 4, 4, agrees=True)),
    (4, Shape(ClaimState.OPEN, 5, 5)),
    (6, Shape(ClaimState.OPEN, 3, 0, agrees=True)),
    (5, Shape(ClaimState.OPEN, 3, 1, agrees=True)),
    (6, Shape(ClaimState.OPEN, 3, 2, agrees=True)),
    (8, Shape(ClaimState.OPEN, 4, 3)),
    (2, Shape(ClaimState.CANDIDATE, 0, 0)),
    (3, Shape(ClaimState.REJECTED, 0, 0)),
)


@cache
def in_turn() -> tuple[Shape, ...]:
    """The shapes of a hundred claims one after another, well mixed."""
    all_of_them = list(chain.from_iterable(repeat(shape, times) for times, shape in SHAPES))
    return tuple(all_of_them[at * 37 % len(all_of_them)] for at in range(len(all_of_them)))


def shape_of(number: int) -> Shape:
    return in_turn()[number % 100]


def mixed(number: int, salt: int = 0) -> int:
    """A number that says nothing of the one it is made of, the same in every run."""
    value = (number + salt * 7_919 + 1) * MIXER & ALL
    return (value ^ value >> 15) * MIXER & ALL


def often_first(number: int, most: int) -> int:
    """Which of some things: the first are met far more often than the last."""
    part = (mixed(number, 5) & 0xFFFF) / 0x10000
    return int(part * part * part * most)


def team(number: int, size: int) -> Iterator[int]:
    """Who checks a claim, by number from 0: different people."""
    start, step = mixed(number, 1) % PEOPLE, STEPS[mixed(number, 2) % len(STEPS)]
    return ((start + step * at) % PEOPLE for at in range(size))


@dataclass(frozen=True, slots=True)
class Given:
    """The answers of all checks of a claim, as places on the two scales; None where not asked."""

    content: tuple[int, ...]
    said: tuple[int | None, ...]


@cache
def given(shape: Shape, draw: int, *, is_said: bool) -> Given:
    """What its checkers answered: all the same, or one or two of them something else."""
    first = (0, 1, 2, 3, 4, 4, 5, 3, 0, 6)[draw % 10]
    content, said = [first] * shape.done, [(0, 0, 1, 0, 2)[draw % 5]] * shape.done
    if not shape.agrees:
        other = (first + 1 + draw % 3) % 6
        content[1:2] = [other] if shape.done > 1 else []
        if draw % 4 == 0:
            content[-1] = (other + 2) % 7
        if draw % 7 == 0:
            said[-1] = 3
    return Given(tuple(content), tuple(said) if is_said else (None,) * shape.done)
