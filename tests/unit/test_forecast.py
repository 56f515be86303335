"""When a list will be done: what is said of each kind of pace."""

from math import sqrt
from random import Random

from app.domain.forecast import HORIZON_DAYS, WINDOW_DAYS, Outlook, Z, forecast
from tests.cases import in_turn

NONE = [0] * WINDOW_DAYS
ONE = [1] * WINDOW_DAYS


@in_turn(
    ("settled", "came_in", "left", "outlook"),
    [
        (NONE, NONE, 0, Outlook.NOTHING),
        ([], [], 0, Outlook.NOTHING),
        (ONE, ONE, 0, Outlook.DONE),
        (NONE, [0] * 27 + [3], 3, Outlook.STILL),
        ([], [], 3, Outlook.STILL),
        # Too few days, too few claims, all on one or two days.
        ([3] * 6, [0] * 6, 5, Outlook.TOO_LITTLE),
        ([1] * 9 + [0] * 19, NONE, 5, Outlook.TOO_LITTLE),
        ([20, 20] + [0] * 26, NONE, 5, Outlook.TOO_LITTLE),
        ([3] * 7, [0] * 7, 5, Outlook.RANGE),
        # As many come in as are settled, or more.
        (ONE, ONE, 5, Outlook.GROWING),
        (ONE, [2] * WINDOW_DAYS, 5, Outlook.GROWING),
        # Just more are settled than come in: it may end, it may not.
        ([3] * WINDOW_DAYS, [2, 3] * 14, 30, Outlook.NOT_BEFORE),
        (ONE, NONE, 100_000, Outlook.FAR),
        ([4] * WINDOW_DAYS, NONE, 40, Outlook.RANGE),
    ],
)
def test_what_is_said(settled, came_in, left, outlook):
    found = forecast(settled, came_in, left=left)

    assert found.outlook is outlook
    assert (found.earliest is None) == (outlook not in {Outlook.RANGE, Outlook.NOT_BEFORE})
    assert (found.latest is None) == (outlook is not Outlook.RANGE)


def test_a_steady_pace_gives_a_range_around_the_plain_division():
    found = forecast([4] * WINDOW_DAYS, NONE, left=40)

    assert found.per_week == 28
    assert found.earliest < 40 / 4 <= found.latest
    assert (found.earliest, found.latest) == (8, 13)


def test_the_ends_are_where_the_edges_of_the_band_reach_the_open_claims():
    settled, came_in, left = [5, 3, 0, 6, 4, 0, 2] * 4, [1, 0, 0, 1, 0, 0, 0] * 4, 60
    falls = [out - new for out, new in zip(settled, came_in, strict=True)]
    pace = sum(falls) / WINDOW_DAYS
    spread = sqrt(sum((fall - pace) ** 2 for fall in falls) / (WINDOW_DAYS - 1))

    def edge(days, sign):
        return days * pace + sign * Z * spread * sqrt(days * (1 + days / WINDOW_DAYS))

    found = forecast(settled, came_in, left=left)

    assert edge(found.earliest, 1) >= left > edge(found.earliest - 1, 1)
    assert edge(found.latest, -1) >= left > edge(found.latest - 1, -1)


def test_claims_that_come_in_move_the_end_away():
    alone = forecast([4] * WINDOW_DAYS, NONE, left=40)
    fed = forecast([4] * WINDOW_DAYS, [1] * WINDOW_DAYS, left=40)

    assert fed.earliest >= alone.earliest
    assert fed.latest > alone.latest
    assert fed.came_in_per_week == 7


def test_uneven_days_are_less_certain_than_even_ones():
    even = forecast([4] * WINDOW_DAYS, NONE, left=60)
    uneven = forecast([16, 0, 0, 0] * 7, NONE, left=60)

    assert even.settled == uneven.settled
    assert uneven.latest - uneven.earliest > even.latest - even.earliest


def test_the_range_holds_about_four_times_in_five():
    chance = Random(20260904)

    def day():
        return sum(chance.random() < 0.3 for _ in range(10))

    held = 0
    for _ in range(400):
        found = forecast([day() for _ in range(WINDOW_DAYS)], NONE, left=60)
        left, days = 60, 0
        while left > 0:
            left, days = left - day(), days + 1
        held += found.earliest <= days <= found.latest

    assert 0.78 <= held / 400 <= 0.97


@in_turn("left", [1, 10, 1_000, 10**9])
@in_turn("each", [1, 3, 40])
def test_no_end_is_before_tomorrow_or_beyond_the_horizon(left, each):
    found = forecast([each] * WINDOW_DAYS, NONE, left=left)

    for end in (found.earliest, found.latest):
        assert end is None or 1 <= end <= HORIZON_DAYS
