"""A claim gets one check more by the project's rules, and never where that would tell or block."""

from dataclasses import replace

import pytest
from sqlmodel import select

from app.domain.blindness import is_blind
from app.domain.ids import new_public_id
from app.domain.words import (
    BarReason,
    ClaimState,
    DecidedBy,
    Decides,
    ExtraReason,
    Role,
    RoundKind,
)
from app.storage.checkers import could_check
from app.storage.claims import standing
from app.storage.exports import verdict_rows
from app.storage.projects import by_id
from app.storage.tables import Claim, ExtraCheck, Project, Round
from app.workflow import reviews
from app.workflow.extra_checks import is_in_sample
from app.workflow.planning import PlanValues, plan
from tests.rounds import REOPENED, Desk
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)


def rule(scene, **values):
    scene.change(Project, scene.project.public_id, **values)


def reasons(scene):
    return [row.reason for row in scene.rows(ExtraCheck)]


def numbers(scene, claim_id):
    """Done, wanted and free."""
    entry = scene.round_of(claim_id)
    return entry.reviews_done, entry.reviews_wanted, scene.claim_row(claim_id).slots_free


def test_checks_that_differ_bring_a_third_and_no_fourth(scene):
    rule(scene, extra_on_difference=True)
    claim_id = scene.claim()
    ann, ben, cem, dora = scene.reviewers("Ann", "Ben", "Cem", "Dora")
    scene.check(ann, "true")
    assert reasons(scene) == []

    scene.check(ben, "false")

    assert reasons(scene) == [ExtraReason.DIFFERENCE]
    assert numbers(scene, claim_id) == (2, 3, 1)
    scene.check(cem, "unproven")
    assert numbers(scene, claim_id) == (3, 3, 0)
    assert scene.take(dora) is None
    [event] = scene.events("claim.extra-check")
    assert event.details == {"reason": "difference"}
    # Nobody's deed: in history, who reads only their own lines does not find it.
    assert event.actor_id is None


def test_checks_that_agree_settle_and_nothing_is_added(scene):
    rule(scene, extra_on_difference=True)
    claim_id = scene.claim()
    for person in scene.reviewers("Ann", "Ben", "Cem"):
        if scene.claim_row(claim_id).state is ClaimState.OPEN:
            scene.check(person, "true")
    assert scene.claim_row(claim_id).state is ClaimState.SETTLED
    assert reasons(scene) == []


def test_in_a_reopened_round_only_its_own_checks_count_as_a_difference(database):
    desk = Desk(database, reviews_wanted=2, settles_itself=False)
    claim_id = desk.checked("false", "true")
    rule(desk.scene, extra_on_difference=True)
    desk.open(REOPENED, claim=claim_id, reviews_wanted=2)
    for person in desk.scene.reviewers("Cem", "Dora", "Eli")[:2]:
        desk.scene.check(person, "false")
    assert numbers(desk.scene, claim_id) == (2, 2, 0)

    desk.open(REOPENED, claim=claim_id, reviews_wanted=2)
    for person, verdict in zip(desk.scene.reviewers("Fay", "Gus"), ("false", "true"), strict=True):
        desk.scene.check(person, verdict)
    assert reasons(desk.scene) == [ExtraReason.DIFFERENCE]


def test_who_gave_their_share_or_had_it_in_an_earlier_round_is_nobody_to_ask(database):
    desk = Desk(database, reviews_wanted=2)
    scene = desk.scene
    claim_id, _other = scene.claim(priority=1), scene.claim()
    cem, dora = scene.reviewers("Cem", "Dora")
    put_off = scene.take(cem)
    scene.do(reviews.put_off, cem, put_off)
    assert scene.claim_of(put_off) == claim_id
    assert could(scene, claim_id) == 4
    for who in (desk.ann, desk.ben):
        scene.check(who, "false")
    desk.open(REOPENED, claim=claim_id)
    # Cem put it off in the round before, and is never lent it again.
    assert could(scene, claim_id) == 1
    rule(scene, most_checks=1)
    assert could(scene, claim_id) == 1
    other = scene.claim(priority=2)
    assert scene.claim_of(scene.take(dora)) == other
    assert could(scene, claim_id) == 0


def could(scene, claim_id):
    def ask(session):
        claim = session.exec(select(Claim).where(Claim.public_id == claim_id)).one()
        return could_check(session, claim)

    return scene.ask(ask)


def test_who_may_not_check_one_claim_is_asked_for_another(scene):
    rule(scene, extra_on_difference=True)
    claim_id, theirs = scene.claim(), scene.claim(state=ClaimState.CANDIDATE)
    ann, ben, cem = scene.reviewers("Ann", "Ben", "Cem")
    scene.bar(cem, theirs)
    scene.check(ann, "true")
    scene.check(ben, "false")
    assert (could(scene, claim_id), could(scene, theirs)) == (1, 2)
    assert numbers(scene, claim_id) == (2, 3, 1)


def test_what_nobody_has_a_share_left_for_is_not_asked(scene):
    rule(scene, extra_on_difference=True)
    claim_id, other = scene.claim(), scene.claim()
    ann, ben, cem = scene.reviewers("Ann", "Ben", "Cem")
    scene.change(Claim, other, priority=1)
    rule(scene, most_checks=1)
    scene.check(cem)
    scene.change(Claim, other, priority=-1)
    scene.check(ann, "true")
    scene.check(ben, "false")
    assert numbers(scene, claim_id) == (2, 2, 0)


def test_only_who_said_it_differs_and_that_is_a_difference(scene):
    rule(scene, extra_on_difference=True)
    scene.claim(said_by="A minister")
    ann, ben, _cem = scene.reviewers("Ann", "Ben", "Cem")
    scene.check(ann, "true", attribution_verdict="confirmed")
    scene.check(ben, "true", attribution_verdict="reported-only")
    assert reasons(scene) == [ExtraReason.DIFFERENCE]


def test_of_one_check_a_sample_gets_a_second(database):
    scene = Scene(database, reviews_wanted=1)
    rule(scene, extra_share=0.5)
    project = scene.ask(by_id, scene.id)
    claim_ids = [scene.claim() for _ in range(6)]
    ann, ben = scene.reviewers("Ann", "Ben")
    for _ in claim_ids:
        scene.check(ann, "true")
    picked = [one for one in claim_ids if is_in_sample(project, one)]
    for one in claim_ids:
        assert scene.round_of(one).reviews_wanted == (2 if one in picked else 1)
        expected = ClaimState.OPEN if one in picked else ClaimState.SETTLED
        assert scene.claim_row(one).state is expected
    for _ in picked:
        scene.check(ben, "true")
    decided = {one: scene.rulings_of(one)[0].decided_by for one in claim_ids}
    assert {decided[one] for one in picked} <= {DecidedBy.AGREEMENT}
    assert {decided[one] for one in claim_ids if one not in picked} <= {DecidedBy.SINGLE}
    assert scene.take(ben) is None


def test_a_sample_is_of_the_size_that_was_asked_for_and_stays_the_same(scene):
    project = replace(scene.project, extra_share=0.1)
    ids = [new_public_id() for _ in range(4_000)]
    picked = [one for one in ids if is_in_sample(project, one)]
    # Six standard deviations around 400.
    assert 286 < len(picked) < 514
    assert picked == [one for one in ids if is_in_sample(project, one)]
    assert set(picked) <= {
        one for one in ids if is_in_sample(replace(project, extra_share=0.2), one)
    }
    assert not [one for one in ids if is_in_sample(replace(project, extra_share=0), one)]


def test_a_newcomer_is_looked_after_until_they_gave_their_first_checks(scene):
    rule(scene, extra_first=1)
    first, second = scene.claim(), scene.claim()
    ann, ben, cem, dora = scene.reviewers("Ann", "Ben", "Cem", "Dora")
    scene.check(ann, "true")
    scene.check(ann, "true")
    # Ann's second check is not a newcomer's any more; Ben's first, on the first claim, adds nothing:
    # one rule has done so.
    assert [numbers(scene, one)[1] for one in (first, second)] == [3, 2]
    scene.check(ben, "true")
    scene.check(ben, "true")
    assert scene.claim_row(first).state is ClaimState.OPEN
    assert scene.claim_row(second).state is ClaimState.SETTLED
    scene.check(cem, "true")
    assert scene.claim_row(first).state is ClaimState.SETTLED
    assert reasons(scene) == [ExtraReason.NEWCOMER]
    assert scene.take(dora) is None


def test_a_named_tag_brings_one_and_a_difference_one_more(scene):
    rule(scene, extra_tags=["Health"], extra_on_difference=True, extra_first=5)
    lead = scene.person("Lea", Role.EDITOR)
    claim_id = scene.claim()
    scene.do(plan, lead, claim_id, values=PlanValues(tags=["Health"]))
    # Nobody but the lead checks as a newcomer: the tag alone would do.
    rule(scene, extra_first=0)
    people = scene.reviewers("Ann", "Ben", "Cem", "Dora", "Eli")
    for person, verdict in zip(people[:3], ("true", "true", "false"), strict=True):
        scene.check(person, verdict)
    assert reasons(scene) == [ExtraReason.TAG, ExtraReason.DIFFERENCE]
    scene.check(people[3], "true")
    assert numbers(scene, claim_id) == (4, 4, 0)
    assert scene.take(people[4]) is None


def test_what_nobody_could_give_is_not_asked_for(scene):
    rule(scene, extra_on_difference=True, extra_first=20)
    claim_id = scene.claim()
    ann, ben, cem = scene.reviewers("Ann", "Ben", "Cem")
    scene.bar(cem, claim_id, BarReason.CONSULTED)
    scene.check(ann, "true")
    scene.check(ben, "false")
    assert numbers(scene, claim_id) == (2, 2, 0)
    assert reasons(scene) == []


def test_at_no_moment_does_a_lead_who_checks_see_the_answers_of_a_claim_that_wants_more(scene):
    rule(scene, extra_on_difference=True)
    lead = scene.person("Lea", *LEADS, Role.REVIEWER)
    claim_id = scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    scene.check(ann, "true")
    scene.check(ben, "false")
    key = scene.claim_row(claim_id).key
    assert is_blind(scene.ask(standing, lead, key))
    assert scene.claim_of(scene.take(lead)) == claim_id


def test_an_export_tells_nobody_who_is_blind_that_one_more_is_wanted(scene):
    rule(scene, extra_on_difference=True)
    scene.claim()
    ann, ben, cem = scene.reviewers("Ann", "Ben", "Cem")
    lead = scene.person("Lea", *LEADS)
    for person, verdict in ((ann, "true"), (ben, "false")):
        scene.check(person, verdict)

    def told(actor):
        return scene.ask(lambda s: [row.reviews for row in verdict_rows(s, actor, scene.id)])

    assert [told(who) for who in (ann, cem, lead)] == [["1/2"], ["0/2"], ["2/3"]]


def test_a_check_that_is_sent_again_brings_none(scene):
    """The claim was complete, and its answers were seen: whoever saw them could be lent the next."""
    rule(scene, extra_on_difference=True, settles_itself=False)
    claim_id = scene.claim()
    ann, ben, _cem = scene.reviewers("Ann", "Ben", "Cem")
    scene.check(ann, "true")
    review_id = scene.check(ben, "true")
    scene.submit(ben, review_id, "false", base_version=1)
    assert numbers(scene, claim_id) == (2, 2, 0)


@pytest.mark.parametrize("kind", [RoundKind.EVIDENCE_ONLY, RoundKind.TRAINING])
def test_rounds_of_other_kinds_get_none(scene, kind):
    rule(scene, extra_on_difference=True, extra_first=20)
    with scene.database.write() as session:
        session.get_one(Round, scene.rows(Round)[0].key).kind = kind
    scene.claim()
    ann, ben, _cem = scene.reviewers("Ann", "Ben", "Cem")
    scene.check(ann, "true")
    scene.check(ben, "false")
    assert reasons(scene) == []


def test_a_desk_where_another_signs_off_has_no_such_rules(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    rule(scene, extra_first=20)
    scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    scene.check(ann, "true")
    assert reasons(scene) == []
    assert scene.take(ben) is None
