from hypothesis import given
from hypothesis import strategies as st

from app.extraction.normalise import normalise
from tests.cases import in_turn


@in_turn(
    ("raw", "plain"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("\ufeffTitle", "Title"),
        ("cafe\u0301", "café"),
        ("a\x00b\x07c\td", "abc\td"),
        # The control character stands between the letter and its accent.
        ("e\x00\u0301", "é"),
        ("\x00\ufeffTitle", "Title"),
    ],
)
def test_line_ends_accents_and_controls_are_made_one_form(raw, plain):
    assert normalise(raw) == plain


def test_a_text_already_so_is_returned_unchanged():
    text = "“Prices rose,” she said.\n\n\tThe mayor — who is 60 — agreed.\n"

    assert normalise(text) == text


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)
