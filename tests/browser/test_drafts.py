"""What is typed in a check is kept: in two windows, without a connection, after a reload."""

import pytest
from playwright.sync_api import expect

from app.domain.words import Decides
from app.storage.tables import Draft
from tests.scenes import Scene

pytestmark = pytest.mark.browser

WHY = "[name=rationale]"


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def check(scene):
    """Somebody, and the address of the check that they hold."""
    scene.claim()
    [ann] = scene.reviewers("Ann")
    return ann, f"/reviews/{scene.take(ann)}"


def kept(scene):
    return [row.body.get("rationale") for row in scene.rows(Draft)]


def test_what_is_typed_is_saved_without_a_press(scene, window, check):
    ann, address = check
    page = window(ann).tab(address)
    page.fill(WHY, "Half a thought.")
    expect(page.locator("#chip")).to_contain_text("saved")
    page.locator("#chip.saved").wait_for()
    assert kept(scene) == ["Half a thought."]
    page.reload()
    assert page.input_value(WHY) == "Half a thought."


def test_a_second_tab_does_not_write_over_the_first_and_loses_nothing(scene, window, check):
    ann, address = check
    both = window(ann, forgive="status of 409")
    first, second = both.tab(address), both.tab(address)
    first.fill(WHY, "In the first tab.")
    first.locator("#chip.saved").wait_for()
    second.fill(WHY, "In the second tab.")
    second.locator("text=Another window of yours has newer text").first.wait_for()
    assert second.input_value(WHY) == "In the second tab."
    expect(second.locator("#chip")).to_contain_text("not saved")
    assert kept(scene) == ["In the first tab."]


def test_without_a_connection_it_says_so_and_the_text_comes_back(scene, window, check):
    ann, address = check
    browser = window(ann, forgive="ERR_INTERNET_DISCONNECTED")
    page = browser.tab(address)
    browser.context.set_offline(True)
    page.fill(WHY, "Typed in a tunnel.")
    expect(page.locator("#chip")).to_contain_text("not saved")
    # What a page sends while its tab closes is no longer held offline: it must not get through either.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('gone')); }")
    page.close()
    browser.context.set_offline(False)
    assert kept(scene) == []
    page = browser.tab(address)
    page.click("button[data-do=restore]")
    assert page.input_value(WHY) == "Typed in a tunnel."
    page.locator("#chip.saved").wait_for()
    assert kept(scene) == ["Typed in a tunnel."]


def test_it_is_saved_by_itself_when_the_connection_is_back(scene, window, check):
    ann, address = check
    browser = window(ann, forgive="ERR_INTERNET_DISCONNECTED")
    page = browser.tab(address)
    browser.context.set_offline(True)
    page.fill(WHY, "Typed in a tunnel.")
    expect(page.locator("#chip")).to_contain_text("not saved")
    browser.context.set_offline(False)
    page.locator("#chip.saved").wait_for()
    assert kept(scene) == ["Typed in a tunnel."]


def test_the_way_back_leads_to_what_was_saved_last(scene, window, check):
    ann, address = check
    page = window(ann).tab(address)
    page.fill(WHY, "Half a thought.")
    page.locator("#chip.saved").wait_for()
    page.click("a.help")
    page.wait_for_url("**/keys")

    page.go_back()

    # What the browser kept of the page may be older than the draft: it is asked for anew.
    page.wait_for_function("performance.getEntriesByType('navigation')[0].type === 'reload'")
    expect(page.locator(WHY)).to_have_value("Half a thought.")
    assert page.locator("#kept").is_hidden()
    page.fill(WHY, "A whole thought.")
    page.locator("#chip.saved").wait_for()
    assert kept(scene) == ["A whole thought."]


def test_the_keys_are_shown_beside_a_check_and_not_in_its_place(window, check):
    ann, address = check
    page = window(ann).tab(address)
    page.fill(WHY, "Half a thought.")
    page.keyboard.press("Escape")

    with page.context.expect_page() as opened:
        page.keyboard.press("?")

    opened.value.wait_for_url("**/keys")
    assert page.url.endswith(address)
    expect(page.locator(WHY)).to_have_value("Half a thought.")
