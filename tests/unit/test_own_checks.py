"""In which group of my list a check stands; and times as forms send them."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.dates import local_moment
from app.domain.errors import Invalid
from app.domain.own_checks import CheckGroup, group_of
from app.domain.words import ReviewState
from tests.cases import in_turn

NOW = datetime(2025, 9, 4, 14, 2, tzinfo=UTC)
SOON, GONE = NOW + timedelta(hours=1), NOW - timedelta(hours=1)


@in_turn(
    ("state", "has_draft", "waits_until", "put_off_at", "group"),
    [
        (ReviewState.LENT, False, None, None, CheckGroup.IN_HAND),
        (ReviewState.LENT, True, None, None, CheckGroup.DRAFT),
        # What waits is no draft to go on with, until its time has come.
        (ReviewState.LENT, True, SOON, None, CheckGroup.WAITING),
        (ReviewState.LENT, True, GONE, None, CheckGroup.DRAFT),
        (ReviewState.LENT, False, GONE, None, CheckGroup.IN_HAND),
        (ReviewState.RETURNED, True, None, None, CheckGroup.RETURNED),
        (ReviewState.RETURNED, False, SOON, None, CheckGroup.WAITING),
        # What was put off stays so though something was typed.
        (ReviewState.LENT, True, None, GONE, CheckGroup.PUT_OFF),
        (ReviewState.SUBMITTED, False, None, None, CheckGroup.GIVEN),
        (ReviewState.SKIPPED, True, None, None, CheckGroup.GIVEN),
    ],
)
def test_a_check_stands_in_one_group(state, has_draft, waits_until, put_off_at, group):
    found = group_of(
        state, has_draft=has_draft, waits_until=waits_until, put_off_at=put_off_at, at=NOW
    )

    assert found is group


@pytest.mark.parametrize(
    ("text", "zone", "hour"),
    [
        ("2025-09-04T14:02", "UTC", 14),
        ("2025-09-04 14:02", "Europe/Paris", 12),
        ("2025-09-04T14:02:00", "America/Lima", 19),
    ],
)
def test_a_time_is_one_by_the_clock_of_the_project(text, zone, hour):
    assert local_moment(text, zone) == datetime(2025, 9, 4, hour, 2, tzinfo=UTC)


def test_no_time_is_none():
    assert local_moment("  ", "UTC") is None
    assert local_moment(None, "UTC") is None


@in_turn(
    ("text", "code"),
    [
        ("tomorrow", "date.moment"),
        ("2025-09-04", "date.moment"),
        ("2025-02-30T10:00", "date.moment"),
        ("2025-09-04T25:00", "date.moment"),
        ("0001-01-01T00:00", "date.year"),
    ],
)
def test_what_is_no_time_is_refused(text, code):
    with pytest.raises(Invalid, match=code.replace(".", r"\.")):
        local_moment(text, "Asia/Tokyo")
