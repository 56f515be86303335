"""One-time links: opened without harm, used once."""

from datetime import timedelta

import pytest

from app.auth.links import new_link
from app.storage.tables import SigninLink


@pytest.fixture
def ann(person):
    return person("Ann")


def who(client) -> str | None:
    with client.session_transaction() as session:
        return session.get("person")


@pytest.fixture
def link(ann, make):
    made = new_link()
    make(SigninLink, person_id=ann.key, token_hash=made.token_hash, expires_at=made.expires_at)
    return made


def test_opening_a_link_uses_nothing_up(client, link):
    for _ in range(2):
        page = client.get(link.path).page

    assert page.buttons == ["Sign in with this link"]
    assert who(client) is None


def test_a_link_signs_in_once_to_set_a_password(client, app, link, ann):
    answer = client.post(link.path)

    assert (answer.status_code, answer.location) == (303, "/account/password")
    assert who(client) == ann.public_id
    assert client.get("/account/password").page.heading == "Set a password"
    again = app.test_client().post(link.path)
    assert again.status_code == 404
    assert again.page.heading == "This link does not work"


def test_a_link_does_not_work_without_the_token(client, link):
    assert client.post(link.path, token=False).status_code == 400
    assert client.get(link.path).status_code == 200


@pytest.mark.parametrize("path", ["/links/unknown", "/links/%00", "/links/" + "a" * 500])
def test_an_unknown_link_says_what_to_do(client, path):
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 404
        assert "Ask an admin" in answer.page.text


def test_an_expired_link_looks_like_an_unknown_one(client, ann, make):
    made = new_link(timedelta(seconds=-1))
    make(SigninLink, person_id=ann.key, token_hash=made.token_hash, expires_at=made.expires_at)

    assert client.get(made.path).get_data() == client.get("/links/unknown").get_data()
    assert client.post(made.path).status_code == 404
