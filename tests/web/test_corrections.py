"""The page on which a verdict is corrected, and how the claim tells of it."""

import pytest

from app.domain.words import Decides, Role
from tests.cases import in_turn
from tests.pages import text
from tests.scenes import LEADS, Scene


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def kim(scene):
    return scene.person("Kim", Role.REVIEWER, Role.EDITOR)


@pytest.fixture
def claim_id(scene, kim):
    found = scene.claim("Bread is dear.", said_by="A minister")
    scene.check(kim, "false", attribution_verdict="confirmed")
    scene.settle(
        scene.person("Lea", *LEADS), found, attribution_verdict="confirmed", conclusion="No."
    )
    return found


@pytest.fixture
def client(login, scene):
    return login(Role.ADJUDICATOR, project=scene.project)


def typed(**changed):
    usual = {
        "verdict": "half-true",
        "attribution_verdict": "confirmed",
        "conclusion": "Partly.",
        "kind": "substantial",
        "public_note": "We had read the wrong table.",
        "reason": "INTERNAL",
        "base_version": "1",
    }
    return {**usual, **changed}


def address(claim_id):
    return f"/claims/{claim_id}/correction"


def test_the_form_begins_with_the_verdict_that_holds(client, claim_id):
    assert client.get(f"/claims/{claim_id}").page.links["Correct the verdict"] == address(claim_id)
    page = client.get(address(claim_id)).page
    form = page.form(address(claim_id))
    assert (form["verdict"], form["attribution_verdict"]) == (["false"], ["confirmed"])
    assert (form["conclusion"][0].strip(), form["base_version"]) == ("No.", ["1"])
    assert "kind" not in form
    assert "Substantial: what was published was wrong" in page.text


def test_both_versions_and_the_note_stand_on_the_claim_and_in_its_copy(client, claim_id):
    answer = client.post(address(claim_id), data=typed())
    assert (answer.status_code, answer.location) == (303, f"/claims/{claim_id}")
    page = client.get(answer.location).page
    assert "version 2 holds now" in page.notices[0]
    card = text(next(e for e in page.all("section") if "ruling" in e.get("class", "")))
    for words in ("Half true", "Corrected on", "We had read the wrong table.", "False", "No."):
        assert words in card
    assert "corrected the verdict" in page.text
    copy = client.get(f"/claims/{claim_id}/copy").page.text
    assert "We had read the wrong table." in copy
    assert "INTERNAL" not in copy


@in_turn(
    ("changed", "said"),
    [
        ({"kind": ""}, "Say what kind of correction it is."),
        ({"kind": "minor"}, "A minor correction changes no answer."),
        ({"public_note": ""}, "Write what readers should know"),
        ({"verdict": "nonsense"}, "Is it so?"),
        ({"short_text": "x" * 76}, "75 characters"),
        ({"base_version": "x"}, "Not a valid integer value"),
    ],
)
def test_a_refused_correction_comes_back_as_typed(client, scene, claim_id, changed, said):
    answer = client.post(address(claim_id), data=typed(**changed))
    assert answer.status_code == 422
    assert any(said in error for error in answer.page.errors)
    form = answer.page.form(address(claim_id))
    assert form["conclusion"][0].strip() == "Partly."
    assert form["reason"][0].strip() == "INTERNAL"
    assert len(scene.rulings_of(claim_id)) == 1


def test_somebody_was_quicker_and_both_are_shown(client, login, scene, claim_id):
    other = login(Role.EDITOR, project=scene.project)
    other.post(address(claim_id), data=typed(verdict="true", conclusion="Yes, it is."))
    answer = client.post(address(claim_id), data=typed())
    assert answer.status_code == 409
    page = answer.page
    assert "Somebody corrected this verdict after you opened it" in page.text
    assert "Yes, it is." in page.text
    form = page.form(address(claim_id))
    assert (form["verdict"], form["base_version"]) == (["half-true"], ["2"])
    again = {name: value[0] for name, value in form.items() if name != "csrf_token"}
    assert client.post(address(claim_id), data=again).status_code == 303
    assert [row.version for row in scene.rulings_of(claim_id)] == [1, 2, 3]


def test_the_same_form_twice_is_one_correction(client, scene, claim_id):
    for _ in range(2):
        assert client.post(address(claim_id), data=typed()).status_code == 303
    assert len(scene.rulings_of(claim_id)) == 2


def test_whoever_checked_it_is_told_that_another_corrects(app, scene, kim, claim_id):
    from sqlmodel import Session

    from app.storage.tables import Person

    with Session(scene.database.engine) as session:
        client = app.test_client().sign_in(session.get_one(Person, kim.person))
    assert "Correct the verdict" not in client.get(f"/claims/{claim_id}").page.links
    answer = client.get(address(claim_id))
    assert answer.status_code == 403
    assert "another person decides" in answer.page.text


def test_what_was_typed_survives_a_session_that_ended(client, claim_id, app, scene):
    nobody = app.test_client()
    answer = nobody.post(address(claim_id), data=typed())
    assert answer.status_code == 401
    assert "We had read the wrong table." in answer.page.html
