"""A working day by thumb: 390 pixels wide, touch only, nothing pressed that is not 44 px high."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.words import Decides, Role
from app.storage.tables import Agent, Article, Claim, Label, Person, Project
from app.workflow.articles import NewArticle, Suggestion, add_article
from tests.scenes import LEADS, Scene

pytestmark = pytest.mark.browser

# Without motion, so that nothing is asked about a page that is still scrolling.
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "reduced_motion": "reduce",
}
DESK = {"viewport": {"width": 1280, "height": 860}, "reduced_motion": "reduce"}
SCREENS = pytest.mark.parametrize(
    "screen",
    [pytest.param(PHONE, id="phone"), pytest.param(DESK, id="desk", marks=pytest.mark.thorough)],
)
SOURCE = "https://example.org/milk-prices"
THUMB = 44
# Tabs on, and answers whether what has the focus can be seen whole, and not under the bar.
HIDDEN = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect();
  if (!e.closest("main form") || e.closest(".bar")) return "";
  const bar = document.querySelector(".bar").getBoundingClientRect();
  const under = r.bottom > bar.top && r.top < bar.bottom;
  return under || r.top < 0 ? `${e.tagName} ${e.name || e.textContent}` : "";
}"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def scene(database):
    made = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    text = "Bread is dear. Milk costs 2 euros a litre in every shop of the town this year."
    found = Suggestion(text=text[15:], quote=text[15:], start=15, end=len(text))
    made.do(add_article, CONSOLE, made.id, values=NewArticle(text=text), suggestions=[found])
    return made


def tap(page, selector: str, *, leads: bool = False) -> None:
    """Touch something that a thumb can hit."""
    target = page.locator(selector).first
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box["height"] >= THUMB, (selector, box)
    assert page.evaluate(SIDEWAYS) <= 0, page.url
    if leads:
        with page.expect_navigation():
            target.tap()
    else:
        target.tap()


def test_a_claim_is_picked_checked_with_a_link_and_settled_by_taps_alone(scene, window):
    ann = scene.person("Ann", Role.EDITOR, Role.REVIEWER)
    page = window(ann, **PHONE).tab("/projects/desk/")
    tap(page, "nav.pages a:text-is('Pick')", leads=True)
    tap(page, ".pick-row button:has-text('Check')", leads=True)
    tap(page, "nav.pages a:text-is('Check')", leads=True)
    tap(page, "main button:has-text('Start')", leads=True)
    assert page.locator(".card").bounding_box()["y"] < page.locator(".article").bounding_box()["y"]
    tap(page, "label[for=verdict-mostly-false]")
    expect(page.locator("[name=verdict][value=mostly-false]")).to_be_checked()
    expect(page.locator("#is-content-4")).to_be_visible()
    tap(page, "button[value=add-source]")
    expect(page.locator("[name=sources-0-url]")).to_be_focused()
    page.keyboard.insert_text(SOURCE)
    assert page.input_value("[name=sources-0-url]") == SOURCE
    page.locator("#chip.saved").wait_for()
    tap(page, ".bar button[value=submit]", leads=True)

    page = window(scene.person("Lea", Role.ADJUDICATOR), **PHONE).tab("/projects/desk/settle")
    tap(page, "main a.button", leads=True)
    assert SOURCE in page.content()
    tap(page, ".bar button[value=settle]", leads=True)
    assert "Settled: Mostly false" in page.locator(".notice").first.inner_text()


@SCREENS
def test_what_has_the_focus_is_never_under_the_bar(scene, window, screen):
    ann = scene.person("Ann", Role.EDITOR, Role.REVIEWER)
    scene.claim(said_by="A minister")
    page = window(ann, **screen).tab(f"/reviews/{scene.take(ann)}")
    page.focus("[name=attribution_verdict]")
    seen = set()
    for _ in range(40):
        assert page.evaluate(HIDDEN) == ""
        seen.add(page.evaluate("document.activeElement.name ?? ''"))
        page.keyboard.press("Tab")
    assert {"verdict", "sources-0-quote", "rationale", "confidence", "notes"} <= seen


def test_what_waits_fits_in_the_longer_words_of_german(scene, window):
    eve = scene.person("Eve", Role.EDITOR)
    with scene.database.write() as session:
        session.get_one(Person, eve.person).locale = "de"

    page = window(eve, viewport=PHONE["viewport"]).tab("/projects/desk/")

    assert page.locator(".task .button, .task button").first.inner_text() == (
        "Behauptungen auswählen"
    )
    # Its words stand in the middle of what is 44 px high.
    shown = page.locator(".task a.button").first.evaluate("e => getComputedStyle(e).display")
    assert shown in {"flex", "inline-flex"}
    assert page.evaluate(SIDEWAYS) <= 0


def test_the_page_that_is_open_is_in_sight_in_the_row_of_pages(scene, window):
    page = window(scene.person("Lea", Role.ADJUDICATOR), **PHONE).tab("/projects/desk/exports/")

    place = page.locator("nav.pages [aria-current]").bounding_box()

    assert place["x"] >= 0
    assert place["x"] + place["width"] <= PHONE["viewport"]["width"]


def test_the_checks_that_were_given_fit_however_long_their_words_are(scene, window):
    scene.claim("Verwaltungsgerichtsentscheidungen blieben unwidersprochen.")
    kim = scene.person("Kim", Role.REVIEWER)
    review_id = scene.check(kim, "unproven")
    scene.settle(scene.person("Lea", Role.ADJUDICATOR), scene.claim_of(review_id), "unproven")
    page = window(kim, **PHONE).tab("/projects/desk/reviews")

    assert page.locator("table.given").inner_text().count("claim closed") == 1
    assert page.evaluate(SIDEWAYS) <= 0
    row = page.locator("table.given tbody tr").bounding_box()
    assert page.locator("table.given tbody th").bounding_box()["width"] == row["width"]


def long_names() -> dict[type, dict[str, str]]:
    """What people may write at the most, as one word: what is seen of it is all the same."""
    wide, emoji, stacked = "W" * 200, "\U0001f600" * 200, "Z\u0301\u0316\u035c" * 50
    return {
        Person: {"name": "\u202e" + "\u05e9\u05dc\u05d5\u05dd_" * 39},
        Project: {"title": wide},
        Article: {"title": emoji, "publisher": stacked},
        Claim: {"text": wide},
        Label: {"name": "W" * 60},
        Agent: {"name": "long_word_" * 20},
    }


def call_long(scene) -> None:
    """Call everything as long as it may be."""
    with scene.database.write() as session:
        for kind, names in long_names().items():
            rows = session.exec(select(kind)).all()
            for number, row in enumerate(rows):
                for column, name in names.items():
                    setattr(row, column, f"{number}{name}"[: len(name)])


@SCREENS
def test_lists_fit_however_long_the_one_word_is_that_somebody_is_called(scene, window, screen):
    ann = scene.person("Ann", *LEADS, Role.REVIEWER)
    cid = scene.person("Cid", Role.REVIEWER)
    judged = scene.claim(said_by="A minister")
    scene.submit(cid, scene.take(cid), attribution_verdict="confirmed")
    call_long(scene)
    page = window(ann, **screen).tab("/")
    lists = ("claims", "settle", "pick", "articles", "agents", "agreement", "report")
    settings = ("settings", "scales", "guidelines")
    paths = [f"/projects/desk/{name}" for name in ("", *lists, *settings)]
    assert too_wide(page, "/", *paths, f"/claims/{judged}", f"/claims/{judged}/settle") == {}


def too_wide(page, *paths: str) -> dict[str, int]:
    """By how much pages are wider than the screen."""
    found = {}
    for path in paths:
        page.goto(path)
        found[path] = page.evaluate(SIDEWAYS)
    return {path: by for path, by in found.items() if by > 0}


@SCREENS
def test_checks_side_by_side_and_the_next_check_fit_whatever_their_answers_are_called(
    database, window, screen
):
    scene = Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)
    ann = scene.person("Ann", *LEADS)
    cid, dan = scene.reviewers("Cid", "Dan")
    settled, differ, _open = (scene.claim(said_by="A minister") for _n in range(3))
    for verdict, said in (("false", "confirmed"), ("true", "reported-only")):
        for who, answers in ((cid, (verdict, said)), (dan, ("false", "confirmed"))):
            scene.submit(who, scene.take(who), answers[0], attribution_verdict=answers[1])
    held = scene.take(cid)
    call_long(scene)
    lead, checker = (window(who, **screen).tab("/") for who in (ann, cid))
    own = (f"/reviews/{held}", "/projects/desk/reviews", f"/claims/{settled}")
    claims = [f"/claims/{name}" for name in (settled, differ)]
    assert too_wide(lead, "/projects/desk/settle", f"/claims/{differ}/settle", *claims) == {}
    assert too_wide(checker, *own) == {}
