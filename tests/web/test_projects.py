import pytest

from app.domain.words import Decides, Role, SkipReason
from app.storage.queue import to_go
from app.storage.tables import Project
from app.web.projects.slugs import suggested_slug
from tests.cases import in_turn
from tests.work import Work, counted


@pytest.fixture
def work(database):
    return Work(database)


NEW = {"title": "Budget 2026", "decides": "signoff", "reviews_wanted": "2", "scheme": "desk-7"}


# The first page


def test_the_first_page_says_for_each_project_the_two_worst_that_wait_for_me(
    login, person, work, project, add_desk
):
    other = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    client = login(Role.REVIEWER, Role.EDITOR, project=project)
    kim = person("Kim", Role.REVIEWER, project=project)
    for _ in range(2):
        work.claim(project)
    work.check(kim, project, "true")
    work.suggest(project, 3)
    work.claim(other)

    page = client.get("/").page

    assert page.heading == "Projects"
    assert page.links["1 claim waits to be settled"] == "/projects/desk/settle"
    assert page.links["3 suggestions to look through"] == "/projects/desk/pick"
    assert "1 claim to check" not in page.text
    assert page.links["Desk"] == "/projects/desk/"
    assert "Data" not in page.links


def test_an_admin_without_projects_is_invited_to_make_one(login):
    page = login(admin=True).get("/").page

    assert "This desk is empty" in page.text
    assert page.links["Make a project"] == "/projects/new"
    assert "assay seed" in page.text


def test_a_person_without_projects_is_told_who_can_change_that(login, project):
    page = login().get("/").page

    assert "You are in no project yet" in page.text
    assert "/projects/new" not in page.links.values()


def test_the_first_page_sends_a_stranger_to_sign_in(client):
    response = client.get("/")

    assert response.status_code == 303
    assert response.location.startswith("/sign-in")


def test_the_first_page_asks_as_much_for_many_projects_as_for_few(app, login, work, add_desk):
    client = login(admin=True)
    numbers = []
    for size in (2, 20):
        for n in range(len(work.all_of(Project)), size):
            work.claim(add_desk(f"desk-{n}"))
        with counted(app.extensions["assay"]) as sent:
            assert client.get("/").status_code == 200
        numbers.append(len(sent))

    assert numbers[0] == numbers[1]


# Making a project


def test_a_new_project_gets_a_short_name_from_its_title(login, work):
    client = login(admin=True)

    response = client.post("/projects/new", data=NEW)

    assert (response.status_code, response.location) == (303, "/projects/budget-2026/")
    page = client.get(response.location).page
    assert page.heading == "Budget 2026"
    assert page.notices == ["The project is made. Put its first article in."]
    assert work.all_of(Project)[0].decides is Decides.SIGNOFF


def test_only_independent_checks_take_the_number_of_checks(login, work):
    client = login(admin=True)

    client.post("/projects/new", data={**NEW, "slug": "alone", "decides": "single"})
    client.post(
        "/projects/new",
        data={**NEW, "slug": "many", "decides": "independent", "reviews_wanted": "3"},
    )

    assert [(p.slug, p.reviews_wanted, p.settles_itself) for p in work.all_of(Project)] == [
        ("alone", 1, False),
        ("many", 3, False),
    ]


@in_turn(
    ("field", "value", "said"),
    [
        ("title", "", "Title: Give the project a title."),
        ("title", "x" * 201, "Title: Write at most 200 characters."),
        ("slug", "No Spaces", "Short name: The short name can have"),
        ("slug", "new", "Short name: The short name can have"),
        ("slug", "desk", "Short name: Another project has this short name already."),
        ("decides", "dice", "How a verdict is decided: Not a valid choice."),
        ("scheme", "gut-feeling", "Scale of answers: Not a valid choice."),
        ("reviews_wanted", "0", "Checks for each claim, if several check: Write a number"),
        ("reviews_wanted", "", "Checks for each claim, if several check: Write a number"),
        ("reviews_wanted", "two", "Checks for each claim, if several check: Write a whole"),
        ("reviews_wanted", "9" * 30, "Checks for each claim, if several check: Write a number"),
    ],
)
def test_a_project_that_cannot_be_comes_back_as_typed(login, work, project, field, value, said):
    client = login(admin=True)
    data = {**NEW, "decides": "independent", "slug": "mine", field: value}

    response = client.post("/projects/new", data=data)

    assert response.status_code == 422
    assert len(response.page.errors) == 1
    assert response.page.errors[0].startswith(said)
    if field not in {"decides", "scheme"}:
        assert response.page.form("/projects/new")[field] == [value]
    assert len(work.all_of(Project)) == 1


def test_only_admins_make_projects(login, client, project):
    editor = login(Role.EDITOR)

    assert editor.get("/projects/new").status_code == 403
    assert editor.post("/projects/new", data=NEW).status_code == 403
    assert client.get("/projects/new").status_code == 303
    assert client.post("/projects/new", data=NEW).status_code == 401


@in_turn(
    ("title", "slug"),
    [
        ("Budget 2026", "budget-2026"),
        ("  Élections à l’été — Übersicht! ", "elections-a-lete-ubersicht"),
        ("Перевірка", "project"),
        ("New", "new-2"),
        ("Desk", "desk-3"),
        ("x" * 80, "x" * 60),
    ],
)
def test_a_short_name_is_made_of_any_title(title, slug):
    assert suggested_slug(title, taken={"new", "desk", "desk-2"}) == slug


# What waits in a project


def test_the_worst_stands_first_with_its_list_behind_it(login, person, work, project):
    client = login(Role.EDITOR, Role.REVIEWER, Role.ADJUDICATOR)
    kim, lea = (person(name, Role.REVIEWER, project=project) for name in ("Kim", "Lea"))
    lead = person("Max", Role.ADJUDICATOR, project=project)
    for _ in range(5):
        work.claim(project)
    work.check(kim, project, "true")
    work.check(lea, project, "false")
    mine = work.check(client.person, project, "true")
    work.send_back(lead, mine)
    work.check(kim, project, "half-true")
    work.suggest(project, 2)

    page = client.get("/projects/desk/").page

    waiting = [(words, href) for words, href in page.links.items() if words[0].isdigit()]
    assert waiting[:4] == [
        ("1 check was sent back to you with a question", "/projects/desk/reviews"),
        ("3 claims wait to be settled", "/projects/desk/settle"),
        ("2 suggestions to look through", "/projects/desk/pick"),
        ("1 claim to check", "/projects/desk/review"),
    ]
    assert "Answer it" in page.buttons
    assert (page.links["Settle claims"], page.links["Pick claims"]) == (
        "/projects/desk/settle",
        "/projects/desk/pick",
    )
    assert "0 of 5 claims are checked" in page.text


@pytest.mark.parametrize(
    ("roles", "starts"),
    [
        ([Role.REVIEWER], {"Check the next claim"}),
        ([Role.EDITOR], {"Pick claims"}),
        ([Role.ADJUDICATOR], {"Read the verdicts"}),
        ([Role.VIEWER], {"Read the verdicts"}),
        ([Role.EDITOR, Role.REVIEWER], {"Pick claims", "Check the next claim"}),
    ],
)
def test_what_waits_has_a_button_that_starts_it(login, person, work, project, roles, starts):
    kim, max_ = person("Kim", Role.REVIEWER, project=project), person("", is_admin=True)
    done = work.claim(project)
    work.check(kim, project, "true")
    work.settle(max_, done, "true")
    work.claim(project)
    work.suggest(project)

    page = login(*roles).get("/projects/desk/").page

    known = {"Check the next claim", "Pick claims", "Read the verdicts", "Add an article"}
    assert known & {*page.buttons, *page.links} == starts


def test_the_button_of_a_claim_to_check_lends_it(login, work, project):
    client = login(Role.REVIEWER)
    work.claim(project)
    assert client.get("/projects/desk/").page.form("/projects/desk/review")

    response = client.post("/projects/desk/review")

    assert response.location.startswith("/reviews/")
    page = client.get("/projects/desk/").page
    assert page.links["1 check is in your hands"] == "/projects/desk/review"
    assert page.buttons.count("Go on with your check") == 1


def test_a_lead_who_checked_leaves_the_claim_to_somebody_else(login, work, project):
    client = login(Role.REVIEWER, Role.ADJUDICATOR)
    work.claim(project)
    work.check(client.person, project, "true")

    page = client.get("/projects/desk/").page

    words = "1 claim that you checked waits for somebody else to settle it"
    assert page.links[words] == "/projects/desk/claims?state=waiting"
    assert "wait to be settled" not in page.text


def test_a_checker_cannot_tell_from_the_page_that_another_has_checked(
    login, person, work, add_desk
):
    data = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    mine = login(Role.REVIEWER, project=data)
    lead = login(Role.REVIEWER, Role.EDITOR, project=data, name="Lead")
    kim = person("Kim", Role.REVIEWER, project=data)
    work.claim(data)
    before = mine.get("/projects/data/").page.text, lead.get("/projects/data/").page.text

    work.check(kim, data, "false")

    assert (mine.get("/projects/data/").page.text, lead.get("/projects/data/").page.text) == before


def test_checks_are_counted_by_person_for_leads_once_complete(login, person, work, add_desk):
    data = add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)
    kim, lea = (person(name, Role.REVIEWER, project=data) for name in ("Kim", "Lea"))
    work.claim(data)
    work.check(kim, data, "false")
    work.check(lea, data, "true")

    words = "Kim Checker 1 check"
    assert words in login(Role.EDITOR, project=data).get("/projects/data/").page.text
    assert "1 check" not in login(Role.VIEWER, project=data).get("/projects/data/").page.text


def test_a_project_that_counts_nobody_shows_no_number_of_anybody(login, person, work, project):
    client = login(Role.EDITOR, Role.REVIEWER)
    for _ in range(2):
        work.claim(project)
        work.check(client.person, project, "true")

    page = client.get("/projects/desk/").page

    assert page.links["Your checks"] == "/projects/desk/reviews"
    assert "2 checks" not in page.text


def test_what_cannot_be_lent_to_me_is_not_counted_as_mine_to_check(login, work, project):
    client = login(Role.REVIEWER)
    me = client.person
    for _ in range(3):
        work.claim(project)
    put_off = work.skip(me, work.take(me, project), SkipReason.OUTSIDE_FIELD)
    work.put_off(me, put_off)

    page = client.get("/projects/desk/").page

    # One was skipped, one put off, one is lent to me now; what I put off can be lent again.
    assert page.links["1 check is in your hands"] == "/projects/desk/review"
    assert page.links["1 claim to check"] == "/projects/desk/review"
    with work.database.reading() as session:
        assert to_go(session, work.actor(me), project.id) == 2


def test_a_new_project_offers_its_editor_to_add_an_article(login, project):
    page = login(Role.EDITOR).get("/projects/desk/").page

    assert page.links["Add an article"] == "/projects/desk/articles/new"
    assert "Add an article" not in login(Role.REVIEWER).get("/projects/desk/").page.links


def test_guidelines_are_shown_as_text(login, work, project):
    client = login(Role.EDITOR)
    client.post("/projects/desk/guidelines", data={"text": "# Rules\n<b>Two sources</b>"})

    page = client.get("/projects/desk/").page

    assert "Guidelines, version 1 Rules <b>Two sources</b>" in page.text
    assert "Rules" in [e.text for e in page.all("h3")]
    assert not page.all("b")


def test_the_page_asks_as_much_for_many_claims_and_members_as_for_few(
    app, login, person, work, project
):
    client = login(Role.EDITOR, Role.REVIEWER, Role.ADJUDICATOR)
    numbers = []
    for more in (5, 45):
        for _ in range(more):
            work.claim(project)
            work.check(person("", Role.REVIEWER, project=project), project, "true")
        work.suggest(project, more)
        with counted(app.extensions["assay"]) as sent:
            page = client.get("/projects/desk/").page
        numbers.append(len(sent))

    assert "50 claims wait to be settled" in page.links
    assert numbers[0] == numbers[1]


def test_a_stranger_does_not_learn_of_the_project(login, client, project):
    assert login().get("/projects/desk/").status_code == 404
    assert login().get("/projects/nowhere/").status_code == 404
    assert client.get("/projects/desk/").status_code == 303
