"""Questions in the form of a check, with the script: sources that are typed now, and what is put back."""

import pytest
from playwright.sync_api import expect

from app.domain.words import Decides
from app.storage.tables import Draft, EvidenceAnswer, EvidenceQuestion
from tests.scenes import Scene

pytestmark = pytest.mark.browser

SOURCE = "[name=questions-0-source]"


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1, asks_questions=True)


@pytest.fixture
def check(scene):
    scene.claim()
    [ann] = scene.reviewers("Ann")
    return ann, f"/reviews/{scene.take(ann)}"


def test_a_question_is_answered_from_a_source_that_was_only_just_typed(scene, window, check):
    ann, address = check
    page = window(ann).tab(address)
    for number, title in enumerate(("First", "Second")):
        page.click("[value=add-source]")
        page.fill(f"[name=sources-{number}-url]", f"https://example.org/{number}")
        page.fill(f"[name=sources-{number}-title]", title)
    page.fill("[name=questions-0-text]", "By how much?")
    page.fill("[name=questions-0-answer]", "By 3 percent.")
    page.focus(SOURCE)
    page.select_option(SOURCE, label="Source 2 – Second")
    page.select_option("[name=questions-0-medium]", "pdf")
    page.click("[value=add-answer-0]")
    page.wait_for_selector("#questions-1.further")
    page.select_option("[name=questions-1-type]", "unanswerable")
    page.check("[name=verdict][value=false]")
    page.click("[value=submit]")
    page.wait_for_url("**/projects/desk/review")
    assert [row.text for row in scene.rows(EvidenceQuestion)] == ["By how much?"]
    answers = scene.rows(EvidenceAnswer)
    assert [(row.text, row.evidence_id is None) for row in answers] == [
        ("By 3 percent.", False),
        ("", True),
    ]


def test_what_this_browser_kept_comes_back_with_rows_that_the_page_lacks(scene, window, check):
    ann, address = check
    browser = window(ann, forgive="ERR_INTERNET_DISCONNECTED")
    page = browser.tab(address)
    page.fill("[name=questions-0-text]", "Who?")
    page.click("[value=add-question]")
    page.wait_for_selector("[name=questions-1-text]")
    browser.context.set_offline(True)
    page.fill("[name=questions-1-text]", "Where?")
    expect(page.locator("#chip")).to_contain_text("not saved")
    # What a page sends while its tab closes is no longer held offline: it must not get through either.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('gone')); }")
    page.close()
    [draft] = scene.rows(Draft)
    scene.do(lambda session: session.delete(session.get_one(Draft, draft.id)))
    browser.context.set_offline(False)
    again = browser.tab(address)
    again.click("[data-do=restore]")
    again.locator("#chip.saved").wait_for()
    [kept] = scene.rows(Draft)
    assert kept.body["questions-0-text"] == "Who?"
    assert kept.body["questions-1-text"] == "Where?"
