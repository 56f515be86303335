"""Rules where nobody signs off: who works alone, many at once, later rounds, one verdict for several."""

from dataclasses import replace

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Stale
from app.domain.evidence_words import (
    GateLevel,
    GateProfile,
    GateRule,
)
from app.domain.ids import now
from app.domain.words import (
    ClaimState,
    CorrectionKind,
    DecidedBy,
    Decides,
    Role,
    RoundKind,
)
from app.storage import gates as questions
from app.storage import unanimous as waiting
from app.storage.projects import by_id
from app.workflow import corrections, covering, gates, groups, unanimous
from app.workflow.corrections import CorrectionValues
from app.workflow.rounds import Choice, RoundValues, open_round
from tests.gates import (
    SAID,
    UNMET,
    WHY,
    checked,
    overrides,
    ruled,
    source,
    sources,
)
from tests.scenes import LEADS


@pytest.fixture
def scene(database):
    """One checks, another signs off."""
    return ruled(database)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


# Who works alone


def test_who_works_alone_writes_the_reason_with_the_check(database):
    scene = ruled(database, Decides.SINGLE)
    ann = scene.person("Ann", Role.REVIEWER)
    claim_id = scene.claim()
    review_id = scene.take(ann)
    before = scene.state()

    with pytest.raises(Invalid, match=r"gate\.unmet"):
        scene.submit(ann, review_id, **sources(1))
    assert scene.state() == before

    scene.submit(ann, review_id, form_key="k", gate_reason=WHY, **sources(1))
    assert overrides(scene, claim_id) == [(1, *UNMET)]
    assert scene.rulings_of(claim_id)[0].decided_by is DecidedBy.SINGLE


def test_a_check_with_its_reason_sent_twice_is_once(database):
    scene = ruled(database, Decides.SINGLE)
    ann = scene.person("Ann", Role.REVIEWER)
    scene.claim()
    review_id = scene.take(ann)
    scene.submit(ann, review_id, form_key="k", gate_reason=WHY, **sources(1))
    before = scene.state()

    scene.submit(ann, review_id, form_key="k", gate_reason=WHY, **sources(1))
    with pytest.raises(Stale):
        scene.submit(ann, review_id, form_key="k", gate_reason="Another.", **sources(1))

    assert scene.state() == before


# Several, each on their own


def test_checks_that_agree_wait_for_a_person_where_a_rule_is_not_met(database):
    scene = ruled(database, Decides.INDEPENDENT)
    lead = scene.person("Lea", *LEADS)

    claim_id = checked(scene, sources(1), sources(1))

    assert scene.claim_row(claim_id).state is ClaimState.OPEN
    assert scene.round_of(claim_id).reviews_done == 2
    scene.settle(lead, claim_id, gate_reason=WHY)
    assert scene.rulings_of(claim_id)[0].decided_by is DecidedBy.AGREEMENT
    assert overrides(scene, claim_id) == [(1, *UNMET)]


def test_checks_that_agree_and_meet_the_rules_together_settle_by_themselves(database):
    scene = ruled(database, Decides.INDEPENDENT)

    claim_id = checked(scene, {"sources": (source(1),)}, {"sources": (source(2),)})

    assert scene.claim_row(claim_id).state is ClaimState.SETTLED


def test_one_check_of_a_project_of_several_waits_as_well(database):
    scene = ruled(database, Decides.INDEPENDENT, wanted=1)

    claim_id = checked(scene, sources(1))

    assert scene.claim_row(claim_id).state is ClaimState.OPEN


def test_claims_that_do_not_meet_a_rule_are_not_accepted_together(database):
    scene = ruled(database, Decides.INDEPENDENT, settles_itself=False)
    lead = scene.person("Lea", *LEADS)
    first = checked(scene, sources(1), sources(1))
    second = checked(scene, sources(2), sources(2))
    found = scene.ask(unanimous.acceptable, lead, scene.id, until=now())

    done = scene.do(unanimous.accept_unanimous, lead, scene.id, until=now(), number=1)

    assert (len(found.keys), found.held) == (1, 1)
    assert (done.done, done.left, done.held) == (1, 1, 1)
    states = [scene.claim_row(name).state for name in (first, second)]
    assert states == [ClaimState.OPEN, ClaimState.SETTLED]


def test_claims_that_are_passed_over_do_not_stand_in_the_way_of_those_behind(database):
    scene = ruled(database, Decides.INDEPENDENT, settles_itself=False)
    lead = scene.person("Lea", *LEADS)
    for number in (1, 1, 1, 2):
        checked(scene, sources(number), sources(number))

    found = scene.ask(unanimous.acceptable, lead, scene.id, until=now(), limit=1)

    assert (len(found.keys), found.held) == (1, 3)
    assert scene.ask(waiting.number_unanimous, lead, scene.id) == 4


# Later rounds and corrections


def again(scene, claim_id):
    """The claim goes into a round in which one more person answers from its sources alone."""
    values = RoundValues(
        kind=RoundKind.EVIDENCE_ONLY,
        reason="A look back.",
        reviews_wanted=1,
        choice=Choice(claim=claim_id, people_come=True),
    )
    scene.do(open_round, CONSOLE, scene.id, values=values)


def test_a_verdict_is_not_confirmed_by_itself_where_a_rule_is_not_met(database):
    scene = ruled(database, Decides.INDEPENDENT, profile=GateProfile.NONE)
    lead = scene.person("Lea", *LEADS)
    claim_id = checked(scene, sources(1), sources(1))
    scene.do(gates.choose_profile, CONSOLE, scene.id, profile=GateProfile.EFCSN)
    again(scene, claim_id)

    checked(scene, {}, claim_id=claim_id, name="Z")
    assert scene.claim_row(claim_id).state is ClaimState.OPEN
    with pytest.raises(Invalid, match=r"gate\.unmet"):
        scene.settle(lead, claim_id)
    scene.settle(lead, claim_id, gate_reason=WHY)

    assert scene.claim_row(claim_id).state is ClaimState.SETTLED
    assert len(scene.rulings_of(claim_id)) == 1
    assert overrides(scene, claim_id) == [(1, *UNMET)]


def test_what_was_written_of_a_verdict_holds_when_it_is_confirmed(database):
    scene = ruled(database, Decides.INDEPENDENT)
    lead = scene.person("Lea", *LEADS)
    claim_id = checked(scene, sources(1), sources(1))
    scene.settle(lead, claim_id, gate_reason=WHY)
    again(scene, claim_id)

    checked(scene, {}, claim_id=claim_id, name="Z")

    assert scene.claim_row(claim_id).state is ClaimState.SETTLED
    assert overrides(scene, claim_id) == [(1, *UNMET)]


def correction(**values):
    usual = {
        "verdict": "true",
        "kind": CorrectionKind.SUBSTANTIAL,
        "public_note": "We were wrong.",
        "base_version": 1,
    }
    return CorrectionValues(**usual | values)


def test_a_correction_is_held_against_the_rules_too(scene, lead):
    claim_id = checked(scene, sources(1))
    scene.settle(lead, claim_id, gate_reason=WHY)

    with pytest.raises(Invalid, match=r"gate\.unmet"):
        scene.do(corrections.correct_ruling, lead, claim_id, values=correction())
    values = correction(gate_reason=WHY)
    for _ in range(2):
        assert scene.do(corrections.correct_ruling, lead, claim_id, values=values) == 2

    assert overrides(scene, claim_id) == [(1, *UNMET), (2, *UNMET)]
    other = replace(values, gate_reason="Another one.")
    with pytest.raises(Stale):
        scene.do(corrections.correct_ruling, lead, claim_id, values=other)


# One verdict for the same statement


def same(scene, lead, number):
    """Two claims of one statement, the first settled with so many sources."""
    first = checked(scene, sources(number))
    second = scene.claim(said_by="A minister")
    scene.do(groups.say_the_same, CONSOLE, first, other_id=second)
    scene.settle(lead, first, gate_reason=WHY if number < 2 else "")
    return first, second


def test_the_evidence_of_a_claim_counts_for_those_that_its_verdict_covers(scene, lead):
    values = {(GateRule.ORIGINS, SAID): (GateLevel.OFF, 1)}
    scene.do(gates.change_rules, CONSOLE, scene.id, values=values)
    first, second = same(scene, lead, 2)

    scene.do(covering.cover, lead, first, answers={second: "confirmed"})

    assert overrides(scene, second) == []
    assert scene.ask(questions.held_now, scene.ask(by_id, scene.id)).unmet == 0


def test_that_one_was_said_shows_nothing_of_the_other(scene, lead):
    first, second = same(scene, lead, 2)
    before = scene.state()

    with pytest.raises(Invalid) as refusal:
        scene.do(covering.cover, lead, first, answers={second: "confirmed"})
    assert refusal.value.values["field"] == f"cover-{second}"
    assert scene.state() == before

    scene.do(covering.cover, lead, first, answers={second: "confirmed"}, gate_reason=WHY)
    assert overrides(scene, second) == [(1, GateRule.ORIGINS, SAID, 0, 1)]
