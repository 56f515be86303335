"""What an answer means is one key away, and the form stays as it is."""

import pytest
from playwright.sync_api import expect

from app.domain.actors import CONSOLE
from app.domain.words import Decides
from app.workflow.guidelines import write_guidelines
from tests.scenes import Scene

pytestmark = pytest.mark.browser

HALF = "#verdict-half-true"


@pytest.fixture
def check(database):
    """Somebody, and the address of the check that they hold."""
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.do(write_guidelines, CONSOLE, scene.id, text="# Half true\nUse when *parts* hold.")
    scene.claim()
    [ann] = scene.reviewers("Ann")
    return ann, f"/reviews/{scene.take(ann)}"


def test_the_key_of_the_help_tells_what_the_answer_in_focus_means(window, check):
    ann, address = check
    page = window(ann).tab(address)
    page.fill("[name=rationale]", "Half a thought.")
    page.focus(HALF)
    page.keyboard.press("?")
    entry = page.locator("dialog#entry")
    expect(entry).to_contain_text("Use when parts hold.")
    expect(entry).to_contain_text("3 of 5 on the scale")
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(page.locator(HALF)).to_be_focused()
    assert page.input_value("[name=rationale]") == "Half a thought."
    page.keyboard.press("?")
    expect(entry.locator(".entry")).to_have_count(1)
    page.keyboard.press("?")
    expect(entry).to_be_hidden()
    page.focus("body")
    page.evaluate("document.activeElement.blur()")
    with page.context.expect_page() as opened:
        page.keyboard.press("?")
    opened.value.wait_for_url("**/keys")


def test_without_a_script_a_link_below_the_answers_leads_there(window, check):
    ann, address = check
    page = window(ann, java_script_enabled=False).tab(address)
    page.check(HALF)
    page.click(f".choice:has({HALF}) >> text=What is this?")
    page.wait_for_url("**/guidelines#label-half-true")
    expect(page.locator("#label-half-true")).to_contain_text("Use when parts hold.")
