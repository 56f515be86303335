from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.extraction.clauses import clauses
from app.extraction.quotation import quotations
from app.extraction.sentences import Span
from app.extraction.tokens import tokens
from app.extraction.wordlist import word_set
from tests.cases import in_turn


def cut(text):
    span = Span(0, len(text))
    words = tokens(text, span, quotations(text, 0, len(text)))
    return [text[c.span.start : c.span.end] for c in clauses(words)]


@in_turn(
    ("sentence", "parts"),
    [
        ("The bridge was closed.", ["The bridge was closed"]),
        ("But the bridge was closed.", ["the bridge was closed"]),
        ("The road was shut; the bridge was not.", ["The road was shut", "the bridge was not"]),
        (
            "The road to the port was shut, but the old bridge was open all day.",
            ["The road to the port was shut", "the old bridge was open all day"],
        ),
        (
            "The town must sell the port — as the port lost 40 million euros.",
            ["The town must sell the port", "the port lost 40 million euros"],
        ),
        (
            "While the town paid for the port, the state paid for the bridge.",
            ["the town paid for the port", "the state paid for the bridge"],
        ),
        (
            "The town sold the port, which had cost 40 million euros.",
            ["The town sold the port", "which had cost 40 million euros"],
        ),
        (
            "The town sold the old port, sparking fears of a loss.",
            ["The town sold the old port", "sparking fears of a loss"],
        ),
        # A second half that leans on the first is no claim of its own.
        (
            "He faced two inquiries at home, but these were dropped in 2015.",
            ["He faced two inquiries at home, but these were dropped in 2015"],
        ),
        # Two figures that are compared with each other can be wrong one by one.
        (
            "Car sales rose 2 percent, while bus sales fell 3 percent.",
            ["Car sales rose 2 percent", "bus sales fell 3 percent"],
        ),
        # A list and a pair of dashes are no clauses.
        ("It sells cars, ships and tools.", ["It sells cars, ships and tools"]),
        (
            "Two ports — Lund and Berg — have struggled this year.",
            ["Two ports — Lund and Berg — have struggled this year"],
        ),
        # Marks stay when both of a pair stand inside.
        ("The “old port” was sold.", ["The “old port” was sold"]),
        ("“The old port was sold.”", ["The old port was sold"]),
        ("She called it the “old port.”", ["She called it the “old port.”"]),
    ],
)
def test_a_sentence_is_cut_into_clauses_that_stand_alone(sentence, parts):
    assert cut(sentence) == parts


@in_turn(
    ("sentence", "leads"),
    [
        ("The mill, which is very old, has lost 3 jobs in May.", [None, None]),
        ("The firm closed 2 plants and dismissed 400 people.", [None, "The firm"]),
        ("The firm — a maker of bricks and tiles — will close its plant.", ["The firm", None]),
        ("The port was sold, but the bridge was not.", [None, None]),
    ],
)
def test_a_predicate_keeps_its_subject_for_its_wording(sentence, leads):
    words = tokens(sentence, Span(0, len(sentence)))

    found = [clause.lead for clause in clauses(words)]

    assert [lead and sentence[lead.start : lead.end] for lead in found] == leads


_WORDS = sorted(
    word_set("""The firm which who sold 40 ships , — – ; : and but while as when after a the largest
    maker of bricks raising with was is has that ( ) “ ” . despite in May Lee it they""")
)


@settings(deadline=None, max_examples=200)
@example(["(", "(", ")", ")", "(", "40", "(", "has", ")"])
@given(
    st.lists(
        st.sampled_from(_WORDS),
        max_size=40,
    )
)
def test_clauses_lie_in_the_sentence_and_no_two_are_alike(drawn):
    sentence = " ".join(drawn)
    words = tokens(sentence, Span(0, len(sentence)), quotations(sentence, 0, len(sentence)))

    found = clauses(words)

    starts, ends = {w.start for w in words}, {w.end for w in words}
    assert all(c.span.start in starts and c.span.end in ends for c in found)
    assert all(c.span.start < c.span.end for c in found)
    assert len({c.span for c in found}) == len(found)
    assert [c.span for c in found] == sorted(c.span for c in found)
    assert all(a.span.end <= b.span.start or within(b.span, a.inner) for a, b in pairwise(found))


def within(span: Span, inner: Span | None) -> bool:
    """Whether a clause is the one in a bracket of the clause before it."""
    return inner is not None and inner.start <= span.start and span.end <= inner.end


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The port sold 40 ships in May (only 3 of them have been paid)",
            ["The port sold 40 ships in May", "only 3 of them have been paid"],
        ),
        (
            "The port sold 40 ships (only 3 of them have been paid) to the largest firm in May",
            [
                "The port sold 40 ships (only 3 of them have been paid) to the largest firm in May",
                "only 3 of them have been paid",
            ],
        ),
    ],
)
def test_a_clause_in_a_bracket_comes_behind_the_one_that_it_stands_in(sentence, expected):
    found = clauses(tokens(sentence, Span(0, len(sentence))))

    assert [sentence[clause.span.start : clause.span.end] for clause in found] == expected


def test_cutting_is_linear_in_the_length_of_a_sentence():
    sentence = "The firm, which sold 3 ships, and the port — a maker of bricks — lost it, as " * 400

    words = tokens(sentence, Span(0, len(sentence)))

    assert len(clauses(words)) > 100
