"""Asking a colleague: who is asked is consulted, and barred where the claim is checked blind."""

import pytest

from app.domain.errors import Invalid, Missing, NotAllowed
from app.domain.words import BarReason, Decides, NoticeKind, ReviewState, Role
from app.storage import comments as questions
from app.storage.claims import standing
from app.storage.tables import Bar, Claim, Comment, Draft, Notice, Person
from app.workflow.comments import CommentValues, reopen, reply, resolve
from app.workflow.consulting import ask
from app.workflow.reviews import save_draft
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    return Scene(database, reviews_wanted=2)


def public_id(scene, actor):
    return scene.rows(Person, Person.id == actor.person)[0].public_id


def put(scene, actor, claim, whom, text="Is that so?"):
    return scene.do(ask, actor, claim, person_id=public_id(scene, whom), text=text)


def test_who_is_asked_is_told_and_cannot_check_it_any_more(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    claim = scene.claim()
    scene.take(ann)
    first = put(scene, ann, claim, ben)

    [bar] = scene.rows(Bar)
    assert (bar.person_id, bar.reason) == (ben.person, BarReason.CONSULTED)
    assert scene.take(ben) is None
    assert [(n.person_id, n.kind) for n in scene.rows(Notice)] == [(ben.person, NoticeKind.ASKED)]
    [line] = scene.events("comment.ask")
    assert line.details == {"asked": public_id(scene, ben), "barred": True}
    assert scene.rows(Comment)[0].public_id == first


def test_a_check_of_theirs_goes_back_and_its_draft_is_kept(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    claim = scene.claim()
    scene.take(ann)
    bens = scene.take(ben)
    scene.do(save_draft, ben, bens, body={"rationale": "Mine."}, draft_version=0)
    put(scene, ann, claim, ben)

    row = scene.review_row(bens)
    assert (row.slot, row.state) == (None, ReviewState.LENT)
    assert scene.claim_row(claim).slots_free == 1
    assert scene.rows(Draft)[0].body == {"rationale": "Mine."}
    with pytest.raises(NotAllowed):
        scene.submit(ben, bens)
    assert scene.take(scene.reviewers("Cleo")[0]) is not None


def test_who_has_answered_already_is_asked_without_being_barred(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    claim = scene.claim()
    bens = scene.check(ben)
    scene.take(ann)
    put(scene, ann, claim, ben)

    assert scene.rows(Bar) == []
    assert scene.review_row(bens).slot == 1


@pytest.mark.parametrize("decides", [Decides.SIGNOFF, Decides.SINGLE])
def test_where_nobody_is_blind_nobody_is_barred(database, decides):
    scene = Scene(database, decides=decides, reviews_wanted=1)
    ann, ben = scene.reviewers("Ann", "Ben")
    claim = scene.claim()
    bens = scene.take(ben)
    put(scene, ann, claim, ben)

    assert scene.rows(Bar) == []
    assert scene.review_row(bens).slot == 1
    assert len(scene.rows(Notice)) == 1


def test_the_answer_tells_the_asker_and_a_reader_may_give_it(scene):
    [ann] = scene.reviewers("Ann")
    expert = scene.person("Expert", Role.VIEWER)
    claim = scene.claim()
    first = put(scene, ann, claim, expert)
    scene.do(reply, expert, first, values=CommentValues(text="It is."))
    scene.do(reply, ann, first, values=CommentValues(text="Since when?"))

    told = [(n.person_id, n.kind) for n in scene.rows(Notice)]
    assert told == [
        (expert.person, NoticeKind.ASKED),
        (ann.person, NoticeKind.ANSWERED),
        (expert.person, NoticeKind.ASKED),
    ]


def test_the_asker_sees_the_answer_and_stays_blind(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    other = scene.person("Expert", Role.VIEWER)
    claim = scene.claim()
    key = scene.claim_row(claim).key
    first = put(scene, ann, claim, other)
    scene.do(reply, other, first, values=CommentValues(text="It is."))

    [thread] = scene.ask(questions.threads_of, ann, key)
    assert [c.author for c in (thread.first, *thread.replies)] == ["Ann", "Expert"]
    assert not scene.ask(standing, ann, key).is_barred
    assert scene.ask(questions.threads_of, ben, key) == []
    scene.submit(ann, scene.take(ann))


def test_sent_twice_it_is_asked_once(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    claim = scene.claim()
    assert put(scene, ann, claim, ben) == put(scene, ann, claim, ben)
    assert len(scene.rows(Notice)) == len(scene.events("comment.ask")) == 1


def test_one_asks_somebody_else_who_is_a_member_and_asks_something(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    stranger = scene.person("Stranger")
    claim = scene.claim()
    before = scene.state()
    for whom, text, code in (
        (ann, "Me?", "ask.self"),
        (stranger, "You?", "comment.person"),
        (ben, " ", "comment.text"),
    ):
        with pytest.raises(Invalid) as refused:
            put(scene, ann, claim, whom, text)
        assert refused.value.code == code
    assert scene.state() == before


def test_readers_strangers_and_what_is_not_there(scene):
    [ann] = scene.reviewers("Ann")
    claim = scene.claim()
    before = scene.state()
    with pytest.raises(NotAllowed):
        put(scene, scene.person("Reader", Role.VIEWER), claim, ann)
    with pytest.raises(Missing):
        put(scene, scene.person("Stranger"), claim, ann)
    with pytest.raises(Missing):
        put(scene, ann, "aaaaaaaaaaaa", ann)
    assert scene.state() == before


def test_of_a_suggestion_that_will_be_checked_blind_the_asked_are_barred_too(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    with scene.database.write() as session:
        session.add(Claim(project_id=scene.id, text="Not picked yet."))
    put(scene, ann, scene.rows(Claim)[0].public_id, ben)
    assert [bar.person_id for bar in scene.rows(Bar)] == [ben.person]


def test_once_it_is_settled_nobody_is_barred(scene):
    ann, ben, cleo = scene.reviewers("Ann", "Ben", "Cleo")
    claim = scene.claim()
    scene.check(ann)
    scene.check(ben)
    put(scene, ann, claim, cleo)
    assert scene.rows(Bar) == []


def test_a_blind_asker_sees_the_asked_ones_answer_and_nobody_elses(scene):
    ann, ben, cem = scene.reviewers("Ann", "Ben", "Cem")
    claim = scene.claim()
    scene.take(ann)
    first = put(scene, ann, claim, ben)
    scene.check(cem)
    hidden = scene.do(reply, cem, first, values=CommentValues(text="I say it is false."))
    scene.do(reply, ben, first, values=CommentValues(text="Look at page 3."))
    scene.do(reply, ann, first, values=CommentValues(text="Thank you."))

    key = scene.claim_row(claim).key
    [thread] = scene.ask(questions.threads_of, ann, key)
    assert [answer.author for answer in thread.replies] == ["Ben", "Ann"]
    with pytest.raises(Missing):
        scene.ask(questions.claim_of, ann, hidden)
    [thread] = scene.ask(questions.threads_of, cem, key)
    assert [answer.author for answer in thread.replies] == ["Cem", "Ben", "Ann"]


def test_who_is_blind_is_not_told_who_else_closed_a_thread(scene):
    ann, ben = scene.reviewers("Ann", "Ben")
    lea = scene.person("Lea", *LEADS)
    claim = scene.claim()
    scene.take(ann)
    first = put(scene, ann, claim, ben)
    scene.do(resolve, lea, first)

    def closed_by(actor):
        [thread] = scene.ask(questions.threads_of, actor, scene.claim_row(claim).key)
        return thread.resolved_at is not None, thread.resolved_by

    assert (closed_by(ann), closed_by(lea)) == ((True, None), (True, "Lea"))
    scene.do(reopen, ann, first)
    scene.do(resolve, ann, first)
    assert closed_by(ann) == (True, "Ann")
