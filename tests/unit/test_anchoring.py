"""Words of claims are found again in a changed text, at the right place or not at all."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.anchoring import anchor, find_again
from app.domain.spans import Span
from app.domain.tokens import tokens, tokens_cut_at
from app.domain.words import FoundBy

OLD = (
    "The town built 40 bridges in 2024.\n\n"
    "Its mayor, Ada Berg, said that taxes fell by half. Nobody else said so.\n\n"
    "The harbour handled 3 million tonnes of grain last year, the port authority reported."
)
WORDS = (
    "the",
    "town",
    "rain",
    "fell",
    "by",
    "half",
    "“quoted”",
    "40",
    "naïve",
    "中文",
    "\n\n",
    ".",
)


def placed(old, quote, new, *, nth=0):
    """Where the words that stood in the old text are found in the new one, and how."""
    start = -1
    for _time in range(nth + 1):
        start = old.index(quote, start + 1)
    hit = find_again(new, {1: anchor(old, Span(start, start + len(quote)))})[1]
    return None if hit is None else (hit.span.of(new), hit.found_by, hit.span.start, hit.score)


def test_what_did_not_move_is_found_at_its_place():
    assert placed(OLD, "taxes fell by half", f"{OLD} More.")[1:] == (
        FoundBy.POSITION,
        OLD.index("taxes"),
        1.0,
    )


def test_what_moved_is_found_word_for_word():
    new = f"Corrected on Friday.\n\n{OLD}"

    words, found_by, _start, score = placed(OLD, "taxes fell by half", new)

    assert (words, found_by) == ("taxes fell by half", FoundBy.QUOTE)
    assert score > 0.98


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_of_repeated_words_those_are_meant_that_stand_between_the_same_others(nth):
    old = "First it rained on Monday. Then it rained on Tuesday. Last it rained on Friday."
    new = "A new beginning, longer than all.\n\n" + old

    start = placed(old, "it rained", new, nth=nth)[2]

    places = [i for i in range(len(new)) if new.startswith("it rained", i)]
    assert start == places[nth]


def test_of_repeated_words_in_the_same_surroundings_the_nearest_are_meant():
    old = "It rained.\n\n" * 40
    new = old + "It rained.\n\n"

    hit = find_again(new[3:], {1: anchor(old, Span(120, 130))})[1]

    assert abs(hit.span.start - 120) <= 3


@pytest.mark.parametrize(
    ("quote", "change", "words"),
    [
        # A figure was corrected.
        (
            "The town built 40 bridges in 2024",
            ("40 bridges", "four bridges"),
            "The town built four bridges in 2024",
        ),
        # A word came in, another went.
        (
            "handled 3 million tonnes of grain last year",
            ("3 million tonnes of grain", "about 3 million tonnes of wheat"),
            "handled about 3 million tonnes of wheat last year",
        ),
        # The first words were changed.
        (
            "The harbour handled 3 million tonnes of grain",
            ("The harbour", "Our port"),
            "Our port handled 3 million tonnes of grain",
        ),
    ],
)
def test_what_was_changed_a_little_is_found_nearly(quote, change, words):
    new = f"Corrected.\n\n{OLD.replace(*change)}"

    found, found_by, _start, score = placed(OLD, quote, new)

    assert (found, found_by) == (words, FoundBy.APPROXIMATE)
    assert 0.6 < score < 0.99


@pytest.mark.parametrize(
    "new",
    [
        "",
        "Nothing of it is left in here, the whole story was another one.",
        # Single words are everywhere.
        "By and by the taxes came up; half of them. It fell dark.",
    ],
)
def test_what_is_gone_is_not_found(new):
    assert placed(OLD, "taxes fell by half", new) is None


def test_two_words_are_never_found_nearly():
    assert placed(OLD, "Ada Berg", OLD.replace("Ada Berg", "Ada Bergen")[1:]) is None


@pytest.mark.parametrize("number", ["140", "400", "4 0"])
def test_a_number_is_not_found_within_another(number):
    assert placed(OLD, "40", OLD.replace("40", number)) is None


def test_a_claim_does_not_take_the_words_of_another():
    old = "The town built 3 bridges in May.\n\nThe town built 4 bridges in June."
    new = "Some words.\n\nThe town built 4 bridges in June."
    lines = old.split("\n\n")
    anchors = {
        n: anchor(old, Span(old.index(line), old.index(line) + len(line)))
        for n, line in enumerate(lines)
    }

    found = find_again(new, anchors)

    assert found[0] is None
    assert found[1].span.of(new) == lines[1]


def test_scripts_without_blanks_are_found_nearly_too():
    old = "昨天。政府表示去年的通货膨胀率下降到百分之三。"
    quote = "去年的通货膨胀率下降到百分之三"

    found, found_by, *_rest = placed(old, quote, old.replace("百分之三", "百分之四")[1:])

    assert (found, found_by) == ("去年的通货膨胀率下降到百分之四", FoundBy.APPROXIMATE)


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)


@st.composite
def texts_with_spans(draw):
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@given(texts_with_spans(), texts)
def test_whatever_is_found_is_within_the_text_and_says_truly_how(old, new):
    text, span = old
    wanted = anchor(text, span)

    hit = find_again(new, {1: wanted})[1]

    if hit is not None:
        assert 0 <= hit.span.start < hit.span.end <= len(new)
        assert 0 <= hit.score <= 1
        if hit.found_by is not FoundBy.APPROXIMATE:
            assert hit.span.of(new) == wanted.quote
        assert (hit.found_by is FoundBy.POSITION) == (hit.span == span and hit.score == 1.0)


@given(texts_with_spans(), texts, texts)
def test_words_are_found_again_wherever_the_text_around_them_goes(old, above, below):
    text, span = old
    new = f"{above}\n\n{text}\n\n{below}"

    hit = find_again(new, {1: anchor(text, span)})[1]

    assert hit is not None
    assert hit.span.of(new) == span.of(text)


@given(texts_with_spans())
def test_an_unchanged_text_keeps_every_place(old):
    text, span = old

    hit = find_again(text, {1: anchor(text, span)})[1]

    assert (hit.span, hit.found_by, hit.score) == (span, FoundBy.POSITION, 1.0)


@settings(max_examples=60)
@given(texts_with_spans())
def test_words_are_cut_where_a_claim_begins_and_ends(old):
    text, span = old
    whole = Span(0, len(text))

    cut = tokens_cut_at(text, whole, [span.start, span.end])

    assert "".join(part.of(text) for part in cut) == "".join(text.split())
    assert [part for part in cut if part.start < span.start < part.end] == []
    assert [part for part in cut if part.start < span.end < part.end] == []


def test_words_keep_what_belongs_to_them_and_marks_stand_alone():
    text = "“It’s 1.1 billion,” he said."

    assert [span.of(text) for span in tokens(text)] == [
        *("“", "It’s", "1.1", "billion", ",”", "he", "said", "."),
    ]


def test_three_hundred_claims_of_a_long_text_take_a_moment():
    chance = random.Random(7)
    names = [
        "".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(900)
    ]
    lines = [" ".join(chance.choices(names, k=18)) + "." for _ in range(950)]
    old = "\n\n".join(lines)
    changed = [
        line.replace(line.split()[5], "otherwise") if n % 2 else line
        for n, line in enumerate(lines)
    ]
    new = "\n\n".join(["New.", *changed])
    begins = [old.index(line) for line in lines[::3][:300]]
    anchors = {n: anchor(old, Span(at + 3, at + 70)) for n, at in enumerate(begins)}
    assert len(old) > 100_000

    began = time.perf_counter()
    found = find_again(new, anchors)

    assert time.perf_counter() - began < 5
    assert sum(hit is not None for hit in found.values()) > 290
