"""Claims whose checks nobody is left to give: a lead is told, and has a way out."""

import pytest

from app.domain.errors import NotAllowed, WrongState
from app.domain.left import Left
from app.domain.words import ClaimState, GoldUse, Role, SkipReason
from app.storage.claim_filters import ClaimFilter
from app.storage.claim_lists import found_claims
from app.storage.settling import waiting_list
from app.storage.tables import ClaimRound, ExtraCheck, GoldAnswer, Label, Project
from app.storage.waiting import nobody_left
from app.workflow import reviews
from app.workflow.enough import Ending, ask_no_more
from app.workflow.interests import InterestValues, declare
from tests.rounds import REOPENED, Desk
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    return Scene(database, reviews_wanted=2, settles_itself=False)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


@pytest.fixture
def desk(database):
    return Desk(database, reviews_wanted=2)


def listed(scene, actor):
    wanted = ClaimFilter(left=Left.NOBODY)
    found = scene.ask(found_claims, actor, scene.id, wanted=wanted, limit=50)
    assert len(found) == scene.ask(nobody_left, actor, scene.id)
    return sorted(claim.public_id for claim in found)


def numbers(scene, claim_id):
    """Done, wanted and free."""
    entry = scene.round_of(claim_id)
    return entry.reviews_done, entry.reviews_wanted, scene.claim_row(claim_id).slots_free


def waits_to_be_settled(scene, actor):
    return [line.claim.public_id for line in scene.ask(waiting_list, actor, scene.id).claims]


# Who is told


def test_a_claim_is_listed_once_fewer_could_check_it_than_it_wants(scene, lead):
    ann, ben = scene.reviewers("Ann", "Ben")
    claim_id = scene.claim()
    assert listed(scene, lead) == []
    scene.bar(ben, claim_id)
    assert listed(scene, lead) == [claim_id]
    [cem] = scene.reviewers("Cem")
    assert listed(scene, lead) == []
    scene.check(ann)
    mine = scene.take(cem)
    assert listed(scene, lead) == []
    scene.do(reviews.skip, cem, mine, reason=SkipReason.CONFLICT)
    assert listed(scene, lead) == [claim_id]


def test_what_keeps_somebody_from_one_claim_keeps_them_from_no_other(scene, lead):
    _ann, ben = scene.reviewers("Ann", "Ben")
    theirs, other = scene.claim(said_by="A minister"), scene.claim()
    scene.do(declare, ben, scene.id, values=InterestValues(agent="A minister"))
    assert listed(scene, lead) == [theirs]
    scene.bar(ben, theirs)
    scene.do(declare, ben, scene.id, values=InterestValues(tag="Trees"))
    assert listed(scene, lead) == [theirs]
    scene.bar(ben, other)
    assert listed(scene, lead) == sorted([theirs, other])


def test_an_extra_check_is_listed_when_those_fall_away_who_could_have_given_it(scene, lead):
    scene.change(Project, scene.project.public_id, extra_first=5)
    ann, ben, cem = scene.reviewers("Ann", "Ben", "Cem")
    claim_id = scene.claim()
    held = scene.take(ben)
    scene.check(ann)
    assert len(scene.rows(ExtraCheck)) == 1
    scene.do(reviews.skip, ben, held, reason=SkipReason.CONFLICT)
    scene.check(cem)
    assert listed(scene, lead) == [claim_id]
    assert scene.do(ask_no_more, lead, claim_id) is Ending.ENOUGH
    assert numbers(scene, claim_id) == (2, 2, 0)
    assert len(scene.rows(ExtraCheck)) == 1
    assert waits_to_be_settled(scene, lead) == [claim_id]


def test_a_share_that_is_given_leaves_claims_over_and_says_so(scene, lead):
    first, second = scene.claim(), scene.claim()
    for person in scene.reviewers("Ann", "Ben"):
        scene.take(person)
    assert listed(scene, lead) == []
    scene.change(Project, scene.project.public_id, most_checks=1)
    assert listed(scene, lead) == [second]
    assert numbers(scene, first) == (0, 2, 0)


def test_who_could_check_or_cannot_ask_for_less_is_told_nothing(scene, lead):
    [ann] = scene.reviewers("Ann")
    both = scene.person("Bo", *LEADS, Role.REVIEWER)
    judge = scene.person("Judy", Role.ADJUDICATOR)
    other, claim_id = scene.claim(priority=1), scene.claim()
    scene.change(Project, scene.project.public_id, most_checks=1)
    assert scene.claim_of(scene.take(both)) == other
    # Bo gave their share, and could be lent the claim all the same once it is a larger one.
    assert claim_id in listed(scene, lead)
    assert listed(scene, judge) == listed(scene, ann) == listed(scene, both) == []
    before = scene.state()
    with pytest.raises(NotAllowed, match=r"ruling\.blind"):
        scene.do(ask_no_more, both, claim_id)
    for who in (judge, ann):
        with pytest.raises(NotAllowed, match=r"not-allowed"):
            scene.do(ask_no_more, who, claim_id)
    assert scene.state() == before


# The way out


def test_a_claim_wants_no_more_than_it_has_and_nobody_is_lent_it(scene, lead):
    [ann] = scene.reviewers("Ann")
    claim_id = scene.claim()
    scene.check(ann)
    assert listed(scene, lead) == [claim_id]
    for _ in range(2):
        assert scene.do(ask_no_more, lead, claim_id) is Ending.ENOUGH
    assert numbers(scene, claim_id) == (1, 1, 0)
    [event] = scene.events("claim.enough")
    assert (event.actor_id, event.details) == (lead.person, {"wanted": 1})
    assert listed(scene, lead) == []
    assert scene.take(scene.reviewers("Cem")[0]) is None
    scene.settle(lead, claim_id)
    assert scene.claim_row(claim_id).state is ClaimState.SETTLED


def test_what_is_in_hand_may_be_finished(database):
    scene = Scene(database, reviews_wanted=3, settles_itself=False)
    lead, (ann, ben) = scene.person("Lea", *LEADS), scene.reviewers("Ann", "Ben")
    claim_id = scene.claim()
    scene.check(ann)
    mine = scene.take(ben)
    scene.do(ask_no_more, lead, claim_id)
    assert numbers(scene, claim_id) == (1, 2, 0)
    scene.submit(ben, mine)
    assert numbers(scene, claim_id) == (2, 2, 0)


def test_a_later_round_without_a_check_is_over_and_the_verdict_holds_again(desk):
    claim_id = desk.checked()
    scene = desk.scene
    before = scene.rulings_of(claim_id)
    desk.open(REOPENED, claim=claim_id)
    assert listed(scene, desk.lead) == [claim_id]
    assert scene.do(ask_no_more, desk.lead, claim_id) is Ending.VERDICT
    row, entry = scene.claim_row(claim_id), scene.round_of(claim_id)
    assert (row.state, row.slots_free) == (ClaimState.SETTLED, 0)
    assert entry.settled_at is not None
    assert [ruling.id for ruling in scene.rulings_of(claim_id)] == [one.id for one in before]
    assert scene.events("claim.round-end")[0].details == {"round": 2}
    with pytest.raises(WrongState, match=r"review\.claim-closed"):
        scene.do(ask_no_more, desk.lead, claim_id)


def test_a_later_round_without_a_check_is_over_and_the_claim_waits_as_before(desk):
    claim_id = desk.checked("false", "true")
    scene, [cem] = desk.scene, desk.scene.reviewers("Cem")
    [first] = scene.rows(ClaimRound)
    desk.open(REOPENED, claim=claim_id)
    passed_on = scene.take(cem)
    scene.do(reviews.skip, cem, passed_on, reason=SkipReason.CONFLICT)
    assert listed(scene, desk.lead) == [claim_id]
    assert scene.do(ask_no_more, desk.lead, claim_id) is Ending.WAITS
    [entry] = scene.rows(ClaimRound)
    assert (entry.id, entry.settled_at, entry.distance) == (first.id, None, first.distance)
    assert scene.review_row(passed_on).claim_round_id == first.id
    assert numbers(scene, claim_id) == (2, 2, 0)
    assert waits_to_be_settled(scene, desk.lead) == [claim_id]
    assert scene.take(scene.reviewers("Dora")[0]) is None
    assert desk.open(REOPENED, claim=claim_id) == 1
    scene.do(ask_no_more, desk.lead, claim_id)
    scene.settle(desk.lead, claim_id, "true", reason="Ben is right.")


def test_a_check_that_is_in_is_kept_by_a_later_round_too(desk):
    claim_id = desk.checked()
    desk.open(REOPENED, claim=claim_id, reviews_wanted=2)
    desk.scene.check(desk.scene.reviewers("Cem")[0], "true")
    assert desk.scene.do(ask_no_more, desk.lead, claim_id) is Ending.ENOUGH
    assert numbers(desk.scene, claim_id) == (1, 1, 0)
    assert waits_to_be_settled(desk.scene, desk.lead) == [claim_id]


def test_a_first_round_without_a_check_and_a_known_answer_are_refused(scene, lead):
    empty, gold = scene.claim(), scene.claim()
    with scene.database.write() as session:
        key, label = scene.claim_row(gold).key, scene.rows(Label)[0].key
        values = {"use": GoldUse.GOLD, "content_label_id": label}
        session.add(GoldAnswer(project_id=scene.id, claim_id=key, **values))
    before = scene.state()
    for claim_id, code in ((empty, r"enough\.none"), (gold, r"enough\.known")):
        with pytest.raises(WrongState, match=code):
            scene.do(ask_no_more, lead, claim_id)
    assert scene.state() == before
