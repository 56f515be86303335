"""One's own account: name, password, sessions."""

import pytest

from app.auth import passwords
from app.storage import people
from app.storage.people import by_email
from app.workflow import sign_ins
from tests.cases import in_turn

PASSWORD = "correct horse battery"
HASH = passwords.hash_password(PASSWORD)
NEW = "another long password"


@pytest.fixture
def ann(app, person):
    return app.test_client().sign_in(person("Ann", password_hash=HASH))


@pytest.fixture
def stored(database):
    """What is kept of Ann now: her record, and whether a password is hers."""

    def look(password=None):
        with database.reading() as session:
            if password is None:
                return by_email(session, "ann@example.org")
            return passwords.is_password(
                people.password_of(session, "ann@example.org")[1], password
            )

    return look


def change(client, *, old=PASSWORD, new=NEW, repeat=None):
    data = {"old_password": old, "password": new, "repeat_password": new if repeat is None else repeat}  # fmt: skip
    return client.post("/account/password", data=data)


def test_the_page_offers_what_can_be_changed(ann):
    page = ann.get("/account").page

    assert page.form("/account/name")["name"] == ["Ann"]
    assert page.links["Change the password"] == "/account/password"
    assert "Sign out everywhere" in page.buttons
    assert "People" not in page.links


def test_a_name_is_changed(ann, stored):
    answer = ann.post("/account/name", data={"name": "  Ann Lee "})

    assert (answer.status_code, answer.location) == (303, "/account")
    assert stored().name == "Ann Lee"
    assert ann.get("/account").page.notices == ["Your name is changed."]


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_name_that_is_none_is_refused_beside_its_field(ann, stored, name):
    answer = ann.post("/account/name", data={"name": name})

    assert answer.status_code == 422
    assert answer.page.errors == ["Name: Write a name of at most 200 characters."]
    assert answer.page.form("/account/name")["name"] == [name.strip()]
    assert stored().name == "Ann"


def test_a_new_password_asks_the_old_one(ann, stored):
    answer = change(ann)

    assert (answer.status_code, answer.location) == (303, "/")
    assert stored(NEW)
    assert ann.get("/account").status_code == 200


def test_a_new_password_ends_every_other_session(ann, app, stored):
    other = app.test_client().sign_in(ann.person)

    change(ann)

    assert other.get("/account").status_code == 303


@in_turn(
    ("values", "said"),
    [
        ({"old": "wrong"}, "Present password: This is not your present password."),
        ({"old": ""}, "Present password: Write your present password."),
        ({"new": "short"}, "New password: The password needs at least 12 characters."),
        ({"new": "x" * 1001}, "New password: The password can have 1000 characters at most."),
        ({"new": ""}, "New password: Write a new password."),
        (
            {"new": "Ann@Example.org"},
            "New password: The password must be something else than the e-mail address.",
        ),
        (
            {"repeat": "something else"},
            "New password, once more: The two passwords are not the same.",
        ),
    ],
)
def test_a_password_that_will_not_do_is_refused(ann, stored, values, said):
    answer = change(ann, **values)

    assert answer.status_code == 422
    assert answer.page.errors == [said]
    assert stored(PASSWORD)
    assert stored().session_version == 1


def test_guessing_the_old_password_is_throttled_too(ann, stored):
    for _ in range(sign_ins.PER_ACCOUNT):
        change(ann, old="wrong")

    answer = change(ann)

    assert answer.status_code == 409
    assert "Too many attempts failed" in answer.page.errors[0]
    assert stored(PASSWORD)


def test_a_blank_at_the_end_belongs_to_a_password(ann, stored):
    change(ann, new=f" {NEW} ")

    assert stored(f" {NEW} ")
    assert not stored(NEW)


def test_one_without_a_password_sets_one(app, person, stored):
    client = app.test_client().sign_in(person("Ann"))
    assert "old_password" not in client.get("/account/password").page.form("/account/password")

    assert change(client, old="").status_code == 303

    assert stored(NEW)


def test_one_who_came_by_a_link_needs_no_old_password_but_only_once(ann, stored):
    with ann.session_transaction() as session:
        session["by_link"] = True

    assert change(ann, old="").status_code == 303
    assert stored(NEW)
    assert change(ann, old="", new=PASSWORD).status_code == 422


def test_all_sessions_can_be_ended(ann, app, stored):
    other = app.test_client().sign_in(ann.person)

    answer = ann.post("/account/end-sessions")

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert stored().session_version == 2
    assert ann.get("/account").status_code == other.get("/account").status_code == 303


@pytest.mark.parametrize("path", ["/account", "/account/password", "/keys"])
def test_a_stranger_is_asked_to_sign_in(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer.location) == (303, f"/sign-in?next={path}")


@pytest.mark.parametrize("path", ["/account/name", "/account/password", "/account/end-sessions"])
def test_a_stranger_changes_nothing(client, path):
    assert client.post(path, data={"name": "X"}).status_code == 401


def test_the_keys_are_listed_page_by_page(ann):
    page = ann.get("/keys").page

    assert ["s", "Skip, with a reason"] in page.rows("Check")
    assert ["?", "Show these keys; on an answer of a check: what it means"] in page.rows(
        "Everywhere"
    )
