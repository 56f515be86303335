"""The page of figures about people."""

import pytest

from app.domain.words import Decides, Role
from tests.work import Work


@pytest.fixture
def work(database):
    return Work(database)


@pytest.fixture
def data(add_desk):
    return add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=1, settles_itself=False)


def test_a_lead_sees_everybody_and_others_themselves(login, work, data):
    lead = login(Role.ADJUDICATOR, project=data, name="Lea")
    kim, bo = (login(Role.REVIEWER, project=data, name=name) for name in ("Kim", "Bo"))
    for one in (kim, kim, bo):
        work.claim(data)
        work.check(one.person, data, "true")

    rows = lead.get("/projects/data/people").page.rows()
    assert [row[:3] for row in rows] == [
        ["Bo", "1", "0.2"],
        ["Kim", "2", "0.5"],
        ["Lea", "0", "0"],
    ]
    page = kim.get("/projects/data/people").page
    assert [row[0] for row in page.rows()] == ["Kim"]
    assert "Bo" not in page.text
    assert page.heading == "Figures about people"


def test_agreement_with_the_desk_stands_there_once_it_is_settled(login, person, work, add_desk):
    pairs = add_desk("pairs", decides=Decides.INDEPENDENT, reviews_wanted=2)
    lead = login(Role.ADJUDICATOR, project=pairs)
    kim = login(Role.REVIEWER, project=pairs, name="Kim")
    claim_id = work.claim(pairs)
    work.check(kim.person, pairs, "true")
    work.check(person("", Role.REVIEWER, project=pairs), pairs, "half-true")
    [row] = kim.get("/projects/pairs/people").page.rows()
    assert row[-1] == "–"

    work.settle(lead.person, claim_id, "false")

    [row] = kim.get("/projects/pairs/people").page.rows()
    assert row[-1] == "0 of 1"


def test_where_nobody_is_counted_the_page_says_so_to_everybody(login, work, project):
    for role in (Role.EDITOR, Role.REVIEWER, Role.VIEWER):
        response = login(role).get("/projects/desk/people")
        assert response.status_code == 403
        assert "shows no figures about single people" in response.page.text
    assert "Figures about people" not in login(Role.EDITOR).get("/projects/desk/").page.links


def test_where_people_are_counted_the_page_is_offered(login, data):
    for role in (Role.EDITOR, Role.VIEWER):
        links = login(role, project=data).get("/projects/data/").page.links
        assert links["Figures about people"] == "/projects/data/people"


def test_an_admin_who_is_no_member_of_an_empty_project_reads_that_nobody_is_there(login, data):
    page = login(admin=True).get("/projects/data/people").page

    assert "There is nobody to count here" in page.text


def test_strangers_do_not_learn_of_it(login, client, data):
    assert login().get("/projects/data/people").status_code == 404
    assert client.get("/projects/data/people").status_code == 303


def test_many_people_take_as_many_questions_as_few(login, person, work, data, queries, app):
    lead = login(Role.EDITOR, project=data)
    numbers = []
    for more in (2, 20):
        for _ in range(more):
            work.claim(data)
            work.check(person("", Role.REVIEWER, project=data), data, "true")
        # Scales that are in use are read once for the process.
        lead.get("/projects/data/people")
        with queries(app.extensions["assay"]) as sent:
            page = lead.get("/projects/data/people").page
        numbers.append(len(sent))

    assert len(page.rows()) == 23
    assert numbers[0] == numbers[1]
