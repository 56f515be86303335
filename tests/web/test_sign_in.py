"""Signing in with a password, too often in vain, and signing out."""

import threading
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from itsdangerous import TimestampSigner
from sqlmodel import select

from app.auth import passwords, throttle
from app.domain.actors import CONSOLE
from app.domain.errors import WrongState
from app.domain.ids import now
from app.storage.tables import Person, SigninFailure
from app.workflow import people, sign_ins
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


def who(client) -> str | None:
    with client.session_transaction() as session:
        return session.get("person")


# With a password


def test_the_right_password_signs_in(client, enter, ann):
    answer = enter(email=" ANN@example.org ")

    assert (answer.status_code, answer.location) == (303, "/")
    assert who(client) == ann.public_id
    assert client.get("/account").page.heading == "Account"


def test_the_form_is_made_for_password_managers(client):
    page = client.get("/sign-in").page

    assert page.by_id("email").get("autocomplete") == "username"
    assert page.by_id("password").get("autocomplete") == "current-password"
    assert page.buttons == ["Sign in"]


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ann@example.org", "wrong horse battery"),
        ("nobody@example.org", PASSWORD),
        ("ann@example.org\0", "x"),
        ("x" * 10_000, "y" * 10_000),
    ],
)
def test_a_wrong_password_and_an_unknown_account_look_the_same(enter, client, ann, email, password):
    answer = enter(email, password)

    assert answer.status_code == 422
    assert answer.page.errors == ["This e-mail address and password do not go together."]
    assert answer.page.form("/sign-in")["password"] == [""]
    assert who(client) is None


def test_what_was_typed_stays_but_the_password(enter, ann):
    answer = enter(password="wrong", next="/people")

    form = answer.page.form("/sign-in")
    assert (form["email"], form["next"]) == (["ann@example.org"], ["/people"])
    assert "wrong" not in answer.get_data(as_text=True)


def test_an_empty_form_says_what_is_missing(enter):
    answer = enter("", "")

    assert answer.status_code == 422
    assert len(answer.page.errors) == 2
    assert answer.page.by_id("email").get("aria-invalid") == "true"


def test_an_unknown_account_takes_as_long(monkeypatch, enter, ann):
    looked_at = []
    monkeypatch.setattr(passwords, "_nobodys_hash", lambda: looked_at.append(HASH) or HASH)

    assert enter("nobody@example.org").status_code == 422

    assert looked_at == [HASH]


def test_one_who_was_shut_out_does_not_get_in(enter, ann, database):
    with database.write() as session:
        people.deactivate(session, CONSOLE, ann.public_id)

    assert enter().status_code == 422


def test_a_weak_hash_is_renewed(enter, person, database):
    weak = passwords.PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
    person("Ann", password_hash=weak)

    assert enter().status_code == 303

    with database.reading() as session:
        stored = session.exec(select(Person.password_hash)).one()
    assert stored != weak
    assert not passwords.needs_rehash(stored)


def test_signing_in_makes_a_new_session(client, enter, ann):
    client.get("/sign-in")
    with client.session_transaction() as session:
        session["planted"] = "by somebody"
        before = session["csrf_token"]

    enter()

    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != before
        assert session.permanent


def test_signing_in_needs_the_token(client, ann):
    values = {"email": "ann@example.org", "password": PASSWORD}

    assert client.post("/sign-in", data=values, token=False).status_code == 400
    assert who(client) is None


def test_one_who_is_signed_in_goes_on(login):
    answer = login().get("/sign-in?next=/account")

    assert (answer.status_code, answer.location) == (303, "/account")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil",
        "",
    ],
)
def test_the_next_page_is_one_of_ours(enter, ann, login, elsewhere):
    assert enter(next=elsewhere).location == "/"
    assert login().get("/sign-in", query_string={"next": elsewhere}).location == "/"


def test_the_page_that_was_asked_for_comes_after_signing_in(client, enter, ann):
    sent = client.get("/account?tab=1")
    wanted = client.get(sent.location).page.form("/sign-in")["next"][0]

    assert (sent.status_code, wanted) == (303, "/account?tab=1")
    assert enter(next=wanted).location == "/account?tab=1"


# Too many failures


def test_the_eleventh_attempt_on_an_account_waits(enter, ann, client):
    for _ in range(sign_ins.PER_ACCOUNT):
        assert enter(password="wrong").status_code == 422

    answer = enter()

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 15 * 60
    assert "Try again in 15 minutes." in answer.page.errors[0]
    assert who(client) is None


def test_an_address_that_tried_many_accounts_waits(enter, ann, make, monkeypatch):
    monkeypatch.setattr(sign_ins, "PER_ADDRESS", 3)
    for n in range(3):
        enter(f"nobody{n}@example.org")

    assert enter().status_code == 429


def test_failures_of_old_do_not_count(enter, ann, database):
    for _ in range(sign_ins.PER_ACCOUNT):
        enter(password="wrong")
    with database.write() as session:
        for row in session.exec(select(SigninFailure)):
            row.at = now() - sign_ins.WINDOW - timedelta(seconds=1)

    assert enter().status_code == 303
    with database.reading() as session:
        assert session.exec(select(SigninFailure)).all() == []


def test_failures_from_before_the_clock_was_set_back_shut_nobody_out(enter, ann, database):
    for _ in range(sign_ins.PER_ACCOUNT):
        enter(password="wrong")
    with database.write() as session:
        for row in session.exec(select(SigninFailure)):
            row.at = now() + timedelta(hours=1)

    assert enter().status_code == 303


def test_success_is_no_failure(enter, ann, database):
    for _ in range(sign_ins.PER_ACCOUNT + 1):
        assert enter().status_code == 303

    with database.reading() as session:
        assert session.exec(select(SigninFailure)).all() == []


def test_neither_account_nor_address_can_be_read_from_the_table(enter, ann, database):
    enter(password="wrong")

    with database.reading() as session:
        row = session.exec(select(SigninFailure)).one()
    assert "ann" not in row.account
    assert len(row.account) == len(row.address) == 64


def test_attempts_at_the_same_moment_are_all_counted(database):
    outcomes = []

    def attempt():
        try:
            with database.write() as session:
                sign_ins.begin_attempt(session, account="a", address="b")
            outcomes.append("counted")
        except WrongState:
            outcomes.append("waits")

    threads = [threading.Thread(target=attempt) for _ in range(14)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count("counted") == sign_ins.PER_ACCOUNT


@in_turn(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one customer's own
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.1", "203.0.113.2", False),
        ("unix", "unix", True),
    ],
)
def test_an_address_is_that_of_one_customer(one, other, same):
    assert (throttle._network(one) == throttle._network(other)) is same


# Signing out


def test_signing_out_ends_this_session(login):
    client = login()

    answer = client.post("/sign-out")

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert client.get("/account").status_code == 303


def test_signing_out_by_a_link_does_not_work(login):
    client = login()

    assert client.get("/sign-out").status_code == 405
    assert client.get("/account").status_code == 200


def test_a_cookie_from_before_all_sessions_ended_is_worth_nothing(login, database):
    client = login()
    with database.write() as session:
        people.end_sessions(session, CONSOLE, client.person.public_id)

    assert client.get("/account").status_code == 303


def test_a_cookie_that_was_tampered_with_is_worth_nothing(client):
    client.set_cookie("assay_session", "eyJwZXJzb24iOiJhIn0.a.b")

    assert client.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("later", "is_in"),
    [
        (timedelta(seconds=2), True),
        (timedelta(hours=1), True),
        (timedelta(days=29), True),
        (timedelta(days=31), False),
        (timedelta(days=-29), True),
        (timedelta(days=-31), False),
    ],
)
def test_a_clock_that_is_set_back_or_goes_behind_another_ends_no_session(
    enter, client, ann, monkeypatch, later, is_in
):
    signed_at = int((now() + later).timestamp())
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: signed_at)
    enter()
    monkeypatch.undo()

    assert (client.get("/account").status_code == 200) is is_in


def test_a_signature_is_looked_at_once_and_the_age_of_a_cookie_each_time(app, login, monkeypatch):
    client = login()
    for _ in range(2):
        client.get("/account")
    looked = app.session_interface._known.cache_info().misses
    cookie = client.get_cookie("assay_session").value

    assert client.get("/account").status_code == 200
    assert app.session_interface._known.cache_info().misses == looked

    for days, status in ((29, 200), (31, 303), (-1, 200)):
        later = SimpleNamespace(now=lambda zone, days=days: datetime.now(zone) + timedelta(days))
        monkeypatch.setattr("app.web.cookies.datetime", later)
        assert client.get("/keys").status_code == status
    monkeypatch.undo()
    client.set_cookie("assay_session", f"e{cookie}")
    assert client.get("/account").status_code == 303


def test_a_session_is_renewed_once_a_day(login):
    client = login()
    client.get("/account")
    assert "Set-Cookie" not in client.get("/account").headers
    with client.session_transaction() as session:
        session["day"] = "2020-01-01"

    assert "Set-Cookie" in client.get("/account").headers
