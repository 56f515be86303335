"""Many small elements, written in one go; and an article with its claims, written so."""

from types import SimpleNamespace

from markupsafe import Markup

from app.domain.words import ClaimState
from app.storage.placed_claims import PlacedClaim
from app.web import patterns
from app.web.patterns import patterned, signs, without_signs
from app.web.reviews.reading import reading

LINES = Markup("\n<p>◇</p>\n  <b id='◇'>◇</b>\n")
TEXT_KINDS = Markup("<p>◇</p>\n<i id=here c='◇'>[this] ◇</i>\n<i class='◇' c='◇'>◇</i>")


def test_signs_become_html_and_all_else_is_escaped():
    (p, p_ends, *_), (b, b_then, b_ends, _) = signs(0), signs(1)

    html = patterned(f"{p}a < ◇ {b}x{b_then}&{b_ends}{p_ends}", LINES)

    assert html == "<p>a &lt; ◇ <b id='x'>&amp;</b></p>"
    assert isinstance(html, Markup)


def test_no_text_can_write_a_sign():
    every = "".join(chr(code) for code in range(0xFDD0, 0xFDF0))

    assert without_signs(f"a{every}b") == "a" + "\ufffd" * 32 + "b"
    assert len({sign for kind in range(8) for sign in signs(kind)}) == len(every)


def shown(text, *claims):
    """An article with claims, each as start, end, state and whether it is given; the first is here."""
    placed = [
        PlacedClaim(number, f"c{number}", state, start, end, given)
        for number, (start, end, state, given) in enumerate(claims)
    ]
    here = SimpleNamespace(id=0, public_id="c0")
    found = reading(SimpleNamespace(text=text), placed, here)
    return str(patterned(found.text, TEXT_KINDS)), found


OPEN, SETTLED = ClaimState.OPEN, ClaimState.SETTLED


def test_each_claim_is_marked_by_how_it_stands_and_paragraphs_end_at_line_ends():
    html, _ = shown(
        "One two.\n\nThree <four>\nfive",
        (4, 7, OPEN, False),
        (10, 15, OPEN, True),
        (23, 27, SETTLED, False),
    )

    assert html == (
        "<p>One <i id=here c='c0'>[this] two</i>.</p>"
        "<p><i class='claim done' c='c1'>Three</i> &lt;four&gt;</p>"
        "<p><i class='claim settled' c='c2'>five</i></p>"
    )


def test_a_claim_over_two_paragraphs_is_marked_in_both_and_linked_to_once():
    html, _ = shown("\nOne two\nthree.\n", (5, 14, OPEN, False), (1, 8, OPEN, False))

    assert html == (
        "<p><i class='claim' c='c1'>One </i><i id=here c='c0 c1'>[this] two</i></p>"
        "<p><i class='current' c='c0'>three</i>.</p>"
    )


def test_a_text_with_characters_that_are_signs_is_only_text():
    text = "".join(chr(code) for code in range(0xFDD0, 0xFDF0)) + " one"

    html, _ = shown(text, (33, 36, OPEN, False))

    assert html == "<p>" + "\ufffd" * 32 + " <i id=here c='c0'>[this] one</i></p>"


def test_dots_stand_where_the_claims_begin():
    _, found = shown("a" * 200, (100, 120, OPEN, False), (0, 10, OPEN, True))

    assert patterned(found.dots, Markup("◇ ◇ ◇;")) == "here 50.0 6;done 0.0 4;"


def test_each_kind_has_its_line_in_the_template(app):
    with app.test_request_context("/"):
        parts = app.jinja_env.get_template("reviews/parts.html").module
        lines = {
            name: [
                line.count(patterns.SLOT) for line in getattr(parts, name)().strip().splitlines()
            ]
            for name in ("text_kinds", "dot_kinds")
        }

    assert lines == {
        "text_kinds": [1, 2, 3],
        "dot_kinds": [3],
    }


def test_of_things_to_choose_from_one_may_be_chosen_and_names_are_escaped():
    lines = Markup("<o v='◇'>◇</o>\n<o v='◇' selected>◇</o>")
    people = [("a", "Ann <b>"), ("b", "B\ufdd0n")]

    assert patterned(patterns.options(people, "b"), lines) == (
        "<o v='a'>Ann &lt;b&gt;</o><o v='b' selected>B\ufffdn</o>"
    )
    assert patterned(patterns.options([]), lines) == ""
