"""The page of interests: one's own, and for an editor those of everybody."""

import pytest

from app.domain.words import Role
from app.storage.tables import Interest, Review
from tests.work import Work

PAGE = "/projects/desk/interests"


@pytest.fixture
def work(database):
    return Work(database)


@pytest.fixture
def ben(person, project, work):
    """Somebody else who checks and declared an interest."""
    work.claim(project, "Bread is dear.", who="Ada Berg")
    return person("Ben", Role.REVIEWER, project=project)


def test_a_checker_declares_what_they_do_not_check(login, work, project):
    work.claim(project, "Bread is dear.", who="Ada Berg")
    client = login(Role.REVIEWER)
    assert client.get("/projects/desk/").page.links["Interests: what I should not check"] == PAGE
    assert "Nothing is declared." in client.get(PAGE).page.text
    client.post("/projects/desk/review")

    answer = client.post(PAGE, data={"agent": "Ada Berg", "note": "My aunt."})

    assert (answer.status_code, answer.location) == (303, PAGE)
    page = client.get(PAGE).page
    assert "Ada Berg" in page.text
    assert "My aunt." in page.text
    assert "Only an editor can say that an interest holds no longer." in page.text
    assert [row.slot for row in work.all_of(Review)] == [None]
    assert client.get("/projects/desk/review").page.heading == "Nothing left to check"


def test_what_cannot_be_declared_comes_back_as_typed(login, work, project):
    work.claim(project, "Bread is dear.", who="Ada Berg")
    client = login(Role.REVIEWER)
    answer = client.post(PAGE, data={"agent": "Ada Bergg", "note": "My aunt."})
    assert answer.status_code == 422
    said = "No claim of this project names anybody so. Choose a name of the list."
    assert answer.page.errors == [f"Somebody who says things: {said}"]
    assert answer.page.form(PAGE)["note"] == ["My aunt."]
    assert work.all_of(Interest) == []


def test_nobody_but_an_editor_sees_those_of_others(login, ben, work, project):
    editor = login(Role.EDITOR)
    data = {"agent": "Ada Berg", "person": ben.public_id, "note": "Told me so."}
    assert editor.post(PAGE, data=data).status_code == 303
    page = editor.get(PAGE).page
    assert "Ben" in page.text
    assert "Told me so." in page.text
    for roles in ([Role.REVIEWER], [Role.ADJUDICATOR]):
        other = login(*roles)
        assert "Told me so." not in other.get(PAGE).page.text
        # The field is not there; it may be sent all the same.
        assert other.post(PAGE, data=data).status_code == 403
    assert len(work.all_of(Interest)) == 1


def test_an_editor_ends_one(login, ben, work, project):
    editor = login(Role.EDITOR)
    editor.post(PAGE, data={"agent": "Ada Berg", "person": ben.public_id})
    [row] = work.all_of(Interest)
    assert editor.post(f"{PAGE}/retire").status_code == 422

    answer = editor.post(f"{PAGE}/retire", data={"interest": row.public_id})

    page = editor.get(answer.location).page
    # Not how many: those that the person has answered would be missing.
    assert page.notices[0].endswith("What it covers now stays closed to them.")
    assert "Ended" in page.text
    assert work.take(ben, project) is None


def test_a_claim_of_interest_is_not_settled_and_the_page_says_why(login, person, work, project):
    claim_id = work.claim(project, "Bread is dear.", who="Ada Berg")
    work.check(person("Ann", Role.REVIEWER, project=project), project, "true", "confirmed")
    client = login(Role.EDITOR, Role.ADJUDICATOR)
    client.post(PAGE, data={"agent": "Ada Berg"})
    for answer in (
        client.get(f"/claims/{claim_id}/settle"),
        client.post(f"/claims/{claim_id}/settle", data={"verdict": "true"}),
    ):
        assert answer.status_code == 403
        assert "You have an interest in this claim: another person decides it." in answer.page.text
    assert "Bread is dear." not in client.get("/projects/desk/settle").page.text
