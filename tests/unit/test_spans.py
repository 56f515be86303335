"""Finding the words of a claim, and marking claims that overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Invalid
from app.domain.spans import Span, find_quote, segments
from tests.cases import in_turn

TEXTS = st.text(alphabet="ab “”'’–\n🙂שלום", min_size=1, max_size=60)


@st.composite
def text_and_spans(draw):
    text = draw(TEXTS)
    cuts = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(cuts, cuts), max_size=5))
    spans = [Span(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
    return text, {f"c{number}": span for number, span in enumerate(spans)}


@given(text_and_spans())
def test_what_stands_in_a_text_is_found_where_it_stands(case):
    text, spans = case
    for span in spans.values():
        quote = span.of(text)
        if quote.strip() and quote == quote.strip():
            assert find_quote(text, quote, near=span.start) == span


@pytest.mark.parametrize(
    ("near", "start"), [(0, 0), (1, 1), (2, 1), (9, 5), (-3, 0), (4, 5), (3, 1)]
)
def test_of_places_that_lie_over_each_other_the_nearest_is_meant(near, start):
    assert find_quote("aaa  aa", "aa", near=near) == Span(start, start + 2)


@given(text_and_spans())
def test_segments_joined_are_the_text_and_each_claim_covers_its_own_words(case):
    text, spans = case

    cut = segments(text, spans)

    assert "".join(segment.text for segment in cut) == text
    for name, span in spans.items():
        covered = "".join(segment.text for segment in cut if name in segment.claims)
        assert covered == span.of(text)
        assert sum(name in segment.starts for segment in cut) == 1


@in_turn(
    ("quote", "found"),
    [
        # Quotation marks, dashes and white space are what copying changes.
        ('"Never", he said', "“Never”, he said"),
        ("rose - by half", "rose – by half"),
        ("rose – by\nhalf", "rose – by half"),
        ("  he said.  ", "he said."),
    ],
)
def test_a_quote_is_found_however_its_marks_were_typed(quote, found):
    text = "🙂 “Never”, he said. It rose – by half."

    assert find_quote(text, quote).of(text) == found


def test_of_several_places_the_nearest_is_meant():
    text = "one two one two one"

    assert find_quote(text, "one", near=9) == Span(8, 11)


@pytest.mark.parametrize(("quote", "code"), [("  ", "quote.blank"), ("five", "quote.missing")])
def test_words_that_are_not_there_are_refused(quote, code):
    with pytest.raises(Invalid) as refused:
        find_quote("one two", quote)

    assert refused.value.code == code


def test_overlapping_claims_are_cut_at_every_boundary():
    cut = segments("abcdef", {"x": Span(0, 4), "y": Span(2, 6)})

    assert [(s.text, s.claims, s.starts) for s in cut] == [
        ("ab", ("x",), ("x",)),
        ("cd", ("x", "y"), ("y",)),
        ("ef", ("y",), ()),
    ]
