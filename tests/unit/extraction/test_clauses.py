import pytest

from app.extraction.clauses import clauses
from app.extraction.quotation import quotations
from app.extraction.sentences import Span
from app.extraction.tokens import tokens


def cut(text):
    span = Span(0, len(text))
    words = tokens(text, span, quotations(text, 0, len(text)))
    return [text[c.span.start : c.span.end] for c in clauses(words)]


@pytest.mark.parametrize(
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
        # Two short halves are compared with each other.
        (
            "Car sales rose 2 percent, while bus sales fell 3 percent.",
            ["Car sales rose 2 percent, while bus sales fell 3 percent"],
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
