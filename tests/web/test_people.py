"""Managing people in the browser."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import select
from werkzeug.datastructures import MultiDict

from app import create_app
from app.auth.links import hash_of
from app.domain.actors import CONSOLE
from app.domain.words import Role
from app.storage.people import actor_of, by_email, link_is_open, roles_by_project
from app.storage.tables import Event, Person
from tests.cases import in_turn
from tests.lending import DeskClient

NOBODY = "a" * 12


@pytest.fixture
def admin(login):
    return login(admin=True, name="Ada")


@pytest.fixture
def ben(person, project):
    return person("Ben", Role.REVIEWER, project=project)


@pytest.fixture
def record(database):
    """What is kept of somebody now."""

    def look(email="ben@example.org"):
        with database.reading() as session:
            return by_email(session, email)

    return look


def paths(row) -> dict[str, str]:
    parts = ("", "/roles", "/link", "/end-sessions", "/deactivate", "/reactivate")
    return {part.strip("/"): f"/people/{row.public_id}{part}" for part in parts}


# The list


def test_the_list_says_who_does_what(admin, ben, project):
    page = admin.get("/people").page

    assert page.rows() == [
        ["Ada ada@example.org", "Admin", "Needs a link"],
        ["Ben ben@example.org", "Desk: Checker", "Needs a link"],
    ]
    assert page.links["Ben"] == f"/people/{ben.public_id}"
    assert page.links["Add a person"] == "/people/new"


# Adding


def test_a_person_is_added_with_roles_and_a_link_shown_once(admin, project, record, database):
    sent = admin.post(
        "/people",
        data={
            "email": "Ben@Example.org",
            "name": "Ben Okafor",
            "roles": ["desk:reviewer", "desk:viewer"],
        },
    )

    ben = record()
    assert (sent.status_code, sent.location) == (303, f"/people/{ben.public_id}")
    page = admin.get(sent.location).page
    address = page.by_id("link").get("value")
    assert address.startswith("http://localhost/links/")
    with database.reading() as session:
        assert link_is_open(session, hash_of(address.rpartition("/")[2]))
        roles = roles_by_project(session, CONSOLE, ben.public_id)[0].roles
    assert roles == {Role.REVIEWER, Role.VIEWER}
    assert "links/" not in admin.get(sent.location).get_data(as_text=True)


def test_the_link_names_the_public_address(settings, person, ben):
    desk = create_app(replace(settings, url="http://desk.example.org"))
    desk.test_client_class = DeskClient
    there = {"base_url": "http://desk.example.org"}
    client = desk.test_client().sign_in(person("Ada", is_admin=True), **there)
    form = client.get(f"/people/{ben.public_id}", **there).page.form(paths(ben)["link"])

    client.post(paths(ben)["link"], data=MultiDict(form), token=False, **there)

    address = client.get(f"/people/{ben.public_id}", **there).page.by_id("link").get("value")
    desk.extensions["assay"].dispose()
    assert address.startswith("http://desk.example.org/links/")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"email": "ben"}, "E-mail: Write an e-mail address such as name@example.org."),
        ({"email": ""}, "E-mail: Write an e-mail address such as name@example.org."),
        ({"name": " "}, "Name: Write a name of at most 200 characters."),
        (
            {"email": "ada@example.org"},
            "E-mail: Somebody with this e-mail address is here already.",
        ),
    ],
)
def test_bad_values_keep_the_form_as_typed(admin, project, record, values, said):
    data = {"email": "ben@example.org", "name": "Ben", "roles": ["desk:editor"], **values}

    answer = admin.post("/people", data=data)

    assert answer.status_code == 422
    assert answer.page.errors == [said]
    form = answer.page.form("/people")
    assert (form["email"], form["roles"]) == ([data["email"]], ["desk:editor"])
    assert record() is None


def test_a_role_that_was_not_offered_is_refused(admin, project, record):
    data = {"email": "ben@example.org", "name": "Ben", "roles": ["desk:owner"]}

    assert admin.post("/people", data=data).status_code == 422
    assert record() is None


def test_adding_twice_says_that_they_are_here(admin):
    data = {"email": "ben@example.org", "name": "Ben"}

    assert admin.post("/people", data=data).status_code == 303
    assert admin.post("/people", data=data).status_code == 422


def test_an_admin_can_be_added(admin, record):
    admin.post("/people", data={"email": "ben@example.org", "name": "Ben", "is_admin": "y"})

    assert record().is_admin


# One person


def test_the_page_of_a_person_shows_what_they_are(admin, ben):
    page = admin.get(f"/people/{ben.public_id}").page

    assert page.heading == "Ben"
    assert page.form(paths(ben)["roles"])["roles"] == ["desk:reviewer"]
    assert "Shut out" in page.buttons
    assert "Let in again" not in page.buttons


def test_name_and_admin_are_changed(admin, ben, record):
    answer = admin.post(paths(ben)[""], data={"name": "Ben Two", "is_admin": "y"})

    assert answer.status_code == 303
    assert (record().name, record().is_admin) == ("Ben Two", True)


def test_a_refused_change_changes_nothing(admin, ben, record):
    answer = admin.post(paths(ben)[""], data={"name": "", "is_admin": "y"})

    assert answer.status_code == 422
    assert (record().name, record().is_admin) == ("Ben", False)


def test_the_last_admin_stays_one(admin, record):
    answer = admin.post(f"/people/{admin.person.public_id}", data={"name": "Ada"})

    assert answer.status_code == 409
    assert "Make somebody else an admin first." in answer.page.errors[0]
    assert record("ada@example.org").is_admin


def test_ticked_roles_are_all_there_is(admin, ben, database, project):
    for _ in range(2):
        answer = admin.post(paths(ben)["roles"], data={"roles": ["desk:editor", "desk:viewer"]})
        assert answer.status_code == 303

    with database.reading() as session:
        roles = actor_of(session, ben.public_id).roles_in(project.id)
        events = session.exec(select(Event.action).where(Event.thing == ben.public_id)).all()
    assert roles == {Role.EDITOR, Role.VIEWER}
    assert sorted(events) == ["person.add-role", "person.add-role", "person.end-role"]


def test_no_tick_means_no_role(admin, ben, database, project):
    admin.post(paths(ben)["roles"])

    with database.reading() as session:
        assert actor_of(session, ben.public_id).roles == {}


def test_roles_that_were_not_offered_change_nothing(admin, ben, database, project):
    assert admin.post(paths(ben)["roles"], data={"roles": ["x:y"]}).status_code == 422

    with database.reading() as session:
        assert actor_of(session, ben.public_id).roles_in(project.id) == {Role.REVIEWER}


def test_a_link_for_a_forgotten_password_works(admin, app, ben):
    answer = admin.post(paths(ben)["link"])

    page = admin.get(answer.location).page
    path = page.by_id("link").get("value").removeprefix("http://localhost")
    assert str(datetime.now(UTC).year) in page.text
    assert app.test_client().post(path).location == "/account/password"


def test_a_link_waits_for_the_page_of_its_person(admin, ben):
    admin.post(paths(ben)["link"])

    assert "links/" not in admin.get(f"/people/{admin.person.public_id}").get_data(as_text=True)
    assert "links/" in admin.get(f"/people/{ben.public_id}").get_data(as_text=True)


def test_somebody_is_shut_out_at_once_and_let_in_again(admin, app, ben, record):
    client = app.test_client().sign_in(ben)
    assert client.get("/account").status_code == 200

    for _ in range(2):
        assert admin.post(paths(ben)["deactivate"]).status_code == 303

    assert client.get("/account").status_code == 303
    assert not record().is_active
    page = admin.get(f"/people/{ben.public_id}").page
    assert "Let in again" in page.buttons
    assert "Shut out" in admin.get("/people").page.rows()[1][2]
    assert admin.post(paths(ben)["link"]).status_code == 409
    admin.post(paths(ben)["reactivate"])
    assert record().is_active


def test_the_last_admin_is_not_shut_out(admin, record):
    answer = admin.post(f"/people/{admin.person.public_id}/deactivate")

    assert answer.status_code == 409
    assert record("ada@example.org").is_active


def test_sessions_of_another_are_ended(admin, app, ben):
    client = app.test_client().sign_in(ben)

    assert admin.post(paths(ben)["end-sessions"]).status_code == 303

    assert client.get("/account").status_code == 303


# Who may


@in_turn("part", ["", "roles", "link", "end-sessions", "deactivate", "reactivate"])
@in_turn("missing", [NOBODY, "nobody", "%00" * 12])
def test_nobody_is_missing(admin, part, missing):
    answer = admin.post(f"/people/{missing}/{part}".rstrip("/"), data={"name": "X"})

    assert answer.status_code == 404


@pytest.mark.parametrize("part", ["", "roles", "link", "end-sessions", "deactivate", "reactivate"])
def test_no_role_manages_people(login, ben, database, part):
    editor = login(*Role)

    answer = editor.post(paths(ben)[part], data={"name": "X", "is_admin": "y"})

    assert answer.status_code == 403
    with database.reading() as session:
        assert session.exec(select(Event).where(Event.thing == ben.public_id)).all() == []


@pytest.mark.parametrize("path", ["/people", "/people/new", f"/people/{NOBODY}"])
def test_pages_about_people_are_for_admins(login, client, path):
    assert login(Role.EDITOR).get(path).status_code == 403
    assert client.get(path).status_code == 303


def test_a_post_without_the_token_changes_nothing(admin, ben, record):
    assert admin.post(paths(ben)["deactivate"], token=False).status_code == 400

    assert record().is_active


def test_signing_in_again_in_another_tab_loses_nothing(admin, ben, database):
    data = {"name": "Ben Two", "csrf_token": "from the session before"}

    answer = admin.post(paths(ben)[""], data=data, token=False)

    assert answer.status_code == 400
    assert answer.page.form(paths(ben)[""])["name"] == ["Ben Two"]
    with database.reading() as session:
        names = session.exec(select(Person.name).order_by(Person.name)).all()
    assert names == ["Ada", "Ben"]
