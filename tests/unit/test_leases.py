"""How long a claim stays with whoever has it."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.errors import Invalid
from app.domain.leases import grace, wait_until
from tests.cases import in_turn

NOW = datetime(2025, 9, 4, 14, 2, tzinfo=UTC)


@in_turn(
    ("minutes", "to_answer"),
    [
        # Never less than a quarter of an hour, however short the loan.
        (1, 15),
        (30, 15),
        (60, 15),
        # A quarter of the time.
        (61, 15.25),
        (8 * 60, 2 * 60),
        (16 * 60, 4 * 60),
        # Never more than four hours.
        (24 * 60, 4 * 60),
        (365 * 24 * 60, 4 * 60),
    ],
)
def test_who_is_asked_has_a_quarter_of_the_time_to_answer(minutes, to_answer):
    assert grace(timedelta(minutes=minutes)) == timedelta(minutes=to_answer)


@pytest.mark.parametrize("days", [1 / 24 / 60, 1, 90])
def test_a_check_waits_until_a_time_to_come(days):
    until = NOW + timedelta(days=days)

    assert wait_until(until, NOW) == until


@pytest.mark.parametrize(
    ("days", "code"), [(0, "review.wait-past"), (-1, "review.wait-past"), (91, "review.wait-long")]
)
def test_a_check_waits_for_no_time_that_is_gone_or_too_far_off(days, code):
    with pytest.raises(Invalid, match=code.replace(".", r"\.")):
        wait_until(NOW + timedelta(days=days), NOW)
