import re

from hypothesis import given
from hypothesis import strategies as st

from app.extraction.sentences import Span
from app.extraction.wording import Change, applied, worded
from tests.cases import in_turn


def whole(text, changes=(), **values):
    return worded(text, Span(0, len(text)), changes, **values)


def restored(wording):
    """The wording with what stood there before put back."""
    text = wording.text
    for addition in reversed(wording.additions):
        text = f"{text[: addition.start]} {addition.instead_of} {text[addition.end :]}"
    return text


def words(text):
    return re.findall(r"\w+", text.casefold())


@in_turn(
    ("clause", "changes", "text"),
    [
        ("the port was sold", [], "The port was sold."),
        ("the port  was\nsold", [], "The port was sold."),
        ("Was it sold?", [], "Was it sold?"),
        ("it was the “old port.”", [], "It was the “old port.”"),
        ("it was the “old port,”", [], "It was the “old port.”"),
        ("the port “was sold", [], "The port was sold."),
        ("he sold the port", [Change(0, 2, "Otto Lund")], "Otto Lund sold the port."),
        ("denied the charge", [Change(0, 0, "Otto Lund ")], "Otto Lund denied the charge."),
        ("it was sold", [Change(0, 2, "[the port]")], "[The port] was sold."),
        ("ßen was sold", [], "ßen was sold."),
        # One change over another: the first holds.
        ("he sold it", [Change(0, 7, "x"), Change(3, 7, "y")], "X it."),
        ("  ", [], ""),
    ],
)
def test_a_clause_is_worded_as_a_sentence_of_its_own(clause, changes, text):
    assert whole(clause, changes).text == text


def test_what_is_cut_leaves_no_gap():
    clause = "The town, according to Reuters, lost money"

    assert whole(clause, cuts=[Span(8, 31)]).text == "The town lost money."


def test_each_addition_says_where_it_stands_and_what_stood_there():
    found = whole("he  sold it in May", [Change(0, 2, "Otto Lund"), Change(18, 18, " 2019")])

    assert found.text == "Otto Lund sold it in May 2019."
    assert [(found.text[a.start : a.end], a.instead_of) for a in found.additions] == [
        ("Otto Lund", "he"),
        ("2019", ""),
    ]


def test_words_that_only_a_speaker_makes_clear_are_given_with_the_speaker():
    found = whole("we have sold the port", speaker="Otto Lund")

    assert found.text == "Otto Lund: “We have sold the port.”"
    assert [found.text[a.start : a.end] for a in found.additions] == ["Otto Lund: “", "”"]


def test_a_stretch_is_changed_without_becoming_a_sentence():
    assert (
        applied("he sold it, ", Span(0, 12), [Change(0, 2, "Otto Lund")]) == "Otto Lund sold it, "
    )


PARTS = st.sampled_from(
    [
        "he",
        "the port",
        ",",
        "“",
        "”",
        '"',
        " ",
        "  ",
        "\n",
        "sold",
        "x’s",
        "May",
        ".",
        "[",
        "é",
        "?",
    ]
)


@given(
    st.lists(PARTS, min_size=1, max_size=25).map(" ".join),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12), PARTS), max_size=5),
    st.one_of(st.none(), st.just("Ida Moe")),
)
def test_with_every_addition_put_back_the_words_are_those_of_the_article(clause, spots, speaker):
    ends = [m.start() for m in re.finditer(r"\b", clause)] or [0]
    changes = []
    for start, length, new in spots:
        first, last = ends[start % len(ends)], ends[min(start % len(ends) + length, len(ends) - 1)]
        changes.append(Change(first, last, f" {new} "))

    found = whole(clause, changes, speaker=speaker)

    edges = [edge for a in found.additions for edge in (a.start, a.end)]
    assert edges == sorted(edges)
    assert all(found.text[a.start : a.end].strip() for a in found.additions)
    # A mark alone is no word, and blanks may be put in: those come back as nothing.
    assert set(words(restored(found))) <= set(words(clause))
    if all(words(change.words) for change in changes) and found.text:
        assert words(restored(found)) == words(clause)
