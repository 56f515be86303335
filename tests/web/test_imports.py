import io

import pytest

from app.domain.words import ClaimState, ImportState, Role
from app.storage.tables import Claim, ImportRun
from tests.cases import in_turn
from tests.work import Work

PATH = "/projects/desk/imports"


@pytest.fixture
def work(database):
    return Work(database)


def upload(client, text: str | bytes):
    data = text.encode() if isinstance(text, str) else text
    return client.post(
        PATH, data={"file": (io.BytesIO(data), "claims.csv")}, content_type="multipart/form-data"
    )


def test_claims_come_in_to_be_checked(login, work, project):
    client = login(Role.EDITOR)

    response = upload(client, "claim,external_id\r\nOne,a\r\nTwo,b\r\n")

    assert (response.status_code, response.location) == (303, PATH)
    assert client.get(PATH).page.notices == ["2 claims came in."]
    found = [(claim.text, claim.state) for claim in work.all_of(Claim)]
    assert found == [("One", ClaimState.OPEN), ("Two", ClaimState.OPEN)]


def test_the_same_file_again_adds_nothing_and_says_so(login, work, project):
    client = login(Role.EDITOR)
    upload(client, "claim,external_id\r\nOne,a\r\n")
    client.get(PATH)

    upload(client, "claim,external_id\r\nOne,a\r\nTwo,b\r\n")

    notices = client.get(PATH).page.notices
    assert notices == ["1 claim came in. 1 was here already and stays as it is."]
    assert len(work.all_of(Claim)) == 2


def test_columns_that_are_not_taken_in_are_named(login, project):
    client = login(Role.EDITOR)

    upload(client, "claim,content_verdict,<b>mood\r\nOne,True,fine\r\n")

    assert client.get(PATH).page.notices == [
        "1 claim came in.",
        "These columns are not taken in: content_verdict, <b>mood.",
    ]


def test_quotes_whose_text_is_not_here_are_counted_and_their_lines_named(login, project):
    client = login(Role.EDITOR)

    upload(client, "claim,quote\r\nOne,It rained\r\nTwo,\r\nThree,It snowed\r\n")

    assert client.get(PATH).page.notices == [
        "3 claims came in.",
        "2 quotes stand in no text that is here: no place was kept (lines 2, 4).",
    ]


@in_turn(
    ("text", "said"),
    [
        ("claim,said_on\r\nOne,2025\r\nTwo,yesterday\r\n", "Line 3, column said_on: “yesterday”"),
        ("claim,start,end\r\nOne,5,\r\n", "Line 2, column end: start and end belong together."),
        ("text\r\nOne\r\n", "No column is called claim."),
        ("", "The file is empty."),
        (b"claim\r\nM\xfcller\r\n", "Line 2 is not written in UTF-8."),
        (b"PK\x03\x04rest", "This is a spreadsheet workbook, not CSV."),
        ("claim\r\n<script>alert(1)</script>,2\r\n", "Line 2 has 2 cells"),
    ],
)
def test_a_faulty_file_is_refused_whole_with_line_and_column(login, work, project, text, said):
    response = upload(login(Role.EDITOR), text)

    assert response.status_code == 422
    assert response.page.errors[0].startswith(said)
    assert "Nothing was taken in: the file has 1 fault" in response.page.text
    assert work.all_of(Claim) == []
    assert work.all_of(ImportRun) == []


def test_of_many_faults_the_first_are_shown_and_all_are_counted(login, project):
    text = "claim,said_on,extra\r\n" + "One,never,x\r\n" * 50

    page = upload(login(Role.EDITOR), text).page

    assert len(page.errors) == 20
    assert "the file has 50 faults" in page.text
    assert "These are the first 20." in page.text
    assert page.notices == ["These columns are not taken in: extra."]


def test_without_a_file_the_form_says_what_is_missing(login, project):
    client = login(Role.EDITOR)

    for data in ({}, {"file": (io.BytesIO(b""), "")}):
        response = client.post(PATH, data=data, content_type="multipart/form-data")
        assert response.status_code == 422
        assert response.page.errors == ["CSV file: Choose a file."]


def test_while_another_import_runs_the_next_one_waits(login, make, work, project):
    make(ImportRun, project_id=project.id, state=ImportState.RUNNING)

    response = upload(login(Role.EDITOR), "claim\r\nOne\r\n")

    assert response.status_code == 409
    assert len(response.page.errors) == 1
    assert work.all_of(Claim) == []


def test_a_file_that_is_too_large_is_answered_with_the_way_back(app, login, project):
    app.config["MAX_CONTENT_LENGTH"] = 1_000

    response = upload(login(Role.EDITOR), "claim\r\n" + "One\r\n" * 1_000)

    assert response.status_code == 413
    assert response.page.heading == "This is too large"


def test_only_editors_bring_claims_in(login, client, work, project):
    for role in (Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER):
        assert login(role).get(PATH).status_code == 403
        assert upload(login(role), "claim\r\nOne\r\n").status_code == 403
    assert login().get(PATH).status_code == 404
    assert upload(login(), "claim\r\nOne\r\n").status_code == 404
    assert client.get(PATH).status_code == 303
    assert upload(client, "claim\r\nOne\r\n").status_code == 401
    assert work.all_of(Claim) == []


def test_the_page_names_the_columns_that_are_known(login, project):
    page = login(Role.EDITOR).get(PATH).page

    names = {element.text for element in page.all("code")}
    assert {"external_id", "due_at", "quote"} <= names
    assert "content_verdict" not in names
