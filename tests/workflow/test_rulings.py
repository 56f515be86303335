"""Deciding a verdict: by agreement, by sign-off, by a person, by one person alone."""

import pytest

from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.words import ClaimState, DecidedBy, Decides, Role
from app.storage import settling
from app.storage.rulings import rulings_of
from app.storage.tables import Hop
from app.workflow import claims, rulings
from app.workflow.rulings import MAX_SHORT_TEXT, MAX_TEXT
from app.workflow.versions import SightingValues
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    """Two blind checks of each claim."""
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


@pytest.fixture
def pair(scene):
    return scene.reviewers("Ann", "Ben")


def given(scene, claim_id, *answers):
    """A claim whose checks gave these answers, by as many people."""
    for number, said_so in enumerate(answers):
        values = {"verdict": said_so} if isinstance(said_so, str) else said_so
        somebody = scene.person(f"R{claim_id}{number}", Role.REVIEWER)
        assert scene.claim_of(scene.take(somebody)) == claim_id
        scene.submit(somebody, scene.take(somebody), **values)
    return claim_id


def said(verdict, attribution="confirmed", **values):
    return {"verdict": verdict, "attribution_verdict": attribution, **values}


def test_checks_that_agree_settle_the_claim_by_themselves(scene, pair):
    claim_id = given(scene, scene.claim(), "false", "false")
    [ruling] = scene.rulings_of(claim_id)
    assert ruling.decided_by is DecidedBy.AGREEMENT
    assert ruling.decided_by_id is None
    assert scene.claim_row(claim_id).state is ClaimState.SETTLED
    assert scene.round_of(claim_id).settled_at is not None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (said("false"), said("true")),
        (said("false"), said("false", "misquoted")),
        (said("unproven"), said("not-a-claim")),
    ],
    ids=["content", "attribution", "off the scale"],
)
def test_checks_that_differ_in_either_verdict_wait_for_a_person(scene, lead, first, second):
    claim_id = given(scene, scene.claim(said_by="A minister"), first, second)
    assert scene.claim_row(claim_id).state is ClaimState.OPEN
    waiting = scene.ask(settling.waiting_list, lead, scene.id).claims
    assert [line.claim.public_id for line in waiting] == [claim_id]


def test_a_project_that_does_not_settle_itself_leaves_even_agreement_to_a_person(database):
    scene = Scene(database, reviews_wanted=2, settles_itself=False)
    lead = scene.person("Lea", *LEADS)
    claim_id = given(scene, scene.claim(), "false", "false")
    assert scene.rulings_of(claim_id) == []
    scene.settle(lead, claim_id, "false")
    assert scene.rulings_of(claim_id)[0].decided_by is DecidedBy.AGREEMENT


@pytest.mark.parametrize("decides", [Decides.INDEPENDENT, Decides.SINGLE])
def test_one_check_alone_is_marked_as_decided_by_one_person(database, decides):
    scene = Scene(database, decides=decides, reviews_wanted=1, settles_itself=False)
    [ann] = scene.reviewers("Ann")
    claim_id = scene.claim()
    scene.check(ann, "half-true")
    [ruling] = scene.rulings_of(claim_id)
    assert (ruling.decided_by, ruling.decided_by_id) == (DecidedBy.SINGLE, ann.person)


def test_a_sign_off_is_by_a_second_person(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    both = scene.person("Bo", *LEADS, Role.REVIEWER)
    claim_id = scene.claim()
    scene.check(both)
    before = scene.state()
    with pytest.raises(NotAllowed, match=r"ruling\.own-check"):
        scene.settle(both, claim_id)
    assert scene.state() == before
    assert scene.ask(settling.waiting_list, both, scene.id).claims == []
    lead = scene.person("Lea", *LEADS)
    scene.settle(lead, claim_id, conclusion=" It is not so. ", short_text="Not so")
    [ruling] = scene.rulings_of(claim_id)
    assert (ruling.decided_by, ruling.decided_by_id) == (DecidedBy.SIGNOFF, lead.person)
    assert (ruling.conclusion, ruling.short_text) == ("It is not so.", "Not so")


def test_a_person_who_settles_what_differs_leaves_the_dissent_on_record(scene, lead):
    claim_id = given(scene, scene.claim(), "false", "true")
    scene.settle(lead, claim_id, "false", conclusion="So.")
    [ruling] = scene.rulings_of(claim_id)
    assert ruling.decided_by is DecidedBy.ADJUDICATION
    [record] = scene.ask(rulings_of, scene.claim_row(claim_id).key)
    assert record.dissent == (("True", 1),)
    assert record.agreement == 0.0
    assert record.decided_by_name == "Lea"


def test_overruling_everybody_asks_for_a_reason(scene, lead):
    claim_id = given(scene, scene.claim(), "false", "true")
    before = scene.state()
    with pytest.raises(Invalid) as refusal:
        scene.settle(lead, claim_id, "half-true")
    assert refusal.value.values["field"] == "reason"
    assert scene.state() == before
    scene.settle(lead, claim_id, "half-true", reason="Both missed the year.")


def test_a_pair_that_nobody_gave_overrules_everybody(scene, lead):
    claim_id = given(
        scene, scene.claim(said_by="A minister"), said("false"), said("true", "misquoted")
    )
    with pytest.raises(Invalid, match=r"ruling\.reason"):
        scene.settle(lead, claim_id, "false", attribution_verdict="misquoted")
    scene.settle(lead, claim_id, "true", attribution_verdict="misquoted")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"verdict": ""}, "verdict"),
        ({"verdict": "confirmed"}, "verdict"),
        ({"attribution_verdict": None}, "attribution_verdict"),
        ({"attribution_verdict": "false"}, "attribution_verdict"),
        ({"short_text": "x" * (MAX_SHORT_TEXT + 1)}, "short_text"),
        ({"conclusion": "x" * (MAX_TEXT + 1)}, "conclusion"),
    ],
)
def test_a_ruling_that_cannot_be_is_refused_and_nothing_is_written(scene, lead, values, field):
    claim_id = given(scene, scene.claim(said_by="A minister"), said("false"), said("true"))
    before = scene.state()
    with pytest.raises(Invalid) as refusal:
        scene.settle(lead, claim_id, **{**said("false"), **values})
    assert refusal.value.values["field"] == field
    assert scene.state() == before


def test_seventy_five_characters_are_counted_as_a_reader_counts_them(scene, lead):
    claim_id = given(scene, scene.claim(), "false", "true")
    scene.settle(lead, claim_id, "false", short_text="€" * MAX_SHORT_TEXT)
    assert scene.rulings_of(claim_id)[0].short_text == "€" * MAX_SHORT_TEXT


def test_the_same_ruling_sent_twice_is_one(scene, lead):
    claim_id = given(scene, scene.claim(said_by="A minister"), said("false"), said("true"))
    values = said("false", conclusion="So.", short_text="So")
    scene.settle(lead, claim_id, **values)
    before = scene.state()
    scene.settle(lead, claim_id, **values)
    assert scene.state() == before


@pytest.mark.parametrize(
    "other",
    [{"verdict": "true"}, {"attribution_verdict": "misquoted"}, {"conclusion": "No."}],
)
def test_another_ruling_on_a_settled_claim_is_stale(scene, lead, other):
    claim_id = given(scene, scene.claim(said_by="A minister"), said("false"), said("true"))
    values = said("false", conclusion="So.")
    scene.settle(lead, claim_id, **values)
    before = scene.state()
    with pytest.raises(Stale):
        scene.settle(lead, claim_id, **{**values, **other})
    second = scene.person("Lou", *LEADS)
    with pytest.raises(Stale):
        scene.settle(second, claim_id, **values)
    assert scene.state() == before


def test_a_claim_is_not_settled_before_all_its_checks_are_in(scene, lead):
    claim_id = given(scene, scene.claim(), "false")
    before = scene.state()
    with pytest.raises(WrongState) as refusal:
        scene.settle(lead, claim_id)
    assert (refusal.value.values["done"], refusal.value.values["wanted"]) == (1, 2)
    assert scene.state() == before
    scene.do(claims.drop, lead, claim_id)
    with pytest.raises(WrongState):
        scene.settle(lead, claim_id)


def test_only_those_who_settle_settle(scene, pair):
    claim_id = given(scene, scene.claim(), "false", "true")
    before = scene.state()
    for somebody in (pair[0], scene.person("Vera", Role.VIEWER)):
        with pytest.raises(NotAllowed):
            scene.settle(somebody, claim_id)
    with pytest.raises(Missing):
        scene.settle(scene.person("Sam"), claim_id)
    lead = scene.person("Lea", *LEADS)
    with pytest.raises(Missing):
        scene.settle(lead, "aaaaaaaaaaaa")
    assert scene.state() == before


def test_whoever_could_still_check_blind_does_not_settle(scene):
    both = scene.person("Bo", *LEADS, Role.REVIEWER)
    claim_id = given(scene, scene.claim(), "false")
    with pytest.raises(NotAllowed, match=r"ruling\.blind"):
        scene.settle(both, claim_id)


def test_what_a_check_saw_of_the_chain_becomes_a_fact_of_the_claim(scene, lead):
    claim_id = scene.claim(said_by="A minister")
    hop = scene.rows(Hop)[0].key
    seen = SightingValues(hop_id=hop, url="https://example.org/speech", said_on="2025-09-04")
    given(scene, claim_id, said("false", sightings=(seen,)), said("true"))
    scene.settle(lead, claim_id, **said("false"))
    row = scene.rows(Hop)[0]
    assert (row.is_seen, row.url, row.said_on) == (True, seen.url, "2025-09-04")


def test_the_most_disputed_claim_waits_first(scene, lead):
    near = given(scene, scene.claim(), "true", "mostly-true")
    off = given(scene, scene.claim(), "true", "unproven")
    far = given(scene, scene.claim(), "true", "false")
    due = given(scene, scene.claim(), "mostly-true", "true")
    scene.change(type(scene.claim_row(due)), due, priority=3)
    waiting = scene.ask(settling.waiting_list, lead, scene.id).claims
    assert [line.claim.public_id for line in waiting] == [far, off, due, near]
    assert [label.name for label in waiting[0].content] == ["True", "False"]
    assert scene.ask(settling.next_to_settle, lead, scene.id) == far


def test_nothing_waits_for_those_who_do_not_settle(scene, pair):
    given(scene, scene.claim(), "true", "false")
    for somebody in (pair[0], scene.person("Sam")):
        assert scene.ask(settling.waiting_list, somebody, scene.id).claims == []


def test_what_somebody_checked_waits_for_others(scene, lead):
    both = scene.person("Bo", *LEADS, Role.REVIEWER)
    claim_id = scene.claim()
    scene.check(both, "true")
    given(scene, claim_id, "false")
    assert scene.ask(settling.waiting_list, both, scene.id).claims == []
    assert scene.ask(settling.next_to_settle, lead, scene.id) == claim_id


def test_unblinding_is_an_event_and_bars_from_checking(scene):
    both = scene.person("Bo", *LEADS, Role.REVIEWER)
    claim_id = scene.claim()
    review_id = scene.take(both)
    scene.do(rulings.unblind, both, claim_id)
    assert [e.thing for e in scene.events("claim.unblind")] == [claim_id]
    assert scene.claim_row(claim_id).slots_free == 2
    with pytest.raises(NotAllowed, match=r"review\.barred"):
        scene.submit(both, review_id)
    assert scene.take(both) is None
    given(scene, claim_id, "false", "true")
    scene.settle(both, claim_id, "true")


def test_unblinding_twice_is_unblinding_once_and_needs_a_lead(scene, pair):
    both = scene.person("Bo", *LEADS, Role.REVIEWER)
    claim_id = scene.claim()
    for _ in range(2):
        scene.do(rulings.unblind, both, claim_id)
    assert len(scene.events("claim.unblind")) == 1
    with pytest.raises(NotAllowed):
        scene.do(rulings.unblind, pair[0], claim_id)
    with pytest.raises(Missing):
        scene.do(rulings.unblind, scene.person("Sam"), claim_id)
    with pytest.raises(Missing):
        scene.do(rulings.unblind, both, "aaaaaaaaaaaa")
