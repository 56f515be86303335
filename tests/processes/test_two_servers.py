"""Two servers over one PostgreSQL: whoever worked through one of them goes on through the other."""

import pytest

from app.storage.session import Database
from app.storage.tables import Draft, ReviewVersion
from tests import postgres
from tests.processes.browser import Browser
from tests.processes.conftest import PASSWORD

pytestmark = pytest.mark.postgres
KEY = "0123456789abcdefghijklmnopqrstuvwxyz-of-both"


@pytest.fixture
def database_url():
    url = postgres.migrated_database()
    yield url
    postgres.drop(url)


@pytest.fixture
def database(database_url):
    opened = Database(database_url)
    yield opened
    opened.dispose()


def test_one_of_two_servers_is_killed_and_its_people_go_on_through_the_other(desk, serve, tmp_path):
    scene = desk(reviews_wanted=1)
    for _ in range(2):
        scene.claim()
    scene.reviewers("Ann")
    # Each has a folder of its own, as two machines have; the key is that of both.
    first, second = (
        serve(ASSAY_WORKERS="1", ASSAY_SECRET_KEY=KEY, ASSAY_INSTANCE=str(tmp_path / name))
        for name in ("first", "second")
    )
    browser = Browser(first.base)
    browser.sign_in("ann@example.org", PASSWORD)
    browser.base = second.base
    _status, _body, place = browser.post("/projects/desk/review")
    browser.base = first.base
    browser.get(place)
    said = {"rationale": "Once.", "verdict": "true", "key": "k" * 16, "base_version": "0"}
    assert browser.post(f"{place}/draft", **said, draft_version="0")[0] == 204

    first.kill()

    browser.base = second.base
    status, body, _place = browser.get(place)
    assert status == 200
    assert "Once." in body
    # What the killed one may have acknowledged is sent again, and is the same.
    answers = [browser.post(place, **said, draft_version="1") for _ in range(2)]
    assert [status for status, _body, _place in answers] == [303, 303]
    assert answers[0][2] == answers[1][2] != place
    assert [row.rationale for row in scene.rows(ReviewVersion)] == ["Once."]
    assert scene.rows(Draft) == []
