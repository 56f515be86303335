"""Verdicts whose sources changed: told where they are looked at, and cleared by who says why."""

import pytest

from app.domain.actors import SYSTEM
from app.domain.evidence_words import FlagReason
from app.domain.words import Decides, Role
from app.storage.tables import Flag, Source
from app.workflow.flags import clear_flag, raise_flags
from tests.scenes import LEADS, SOURCE, Scene
from tests.work import counted

LIST = "/projects/desk/flags"
TASK = "Look at them again"
STANDS = "The verdict stands because two others say the same."


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


@pytest.fixture
def mark(scene):
    """Marks every claim that rests on the first source; for some reasons."""

    def one(*reasons):
        with scene.database.write() as session:
            source = session.get_one(Source, scene.rows(Source)[0].key)
            for reason in reasons or [FlagReason.PAGE_GONE]:
                raise_flags(session, SYSTEM, source, reason)

    return one


@pytest.fixture
def check(scene):
    kim = scene.person("Kim", Role.REVIEWER)

    def one(text):
        claim_id = scene.claim(text)
        scene.check(kim, "false", sources=[SOURCE])
        return claim_id

    return one


@pytest.fixture
def client(login, scene):
    return login(Role.ADJUDICATOR, project=scene.project)


def address_of(scene, number=0):
    return f"/flags/{scene.rows(Flag)[number].public_id}"


def test_the_first_page_leads_to_verdicts_whose_sources_changed(client, check, mark):
    check("Bread is dear.")
    assert TASK not in client.get("/projects/desk/").page.text
    mark(FlagReason.PAGE_GONE, FlagReason.PAGE_CHANGED)

    page = client.get("/projects/desk/").page

    assert "1 claim rests on a source that changed" in page.text
    assert page.links[TASK] == LIST
    listed = client.get(LIST).page.text
    gone, changed = "The page is gone", "The page says something else"
    assert listed.index(gone) < listed.index(changed)
    assert listed.count("Bread is dear.") == 4


def test_marks_stand_on_the_page_of_the_claim_where_it_is_settled_and_corrected(
    client, scene, lead, check, mark
):
    claim_id = check("Bread is dear.")
    mark()
    for address in (f"/claims/{claim_id}", f"/claims/{claim_id}/settle"):
        page = client.get(address).page
        assert "A source of this claim changed" in page.text
        assert address_of(scene) in page.links.values()
    scene.settle(lead, claim_id, "false")

    page = client.get(f"/claims/{claim_id}/correction").page

    assert "A source of this claim changed" in page.text
    assert "A correction takes no mark away" in page.text


def test_a_mark_is_cleared_with_what_came_of_it(client, scene, check, mark):
    claim_id = check("Bread is dear.")
    mark()
    address = address_of(scene)
    assert client.get(address).page.form(address)["note"]

    answer = client.post(address, data={"note": STANDS})

    assert (answer.status_code, answer.location) == (303, f"/claims/{claim_id}")
    page = client.get(answer.location).page
    assert "A source of this claim changed" not in page.text
    for words in (
        STANDS,
        "marked it to be looked at again, since a source of it changed",
        "looked at it again after a source of it changed",
    ):
        assert words in page.text
    assert "No verdict waits" in client.get(LIST).page.text


def test_without_a_note_nothing_is_cleared(client, scene, check, mark):
    check("Bread is dear.")
    mark()

    answer = client.post(address_of(scene), data={"note": " "})

    assert answer.status_code == 422
    assert "Say what came of it: why the verdict stands" in answer.page.text
    assert scene.rows(Flag)[0].cleared_at is None


def test_what_was_typed_stays_where_somebody_else_was_quicker(client, scene, lead, check, mark):
    check("Bread is dear.")
    mark()
    scene.do(clear_flag, lead, scene.rows(Flag)[0].public_id, note="Theirs.")

    answer = client.post(address_of(scene), data={"note": STANDS})

    assert answer.status_code == 409
    assert answer.page.form(address_of(scene))["note"][0].strip() == STANDS
    assert "Theirs." in answer.page.text


def test_a_mark_that_was_taken_away_is_not_offered_again(client, scene, lead, check, mark):
    claim_id = check("Bread is dear.")
    mark()
    scene.do(clear_flag, lead, scene.rows(Flag)[0].public_id, note="Theirs.")

    page = client.get(address_of(scene)).page

    assert "Theirs." in page.text
    assert "Take the mark away" not in page.buttons
    assert page.links["Back to the claim"] == f"/claims/{claim_id}"


def test_the_list_goes_on_where_it_is_long(client, check, mark, monkeypatch):
    for n in range(3):
        check(f"Claim {n}.")
    mark(FlagReason.QUOTE_GONE, FlagReason.PAGE_GONE)
    monkeypatch.setattr("app.web.paging.PAGE_ROWS", 4)

    first = client.get(LIST).page
    second = client.get(first.links["Further marks"]).page

    assert (first.text.count("The page is gone"), second.text.count("The page is gone")) == (1, 2)
    assert second.links["Back to the beginning"] == LIST


def test_a_list_of_any_length_asks_as_many_questions(client, app, check, mark):
    def asked():
        with counted(app.extensions["assay"]) as sent:
            client.get(LIST)
        return len(sent)

    check("One.")
    mark()
    few = asked()
    for n in range(4):
        check(f"Claim {n}.")
    mark(*FlagReason)

    assert asked() == few


def test_readers_are_told_on_the_page_of_a_settled_claim_and_clear_nothing(
    login, scene, lead, check, mark
):
    claim_id = check("Bread is dear.")
    mark()
    reader = login(Role.VIEWER, project=scene.project)
    assert "A source of this claim changed" not in reader.get(f"/claims/{claim_id}").page.text
    scene.settle(lead, claim_id, "false")

    page = reader.get(f"/claims/{claim_id}").page

    assert "A source of this claim changed" in page.text
    assert address_of(scene) not in page.links.values()
    assert reader.get(LIST).status_code == 403
    assert reader.post(address_of(scene), data={"note": STANDS}).status_code == 403


def test_a_mark_on_a_claim_that_one_may_still_check_blind_is_not_there(login, database):
    scene = Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)
    claim_id = scene.claim()
    scene.check(scene.person("Ben", Role.REVIEWER), sources=[SOURCE])
    with database.write() as session:
        source = session.get_one(Source, scene.rows(Source)[0].key)
        raise_flags(session, SYSTEM, source, FlagReason.PAGE_GONE)
    both = login(Role.REVIEWER, *LEADS, project=scene.project)

    assert both.get(address_of(scene)).status_code == 404
    assert both.post(address_of(scene), data={"note": STANDS}).status_code == 404
    assert "No verdict waits" in both.get(LIST).page.text
    assert TASK not in both.get("/projects/desk/").page.text
    assert "changed" not in both.get(f"/claims/{claim_id}").page.text
