"""Which claim a reviewer is lent, and what becomes of it when they do not answer."""

from datetime import timedelta

import pytest

from app.domain.errors import Missing, NotAllowed, WrongState
from app.domain.ids import now
from app.domain.words import Decides, NoticeKind, ReviewState, Role, SkipReason
from app.storage import reviews as questions
from app.storage.tables import Article, Bar, Draft, Notice, Review
from app.workflow import claims, lending, reviews
from app.workflow.claims import PickValues
from tests.scenes import Scene
from tests.workflow.test_articles import article_with


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=1, settles_itself=False)


def order_of(scene, actor, number):
    found = []
    for _ in range(number):
        review_id = scene.take(actor)
        found.append(scene.claim_of(review_id))
        scene.submit(actor, review_id)
    return found


def test_claims_are_lent_by_priority_then_due_date_then_article_and_place(scene, make):
    articles = [make(Article, project_id=scene.id, title=t).key for t in ("First", "Second")]
    soon, later = now() + timedelta(days=1), now() + timedelta(days=2)
    expected = [
        {"article_id": articles[1], "priority": 2},
        {"article_id": articles[1], "due_at": soon},
        {"article_id": articles[0], "due_at": later},
        {"article_id": articles[0]},
        {"article_id": articles[1]},
        {"article_id": articles[1], "priority": -1, "due_at": soon},
    ]
    # Made in the opposite order, so that only what is named here decides.
    claim_ids = [scene.claim(**values) for values in reversed(expected)][::-1]
    [ann] = scene.reviewers("Ann")
    assert order_of(scene, ann, len(expected)) == claim_ids


def test_of_two_claims_in_one_article_the_one_that_stands_first_comes_first(scene):
    later, earlier = article_with(scene, quotes=("Bread is dear.", "Apples are red."))
    [ann] = scene.reviewers("Ann")
    assert order_of(scene, ann, 2) == [earlier, later]


def test_taking_twice_gives_the_same_check_and_one_event(scene):
    scene.claim()
    scene.claim()
    [ann] = scene.reviewers("Ann")
    first = scene.take(ann)
    assert scene.take(ann) == first
    assert len(scene.rows(Review)) == 1
    assert len(scene.events("review.take")) == 1


def test_nobody_holds_two_leases_in_a_project(scene):
    scene.claim()
    scene.claim()
    [ann] = scene.reviewers("Ann")
    first = scene.take(ann)
    second = scene.submit(ann, first)
    held = [r for r in scene.rows(Review) if r.state is ReviewState.LENT and r.slot]
    assert [row.public_id for row in held] == [second]


def test_an_assigned_claim_may_be_held_beside_a_lease_and_never_expires(scene):
    lead, (ann, ben) = scene.person("Lea", Role.EDITOR), scene.reviewers("Ann", "Ben")
    scene.claim()
    by_hand = scene.claim()
    leased = scene.take(ann)
    assigned = scene.do(lending.assign, lead, by_hand, person=ann)
    assert scene.review_row(assigned).lease_until is None
    assert scene.take(ben) is None
    scene.submit(ann, leased)
    assert scene.take(ann) == assigned


def test_a_claim_can_be_assigned_only_to_a_reviewer_who_never_had_it(scene):
    lead, vera = scene.person("Lea", Role.EDITOR), scene.person("Vera", Role.VIEWER)
    [ann] = scene.reviewers("Ann")
    claim_id = scene.claim()
    with pytest.raises(NotAllowed):
        scene.do(lending.assign, lead, claim_id, person=vera)
    scene.take(ann)
    with pytest.raises(WrongState):
        scene.do(lending.assign, lead, claim_id, person=ann)


def test_a_lapsed_lease_without_a_draft_is_taken_over_at_once(scene):
    scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    late = scene.take(ann)
    assert scene.take(ben) is None
    scene.let_lapse(late)
    taken = scene.take(ben)
    assert scene.claim_of(taken) == scene.claim_of(late)
    assert scene.review_row(late).slot is None
    with pytest.raises(WrongState, match=r"review\.taken-over"):
        scene.submit(ann, late)


def test_a_late_check_is_still_taken_while_nobody_else_wanted_the_claim(scene):
    scene.claim()
    [ann] = scene.reviewers("Ann")
    late = scene.take(ann)
    scene.let_lapse(late)
    scene.submit(ann, late)
    assert scene.review_row(late).state is ReviewState.SUBMITTED


def test_taking_ones_own_lapsed_check_begins_its_lease_anew(scene):
    scene.claim()
    [ann] = scene.reviewers("Ann")
    late = scene.take(ann)
    scene.let_lapse(late)
    assert scene.take(ann) == late
    assert scene.review_row(late).lease_until > now()


def test_a_claim_that_lapses_twice_comes_back_to_the_first_who_had_it(scene):
    scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    first = scene.take(ann)
    scene.let_lapse(first)
    second = scene.take(ben)
    scene.let_lapse(second)
    assert scene.take(ann) == first
    assert scene.review_row(second).slot is None


def test_typing_keeps_a_lease_alive(scene):
    scene.claim()
    [ann] = scene.reviewers("Ann")
    review_id = scene.take(ann)
    scene.change(Review, review_id, lease_until=now() + timedelta(minutes=1))
    scene.do(reviews.save_draft, ann, review_id, body={"rationale": "x"}, draft_version=0)
    assert scene.review_row(review_id).lease_until > now() + timedelta(hours=23)


def test_what_is_put_off_comes_last_and_keeps_its_draft(scene):
    first, second = scene.claim(), scene.claim()
    [ann] = scene.reviewers("Ann")
    review_id = scene.take(ann)
    scene.do(reviews.save_draft, ann, review_id, body={"rationale": "x"}, draft_version=0)
    following = scene.do(reviews.put_off, ann, review_id)
    assert scene.claim_of(following) == second
    assert scene.submit(ann, following) == review_id
    assert scene.claim_of(review_id) == first
    assert scene.ask(questions.draft, scene.review_row(review_id).key).body == {"rationale": "x"}


def test_what_one_puts_off_another_can_be_lent(scene):
    claim_id = scene.claim()
    scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    scene.do(reviews.put_off, ann, scene.take(ann))
    assert scene.claim_of(scene.take(ben)) == claim_id


def test_a_skipped_claim_never_returns_to_who_skipped_it_and_goes_to_others(scene):
    claim_id = scene.claim()
    ann, ben = scene.reviewers("Ann", "Ben")
    skipped = scene.take(ann)
    assert scene.do(reviews.skip, ann, skipped, reason=SkipReason.OUTSIDE_FIELD) is None
    assert scene.take(ann) is None
    assert scene.claim_of(scene.take(ben)) == claim_id
    row = scene.review_row(skipped)
    assert (row.state, row.skip_reason) == (ReviewState.SKIPPED, SkipReason.OUTSIDE_FIELD)


def test_a_conflict_of_interest_bars_from_the_claim_for_good(scene):
    claim_id = scene.claim()
    [ann] = scene.reviewers("Ann")
    review_id = scene.take(ann)
    scene.do(reviews.skip, ann, review_id, reason=SkipReason.CONFLICT, note="my employer")
    assert len(scene.rows(Bar)) == 1
    lead = scene.person("Lea", Role.EDITOR)
    scene.do(claims.drop, lead, claim_id)
    scene.do(claims.pick, lead, claim_id, values=PickValues())
    assert scene.take(ann) is None
    with pytest.raises(NotAllowed, match=r"review\.barred"):
        scene.submit(ann, review_id)


def test_skipping_twice_is_skipping_once(scene):
    scene.claim()
    second = scene.claim()
    [ann] = scene.reviewers("Ann")
    review_id = scene.take(ann)
    for _ in range(2):
        following = scene.do(reviews.skip, ann, review_id, reason=SkipReason.CONFLICT)
        assert scene.claim_of(following) == second
    assert len(scene.events("review.skip")) == 1


def test_what_was_submitted_cannot_be_skipped_or_put_off(scene):
    scene.claim()
    [ann] = scene.reviewers("Ann")
    review_id = scene.check(ann)
    before = scene.state()
    with pytest.raises(WrongState):
        scene.do(reviews.skip, ann, review_id, reason=SkipReason.NOT_A_CLAIM)
    with pytest.raises(WrongState):
        scene.do(reviews.put_off, ann, review_id)
    assert scene.state() == before


def test_three_checks_of_five_people_are_by_three_people_and_the_others_get_none(database):
    scene = Scene(database, reviews_wanted=3, settles_itself=False)
    claim_id = scene.claim()
    people = scene.reviewers("Ann", "Ben", "Cem", "Dora", "Eli")
    taken = [scene.take(person) for person in people]
    assert [review is None for review in taken] == [False, False, False, True, True]
    for person, review_id in zip(people, taken[:3], strict=False):
        assert scene.submit(person, review_id) is None
    rows = scene.rows(Review)
    assert {row.reviewer_id for row in rows} == {person.person for person in people[:3]}
    assert sorted(row.slot for row in rows) == [1, 2, 3]
    assert scene.round_of(claim_id).reviews_done == 3


def test_dropping_a_claim_that_is_lent_lends_another_and_keeps_the_draft(scene):
    dropped, other = scene.claim(), scene.claim()
    lead, [ann] = scene.person("Lea", Role.EDITOR), scene.reviewers("Ann")
    review_id = scene.take(ann)
    scene.do(reviews.save_draft, ann, review_id, body={"rationale": "x"}, draft_version=0)
    scene.do(claims.drop, lead, dropped)
    following = scene.take(ann)
    assert scene.claim_of(following) == other
    scene.do(claims.pick, lead, dropped, values=PickValues())
    assert scene.submit(ann, following) == review_id
    assert len(scene.rows(Draft)) == 1


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADJUDICATOR, Role.VIEWER])
def test_only_reviewers_are_lent_claims(scene, role):
    scene.claim()
    somebody = scene.person("Zoe", role)
    before = scene.state()
    with pytest.raises(NotAllowed):
        scene.take(somebody)
    assert scene.state() == before


def test_to_a_stranger_the_project_does_not_exist(scene):
    scene.claim()
    stranger = scene.person("Sam")
    with pytest.raises(Missing):
        scene.take(stranger)
    review_id = scene.take(scene.reviewers("Ann")[0])
    for verb, values in (
        (reviews.put_off, {}),
        (reviews.skip, {"reason": SkipReason.CONFLICT}),
        (reviews.save_draft, {"body": {}, "draft_version": 0}),
    ):
        with pytest.raises(Missing):
            scene.do(verb, stranger, review_id, **values)
        with pytest.raises(Missing):
            scene.do(verb, stranger, "aaaaaaaaaaaa", **values)


def test_who_is_given_a_claim_is_told_of_it(scene):
    [ann] = scene.reviewers("Ann")
    editor = scene.person("Eda", Role.EDITOR)
    review_id = scene.do(lending.assign, editor, scene.claim(), person=ann)
    [notice] = scene.rows(Notice)
    assert (notice.kind, notice.person_id) == (NoticeKind.ASSIGNED, ann.person)
    assert notice.by_id == editor.person
    assert notice.review_id == scene.review_row(review_id).key


def test_only_editors_give_claims_away(scene):
    [ann] = scene.reviewers("Ann")
    claim_id = scene.claim()
    before = scene.state()
    for role in (Role.ADJUDICATOR, Role.REVIEWER, Role.VIEWER):
        with pytest.raises(NotAllowed):
            scene.do(lending.assign, scene.person(role.title(), role), claim_id, person=ann)
    assert scene.state() == before


def test_a_person_is_locked_only_where_rows_are(scene, database, queries):
    [ann] = scene.reviewers("Ann")
    with queries() as counted, database.write() as session:
        lending.hold_person(session, ann)

    locks = [statement for statement in counted if "FOR NO KEY UPDATE" in statement]
    assert len(locks) == len(counted) == (0 if database.is_sqlite else 1)
