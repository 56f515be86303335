"""However little a page of claims looks at, all pages together have each claim once, in order."""

from datetime import timedelta

import pytest

from app.domain.ids import now
from app.domain.words import ClaimState, Role
from app.storage import claim_lists, claim_stretches, claim_texts
from app.storage.claim_lists import claims_by_due, due_place, found_claims
from app.storage.claim_queries import claim_query
from app.storage.claim_stretches import stretch_of
from app.storage.projects import by_id
from app.workflow.planning import PlanValues, plan
from tests.cases import in_turn
from tests.scenes import LEADS, SOURCE, Scene

FILTERS = [
    {},
    {"state": "to-do"},
    {"state": "settled"},
    {"state": "mine-done"},
    {"state": "waiting"},
    {"tag": "EU"},
    {"tag": "none"},
    {"person": "me"},
    {"person": "not-me"},
    {"who": "Mayor"},
    {"who": "Nobody"},
    {"verdict": "true"},
    {"due": "week"},
    {"left": "second-check"},
    {"left": "nobody"},
    {"text": "laim number"},
    {"text": "laim number", "tag": "EU"},
    {"text": "laim number", "person": "me"},
    {"text": "number", "verdict": "true", "state": "settled"},
    {"text": "ai", "tag": "EU"},
]


@pytest.fixture
def scene(database):
    made = Scene(database, settles_itself=False, reviews_wanted=1)
    ben = made.person("Ben", Role.REVIEWER, *LEADS)
    for _n in range(4):
        made.claim()
    for _n in range(3):
        made.check(ben, sources=[SOURCE])
    soon = now() + timedelta(days=1)
    for n in range(9):
        said_by = "The Mayor" if n % 3 == 0 else "Ann"
        claim_id = made.claim(said_by=said_by, due_at=soon if n % 2 else None)
        if n % 4 == 0:
            made.do(plan, ben, claim_id, values=PlanValues(tags=["EU"]))
    made.claim("Dropped.", state=ClaimState.REJECTED, due_at=soon)
    made.ben = ben
    return made


@in_turn("words", FILTERS)
def test_pages_of_a_filter_have_each_claim_once(scene, words, monkeypatch):
    actor = scene.ben
    wanted = scene.ask(claim_query, actor, scene.ask(by_id, scene.id), words).wanted
    whole = [claim.id for claim in scene.ask(found_claims, actor, scene.id, wanted=wanted)]
    due = [claim.id for claim in scene.ask(claims_by_due, actor, scene.id, wanted=wanted).claims]
    assert sorted(due) == sorted(whole)
    with monkeypatch.context() as looking:
        for module in (claim_stretches, claim_lists, claim_texts):
            looking.setattr(module, "LOOKED_AT", 2)

        assert by_key(scene, actor, wanted) == whole
        assert by_due(scene, actor, wanted) == due


def by_key(scene, actor, wanted):
    found, before = [], None
    while True:
        within = scene.ask(stretch_of, actor, scene.id, wanted=wanted, before=before)
        part = scene.ask(found_claims, actor, scene.id, wanted=wanted, within=within, limit=2)
        found += [claim.id for claim in part]
        if len(part) < 2 and within.first is None:
            return found
        before = part[-1].id if len(part) == 2 else within.first


def by_due(scene, actor, wanted):
    found, after = [], None
    while True:
        part = scene.ask(claims_by_due, actor, scene.id, wanted=wanted, after=after, limit=2)
        found += [claim.id for claim in part.claims]
        if len(part.claims) < 2 and part.end is None:
            return found
        after = due_place(part.claims[-1]) if len(part.claims) == 2 else part.end
