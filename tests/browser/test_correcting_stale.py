"""Ends are never moved unseen: another was there meanwhile, a newer text came, the session ended."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.words import Role
from app.storage.tables import Article, Snapshot
from app.workflow.articles import NewArticle, add_text
from app.workflow.places import Ends, move_ends
from tests.browser.test_correcting import FERRIES, LISTEN, TEXT, claim, ferries, heard, press

pytestmark = pytest.mark.browser

NEWER = f"A note was put in front.\n\n{TEXT}"


@pytest.fixture
def scene(database):
    return ferries(database)


def opened(scene, window, more=""):
    editor = scene.person("Ed", Role.EDITOR)
    page = window(editor, forgive="409").tab(f"/articles/{scene.rows(Article)[0].public_id}{more}")
    page.evaluate(LISTEN)
    return page


def change_text(scene):
    values = NewArticle(text=NEWER, title="Ferries")
    scene.do(add_text, CONSOLE, scene.rows(Article)[0].public_id, values=values)


def last_word(page):
    return page.get_by_role("slider", name="Last word").get_attribute("aria-valuetext")


def test_a_claim_that_another_moved_since_the_page_was_opened_is_told_first(scene, window):
    page = opened(scene, window)
    press(page, "j", "e", "ArrowLeft")
    row, [text] = claim(scene, 0), scene.rows(Snapshot)
    theirs = Ends(
        start=row.start,
        end=row.start + len("Ferries ran"),
        version=1,
        snapshot=text.public_id,
        stands_in=text.public_id,
        text="Ferries ran.",
    )
    scene.do(move_ends, scene.person("Eva", Role.EDITOR), row.public_id, values=theirs)

    press(page, "Enter")
    heard(page, "Somebody changed this claim")
    assert claim(scene, 0).quote == "Ferries ran"
    press(page, "Enter")
    heard(page, "Saved")
    assert claim(scene, 0).quote == "Ferries ran 𝒻ar later in"


def test_ends_in_a_text_that_is_not_the_newest_any_more_are_not_put_into_it(scene, window):
    page = opened(scene, window)
    press(page, "j", "e", "ArrowLeft")
    change_text(scene)

    for _time in range(2):
        page.evaluate("heard.length = 0")
        press(page, "Enter")
        heard(page, "This claim stands in another text of the article by now.")
    assert not any("saved again" in said for said in page.evaluate("heard"))
    row = claim(scene, 0)
    assert (row.quote, row.version, row.start) == (FERRIES, 1, NEWER.index(FERRIES))
    assert last_word(page) == "in"


def test_in_an_earlier_text_only_claims_that_still_stand_there_have_ends(scene, window):
    change_text(scene)
    first = scene.rows(Snapshot)[0].public_id
    page = opened(scene, window, f"?snapshot={first}")

    press(page, "j")
    assert page.locator(".claim-card.chosen").count() == 0
    assert page.locator("[data-place]").count() == 0
    assert page.get_by_role("slider").count() == 0


def test_signed_out_it_is_said_and_what_was_moved_is_saved_after_signing_in(scene, window):
    page = opened(scene, window)
    press(page, "j", "e", "ArrowLeft")
    cookies = page.context.cookies()
    page.context.clear_cookies()

    press(page, "Enter")
    heard(page, "You are signed out.")
    assert page.get_by_role("link", name="Sign in").get_attribute("href").startswith("/sign-in")
    page.context.add_cookies(cookies)
    press(page, "Enter")
    heard(page, "Saved")
    assert claim(scene, 0).quote == "Ferries ran 𝒻ar later in"
    assert not page.get_by_role("link", name="Sign in").is_visible()
