"""Batches on the pages: made, filled from the list, seen on a claim and its check, taken out."""

import csv
import io
import json
import zipfile

import pytest

from app.domain.actors import CONSOLE
from app.domain.words import Role
from app.exporters.registry import EXPORTERS
from app.storage.tables import Batch, Claim, ReviewVersion
from app.workflow.batches import BatchValues, add_batch, put_claims
from app.workflow.guidelines import write_guidelines
from tests.pages import text as words
from tests.web.picking import rows
from tests.work import Work

BATCHES = "/projects/desk/batches"
ACT = "/projects/desk/claims/act"


@pytest.fixture
def work(database):
    return Work(database)


@pytest.fixture
def editor(login, project):
    return login(Role.EDITOR)


@pytest.fixture
def batch(database, project):
    """A pilot under the first of two versions of the guidelines."""
    with database.write() as session:
        write_guidelines(session, CONSOLE, project.id, text="**First** rules.")
        write_guidelines(session, CONSOLE, project.id, text="Second rules.")
        values = BatchValues(name="Pilot <1>", is_pilot=True, guideline_version=1)
        return add_batch(session, CONSOLE, project.id, values=values)


def put(database, project, batch, *ids):
    with database.write() as session:
        put_claims(session, CONSOLE, project.id, ids, batch_id=batch.public_id)


def test_a_batch_is_made_and_stands_on_the_list_with_how_far_it_is(
    editor, batch, work, project, database, person
):
    kim = person("Kim", Role.REVIEWER, project=project)
    ids = [work.claim(project) for _ in range(2)]
    put(database, project, batch, *ids)
    work.check(kim, project, "true")
    work.settle(person("Lea", Role.ADJUDICATOR, project=project), ids[0], "true")
    answer = editor.post(BATCHES, data={"name": "Main A", "guideline_version": "2"})

    assert (answer.status_code, answer.location) == (303, BATCHES)
    page = editor.get(BATCHES).page
    assert "“Main A” is made" in page.notices[0]
    assert page.rows() == [
        ["Main A", "0", "–", "Guidelines, version 2", "Claims – Main A Agreement – Main A"],
        [
            *("Pilot <1> Pilot", "2", "1 of 2", "Guidelines, version 1 not the newest"),
            "Claims – Pilot <1> Agreement – Pilot <1>",
        ],
    ]
    assert page.links["Guidelines, version 1"] == "/projects/desk/guidelines?version=1"


def test_a_name_that_is_taken_is_refused_with_the_form_as_typed(editor, batch, database):
    answer = editor.post(BATCHES, data={"name": "Pilot <1>", "guideline_version": "2"})
    assert answer.status_code == 422
    assert answer.page.form(BATCHES)["name"] == ["Pilot <1>"]
    assert "has this name already" in answer.page.text
    assert len(rows(database, Batch)) == 1


def test_a_batch_is_changed_by_editors_and_read_by_all(editor, batch, login, database):
    path = f"/batches/{batch.public_id}"
    assert "Change it" not in login(Role.VIEWER, name="Vi").get(path).page.text
    form = editor.get(path).page.form(path)
    assert (form["name"], form["guideline_version"]) == (["Pilot <1>"], ["1"])
    answer = editor.post(path, data={"name": "Pilot 1", "guideline_version": "2"})
    assert (answer.status_code, answer.location) == (303, path)
    [row] = rows(database, Batch)
    assert (row.name, row.is_pilot, row.guideline_version) == ("Pilot 1", False, 2)


def test_claims_are_put_into_a_batch_from_the_list_and_out_again(
    editor, batch, work, project, database
):
    ids = [work.claim(project, f"Claim {n}.") for n in range(3)]
    data = {"claims": " ".join(ids[:2]), "back": "", "do": "batch", "batch": batch.public_id}
    assert editor.post(ACT, data={**data, "batch": ""}).status_code == 422
    for said in ("2 claims were changed.", "0 claims were changed. 2 were so already."):
        answer = editor.post(ACT, data=data)
        assert editor.get(answer.location).page.notices == [said]

    page = editor.get(f"/projects/desk/claims?batch={batch.public_id}").page
    titles = [words(e) for e in page.all("a") if "line-title" in e.get("class", "")]
    assert titles == ["Claim 1.", "Claim 0."]
    shown = editor.get(f"/claims/{ids[0]}").page
    assert shown.links["Pilot <1>"] == f"/batches/{batch.public_id}"
    assert "put it into a batch" in shown.text

    editor.post(ACT, data={**data, "claims": ids[0], "do": "unbatch"})
    assert [row.batch_id is None for row in rows(database, Claim)] == [True, False, True]


def test_a_list_that_is_too_long_to_tick_goes_into_a_batch_whole(editor, batch, project, database):
    with database.write() as session:
        session.add_all(Claim(project_id=project.id, text=f"Fact {n}") for n in range(501))
        session.add(Claim(project_id=project.id, text="Other"))
    page = editor.get(f"{ACT}?text=Fact&all=1").page
    form = {name: values[0] for name, values in page.form(ACT).items()}
    data = {**form, "do": "batch", "batch": batch.public_id, "whole": "y"}
    answer = editor.post(ACT, data=data)
    assert "501 claims were changed." in editor.get(answer.location).page.notices
    assert [row.text for row in rows(database, Claim) if row.batch_id is None] == ["Other"]


def test_a_check_shows_and_notes_the_guidelines_of_the_batch(login, batch, work, project, database):
    client = login(Role.REVIEWER)
    old, new = work.claim(project), work.claim(project)
    put(database, project, batch, old)
    pages = []
    for _claim in (old, new):
        review = work.take(client.person, project)
        pages.append(client.get(f"/reviews/{review}").page.text)
        work.answer(client.person, review, "true")

    assert "Guidelines, version 1" in pages[0]
    assert "First rules." in pages[0]
    assert "The newest version is 2." in pages[0]
    assert "Guidelines, version 2" in pages[1]
    assert "The newest version" not in pages[1]
    assert [row.guideline_version for row in rows(database, ReviewVersion)] == [1, 2]


def test_every_file_can_be_of_one_batch_alone(login, batch, work, project, database):
    client = login(Role.VIEWER)
    ids = [work.claim(project, f"Claim {n}.", who="The mayor") for n in range(2)]
    put(database, project, batch, ids[1])
    page = client.get(f"/batches/{batch.public_id}").page
    assert "gold.csv" not in page.links
    for name in EXPORTERS.keys() - {"gold.csv"}:
        address = f"/projects/desk/exports/{name}?batch={batch.public_id}"
        assert page.links[name] == address
        answer = client.get(address)
        assert answer.status_code == 200
        assert ids[0] not in answer.text
    text = client.get(f"/projects/desk/exports/batches.csv?batch={batch.public_id}").text
    assert list(csv.reader(io.StringIO(text)))[1:] == [[ids[1], "Pilot <1>", "true", "1"]]


def test_a_file_that_is_brought_in_goes_into_a_batch_by_name(editor, batch, database):
    for name, made in (("Pilot <1>", False), ("Main A", True)):
        data = {"file": (io.BytesIO(f"claim\r\nIn {name}\r\n".encode()), "c.csv"), "batch": name}
        path = "/projects/desk/imports"
        assert editor.post(path, data=data, content_type="multipart/form-data").status_code == 303
        assert ("The batch was made." in editor.get(path).page.notices) is made
    held = {row.id: row.name for row in rows(database, Batch)}
    assert {row.text: held[row.batch_id] for row in rows(database, Claim)} == {
        "In Pilot <1>": "Pilot <1>",
        "In Main A": "Main A",
    }


def test_editors_take_a_release_out_of_all_or_one_batch(
    login, batch, work, project, database, person
):
    kim, lead = person("Kim", Role.REVIEWER, project=project), login(Role.EDITOR, Role.ADJUDICATOR)
    ids = [work.claim(project) for _ in range(2)]
    put(database, project, batch, ids[0])
    for claim_id in ids:
        work.check(kim, project, "true")
        work.settle(lead.person, claim_id, "true")
    page = lead.get("/projects/desk/exports/").page
    path = "/projects/desk/exports/release.zip"
    assert page.form(path)["batch"] == [""]
    assert path not in login(Role.ADJUDICATOR).get("/projects/desk/exports/").text

    counts = []
    for query in ("", "?pilots=1", f"?batch={batch.public_id}&pilots=1"):
        answer = lead.get(f"{path}{query}")
        assert answer.headers["Content-Type"] == "application/zip"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="desk-release.zip"'
        assert answer.is_streamed
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            counts.append(json.loads(archive.read("manifest.json"))["claims"]["included"])
    assert counts == [1, 2, 1]
