"""axe finds nothing on the pages of known answers, and of accepting together, with lines in them."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.words import GoldUse
from app.workflow.gold import GoldValues, set_gold
from tests.browser.test_axe import problems
from tests.scenes import LEADS, SOURCE, Scene

pytestmark = pytest.mark.browser


@pytest.mark.thorough
def test_axe_finds_nothing_where_there_is_something(database, window):
    scene = Scene(database, settles_itself=False)
    ann, ben = scene.reviewers("Ann", "Ben")
    known = GoldValues(use=GoldUse.TRAINING, verdict="false", explanation="The tables\n\nsay so.")
    claims = [scene.claim(f"Number {n} of those to learn from.") for n in range(3)]
    for claim_id in claims:
        scene.do(set_gold, CONSOLE, claim_id, values=known)
    learnt = [scene.check(ann, "half-true") for _claim in claims]
    for _claim in claims:
        scene.check(ben, "false")
    for _n in range(2):
        scene.claim()
        for somebody in (ann, ben):
            scene.check(somebody, "false", sources=(SOURCE,))
    lea = scene.person("Lea", *LEADS)
    pages = [
        (lea, "/projects/desk/known-answers"),
        (lea, f"/claims/{claims[0]}/known-answer"),
        (lea, "/projects/desk/settle/unanimous?seed=a"),
        (lea, "/projects/desk/settle"),
        (ann, f"/reviews/{learnt[0]}/explained"),
    ]
    wrong = {}
    for somebody, address in pages:
        if found := problems(window(somebody).tab(address)):
            wrong[address] = found
    assert wrong == {}
