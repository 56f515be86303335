"""How many keys a plain piece of work takes, counted as a person presses them; a chord is one."""

import pytest
from playwright.sync_api import expect

from app.domain.words import ClaimState, ReviewState, SkipReason
from app.storage.tables import Evidence, Review, ReviewVersion, Ruling
from app.workflow.agents import HopValues
from tests.scenes import LEADS, SOURCE, Scene
from tests.web.checking import article

pytestmark = pytest.mark.browser

MOST_TO_ADOPT = 2
MOST_TO_CHECK = 4


class Counted:
    """A keyboard that counts."""

    def __init__(self, page) -> None:
        self.page, self.presses = page, 0

    def press(self, key: str, *, leads_on: bool = False) -> None:
        """One key or chord; with ``leads_on`` another page comes of it."""
        self.presses += 1
        if leads_on:
            with self.page.expect_navigation():
                self.page.keyboard.press(key)
        else:
            self.page.keyboard.press(key)


def test_a_plain_adoption_takes_two(database, window):
    scene = Scene(database, slug="data")
    claim_id = scene.claim(said_by="A minister")
    for somebody, verdict in zip(scene.reviewers("Cem", "Dora"), ("true", "false"), strict=True):
        scene.check(somebody, verdict, attribution_verdict="confirmed")
    page = window(scene.person("Lou", *LEADS)).tab(f"/claims/{claim_id}/settle")
    keys = Counted(page)
    keys.press("2", leads_on=True)
    keys.press("Control+Enter", leads_on=True)
    assert keys.presses <= MOST_TO_ADOPT
    assert scene.claim_row(claim_id).state is ClaimState.SETTLED
    [ruling] = scene.rows(Ruling)
    given = scene.rows(ReviewVersion)
    assert ruling.content_label_id in {version.content_label_id for version in given}
    expect(page.locator(".notice").first).to_contain_text("A: ")


def test_a_check_with_one_known_source_takes_four(database, window):
    scene = Scene(database, slug="data")
    [ann] = scene.reviewers("Ann")
    article(database, scene.project, claims=2, hops=(HopValues(agent="A minister"),))
    first = scene.take(ann)
    scene.submit(ann, first, attribution_verdict="confirmed", sources=(SOURCE,))
    mine = scene.take(ann)
    page = window(ann).tab(f"/reviews/{mine}")
    keys = Counted(page)
    keys.press("q")
    keys.press("5")
    # The known source is filled in, and what it does to the claim is asked next.
    keys.press("z")
    expect(page.locator("[name=sources-0-stance]")).to_be_focused()
    keys.press("Control+Enter", leads_on=True)
    assert keys.presses <= MOST_TO_CHECK
    version = scene.rows(ReviewVersion)[-1]
    assert version.review_id == scene.review_row(mine).key
    assert len(scene.rows(Evidence, Evidence.review_version_id == version.key)) == 1
    assert "Nothing left to check" in page.locator("h1").inner_text()


def test_each_press_of_tab_on_a_check_leads_to_something_that_is_seen(database, window):
    scene = Scene(database)
    scene.claim(said_by="A minister")
    [ann] = scene.reviewers("Ann")
    page = window(ann, reduced_motion="reduce").tab(f"/reviews/{scene.take(ann)}")
    page.focus("[name=attribution_verdict]")
    names = []
    while names[-1:] != ["notes"]:
        page.keyboard.press("Tab")
        assert not page.evaluate("document.activeElement === document.body"), names
        names.append(page.evaluate("document.activeElement.name"))
    assert names[0] == "verdict"

    page.check("[name=verdict][value=false]")
    page.focus("[name=verdict][value=false]")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.checkVisibility({visibilityProperty: true})")
    assert page.evaluate("document.activeElement.innerText").startswith("What is this?")


def test_a_claim_is_skipped_with_its_reason_in_three(database, window):
    scene = Scene(database, slug="data")
    [ann] = scene.reviewers("Ann")
    scene.claim()
    page = window(ann).tab(f"/reviews/{scene.take(ann)}")
    page.keyboard.press("s")
    expect(page.locator("input[name=skip_reason]").first).to_be_focused()
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    [review] = scene.rows(Review)
    assert (review.state, review.skip_reason) == (ReviewState.SKIPPED, next(iter(SkipReason)))
