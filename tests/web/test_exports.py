import csv
import io

import pytest

from app.domain.words import Decides, Role
from app.exporters.registry import EXPORTERS
from app.storage.tables import Event
from tests.work import Work, counted


@pytest.fixture
def work(database):
    return Work(database)


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True), newline="")))


def test_the_formats_are_listed_with_what_they_hold(login, project):
    page = login(Role.VIEWER).get("/projects/desk/exports/").page

    assert [row[0] for row in page.rows()] == [name for name in EXPORTERS if name != "gold.csv"]
    assert page.links["verdicts.csv"] == "/projects/desk/exports/verdicts.csv"
    assert "names instead" not in page.text


def test_beside_the_archives_stands_to_whom_they_are_refused(login, project):
    told = "Refused to whoever could still check a claim of this project"
    assert told in login(Role.EDITOR).get("/projects/desk/exports/").page.text
    assert told not in login(Role.VIEWER).get("/projects/desk/exports/").page.text


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_file_is_named_after_its_project_and_valid(login, person, work, project, name):
    kim = person("Kim", Role.REVIEWER, project=project)
    claim = work.claim(project, "=1+1 is what they said", who="The mayor")
    work.check(kim, project, "true", "confirmed")
    client = login(Role.ADJUDICATOR, Role.EDITOR)
    work.settle(client.person, claim, "true", "confirmed")

    response = client.get(f"/projects/desk/exports/{name}")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == EXPORTERS[name].media_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="desk-{name}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.is_streamed
    assert EXPORTERS[name].validate([response.get_data(as_text=True)]) == []


def test_verdicts_have_a_row_for_every_claim(login, work, project):
    for text in ("One", "Two"):
        work.claim(project, text)
    work.suggest(project)

    response = login(Role.VIEWER).get("/projects/desk/exports/verdicts.csv")

    found = [(row["claim"], row["status"], row["reviews"]) for row in rows(response)]
    assert found == [
        ("One", "open", "0/1"),
        ("Two", "open", "0/1"),
        ("Suggestion 0", "candidate", "0/1"),
    ]


def test_a_blind_checker_takes_out_only_their_own(login, person, work, add_desk):
    data = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    kim = person("Kim", Role.REVIEWER, project=data)
    client = login(Role.REVIEWER, Role.EDITOR, project=data)
    work.claim(data)
    work.check(kim, data, "false")

    verdicts = rows(client.get("/projects/data/exports/verdicts.csv"))

    assert [row["reviews"] for row in verdicts] == ["0/2"]
    assert rows(client.get("/projects/data/exports/reviews.csv")) == []


def test_checkers_are_named_only_for_those_who_manage_the_project(login, person, work, project):
    kim = person("Kim", Role.REVIEWER, project=project)
    work.claim(project)
    work.check(kim, project, "true")
    path = "/projects/desk/exports/reviews.csv"
    editor, lead = login(Role.EDITOR), login(Role.ADJUDICATOR)

    assert [row["reviewer"] for row in rows(editor.get(f"{path}?names=1"))] == ["Kim"]
    assert rows(editor.get(path))[0]["reviewer"].startswith("r-")
    assert lead.get(f"{path}?names=1").status_code == 403
    link = editor.get("/projects/desk/exports/").page.links["With their names instead: reviews.csv"]
    assert link == f"{path}?names=1"


def test_only_the_names_of_checkers_can_be_asked_for(login, work, project):
    work.claim(project)
    editor = login(Role.EDITOR)

    assert editor.get("/projects/desk/exports/verdicts.csv?names=1").status_code == 200


def test_who_may_not_take_files_out_is_refused_before_the_first_byte(login, client, project):
    for path in ("/projects/desk/exports/", "/projects/desk/exports/verdicts.csv"):
        assert login().get(path).status_code == 404
        response = client.get(path)
        assert (response.status_code, response.location.split("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize("name", ["verdicts.xls", "..%2Fdesk", "verdicts"])
def test_a_format_that_is_not_there_is_a_missing_page(login, project, name):
    response = login(Role.VIEWER).get(f"/projects/desk/exports/{name}")

    assert response.status_code == 404
    assert "Content-Disposition" not in response.headers


def test_taking_a_file_out_writes_nothing(login, work, project):
    work.claim(project)
    before = len(work.all_of(Event))

    login(Role.VIEWER).get("/projects/desk/exports/verdicts.csv").get_data()

    assert len(work.all_of(Event)) == before


def test_a_file_that_nobody_reads_to_the_end_lets_go_of_the_database(app, login, work, project):
    work.claim(project)
    client = login(Role.VIEWER)

    response = client.get("/projects/desk/exports/verdicts.csv", buffered=False)
    next(response.response)
    response.close()

    assert app.extensions["assay"]._reading.pool.checkedout() == 0


def test_a_file_asks_as_much_for_fifty_claims_as_for_five(app, login, person, work, project):
    client = login(Role.ADJUDICATOR)
    numbers = []
    for more in (5, 45):
        for _ in range(more):
            work.claim(project)
            work.check(person("", Role.REVIEWER, project=project), project, "true")
        # The scales, which are frozen now, are read once for the process.
        client.get("/projects/desk/exports/verdicts.csv")
        with counted(app.extensions["assay"]) as sent:
            found = rows(client.get("/projects/desk/exports/verdicts.csv"))
        numbers.append(len(sent))

    assert len(found) == 50
    assert numbers[0] == numbers[1]


def test_what_a_format_has_no_place_for_is_named_in_a_header(login, person, work, project, make):
    kim = person("Kim", Role.REVIEWER, project=project)
    claim = work.claim(project)
    work.check(kim, project, "true")
    client = login(Role.ADJUDICATOR)
    work.settle(client.person, claim, "true")
    path = "/projects/desk/exports/claimreview.jsonl"
    assert client.get(path).headers["X-Assay-Left-Out"] == "0"
    data = {"url": "https://desk.example/1", "published_on": "2025-09-04"}
    client.post(f"/claims/{claim}/publish", data=data)

    response = client.get(path)

    assert response.headers["X-Assay-Left-Out"] == f"1, {claim} claimreview.publisher"
    assert response.get_data(as_text=True) == ""
    [row] = rows(client.get("/projects/desk/exports/publications.csv"))
    assert (row["claim_id"], row["ruling_version"]) == (claim, "1")
