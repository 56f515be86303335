"""How many checks claims want can be changed, and nothing is taken out of anybody's hands."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid
from app.domain.words import BarReason, ClaimState, Decides, ExtraReason, GoldUse, Role, SkipReason
from app.storage.projects import by_id
from app.storage.settling import waiting_list
from app.storage.tables import Bar, Claim, ExtraCheck, GoldAnswer, Label, Project, Review
from app.workflow import claims, reviews
from app.workflow.bulk import want_many
from app.workflow.claims import PickValues
from app.workflow.projects import ProjectChanges, change_project
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2, settles_itself=False)


def want(scene, wanted, **values):
    """The lead saves the settings with another number."""
    project = scene.ask(by_id, scene.id)
    names = ProjectChanges.__dataclass_fields__.keys() - {"source_labels"}
    kept = {name: getattr(project, name) for name in names}
    changes = ProjectChanges(
        source_labels=frozenset(), **{**kept, "reviews_wanted": wanted, **values}
    )
    scene.do(change_project, CONSOLE, scene.id, values=changes)


def numbers(scene, claim_id):
    """Done, wanted and free."""
    entry = scene.round_of(claim_id)
    return entry.reviews_done, entry.reviews_wanted, scene.claim_row(claim_id).slots_free


def test_more_are_wanted_of_every_claim_and_of_those_to_come(scene):
    begun, new = scene.claim(), scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    scene.check(ann)
    scene.take(ben)

    want(scene, 3)

    assert numbers(scene, begun) == (1, 3, 1)
    # Ann was lent the second one meanwhile.
    assert numbers(scene, new) == (0, 3, 2)
    assert numbers(scene, scene.claim()) == (0, 3, 3)
    assert scene.ask(by_id, scene.id).reviews_wanted == 3
    [event] = scene.events("project.manage")
    assert (event.details["wanted"], event.details["claims"]) == (3, 2)


def test_fewer_are_wanted_but_what_is_in_hand_may_be_finished(scene):
    want(scene, 3)
    held, done = scene.claim(), scene.claim()
    people = scene.reviewers("Ann", "Ben", "Cem")
    for person in people:
        scene.take(person)
    scene.check(people[0])
    scene.check(people[0])

    want(scene, 1)

    # Three have the first one: one gave a check, two are at it.
    assert numbers(scene, held) == (1, 3, 0)
    assert numbers(scene, done) == (1, 1, 0)
    for person in people[1:]:
        assert scene.claim_of(scene.check(person)) == held
    assert numbers(scene, held) == (3, 3, 0)


def test_what_is_complete_then_waits_to_be_settled_by_a_person(scene):
    claim_id = scene.claim()
    [ann] = scene.reviewers("Ann")
    lead = scene.person("Lea", *LEADS)
    scene.check(ann)

    want(scene, 1)

    assert scene.claim_row(claim_id).state is ClaimState.OPEN
    assert [one.claim.public_id for one in scene.ask(waiting_list, lead, scene.id).claims] == [
        claim_id
    ]
    scene.settle(lead, claim_id)
    assert scene.claim_row(claim_id).state is ClaimState.SETTLED


def test_who_could_have_seen_a_complete_claim_does_not_give_the_check_that_is_added(scene):
    complete, half = scene.claim(), scene.claim()
    ann, ben, cem = scene.reviewers("Ann", "Ben", "Cem")
    lead = scene.person("Lea", Role.EDITOR, Role.REVIEWER)
    both = scene.person("Bo", *LEADS, Role.REVIEWER)
    admin = scene.person("Ada", admin=True)
    scene.check(ann)
    # Who leads and gave a check has a place in it: nothing bars them from what they wrote.
    scene.check(both)
    scene.do(reviews.skip, ann, scene.take(ann), reason=SkipReason.OUTSIDE_FIELD)

    want(scene, 3)

    key = scene.claim_row(complete).key
    bars = {(row.claim_id, row.person_id, row.reason) for row in scene.rows(Bar)}
    assert bars == {(key, who.person, BarReason.UNBLINDED) for who in (lead, admin)}
    assert scene.claim_of(scene.take(lead)) == half
    assert scene.claim_of(scene.take(ben)) == complete
    assert scene.claim_of(scene.take(cem)) == half


def test_extra_checks_stay_on_top(scene):
    want(scene, 2, extra_on_difference=True)
    claim_id = scene.claim()
    ann, ben, _cem, _dora = scene.reviewers("Ann", "Ben", "Cem", "Dora")
    scene.check(ann, "true")
    scene.check(ben, "false")
    assert [row.reason for row in scene.rows(ExtraCheck)] == [ExtraReason.DIFFERENCE]

    want(scene, 3)
    assert numbers(scene, claim_id) == (2, 4, 2)
    want(scene, 1)
    assert numbers(scene, claim_id) == (2, 2, 0)


def test_settled_and_dropped_claims_and_those_with_a_known_answer_are_left_alone(scene):
    settled, dropped, known = scene.claim(), scene.claim(), scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    lead = scene.person("Lea", *LEADS)
    for person in (ann, ben):
        scene.check(person)
    scene.settle(lead, settled)
    with scene.database.write() as session:
        key = scene.claim_row(known).key
        label = scene.rows(Label)[0].key
        values = {"project_id": scene.id, "claim_id": key, "content_label_id": label}
        session.add(GoldAnswer(use=GoldUse.GOLD, **values))
    scene.do(claims.drop, lead, dropped)
    was = numbers(scene, known)

    want(scene, 5)
    scene.do(want_many, lead, scene.id, [known, settled], wanted=4)

    assert numbers(scene, settled) == (2, 2, 0)
    assert numbers(scene, dropped)[2] == 0
    assert numbers(scene, known) == was
    scene.do(claims.pick, lead, dropped, values=PickValues())
    assert numbers(scene, dropped)[1:] == (5, 5)


def test_of_chosen_claims_alone(scene):
    first, second, dropped = scene.claim(), scene.claim(), scene.claim()
    lead = scene.person("Lea", Role.EDITOR)
    scene.do(claims.drop, lead, dropped)

    outcome = scene.do(want_many, lead, scene.id, [first, dropped], wanted=4)

    assert (outcome.done, outcome.left) == (1, ((dropped, "review.claim-closed"),))
    assert [numbers(scene, one)[1] for one in (first, second)] == [4, 2]
    [event] = scene.events("claim.want")
    assert (event.thing, event.details) == (first, {"wanted": 4})


@pytest.mark.parametrize("wanted", [0, 21])
def test_a_number_out_of_its_range_is_refused(scene, wanted):
    claim_id, lead = scene.claim(), scene.person("Lea", Role.EDITOR)
    with pytest.raises(Invalid, match=r"project\.reviews"):
        want(scene, wanted)
    with pytest.raises(Invalid, match=r"project\.reviews"):
        scene.do(want_many, lead, scene.id, [claim_id], wanted=wanted)
    assert numbers(scene, claim_id)[1] == 2


def test_where_one_signs_off_there_is_one_check_whatever_is_asked_for(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    claim_id, lead = scene.claim(), scene.person("Lea", Role.EDITOR)
    want(scene, 3, extra_first=4)
    assert (scene.ask(by_id, scene.id).reviews_wanted, numbers(scene, claim_id)) == (1, (0, 1, 1))
    assert scene.ask(by_id, scene.id).extra_first == 0
    with pytest.raises(Invalid, match=r"project\.one-check"):
        scene.do(want_many, lead, scene.id, [claim_id], wanted=2)


def test_it_takes_the_same_few_statements_however_many_claims_there_are(scene, queries):
    def statements():
        with queries(scene.database) as counted:
            want(scene, scene.ask(by_id, scene.id).reviews_wanted + 1)
        return len(counted)

    scene.claim()
    few = statements()
    with scene.database.write() as session:
        rows = [Claim(project_id=scene.id, text=f"Fact {n}") for n in range(300)]
        session.add_all(rows)
    for row in scene.rows(Claim, Claim.state == ClaimState.CANDIDATE)[:20]:
        scene.do(claims.pick, CONSOLE, row.public_id, values=PickValues())
    assert statements() == few
    assert {row.slots_free for row in scene.rows(Claim, Claim.state == ClaimState.OPEN)} == {4}
    assert not scene.rows(Review)
    assert scene.rows(Project)[0].reviews_wanted == 4
