"""Whoever may have read the answers of others gives none of their own, whatever they are by now."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import NotAllowed
from app.domain.words import BarReason, Decides, ReviewState, Role, RoundKind
from app.storage.people import actor_of
from app.storage.tables import Bar, Person
from app.workflow import people, reviews, taking_back
from app.workflow.bulk import want_many
from app.workflow.rounds import Choice, RoundValues, open_round
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2, settles_itself=False)


def barred(scene, claim_id):
    """Who may not check a claim for having seen its checks."""
    key = scene.claim_row(claim_id).key
    names = {row.key: row.name for row in scene.rows(Person)}
    rows = scene.rows(Bar, Bar.claim_id == key)
    assert {row.reason for row in rows} <= {BarReason.UNBLINDED}
    return {names[row.person_id] for row in rows}


def named(scene, actor):
    return scene.rows(Person, Person.id == actor.person)[0].public_id


def change(scene, verb, actor, role):
    """A role begins or ends; the person with the roles that they have then."""
    scene.do(verb, CONSOLE, named(scene, actor), project_id=scene.id, role=role)
    return scene.ask(actor_of, named(scene, actor))


def make_admin(scene, actor, *, is_admin=True):
    scene.do(people.set_admin, CONSOLE, named(scene, actor), is_admin=is_admin)
    return scene.ask(actor_of, named(scene, actor))


def complete(scene):
    """A claim that two have checked, and that waits; the checks with it."""
    claim_id = scene.claim()
    pair = scene.reviewers("Ann", "Ben")
    return claim_id, [
        scene.check(who, said) for who, said in zip(pair, ("false", "true"), strict=True)
    ]


def test_a_round_over_a_waiting_claim_bars_who_leads_or_led_and_nobody_else(scene):
    lea, bo = scene.person("Lea", *LEADS), scene.person("Bo", Role.EDITOR, Role.REVIEWER)
    scene.person("Root", admin=True)
    scene.person("Vi", Role.VIEWER)
    [cy] = scene.reviewers("Cy")
    claim_id, _checks = complete(scene)
    bo = change(scene, people.end_role, bo, Role.EDITOR)
    choice = Choice(claim=claim_id, people_come=True)
    values = RoundValues(kind=RoundKind.REOPENED, reason="Once more.", choice=choice)

    scene.do(open_round, lea, scene.id, values=values)

    assert barred(scene, claim_id) == {"Lea", "Bo", "Root"}
    assert scene.take(bo) is None
    assert scene.claim_of(scene.take(cy)) == claim_id


def test_more_checks_of_a_waiting_claim_are_given_by_nobody_who_leads_or_led(scene):
    lea, bo = scene.person("Lea", *LEADS), scene.person("Bo", Role.EDITOR, Role.REVIEWER)
    claim_id, _checks = complete(scene)
    bo = change(scene, people.end_role, bo, Role.EDITOR)

    scene.do(want_many, lea, scene.id, [claim_id], wanted=3)

    assert barred(scene, claim_id) == {"Lea", "Bo"}
    assert scene.take(bo) is None


def test_the_place_of_a_check_that_went_back_is_for_nobody_who_could_see_all(scene):
    lea, bo = scene.person("Lea", *LEADS), scene.person("Bo", Role.EDITOR, Role.REVIEWER)
    claim_id, (first, _second) = complete(scene)
    scene.do(reviews.send_back, lea, first, question="Sure?")
    assert barred(scene, claim_id) == {"Lea", "Bo"}
    scene.do(taking_back.take_back, lea, first)

    assert scene.take(bo) is None
    [cy] = scene.reviewers("Cy")
    assert scene.claim_of(scene.take(cy)) == claim_id


def test_a_check_that_goes_back_before_all_are_in_bars_nobody_who_was_blind(scene):
    lea, bo = scene.person("Lea", *LEADS), scene.person("Bo", Role.EDITOR, Role.REVIEWER)
    claim_id = scene.claim()
    first = scene.check(scene.reviewers("Ann")[0])
    scene.do(reviews.send_back, lea, first, question="Sure?")
    scene.do(taking_back.take_back, lea, first)
    assert barred(scene, claim_id) == set()
    assert scene.claim_of(scene.take(bo)) == claim_id


def test_where_checks_are_open_a_lead_takes_over_what_went_back(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    lea, bo = scene.person("Lea", *LEADS), scene.person("Bo", Role.EDITOR, Role.REVIEWER)
    claim_id = scene.claim()
    first = scene.check(scene.reviewers("Ann")[0])
    scene.do(reviews.send_back, lea, first, question="Sure?")
    scene.do(taking_back.take_back, lea, first)
    assert scene.claim_of(scene.take(bo)) == claim_id


@pytest.mark.parametrize("role", LEADS)
@pytest.mark.parametrize("led_before", [False, True])
def test_who_leads_or_led_and_begins_to_check_gives_no_check_of_what_was_answered(
    scene, role, led_before
):
    jo = scene.person("Jo", role)
    begun = scene.claim()
    scene.check(scene.reviewers("Ann")[0])
    fresh = scene.claim()
    if led_before:
        jo = change(scene, people.end_role, jo, role)

    jo = change(scene, people.add_role, jo, Role.REVIEWER)

    assert (barred(scene, begun), barred(scene, fresh)) == ({"Jo"}, set())
    assert scene.claim_of(scene.take(jo)) == fresh


def test_who_never_led_or_could_check_all_along_is_barred_from_nothing(scene):
    vi, root = scene.person("Vi", Role.VIEWER), scene.person("Root", Role.EDITOR, admin=True)
    both = scene.person("Bo", Role.EDITOR, Role.REVIEWER)
    claim_id = scene.claim()
    scene.check(scene.reviewers("Ann")[0])

    for who in (vi, root, both):
        change(scene, people.add_role, who, Role.REVIEWER)
    change(scene, people.add_role, both, Role.ADJUDICATOR)
    make_admin(scene, both)

    assert barred(scene, claim_id) == set()


def test_a_check_in_hand_from_before_one_led_goes_back(scene):
    [bo] = scene.reviewers("Bo")
    scene.claim()
    held = scene.take(bo)
    bo = change(scene, people.end_role, bo, Role.REVIEWER)
    change(scene, people.add_role, bo, Role.EDITOR)
    scene.check(scene.reviewers("Ann")[0])
    assert scene.review_row(held).slot is not None

    bo = change(scene, people.add_role, bo, Role.REVIEWER)

    assert (scene.review_row(held).state, scene.review_row(held).slot) == (ReviewState.LENT, None)
    with pytest.raises(NotAllowed, match=r"review\.barred"):
        scene.submit(bo, held)


def test_a_lead_who_becomes_admin_gives_no_check_of_what_was_answered(scene):
    jo = scene.person("Jo", Role.ADJUDICATOR)
    claim_id = scene.claim()
    scene.check(scene.reviewers("Ann")[0])
    other = scene.person("Al", Role.VIEWER)

    jo, other = make_admin(scene, jo), make_admin(scene, other)

    assert barred(scene, claim_id) == {"Jo"}
    assert scene.take(jo) is None
    assert scene.claim_of(scene.take(other)) == claim_id


def test_who_was_admin_gives_no_check_of_what_was_complete_then(scene):
    lea = scene.person("Lea", *LEADS)
    scene.person("Root", admin=True)
    bo = scene.person("Bo", Role.REVIEWER, admin=True)
    waits, _checks = complete(scene)
    begun = scene.claim()
    scene.check(actor_named(scene, "Ann"))

    bo = make_admin(scene, bo, is_admin=False)

    assert (barred(scene, waits), barred(scene, begun)) == ({"Bo"}, set())
    scene.do(want_many, lea, scene.id, [waits], wanted=3)
    assert [scene.claim_of(scene.check(bo)), scene.take(bo)] == [begun, None]


def actor_named(scene, name):
    return scene.ask(actor_of, scene.rows(Person, Person.name == name)[0].public_id)
