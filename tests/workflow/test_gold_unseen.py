"""Known answers: who could read them once, and what must not be told by setting or showing them."""

import pytest

from app.domain.errors import Invalid, WrongState
from app.domain.left import Left
from app.domain.words import ClaimState, GoldUse, Role
from app.storage import checkers, exports
from app.storage.claim_filters import ClaimFilter
from app.storage.claim_lists import count_found
from app.storage.claims import claim as claim_record
from app.storage.events import claim_history
from app.storage.people import actor_of
from app.storage.reviews import reviews_of
from app.storage.seen import seen_claims
from app.storage.tables import Bar, ClaimRound, Person
from app.workflow import claims, gold, people, rulings
from app.workflow.claims import PickValues
from tests.scenes import LEADS, Scene
from tests.workflow.test_gold import answer, known, mixed

CHECKING_EDITOR = (Role.EDITOR, Role.REVIEWER)


@pytest.fixture
def scene(database):
    return Scene(database)


@pytest.fixture
def lea(scene):
    return scene.person("Lea", *LEADS)


@pytest.fixture
def root(scene):
    return scene.person("Root", admin=True)


def public_id(scene, actor):
    return scene.rows(Person, Person.id == actor.person)[0].public_id


def anew(scene, actor):
    """Somebody with the roles that they have now."""
    return scene.ask(actor_of, public_id(scene, actor))


def end_editor(scene, root, actor):
    values = {"project_id": scene.id, "role": Role.EDITOR}
    scene.do(people.end_role, root, public_id(scene, actor), **values)
    return anew(scene, actor)


def end_admin(scene, root, actor):
    values = {"project_id": scene.id, "role": Role.REVIEWER}
    scene.do(people.add_role, root, public_id(scene, actor), **values)
    scene.do(people.set_admin, root, public_id(scene, actor), is_admin=False)
    return anew(scene, actor)


@pytest.mark.parametrize("end", [end_editor, end_admin])
def test_who_could_read_an_answer_is_not_lent_it_as_a_mere_checker_either(scene, lea, root, end):
    was = (
        scene.person("Ed", *CHECKING_EDITOR) if end is end_editor else scene.person("A", admin=True)
    )
    training, retired, hidden = (
        known(scene, lea, use=GoldUse.TRAINING),
        known(scene, lea),
        known(scene, lea),
    )
    mixed(scene)
    scene.do(gold.retire_gold, lea, retired)
    ordinary = scene.claim()

    is_now = end(scene, root, was)

    assert scene.claim_of(scene.take(is_now)) == ordinary
    scene.submit(is_now, scene.take(is_now))
    assert scene.take(is_now) is None
    for claim_id in (training, retired, hidden):
        assert scene.ask(checkers.could_check, scene.claim_row(claim_id)) == 0
    # What is known since then is as new to them as to anybody.
    later = known(scene, lea)
    scene.claim()
    assert scene.claim_of(scene.take(is_now)) == later


def test_who_could_still_check_a_claim_learns_nothing_by_setting_its_answer(scene, lea):
    ed = scene.person("Ed", *CHECKING_EDITOR)
    [ann] = scene.reviewers("Ann")
    begun = scene.claim()
    scene.take(ann)
    fresh = scene.claim()
    before = scene.state()

    def refused(claim_id, **values):
        with pytest.raises((Invalid, WrongState)) as refusal:
            scene.do(gold.set_gold, ed, claim_id, values=answer(GoldUse.TRAINING, **values))
        return refusal.value.code

    for claim_id in (begun, fresh):
        assert refused(claim_id, explanation="") == "gold.explanation"
        assert refused(claim_id, verdict="nonsense") == "review.verdict"
        assert refused(claim_id) == "gold.blind"
    assert scene.state() == before
    for claim_id in (begun, fresh):
        scene.do(rulings.unblind, ed, claim_id)
    assert refused(begun) == "gold.begun"
    scene.do(gold.set_gold, ed, fresh, values=answer())
    assert {row.person_id for row in scene.rows(Bar)} == {ed.person}


def test_to_an_adjudicator_who_checks_it_looks_like_one_that_nobody_else_has_checked(scene, lea):
    judge = scene.person("Judy", Role.ADJUDICATOR, Role.REVIEWER)
    ann, ben = scene.reviewers("Ann", "Ben")
    hidden = known(scene, lea)
    mixed(scene)
    scene.claim()
    for somebody in (ann, ben):
        assert scene.claim_of(scene.check(somebody, "true")) == hidden
    ordinary = scene.claim()
    for claim_id in (hidden, ordinary):
        assert scene.claim_of(scene.check(judge, "true")) == claim_id

    assert told(scene, judge, hidden) == told(scene, judge, ordinary)
    assert told(scene, judge, hidden)["counts"] == (1, 2)
    assert len(reviews(scene, lea, hidden)) == 3

    wanted = {
        ClaimFilter(person_id=ann.person): 0,
        ClaimFilter(person_id=judge.person): 2,
        ClaimFilter(left=Left.SECOND_CHECK): 2,
    }
    for asked, number in wanted.items():
        assert scene.ask(count_found, judge, scene.id, wanted=asked, most=10) == number


def told(scene, actor, claim_id):
    """All that somebody is told of a claim, but which one it is."""

    def asked(session):
        [seen] = seen_claims(session, actor, [claim_record(session, actor, claim_id)])
        lines = claim_history(session, actor, seen)
        rows = list(exports.verdict_rows(session, actor, scene.id))
        rows = [row.reviews for row in rows if row.claim_id == claim_id]
        checks = list(exports.review_rows(session, actor, scene.id))
        checks = [row.reviewer for row in checks if row.claim_id == claim_id]
        return seen, sorted((line.action, line.who) for _key, line in lines), rows, checks

    seen, lines, rows, checks = scene.ask(asked)
    assert len(checks) == 1
    return {
        "state": seen.state,
        "counts": seen.counts,
        "looks_open": seen.looks_open,
        "is_blind": seen.is_blind,
        "lines": lines,
        "rows": rows,
        "checks": checks,
        "reviewers": reviews(scene, actor, claim_id),
    }


def reviews(scene, actor, claim_id):
    found = scene.ask(
        lambda session: reviews_of(session, actor, claim_record(session, actor, claim_id))
    )
    return [row.reviewer for row in found]


@pytest.mark.parametrize("number", [2, 3])
def test_retired_while_it_is_dropped_it_comes_back_with_its_checks(scene, lea, number):
    claim_id = known(scene, lea, use=GoldUse.TRAINING)
    for somebody in scene.reviewers("Ann", "Ben", "Cem")[:number]:
        scene.check(somebody, "false")
    for verb in (claims.drop, gold.retire_gold):
        scene.do(verb, lea, claim_id)
    entry, claim = scene.round_of(claim_id), scene.claim_row(claim_id)
    assert (entry.reviews_done, entry.reviews_wanted, claim.slots_free) == (number, number, 0)
    # As it was left where a dropped claim was not counted.
    with scene.database.write() as session:
        row = session.get_one(ClaimRound, entry.key)
        row.reviews_done, row.reviews_wanted = 0, 2

    scene.do(claims.pick, lea, claim_id, values=PickValues())

    entry, claim = scene.round_of(claim_id), scene.claim_row(claim_id)
    assert (entry.reviews_done, entry.reviews_wanted, claim.slots_free) == (number, number, 0)
    assert claim.state is ClaimState.OPEN
    scene.settle(lea, claim_id, "false")


def test_dropped_and_picked_with_its_answer_known_it_is_in_no_queue(scene, lea):
    claim_id = known(scene, lea, use=GoldUse.TRAINING)
    for somebody in scene.reviewers("Ann", "Ben"):
        scene.check(somebody, "false")
    scene.do(claims.drop, lea, claim_id)
    scene.do(claims.pick, lea, claim_id, values=PickValues())
    assert (scene.round_of(claim_id).reviews_done, scene.claim_row(claim_id).slots_free) == (0, 0)
