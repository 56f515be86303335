"""Where verdicts were published: noting it, the list, taking it back."""

import pytest

from app.domain.words import CorrectionKind, Decides, Role
from app.storage.tables import Publication, PublishedClaim
from app.web import paging
from app.workflow import corrections, publications
from app.workflow.corrections import CorrectionValues
from app.workflow.publications import PublicationValues
from tests.scenes import LEADS, Scene

LIST = "/projects/desk/publications"


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


@pytest.fixture
def settle(scene, lead):
    [kim] = scene.reviewers("Kim")

    def one():
        claim_id = scene.claim()
        scene.check(kim, "false")
        scene.settle(lead, claim_id, "false")
        return claim_id

    return one


@pytest.fixture
def client(login, scene):
    return login(Role.EDITOR, project=scene.project)


def typed(**changed):
    usual = {"url": "https://desk.example/1", "title": "Bread", "published_on": "2025-09-05"}
    return {**usual, **changed}


def address(claim_id):
    return f"/claims/{claim_id}/publish"


def test_a_claim_is_noted_with_others_and_stands_in_the_list(client, settle):
    first, second = settle(), settle()
    assert client.get(f"/claims/{first}").page.links["Note where it was published"] == address(
        first
    )
    page = client.get(address(first)).page
    boxes = [e.get("value") for e in page.all("input") if e.get("name") == "others"]
    assert boxes == [second]
    answer = client.post(address(first), data=typed(others=second))
    assert (answer.status_code, answer.location) == (303, f"/claims/{first}")
    page = client.get(answer.location).page
    assert "It is noted where this was published." in page.notices
    assert page.links["Bread"] == "https://desk.example/1"
    assert "noted where it was published" in page.text
    listed = client.get(LIST).page
    assert {f"/claims/{first}", f"/claims/{second}"} <= set(listed.links.values())
    assert "5 Sep 2025" in listed.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"url": ""}, "Write the address of the page."),
        ({"url": "ftp://x.example"}, "http://"),
        ({"published_on": "5 September"}, "Write the day"),
        ({"title": "x" * 501}, "500 characters"),
    ],
)
def test_a_refused_piece_comes_back_as_typed(client, scene, settle, changed, said):
    claim_id = settle()
    answer = client.post(address(claim_id), data=typed(**changed))
    assert answer.status_code == 422
    assert any(said in error for error in answer.page.errors)
    form = answer.page.form(address(claim_id))
    assert form["title"] == [typed(**changed)["title"]]
    assert scene.rows(Publication) == []


def test_an_unsettled_claim_cannot_be_noted(client, scene):
    claim_id = scene.claim()
    for answer in (client.get(address(claim_id)), client.post(address(claim_id), data=typed())):
        assert answer.status_code == 409
        assert "not settled yet" in answer.page.text


def test_a_second_look_begins_with_what_was_noted(client, settle):
    claim_id = settle()
    client.post(address(claim_id), data=typed())
    form = client.get(address(claim_id)).page.form(address(claim_id))
    assert (form["url"], form["title"]) == ([typed()["url"]], ["Bread"])
    assert form["published_on"] == ["2025-09-05"]


def test_a_page_that_says_what_the_desk_no_longer_says_is_told(client, scene, lead, settle):
    claim_id = settle()
    client.post(address(claim_id), data=typed())
    assert "out of date" not in client.get(LIST).page.text
    change = CorrectionValues(
        verdict="true", kind=CorrectionKind.UPDATE, public_note="New.", base_version=1
    )
    scene.do(corrections.correct_ruling, lead, claim_id, values=change)
    said = "the published version is out of date: it has version 1, version 2 holds"
    assert said in client.get(LIST).page.text
    assert said in client.get(f"/claims/{claim_id}").page.text


def test_a_verdict_that_was_not_shown_is_noted_only_once_it_is(client, scene, lead, settle):
    claim_id = settle()
    shown = client.get(address(claim_id)).page.form(address(claim_id))
    assert shown["version"] == ["1"]
    change = CorrectionValues(
        verdict="true", kind=CorrectionKind.UPDATE, public_note="New.", base_version=1
    )
    scene.do(corrections.correct_ruling, lead, claim_id, values=change)

    told = client.post(address(claim_id), data=typed(version="1"))

    assert told.status_code == 409
    assert "Somebody corrected this verdict after you opened it" in told.page.text
    assert "version 2" in told.page.text
    form = told.page.form(address(claim_id))
    assert (form["title"], form["url"]) == (["Bread"], [typed()["url"]])
    assert scene.rows(Publication) == []

    again = typed(version=form["version"][0])
    assert client.post(address(claim_id), data=again).status_code == 303
    assert [row.ruling_version for row in scene.rows(PublishedClaim)] == [2]


def test_a_piece_is_taken_off_the_list(client, scene, settle):
    claim_id = settle()
    client.post(address(claim_id), data=typed())
    [piece] = scene.rows(Publication)
    answer = client.post(f"/publications/{piece.public_id}/retire")
    assert (answer.status_code, answer.location) == (303, LIST)
    page = client.get(LIST).page
    assert "Nothing is published yet" in page.text
    assert "https://desk.example/1" not in page.links.values()


def test_a_reader_sees_the_list_without_its_buttons(login, scene, client, settle):
    client.post(address(settle()), data=typed())
    reader = login(Role.VIEWER, project=scene.project)
    page = reader.get(LIST).page
    assert page.links["Bread"] == "https://desk.example/1"
    assert not any("Take off" in words for words in page.buttons)


def test_a_long_list_comes_in_pages_and_asks_as_much(
    client, scene, lead, settle, queries, monkeypatch
):
    monkeypatch.setattr(paging, "PAGE_ROWS", 3)
    claim_id, numbers = settle(), []
    for more in (2, 3):
        for _ in range(more):
            number = len(scene.rows(PublishedClaim))
            values = PublicationValues(
                url=f"https://desk.example/{number}", published_on=f"2025-09-0{number + 1}"
            )
            scene.do(publications.publish, lead, claim_id, values=values)
        with queries() as counted:
            page = client.get(LIST).page
        numbers.append(len(counted))
    assert numbers[0] == numbers[1]
    older = client.get(page.links["Older pieces"]).page
    shown = [
        url
        for part in (page, older)
        for url in part.links.values()
        if url.startswith("https://desk")
    ]
    assert shown == [f"https://desk.example/{n}" for n in (4, 3, 2, 1, 0)]
    assert "Older pieces" not in older.links
