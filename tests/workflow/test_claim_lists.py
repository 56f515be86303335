"""Long lists of claims, on both databases."""

import pytest

from app.domain.blindness import SeenState
from app.domain.ids import now
from app.domain.words import ClaimState, Role
from app.storage.claim_filters import ClaimFilter
from app.storage.claim_lists import found_claims
from app.storage.seen import seen_claims
from app.storage.suggestions import suggestions_from
from app.storage.tables import Claim
from tests.scenes import Scene

LEAD = (Role.EDITOR, Role.ADJUDICATOR)


@pytest.fixture
def scene(database):
    return Scene(database, settles_itself=False)


def texts(scene, actor, **wanted):
    found = scene.ask(found_claims, actor, scene.id, wanted=ClaimFilter(**wanted))
    return [claim.text for claim in found]


def test_a_filter_by_state_finds_what_the_page_shows_in_that_state(scene):
    ann, bob = scene.reviewers("Ann", "Bob")
    lead, blind = scene.person("Lena", *LEAD), scene.person("Lou", *LEAD, Role.REVIEWER)
    reader = scene.person("Rea", Role.VIEWER)
    for text in ("Both in.", "One in.", "None in.", "Ruled.", "Dropped."):
        scene.claim(text, priority=9 - len(scene.rows(Claim)))
    for checker in (ann, bob, ann):
        scene.check(checker)
    for text, state in (("Ruled.", ClaimState.OPEN), ("Dropped.", ClaimState.REJECTED)):
        scene.change(
            Claim, next(c.public_id for c in scene.rows(Claim, Claim.text == text)), state=state
        )

    for actor in (ann, bob, lead, blind, reader):
        every = scene.ask(found_claims, actor, scene.id, wanted=ClaimFilter())
        shown = {seen.claim.text: seen.state for seen in scene.ask(seen_claims, actor, every)}
        for state in SeenState:
            expected = {text for text, seen in shown.items() if seen is state}
            assert set(texts(scene, actor, state=state)) == expected, (actor.name, state)
    assert texts(scene, lead, state=SeenState.WAITING) == ["Both in."]
    assert texts(scene, ann, state=SeenState.WAITING) == []
    assert texts(scene, ann, state=SeenState.MINE_DONE) == ["One in.", "Both in."]


def test_a_filter_by_words_names_and_verdicts(scene):
    ann, bob = scene.reviewers("Ann", "Bob")
    lead = scene.person("Lena", *LEAD)
    ruled = scene.claim("Prices 100% up_to date", said_by="Ada Berg")
    scene.claim("Something else")
    scene.check(ann, attribution_verdict="confirmed")
    scene.check(bob, attribution_verdict="confirmed")
    scene.settle(lead, ruled, "false", attribution_verdict="confirmed")

    assert texts(scene, ann, text="100%") == ["Prices 100% up_to date"]
    assert texts(scene, ann, text="up%to") == []
    assert texts(scene, ann, who="BERG") == ["Prices 100% up_to date"]
    assert texts(scene, ann, verdict="false") == ["Prices 100% up_to date"]
    assert texts(scene, ann, verdict="true") == []


def test_suggestions_go_on_after_any_place_in_the_list(scene):
    worths = [0.1, None, 0.7000001, 0.7, 0.7, 1.0, 0.0]
    with scene.database.write() as session:
        for number, worth in enumerate(worths):
            session.add(Claim(project_id=scene.id, text=str(number), checkworthiness=worth))
    whole = scene.ask(suggestions_from, scene.id)
    assert [claim.text for _place, claim in whole] == ["5", "2", "3", "4", "0", "6", "1"]
    for text in ("3", "6", "1"):
        [claim] = scene.rows(Claim, Claim.text == text)
        scene.change(Claim, claim.public_id, put_off_at=now())
    whole = scene.ask(suggestions_from, scene.id)
    assert [claim.text for _place, claim in whole] == ["5", "2", "4", "0", "3", "6", "1"]

    for number, (place, _claim) in enumerate(whole, start=1):
        rest = scene.ask(suggestions_from, scene.id, after=place)
        assert [claim.text for _place, claim in rest] == [c.text for _p, c in whole[number:]]


def test_a_place_that_no_page_ever_named_shows_what_was_put_off(scene):
    assert scene.ask(suggestions_from, scene.id, after=(7, 0.5, 0)) == []
    assert scene.ask(suggestions_from, scene.id, after=(-3, 0.5, 0)) == []
