"""One's own keys: moved, switched off, and what the pages then write."""

import re
from pathlib import Path

import pytest
from sqlmodel import Session, select

from app.domain.errors import Invalid, NotAllowed
from app.domain.words import Decides
from app.storage.tables import Claim, Event, Person
from app.web.keys import KEYS
from app.workflow.people import set_keys
from tests.cases import in_turn
from tests.scenes import LEADS, Scene
from tests.web.checking import article

PATH = "/account/keys"
TEMPLATES = Path(__file__).parents[2] / "templates"
KEYED = re.compile(r'data-key="([^"]*)"|aria-keyshortcuts="([^"]*)"|<kbd>([^<]*)</kbd>')


@pytest.fixture
def ann(app, person):
    return app.test_client().sign_in(person("Ann"))


@pytest.fixture
def kept(database, ann):
    def look():
        with database.reading() as session:
            row = session.exec(select(Person).where(Person.id == ann.person.key)).one()
            return row.keymap, row.has_keys_off

    return look


def form(client, **changes):
    """The form as it stands, with some fields filled in otherwise; a dot is written ``__``."""
    fields = {name: values[0] for name, values in client.get(PATH).page.form(PATH).items()}
    del fields["csrf_token"]
    return {**fields, **{name.replace("__", "."): text for name, text in changes.items()}}


def save(client, **changes):
    return client.post(PATH, data={"do": "save", **form(client, **changes)})


def test_the_form_has_every_action_that_can_be_moved_with_its_present_key(ann):
    fields = form(ann)

    assert fields["review.skip"] == "s"
    assert (fields["review.content-1"], fields["everywhere.help"]) == ("1", "?")
    assert len(fields) == len([k for k in KEYS if k.key not in {"Enter", "Ctrl+Enter"}])


def test_a_moved_key_is_kept_and_shown_on_the_page_of_keys(ann, kept):
    answer = save(ann, review__skip="F")

    assert (answer.status_code, answer.location) == (303, PATH)
    assert kept() == ({"review.skip": "f"}, False)
    assert form(ann)["review.skip"] == "f"
    assert ["f", "Skip, with a reason"] in ann.get("/keys").page.rows("Check")


def test_an_action_can_be_left_without_a_key(ann, kept):
    save(ann, review__skip="")

    assert kept() == ({"review.skip": ""}, False)
    assert "Skip, with a reason" not in [row[1] for row in ann.get("/keys").page.rows("Check")]


def test_two_actions_can_change_places(ann, kept):
    save(ann, review__skip="l", review__later="s")

    assert kept()[0] == {"review.skip": "l", "review.later": "s"}


def test_a_clash_is_refused_at_both_actions_and_changes_nothing(ann, kept):
    answer = save(ann, review__skip="l")

    assert answer.status_code == 422
    assert answer.page.errors == [
        "Skip, with a reason: “l” is also the key for “Later”. Each needs one of its own.",
        "Later: “l” is also the key for “Skip, with a reason”. Each needs one of its own.",
    ]
    assert answer.page.form(PATH)["review.skip"] == ["l"]
    assert kept() == ({}, False)


def test_a_clash_with_a_key_that_works_everywhere_is_refused(ann, kept):
    answer = save(ann, pick__drop="?")

    assert answer.status_code == 422
    assert "Show these keys" in answer.page.errors[1]
    assert kept() == ({}, False)


@in_turn("key", ["Tab", "F5", "Ctrl+S", "/", "xy", "é"])
def test_a_key_that_is_none_or_the_browsers_is_refused_beside_its_field(ann, kept, key):
    answer = save(ann, review__skip=key)

    assert answer.status_code == 422
    assert answer.page.by_id("review.skip").get("aria-invalid") == "true"
    assert kept() == ({}, False)


def test_the_usual_keys_come_back_with_one_press(ann, kept):
    save(ann, review__skip="f", pick__drop="y")

    answer = ann.post(PATH, data={"do": "usual"})

    assert answer.status_code == 303
    assert kept() == ({}, False)
    assert form(ann)["review.skip"] == "s"


def test_with_single_keys_off_only_ctrl_enter_stands_on_any_page(app, database):
    scene = Scene(database, slug="data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    names = article(database, scene.project, claims=4)
    scene.check(scene.reviewers("Cem")[0])
    scene.check(scene.reviewers("Dora")[0])
    lead = scene.person("Lea", *LEADS, admin=True)
    suggested = scene.claim(state="candidate")
    [ann] = scene.reviewers("Ann")
    mine = scene.take(ann)
    owner = scene.rows(Claim)[0].article_id
    assert owner is not None
    found = {}
    for actor, paths in (
        (lead, ["/projects/data/pick", f"/claims/{names[0]}/settle", f"/claims/{suggested}"]),
        (ann, [f"/reviews/{mine}", "/projects/data/review", "/keys"]),
    ):
        scene.do(set_keys, actor, public_id(scene, actor), keymap={}, is_off=True)
        with Session(database.engine) as session:
            client = app.test_client().sign_in(session.get_one(Person, actor.person))
        for path in paths:
            body = client.get(path, follow_redirects=True).get_data(as_text=True)
            found[path] = {"".join(groups) for groups in KEYED.findall(body)}
    assert found[f"/reviews/{mine}"] == {"Ctrl+Enter", "Control+Enter"}
    assert set().union(*found.values()) == {"Ctrl+Enter", "Control+Enter"}


def public_id(scene, actor):
    return scene.rows(Person, Person.id == actor.person)[0].public_id


def test_a_moved_key_stands_on_the_page_in_place_of_the_usual_one(app, database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.claim()
    [ann] = scene.reviewers("Ann")
    mine = scene.take(ann)
    keymap = {"review.skip": "x", "review.content-1": "a"}
    scene.do(set_keys, ann, public_id(scene, ann), keymap=keymap, is_off=False)
    with Session(database.engine) as session:
        client = app.test_client().sign_in(session.get_one(Person, ann.person))

    page = client.get(f"/reviews/{mine}").page

    pressed = {e.get("data-key") for e in page.root.iter() if e.get("data-key")}
    assert {"x", "a"} <= pressed
    assert not {"s", "1"} & pressed
    assert page.by_id("verdict-true").get("data-key") == "a"


def test_choosing_is_written_down_without_the_keys(ann, database):
    save(ann, review__skip="f")

    with database.reading() as session:
        [event] = session.exec(select(Event).where(Event.action == "person.set-keys")).all()
    assert event.details == {"fields": ["keymap", "has_keys_off"]}


def test_nobody_chooses_for_somebody_else_or_what_is_no_key(database, actor, person):
    ann, bea = person("Ann"), person("Bea")
    with database.write() as session:
        with pytest.raises(NotAllowed):
            set_keys(session, actor(ann), bea.public_id, keymap={}, is_off=True)
        with pytest.raises(Invalid):
            set_keys(session, actor(ann), ann.public_id, keymap={"review.skip": "F5"}, is_off=False)


def test_no_template_writes_a_key_past_the_macros():
    """Else it would be there for those who have switched keys off."""
    key = re.compile(r"(?:data-key|aria-keyshortcuts)=")
    writing = [path for path in TEMPLATES.rglob("*.html") if key.search(path.read_text("utf-8"))]

    assert [path.name for path in writing] == ["keys.html"]


def test_a_stranger_to_the_desk_changes_nothing(client):
    assert client.post(PATH, data={"do": "usual"}).status_code == 401
