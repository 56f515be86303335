"""A verdict that does not meet a rule of its project is given with a written reason, or waits."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed, Stale
from app.domain.evidence_words import (
    GateLevel,
    GateProfile,
    GateRule,
)
from app.domain.words import (
    DecidedBy,
    Role,
)
from app.storage import gates as questions
from app.storage.projects import by_id
from app.storage.tables import (
    GateOverride,
    GateSetting,
)
from app.workflow import gates
from tests.cases import in_turn
from tests.gates import SO, TWO, UNMET, WHY, checked, overrides, ruled, sources
from tests.scenes import LEADS
from tests.work import counted


@pytest.fixture
def scene(database):
    """One checks, another signs off."""
    return ruled(database)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


def test_a_verdict_that_meets_the_rules_is_given_without_a_word(scene, lead):
    claim_id = checked(scene, sources(2))

    scene.settle(lead, claim_id)

    assert scene.rulings_of(claim_id)[0].decided_by is DecidedBy.SIGNOFF
    assert overrides(scene, claim_id) == []
    assert scene.events("gate.override") == []


def test_an_unmet_rule_stops_a_verdict_names_its_numbers_and_changes_nothing(scene, lead):
    claim_id = checked(scene, sources(1))
    before = scene.state()

    with pytest.raises(Invalid) as refusal:
        scene.settle(lead, claim_id)

    assert (refusal.value.code, refusal.value.values["field"]) == ("gate.unmet", "gate_reason")
    [line] = refusal.value.values["unmet"]
    assert (line.rule, line.question, line.found, line.wanted) == UNMET
    assert scene.state() == before


@pytest.mark.parametrize("blank", ["", "  \n "])
def test_a_reason_of_blanks_is_none(scene, lead, blank):
    claim_id = checked(scene, sources(1))

    with pytest.raises(Invalid, match=r"gate\.unmet"):
        scene.settle(lead, claim_id, gate_reason=blank)


def test_a_reason_is_as_long_as_other_texts_at_most(scene, lead):
    claim_id = checked(scene, sources(1))

    with pytest.raises(Invalid, match=r"review\.long"):
        scene.settle(lead, claim_id, gate_reason="x" * (gates.MAX_REASON + 1))


def test_with_a_reason_it_is_given_and_the_reason_is_kept_by_rule(scene, lead):
    claim_id = checked(scene, sources(1))

    scene.settle(lead, claim_id, gate_reason=f" {WHY} ")

    assert overrides(scene, claim_id) == [(1, *UNMET)]
    [kept] = scene.ask(questions.overrides_of, scene.claim_row(claim_id).key)
    assert (kept.reason, kept.by_name) == (WHY, "Lea")


def test_the_event_of_it_holds_codes_and_no_words(scene, lead):
    claim_id = checked(scene, sources(1))

    scene.settle(lead, claim_id, gate_reason=WHY)

    [event] = scene.events("gate.override")
    assert event.details == {"version": 1, "rules": ["origins/so"]}
    assert (event.thing, event.actor_id) == (claim_id, lead.person_id)


def test_sent_twice_it_is_once_and_with_another_reason_it_is_stale(scene, lead):
    claim_id = checked(scene, sources(1))
    scene.settle(lead, claim_id, gate_reason=WHY)
    before = scene.state()

    scene.settle(lead, claim_id, gate_reason=WHY)
    with pytest.raises(Stale):
        scene.settle(lead, claim_id, gate_reason="Another one.")

    assert scene.state() == before


def test_each_unmet_rule_has_a_row_of_its_own(database):
    scene = ruled(database, profile=GateProfile.IFCN)
    claim_id = checked(scene, sources(1))

    scene.settle(scene.person("Lea", *LEADS), claim_id, gate_reason=WHY)

    assert overrides(scene, claim_id) == [(1, *UNMET), (1, GateRule.DETAIL, SO, 0, 1)]


def test_what_is_only_told_stops_nothing(scene, lead):
    values = {(GateRule.ORIGINS, SO): (GateLevel.WARN, 2)}
    scene.do(gates.change_rules, CONSOLE, scene.id, values=values)
    claim_id = checked(scene, {})

    scene.settle(lead, claim_id)

    assert overrides(scene, claim_id) == []


def test_without_a_profile_nothing_is_asked_and_no_table_of_rules_is_read(database):
    scene = ruled(database, profile=GateProfile.NONE)
    lead, ann = scene.person("Lea", *LEADS), scene.person("Ann", Role.REVIEWER)
    claim_id = scene.claim()
    review_id = scene.take(ann)

    with counted(scene.database) as submitting:
        scene.submit(ann, review_id)
    with counted(scene.database) as settling:
        scene.settle(lead, claim_id)

    rules, facts = ("gate_setting", "gate_override"), ("JOIN source", "FROM reply", "quote_place")
    assert [one for one in (*submitting, *settling) for table in rules if table in one] == []
    assert [one for one in settling for table in facts if table in one] == []
    assert scene.rulings_of(claim_id) != []


# The rules of a project


def test_a_changed_rule_is_kept_and_one_as_the_profile_has_it_is_not(scene):
    values = {
        (GateRule.ORIGINS, SO): (GateLevel.BLOCK, 3),
        (GateRule.PRIMARY, SO): (GateLevel.WARN, 1),
    }
    for _ in range(2):
        scene.do(gates.change_rules, CONSOLE, scene.id, values=values)

    [row] = scene.rows(GateSetting)
    assert (row.rule, row.question, row.level, row.wanted) == (
        *next(iter(values)),
        GateLevel.BLOCK,
        3,
    )
    assert [event.details for event in scene.events("gate.set")][1:] == [
        {"profile": "efcsn", "changed": ["origins/so"]}
    ]


def test_setting_them_back_or_choosing_another_profile_leaves_nothing_changed(scene):
    scene.do(gates.change_rules, CONSOLE, scene.id, values={**TWO, **PRIMARY})
    assert scene.rows(GateSetting) != []
    scene.do(gates.change_rules, CONSOLE, scene.id, values={})
    assert scene.rows(GateSetting) == []

    scene.do(gates.change_rules, CONSOLE, scene.id, values=PRIMARY)
    scene.do(gates.choose_profile, CONSOLE, scene.id, profile=GateProfile.IFCN)
    scene.do(gates.choose_profile, CONSOLE, scene.id, profile=GateProfile.IFCN)

    assert scene.rows(GateSetting) == []
    assert len(scene.events("gate.set")) == 5


PRIMARY = {(GateRule.PRIMARY, SO): (GateLevel.BLOCK, 1)}


@in_turn("wanted", [None, 0, 21, -1])
def test_a_number_out_of_range_is_refused_and_changes_nothing(scene, wanted):
    before = scene.state()
    values = {(GateRule.ORIGINS, SO): (GateLevel.BLOCK, wanted)}

    with pytest.raises(Invalid) as refusal:
        scene.do(gates.change_rules, CONSOLE, scene.id, values=values)

    assert refusal.value.values["field"] == "origins-so-wanted"
    assert scene.state() == before


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.VIEWER, Role.ADJUDICATOR])
def test_only_who_runs_the_project_sets_its_rules(scene, role):
    somebody = scene.person("Sam", role)

    with pytest.raises(NotAllowed):
        scene.do(gates.choose_profile, somebody, scene.id, profile=GateProfile.NONE)
    with pytest.raises(NotAllowed):
        scene.do(gates.change_rules, somebody, scene.id, values={})


def test_a_stranger_does_not_learn_that_the_project_is_there(scene):
    with pytest.raises(Missing):
        scene.do(gates.choose_profile, scene.person("Sue"), scene.id, profile=GateProfile.NONE)


def test_a_changed_rule_touches_no_verdict_that_stands_and_tells_how_many_it_would(scene, lead):
    for number in (1, 2, 3):
        claim_id = checked(scene, sources(number))
        scene.settle(lead, claim_id, gate_reason=WHY if number == 1 else "")
    before = scene.rows(GateOverride)

    values = {(GateRule.ORIGINS, SO): (GateLevel.BLOCK, 3)}
    scene.do(gates.change_rules, CONSOLE, scene.id, values=values)

    held = scene.ask(questions.held_now, scene.ask(by_id, scene.id))
    assert (held.asked, held.unmet) == (3, 2)
    assert scene.rows(GateOverride) == before
