"""Refusals and breakdowns as pages that say how to go on."""

import io
import sqlite3
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from app import create_app
from app.auth.guard import needs
from app.domain import errors
from app.domain.actors import CONSOLE
from app.domain.words import Role
from app.storage.people import by_email
from app.web import logs
from app.web.transactions import db
from app.workflow import people
from tests.lending import DeskClient

SECRET_WORDS = "what somebody wrote"


@pytest.fixture
def raising(app, login):
    """``raising(error)`` is the answer to a request that ends in it."""

    def ask(error, *, method="GET", headers=None):
        def view():
            raise error

        app._got_first_request = False
        app.add_url_rule("/raise", "raise", needs("signed-in")(view), methods=["GET", "POST"])
        app.config["PROPAGATE_EXCEPTIONS"] = False
        client = login()
        return getattr(client, method.lower())("/raise", headers=headers or {})

    return ask


@pytest.mark.parametrize(
    ("kind", "status", "heading"),
    [
        (errors.Missing, 404, "There is no such page"),
        (errors.NotAllowed, 403, "You may not do this"),
        (errors.WrongState, 409, "This changed in the meantime"),
        (errors.Stale, 409, "This changed in the meantime"),
        (errors.Invalid, 422, "This cannot be accepted"),
        (errors.Refused, 422, "This cannot be accepted"),
    ],
)
def test_a_refusal_is_a_page(raising, kind, status, heading):
    answer = raising(kind("no.such-code"))

    assert (answer.status_code, answer.page.heading) == (status, heading)
    assert "To the projects" in answer.page.links


def test_a_refusal_says_its_own_sentence(raising):
    answer = raising(errors.Invalid("date.shape", value="<b>soon</b>"))

    assert "“<b>soon</b>” is no date. Write 2025, 2025-09 or 2025-09-04." in answer.page.text


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://localhost/account?x=1", "/account?x=1"),
        ("http://evil.example/account", None),
        ("http://localhost//evil.example", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_the_way_back_is_where_one_came_from(raising, referrer, back):
    links = raising(errors.Missing("x"), headers={"Referer": referrer}).page.links

    assert links.get("Go back") == back


def test_a_method_that_a_page_does_not_take_is_said(login):
    answer = login().post("/keys")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_breakdown_is_a_page_and_its_words_stay_out_of_the_log(capsys, raising):
    logs.configure()

    answer = raising(ValueError(SECRET_WORDS))

    assert (answer.status_code, answer.page.heading) == (500, "Something broke here")
    log = capsys.readouterr().err
    assert "kind=ValueError" in log
    assert "test_errors.py:" in log
    assert SECRET_WORDS not in log + answer.get_data(as_text=True)


def test_a_database_that_somebody_else_holds_is_said(raising):
    busy = OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))

    answer = raising(busy, method="POST")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.page.heading == "Somebody else is writing just now"


def no_room() -> sqlite3.OperationalError:
    """What SQLite says on a full disk."""
    with closing(sqlite3.connect(":memory:")) as small:
        small.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError) as found:
            small.execute("CREATE TABLE one (word)")
    return found.value


@pytest.mark.parametrize("original", [no_room(), psycopg.errors.DiskFull("no space left")])
def test_a_full_disk_is_said_and_logged_by_its_code(capsys, raising, original):
    logs.configure()

    answer = raising(OperationalError("COMMIT", {}, original), method="POST")

    assert answer.status_code == 503
    assert answer.page.heading == "The desk has no room to write"
    code = getattr(original, "sqlite_errorname", "53100")
    assert f"code={code}" in capsys.readouterr().err


def test_a_server_that_is_away_is_said_and_what_was_kept_is_not_kept_twice(raising):
    gone = OperationalError("COMMIT", {}, psycopg.OperationalError("the connection is lost"))

    answer = raising(gone, method="POST")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.page.heading == "The database did not answer"


def test_a_nul_is_left_out_of_whatever_is_sent(login):
    """PostgreSQL takes no text that holds one, be it what to look for."""
    client = login()

    answer = client.post("/account/language", data={"locale": "\0d\0e"})

    assert answer.status_code == 303
    assert 'lang="de"' in client.get("/account?next=%00").get_data(as_text=True)


@pytest.mark.parametrize("error", [errors.Stale("x"), ValueError(SECRET_WORDS)])
def test_a_request_that_fails_leaves_nothing_behind(app, login, database, error):
    def view():
        people.rename(db(), CONSOLE, client.person.public_id, name="Half done")
        raise error

    app.add_url_rule("/half", "half", needs("signed-in")(view), methods=["POST"])
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = login(name="Ann")

    assert client.post("/half").status_code >= 400

    with database.reading() as session:
        assert by_email(session, "ann@example.org").name == "Ann"


@pytest.fixture
def small(settings, database, person):
    """A client of a desk that takes little."""
    app = create_app(replace(settings, max_upload_bytes=2_000))
    app.testing = True
    app.test_client_class = DeskClient
    yield app.test_client().sign_in(person("Ann"))
    app.extensions["assay"].dispose()


def test_too_much_is_said_with_the_way_back(small):
    data, headers = {"name": "x" * 3_000}, {"Referer": "http://localhost/account"}

    answer = small.post("/account/name", data=data, headers=headers)

    assert (answer.status_code, answer.page.heading) == (413, "This is too large")
    assert answer.page.links["Go back"] == "/account"


def test_too_much_from_a_stranger_is_too_much(small):
    small.post("/sign-out")

    assert small.post("/account/name", data={"name": "x" * 3_000}).status_code == 413


@pytest.mark.parametrize("path", ["/account/name", "/sign-in", "/no/such/page"])
def test_a_body_without_a_length_is_refused_before_it_is_read(login, path):
    body = io.BytesIO(b"name=Ann")

    answer = login().post(
        path,
        data=None,
        input_stream=body,
        content_type="application/x-www-form-urlencoded",
        headers={"Transfer-Encoding": "chunked"},
        token=False,
    )

    assert (answer.status_code, answer.page.heading) == (411, "This does not say how long it is")
    assert body.tell() == 0


def test_a_large_form_of_many_fields_is_read(login, project):
    data = {f"field-{n}": "x" * 500 for n in range(1_500)} | {"name": "Ann"}

    assert login(Role.VIEWER).post("/account/name", data=data).status_code == 303
