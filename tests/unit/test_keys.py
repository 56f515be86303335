"""What keys a person may choose, and which of them mean something."""

import pytest

from app.domain import keys
from app.domain.errors import Invalid
from tests.cases import in_turn

SKIP, LATER, SEND, IDLE = (
    ("review", "skip"),
    ("review", "later"),
    ("review", "submit"),
    ("review", "submit-idle"),
)
PICK, HELP = ("pick", "later"), ("everywhere", "help")
USUAL = {SKIP: "s", LATER: "l", SEND: "Ctrl+Enter", IDLE: "Enter", PICK: "l", HELP: "?"}


def test_without_a_choice_the_keys_are_the_usual_ones():
    assert keys.in_use(USUAL, {}, is_off=False) == USUAL


def test_a_moved_key_stands_in_place_of_the_usual_one():
    mine = keys.in_use(USUAL, {"review.skip": "x", "review.later": ""}, is_off=False)

    assert mine == {**USUAL, SKIP: "x", LATER: ""}


def test_with_all_off_only_ctrl_enter_is_left():
    assert keys.in_use(USUAL, {"review.skip": "x"}, is_off=True) == {SEND: "Ctrl+Enter"}


def test_what_is_no_single_key_cannot_be_moved():
    assert keys.in_use(USUAL, {"review.submit": "x"}, is_off=False) == USUAL
    assert keys.changed(USUAL, {SEND: "x", IDLE: "y"}) == {}


def test_an_action_that_is_gone_and_a_key_that_came_later_do_no_harm():
    """The person gave "l" away before a new action came with it."""
    mine = keys.in_use(USUAL, {"review.skip": "l", "review.gone": "g"}, is_off=False)

    assert mine == {**USUAL, SKIP: "l", LATER: ""}


def test_only_what_differs_is_kept():
    assert keys.changed(USUAL, {**USUAL, SKIP: "x", PICK: ""}) == {
        "review.skip": "x",
        "pick.later": "",
    }
    assert keys.changed(USUAL, {("no", "action"): "x"}) == {}


@in_turn(("text", "kept"), [("x", "x"), (" X ", "x"), ("", ""), ("  ", ""), ("7", "7"), (";", ";")])
def test_a_key_is_kept_as_the_script_sees_it(text, kept):
    assert keys.checked_key(text) == kept


@in_turn(
    "text",
    [
        *("Tab", "Enter", "Escape", "F5", "f12", "ArrowDown", "space", "PageDown"),
        *("Ctrl+S", "alt+x", "Meta+k", "shift+a", "/", "'"),
    ],
)
def test_keys_of_browsers_and_screen_readers_are_refused(text):
    with pytest.raises(Invalid, match=r"key\.browser"):
        keys.checked_key(text)


@in_turn("text", ["xy", "é", "ф", "\x07", "ab c", "😀"])
def test_what_is_no_single_key_of_every_keyboard_is_refused(text):
    with pytest.raises(Invalid, match=r"key\.shape"):
        keys.checked_key(text)


@in_turn(
    ("wanted", "pairs"),
    [
        ({SKIP: "x", LATER: "x"}, [(SKIP, LATER)]),  # on one page
        ({SKIP: "x", PICK: "x"}, []),  # on two pages
        ({SKIP: "x", HELP: "x"}, [(SKIP, HELP)]),  # everywhere is also there
        ({HELP: "x", PICK: "x", SKIP: "x"}, [(HELP, PICK), (HELP, SKIP)]),
        ({SKIP: "", LATER: ""}, []),  # no key clashes with no key
    ],
)
def test_a_key_can_mean_one_thing_on_a_page(wanted, pairs):
    assert list(keys.clashes(wanted)) == pairs


def test_two_pages_that_share_one_screen_share_their_keys():
    begin = ("article", "begin")
    usual = {PICK: "l", begin: "b", SKIP: "b"}

    assert list(keys.clashes(usual)) == []
    assert list(keys.clashes({**usual, begin: "l"})) == [(PICK, begin)]
