"""A check that waits for an answer, one that is kept for longer, and one that is asked about."""

from datetime import timedelta

import pytest

from app.domain.actors import SYSTEM
from app.domain.errors import Invalid, Missing, WrongState
from app.domain.ids import now
from app.domain.words import Decides, NoticeKind, ReviewState, Role, SkipReason
from app.storage.queue import to_go
from app.storage.reviews import held
from app.storage.tables import Draft, Notice, Review, ReviewQuestion
from app.storage.waiting import waiting
from app.workflow import claims, lending, reviews
from app.workflow.asking import ask_holder
from app.workflow.parking import end_waits, keep, wait
from tests.scenes import LEADS, Scene
from tests.workflow.test_races import at_once

DAY = timedelta(days=1)


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def ann(scene):
    return scene.reviewers("Ann")[0]


def park(scene, actor, review_id, *, after=DAY, why="the ministry"):
    return scene.do(wait, actor, review_id, until=now() + after, waits_for=why)


def time_comes(scene, review_id):
    scene.change(Review, review_id, waits_until=now() - timedelta(minutes=1))


def counted(scene, actor):
    found = scene.ask(waiting, actor, [scene.project])[scene.id]
    return found.in_hand, found.free, scene.ask(to_go, actor, scene.id)


def test_a_check_that_waits_keeps_slot_and_draft_and_lends_the_next(scene, ann):
    scene.claim()
    second = scene.claim()
    first = scene.take(ann)
    scene.draft(ann, first)

    following = park(scene, ann, first)

    row = scene.review_row(first)
    assert scene.claim_of(following) == second
    assert (row.state, row.slot, row.waits_for) == (ReviewState.LENT, 1, "the ministry")
    assert row.lease_until == row.waits_until + DAY
    assert len(scene.rows(Draft)) == 1
    assert scene.take(ann) == following
    assert len(scene.events("review.wait")) == 1


def test_several_can_wait_at_once(scene, ann):
    for _ in range(3):
        scene.claim()
    taken = [scene.take(ann)]
    taken += [park(scene, ann, taken[0])]
    taken += [park(scene, ann, taken[1])]

    assert len(set(taken)) == 3
    assert park(scene, ann, taken[2]) is None
    assert counted(scene, ann) == (0, 0, 0)


def test_when_the_time_has_come_it_is_the_first_in_hand_again(scene, ann):
    scene.claim()
    scene.claim()
    first = scene.take(ann)
    second = park(scene, ann, first)
    scene.draft(ann, second)
    assert scene.ask(held, ann, scene.id) == second
    assert counted(scene, ann) == (1, 0, 1)

    time_comes(scene, first)

    assert scene.ask(held, ann, scene.id) == first
    assert scene.take(ann) == first
    assert counted(scene, ann) == (2, 0, 2)
    assert scene.submit(ann, first) == second


def test_an_answer_that_came_in_ends_the_waits_of_its_claim_alone(scene, ann):
    scene.claim()
    scene.claim()
    first = scene.take(ann)
    second = park(scene, ann, first)
    park(scene, ann, second)

    scene.do(end_waits, scene.review_row(second).claim_id)

    assert scene.ask(held, ann, scene.id) == second
    assert scene.review_row(first).waits_until > now()


def test_a_check_whose_answer_came_is_held_for_one_lease_and_by_hand_for_ever(scene, ann):
    scene.claim()
    first = scene.take(ann)
    park(scene, ann, first, after=60 * DAY)
    second = scene.claim()
    scene.do(end_waits, scene.review_row(first).claim_id)
    assert timedelta(0) < scene.review_row(first).lease_until - now() <= DAY

    editor = scene.person("Ed", *LEADS)
    by_hand = scene.do(lending.assign, editor, second, person=scene.reviewers("Ben")[0])
    row = scene.review_row(by_hand)
    scene.change(Review, by_hand, waits_until=now() + DAY)
    scene.do(end_waits, row.claim_id)
    row = scene.review_row(by_hand)
    assert (row.lease_until, row.waits_until <= now()) == (None, True)


@pytest.mark.parametrize("move", ["submit", "skip", "put off"])
def test_answering_passing_on_and_putting_off_end_the_wait(scene, ann, move):
    scene.claim()
    review_id = scene.take(ann)
    park(scene, ann, review_id)

    if move == "submit":
        scene.submit(ann, review_id)
    elif move == "skip":
        scene.do(reviews.skip, ann, review_id, reason=SkipReason.CONFLICT)
    else:
        scene.do(reviews.put_off, ann, review_id)

    row = scene.review_row(review_id)
    assert (row.waits_until, row.waits_for) == (None, None)


def test_a_wait_can_be_made_longer_and_sent_twice_it_is_one(scene, ann):
    scene.claim()
    review_id = scene.take(ann)
    until = now() + 2 * DAY
    for _ in range(2):
        scene.do(wait, ann, review_id, until=until, waits_for=" the  ministry ")
    assert scene.review_row(review_id).waits_until == until
    assert len(scene.events("review.wait")) == 1

    park(scene, ann, review_id, after=3 * DAY)

    assert scene.review_row(review_id).waits_until > until


def test_a_returned_check_and_one_that_was_given_by_hand_can_wait_too(scene, ann):
    lead = scene.person("Lea", *LEADS)
    scene.claim()
    returned = scene.check(ann)
    scene.do(reviews.send_back, lead, returned, question="Since when?")
    by_hand = scene.do(lending.assign, lead, scene.claim(), person=ann)

    assert park(scene, ann, returned) == by_hand
    assert park(scene, ann, by_hand) is None
    assert scene.review_row(returned).lease_until is None
    assert scene.review_row(by_hand).lease_until is None
    assert counted(scene, ann) == (0, 0, 0)
    time_comes(scene, returned)
    assert scene.take(ann) == returned


@pytest.mark.parametrize(
    ("after", "why", "code"),
    [
        (timedelta(0), "", r"review\.wait-past"),
        (timedelta(days=91), "", r"review\.wait-long"),
        (DAY, "x" * 201, r"review\.waits-for"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(scene, ann, after, why, code):
    scene.claim()
    review_id = scene.take(ann)
    before = scene.state()

    with pytest.raises(Invalid, match=code):
        park(scene, ann, review_id, after=after, why=why)

    assert scene.state() == before


@pytest.mark.parametrize("verb", ["wait", "keep"])
def test_only_what_is_in_my_hands_can_wait_or_be_kept(scene, ann, verb):
    values = {"until": now() + DAY} if verb == "wait" else {}
    does = {"wait": wait, "keep": keep}[verb]
    lead, [ben] = scene.person("Lea", Role.EDITOR), scene.reviewers("Ben")
    scene.claim()
    given = scene.check(ann)
    dropped = scene.claim()
    lent = scene.take(ann)
    for stranger in (ben, lead, scene.person("Sam")):
        with pytest.raises(Missing):
            scene.do(does, stranger, lent, **values)
    with pytest.raises(Missing):
        scene.do(does, ann, "aaaaaaaaaaaa", **values)
    scene.do(claims.drop, lead, dropped)
    before = scene.state()
    for review_id in (given, lent):
        with pytest.raises(WrongState, match=r"review\.not-held"):
            scene.do(does, ann, review_id, **values)
    assert scene.state() == before


def test_what_waits_for_too_long_goes_to_another_like_any_late_check(scene, ann):
    scene.claim()
    [ben] = scene.reviewers("Ben")
    review_id = scene.take(ann)
    park(scene, ann, review_id)
    assert scene.take(ben) is None
    assert counted(scene, ben)[1:] == (0, 0)
    scene.change(Review, review_id, waits_until=now() - 2 * DAY, lease_until=now() - DAY)
    assert counted(scene, ben)[1:] == (1, 1)

    taken = scene.take(ben)

    row = scene.review_row(review_id)
    assert scene.claim_of(taken) == scene.claim_of(review_id)
    assert (row.slot, row.waits_until, row.waits_for) == (None, None, None)


def test_parking_in_two_windows_at_once_lends_one_claim(scene, ann):
    for _ in range(3):
        scene.claim()
    review_id, until = scene.take(ann), now() + DAY

    taken = at_once(*[lambda: scene.do(wait, ann, review_id, until=until)] * 3)

    assert len(set(taken)) == 1
    assert len([row for row in scene.rows(Review) if row.slot]) == 2


# Being late


def test_who_is_late_with_a_draft_is_asked_first_and_loses_it_only_after_that(scene, ann):
    scene.claim()
    [ben] = scene.reviewers("Ben")
    late = scene.take(ann)
    scene.draft(ann, late)
    scene.let_lapse(late)
    assert counted(scene, ben)[1:] == (0, 0)

    assert scene.take(ben) is None
    assert scene.take(ben) is None

    row = scene.review_row(late)
    assert now() + timedelta(hours=3.9) < row.lease_until < now() + timedelta(hours=4.1)
    [notice] = scene.rows(Notice)
    assert (notice.kind, notice.person_id, notice.review_id) == (
        NoticeKind.LAPSING,
        ann.person,
        row.key,
    )
    # A name would tell who else checks.
    assert notice.by_id is None
    assert [e.actor_id for e in scene.events("review.ask-holder")] == [None]

    scene.let_lapse(late)
    assert counted(scene, ben)[1:] == (1, 1)
    assert scene.claim_of(scene.take(ben)) == scene.claim_of(late)
    assert scene.review_row(late).asked_at is None
    assert scene.rows(Draft)[0].body == {"rationale": "half a thought"}
    with pytest.raises(WrongState, match=r"review\.taken-over"):
        scene.submit(ann, late)


def test_whoever_is_lent_another_asks_the_late_one_all_the_same(scene, ann):
    scene.claim()
    [ben] = scene.reviewers("Ben")
    late = scene.take(ann)
    scene.draft(ann, late)
    scene.let_lapse(late)
    other = scene.claim()

    assert scene.claim_of(scene.take(ben)) == other

    assert scene.review_row(late).asked_at is not None


@pytest.mark.parametrize("answer", ["keep", "type", "take", "wait"])
def test_who_answers_keeps_the_claim_for_the_whole_time_again(scene, ann, answer):
    scene.claim()
    late = scene.take(ann)
    scene.draft(ann, late)
    scene.let_lapse(late)
    scene.do(ask_holder, SYSTEM, late)
    if answer == "take":
        scene.let_lapse(late)

    {
        "keep": lambda: scene.do(keep, ann, late),
        "type": lambda: scene.draft(ann, late, "more"),
        "take": lambda: scene.take(ann),
        "wait": lambda: park(scene, ann, late, after=timedelta(hours=1)),
    }[answer]()

    row = scene.review_row(late)
    assert row.asked_at is None
    assert row.lease_until > now() + timedelta(hours=23)


def test_a_claim_is_kept_for_longer_before_it_lapses_too(scene, ann):
    scene.claim()
    review_id = scene.take(ann)
    scene.change(Review, review_id, lease_until=now() + timedelta(minutes=3))

    scene.do(keep, ann, review_id)

    assert scene.review_row(review_id).lease_until > now() + timedelta(hours=23)
    assert len(scene.events("review.keep")) == 1


def test_nobody_is_asked_about_what_they_do_not_have(scene, ann):
    scene.claim()
    given = scene.check(ann)
    by_hand = scene.do(lending.assign, scene.person("Lea", *LEADS), scene.claim(), person=ann)
    before = scene.state()

    for review_id in (given, by_hand):
        with pytest.raises(WrongState, match=r"review\.not-held"):
            scene.do(ask_holder, SYSTEM, review_id)
    with pytest.raises(Missing):
        scene.do(ask_holder, scene.person("Sam"), given)

    assert scene.state() == before


def test_each_question_that_sends_a_check_back_is_kept_and_told(scene, ann):
    lead = scene.person("Lea", *LEADS)
    scene.claim()
    review_id = scene.check(ann)
    scene.do(reviews.send_back, lead, review_id, question=" Since when? ")
    scene.submit(ann, review_id, base_version=1)
    scene.do(reviews.send_back, lead, review_id, question="Says who?")

    asked = [(q.version, q.text, q.asked_by_id) for q in scene.rows(ReviewQuestion)]

    assert asked == [(1, "Since when?", lead.person), (2, "Says who?", lead.person)]
    told = [(n.kind, n.person_id, n.by_id) for n in scene.rows(Notice)]
    assert told == [(NoticeKind.RETURNED, ann.person, lead.person)] * 2
