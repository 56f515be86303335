"""Reading takes time in proportion to the text, whatever is pasted in."""

import time

import pytest

from app.domain.errors import Invalid
from app.domain.spans import MAX_QUOTE, find_quote
from app.extraction import extract
from app.extraction.article import UnreadableArticle, read_html
from app.extraction.furniture import is_furniture
from app.extraction.quotation import quotations

SIZE = 8_000


def seconds(act, text):
    best = 10.0
    for _ in range(2):
        began = time.process_time()
        act(text)
        best = min(best, time.process_time() - began)
    return best


def in_english(text):
    extract(text, language="en")


@pytest.mark.parametrize(
    "unit",
    [
        *("a, ", "Related\n"),
        *(
            pytest.param(unit, marks=pytest.mark.thorough)
            for unit in ("“a”", " 'a", "lower. ", "“It rose. ")
        ),
    ],
)
def test_twice_the_text_takes_less_than_three_times_as_long(unit):
    text = unit * (2 * SIZE // len(unit))
    in_english(text[:SIZE])

    # By turns: what else the machine does would else count for one of them alone.
    turns = [(seconds(in_english, text[:SIZE]), seconds(in_english, text)) for _ in range(2)]
    once, twice = map(min, zip(*turns, strict=True))

    assert twice < 3 * once + 0.05


@pytest.mark.parametrize("act", [is_furniture, lambda text: quotations(text, 0, len(text))])
@pytest.mark.parametrize("unit", [" ", " 'a", "(a photo "])
def test_a_line_of_one_kind_is_looked_at_once(act, unit):
    assert seconds(act, unit * (100_000 // len(unit))) < 1


def test_a_quote_of_repeated_words_is_looked_for_in_one_pass():
    with pytest.raises(Invalid):
        find_quote("a " * 100_000, "a  " * (MAX_QUOTE // 3 - 1) + "b")


@pytest.mark.parametrize(
    "page", ["<p>one" * 30_001, "<p " + "a=1 " * 30_001 + ">", "<p " + "a " * 10_001 + ">"]
)
def test_a_page_of_tags_is_refused_before_it_is_read(page):
    with pytest.raises(UnreadableArticle) as refused:
        read_html(page.encode())

    assert refused.value.code == "too_large"


def test_a_quote_that_is_too_long_is_refused_with_the_limit():
    with pytest.raises(Invalid) as refused:
        find_quote("a" * 9_000, "a" * (MAX_QUOTE + 1))

    assert (refused.value.code, refused.value.values) == (
        "quote.long",
        {"field": "quote", "limit": MAX_QUOTE},
    )


def test_a_dash_inside_a_line_is_no_bullet():
    assert is_furniture("10 – 20")
    assert not is_furniture("The score was 10 – 20 at the end, the club’s coach said on Monday.")
