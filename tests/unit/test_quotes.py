"""A quote is found in what a page says, however either of them was typed."""

import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain import quotes
from app.domain.evidence_words import QuoteFound
from app.domain.quotes import CopyText, Folded, place_of
from app.domain.spans import Span
from tests.cases import in_turn

# Emoji of several code points, a right-to-left sentence, and marks before the words that count.
BEFORE = "👩‍👩‍👧 Überblick – \u200fمرحبا بالعالم. "
PAGE = (
    BEFORE
    + "He said: “We’ll raise taxes — soon.” The infor-\nmation of a well-\nknown ﬁrm.\n\n"
    + "  It  grew by 15 million euros in 2024, the of\u00adfice said."
)


@in_turn(
    ("quote", "found", "words"),
    [
        ("grew by 15 million euros", QuoteFound.EXACT, "grew by 15 million euros"),
        ("We'll raise taxes - soon", QuoteFound.NORMALISED, "We’ll raise taxes — soon"),
        ("We’ll raise taxes—soon", QuoteFound.NORMALISED, "We’ll raise taxes — soon"),
        ('"We\'ll raise taxes"', QuoteFound.NORMALISED, "We’ll raise taxes"),
        ("It grew by 15 million", QuoteFound.NORMALISED, "It  grew by 15 million"),
        (
            "information of a well-known firm",
            QuoteFound.NORMALISED,
            "infor-\nmation of a well-\nknown ﬁrm",
        ),
        ("the office said", QuoteFound.NORMALISED, "the of\u00adfice said"),
        ("[t]he information", QuoteFound.NORMALISED, "The infor-\nmation"),
        ("ÜBERBLICK", QuoteFound.NORMALISED, "Überblick"),
        ("مرحبا", QuoteFound.EXACT, "مرحبا"),
    ],
)
def test_a_quote_is_found_as_it_was_typed(quote, found, words):
    place = place_of(PAGE, quote)
    assert (place.found, place.span.of(PAGE), place.score) == (found, words, 1.0)


@in_turn("gap", ["[…]", "...", "…", "[...]", "(…)", " [ … ] ", "...."])
def test_words_that_a_quote_leaves_out_stand_between_its_parts(gap):
    place = place_of(PAGE, f"The information {gap} grew by 15 million")
    assert place.found is QuoteFound.NORMALISED
    assert place.span.of(PAGE).startswith("The infor-")
    assert place.span.of(PAGE).endswith("15 million")


def test_the_parts_of_a_quote_stand_in_their_order():
    assert place_of(PAGE, "grew by 15 million … The information").found is QuoteFound.MISSING
    far = "It began." + " x" * 4_000 + " It ended."
    assert place_of(far, "It began … It ended").found is QuoteFound.MISSING


def test_a_quote_that_is_nearly_there_says_how_nearly():
    place = place_of(PAGE, "It grew by 12 million euros in 2024, the office said")
    assert place.found is QuoteFound.APPROXIMATE
    assert 0.7 <= place.score < 1
    assert "15 million" in place.span.of(PAGE)


@in_turn("quote", ["Nothing of the kind was ever said", "", "   ", "…", "absent", "5 million"])
def test_what_is_not_there_is_missing(quote):
    place = place_of(PAGE, quote)
    assert (place.found, place.span, place.score) == (QuoteFound.MISSING, None, 0.0)


@in_turn("quote", ["1.5 percent", "5 percent", "1.5", "3"])
def test_a_part_of_a_number_is_not_the_number(quote):
    assert place_of("It was 31.5 percent and 1.55.", quote).found is QuoteFound.MISSING


def test_the_first_place_that_is_whole_is_taken():
    assert place_of("15 times, 5 times.", "5 times").span.start == 10


LETTERS = st.characters(exclude_categories=("Cs", "Nd", "No", "Nl", "Cc"))
TEXTS = st.text(LETTERS | st.sampled_from(" \n.,“”—👍🏽א"), min_size=1, max_size=200)


@given(TEXTS, st.data())
def test_a_quote_cut_from_a_text_is_found_exactly(text, data):
    import unicodedata

    text = unicodedata.normalize("NFC", text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end].strip()
    assume(quote and unicodedata.is_normalized("NFC", quote))
    place = place_of(BEFORE + text, quote)
    assert place.found is QuoteFound.EXACT
    assert place.span.of(BEFORE + text) == quote


@pytest.mark.parametrize(
    "quote",
    [
        "a" + " " * 10_000 + "[" + " " * 10_000 + "b",
        "[" + " " * 300_000,
        "(" + " " * 300_000,
        "." * 10_000 + "b",
        ". " * 10_000,
        "…" * 10_000,
        "[ " * 10_000,
        "a-" + "\n" * 300_000 + "1",
    ],
    ids=("parted", "bracket", "parenthesis", "dots", "parted dots", "signs", "brackets", "lines"),
)
def test_whatever_a_quote_repeats_looking_for_it_ends(quote):
    began = time.process_time()
    assert place_of("Bread is dear, said the minister.", quote).found is QuoteFound.MISSING
    assert time.process_time() - began < 20


def test_the_digits_of_a_long_number_are_not_each_asked_about(monkeypatch):
    asked = []
    cuts = quotes._cuts_number
    monkeypatch.setattr(quotes, "_cuts_number", lambda *at: asked.append(at) or cuts(*at))
    text = "1" * 100_000 + " and 1, 11"
    assert place_of(text, "1").span == Span(100_005, 100_006)
    assert place_of(text, "11").span == Span(100_008, 100_010)
    assert len(asked) < 20


@given(st.text("12.,a", max_size=40), st.text("12.,a", min_size=1, max_size=4))
def test_a_place_is_passed_over_only_where_it_cuts_a_number(text, words):
    starts = [at for at in range(len(text)) if text.startswith(words, at)]
    ends = {at: at + len(words) for at in starts}
    cuts = quotes._cuts_number
    wanted = [Span(at, to) for at, to in ends.items() if not (cuts(text, at) or cuts(text, to))]
    assert list(quotes._places(text, words)) == wanted


@given(TEXTS, st.data())
def test_every_place_of_a_folded_text_leads_back_into_the_text(text, data):
    folded = Folded(text)
    assume(folded.text)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    span = folded.there(start, end)
    assert 0 <= span.start < span.end <= len(text)
    assert Folded(span.of(text)).text.strip(" -") in folded.text


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_quote_in_any_text_has_an_answer(text, quote):
    place = place_of(text, quote)
    assert 0 <= place.score <= 1
    assert (place.span is None) == (place.found is QuoteFound.MISSING)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The quick brown fox jumps over it. " * 28_000, id="one sentence"),
        *(
            pytest.param(text, id=name, marks=pytest.mark.thorough)
            for name, text in {
                "one letter": "a " * 500_000,
                "blanks": " \n-" * 300_000,
                "brackets": "[ " * 500_000,
                "parted words": "well-\n" * 160_000,
            }.items()
        ),
    ],
)
def test_looking_through_a_megabyte_ends(text):
    began = time.process_time()
    copy = CopyText(text)
    for quote in ("a " * 2_400 + "b", "the quick brown hare … jumps over … nothing", "x-y " * 50):
        assert re.fullmatch("missing|approximate", copy.place(quote).found)
    assert time.process_time() - began < 60


def test_words_that_come_again_and_again_are_not_compared_for_minutes():
    """A rare word leads to a stretch of which no run is shared, and every word is everywhere."""
    text, quote = "zebra " + "a c " * 250_000, "zebra " + "a b " * 1_240
    began = time.process_time()
    assert place_of(text, quote).found is QuoteFound.MISSING
    assert time.process_time() - began < 60


def test_a_quote_of_blanks_alone_takes_no_time():
    began = time.process_time()
    assert place_of("abc", "x" + " " * 9_990 + "y").found is QuoteFound.MISSING
    assert time.process_time() - began < 5
