from app.extraction.quotation import quotations, quoted_share
from app.extraction.sentences import Span
from tests.cases import in_turn


@in_turn(
    ("text", "said"),
    [
        ("“It rained,” she said. “Then it stopped.”", ["It rained,", "Then it stopped."]),
        ('He said "no" and "never again".', ["no", "never again"]),
        ("«Jamais», dit-il.", ["Jamais"]),
        # An apostrophe is no quotation mark, an inch neither.
        ('It’s the town’s 6" pipe, isn’t it?', []),
        ("‘The pipe is old,’ said the mayor’s aide.", ["The pipe is old,"]),
        # Speech that goes on in the next paragraph is not closed.
        ("“It never ends", ["It never ends"]),
    ],
)
def test_quotations_are_what_stands_between_marks(text, said):
    assert [text[s:e] for s, e in quotations(text, 0, len(text))] == said


def test_the_quoted_share_of_a_span_counts_its_characters():
    assert quoted_share((Span(2, 6),), Span(0, 8)) == 0.5
    assert quoted_share((), Span(0, 8)) == 0
    assert quoted_share((Span(0, 1),), Span(3, 3)) == 0
