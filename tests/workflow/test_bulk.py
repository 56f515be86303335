"""One act on many claims, on both databases."""

import pytest

from app.domain.errors import Invalid, NotAllowed
from app.domain.words import ClaimState, Role
from app.storage.session import MODE, READING
from app.storage.tables import Claim, Notice
from app.workflow import bulk
from app.workflow.bulk import MOST, bring_back_many, drop_many, give_many, plan_many
from app.workflow.pieces import Pieces
from app.workflow.planning import PlanValues
from tests.cases import in_turn
from tests.scenes import Scene
from tests.work import listen, unlisten

ACTS = {
    "give": (give_many, "review.assign"),
    "plan": (plan_many, "claim.plan"),
    "drop": (drop_many, "claim.drop"),
    "check": (bring_back_many, "claim.pick"),
}


@pytest.fixture
def scene(database):
    return Scene(database, reviews_wanted=1, settles_itself=False)


@pytest.fixture
def editor(scene):
    return scene.person("Eda", Role.EDITOR)


@pytest.fixture
def ann(scene):
    return scene.reviewers("Ann")[0]


def acted(scene, actor, act, claim_ids, ann=None):
    more = {"give": {"person": ann}, "plan": {"values": PlanValues(priority=2)}}
    return scene.do(ACTS[act][0], actor, scene.id, claim_ids, **more.get(act, {}))


def claims_for(scene, act, number=3):
    state = {"check": ClaimState.REJECTED}.get(act, ClaimState.OPEN)
    return [scene.claim(state=state) for _ in range(number)]


@pytest.mark.parametrize("act", ACTS)
def test_it_is_done_to_all_with_one_line_of_history_each(scene, editor, ann, act):
    ids = claims_for(scene, act)
    other = scene.claim("Not chosen.")
    outcome = acted(scene, editor, act, [*ids, ids[0]], ann)

    assert (outcome.done, outcome.left) == (3, ())
    events = scene.events(ACTS[act][1])
    assert sorted(event.claim for event in events) == sorted(ids)
    assert {event.actor_id for event in events} == {editor.person}
    assert scene.claim_row(other).state is ClaimState.OPEN
    assert scene.claim_row(other).priority == 0


@pytest.mark.parametrize("act", ACTS)
def test_sent_twice_it_changes_nothing_more(scene, editor, ann, act):
    ids = claims_for(scene, act)
    acted(scene, editor, act, ids, ann)
    before = scene.state()
    outcome = acted(scene, editor, act, ids, ann)
    assert outcome.done == 0
    assert outcome.same + len(outcome.left) == 3
    assert scene.state() == before


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [Role.ADJUDICATOR, Role.REVIEWER, Role.VIEWER])
def test_only_editors_act(scene, ann, act, role):
    ids = claims_for(scene, act)
    before = scene.state()
    with pytest.raises(NotAllowed):
        acted(scene, scene.person(role.title(), role), act, ids, ann)
    assert scene.state() == before


@in_turn("act", ACTS)
def test_none_and_too_many_are_refused(scene, editor, ann, act):
    for ids, code in (([], "bulk.none"), ([str(n) for n in range(MOST + 1)], "bulk.many")):
        with pytest.raises(Invalid) as refused:
            acted(scene, editor, act, ids, ann)
        assert refused.value.code == code


@pytest.mark.parametrize("act", ACTS)
def test_claims_of_another_project_and_of_none_are_left_alone(scene, editor, ann, act):
    other = Scene(scene.database, slug="other")
    foreign = other.claim("Elsewhere.")
    before = scene.state()
    assert acted(scene, editor, act, [foreign, "aaaaaaaaaaaa"], ann).done == 0
    assert scene.state() == before


def test_what_cannot_be_given_is_named_and_the_rest_is_given(scene, editor, ann):
    bob = scene.reviewers("Bob")[0]
    had, taken = scene.claim(priority=2), scene.claim(priority=1)
    scene.take(ann)
    scene.take(bob)
    closed = scene.claim(state=ClaimState.SETTLED, slots_free=0)
    free = scene.claim()

    outcome = acted(scene, editor, "give", [had, taken, closed, free], ann)

    assert outcome.done == 1
    assert dict(outcome.left) == {
        had: "review.had-before",
        taken: "review.taken-over",
        closed: "review.claim-closed",
    }
    [notice] = scene.rows(Notice)
    assert notice.claim_id == scene.claim_row(free).key
    assert notice.person_id == ann.person


def test_a_blind_editor_is_not_told_who_has_what(database):
    scene = Scene(database, reviews_wanted=2, settles_itself=False)
    editor = scene.person("Eda", Role.EDITOR, Role.REVIEWER)
    ann, bob, cy = scene.reviewers("Ann", "Bob", "Cy")
    had = scene.claim(priority=2)
    scene.check(ann)
    scene.take(bob)

    for person in (ann, cy):
        outcome = acted(scene, editor, "give", [had], person)
        assert dict(outcome.left) == {had: "review.not-free"}


def test_a_claim_that_is_checked_is_neither_dropped_nor_brought_back(scene, editor):
    settled = scene.claim(state=ClaimState.SETTLED, slots_free=0)
    for act in ("drop", "check"):
        assert acted(scene, editor, act, [settled]).left == ((settled, "claim.state"),)


def test_claims_are_given_to_checkers_alone(scene, editor):
    reader = scene.person("Rea", Role.VIEWER)
    with pytest.raises(NotAllowed) as refused:
        acted(scene, editor, "give", [scene.claim()], reader)
    assert refused.value.code == "review.no-reviewer"


def test_a_plan_that_one_claim_cannot_take_changes_none(scene, editor):
    ids = [scene.claim() for _ in range(2)]
    scene.do(plan_many, editor, scene.id, ids[1:], values=PlanValues(tags=map(str, range(50))))
    before = scene.state()
    with pytest.raises(Invalid):
        scene.do(plan_many, editor, scene.id, ids, values=PlanValues(more_tags=["more"]))
    assert scene.state() == before


def test_what_is_dropped_lets_go_of_its_checks(scene, editor, ann):
    claim_id = scene.claim()
    review_id = scene.take(ann)
    acted(scene, editor, "drop", [claim_id])
    assert scene.review_row(review_id).slot is None
    assert scene.rows(Claim)[0].state is ClaimState.REJECTED


@pytest.mark.parametrize("act", ["give", "drop", "check"])
def test_in_pieces_it_is_the_same_in_the_order_of_keys(scene, editor, ann, act, monkeypatch):
    monkeypatch.setattr(bulk, "FEWEST", 2)
    monkeypatch.setattr(Pieces, "_learn", lambda *_: None)
    ids = claims_for(scene, act, 5)
    ends = []

    def note(connection):
        # A session that read ends with a commit too.
        if connection.get_execution_options().get(MODE) not in READING:
            ends.append(connection)

    listen(scene.database, "commit", note)
    try:
        outcome = acted_in_pieces(scene, editor, act, [*reversed(ids), ids[0]], ann)
    finally:
        unlisten(scene.database, "commit", note)

    assert (outcome.done, outcome.same, outcome.left) == (5, 0, ())
    assert len(ends) == 3
    assert [event.claim for event in scene.events(ACTS[act][1])] == ids
    if act == "give":
        assert len(scene.rows(Notice)) == 5
    else:
        assert acted_in_pieces(scene, editor, act, ids, ann).same == 5


def test_who_is_cut_off_has_done_some_and_acts_on_all_again(scene, editor, monkeypatch):
    monkeypatch.setattr(bulk, "FEWEST", 2)
    ids = claims_for(scene, "drop", 5)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Pieces, "_learn", killed)
        with pytest.raises(KeyboardInterrupt):
            acted_in_pieces(scene, editor, "drop", ids)
    assert [scene.claim_row(one).state for one in ids].count(ClaimState.REJECTED) == 2

    outcome = acted_in_pieces(scene, editor, "drop", ids)

    assert (outcome.done, outcome.same) == (3, 2)
    assert len(scene.events("claim.drop")) == 5


@pytest.mark.parametrize("act", ["give", "drop", "check"])
def test_in_pieces_the_same_is_refused(scene, editor, ann, act):
    ids = claims_for(scene, act)
    before = scene.state()
    for actor, names, kind in (
        (ann, ids, NotAllowed),
        (ann, ["aaaaaaaaaaaa"], NotAllowed),
        (editor, [], Invalid),
        (editor, ["aaaaaaaaaaaa"] * 1 + [f"a{n:011}" for n in range(MOST)], Invalid),
    ):
        with pytest.raises(kind):
            acted_in_pieces(scene, actor, act, names, ann)
    assert scene.state() == before


def acted_in_pieces(scene, actor, act, claim_ids, ann=None):
    more = {"give": {"person": ann}}.get(act, {})
    return bulk.in_pieces(
        scene.database,
        scene.id,
        claim_ids,
        lambda session, some: ACTS[act][0](session, actor, scene.id, some, **more),
    )
