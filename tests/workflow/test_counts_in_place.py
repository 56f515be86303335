"""A row that is changed where it stands, or moved, or both at once, is counted once and as it is."""

import pytest
from sqlalchemy import text

from app.domain.words import Decides
from app.storage.counts import wrong
from tests.scenes import Scene


@pytest.fixture
def scene(database):
    """Three claims: one settled, one of which a check is in and another lent, one that nobody had."""
    scene = Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)
    ada, ben, cleo = scene.reviewers("Ada", "Ben", "Cleo")
    scene.claim()
    scene.check(ada)
    scene.check(ben)
    scene.claim()
    scene.claim()
    scene.check(ada)
    assert scene.take(cleo)
    return scene


def kept(scene):
    """What is counted of each thing, as its places have it."""
    question = "SELECT what, person_id, part, run_id, sum(number) FROM kept_count"
    with scene.database.reading() as session:
        rows = session.execute(text(f"{question} GROUP BY what, person_id, part, run_id"))
        return {tuple(place): number for *place, number in rows if number}


@pytest.mark.parametrize(
    ("change", "counted"),
    [
        ("claim SET slots_free = 0", {"queue", "had"}),
        ("claim SET slots_free = slots_free + 1 WHERE slots_free > 0", set()),
        ("claim SET selection_reason = 'It is told everywhere'", {"reasoned"}),
        ("claim SET published_url = 'https://news.example/1'", {"to publish"}),
        (
            "claim SET state = 'rejected', slots_free = 0 WHERE state = 'open'",
            {"open", "rejected", "picked", "picked and off", "queue", "had", "begun"}
            | {"answered", "answered some"},
        ),
        ("review SET state = 'returned' WHERE state = 'submitted'", {"checks", "checks told"}),
        ("review SET slot = NULL, lease_until = NULL WHERE state = 'lent'", {"share", "had"}),
        ("review SET submitted_version = 0", {"answered", "answered some", "round mine"}),
        ("review SET submitted_version = 2 WHERE submitted_version = 1", set()),
        ("claim_round SET reviews_wanted = 5", {"round wanted"}),
        ("claim_round SET reviews_done = 0", {"round given", "begun", "answered some"}),
        (
            "claim_round SET reviews_done = reviews_wanted",
            {"round given", "begun", "complete", "checks told", "answered some", "answered all"},
        ),
        (
            "claim_round SET settled_at = '2026-01-01 00:00:00'",
            {"round done", "begun", "answered some", "checks told"},
        ),
        (
            "claim_round SET settled_at = NULL, reviews_done = 2",
            {"round done", "round given", "begun", "complete", "checks told"}
            | {"answered some", "answered all"},
        ),
        ("claim_round SET distance = 3", set()),
        ("ruling SET version = 2, correction_kind = 'minor'", {"ruled"}),
        ("ruling SET decided_at = '2026-01-01 00:00:00'", {"ruled"}),
    ],
)
def test_what_is_changed_of_rows_is_counted_as_they_are_now(scene, change, counted):
    before = kept(scene)

    with scene.database.write() as session:
        assert session.execute(text(f"UPDATE {change}")).rowcount

    after = kept(scene)
    with scene.database.reading() as session:
        assert wrong(session) == {}
    places = before.keys() | after.keys()
    assert {place[0] for place in places if before.get(place) != after.get(place)} == counted
