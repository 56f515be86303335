"""Settling and taking out without a script, on a telephone: each whole job, by taps alone."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.domain.words import ClaimState, Decides, ReviewState
from app.storage.tables import Claim, Review, Ruling
from tests.browser.test_phone import PHONE, SIDEWAYS, THUMB, tap
from tests.scenes import LEADS, SOURCE, Scene

pytestmark = pytest.mark.browser

PLAIN = {**PHONE, "java_script_enabled": False}
LONG = "Verwaltungsgerichtsentscheidungen blieben unwidersprochen, sagte die Ministerin am Montag."
SAID = {"attribution_verdict": "confirmed", "sources": [SOURCE]}


@pytest.fixture
def scene(database):
    return Scene(database, slug="data", reviews_wanted=2, settles_itself=False)


@pytest.fixture
def lou(scene):
    return scene.person("Lou", *LEADS)


def checked(scene, *verdicts, claims: int = 2) -> None:
    """Claims of which each of several people gave an answer."""
    for n in range(claims):
        scene.claim(f"{LONG} {n}", said_by="A minister")
    for somebody, verdict in zip(scene.reviewers("Cem", "Dora"), verdicts, strict=True):
        for _ in range(claims):
            scene.check(somebody, verdict, rationale=f"Read: {verdict}.", **SAID)


def press(page, selector: str) -> None:
    """Go on by a tap, to a page that is no wider than the telephone."""
    tap(page, selector, leads=True)
    assert page.evaluate(SIDEWAYS) <= 0, page.url


@pytest.mark.thorough
def test_one_check_is_adopted_and_another_goes_back_with_a_question(scene, lou, window):
    checked(scene, "true", "false")
    page = window(lou, forgive="status of 422", **PLAIN).tab("/projects/data/")
    press(page, "nav.pages a:text-is('To settle')")
    press(page, "main a.button")
    assert "So far" not in page.inner_text("#desk")
    press(page, ".bar button[value=settle]")
    assert "Choose an answer" in page.inner_text(".error-summary")
    press(page, "button[value=adopt-2]")
    assert "Check B is filled in." in page.inner_text("#desk .notice")
    assert page.locator("[name=verdict]:checked").count() == 1
    assert page.input_value("#conclusion").startswith("Read: ")
    page.fill("#short_text", "x" * 76)
    press(page, ".bar button[value=settle]")
    assert "So far: 76" in page.inner_text("#short_text-hint")
    page.fill("#short_text", "It is so.")
    press(page, ".bar button[value=settle]")
    assert "Settled:" in page.locator(".notice").first.inner_text()
    assert [ruling.short_text for ruling in scene.rows(Ruling)] == ["It is so."]

    tap(page, ".bar a[href='#question']")
    expect(page.locator("#question")).to_be_in_viewport()
    press(page, "button[value=return-1]")
    assert "Write down the question" in page.inner_text(".error-summary")
    page.fill("#question", "Which year?")
    press(page, "button[value=return-1]")
    [back] = scene.rows(Review, Review.state == ReviewState.RETURNED)
    assert back.question == "Which year?"
    assert "Nothing waits for you here." in page.inner_text("main")


def test_what_somebody_else_settled_meanwhile_is_shown_beside_what_was_typed(database, window):
    scene = Scene(database, slug="data", decides=Decides.SIGNOFF, reviews_wanted=1)
    claim_id = scene.claim(LONG, said_by="A minister")
    scene.check(scene.reviewers("Ann")[0], "true", **SAID)
    lou, other = scene.person("Lou", *LEADS), scene.person("Max", *LEADS)
    page = window(lou, forgive="status of 409", **PLAIN).tab(f"/claims/{claim_id}/settle")
    scene.settle(other, claim_id, "half-true", attribution_verdict="confirmed", reason="Half.")
    page.fill("#conclusion", "Typed before.")
    press(page, ".bar button[value=settle]")
    assert "Half true" in page.inner_text("[aria-labelledby=theirs]")
    assert "Typed before." in page.inner_text("[aria-labelledby=mine]")
    card = page.locator("[aria-labelledby=mine]").bounding_box()
    assert page.locator("main a.button").bounding_box()["y"] > card["y"] + card["height"] + 8
    press(page, "main a.button")
    assert "Nothing waits for you here." in page.inner_text("main")


def test_claims_on_which_all_agree_are_accepted_together(scene, lou, window):
    checked(scene, "false", "false", claims=3)
    page = window(lou, **PLAIN).tab("/projects/data/settle")
    page.click("a:has-text('accept them together')")
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.locator("ol.queue > li").count() == 3
    press(page, "button:has-text('Accept all 3')")
    assert {row.state for row in scene.rows(Claim)} == {ClaimState.SETTLED}


@pytest.mark.thorough
def test_files_are_taken_out(scene, lou, window):
    checked(scene, "false", "false", claims=1)
    scene.settle(lou, scene.rows(Claim)[0].public_id, "false", attribution_verdict="confirmed")
    page = window(lou, **PLAIN).tab("/projects/data/")
    press(page, "nav.pages a:text-is('Files')")
    for link in page.locator("main a, main button").all():
        assert link.bounding_box()["height"] >= THUMB, link.inner_text()

    assert "Read: false." in taken(page, "a:text-is('reviews.csv')").read_text()
    assert "Cem" not in taken(page, "a:text-is('reviews.csv')").read_text()
    assert "Cem" in taken(page, "tr:has-text('reviews.csv') a:has-text('names')").read_text()
    with zipfile.ZipFile(taken(page, "button:has-text('Take the release out')")) as release:
        assert release.testzip() is None


def taken(page, selector: str) -> Path:
    """The file that comes of a tap."""
    with page.expect_download() as coming:
        tap(page, selector)
    return coming.value.path()
