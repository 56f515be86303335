"""What every answer carries."""

import gzip
import os
from collections import OrderedDict
from dataclasses import replace

import pytest
from flask import Response, request

from app import create_app
from app.auth.guard import needs
from app.web import forgery, static_files
from app.web.forgery import _unmasked, masked
from app.web.static_files import FOLDER, TOGETHER
from tests.cases import in_turn


@pytest.fixture
def desk(settings, database):
    """A desk with other settings."""
    made = []

    def build(**changes):
        made.append(create_app(replace(settings, **changes)))
        return made[-1]

    yield build
    for app in made:
        app.extensions["assay"].dispose()


@pytest.mark.parametrize("path", ["/sign-in", "/no/such/page", "/account", "/static/app.css"])
def test_every_answer_says_what_a_browser_may_do(client, path):
    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_pages_are_kept_by_nobody_else(client):
    assert client.get("/sign-in").headers["Cache-Control"] == "private, no-cache"


def test_the_cookie_is_for_this_desk_alone(client):
    cookie = client.get("/sign-in").headers["Set-Cookie"]

    assert cookie.startswith("assay_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_https_makes_cookies_secure_and_is_remembered(desk):
    client = desk(url="https://desk.example.org").test_client()

    answer = client.get("/sign-in", base_url="https://desk.example.org")

    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_another_host_is_refused_in_plain_words(desk):
    client = desk(url="https://desk.example.org").test_client()

    answer = client.get("/sign-in", base_url="https://evil.example")

    assert answer.status_code == 400
    assert "ASSAY_URL" in answer.text
    assert "evil" not in answer.text


def test_a_proxy_is_believed_only_where_one_stands(desk):
    headers = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    seen = []

    for proxies in (0, 1):
        app = desk(proxies=proxies)
        app.before_request_funcs[None].insert(0, lambda: seen.append(_where()))
        app.test_client().get("/sign-in", headers=headers)

    assert seen == [("127.0.0.1", "http"), ("203.0.113.9", "https")]


def _where():
    return request.remote_addr, request.scheme


# Fewer bytes


def test_a_page_travels_packed_where_the_browser_takes_it(client):
    plain = client.get("/sign-in")
    packed = client.get("/static/app.css", headers={"Accept-Encoding": "gzip, br"})

    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert packed.headers["Content-Encoding"] == "gzip"
    assert b"--paper" in gzip.decompress(packed.data)


@pytest.mark.parametrize("accepted", ["gzip;q=0", "br", "identity"])
def test_a_browser_that_takes_no_gzip_gets_none(client, accepted):
    answer = client.get("/static/app.css", headers={"Accept-Encoding": accepted})

    assert "Content-Encoding" not in answer.headers


def test_what_is_streamed_or_small_stays_as_it_is(app, client):
    app.add_url_rule(
        "/small", view_func=needs("public")(lambda: Response("x" * 10, mimetype="text/plain"))
    )
    app.add_url_rule(
        "/streamed",
        "streamed",
        needs("public")(lambda: Response((c for c in "x" * 5000), mimetype="text/csv")),
    )

    for path in ("/small", "/streamed"):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers


def test_the_token_looks_different_on_every_page(client):
    tokens = {client.get("/sign-in").page.form("/sign-in")["csrf_token"][0] for _ in range(3)}

    assert len(tokens) == 3


@in_turn("shown", ["", "x", "é", "====", "AAA", "gA=="])
def test_a_token_that_was_never_shown_is_none(client, shown):
    answer = client.post("/sign-in", data={"csrf_token": shown}, token=False)

    assert answer.status_code == 400


def test_a_masked_token_is_the_token():
    assert _unmasked(masked("signed.token.here")) == "signed.token.here"


def test_a_token_is_signed_once_for_a_session_and_holds_for_no_other(app, person, monkeypatch):
    made = []
    usual = forgery.generate_csrf
    monkeypatch.setattr(forgery, "generate_csrf", lambda: made.append(1) or usual())
    ann, ben = (app.test_client().sign_in(person(name)) for name in ("Ann", "Ben"))
    made.clear()

    def token(reader):
        return reader.get("/account").page.form("/sign-out")["csrf_token"][0]

    mine, again, other = token(ann), token(ann), token(ben)

    assert len(made) == 2
    assert _unmasked(mine) == _unmasked(again) != _unmasked(other)
    refused = ben.post("/account/language", data={"locale": "en", "csrf_token": mine}, token=False)
    assert refused.status_code == 400
    taken = ann.post("/account/language", data={"locale": "en", "csrf_token": mine}, token=False)
    assert taken.status_code == 303


def test_signed_tokens_that_are_kept_are_not_more_than_so_many(app, monkeypatch):
    monkeypatch.setattr(forgery, "MOST", 2)
    monkeypatch.setitem(app.extensions, forgery.SIGNED, OrderedDict())

    for _ in range(4):
        app.test_client().get("/sign-in")

    assert len(app.extensions[forgery.SIGNED]) == 2


class Forgetful(OrderedDict):
    """What another thread empties as soon as anybody has looked into it."""

    def __contains__(self, name):
        found = super().__contains__(name)
        self.clear()
        return found


def test_a_signed_token_may_be_thrown_away_at_any_moment(app, login, monkeypatch):
    monkeypatch.setitem(app.extensions, forgery.SIGNED, Forgetful())
    client = login()

    assert [client.get("/account").status_code for _ in range(2)] == [200, 200]


# Files


def test_a_file_is_kept_for_a_year_under_the_name_of_its_content(client):
    page = client.get("/sign-in").page
    address = next(e.get("href") for e in page.all("link") if e.get("rel") == "stylesheet")

    answer = client.get(address)

    assert "?v=" in address
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/static/app.css?v=old").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_file_that_did_not_change_is_not_sent_again(client, encoding):
    headers = {"Accept-Encoding": encoding}
    tag = client.get("/static/app.css", headers=headers).headers["ETag"]

    again = client.get("/static/app.css", headers={**headers, "If-None-Match": tag})

    assert not tag.startswith("W/")
    assert (again.status_code, again.data) == (304, b"")


def test_a_file_brings_no_cookie(login):
    assert "Set-Cookie" not in login().get("/static/app.css").headers


def test_what_only_readers_of_the_source_need_stays_at_home(client):
    sheet, script = (client.get(f"/static/{name}").text for name in ("app.css", "app.js"))

    assert "/*" in (FOLDER / "app.css").read_text()
    assert "/*" not in sheet
    assert not [line for line in script.splitlines() if line.lstrip().startswith("//") or not line]
    kept = (FOLDER / "app.js").read_text().splitlines()
    told = [line.strip() for line in kept if line.strip() and not line.lstrip().startswith("//")]
    assert script.splitlines() == told


def test_no_script_has_a_text_over_several_lines_whose_indents_would_be_lost():
    for path in FOLDER.glob("*.js"):
        odd = [n for n, line in enumerate(path.read_text().splitlines(), 1) if line.count("`") % 2]
        assert odd == [], path.name


def test_style_sheets_of_one_kind_of_page_travel_together(client):
    whole = client.get("/static/check.css").text

    for part in TOGETHER["check.css"]:
        assert client.get(f"/static/{part}").text.strip() in whole


def test_a_file_that_was_changed_is_read_again(client, monkeypatch, tmp_path):
    monkeypatch.setattr(static_files, "FOLDER", tmp_path)
    monkeypatch.setattr(static_files, "_held", {})
    monkeypatch.setattr(static_files, "LOOKED_AT_FOR_SECONDS", 0)
    file = tmp_path / "new.css"
    assert client.get("/static/new.css").status_code == 404
    tags = []
    for number, words in enumerate(("a { color: red }", "b { color: red }")):
        file.write_text(words)
        os.utime(file, ns=(number, number))
        answer = client.get("/static/new.css")
        tags.append(answer.headers["ETag"])
        assert answer.text == words
    assert tags[0] != tags[1]
    file.unlink()
    assert client.get("/static/new.css").status_code == 404


def test_a_file_is_looked_at_once_a_second_however_many_pages_name_it(monkeypatch):
    looks = []
    monkeypatch.setattr(static_files, "_changed", lambda parts: looks.append(parts) or (1,))
    monkeypatch.setattr(static_files, "_held", {})

    found = [static_files.file("app.css") for _ in range(9)]
    assert len(looks) == 1

    monkeypatch.setattr(found[0], "until", 0)
    found += [static_files.file("app.css") for _ in range(9)]
    assert len(looks) == 2
    assert all(one is found[0] for one in found)


@in_turn("name", ["nothing.css", "../config.py", "%2e%2e/config.py", "", "a" * 5_000, "%00"])
def test_only_files_of_the_folder_are_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404
