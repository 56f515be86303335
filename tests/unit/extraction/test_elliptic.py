"""Figures whose noun stands before the claim, and how long reading figures takes."""

import time

import pytest

from app.extraction.quantities import quantities
from tests.cases import in_turn
from tests.unit.extraction.tables import written


@in_turn(
    ("before", "claim", "expected"),
    [
        ("Fourteen bids came in by May. ", "Only 12 were read in the end", "12 bid"),
        ("The yard built nine ferries. ", "These nine had no engines", "9 ferry"),
        ("The yard built nine ferries. ", "Prices were at 12 in the end", ""),
        ("The yard has $9 million. ", "Only 12 were read in the end", ""),
        ("", "Only 12 were read in the end", ""),
    ],
)
def test_what_a_subject_counts_may_stand_in_the_sentence_before(before, claim, expected):
    found = [(q.value, q.unit) for q in quantities(claim, None, before)]

    assert found == written(expected)


@pytest.mark.parametrize(
    "unit",
    [
        *("one hundred ", "from 5 to ", "May 3, "),
        *(pytest.param(one, marks=pytest.mark.thorough) for one in ("1-1 ", "to 5 and ")),
        *(pytest.param(one, marks=pytest.mark.thorough) for one in ("$5 ", "half a ")),
    ],
)
def test_twice_the_figures_take_at_most_thrice_the_time(unit):
    def seconds(size):
        best = 10.0
        for _ in range(2):
            began = time.process_time()
            quantities((unit * size)[:size], "2019-11-20")
            best = min(best, time.process_time() - began)
        return best

    turns = [(seconds(4_000), seconds(8_000)) for _ in range(2)]
    once, twice = map(min, zip(*turns, strict=True))
    assert twice < 3 * once + 0.05
