"""Closed tabs, dead networks, quick fingers: what was typed is there afterwards. docs/nothing-lost.md."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from app.domain.words import Decides, Role
from app.storage.tables import Draft, Label, ReviewVersion
from app.workflow.claims import ClaimCorrection, correct
from app.workflow.comments import CommentValues, add_comment
from tests.browser.conftest import PASSWORD
from tests.scenes import Scene

pytestmark = pytest.mark.browser

WHY = "[name=rationale]"
DONE = "button:has-text('Done, next')"
NO_NETWORK = "ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def check(scene):
    """Somebody, and the address of the first of the two checks that there are."""
    for _ in range(2):
        scene.claim()
    [ann] = scene.reviewers("Ann")
    return ann, f"/reviews/{scene.take(ann)}"


def kept(scene):
    return [row.body.get("rationale") for row in scene.rows(Draft)]


def sent(scene):
    """The answers and reasons of all versions."""
    with scene.database.reading() as session:
        query = select(Label.code, ReviewVersion.rationale).where(
            ReviewVersion.content_label_id == Label.id
        )
        return [tuple(row) for row in session.exec(query.order_by(ReviewVersion.id))]


def go_on(page):
    with page.expect_navigation():
        page.click(DONE)


def test_offline_for_five_minutes_nothing_goes_on_and_nothing_is_lost(scene, window, check):
    ann, address = check
    browser = window(ann, forgive=NO_NETWORK)
    page = browser.context.new_page()
    page.clock.install()
    page.goto(address)
    browser.context.set_offline(True)
    page.check("[name=verdict][value=false]")
    page.fill(WHY, "The first minute.")
    for minute in ("two", "three", "four", "five"):
        page.clock.run_for(60_000)
        expect(page.locator("#chip")).to_contain_text("not saved, kept here")
        page.locator(WHY).press_sequentially(f" And {minute}.")
    page.clock.run_for(60_000)
    page.click(DONE)
    expect(page.locator(".toast")).to_contain_text("No connection: nothing was sent.")
    assert page.url.endswith(address)
    text = page.input_value(WHY)
    assert text == "The first minute. And two. And three. And four. And five."
    assert (kept(scene), sent(scene)) == ([], [])

    browser.context.set_offline(False)
    page.clock.run_for(60_000)
    page.locator("#chip.saved").wait_for()
    expect(page.locator(".toast")).to_have_count(0)
    assert kept(scene) == [text]
    go_on(page)
    assert not page.url.endswith(address)
    assert sent(scene) == [("false", text)]


def test_a_save_that_breaks_is_said_and_hides_nothing(scene, window, check):
    ann, address = check
    browser = window(ann, forgive="status of 50[03]")
    page = browser.tab(address)
    broken = re.compile("/reviews/")
    page.route(
        broken,
        lambda route: (
            route.fulfill(status=503, body="busy")
            if route.request.method == "POST"
            else route.fallback()
        ),
    )
    page.check("[name=verdict][value=true]")
    page.fill(WHY, "Worth keeping.")
    expect(page.locator("#chip")).to_contain_text("not saved, kept here")
    assert page.locator("main").is_visible()
    assert page.input_value(WHY) == "Worth keeping."
    page.click(DONE)
    page.locator("text=busy").wait_for()
    page.unroute(broken)

    page.go_back()
    page.locator(WHY).wait_for()
    restore = page.locator("button[data-do=restore]")
    if restore.is_visible():
        restore.click()
    assert page.input_value(WHY) == "Worth keeping."
    go_on(page)
    assert sent(scene) == [("true", "Worth keeping.")]


@pytest.mark.parametrize("has_script", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_two_quick_presses_are_one_check(scene, window, check, has_script):
    ann, address = check
    page = window(ann, java_script_enabled=has_script).tab(address)
    page.check("[name=verdict][value=false]")
    page.dblclick(DONE, no_wait_after=True)
    page.wait_for_url(lambda url: not url.endswith(address))
    assert sent(scene) == [("false", "")]


def test_back_and_sent_again_is_a_new_version_above_the_old_one(scene, window, check):
    ann, address = check
    page = window(ann, forgive="status of 409").tab(address)
    page.check("[name=verdict][value=false]")
    page.fill(WHY, "At first.")
    go_on(page)
    following = page.url
    page.go_back()
    page.locator(WHY).wait_for()
    assert page.input_value(WHY) == "At first."
    page.check("[name=verdict][value=true]")
    page.fill(WHY, "On second thoughts.")
    go_on(page)
    if page.locator("[name=as_new]").count():
        page.click("[name=as_new]")
    page.wait_for_url(following)
    assert sent(scene) == [("false", "At first."), ("true", "On second thoughts.")]


def test_signed_out_in_the_middle_it_is_said_and_waits_for_one_press(
    scene, window, check, let_in, database
):
    ann, address = check
    let_in(ann)
    browser = window(ann, forgive="status of 401")
    page = browser.tab(address)
    page.check("[name=verdict][value=false]")
    browser.context.clear_cookies()
    page.fill(WHY, "Typed while nobody.")
    expect(page.locator(".toast")).to_contain_text("You are signed out.")
    go_on(page)
    assert sent(scene) == []
    page.fill("#email", "ann@example.org")
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.click("main button:has-text('Sign in')")
    assert page.input_value(WHY) == "Typed while nobody."
    assert sent(scene) == []
    go_on(page)
    assert sent(scene) == [("false", "Typed while nobody.")]


def test_what_others_do_meanwhile_touches_no_open_form_and_closing_asks(scene, window, check):
    ann, address = check
    lead = scene.person("Lea", Role.EDITOR)
    browser = window(ann, forgive="Failed to load resource")
    page = browser.tab(address)
    page.locator(WHY).press_sequentially("Mine.")
    page.locator("#chip.saved").wait_for()
    claim = scene.claim_of(address.rpartition("/")[2])
    scene.do(correct, lead, claim, values=ClaimCorrection(text="Corrected.", hops=(), version=1))
    scene.do(add_comment, lead, claim, values=CommentValues(text="Look at page 3."))
    page.locator(WHY).press_sequentially(" Still mine.")
    page.locator("#chip.saved").wait_for()
    assert kept(scene)[0].startswith("Mine.")
    assert page.input_value(WHY) == "Mine. Still mine."

    page.route("**/draft", lambda route: route.abort())
    page.locator(WHY).press_sequentially(" Not kept yet.")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    assert page.input_value(WHY) == "Mine. Still mine. Not kept yet."


def test_keys_that_delete_text_delete_no_work_and_the_tenth_answer_is_the_tenth(window, database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1, scheme="snopes")
    for _ in range(2):
        scene.claim()
    [ann] = scene.reviewers("Ann")
    address = f"/reviews/{scene.take(ann)}"
    page = window(ann).tab(address)
    page.keyboard.press("1")
    for name in ("Backspace", "Delete", "Control+Backspace", "Control+Delete"):
        page.keyboard.press(name)
    assert page.url.endswith(address)
    assert page.locator("[name=verdict]:checked").get_attribute("value") == "true"
    page.keyboard.press("5")
    page.keyboard.press("0")
    chosen = page.locator("[name=verdict]:checked")
    tenth = page.locator("[name=verdict]").nth(9).get_attribute("value")
    assert chosen.get_attribute("value") == tenth
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert sent(scene) == [(tenth, "")]
