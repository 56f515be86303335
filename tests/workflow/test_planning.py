"""Planning claims, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.errors import Invalid, Missing, NotAllowed
from app.domain.ids import now
from app.domain.words import ClaimState, Role
from app.storage.claims import tags_of
from app.storage.tags import known_tags
from app.workflow.planning import PlanValues, plan
from tests.cases import in_turn
from tests.scenes import Scene

DUE = datetime(2025, 9, 4, 21, 59, 59, tzinfo=UTC)
TOO_MUCH = [
    ({"priority": 10}, "plan.priority"),
    ({"priority": -10}, "plan.priority"),
    ({"due_at": DUE.replace(year=1066)}, "date.year"),
    ({"tags": ["a" * 101]}, "tag.long"),
    ({"more_tags": [str(n) for n in range(51)]}, "tag.many"),
    ({"selection_reason": "a" * 501}, "plan.reason"),
]


@pytest.fixture
def scene(database):
    return Scene(database)


@pytest.fixture
def editor(scene):
    return scene.person("Eda", Role.EDITOR)


def planned(scene, actor, claim_id, **values):
    return scene.do(plan, actor, claim_id, values=PlanValues(**values))


def tags(scene, claim_id):
    key = scene.claim_row(claim_id).key
    return scene.ask(tags_of, [key]).get(key, [])


def test_what_is_planned_is_kept_with_one_line_of_history(scene, editor):
    claim_id = scene.claim()
    changed = planned(
        scene,
        editor,
        claim_id,
        due_at=DUE,
        priority=3,
        tags=["energy", " EU  budget ", "energy", ""],
        selection_reason=" Many share it. ",
    )

    row = scene.claim_row(claim_id)
    assert (row.due_at, row.priority, row.selection_reason) == (DUE, 3, "Many share it.")
    assert tags(scene, claim_id) == ["energy", "EU budget"]
    assert scene.ask(known_tags, scene.id) == ["EU budget", "energy"]
    [event] = scene.events("claim.plan")
    assert (event.thing, event.claim, event.actor_id) == (claim_id, claim_id, editor.person)
    assert sorted(event.details["fields"]) == sorted(changed)
    assert set(changed) == {"due_at", "priority", "selection_reason", "tags"}


def test_what_is_left_out_stays_and_none_takes_it_away(scene, editor):
    claim_id = scene.claim(due_at=DUE, priority=2, selection_reason="Why not.")
    assert planned(scene, editor, claim_id, priority=1) == ("priority",)
    row = scene.claim_row(claim_id)
    assert (row.due_at, row.priority, row.selection_reason) == (DUE, 1, "Why not.")

    planned(scene, editor, claim_id, due_at=None, selection_reason=None)
    row = scene.claim_row(claim_id)
    assert (row.due_at, row.priority, row.selection_reason) == (None, 1, None)


def test_tags_are_added_taken_away_and_set_in_their_order(scene, editor):
    claim_id = scene.claim()
    planned(scene, editor, claim_id, tags=["a", "b", "c"])
    planned(scene, editor, claim_id, more_tags=["d", "a"], fewer_tags=["b"])
    assert tags(scene, claim_id) == ["a", "c", "d"]
    planned(scene, editor, claim_id, tags=["d", "c"])
    assert tags(scene, claim_id) == ["d", "c"]
    planned(scene, editor, claim_id, tags=[])
    assert tags(scene, claim_id) == []


def test_the_same_plan_sent_twice_is_written_once(scene, editor):
    claim_id = scene.claim()
    values = {"due_at": DUE, "priority": 1, "tags": ["a"], "fewer_tags": ["z"]}
    planned(scene, editor, claim_id, **values)
    before = scene.state()

    assert planned(scene, editor, claim_id, **values) == ()
    assert scene.state() == before


@pytest.mark.parametrize("state", list(ClaimState))
def test_a_claim_is_planned_in_any_state(scene, editor, state):
    claim_id = scene.claim(state=state)
    assert planned(scene, editor, claim_id, more_tags=["a"]) == ("tags",)


@in_turn(("values", "code"), TOO_MUCH)
def test_what_cannot_be_planned_changes_nothing(scene, editor, values, code):
    claim_id = scene.claim()
    before = scene.state()
    with pytest.raises(Invalid) as refused:
        planned(scene, editor, claim_id, **{"priority": 2, **values})
    assert refused.value.code == code
    assert scene.state() == before


def test_only_editors_plan_and_strangers_learn_nothing(scene):
    claim_id = scene.claim()
    before = scene.state()
    for role in (Role.REVIEWER, Role.VIEWER, Role.ADJUDICATOR):
        with pytest.raises(NotAllowed):
            planned(scene, scene.person(role.title(), role), claim_id, priority=1)
    with pytest.raises(Missing):
        planned(scene, scene.person("Stranger"), claim_id, priority=1)
    assert scene.state() == before


def test_a_claim_that_is_not_there_cannot_be_planned(scene, editor):
    with pytest.raises(Missing):
        planned(scene, editor, "aaaaaaaaaaaa", due_at=now() + timedelta(days=1))
