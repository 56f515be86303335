"""The wall: what is not allowed is closed, before any code of a view runs."""

import pytest
from flask import Blueprint
from sqlmodel import select

from app.auth import guard, identity
from app.auth.guard import leave_of, needs
from app.domain.actors import CONSOLE
from app.domain.errors import Missing
from app.domain.permissions import Action
from app.domain.words import Role
from app.storage.tables import Article, Membership
from app.web.transactions import db
from app.workflow.people import end_sessions
from tests.lending import DeskClient


@pytest.fixture
def ran() -> list[str]:
    """Which views ran."""
    return []


@pytest.fixture
def app(app, ran):
    """The desk with a few views of this test."""
    extra = Blueprint("extra", __name__)

    def view(leave, path):
        def run(**names):
            ran.append(path)
            found = identity.project_or_none()
            return {"project": found and found.slug, **names}

        run.__name__ = path.strip("/").split("/")[0].replace("-", "_")
        marked = run if leave is None else needs(leave)(run)
        extra.add_url_rule(path, view_func=marked, methods=["GET", "POST"])

    view(None, "/unmarked")
    view("public", "/open")
    view("signed-in", "/inside")
    view(Action.PROJECT_VIEW, "/view-project/<slug>")
    view(Action.CLAIM_PICK, "/pick-article/<article_id>")
    view(Action.CLAIM_SETTLE, "/nowhere")
    app._got_first_request = False
    app.register_blueprint(extra)
    return app


@pytest.fixture
def article(make, project):
    return make(Article, project_id=project.id, title="An article")


def test_a_view_that_says_nothing_is_closed_to_everybody(client, login, ran):
    assert client.get("/unmarked").status_code == 403
    assert login(admin=True).get("/unmarked").status_code == 403
    assert ran == []


def test_every_view_of_the_desk_says_what_it_needs(app):
    silent = [e for e in app.view_functions if leave_of(app, e) is None]

    assert silent == ["extra.unmarked"]


def test_a_public_view_is_open(client):
    assert client.get("/open").status_code == 200


def test_a_stranger_is_sent_to_sign_in_and_back(client, ran):
    answer = client.get("/inside?tab=2")

    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/inside?tab%3D2")
    assert client.head("/inside").status_code == 303
    assert ran == []


def test_a_stranger_who_posts_may_sign_in_there(client, ran):
    answer = client.post("/inside", data={"text": "typed"}, token=False)

    assert answer.status_code == 401
    assert answer.page.form("/sign-in")["carried-text"] == ["typed"]
    assert ran == []


def test_a_post_without_the_token_is_refused(login, ran):
    assert login().post("/inside", token=False).status_code == 400
    assert ran == []


def test_a_member_comes_in(login, project):
    assert login(Role.VIEWER).get("/view-project/desk").json == {"project": "desk", "slug": "desk"}


def test_a_project_is_found_by_what_is_in_it(login, project, article):
    answer = login(Role.EDITOR).get(f"/pick-article/{article.public_id}")

    assert answer.json["project"] == "desk"


def test_a_member_without_leave_is_told_so(login, article, ran):
    answer = login(Role.VIEWER).get(f"/pick-article/{article.public_id}")

    assert answer.status_code == 403
    assert answer.page.heading == "You may not do this"
    assert ran == []


@pytest.mark.parametrize("name", ["desk", "no-such-desk", "%00", "x" * 300])
def test_a_stranger_cannot_tell_whether_a_project_is_there(login, project, add_desk, name, ran):
    stranger = login(Role.EDITOR, project=add_desk("other"))

    answer = stranger.get(f"/view-project/{name}")

    assert answer.status_code == 404
    assert answer.page.heading == "There is no such page"
    assert "desk" not in answer.page.text.replace("Go back", "")
    assert ran == []


@pytest.mark.parametrize("name", ["a" * 12, "A" * 12, "short", "%00" * 12, "1' OR '1'='1"])
def test_a_thing_that_is_not_there_is_missing(login, name, project):
    assert login(Role.EDITOR).get(f"/pick-article/{name}").status_code == 404


def test_an_ended_role_opens_nothing(login, project, database, person):
    client = login(Role.VIEWER)
    assert client.get("/view-project/desk").status_code == 200
    with database.write() as session:
        for row in session.exec(select(Membership)):
            row.ended_at = row.created_at

    assert client.get("/view-project/desk").status_code == 404


def test_an_action_of_a_project_without_a_project_is_refused(login):
    assert login(admin=True).get("/nowhere").status_code == 403


def test_an_unknown_address_is_no_reason_to_sign_in(client):
    assert client.get("/no/such/page").status_code == 404


def test_two_clients_are_two_people(app, login, client):
    first, second = login(name="Ann"), login(name="Ben")

    assert "Ann" in first.get("/account").page.text
    assert "Ben" in second.get("/account").page.text
    assert client.get("/account").status_code == 303


def test_the_wall_asks_one_question(login, project, app, queries):
    client = login(Role.VIEWER)
    client.get("/view-project/desk")

    with queries(app.extensions["assay"]) as counted:
        client.get("/view-project/desk")

    assert len(counted) == 1


def test_outside_of_a_request_by_somebody_there_is_nobody(app):
    with app.test_request_context("/open"):
        assert identity.load() is None
        for ask in (identity.actor, identity.me, identity.project):
            with pytest.raises(LookupError):
                ask()


def test_names_that_no_thing_can_have_are_missing(app):
    for variable, name in (("slug", "a\0b"), ("claim_id", "not an id")):
        assert guard._askable({variable: name}) == ("", "")
        with pytest.raises(Missing), app.test_request_context("/open"):
            guard.admit(CONSOLE, Action.PROJECT_VIEW, {variable: name})


def test_a_get_gets_a_session_that_cannot_write(app, login):
    def write():
        end_sessions(db(), identity.actor(), identity.me().public_id)
        return {"written": True}

    app._got_first_request = False
    app.add_url_rule("/write", view_func=needs("signed-in")(write), methods=["GET", "POST"])
    client: DeskClient = login()

    with pytest.raises(Exception, match="readonly"):
        client.get("/write")
    assert client.get("/account").status_code == 200
    assert client.post("/write").json == {"written": True}
    assert client.get("/account").status_code == 303


@pytest.mark.parametrize("role", Role)
def test_only_pages_that_one_may_open_are_offered(login, role):
    client = login(role)
    page = client.get("/projects/desk/").page
    nav = next(e for e in page.all("nav") if e.get("class") == "pages")

    offered = [link.get("href") for link in nav.iter("a")]

    assert {"/projects/desk/articles", "/projects/desk/claims"} <= set(offered)
    assert all(client.get(path).status_code in {200, 303} for path in offered)


def test_the_page_that_one_is_on_is_marked(login):
    page = login(Role.VIEWER).get("/projects/desk/claims").page

    assert [e.get("href") for e in page.all("a") if e.get("aria-current") == "page"] == [
        "/projects/desk/claims"
    ]
