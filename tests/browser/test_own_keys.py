"""A key that was moved works, one that was switched off does nothing."""

import pytest

from app.domain.words import Decides
from app.storage.tables import Person
from app.workflow.people import set_keys
from tests.scenes import Scene

pytestmark = pytest.mark.browser


def test_a_moved_key_presses_and_an_old_one_does_nothing(database, window):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.claim()
    [ann] = scene.reviewers("Ann")
    mine = scene.take(ann)
    name = scene.rows(Person, Person.id == ann.person)[0].public_id
    chosen = "document.querySelector('[name=verdict]:checked')?.value ?? ''"

    scene.do(set_keys, ann, name, keymap={"review.content-1": "a"}, is_off=False)
    page = window(ann).tab(f"/reviews/{mine}")
    page.keyboard.press("1")
    assert page.evaluate(chosen) == ""
    page.keyboard.press("a")
    assert page.evaluate(chosen) == "true"

    scene.do(set_keys, ann, name, keymap={}, is_off=True)
    page.goto("about:blank")
    page.goto(f"/reviews/{mine}")
    for key in ("2", "s", "?"):
        page.keyboard.press(key)
    assert page.evaluate(chosen) in {"", "true"}
    assert page.url.endswith(mine)
    page.check("[name=verdict][value=false]")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert "Nothing left to check" in page.locator("h1").inner_text()
