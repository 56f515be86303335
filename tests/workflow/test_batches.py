"""Batches: parts of a project's claims with a guideline version of their own, on both databases."""

from datetime import UTC

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed
from app.domain.words import ClaimState, Role
from app.importers.claims_csv import rows as claim_rows
from app.storage.batches import batch_lines, batch_rows, batches_of, guideline_of_claim
from app.storage.claim_filters import ClaimFilter
from app.storage.tables import Batch, Claim, Event, ReviewVersion
from app.workflow import batches as verbs
from app.workflow.batches import BatchValues, add_batch, change_batch, put_claims
from app.workflow.guidelines import write_guidelines
from app.workflow.imports import import_claims
from tests.scenes import Scene


@pytest.fixture
def scene(database):
    made = Scene(database)
    made.do(write_guidelines, CONSOLE, made.id, text="First.")
    return made


@pytest.fixture
def editor(scene):
    return scene.person("Eda", Role.EDITOR)


def made(scene, actor=CONSOLE, **values):
    values = {"name": "Pilot 1", **values}
    return scene.do(add_batch, actor, scene.id, values=BatchValues(**values))


def put(scene, actor, claims, batch_id):
    return scene.do(put_claims, actor, scene.id, claims, batch_id=batch_id)


def in_batch(scene, batch):
    return {row.public_id for row in scene.rows(Claim, Claim.batch_id == batch.id)}


def test_a_batch_takes_the_newest_guidelines_unless_it_is_told_another_version(scene, editor):
    scene.do(write_guidelines, CONSOLE, scene.id, text="Second.")
    newest = made(scene, editor, name="  Main   A ", is_pilot=False)
    older = made(scene, editor, name="Pilot 1", is_pilot=True, guideline_version=1)

    assert (newest.name, newest.is_pilot, newest.guideline_version) == ("Main A", False, 2)
    assert (older.is_pilot, older.guideline_version) == (True, 1)
    assert [event.thing for event in scene.events("batch.edit")] == [
        newest.public_id,
        older.public_id,
    ]


def test_the_same_batch_sent_twice_is_one_and_another_of_its_name_is_refused(scene, editor):
    first = made(scene, editor)
    before = scene.state()
    assert made(scene, editor) == first
    assert scene.state() == before
    with pytest.raises(Invalid) as refused:
        made(scene, editor, is_pilot=True)
    assert refused.value.code == "batch.name-taken"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "  "}, "batch.name"),
        ({"name": "x" * 121}, "batch.name"),
        ({"guideline_version": 2}, "guidelines.missing"),
    ],
)
def test_what_can_be_no_batch_is_refused(scene, editor, values, code):
    held = made(scene, editor, name="Held")
    before = scene.state()
    for act in (
        lambda: made(scene, editor, **values),
        lambda: scene.do(
            change_batch,
            editor,
            held.public_id,
            values=BatchValues(**{"name": "Pilot 1", **values}),
        ),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert refused.value.code == code
    assert scene.state() == before


def test_a_batch_is_changed_once_and_not_into_another(scene, editor):
    batch, other = made(scene, editor), made(scene, editor, name="Main A")
    values = BatchValues(name="Pilot 2", is_pilot=True)
    for _twice in range(2):
        scene.do(change_batch, editor, batch.public_id, values=values)
    row = scene.rows(Batch, Batch.id == batch.id)[0]
    assert (row.name, row.is_pilot) == ("Pilot 2", True)
    assert scene.events("batch.edit")[-1].details == {"fields": ["name", "is_pilot"]}
    assert len(scene.events("batch.edit")) == 3
    with pytest.raises(Invalid):
        scene.do(change_batch, editor, other.public_id, values=values)
    with pytest.raises(Missing):
        scene.do(change_batch, editor, "aaaaaaaaaaaa", values=values)


@pytest.mark.parametrize("role", [Role.ADJUDICATOR, Role.REVIEWER, Role.VIEWER])
def test_only_editors_part_the_claims(scene, editor, role):
    batch, claim_id = made(scene, editor), scene.claim()
    actor = scene.person(role.title(), role)
    before = scene.state()
    for act in (
        lambda: made(scene, actor, name="Other"),
        lambda: scene.do(change_batch, actor, batch.public_id, values=BatchValues(name="Other")),
        lambda: put(scene, actor, [claim_id], batch.public_id),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert scene.state() == before


def test_claims_move_into_a_batch_and_out_with_a_line_of_history_each(scene, editor, monkeypatch):
    """Those that were checked are counted anew: agreement is told by batch."""
    counted = []
    monkeypatch.setattr(verbs, "count_anew", lambda _session, key: counted.append(key))
    batch, ids = made(scene, editor), [scene.claim() for _ in range(3)]
    [ann] = scene.reviewers("Ann")
    checked = scene.claim_of(scene.check(ann))

    done = put(scene, editor, [*ids, ids[0]], batch.public_id)
    again = put(scene, editor, ids[:2], batch.public_id)

    assert (done.done, done.same, again.done, again.same) == (3, 0, 0, 2)
    assert in_batch(scene, batch) == set(ids)
    lines = scene.events("claim.batch")
    assert sorted(line.claim for line in lines) == sorted(ids)
    assert {(line.actor_id, line.details["batch"]) for line in lines} == {
        (editor.person, batch.public_id)
    }
    assert counted == [scene.claim_row(checked).key]
    assert put(scene, editor, ids[:1], None).done == 1
    assert in_batch(scene, batch) == set(ids[1:])


def test_all_that_a_list_finds_is_put_at_any_length(scene, editor, monkeypatch):
    monkeypatch.setattr(verbs, "CHUNK", 2)
    batch, other = made(scene, editor), made(scene, editor, name="Main A")
    ids = [scene.claim(f"Bread {n}.") for n in range(5)]
    scene.claim("Milk.")

    assert put(scene, editor, ClaimFilter(text="bread"), batch.public_id).done == 5
    assert in_batch(scene, batch) == set(ids)
    # A list of the batch itself, which gets shorter while it is worked through.
    assert put(scene, editor, ClaimFilter(batch_id=batch.id), other.public_id).done == 5
    assert in_batch(scene, other) == set(ids)


def test_claims_and_batches_of_other_projects_are_left_alone(scene, editor):
    batch = made(scene, editor)
    elsewhere = Scene(scene.database, slug="elsewhere")
    foreign, theirs = elsewhere.claim(), made(elsewhere)
    assert put(scene, editor, [foreign], batch.public_id).done == 0
    with pytest.raises(Missing):
        put(scene, editor, [scene.claim()], theirs.public_id)
    assert scene.rows(Event, Event.action == "claim.batch") == []


def test_a_check_is_written_under_the_version_of_its_batch(scene, editor):
    batch = made(scene, editor)
    old, new = scene.claim(), scene.claim()
    put(scene, editor, [old], batch.public_id)
    scene.do(write_guidelines, CONSOLE, scene.id, text="Second.")
    [ann] = scene.reviewers("Ann")
    for _ in range(2):
        scene.check(ann)

    held = [scene.ask(guideline_of_claim, scene.id, scene.claim_row(c).key) for c in (old, new)]
    assert [(one.version, one.text, one.newest) for one in held] == [
        (1, "First.", 2),
        (2, "Second.", 2),
    ]
    assert [row.guideline_version for row in scene.rows(ReviewVersion)] == [1, 2]


def test_an_import_goes_into_a_batch_which_is_made_if_it_is_not_there(scene, editor):
    scene.claim("Old.", external_id="a")
    data = b"claim,external_id\r\nOld.,a\r\nNew.,b\r\n"
    for made_now in (True, False):
        summary = import_claims(
            scene.database,
            editor,
            scene.id,
            rows=claim_rows(data, zone=UTC),
            batch="Pilot 1",
        )
        assert summary.makes_batch is made_now
    [batch] = scene.ask(batches_of, scene.id)
    [row] = scene.ask(lambda session: list(batch_rows(session, CONSOLE, scene.id)))
    assert (batch.name, row.batch, row.pilot, row.guideline_version) == (
        *("Pilot 1", "Pilot 1"),
        *(False, 1),
    )
    assert [claim.text for claim in scene.rows(Claim, Claim.batch_id == batch.id)] == ["New."]


def test_how_far_a_batch_is_counts_what_every_member_sees(scene, editor):
    batch = made(scene, editor)
    ids = [scene.claim() for _ in range(4)]
    put(scene, editor, ids, batch.public_id)
    scene.change(Claim, ids[0], state=ClaimState.SETTLED)
    scene.change(Claim, ids[1], state=ClaimState.REJECTED)

    [line] = scene.ask(batch_lines, scene.id, limit=10)
    assert (line.claims, line.to_be_settled, line.settled) == (4, 3, 1)
