"""Taking a claim of one's own choice."""

import pytest

from app.domain.errors import Missing, NotAllowed, WrongState
from app.domain.words import BarReason, Decides, Role, SkipReason
from app.storage.reviews import held
from app.storage.tables import Bar, Project, Review
from app.workflow import claims, reviews
from app.workflow.choosing import take_this
from tests.scenes import Scene
from tests.workflow.test_races import at_once


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


def test_a_chosen_claim_is_lent_though_others_come_before_it(scene):
    scene.claim(priority=5)
    chosen = scene.claim()
    [ann] = scene.reviewers("Ann")

    taken = scene.do(take_this, ann, chosen)

    assert scene.claim_of(taken) == chosen
    assert scene.take(ann) == taken
    assert scene.review_row(taken).lease_until is not None
    assert [e.details["chosen"] for e in scene.events("review.take")] == [True]


def test_pressed_twice_it_is_taken_once(scene):
    chosen = scene.claim()
    [ann] = scene.reviewers("Ann")

    taken = {scene.do(take_this, ann, chosen) for _ in range(2)}

    assert len(taken) == 1
    assert len(scene.events("review.take")) == 1


def test_the_claim_in_hand_stays_and_the_chosen_one_is_refused_with_the_way_to_it(scene):
    scene.claim()
    chosen = scene.claim()
    [ann] = scene.reviewers("Ann")
    first = scene.take(ann)
    before = scene.state()

    with pytest.raises(WrongState, match=r"review\.holds-another") as refused:
        scene.do(take_this, ann, chosen)

    assert refused.value.values == {"review": first}
    assert scene.state() == before


def test_the_one_in_hand_is_put_off_when_that_is_said_and_keeps_its_draft(scene):
    first_claim, chosen = scene.claim(), scene.claim()
    [ann] = scene.reviewers("Ann")
    first = scene.take(ann)
    scene.draft(ann, first)

    taken = scene.do(take_this, ann, chosen, puts_off=True)

    row = scene.review_row(first)
    assert (row.slot, row.put_off_at is not None) == (None, True)
    assert scene.claim_row(first_claim).slots_free == 1
    assert scene.take(ann) == taken
    assert scene.submit(ann, taken) == first


def test_what_was_put_off_is_taken_up_by_choosing_it(scene):
    scene.claim()
    [ann] = scene.reviewers("Ann")
    first = scene.take(ann)
    claim_id = scene.claim_of(first)
    scene.do(reviews.put_off, ann, first)

    again = scene.do(take_this, ann, claim_id, puts_off=True)

    assert again == first
    assert scene.review_row(first).put_off_at is None


def test_a_check_of_mine_is_what_choosing_its_claim_leads_to(scene):
    scene.claim()
    scene.claim()
    [ann] = scene.reviewers("Ann")
    given = scene.check(ann)
    skipped = scene.take(ann)
    scene.do(reviews.skip, ann, skipped, reason=SkipReason.OUTSIDE_FIELD)
    before = scene.state()

    assert scene.do(take_this, ann, scene.claim_of(given)) == given
    assert scene.do(take_this, ann, scene.claim_of(skipped)) == skipped
    assert scene.state() == before


def test_a_claim_in_other_hands_is_refused_until_they_let_it_lapse(scene):
    chosen = scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    late = scene.take(ann)
    with pytest.raises(WrongState, match=r"review\.no-slot"):
        scene.do(take_this, ben, chosen)
    scene.let_lapse(late)

    scene.do(take_this, ben, chosen)

    assert scene.review_row(late).slot is None


def test_a_late_draft_is_not_taken_away_by_choosing(scene):
    chosen = scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    late = scene.take(ann)
    scene.draft(ann, late)
    scene.let_lapse(late)

    with pytest.raises(WrongState, match=r"review\.no-slot"):
        scene.do(take_this, ben, chosen)

    assert scene.review_row(late).slot == 1


def test_what_cannot_be_chosen_is_refused_and_nothing_changes(scene, make):
    dropped, barred = scene.claim(), scene.claim()
    lead, [ann] = scene.person("Lea", Role.EDITOR), scene.reviewers("Ann")
    scene.do(claims.drop, lead, dropped)
    reason = BarReason.CONFLICT
    make(Bar, claim_id=scene.claim_row(barred).key, person_id=ann.person, reason=reason)
    held_now = scene.claim()
    mine = scene.do(take_this, ann, held_now)
    before = scene.state()

    for claim_id, refusal, code in (
        (dropped, WrongState, r"review\.claim-closed"),
        (barred, NotAllowed, r"review\.barred"),
    ):
        with pytest.raises(refusal, match=code):
            scene.do(take_this, ann, claim_id, puts_off=True)

    assert scene.state() == before
    assert scene.ask(held, ann, scene.id) == mine


def test_only_checkers_choose_and_only_where_the_project_lets_them(scene):
    chosen = scene.claim()
    for role in (Role.EDITOR, Role.ADJUDICATOR, Role.VIEWER):
        with pytest.raises(NotAllowed):
            scene.do(take_this, scene.person(f"P{role}", role), chosen)
    with pytest.raises(Missing):
        scene.do(take_this, scene.person("Sam"), chosen)
    [ann] = scene.reviewers("Ann")
    with pytest.raises(Missing, match=r"claim\.missing"):
        scene.do(take_this, ann, "aaaaaaaaaaaa")
    scene.change(Project, scene.project.public_id, may_choose=False)
    with pytest.raises(NotAllowed, match=r"review\.no-choice"):
        scene.do(take_this, ann, chosen)
    assert scene.rows(Review) == []


def test_a_desk_lets_choose_and_a_data_set_does_not(scene, database):
    data = Scene(database, slug="data", decides=Decides.INDEPENDENT, reviews_wanted=2)

    assert scene.project.may_choose
    assert not data.project.may_choose


def test_of_two_who_choose_the_last_slot_at_once_one_gets_it(scene):
    people = scene.reviewers("Ann", "Ben", "Cem")
    for _ in range(3):
        chosen = scene.claim()
        taken = at_once(
            *[lambda p=p, c=chosen: scene.do(take_this, p, c, puts_off=True) for p in people]
        )
        assert sorted(type(one).__name__ for one in taken) == ["WrongState", "WrongState", "str"]
        assert scene.claim_row(chosen).slots_free == 0


def test_two_who_swap_their_claims_at_once_do_not_wait_for_each_other(database):
    scene = Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)
    scene.let_choose()
    one, two = scene.claim(), scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    scene.do(take_this, ann, one)
    scene.do(take_this, ben, two)
    for mine, yours in ((one, two), (two, one), (one, two)):
        taken = at_once(
            lambda c=yours: scene.do(take_this, ann, c, puts_off=True),
            lambda c=mine: scene.do(take_this, ben, c, puts_off=True),
        )
        assert [scene.claim_of(review) for review in taken] == [yours, mine]
    assert {scene.claim_row(claim).slots_free for claim in (one, two)} == {1}
