"""A server that is killed at the worst moment has kept what it said it kept."""

from app.storage.tables import Draft
from tests.processes.browser import Browser
from tests.processes.conftest import PASSWORD


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
