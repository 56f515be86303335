"""How a project got along, day by day, by its own clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.errors import Missing
from app.domain.ids import now
from app.domain.words import ClaimState, Decides, Role
from app.storage import progress
from app.storage.tables import Claim, Ruling
from tests.scenes import Scene

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def scene(database, monkeypatch):
    monkeypatch.setattr(progress, "now", lambda: NOON)
    return Scene(database, decides=Decides.SINGLE, reviews_wanted=1, timezone="Asia/Kathmandu")


def settled(scene, kim, picked_at, decided_at=None):
    """A claim that came on the list then, and was settled then if it was."""
    claim_id = scene.claim(picked_at=picked_at)
    if decided_at is not None:
        scene.check(kim)
        [ruling] = scene.rulings_of(claim_id)
        with scene.database.write() as session:
            session.get_one(Ruling, ruling.key).decided_at = decided_at
    return claim_id


def test_days_are_those_of_the_project_and_end_today(scene):
    kim = scene.person("Kim", Role.REVIEWER)
    # In Kathmandu, 5:45 ahead, 18:14 is still the same day and 18:15 the next.
    last, next_day = datetime(2026, 11, 17, 18, 14, 59, tzinfo=UTC), NOON - timedelta(days=2)
    settled(scene, kim, last, datetime(2026, 11, 17, 18, 15, tzinfo=UTC))
    settled(scene, kim, next_day)

    found = scene.ask(progress.days_of, kim, scene.project)

    assert [(d.on, d.picked, d.settled) for d in found] == [
        (date(2026, 11, 17), 1, 0),
        (date(2026, 11, 18), 1, 1),
        (date(2026, 11, 19), 0, 0),
        (date(2026, 11, 20), 0, 0),
    ]
    assert [(d.all_picked, d.all_settled) for d in found] == [(1, 0), (2, 1), (2, 1), (2, 1)]


def test_what_was_before_is_where_the_first_day_begins(scene):
    kim = scene.person("Kim", Role.REVIEWER)
    long_ago = NOON - timedelta(days=300)
    settled(scene, kim, long_ago, long_ago)
    settled(scene, kim, long_ago, NOON)

    found = scene.ask(progress.days_of, kim, scene.project, most=10)

    assert [d.on for d in (found[0], found[-1])] == [date(2026, 11, 11), date(2026, 11, 20)]
    assert (found[0].all_picked, found[0].all_settled) == (2, 1)
    assert (found[-1].all_picked, found[-1].all_settled, found[-1].settled) == (2, 2, 1)


def test_dropped_claims_suggestions_and_later_versions_do_not_count(scene):
    kim = scene.person("Kim", Role.REVIEWER)
    claim_id = settled(scene, kim, NOON, NOON)
    scene.claim(state=ClaimState.REJECTED, picked_at=NOON)
    scene.claim(state=ClaimState.CANDIDATE, picked_at=None)
    key = scene.claim_row(claim_id).key
    with scene.database.write() as session:
        first = session.get_one(Ruling, scene.rulings_of(claim_id)[0].key)
        session.add(
            Ruling(
                claim_id=key,
                version=2,
                content_label_id=first.content_label_id,
                decided_by=first.decided_by,
                decided_by_id=first.decided_by_id,
                decided_at=NOON,
                correction_kind="minor",
            )
        )

    [today] = scene.ask(progress.days_of, kim, scene.project)

    assert (today.picked, today.settled, today.all_picked, today.all_settled) == (1, 1, 1, 1)


def test_an_empty_project_has_one_day_with_nothing(scene):
    kim = scene.person("Kim", Role.VIEWER)

    [today] = scene.ask(progress.days_of, kim, scene.project)

    assert (today.on, today.all_picked, today.all_settled) == (date(2026, 11, 20), 0, 0)


def test_another_check_of_a_blind_claim_changes_nothing(database):
    scene = Scene(database, reviews_wanted=2)
    kim, lea = scene.reviewers("Kim", "Lea")
    scene.claim()
    before = scene.ask(progress.days_of, lea, scene.project)

    scene.check(kim)

    assert scene.ask(progress.days_of, lea, scene.project) == before


def test_strangers_learn_nothing(scene):
    other = Scene(scene.database, slug="other", decides=Decides.SINGLE, reviews_wanted=1)

    with pytest.raises(Missing):
        scene.ask(progress.days_of, other.person("Sue", Role.EDITOR), scene.project)


def test_claims_of_other_projects_do_not_count(scene):
    other = Scene(scene.database, slug="other", decides=Decides.SINGLE, reviews_wanted=1)
    kim = other.person("Kim", Role.REVIEWER)
    other.claim()
    other.check(kim)

    [today] = scene.ask(progress.days_of, scene.person("Val", Role.VIEWER), scene.project)

    assert (today.all_picked, today.all_settled) == (0, 0)
    assert scene.rows(Claim)[0].picked_at <= now()
