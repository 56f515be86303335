"""What changed between two texts."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.differences import Change, difference

KEPT, OUT, IN = Change.KEPT, Change.OUT, Change.IN
TEXTS = st.text(alphabet="ab \n.é", max_size=60)


@pytest.mark.parametrize(
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
