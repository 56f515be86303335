"""A check that went back with a question, and does not come, blocks its claim for nobody."""

import pytest

from app.domain.errors import Missing, NotAllowed, WrongState
from app.domain.words import ClaimState, Decides, ReviewState, Role
from app.storage.reviews import held
from app.storage.tables import Draft
from app.storage.waiting import waiting
from app.workflow import claims, reviews
from app.workflow.claims import PickValues
from app.workflow.taking_back import take_back
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


@pytest.fixture
def ann(scene):
    return scene.person("Ann", Role.REVIEWER)


def returned(scene, lead, ann):
    claim = scene.claim()
    review_id = scene.check(ann)
    scene.do(reviews.send_back, lead, review_id, question="Why?")
    return claim, review_id


def test_somebody_else_is_lent_the_claim_and_what_was_typed_is_kept(scene, lead, ann):
    claim, review_id = returned(scene, lead, ann)
    scene.draft(ann, review_id)
    [ben] = scene.reviewers("Ben")
    assert scene.take(ben) is None
    assert scene.do(take_back, lead, review_id) == claim
    scene.do(take_back, lead, review_id)

    row = scene.review_row(review_id)
    assert (row.state, row.slot, len(scene.rows(Draft))) == (ReviewState.RETURNED, None, 1)
    assert scene.claim_row(claim).slots_free == 1
    [line] = scene.events("review.take-back")
    assert (line.thing, line.claim, line.details) == (review_id, claim, {})
    assert scene.ask(held, ann, scene.id) is None
    assert scene.ask(waiting, ann, [scene.project])[scene.id].returned == 0
    assert scene.claim_of(scene.take(ben)) == claim


def test_its_reviewer_can_still_send_it_while_a_place_is_free(scene, lead, ann):
    claim, review_id = returned(scene, lead, ann)
    scene.do(take_back, lead, review_id)
    scene.submit(ann, review_id, "true", base_version=1)
    assert scene.review_row(review_id).state is ReviewState.SUBMITTED
    assert (scene.claim_row(claim).slots_free, scene.round_of(claim).reviews_done) == (0, 1)


def test_and_not_once_somebody_else_has_it(scene, lead, ann):
    _claim, review_id = returned(scene, lead, ann)
    scene.do(take_back, lead, review_id)
    scene.take(scene.reviewers("Ben")[0])
    before = scene.state()
    with pytest.raises(WrongState, match=r"review\.taken-over"):
        scene.submit(ann, review_id, "true", base_version=1)
    assert scene.state() == before


def test_only_leads_take_back_what_was_sent_back_and_is_not_their_own(scene, lead, ann):
    scene.claim()
    given = scene.check(ann)
    _claim, review_id = returned(scene, lead, ann)
    both = scene.person("Both", *LEADS, Role.REVIEWER)
    _claim, own = returned(scene, lead, both)
    before = scene.state()
    for actor, check, refusal in (
        (lead, given, WrongState),
        (ann, review_id, NotAllowed),
        (both, own, NotAllowed),
        (scene.person("Stranger"), review_id, Missing),
        (lead, "aaaaaaaaaaaa", Missing),
    ):
        before = scene.state()
        with pytest.raises(refusal):
            scene.do(take_back, actor, check)
        assert scene.state() == before


def test_a_lead_who_is_blind_to_the_claim_does_not(database):
    scene = Scene(database, reviews_wanted=2)
    lead, both = scene.person("Lea", *LEADS), scene.person("Both", *LEADS, Role.REVIEWER)
    _claim, review_id = returned(scene, lead, scene.reviewers("Ann")[0])
    with pytest.raises(NotAllowed, match=r"ruling\.blind"):
        scene.do(take_back, both, review_id)


def test_a_claim_that_is_dropped_and_picked_again_is_free(scene, lead, ann):
    claim, review_id = returned(scene, lead, ann)
    scene.do(claims.drop, lead, claim)
    assert scene.review_row(review_id).slot is None
    with pytest.raises(WrongState):
        scene.do(take_back, lead, review_id)
    scene.do(claims.pick, lead, claim, values=PickValues())
    row = scene.claim_row(claim)
    assert (row.state, row.slots_free) == (ClaimState.OPEN, 1)


def test_what_is_lent_while_a_claim_is_waited_for_goes_back_too(scene, lead, ann, monkeypatch):
    claim = scene.claim()
    # As if the check had been lent after those in hand were looked for.
    monkeypatch.setattr(claims, "hold_checks", lambda _session, _names: None)
    review_id = scene.take(ann)
    scene.do(claims.drop, lead, claim)
    assert scene.review_row(review_id).slot is None
    scene.claim()
    assert scene.take(ann) is not None
