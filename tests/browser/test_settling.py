"""Settling with a script: columns by their keys, the short wording counted."""

import pytest
from playwright.sync_api import expect

from app.domain.words import ClaimState, Decides, ReviewState
from app.storage.tables import Claim, Review
from tests.scenes import LEADS, Scene

pytestmark = pytest.mark.browser


def test_the_short_wording_is_counted_while_it_is_typed(database, window):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    claim_id = scene.claim()
    scene.check(scene.reviewers("Ann")[0])
    page = window(scene.person("Lea", *LEADS)).tab(f"/claims/{claim_id}/settle")
    page.fill("#short_text", "x" * 76)
    expect(page.locator("#short_text-hint")).to_contain_text("So far: 76")
    expect(page.locator("#short_text-hint")).to_have_class("hint error")


def test_a_column_is_adopted_by_its_key(database, window):
    scene = Scene(database, slug="data", reviews_wanted=2)
    scene.claim()
    for name, verdict in (("Cem", "true"), ("Dora", "false")):
        [somebody] = scene.reviewers(name)
        scene.check(somebody, verdict)
    page = window(scene.person("Lou", *LEADS)).tab("/projects/data/settle")
    with page.expect_navigation():
        page.click("a:text-is('Settle the first')")
    for key in ("1", "2"):
        with page.expect_navigation():
            page.keyboard.press(key)
        assert page.locator("[name=verdict]:checked").count() == 1
    page.keyboard.press("r")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    expect(page.locator("#verdict-0")).to_be_focused()


def test_a_question_is_not_thrown_away_by_the_key_that_settles(database, window):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    claim_id = scene.claim()
    scene.check(scene.reviewers("Ann")[0])
    page = window(scene.person("Lea", *LEADS), forgive="status of 422").tab(
        f"/claims/{claim_id}/settle"
    )
    page.keyboard.press("r")
    page.keyboard.insert_text("Which year?")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    said = "Your question would be lost: send the check back, or empty that field."
    assert said in page.locator(".error-summary").inner_text()
    assert page.input_value("#question") == "Which year?"
    assert [row.state for row in scene.rows(Claim)] == [ClaimState.OPEN]

    with page.expect_navigation():
        page.click("button:has-text('Send back with a question')")
    assert [row.state for row in scene.rows(Review)] == [ReviewState.RETURNED]
