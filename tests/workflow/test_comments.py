"""Comments on a claim, answers, threads that close, and who is told."""

import pytest
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.comments import TalkFilter
from app.domain.errors import Invalid, Missing, NotAllowed, WrongState
from app.domain.words import Decides, Erasable, NoticeKind, Role
from app.storage import comments as questions
from app.storage import notices
from app.storage.comment_rows import comment_rows
from app.storage.people import by_email
from app.storage.pseudonyms import pseudonym
from app.storage.tables import Comment, Erasure, Mention, Notice, Person
from app.workflow import erasures
from app.workflow.bulk import want_many
from app.workflow.comments import CommentValues, add_comment, reopen, reply, resolve
from tests.cases import in_turn
from tests.scenes import Scene


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def claim(scene):
    return scene.claim()


@pytest.fixture
def ann(scene):
    return scene.person("Ann", Role.REVIEWER)


@pytest.fixture
def ben(scene):
    return scene.person("Ben", Role.EDITOR)


def write(scene, actor, claim, text="Look here.", tell=""):
    return scene.do(add_comment, actor, claim, values=CommentValues(text=text, tell=tell))


def answer(scene, actor, comment, text="I did."):
    return scene.do(reply, actor, comment, values=CommentValues(text=text))


def told(scene):
    """Whom the notices tell of what."""
    names = {row.key: row.name for row in scene.rows(Person)}
    return [(names[row.person_id], row.kind) for row in scene.rows(Notice)]


def public_id(scene, actor):
    return scene.rows(Person, Person.id == actor.person)[0].public_id


def seen(scene, actor, claim):
    threads = scene.ask(questions.threads_of, actor, scene.claim_row(claim).key)
    return [
        ["".join(run.words for run in c.runs) for c in (thread.first, *thread.replies)]
        for thread in threads
    ]


def test_a_comment_is_there_with_its_line_of_history(scene, claim, ann, ben):
    first = write(scene, ann, claim)
    answer(scene, ben, first)

    assert seen(scene, ben, claim) == [["Look here.", "I did."]]
    lines = scene.events("comment.add")
    assert [(e.noun, e.claim, e.actor_id) for e in lines] == [
        ("comment", claim, ann.person),
        ("comment", claim, ben.person),
    ]
    assert not any("Look" in repr(e.details) for e in lines)


def test_an_answer_to_an_answer_stands_in_the_same_thread(scene, claim, ann, ben):
    first = write(scene, ann, claim)
    second = answer(scene, ben, first)
    answer(scene, ann, second, "Thank you.")

    assert seen(scene, ann, claim) == [["Look here.", "I did.", "Thank you."]]


def test_who_is_named_and_who_is_chosen_is_told_once(scene, claim, ann, ben):
    cleo = scene.person("Cleo", Role.VIEWER)
    write(scene, ann, claim, "@Ben and @Ben, and @Ann: look.", tell=public_id(scene, cleo))

    assert told(scene) == [("Ben", NoticeKind.MENTIONED), ("Cleo", NoticeKind.MENTIONED)]
    assert len(scene.rows(Mention)) == 3


def test_who_began_a_thread_is_told_of_an_answer(scene, claim, ann, ben):
    first = write(scene, ann, claim)
    answer(scene, ben, first, "@Ann I did.")

    assert told(scene) == [("Ann", NoticeKind.ANSWERED)]


def test_sent_twice_it_is_there_once(scene, claim, ann, ben):
    assert write(scene, ann, claim, "@Ben") == write(scene, ann, claim, "@Ben")
    first = scene.rows(Comment)[0].public_id
    assert answer(scene, ben, first) == answer(scene, ben, first)

    assert len(scene.rows(Comment)) == 2
    assert len(scene.rows(Notice)) == 2
    assert len(scene.events("comment.add")) == 2


@in_turn(
    ("values", "code"),
    [
        ({"text": "  "}, "comment.text"),
        ({"text": "x" * 5_001}, "comment.long"),
        ({"text": "Look.", "tell": "aaaaaaaaaaaa"}, "comment.person"),
    ],
)
def test_bad_input_changes_nothing(scene, claim, ann, values, code):
    before = scene.state()
    with pytest.raises(Invalid) as refused:
        scene.do(add_comment, ann, claim, values=CommentValues(**values))
    assert refused.value.code == code
    assert scene.state() == before


def test_readers_read_and_strangers_find_nothing(scene, claim, ann):
    reader, stranger = scene.person("Reader", Role.VIEWER), scene.person("Stranger")
    first = write(scene, ann, claim)
    before = scene.state()
    for verb in (lambda who: write(scene, who, claim), lambda who: answer(scene, who, first)):
        with pytest.raises(NotAllowed):
            verb(reader)
        with pytest.raises(Missing):
            verb(stranger)
    assert scene.state() == before
    assert seen(scene, reader, claim) == [["Look here."]]


def test_what_is_not_there_cannot_be_answered(scene, ann):
    with pytest.raises(Missing):
        write(scene, ann, "aaaaaaaaaaaa")
    with pytest.raises(Missing):
        answer(scene, ann, "aaaaaaaaaaaa")


def test_a_thread_is_closed_and_opened_by_its_author_and_by_leads(scene, claim, ann, ben):
    first = write(scene, ann, claim)
    scene.do(resolve, ann, first)
    scene.do(resolve, ann, first)
    [thread] = scene.ask(questions.threads_of, ben, scene.claim_row(claim).key)
    assert (thread.resolved_by, thread.may_close) == ("Ann", True)
    scene.do(reopen, ben, first)
    scene.do(reopen, ben, first)

    assert scene.rows(Comment)[0].resolved_at is None
    assert len(scene.events("comment.resolve")) == len(scene.events("comment.reopen")) == 1


def test_nobody_else_closes_it_and_an_answer_is_no_thread(scene, claim, ann, ben):
    [other] = scene.reviewers("Other")
    first = write(scene, ann, claim)
    second = answer(scene, ben, first)
    before = scene.state()
    with pytest.raises(NotAllowed):
        scene.do(resolve, other, first)
    with pytest.raises(WrongState):
        scene.do(resolve, ben, second)
    with pytest.raises(Missing):
        scene.do(resolve, scene.person("Stranger"), first)
    assert scene.state() == before


def test_the_list_has_open_threads_first_then_the_newest(scene, claim, ann, ben):
    ids = [write(scene, ann, claim, f"Number {n}") for n in range(5)]
    scene.do(resolve, ben, ids[1])
    scene.do(resolve, ben, ids[3])
    wanted = [ids[4], ids[2], ids[0], ids[3], ids[1]]

    def page(after=None, limit=2, show=TalkFilter.ALL):
        return scene.ask(questions.threads, ben, scene.id, wanted=show, after=after, limit=limit)

    got, after = [], None
    while found := page(after):
        got += [thread.first.public_id for thread in found]
        after = questions.place_of(found[-1])
    assert got == wanted
    shown = {
        show: [thread.first.public_id for thread in page(limit=9, show=show)] for show in TalkFilter
    }
    assert shown[TalkFilter.OPEN] == wanted[:3]
    assert shown[TalkFilter.RESOLVED] == wanted[3:]
    assert shown[TalkFilter.MINE] == []
    mine = write(scene, ann, claim, "@Ben, please.")
    assert [t.first.public_id for t in page(show=TalkFilter.MINE)] == [mine]


def test_an_erased_comment_leaves_its_place_and_a_hash(scene, claim, ann, ben):
    first = write(scene, ann, claim, "Her name is Zenobia.")
    answer(scene, ben, first)
    scene.do(erasures.erase, CONSOLE, Erasable.COMMENT, first, reason="Asked for")

    [thread] = scene.ask(questions.threads_of, ben, scene.claim_row(claim).key)
    assert (thread.first.is_erased, thread.first.runs) == (True, ())
    assert len(thread.replies) == 1
    assert len(scene.rows(Erasure)[0].sha256) == 64
    with pytest.raises(WrongState):
        scene.do(erasures.erase, CONSOLE, Erasable.COMMENT, first, reason="Again")


def test_a_person_who_was_erased_is_mentioned_without_a_name(scene, claim, ann, ben):
    write(scene, ann, claim, "Ask @Ben.")
    person = scene.ask(by_email, "ben@example.org")
    scene.do(erasures.erase, CONSOLE, Erasable.PERSON, person.public_id, reason="Asked for")

    assert seen(scene, ann, claim) == [[f"Ask @Person {person.public_id}."]]
    with scene.database.reading() as session:
        assert all("Ben" not in row.text for row in session.exec(select(Comment)))


def test_the_names_in_comments_csv_are_not_those_of_reviews_csv(scene, claim, ann, ben):
    write(scene, ann, claim, f"Look, @{public_id(scene, ben)}.", public_id(scene, ben))
    answer(scene, ben, scene.rows(Comment)[0].public_id)
    [first, second] = scene.ask(lambda db: list(comment_rows(db, CONSOLE, scene.id)))
    assert first.author != second.author
    assert first.mentions == (second.author,)
    of_reviews = {pseudonym(scene.project, actor.person) for actor in (ann, ben)}
    assert not of_reviews & {first.author, second.author}


def test_whoever_may_yet_be_lent_a_claim_reads_nothing_of_it_until_it_is_settled(database):
    scene = Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2, settles_itself=False)
    lea = scene.person("Lea", Role.EDITOR, Role.ADJUDICATOR)
    both = scene.person("Bo", Role.EDITOR, Role.REVIEWER)
    ann, ben, cy = scene.reviewers("Ann", "Ben", "Cy")
    claim = scene.claim()
    scene.check(ann), scene.check(ben, "true")
    words = "It is false, see table 3, @Cy."
    first = write(scene, ann, claim, words)
    read = [[words]]

    def read_by(*people):
        return [seen(scene, who, claim) for who in people]

    # All checks are in; it may still come to want more, of those who have given none.
    assert read_by(ann, ben, lea, both, cy) == [read, read, read, read, []]
    assert scene.ask(notices.unread, cy) == 0
    assert list(scene.ask(lambda db: [*comment_rows(db, cy, scene.id)])) == []
    with pytest.raises(Missing):
        answer(scene, cy, first)
    scene.do(want_many, lea, scene.id, [claim], wanted=3)
    # Who leads read it, and so checks nothing.
    assert read_by(ann, lea, both, cy) == [read, read, read, []]
    mine = scene.check(cy)
    assert (scene.claim_of(mine), read_by(cy)) == (claim, [read])


def test_once_it_is_settled_everybody_reads_it(database):
    scene = Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2, settles_itself=False)
    ann, ben, cy = scene.reviewers("Ann", "Ben", "Cy")
    claim = scene.claim()
    scene.check(ann), scene.check(ben)
    write(scene, ann, claim)
    assert seen(scene, cy, claim) == []
    scene.settle(scene.person("Lea", Role.EDITOR, Role.ADJUDICATOR), claim)
    assert seen(scene, cy, claim) == [["Look here."]]
