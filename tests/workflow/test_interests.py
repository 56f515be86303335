"""Whoever declared an interest neither checks nor settles what it covers."""

import pytest

from app.domain.blindness import is_blind
from app.domain.errors import Invalid, Missing, NotAllowed
from app.domain.words import BarReason, CorrectionKind, Decides, ReviewState, Role, SkipReason
from app.storage import claims as claim_questions
from app.storage import queue, settling
from app.storage.claims import standing
from app.storage.interests import interests
from app.storage.projects import by_id
from app.storage.reviews import reviews_of
from app.storage.tables import Agent, Bar, Draft, Interest, Person
from app.storage.waiting import waiting
from app.workflow import agent_changes, choosing, corrections, lending, reviews, rulings
from app.workflow.interests import InterestValues, declare, retire
from app.workflow.planning import PlanValues, plan
from app.workflow.sharing import share_out
from tests.cases import in_turn
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2, settles_itself=False)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", Role.EDITOR)


def declared(scene, actor, **values):
    return scene.do(declare, actor, scene.id, values=InterestValues(**values))


def tagged(scene, lead, tag, **values):
    claim_id = scene.claim(**values)
    scene.do(plan, lead, claim_id, values=PlanValues(tags=[tag]))
    return claim_id


def public_id(scene, actor):
    return scene.rows(Person, Person.id == actor.person)[0].public_id


def test_claims_of_the_agent_and_the_tag_go_to_others(scene, lead):
    said, tag, free = (
        scene.claim(said_by="A minister"),
        tagged(scene, lead, "Health"),
        scene.claim(),
    )
    ann, ben = scene.reviewers("Ann", "Ben")
    declared(scene, ann, agent=" A  minister ")
    declared(scene, ann, tag="Health", note="I worked there.")
    scene.let_choose()

    assert scene.ask(queue.to_go, ann, scene.id) == 1
    project = scene.ask(by_id, scene.id)
    assert scene.ask(waiting, ann, [project])[scene.id].free == 1
    assert scene.claim_of(scene.take(ann)) == free
    for claim_id in (said, tag):
        with pytest.raises(NotAllowed, match=r"review\.barred"):
            scene.do(choosing.take_this, ann, claim_id, puts_off=True)
    assert scene.claim_of(scene.take(ben)) == said


def test_what_is_in_hand_goes_back_and_what_was_typed_is_kept(scene, lead):
    scene.claim(said_by="A minister")
    ann, ben = scene.reviewers("Ann", "Ben")
    review_id = scene.take(ann)
    scene.draft(ann, review_id)

    declared(scene, ann, agent="A minister")
    declared(scene, ann, agent="A minister")

    row = scene.review_row(review_id)
    assert (row.state, row.slot, row.lease_until) == (ReviewState.LENT, None, None)
    assert len(scene.rows(Draft)) == len(scene.rows(Interest)) == 1
    assert scene.take(ann) is None
    assert scene.take(ben) is not None
    with pytest.raises(NotAllowed, match=r"review\.barred"):
        scene.submit(ann, review_id)
    [event] = scene.events("interest.declare")
    assert event.details == {"back": 1}


def test_what_was_answered_before_stays_answered(scene):
    scene.claim(said_by="A minister")
    [ann] = scene.reviewers("Ann")
    review_id = scene.check(ann, attribution_verdict="confirmed")
    declared(scene, ann, agent="A minister")
    assert scene.review_row(review_id).state is ReviewState.SUBMITTED
    assert scene.review_row(review_id).slot == 1


def test_people_declare_their_own_and_an_editor_anybodys(scene, lead):
    scene.claim(said_by="A minister")
    ann, ben = scene.reviewers("Ann", "Ben")
    with pytest.raises(NotAllowed):
        declared(scene, ann, agent="A minister", person_id=public_id(scene, ben))
    with pytest.raises(NotAllowed):
        declared(scene, scene.person("Vera", Role.VIEWER), tag="Health")
    declared(scene, lead, agent="A minister", person_id=public_id(scene, ben))
    declared(scene, ann, tag="Health")

    assert [line.person for line in scene.ask(interests, lead, scene.id)] == ["Ann", "Ben"]
    [mine] = scene.ask(interests, ben, scene.id)
    assert (mine.agent, mine.declared_by, mine.is_mine) == ("A minister", "Lea", True)
    assert scene.take(ben) is None


@in_turn(
    ("values", "code"),
    [
        ({}, "interest.none"),
        ({"agent": "A minister", "tag": "Health"}, "interest.both"),
        ({"agent": "Nobody"}, "interest.agent"),
        ({"tag": "x" * 101}, "tag.long"),
        ({"tag": "Health", "note": "x" * 501}, "review.long"),
        ({"tag": "Health", "person_id": "aaaaaaaaaaaa"}, "interest.person"),
    ],
)
def test_what_cannot_be_declared_is_refused(scene, lead, values, code):
    scene.claim(said_by="A minister")
    with pytest.raises(Invalid, match=code.replace(".", r"\.")):
        declared(scene, lead, **values)
    assert scene.rows(Interest) == []


def complete(scene, **values):
    """A claim whose checks are all in."""
    claim_id = scene.claim(**values)
    for number in range(2):
        scene.check(scene.reviewers(f"C{claim_id}{number}")[0], attribution_verdict="confirmed")
    return claim_id


def test_nobody_settles_what_they_have_an_interest_in(scene):
    claim_id = complete(scene, said_by="A minister")
    lead, other = scene.person("Jo", *LEADS), scene.person("Jan", *LEADS)
    declared(scene, lead, agent="A minister")
    project = scene.ask(by_id, scene.id)

    assert scene.ask(settling.waiting_list, lead, scene.id).claims == []
    assert scene.ask(settling.next_to_settle, lead, scene.id) is None
    assert scene.ask(waiting, lead, [project])[scene.id].to_settle == 0
    with pytest.raises(NotAllowed, match=r"ruling\.conflict"):
        scene.settle(lead, claim_id, attribution_verdict="confirmed")

    assert scene.ask(settling.next_to_settle, other, scene.id) == claim_id
    assert scene.ask(waiting, other, [project])[scene.id].to_settle == 1
    scene.settle(other, claim_id, attribution_verdict="confirmed")
    values = corrections.CorrectionValues(
        verdict="true",
        attribution_verdict="confirmed",
        kind=CorrectionKind.SUBSTANTIAL,
        public_note="We were wrong.",
        reason="A new source.",
        base_version=1,
    )
    with pytest.raises(NotAllowed, match=r"ruling\.conflict"):
        scene.do(corrections.correct_ruling, lead, claim_id, values=values)


def test_who_passed_it_on_for_an_interest_does_not_settle_it_either(scene):
    claim_id = scene.claim()
    both = scene.person("Bo", *LEADS, Role.REVIEWER)
    scene.do(reviews.skip, both, scene.take(both), reason=SkipReason.CONFLICT)
    for name in ("Ann", "Ben"):
        scene.check(scene.reviewers(name)[0])
    assert scene.ask(settling.next_to_settle, both, scene.id) is None
    with pytest.raises(NotAllowed, match=r"ruling\.conflict"):
        scene.settle(both, claim_id)


def test_an_ended_interest_leaves_what_could_have_been_shown_closed(scene):
    lead = scene.person("Lea", *LEADS, Role.REVIEWER)
    covered = scene.claim(said_by="A minister")
    done = scene.claim("Settled.", said_by="A minister", priority=2)
    for person in scene.reviewers("Ann", "Ben"):
        scene.check(person, attribution_verdict="confirmed")
    scene.settle(scene.person("Jo", *LEADS), done, attribution_verdict="confirmed")
    interest = declared(scene, lead, agent="A minister")
    # It can end, and so it shows nothing.
    assert is_blind(scene.ask(standing, lead, scene.claim_row(covered).key))

    with pytest.raises(NotAllowed):
        scene.do(retire, scene.reviewers("Cem")[0], scene.id, interest)
    with pytest.raises(Missing):
        scene.do(retire, lead, scene.id, "aaaaaaaaaaaa")
    for _time in range(2):
        scene.do(retire, lead, scene.id, interest)
    [event] = scene.events("interest.retire")
    assert not {"bars", "number"} & set(event.details)

    [bar] = scene.rows(Bar)
    key = scene.claim_row(covered).key
    assert (bar.claim_id, bar.person_id, bar.reason) == (key, lead.person, BarReason.INTEREST)
    assert scene.take(lead) is None
    later = scene.claim(said_by="A minister")
    assert scene.claim_of(scene.take(lead)) == later


def test_an_interest_by_a_tag_that_is_taken_off_again_has_shown_nothing(scene):
    lead = scene.person("Lea", *LEADS, Role.REVIEWER)
    claim_id = scene.claim()
    scene.check(scene.reviewers("Ann")[0])
    declared(scene, lead, tag="Health")
    claim = scene.ask(claim_questions.claim, lead, claim_id)

    scene.do(plan, lead, claim_id, values=PlanValues(tags=["Health"]))

    assert scene.take(lead) is None
    assert scene.ask(reviews_of, lead, claim) == []
    assert is_blind(scene.ask(standing, lead, claim.id))
    scene.do(plan, lead, claim_id, values=PlanValues(tags=[]))
    assert scene.claim_of(scene.take(lead)) == claim_id


def test_who_looked_and_then_ends_the_interest_still_does_not_settle_it(scene):
    lead = scene.person("Lea", *LEADS, Role.REVIEWER)
    claim_id = tagged(scene, lead, "Health")
    interest = declared(scene, lead, tag="Health")
    scene.do(rulings.unblind, lead, claim_id)
    scene.do(retire, lead, scene.id, interest)
    for name in ("Ann", "Ben"):
        scene.check(scene.reviewers(name)[0])
    with pytest.raises(NotAllowed, match=r"ruling\.conflict"):
        scene.settle(lead, claim_id)


def test_an_interest_follows_who_somebody_was_found_to_be(scene, lead):
    by_other_name = scene.claim(said_by="The minister of health")
    scene.claim(said_by="A minister")
    ann, ben, cem = scene.reviewers("Ann", "Ben", "Cem")
    declared(scene, ann, agent="A minister")
    assert scene.claim_of(scene.take(ann)) == by_other_name
    agents = {row.name: row.public_id for row in scene.rows(Agent)}
    gone, kept = agents["A minister"], agents["The minister of health"]

    scene.do(agent_changes.merge_agents, lead, gone, into=kept)

    [line] = scene.ask(interests, ann, scene.id)
    assert line.agent == "The minister of health"
    # What Ann had in hand of the two, that are one now, went back.
    assert scene.take(ann) is None
    assert {scene.claim_of(scene.take(one)) for one in (ben, cem)} == {by_other_name}
    # Declared under the old name it is the same interest.
    assert declared(scene, ann, agent="A minister") == line.public_id


def test_a_lead_cannot_give_such_a_claim_by_hand(scene, lead):
    claim_id = tagged(scene, lead, "Health")
    ann, ben = scene.reviewers("Ann", "Ben")
    declared(scene, ann, tag="Health")
    with pytest.raises(Exception, match=r"review\.had-before"):
        scene.do(lending.assign, lead, claim_id, person=ann)
    shares = scene.do(share_out, lead, scene.id, [claim_id], people=[ann, ben])
    assert (shares.number(ann), shares.number(ben)) == (0, 1)
    assert shares.left == ((claim_id, "sharing.nobody"),)
