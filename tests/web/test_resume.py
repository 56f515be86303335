"""Forms that outlive a session: nothing is sent by itself, nothing is lost."""

import io

import pytest
from flask import Response
from sqlmodel import select
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser

from app.auth import passwords
from app.storage.tables import Person
from app.web import resume
from tests.cases import in_turn

PASSWORD = "correct horse battery"
HASH = passwords.hash_password(PASSWORD)


@pytest.fixture
def ann(person):
    return person("Ann", password_hash=HASH)


@pytest.fixture
def enter(client):
    """Post the sign-in form."""

    def post(email="ann@example.org", password=PASSWORD, **more):
        return client.post("/sign-in", data={"email": email, "password": password, **more})

    return post


def test_a_form_without_a_session_comes_back_with_what_was_typed(client, enter, ann):
    data = MultiDict([("name", "Ann “Lee”"), ("tick", "a"), ("tick", "b"), ("old_password", "x")])
    answer = client.post("/account/name", data=data, token=False)

    assert answer.status_code == 401
    assert answer.page.heading == "Sign in to go on"
    form = answer.page.form("/sign-in")
    assert form["next"] == ["/account/name"]
    assert (form["carried-name"], form["carried-tick"]) == (["Ann “Lee”"], ["a", "b"])
    assert not any("password" in name for name in form if name.startswith("carried-"))


def test_after_signing_in_the_form_waits_for_one_press(client, enter, ann, database):
    kept = client.post("/account/name", data={"name": "Ann Lee"}).page.form("/sign-in")
    kept |= {"email": ["ann@example.org"], "password": ["wrong"]}

    failed = client.post("/sign-in", data=MultiDict(kept), token=False)
    kept = failed.page.form("/sign-in") | {"password": [PASSWORD]}
    shown = client.post("/sign-in", data=MultiDict(kept), token=False)

    assert (failed.status_code, shown.status_code) == (422, 200)
    assert shown.page.heading == "Nothing is lost: send it now"
    with database.reading() as session:
        assert session.exec(select(Person.name)).one() == "Ann"
    sent = client.post(
        "/account/name", data=MultiDict(shown.page.form("/account/name")), token=False
    )
    assert sent.status_code == 303
    with database.reading() as session:
        assert session.exec(select(Person.name)).one() == "Ann Lee"


def test_long_texts_are_shown_to_be_looked_over(client, enter, ann):
    text = "\n  A first line\nand a second, <b>as typed</b>"

    shown = enter(next="/account/name", **{"carried-name": text})

    assert shown.page.form("/account/name")["name"] == [text]


def _plain(view_args, fields) -> Response:
    return Response(f"{dict(view_args)} {fields['name']}", mimetype="text/plain")


def test_a_page_shows_itself_again(client, enter, ann, monkeypatch):
    monkeypatch.setattr(resume, "_renderers", {})
    resume.register("people.change", _plain)
    with_admin = {"next": f"/people/{'a' * 12}", "carried-name": "X"}

    assert enter(**with_admin).status_code == 403

    resume.register("account.rename", _plain)
    assert enter(next="/account/name", **{"carried-name": "X"}).text == "{} X"


@pytest.mark.parametrize("path", ["https://evil.example/x", "/no/such/page", "/keys", "", "//e/x"])
def test_a_form_to_nowhere_is_let_go(enter, ann, path):
    assert enter(next=path, **{"carried-name": "X"}).location == "/"


FORM = "application/x-www-form-urlencoded"


@in_turn(
    ("path", "body"),
    [
        ("/account/name", b"a=" + b"x" * 1024 * 1024),
        ("/account/name", b"a&" * 100_000),
        ("/account/name", b"a=&" * 2_001),
        ("/sign-in", b"a=" + b"x" * 4 * 1024 * 1024),
        ("/sign-in", b"carried-a&" * 100_000),
        ("/sign-in", b"carried-a=&" * 2_001),
    ],
)
def test_a_form_of_nobody_that_is_too_large_is_not_shown_again(client, path, body):
    answer = client.post(path, data=body, content_type=FORM)

    assert (answer.status_code, answer.page.heading) == (413, "This is too large")
    assert len(answer.data) < 10_000


def test_what_is_too_large_for_nobody_is_not_parsed(client, monkeypatch):
    monkeypatch.setattr(FormDataParser, "parse", lambda *_: pytest.fail("it was parsed"))

    for body in (b"a=" + b"x" * 1024 * 1024, b"a&" * 100_000):
        assert client.post("/account/name", data=body, content_type=FORM).status_code == 413


def test_many_fields_of_several_parts_are_too_many(client):
    data = {f"field-{n}": "x" for n in range(2_001)} | {"upload": (io.BytesIO(b"x"), "a.txt")}

    assert client.post("/account/name", data=data).status_code == 413


def test_as_many_fields_as_are_kept_come_back_through_signing_in(client, enter, ann):
    body = b"a=x&" * 2_000

    asked = client.post("/account/name", data=body, content_type=FORM).page.form("/sign-in")
    asked |= {"email": ["ann@example.org"], "password": [PASSWORD]}
    shown = client.post("/sign-in", data=MultiDict(asked), token=False)

    assert len(asked["carried-a"]) == 2_000
    assert shown.page.form("/account/name")["a"] == ["x"] * 2_000


def test_too_many_fields_with_the_token_of_another_session_are_too_large(login):
    answer = login().post("/account/name", data=MultiDict([("a", "x")] * 2_001), token=False)

    assert answer.status_code == 413


def test_files_have_to_be_chosen_again(client):
    data = {"name": "x", "upload": (io.BytesIO(b"text"), "a.txt")}

    answer = client.post("/account/name", data=data)

    assert "Only files have to be chosen again." in answer.page.text
