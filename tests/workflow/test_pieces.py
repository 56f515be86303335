"""Long work is cut by time: no piece holds up those who write."""

from itertools import islice, pairwise

import pytest
from sqlmodel import select

from app.storage.tables import Person
from app.workflow.pieces import FIRST, LEAST, SECONDS, Pieces

ROWS = 2_000
LIMIT = 0.05


class Clock:
    """A clock that goes on by what work is said to take."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def written(database, cost) -> list[tuple[int, float]]:
    """How many people each transaction added, and how long it took by the clock."""
    clock, found = Clock(), []
    pieces = Pieces(database, clock=clock)
    people = (Person(email=f"p{n}@example.org", name="P") for n in range(ROWS))
    while some := list(islice(people, pieces.size)):
        with pieces.write() as session:
            session.add_all(some)
            before = clock.at
            clock.at += cost(len(found)) * len(some)
        found.append((len(some), clock.at - before))
    return found


@pytest.mark.parametrize("each", [0.00005, 0.0004, SECONDS / LEAST])
def test_every_piece_but_the_first_takes_about_as_long_as_it_may(database, each):
    found = written(database, lambda _piece: each)

    assert sum(number for number, _took in found) == ROWS
    assert all(took <= SECONDS * 1.02 for _number, took in found[1:])
    assert max(took for _number, took in found) <= LIMIT
    with database.reading() as session:
        assert len(session.exec(select(Person.id)).all()) == ROWS


def test_work_that_becomes_dearer_is_cut_smaller_and_grows_again_slowly(database):
    found = written(database, lambda piece: 0.001 if 3 <= piece < 6 else 0.0001)

    sizes = [number for number, _took in found]
    assert sizes[0] == FIRST
    assert all(later <= 2 * before for before, later in pairwise(sizes))
    assert sizes[4] < sizes[3]
    assert sizes[4] * 0.001 <= LIMIT
    assert sizes[7] > sizes[6]


def test_a_slow_disk_does_not_cut_work_to_nothing(database):
    found = written(database, lambda _piece: 1.0)

    assert {number for number, _took in found[1:-1]} == {LEAST}


def added(database, emails) -> None:
    with Pieces(database).write() as session:
        session.add_all([Person(email=email, name="P") for email in emails])
        session.flush()
        if "nobody@example.org" in emails:
            raise RuntimeError


def test_a_piece_that_breaks_leaves_nothing_and_those_before_it_stay(database):
    added(database, ["a@example.org", "b@example.org"])
    with pytest.raises(RuntimeError):
        added(database, ["c@example.org", "nobody@example.org"])

    with database.reading() as session:
        assert len(session.exec(select(Person.id)).all()) == 2
