"""What people are told of: who sees it, when it counts, and how it is read."""

import pytest
from sqlmodel import select

from app.domain.errors import Missing
from app.domain.words import Decides, NoticeKind, Role
from app.storage import notices as questions
from app.storage.people import actor_of
from app.storage.tables import Membership, Notice, Person
from app.workflow import lending
from app.workflow.comments import CommentValues, add_comment, reply
from app.workflow.consulting import ask
from app.workflow.notices import read, read_all
from tests.scenes import Scene


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def ann(scene):
    return scene.person("Ann", Role.EDITOR)


@pytest.fixture
def ben(scene):
    return scene.person("Ben", Role.REVIEWER)


def mention(scene, actor, claim, *names):
    text = f"Number {len(scene.rows(Notice))}: " + " ".join(f"@{name}" for name in names)
    return scene.do(add_comment, actor, claim, values=CommentValues(text=text))


def named(session, name):
    """The public id of somebody, and the person with the roles of this moment."""
    row = session.exec(select(Person).where(Person.name == name)).one()
    return row.public_id, actor_of(session, row.public_id)


def seen(scene, actor, **values):
    return scene.ask(questions.notices, actor, **values)


def unread(scene, actor):
    return scene.ask(questions.unread, actor)


def test_what_one_is_told_stands_newest_first_and_page_by_page(scene, ann, ben):
    claim = scene.claim("The claim.")
    comments = [mention(scene, ann, claim, "Ben") for _ in range(3)]
    scene.do(lending.assign, ann, claim, person=ben)

    found = seen(scene, ben)
    assert [n.kind for n in found] == [NoticeKind.ASSIGNED, *[NoticeKind.MENTIONED] * 3]
    assert [n.comment_id for n in found[1:]] == comments[::-1]
    assert {(n.claim_text, n.project_title, n.is_read) for n in found} == {
        ("The claim.", "Desk", False)
    }
    assert [n.by for n in found] == [None, "Ann", "Ann", "Ann"]
    second = seen(scene, ben, before=found[1].public_id, limit=1)
    assert second == found[2:3]
    assert seen(scene, ann) == []


def test_what_was_read_is_no_longer_counted(scene, ann, ben):
    claim = scene.claim()
    for _ in range(3):
        mention(scene, ann, claim, "Ben")
    newest, middle, oldest = seen(scene, ben)
    assert unread(scene, ben) == 3
    scene.do(read, ben, oldest.public_id)
    scene.do(read, ben, oldest.public_id)
    assert unread(scene, ben) == 2
    scene.do(read_all, ben, upto=middle.public_id)
    assert [n.is_read for n in seen(scene, ben)] == [False, True, True]
    scene.do(read_all, ben, upto=newest.public_id)
    assert unread(scene, ben) == 0
    assert unread(scene, ann) == 0


def test_a_notice_is_its_readers_alone(scene, ann, ben):
    mention(scene, ann, scene.claim(), "Ben")
    [notice] = seen(scene, ben)
    others = (ann, scene.person("Stranger"), scene.person("Boss", admin=True))
    before = scene.state()
    for verb in (read, lambda s, a, n: read_all(s, a, upto=n)):
        for actor in others:
            with pytest.raises(Missing):
                scene.do(verb, actor, notice.public_id)
        with pytest.raises(Missing):
            scene.do(verb, ben, "aaaaaaaaaaaa")
    assert scene.state() == before


def test_counting_stops_where_nobody_counts_on(scene, ann, ben):
    claim = scene.claim_row(scene.claim())
    with scene.database.write() as session:
        for _ in range(questions.MOST_COUNTED + 5):
            session.add(
                Notice(
                    project_id=scene.id,
                    person_id=ben.person,
                    kind=NoticeKind.ASSIGNED,
                    claim_id=claim.key,
                )
            )
    assert unread(scene, ben) == questions.MOST_COUNTED


def test_who_left_the_project_is_told_nothing_more_of_it(scene, ann, ben):
    mention(scene, ann, scene.claim(), "Ben")
    with scene.database.write() as session:
        row = session.get_one(Membership, scene.rows(Membership)[-1].key)
        row.ended_at = row.created_at
    gone = scene.ask(named, "Ben")[1]
    assert unread(scene, gone) == 0
    assert seen(scene, gone) == []


def test_a_notice_about_a_comment_waits_until_its_reader_may_see_it(database):
    scene = Scene(database, reviews_wanted=2)
    [ben] = scene.reviewers("Ben")
    ann = scene.person("Ann", Role.EDITOR)
    claim = scene.claim()
    mention(scene, ann, claim, "Ben")
    hidden = scene.rows(Notice)[0].public_id
    assert (unread(scene, ben), seen(scene, ben)) == (0, [])
    with pytest.raises(Missing):
        scene.do(read, ben, hidden)
    other = scene.claim("Another.")
    scene.do(lending.assign, ann, other, person=ben)
    [known] = seen(scene, ben)
    scene.do(read_all, ben, upto=known.public_id)
    scene.submit(ben, scene.take(ben))
    scene.submit(ben, scene.take(ben))
    assert unread(scene, ben) == 1
    assert [n.public_id for n in seen(scene, ben) if not n.is_read] == [hidden]


def test_who_asked_while_blind_is_told_of_the_answer_at_once(database):
    scene = Scene(database, reviews_wanted=2)
    [ben] = scene.reviewers("Ben")
    scene.person("Expert", Role.VIEWER)
    claim = scene.claim()
    public_id, expert = scene.ask(named, "Expert")
    question = scene.do(ask, ben, claim, person_id=public_id, text="Is it?")
    scene.do(reply, expert, question, values=CommentValues(text="It is."))
    [notice] = seen(scene, ben)
    assert (notice.kind, notice.by, notice.is_question) == (NoticeKind.ANSWERED, "Expert", True)
    assert unread(scene, expert) == 1
