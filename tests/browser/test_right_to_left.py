"""From right to left, with longer words: nothing is cut off, nothing leans the wrong way."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from app.domain.actors import CONSOLE
from app.domain.words import Decides, Role
from app.storage.tables import Article, Person
from app.workflow.articles import NewArticle, add_article
from app.workflow.people import set_locale
from tests.browser.test_axe import RUN, SIDEWAYS
from tests.pseudo import speak
from tests.scenes import LEADS, Scene
from tests.web.checking import article as checked_article

pytestmark = pytest.mark.browser

TURNED = """() => [getComputedStyle(document.body).direction,
  document.querySelector(".brand").getBoundingClientRect().left > innerWidth / 2]"""


def test_the_pages_of_a_working_day_hold_from_right_to_left(database, window, monkeypatch):
    speak(monkeypatch, "he")
    scene = Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)
    names = checked_article(database, scene.project, claims=3)
    for checker, verdict in zip(scene.reviewers("Cem", "Dora"), ("true", "false"), strict=True):
        scene.check(checker, verdict)
    [ann] = scene.reviewers("Ann")
    lead = scene.person("Lea", *LEADS, admin=True)
    for actor in (ann, lead):
        name = scene.rows(Person, Person.id == actor.person)[0].public_id
        scene.do(set_locale, actor, name, locale="he")
    mine = scene.take(ann)
    scene.claim(state="candidate")
    pages = (
        (lead, ("/projects/desk/pick", f"/claims/{names[0]}/settle")),
        (ann, (f"/reviews/{mine}",)),
    )
    wrong = {}
    for actor, paths in pages:
        page = window(actor).tab()
        for path in paths:
            assert page.goto(path).ok, path
            assert page.evaluate(TURNED) == ["rtl", True], path
            page.evaluate(AXE_SCRIPT)
            found = page.evaluate(RUN, {})
            for width in (390, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                found += [f"{width} scrolls sideways"] if page.evaluate(SIDEWAYS) > 0 else []
            if found:
                wrong[path] = found
    assert wrong == {}


def test_what_stands_between_two_facts_stays_there_beside_a_name_from_right_to_left(
    database, window
):
    scene = Scene(database)
    values = NewArticle(text="The town counted 12 bridges.", publisher="صحيفة المدينة")
    scene.do(add_article, CONSOLE, scene.id, values=values)
    [article] = scene.rows(Article)
    page = window(scene.person("Eve", Role.EDITOR)).tab(f"/articles/{article.public_id}")

    facts = page.locator(".article-head .byline > span")

    # The dot after a fact is part of it, and goes by the direction of the fact.
    assert facts.first.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert facts.first.locator("bdi").evaluate("e => getComputedStyle(e).direction") == "rtl"
