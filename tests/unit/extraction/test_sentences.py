import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extraction.normalise import normalise
from app.extraction.sentences import Paragraph, paragraphs, sentences


def cut(text):
    whole = paragraphs(text)
    return [text[s.start : s.end] for p in whole for s in sentences(text, p)]


@pytest.mark.parametrize(
    "parts",
    [
        ("Sen. Ann Lee met Gov. Bo Diaz at 3 p.m. Monday.", "They talked."),
        ("U.S. officials left.", "It cost $4.5 million."),
        ("Mr. J. K. Brown Jr. won.", "Nobody else ran."),
        ("“Stop it!” he told them.", "They did."),
        ("“We are here to Fix. The. Roads,” Lee said.", "Nobody laughed."),
        ("Is it true?", "Nobody knows."),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(parts):
    assert cut(" ".join(parts)) == list(parts)


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
