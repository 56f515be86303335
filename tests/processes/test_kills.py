"""A server that is killed at the worst moment has kept what it said it kept."""

import http.client
import time
import urllib.parse

from app.storage.tables import Draft, ReviewVersion
from tests.processes.browser import Browser
from tests.processes.conftest import PASSWORD

PATIENCE = 20


def test_a_draft_that_was_acknowledged_survives_the_kill(desk, serve):
    scene = desk(reviews_wanted=1)
    scene.claim()
    scene.reviewers("Ann")
    server = serve(ASSAY_WORKERS="2")
    browser = Browser(server.base)
    browser.sign_in("ann@example.org", PASSWORD)
    _status, _body, place = browser.post("/projects/desk/review")
    browser.get(place)
    first = {"rationale": "Typed before the kill.", "draft_version": "0", "verdict": "true"}
    assert browser.post(f"{place}/draft", **first)[0] == 204

    server.kill()

    again = serve(ASSAY_WORKERS="2")
    browser.base = again.base
    status, body, _place = browser.get(place)
    assert status == 200, "the session has survived too"
    assert "Typed before the kill." in body
    second = {"rationale": "Typed after it.", "draft_version": "1", "verdict": "true"}
    assert browser.post(f"{place}/draft", **second)[0] == 204
    again.kill()
    assert scene.rows(Draft)[0].body["rationale"] == "Typed after it."


def test_a_check_whose_answer_was_lost_with_the_server_is_one_check_when_sent_again(desk, serve):
    scene = desk(reviews_wanted=1)
    for _ in range(2):
        scene.claim()
    scene.reviewers("Ann")
    server = serve(ASSAY_WORKERS="2")
    browser = Browser(server.base)
    browser.sign_in("ann@example.org", PASSWORD)
    _status, _body, place = browser.post("/projects/desk/review")
    browser.get(place)
    said = {"rationale": "Once.", "verdict": "true", "key": "k" * 16, "base_version": "0"}
    connection = http.client.HTTPConnection(server.base.removeprefix("http://"))
    connection.request("POST", place, urllib.parse.urlencode(browser.signed(said)), browser.head())
    until = time.monotonic() + PATIENCE
    while not scene.rows(ReviewVersion):
        assert time.monotonic() < until
    # It is committed. Nobody has read the answer, and nobody will.
    server.kill()
    connection.close()

    browser.base = serve(ASSAY_WORKERS="2").base
    first, second = (browser.post(place, **said) for _ in range(2))
    assert first[0] == second[0] == 303
    assert first[2] == second[2] != place
    assert [row.rationale for row in scene.rows(ReviewVersion)] == ["Once."]
