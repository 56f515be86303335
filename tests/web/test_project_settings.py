import pytest

from app.domain.words import Decides, Role
from app.storage.projects import members
from app.storage.scales import scheme
from app.storage.tables import Claim, Event, Membership, Project
from tests.cases import in_turn
from tests.work import Work, counted

SETTINGS = "/projects/desk/settings"
VALUES = {
    "title": "City desk",
    "description": "All that the mayor says.",
    "open_from": "0,6",
    "triage_share": "7,5",
    "lease_minutes": "90",
    "settles_itself": "y",
    "timezone": "Europe/Paris",
    "may_choose": "y",
    "asks_questions": "y",
    "publisher_name": "The City Desk",
    "publisher_url": "https://desk.example/",
    "corrections_url": "https://desk.example/corrections",
    "content_sources": ["true", "false"],
    "attribution_sources": ["confirmed"],
    "saves_copies": "y",
    "recheck_days": "30",
}


@pytest.fixture
def work(database):
    return Work(database)


def test_settings_are_saved_and_shown_again(login, work, project):
    client = login(Role.EDITOR)

    response = client.post(SETTINGS, data=VALUES)

    assert (response.status_code, response.location) == (303, SETTINGS)
    page = client.get(SETTINGS).page
    assert page.notices == ["The settings are saved."]
    assert page.form(SETTINGS) | {"csrf_token": []} == {
        "csrf_token": [],
        "title": ["City desk"],
        "description": ["All that the mayor says."],
        "open_from": ["0.6"],
        "lease_minutes": ["90"],
        "triage_share": ["7.5"],
        "settles_itself": ["y"],
        "timezone": ["Europe/Paris"],
        "may_choose": ["y"],
        "asks_questions": ["y"],
        "publisher_name": ["The City Desk"],
        "publisher_url": ["https://desk.example/"],
        "corrections_url": ["https://desk.example/corrections"],
        "content_sources": ["true", "false"],
        "attribution_sources": ["confirmed"],
        "saves_copies": ["y"],
        "recheck_days": ["30"],
    }
    with work.database.reading() as session:
        content = scheme(session, project.content_scheme_id, project_id=project.id)
    assert [label.code for label in content.labels if label.needs_source] == ["true", "false"]


@in_turn(
    ("field", "value", "said"),
    [
        ("title", " ", "Title: Give the project a title."),
        ("title", "x" * 201, "Title: Write at most 200 characters."),
        ("open_from", "1.5", "Suggestions are opened by themselves from: "),
        ("open_from", "nan", "Suggestions are opened by themselves from: "),
        ("open_from", "often", "Suggestions are opened by themselves from: Write a number"),
        ("triage_share", "101", "Percent of decided suggestions that a second person decides on"),
        ("triage_share", "nan", "Percent of decided suggestions that a second person decides on"),
        ("timezone", "Mars/Base", "Time zone: There is no time zone “Mars/Base”."),
        ("publisher_url", "javascript:x", "Its web address: "),
        ("lease_minutes", "", "Minutes that a claim is lent for: "),
        ("lease_minutes", "0", "Minutes that a claim is lent for: "),
        ("lease_minutes", "9" * 20, "Minutes that a claim is lent for: A claim can be lent for"),
        ("lease_minutes", "a day", "Minutes that a claim is lent for: Write a whole number."),
    ],
)
def test_settings_that_cannot_be_come_back_as_typed(login, work, project, field, value, said):
    client = login(Role.EDITOR)

    response = client.post(SETTINGS, data={**VALUES, field: value})

    assert response.status_code == 422
    assert [error[: len(said)] for error in response.page.errors] == [said]
    form = response.page.form(SETTINGS)
    assert form[field] == [value.strip()]
    assert form["content_sources"] == ["true", "false"]
    assert work.all_of(Project)[0].title == "Desk"


def test_how_verdicts_are_decided_is_told_and_cannot_be_changed(login, add_desk):
    data = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=3)

    page = login(Role.EDITOR, project=data).get("/projects/data/settings").page

    assert "Several check, each on their own, 3 checks a claim" in page.text
    assert "decides" not in page.form("/projects/data/settings")


SEVERAL = {
    "reviews_wanted": "3",
    "extra_first": "20",
    "extra_share": "12,5",
    "extra_tags": " Health \n\nTaxes\nHealth",
    "extra_on_difference": "y",
    "most_checks": "40",
}


def test_how_several_check_is_set_where_several_check(login, add_desk, work, person):
    data = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    for name in ("Ann", "Ben"):
        person(name, Role.REVIEWER, project=data)
    for _ in range(3):
        work.claim(data)
    path, client = "/projects/data/settings", login(Role.EDITOR, project=data)
    # Six checks of two people.
    assert "each gives about 3." in client.get(path).page.text

    assert client.post(path, data={**VALUES, **SEVERAL}).status_code == 303

    form = client.get(path).page.form(path)
    assert {name: form[name] for name in SEVERAL} == {
        "reviews_wanted": ["3"],
        "extra_first": ["20"],
        "extra_share": ["12.5"],
        "extra_tags": ["Health\nTaxes"],
        "extra_on_difference": ["y"],
        "most_checks": ["40"],
    }
    project = work.all_of(Project)[0]
    assert (project.extra_share, project.extra_tags) == (0.125, ["Health", "Taxes"])
    assert {claim.slots_free for claim in work.all_of(Claim)} == {3}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("reviews_wanted", "21", "Checks for each claim: Write a number of checks from 1"),
        ("extra_first", "1001", "First checks of a newcomer that somebody repeats: Write a number"),
        ("extra_first", "-1", "First checks of a newcomer that somebody repeats: Write a number"),
        ("extra_share", "101", "Percent of the claims that get one check more: Write a share"),
        ("extra_share", "nan", "Percent of the claims that get one check more: Write a share"),
        ("extra_share", "some", "Percent of the claims that get one check more: Write a number"),
        ("extra_tags", "x" * 101, "Tags of claims that get one check more, one in each line: At"),
        ("most_checks", "0", "Checks that one person gives at most: Write a number"),
        ("most_checks", "9" * 30, "Checks that one person gives at most: Write a number"),
    ],
)
def test_numbers_of_checks_that_cannot_be_come_back_as_typed(
    login, add_desk, work, field, value, said
):
    data = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    path, client = "/projects/data/settings", login(Role.EDITOR, project=data)
    response = client.post(path, data={**VALUES, **SEVERAL, field: value})
    assert response.status_code == 422
    assert [error[: len(said)] for error in response.page.errors] == [said]
    assert response.page.form(path)[field] == [value]
    row = work.all_of(Project)[0]
    assert (row.reviews_wanted, row.extra_first, row.title) == (2, 0, "Data")


def test_where_one_signs_off_there_are_no_such_fields(login, work, project):
    client = login(Role.EDITOR)
    assert not SEVERAL.keys() & client.get(SETTINGS).page.form(SETTINGS).keys()
    assert client.post(SETTINGS, data={**VALUES, **SEVERAL}).status_code == 303
    row = work.all_of(Project)[0]
    assert (row.reviews_wanted, row.extra_first, row.most_checks) == (1, 0, None)


@pytest.mark.parametrize("part", ["settings", "guidelines"])
def test_only_editors_change_a_project(login, client, work, project, part):
    path = f"/projects/desk/{part}"
    for roles in ([Role.REVIEWER], [Role.ADJUDICATOR], [Role.VIEWER]):
        assert login(*roles).post(path, data=VALUES).status_code == 403
    assert login().post(path, data=VALUES).status_code == 404
    assert client.post(path, data=VALUES).status_code == 401
    assert login(Role.REVIEWER).get(SETTINGS).status_code == 403
    assert login().get(SETTINGS).status_code == 404
    assert client.get(SETTINGS).status_code == 303
    assert work.all_of(Project)[0].title == "Desk"


# Who is in it


def roles_in(work, project) -> dict[str, set[Role]]:
    with work.database.reading() as session:
        return {person.name: set(person.roles) for person in members(session, project.id)}


def test_an_admin_takes_a_person_of_the_desk_in(login, person, work, project):
    person("Kim")

    response = login(admin=True).post(
        "/projects/desk/members",
        data={"email": " KIM@example.org", "roles": ["reviewer", "viewer"]},
    )

    assert (response.status_code, response.location) == (303, SETTINGS)
    assert roles_in(work, project) == {"Kim": {Role.REVIEWER, Role.VIEWER}}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"email": "", "roles": ["viewer"]}, "E-mail: Write the e-mail address"),
        ({"email": "lea@example.org", "roles": ["viewer"]}, "E-mail: Nobody on this desk"),
        ({"email": "kim@example.org", "roles": []}, "Roles: Choose at least one role."),
        ({"email": "kim@example.org", "roles": ["king"]}, "Roles: "),
    ],
)
def test_a_member_who_cannot_be_taken_in_comes_back_as_typed(
    login, person, work, project, values, said
):
    person("Kim")

    response = login(admin=True).post("/projects/desk/members", data=values)

    assert response.status_code == 422
    assert [error[: len(said)] for error in response.page.errors] == [said]
    assert response.page.form("/projects/desk/members")["email"] == [values["email"]]
    assert work.all_of(Membership) == []


def test_a_members_roles_become_what_is_ticked(login, person, work, project):
    kim = person("Kim", Role.REVIEWER, Role.VIEWER, project=project)
    client = login(admin=True)
    path = f"/projects/desk/members/{kim.public_id}"

    assert client.get(SETTINGS).page.form(path)["roles"] == ["reviewer", "viewer"]
    client.post(path, data={"roles": ["editor", "viewer"], "do": "save"})

    assert roles_in(work, project) == {"Kim": {Role.EDITOR, Role.VIEWER}}
    assert client.get(SETTINGS).page.notices == ["The roles of Kim are saved."]


@pytest.mark.parametrize("values", [{"roles": ["viewer"], "do": "end"}, {"do": "save"}])
def test_a_member_can_be_taken_out_and_comes_back(login, person, work, project, values):
    kim = person("Kim", Role.REVIEWER, Role.VIEWER, project=project)
    client = login(admin=True)

    client.post(f"/projects/desk/members/{kim.public_id}", data=values)

    assert roles_in(work, project) == {}
    client.post("/projects/desk/members", data={"email": kim.email, "roles": ["reviewer"]})
    assert roles_in(work, project) == {"Kim": {Role.REVIEWER}}


def test_the_roles_of_somebody_who_is_no_member_are_not_changed_here(login, person, work, project):
    client, lea = login(admin=True), person("Lea")

    for who in (lea.public_id, "a" * 12, "nobody"):
        response = client.post(f"/projects/desk/members/{who}", data={"roles": ["editor"]})
        assert response.status_code == 404
    assert work.all_of(Event)[-1].action == "project.add"


def test_only_admins_change_who_is_in_a_project(login, client, person, work, project):
    kim = person("Kim", Role.VIEWER, project=project)
    editor = login(Role.EDITOR, name="Ed")

    page = editor.get(SETTINGS).page
    assert "Whoever runs this desk decides who is in a project." in page.text
    for path in ("/projects/desk/members", f"/projects/desk/members/{kim.public_id}"):
        values = {"email": kim.email, "roles": ["editor"]}
        assert editor.post(path, data=values).status_code == 403
        assert login().post(path, data=values).status_code == 404
        assert client.post(path, data=values).status_code == 401
    assert roles_in(work, project)["Kim"] == {Role.VIEWER}


def test_settings_ask_as_much_for_many_members_as_for_few(app, login, person, project):
    client = login(admin=True)
    numbers = []
    for more in (5, 45):
        for _ in range(more):
            person("", Role.REVIEWER, project=project)
        with counted(app.extensions["assay"]) as sent:
            assert client.get(SETTINGS).status_code == 200
        numbers.append(len(sent))

    assert numbers[0] == numbers[1]
