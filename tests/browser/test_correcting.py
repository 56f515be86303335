"""Claims are corrected where they stand: by keyboard, by pointer, and nothing is lost on the way."""

import time

import pytest

from app.domain.actors import CONSOLE
from app.domain.words import ClaimState, Decides, Role
from app.storage.tables import Amendment, Article, Claim, Hop
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle, Suggestion, add_article
from tests.browser.conftest import PATIENCE_MS
from tests.browser.test_axe import LOOKS
from tests.scenes import Scene

pytestmark = pytest.mark.browser

TEXT = (
    "Ferries ran 𝒻ar later in May, the harbour office said, and fares rose by 4% in June.\n\n"
    "The island has two schools. Both of them are old, a teacher told The Pilot."
)
FERRIES, FARES = "Ferries ran 𝒻ar later in May", "fares rose by 4% in June"
SCHOOLS, OLD = "The island has two schools", "Both of them are old"
OFFICE = "the harbour office"
# What a screen reader is told in the one live region, as it was told.
LISTEN = """() => {
    window.heard = [];
    new MutationObserver(() => heard.push(document.getElementById("live").textContent))
        .observe(document.getElementById("live"), {childList: true});
}"""


def suggestion(quote, hops=(), text=""):
    start = TEXT.index(quote)
    return Suggestion(
        text=text or f"{quote[0].upper()}{quote[1:]}.",
        quote=quote,
        start=start,
        end=start + len(quote),
        checkworthiness=0.5,
        hops=tuple(hops),
    )


def ferries(database):
    """A project with one article of four claims."""
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    start = TEXT.index(OFFICE)
    office = HopValues(agent="The harbour office", start=start, end=start + len(OFFICE))
    found = (
        suggestion(FERRIES, [office]),
        suggestion(FARES, text="Ferry fares went up in June."),
        suggestion(SCHOOLS),
        suggestion(OLD, [HopValues(agent="The Pilot"), HopValues(agent="A teacher")]),
    )
    values = NewArticle(text=TEXT, title="Ferries", language="en")
    scene.do(add_article, CONSOLE, scene.id, values=values, suggestions=found)
    return scene


@pytest.fixture
def scene(database):
    return ferries(database)


@pytest.fixture
def page(scene, window):
    editor = scene.person("Ed", Role.EDITOR)
    page = window(editor).tab(f"/articles/{scene.rows(Article)[0].public_id}")
    page.evaluate(LISTEN)
    return page


def claim(scene, nth):
    return scene.rows(Claim)[nth]


def card(page, scene, nth):
    return page.locator(f"#claim-{claim(scene, nth).public_id}")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def until(page, question, arg=None):
    """Wait for a yes: the browser library's own way of waiting is not allowed by the page's policy."""
    ends = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(question, arg):
        assert time.monotonic() < ends, question
        page.wait_for_timeout(20)


def heard(page, words):
    until(page, "words => heard.some(said => said.includes(words))", words)


def test_the_ends_are_moved_by_keyboard_and_heard(scene, page):
    press(page, "j", "e")
    handle = page.get_by_role("slider", name="Last word of the claim")
    assert handle.evaluate("e => e === document.activeElement")
    assert handle.get_attribute("aria-valuetext") == "May"
    press(page, "ArrowLeft", "ArrowLeft")
    assert handle.get_attribute("aria-valuetext") == "later"
    heard(page, "Ferries ran 𝒻ar later")
    press(page, "Enter")
    heard(page, "Saved: the claim begins and ends here now.")

    row = claim(scene, 0)
    assert (row.quote, row.text) == ("Ferries ran 𝒻ar later", "Ferries ran 𝒻ar later.")
    assert handle.evaluate("e => e === document.activeElement")
    assert page.locator("mark.claim").first.inner_text() == "Ferries ran 𝒻ar later"
    assert [label.what for label in scene.rows(Amendment)] == ["ends", "wording"]


def test_an_end_leaps_to_the_next_mark_and_is_taken_back(scene, page):
    press(page, "j", "j", "b")
    handle = page.get_by_role("slider", name="First word of the claim")
    press(page, "Shift+ArrowLeft")
    assert handle.get_attribute("aria-valuetext") == "and"
    press(page, "Shift+ArrowLeft")
    assert handle.get_attribute("aria-valuetext") == "the"
    press(page, "Escape")
    assert handle.get_attribute("aria-valuetext") == "fares"
    heard(page, "Taken back.")
    press(page, "Escape")
    assert card(page, scene, 1).evaluate("e => e === document.activeElement")
    assert scene.rows(Amendment) == []


def test_a_wording_of_its_own_stays_when_the_ends_move(scene, page):
    press(page, "j", "j", "e", "ArrowLeft", "ArrowLeft", "Enter")
    heard(page, "Saved")

    row = claim(scene, 1)
    assert (row.quote, row.text) == ("fares rose by 4%", "Ferry fares went up in June.")
    card(page, scene, 1).get_by_text("Its wording stays as it was: does it still fit?").wait_for()


def drag(page, handle, to):
    """From a handle to the middle of some words of the text, in steps as a hand does it."""
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] + 10
    at = page.evaluate(
        """words => {
            const walker = document.createTreeWalker(
                document.querySelector("[data-article-text]"), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const start = node.data.indexOf(words);
                if (start < 0) continue;
                const range = document.createRange();
                range.setStart(node, start);
                range.setEnd(node, start + words.length);
                const {left, top, width, height} = range.getBoundingClientRect();
                return [left + width / 2, top + height / 2];
            }
        }""",
        to,
    )
    page.mouse.move(x, y)
    page.mouse.down()
    # The hand is below the line that it means.
    page.mouse.move(at[0], at[1] + y - box["y"] - box["height"] / 2, steps=8)
    page.mouse.up()


def test_the_ends_are_dragged_by_words_and_saved_with_a_press(scene, page):
    page.locator("mark.claim").first.click()
    drag(page, page.get_by_role("slider", name="Last word of the claim"), "office")
    drag(page, page.get_by_role("slider", name="First word of the claim"), "later")
    handle = page.get_by_role("slider", name="Last word of the claim")
    assert handle.get_attribute("aria-valuetext") == "office"
    page.get_by_role("button", name="Save", exact=False).first.click()
    heard(page, "Saved")

    assert claim(scene, 0).quote == "later in May, the harbour office"


def test_what_another_changed_meanwhile_is_told_and_saved_over_on_the_second_press(scene, window):
    editor = scene.person("Ed", Role.EDITOR)
    page = window(editor, forgive="409").tab(f"/articles/{scene.rows(Article)[0].public_id}")
    page.evaluate(LISTEN)
    press(page, "j", "e", "ArrowLeft")
    # The form is fetched when it is first saved: another saves between that and the sending.
    first = claim(scene, 0)

    # All are routed to the end: to stop would race with the sending that follows.
    def meanwhile(route):
        if route.request.method != "GET":
            return route.continue_()
        answer = route.fetch()
        scene.change(Claim, first.public_id, version=first.version + 1)
        return route.fulfill(response=answer)

    page.route("**/ends?*", meanwhile)
    press(page, "Enter")
    heard(page, "Somebody changed this claim")
    assert page.get_by_role("slider", name="Last word").get_attribute("aria-valuetext") == "in"
    press(page, "Enter")
    heard(page, "Saved")
    assert claim(scene, 0).quote == "Ferries ran 𝒻ar later in"


def test_without_a_connection_what_was_moved_is_kept_and_saved_later(scene, window):
    editor = scene.person("Ed", Role.EDITOR)
    page = window(editor, forgive="ERR_|Failed").tab(
        f"/articles/{scene.rows(Article)[0].public_id}"
    )
    page.evaluate(LISTEN)
    page.route("**/ends?*", lambda route: route.abort())
    press(page, "j", "e", "ArrowLeft", "Enter")
    heard(page, "Not saved")
    page.unroute("**/ends?*")
    press(page, "Enter")
    heard(page, "Saved")
    assert claim(scene, 0).quote == "Ferries ran 𝒻ar later in"


def test_a_claim_whose_ends_were_moved_stays_chosen_until_that_is_saved(scene, page):
    press(page, "j", "e", "ArrowLeft")
    card(page, scene, 2).focus()
    heard(page, "Save or take back first what you moved.")
    press(page, "e", "Enter")
    heard(page, "Saved")

    assert [row.version for row in scene.rows(Claim)] == [2, 1, 1, 1]


def test_leaving_with_ends_that_are_not_saved_asks_first(scene, page):
    press(page, "j", "e", "ArrowLeft")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    assert page.get_by_role("slider", name="Last word").get_attribute("aria-valuetext") == "in"
    press(page, "Enter")
    heard(page, "Saved")


def test_a_claim_is_split_at_the_selected_word(scene, page):
    page.evaluate(
        """() => {
            const node = document.querySelector("mark.claim").firstChild;
            getSelection().setBaseAndExtent(node, node.length, node, node.data.indexOf("later"));
        }"""
    )
    card(page, scene, 0).get_by_role("link", name="Split").click()
    page.get_by_role("heading", name="Split a claim").wait_for()
    assert page.input_value("[name=parts-1-text]") == "later in May"


def test_splitting_joining_and_who_said_it_by_keyboard_come_back_to_the_claim(scene, page):
    # Split behind the word to which the end is moved.
    press(page, "j", "e", "ArrowLeft", "ArrowLeft", "s")
    page.get_by_role("heading", name="Split a claim").wait_for()
    assert "at=" in page.url
    assert page.input_value("[name=parts-0-text]") == "Ferries ran 𝒻ar later"
    assert page.input_value("[name=parts-1-text]") == "in May"
    page.get_by_role("button", name="Split it").focus()
    press(page, "Enter")
    page.get_by_text("It is 2 claims now.").wait_for()
    assert page.url.endswith(f"#claim-{claim(scene, 0).public_id}")

    # The claim that one came back to has the focus: joined with the next again.
    until(page, "() => document.activeElement.matches('.claim-card:target')")
    press(page, "m")
    page.get_by_role("button", name="Join them").focus()
    press(page, "Enter")
    page.get_by_text("They are one claim now.").wait_for()
    assert claim(scene, 0).quote == FERRIES

    # Any step of the chain, in its place.
    card(page, scene, 3).get_by_role("link", name="The Pilot").focus()
    press(page, "Enter")
    page.wait_for_url("**#hops-0-agent")
    until(page, "() => document.activeElement.name === 'hops-0-agent'")
    press(page, "Control+a")
    page.keyboard.insert_text("The Island Pilot")
    press(page, "Enter")
    page.get_by_text("Saved, and who said it is confirmed.").wait_for()
    row = claim(scene, 3)
    assert page.url.endswith(f"?claim={row.public_id}#claim-{row.public_id}")
    assert len(scene.rows(Hop, Hop.claim_id == row.key, Hop.claim_version == 2)) == 2


def test_who_claims_it_is_set_for_several_by_keyboard(scene, page):
    press(page, "j", "x", "j", "j", "x")
    page.get_by_role("button", name="Set who claims it, for those ticked").focus()
    press(page, "Enter")
    page.get_by_label("Who", exact=True).fill("An islander")
    page.get_by_role("button", name="Set it for all that are ticked").focus()
    press(page, "Enter")
    page.get_by_text("2 claims were changed.").wait_for()

    assert [row.version for row in scene.rows(Claim)] == [2, 1, 2, 1]


def test_words_that_name_who_said_it_are_underlined_for_the_chosen_claim(scene, page):
    press(page, "j")
    named = "[...CSS.highlights.get('claim-said')].map(range => range.toString())"
    assert page.evaluate(named) == [OFFICE]
    press(page, "j")
    assert page.evaluate(named) == []


@LOOKS
def test_axe_finds_nothing_while_the_ends_are_moved(scene, page, look):
    page.locator("mark.claim").nth(1).click()
    page.get_by_role("slider", name="Last word of the claim").press("ArrowLeft")
    page.get_by_role("button", name="Take back").wait_for()

    assert look(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert claim(scene, 1).state is ClaimState.CANDIDATE


def test_a_finger_drags_an_end_on_a_phone(scene, window):
    editor = scene.person("Ed", Role.EDITOR)
    view = {"width": 390, "height": 844}
    browser = window(editor, viewport=view, has_touch=True, is_mobile=True)
    page = browser.tab(f"/articles/{scene.rows(Article)[0].public_id}")
    page.evaluate(LISTEN)
    page.locator("mark.claim").nth(1).tap()
    handle = page.get_by_role("slider", name="Last word of the claim")
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] + 10
    touch = page.context.new_cdp_session(page)
    for kind, at in (
        ("touchStart", x),
        *(("touchMove", x - step) for step in (10, 25, 45)),
        ("touchEnd", None),
    ):
        points = [] if at is None else [{"x": at, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    heard(page, "fares rose by 4% in")
    page.get_by_role("button", name="Save").first.tap()
    heard(page, "Saved")

    assert claim(scene, 1).quote == "fares rose by 4% in"


def test_from_right_to_left_an_arrow_moves_the_way_that_it_points(scene, window):
    text = "המעבורת איחרה מאוד בחודש מאי. כך אמרו בנמל."
    quote = "המעבורת איחרה"
    found = Suggestion(text=quote, quote=quote, start=0, end=len(quote), checkworthiness=0.5)
    values = NewArticle(text=text, title="נמל", language="he")
    article = scene.do(add_article, CONSOLE, scene.id, values=values, suggestions=(found,))
    page = window(scene.person("Ed", Role.EDITOR)).tab(f"/articles/{article.article_id}")
    page.evaluate(LISTEN)

    press(page, "j", "e", "ArrowLeft")
    handle = page.get_by_role("slider", name="Last word of the claim")
    assert handle.get_attribute("aria-valuetext") == "מאוד"
    left = page.get_by_role("slider", name="First word of the claim").bounding_box()["x"]
    assert handle.bounding_box()["x"] < left
    press(page, "Enter")
    heard(page, "Saved")

    [row] = scene.rows(Claim, Claim.article_id == 2)
    assert row.quote == "המעבורת איחרה מאוד"
