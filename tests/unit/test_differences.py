"""What changed between two texts."""

import random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.differences import Change, difference
from tests.cases import in_turn

KEPT, OUT, IN = Change.KEPT, Change.OUT, Change.IN
TEXTS = st.text(alphabet="ab \n.é", max_size=60)


@in_turn(
    ("before", "after", "runs"),
    [
        ("", "", []),
        ("Same.", "Same.", [(KEPT, "Same.")]),
        ("", "New.", [(IN, "New.")]),
        ("Old.", "", [(OUT, "Old.")]),
        ("Two sources.", "Three sources.", [(OUT, "Two"), (IN, "Three"), (KEPT, " sources.")]),
        ("One.\nTwo.\n", "One.\nTwo.\nThree.\n", [(KEPT, "One.\nTwo.\n"), (IN, "Three.\n")]),
    ],
)
def test_two_texts_as_one(before, after, runs):
    assert difference(before, after) == runs


@given(TEXTS, TEXTS)
def test_without_what_was_put_in_it_is_the_old_text_and_without_what_was_taken_out_the_new(a, b):
    runs = difference(a, b)
    assert "".join(text for change, text in runs if change is not IN) == a
    assert "".join(text for change, text in runs if change is not OUT) == b


def test_long_texts_that_share_nothing_do_not_take_long():
    before, after = ("".join(f"{word}{n} " for n in range(20_000)) for word in ("a", "b"))
    start = perf_counter()
    assert difference(before, after) == [(OUT, before), (IN, after)]
    assert perf_counter() - start < 2


def blocks(seed: int) -> str:
    """Lines that stay, between lines of very many words out of two."""
    draw = random.Random(seed)
    lines = (" ".join(draw.choice("ab") for _ in range(990)) for _ in range(40))
    return "".join(f"{line}\nstays {n}\n" for n, line in enumerate(lines))


def few_lines(seed: int) -> str:
    """Very many lines out of three hundred."""
    draw = random.Random(seed)
    return "First.\n" + "".join(f"{draw.randrange(300)}\n" for _ in range(20_000)) + "Last.\n"


@pytest.mark.parametrize("written", [blocks, few_lines])
def test_what_takes_long_to_compare_is_shown_as_a_whole(written):
    before, after = written(1), written(2)
    start = perf_counter()
    runs = difference(before, after)
    assert perf_counter() - start < 5
    assert "".join(text for change, text in runs if change is not IN) == before
    assert "".join(text for change, text in runs if change is not OUT) == after
    assert runs[-1][0] is KEPT
