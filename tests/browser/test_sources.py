"""The rows of sources in a browser: a search that found nothing, by keyboard and without a script."""

import pytest

from app.domain.words import Decides, Role, SourceKind
from app.storage.tables import Evidence
from tests.browser.test_job import Keys
from tests.scenes import Scene

pytestmark = pytest.mark.browser

SEARCH = {
    "title": "a record of the call",
    "locator": "two archives, the press office",
    "note": "Both names.",
}


@pytest.fixture
def scene(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.ann = scene.person("Ann", Role.REVIEWER)
    scene.claim("The two spoke on the phone.")
    return scene


def check_search(scene) -> None:
    [use] = scene.rows(Evidence)
    assert use.kind is SourceKind.SEARCH
    assert {name: getattr(use, name) for name in SEARCH} == SEARCH
    assert use.accessed_on


def test_a_search_is_recorded_with_the_keyboard_alone(window, scene):
    page = window(scene.ann).tab(f"/reviews/{scene.take(scene.ann)}")
    keys = Keys(page)

    keys.open("button[value=add-search]")
    for name, text in SEARCH.items():
        keys.reach(f".search [name$=-{name}]")
        keys.write(text)
    keys.press("Escape")
    page.locator("#chip.saved").wait_for()
    keys.reach("[name=verdict]")
    keys.press("Space")
    with page.expect_navigation():
        keys.press("Control+Enter")

    check_search(scene)


@pytest.mark.thorough
def test_a_search_is_recorded_without_a_script(window, scene):
    page = window(scene.ann, java_script_enabled=False).tab(f"/reviews/{scene.take(scene.ann)}")

    page.click("button[value=add-search]")
    for name, text in SEARCH.items():
        page.fill(f".search [name$=-{name}]", text)
    page.check("[name=verdict][value=unproven]")
    page.click("button[value=submit]")

    assert "Nothing left to check" in page.locator("h1").inner_text()
    check_search(scene)


def test_a_page_is_pasted_beside_a_search_and_each_row_keeps_to_itself(window, scene):
    page = window(scene.ann).tab(f"/reviews/{scene.take(scene.ann)}")
    page.click("button[value=add-search]")
    page.fill(".search [name$=-title]", SEARCH["title"])
    page.fill(".source:not(.search) [name$=-url]", "https://a.example/")
    page.select_option(".source:not(.search) [name$=-source_type]", "media", force=True)

    page.click("button[value=add-source]")

    rows = page.locator(".source")
    assert rows.count() == 3
    added = rows.nth(2)
    assert added.locator("[name$=-url]").input_value() == ""
    assert added.locator("[name$=-source_type]").input_value() == ""
    number = added.get_attribute("id").removeprefix("sources-")
    buttons = [b.get_attribute("value") for b in added.locator("button").all()]
    assert buttons == [f"remove-source-{number}", f"copy-{number}"]
    added.locator(".remove").click()
    assert page.locator(".search [name$=-title]").input_value() == SEARCH["title"]
    assert page.locator(".source:not(.search) [name$=-url]").first.input_value() == (
        "https://a.example/"
    )
