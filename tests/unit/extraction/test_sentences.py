from hypothesis import given, settings
from hypothesis import strategies as st

from app.extraction.normalise import normalise
from app.extraction.sentences import Paragraph, paragraphs, sentences
from tests.cases import in_turn


def cut(text):
    whole = paragraphs(text)
    return [text[s.start : s.end] for p in whole for s in sentences(text, p)]


@in_turn(
    "parts",
    [
        ("Sen. Ann Lee met Gov. Bo Diaz at 3 p.m. Monday.", "They talked."),
        ("U.S. officials left.", "It cost $4.5 million."),
        ("Mr. J. K. Brown Jr. won.", "Nobody else ran."),
        ("“Stop it!” he told them.", "They did."),
        ("“We are here to Fix. The. Roads,” Lee said.", "Nobody laughed."),
        ("Is it true?", "Nobody knows."),
        ("The firm is based in the U.S.", "The firm is large."),
        ("He works for the U.S. Army in St. Bo, Mo., and in Norwick, D.C.", "He is 40."),
        ("No. 5 Main St. was sold for $3.5 million at 3 p.m. on Monday.", "It was old."),
        ("Lee et al. found that 3.5 percent of cats, e.g. those in Bo, were shot.", "They died."),
        ("“The port is closed.”", "The mayor left."),
        ("He waited... and then he left.", "She waited…", "Then she left."),
        ("“What?” asked Lee.", "“Nobody knows!” he said."),
        ("The firm (the largest in Bo.) closed.", "It is shut (see below).", "Then it opened."),
        ("Lee vs. Diaz was heard by Hon. Judge Moe on Jan. 5.", "It was long."),
        ("The firm earned $4.5bn in Q3.", "Sales were 3.2m.", "Shares rose."),
        ("Acme Inc. said it lost money.", "Bo Ltd. is small."),
        ("Visit www.example.com.", "Then leave."),
        ("The vote was 5-4.", "Gov. Lee, R-Bo, lost.", "Rep. Diaz (D-Calif.) won."),
        ("Dr. Lee, Ph.D., left.", "Lt. Gov. Moe spoke."),
        ("“I don’t know,” she said, “but we’ll see.”", "He left."),
        ("• The port closed.", "• The pool opened."),
        ("Yahoo! said it lost money.", "It did."),
        ("He was born Oct. 3, 1950, in Bo.", "Approx. 40 people came."),
        ("1. The port closed.", "2. The pool opened."),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(parts):
    assert cut(" ".join(parts)) == list(parts)


@in_turn(
    ("text", "parts"),
    [
        ("The port is closed.The mayor left.", ["The port is closed.", "The mayor left."]),
        ("“The port is closed.”The mayor left.", ["“The port is closed.”", "The mayor left."]),
        ("He came back!“Why?” she asked.", ["He came back!", "“Why?” she asked."]),
        ("Buy it at Bo.Com or News.Bo.Org today.", ["Buy it at Bo.Com or News.Bo.Org today."]),
        ("It is e.g.The one.", ["It is e.g.The one."]),
        ("The firm U.S.Steel is old.", ["The firm U.S.Steel is old."]),
    ],
)
def test_a_missing_blank_after_a_full_stop_hides_no_sentence(text, parts):
    assert cut(text) == parts


def test_every_line_is_a_paragraph():
    assert cut("One line\nAnother line\n\n  A third.  ") == ["One line", "Another line", "A third."]


def test_lines_wrapped_at_a_width_are_one_paragraph():
    text = (
        "The council of the small town decided on Tuesday that the old bridge\n"
        "over the river must be closed to all heavy lorries until the end of\n"
        "the year."
    )

    assert len(paragraphs(text)) == 1
    assert cut(text) == [text]


def test_a_sentence_longer_than_any_prose_is_cut_at_a_space():
    pieces = cut("word " * 2000)

    assert max(len(piece) for piece in pieces) <= 1500
    assert " ".join(pieces).split() == ["word"] * 2000


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="aB .!?\n\"“”‘’'(1,;—é\t", max_size=200))
def test_sentences_lie_in_order_inside_their_paragraph(raw):
    text = normalise(raw)
    last = 0

    for paragraph in paragraphs(text):
        for span in sentences(text, paragraph):
            assert max(last, paragraph.start) <= span.start < span.end <= paragraph.end
            assert text[span.start : span.end].strip() == text[span.start : span.end]
            last = span.end


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet='aB .!?\n"“”1', max_size=120))
def test_no_letter_is_lost_between_sentences(raw):
    text = normalise(raw)

    kept = "".join(piece for piece in cut(text))

    assert "".join(kept.split()) == "".join(text.split())


def test_paragraphs_are_numbered_in_order():
    assert [p.index for p in paragraphs("a\n\nb\nc")] == [0, 1, 2]
    assert paragraphs(" \n\n ") == []
    assert paragraphs("x") == [Paragraph(0, 0, 1)]
