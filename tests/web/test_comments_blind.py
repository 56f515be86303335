"""Whoever could still check a claim blind finds no word of what others write about it."""

import pytest

from app.domain.words import Role
from app.storage.tables import Comment, Person
from app.workflow.comments import CommentValues, add_comment, reply, resolve
from app.workflow.consulting import ask
from tests.scenes import LEADS
from tests.web.test_blindness import ONE_OF_VIEWERS, Desk, changed


@pytest.fixture
def desk(database, app):
    return Desk(database, app)


def write(desk, actor, text, tell=""):
    claim = desk.scene.claim_of(desk.bens)
    return desk.scene.do(add_comment, actor, claim, values=CommentValues(text=text, tell=tell))


def answer(desk, actor, comment, text):
    return desk.scene.do(reply, actor, comment, values=CommentValues(text=text))


def body(client, path):
    return client.get(path).get_data(as_text=True)


def public_id(desk, actor):
    return desk.scene.rows(Person, Person.id == actor.person)[0].public_id


@pytest.mark.parametrize("viewer", ONE_OF_VIEWERS)
def test_nothing_changes_for_the_blind_when_others_talk(desk, viewer):
    actor = desk.viewers[viewer]
    lead = desk.scene.person("Lea", *LEADS)
    expert = desk.scene.person("Expert", Role.VIEWER)
    mine = write(desk, actor, "What I wrote.")
    before = desk.seen_by(actor)
    first = write(desk, desk.ben, f"The xylophone, @{actor.name}.")
    answer(desk, lead, first, "The walrus.")
    answer(desk, lead, mine, "A kumquat under yours.")
    claim = desk.scene.claim_of(desk.bens)
    whom = public_id(desk, expert)
    question = desk.scene.do(ask, desk.ben, claim, person_id=whom, text="A zeppelin?")
    answer(desk, expert, question, f"An ocarina, @{actor.name}.")
    desk.scene.do(resolve, lead, first)
    after = desk.seen_by(actor)
    hidden = [row.public_id for row in desk.scene.rows(Comment) if row.public_id != mine]
    assert [after[f"/comments/{name}"][0] for name in hidden] == [404] * 5
    words = ("xylophone", "walrus", "kumquat", "zeppelin", "ocarina")
    told = [
        a for a, (_status, body) in after.items() if any(w in body and w not in a for w in words)
    ]
    assert told == []
    assert changed(before, after) == []
    client = desk.client(actor)
    for path in (f"/comments/{first}/replies", f"/comments/{question}/replies"):
        assert client.post(path, data={"text": "Me too."}).status_code == 404


def test_who_asked_while_blind_sees_the_question_and_its_answers_alone(desk):
    actor = desk.viewers["a checker"]
    expert = desk.scene.person("Expert", Role.VIEWER)
    write(desk, desk.ben, "The xylophone.")
    claim = desk.scene.claim_of(desk.bens)
    whom = public_id(desk, expert)
    question = desk.scene.do(ask, actor, claim, person_id=whom, text="A zeppelin?")
    reply_id = answer(desk, expert, question, "An ocarina.")
    client = desk.client(actor)
    page = body(client, f"/claims/{claim}")
    assert "A zeppelin?" in page
    assert "An ocarina." in page
    assert "xylophone" not in page
    assert client.get(f"/comments/{reply_id}").status_code == 303
    assert "A zeppelin?" in body(client, "/projects/desk/comments?show=mine")


def test_once_they_have_answered_they_read_it_all(desk):
    """Else the tests above would pass on a desk that never shows anything."""
    actor = desk.viewers["a checker"]
    first = write(desk, desk.ben, f"The xylophone, @{actor.name}.")
    desk.scene.submit(actor, desk.scene.take(actor), "true")
    client = desk.client(actor)
    assert "xylophone" in body(client, f"/claims/{desk.scene.claim_of(desk.bens)}")
    assert "xylophone" in body(client, "/projects/desk/comments")
    assert "xylophone" in body(client, "/projects/desk/exports/comments.csv")
    assert client.get(f"/comments/{first}").status_code == 303
