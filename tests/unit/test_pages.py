"""The check that every page of the suite passes finds what is wrong, each time."""

import pytest

from tests import pages

TOKEN = "one-token.of_a-session"
PAGE = (
    '<!doctype html><html lang="en" dir="ltr"><head><title>Claims</title></head>'
    '<body><h1>Claims</h1><form action="/here" method="post">'
    '<input type="hidden" name="csrf_token" value="one-token.of_a-session">'
    '<label for="why">Why</label><input id="why" name="why"><button>Send</button>'
    "</form></body></html>"
)


def test_a_page_that_is_in_order_is_read_whatever_its_token():
    assert pages.check(PAGE).form("/here")["csrf_token"] == [TOKEN]
    again = PAGE.replace(TOKEN, "another")

    assert pages.check(again).form("/here")["csrf_token"] == ["another"]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (TOKEN, "", "has 1 tokens"),
        (' method="post"', "", "puts its token into the address"),
        (' action="/here"', "", "a form without an action"),
        ("<h1>Claims</h1>", "", "0 h1"),
        ("<h1>Claims</h1>", "<h1>Others</h1>", "does not begin with"),
        (' id="why"', "", "no label for"),
        ("Send", "", "a button without words"),
        ("<h1>", '<h1 style="color: red">', "style on h1"),
        ("<h1>", '<h1 onclick="go()">', "onclick on h1"),
        (' lang="en"', "", "no lang"),
        ("</form>", "", "expected-one-end-tag-but-got-another"),
        ("</form>", '<a href="#gone">There</a></form>', "no #gone here"),
        ("</form>", '</form><p id="why"></p>', "id 'why' 2 times"),
    ],
)
def test_a_page_that_is_wrong_is_told_though_one_like_it_was_in_order(right, wrong, said):
    pages.check(PAGE)
    assert PAGE.count(right) == 1

    for _ in range(2):
        with pytest.raises(AssertionError, match=said):
            pages.check(PAGE.replace(right, wrong))
