"""Words that are selected in an article become a claim at that very place."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.words import Decides, Role
from app.storage.tables import Article, Claim
from app.workflow.articles import NewArticle, add_article, add_text
from app.workflow.claims import NewClaim, add_claim
from tests.browser.test_axe import LOOKS
from tests.scenes import Scene

pytestmark = pytest.mark.browser

TEXT = "It rained 𝒻ar away. It rained here.\n\nThen the sun came, “at last”."
SELECT = """([paragraph, start, end]) => {
    const walker = document.createTreeWalker(
        document.querySelectorAll("[data-start]")[paragraph], NodeFilter.SHOW_TEXT);
    const node = walker.nextNode();
    getSelection().setBaseAndExtent(node, start, node, end);
}"""


@pytest.fixture
def scene(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.do(add_article, CONSOLE, scene.id, values=NewArticle(text=TEXT))
    return scene


def test_selected_words_are_made_a_claim_by_keyboard(scene, window):
    editor = scene.person("Ed", Role.EDITOR)
    article = scene.rows(Article)[0].public_id
    page = window(editor).tab(f"/articles/{article}")
    # The second of two, behind a letter that takes two places in the browser.
    start = TEXT.encode("utf-16-le").index("It rained here".encode("utf-16-le")) // 2

    page.evaluate(SELECT, [0, start, start + len("It rained")])
    button = page.get_by_role("button", name="Make it a claim")
    button.wait_for()
    box, words = button.bounding_box(), page.locator("[data-start]").first.bounding_box()
    assert abs(box["y"] - words["y"]) < 120
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "text"
    assert page.input_value("#add-claim [name=quote]") == "It rained"
    page.keyboard.insert_text("Rain fell here.")
    page.locator("#add-claim button[type=submit]").click()
    page.wait_for_url("**#claim-*")

    [row] = scene.rows(Claim)
    assert (row.text, row.start, row.quote) == (
        "Rain fell here.",
        TEXT.index("It rained here"),
        "It rained",
    )


def test_words_of_two_paragraphs_and_words_typed_over_are_placed_too(scene, window):
    editor = scene.person("Ed", Role.EDITOR)
    article = scene.rows(Article)[0].public_id
    page = window(editor).tab(f"/articles/{article}")

    page.evaluate(
        """() => {
            const [one, two] = document.querySelectorAll("[data-start]");
            getSelection().setBaseAndExtent(one.firstChild, 31, two.firstChild, 8);
        }"""
    )
    page.get_by_role("button", name="Make it a claim").click()
    page.locator("#add-claim button[type=submit]").click()
    page.wait_for_url("**#claim-*")
    page.evaluate(
        """() => {
            const rest = document.querySelectorAll("[data-start]")[1].lastChild;
            getSelection().setBaseAndExtent(rest, 1, rest, 9);
        }"""
    )
    page.get_by_role("button", name="Make it a claim").click()
    page.fill("#add-claim [name=quote]", "“at last”")
    page.locator("#add-claim button[type=submit]").click()
    page.get_by_text("The claim is on the list to check.").wait_for()

    assert [row.quote for row in scene.rows(Claim)] == ["here.\n\nThen the", "“at last”"]


@LOOKS
def test_axe_finds_nothing_where_claims_were_lost_or_found_nearly(scene, window, look):
    editor = scene.person("Ed", Role.EDITOR)
    article = scene.rows(Article)[0].public_id
    for quote in ("Then the sun came", "It rained here"):
        new = NewClaim(text="", quote=quote)
        scene.do(add_claim, CONSOLE, scene.id, values=new, article_id=article)
    changed = NewArticle(text="Above.\n\nThen the moon came, “at last”.")
    scene.do(add_text, CONSOLE, article, values=changed)

    page = window(editor).tab(f"/articles/{article}")
    page.get_by_text("1 claim was not found in the new text").wait_for()
    page.get_by_role("button", name="Looks right").wait_for()
    assert look(page) == []
    page.get_by_role("link", name="Place it by hand").click()
    page.get_by_role("heading", name="Where the claim stands").wait_for()
    assert look(page) == []
