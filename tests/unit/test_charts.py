"""Where lines and columns of a chart stand."""

import pytest

from app.web import charts
from tests.cases import in_turn


@in_turn(
    ("largest", "values"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (4, [0, 1, 2, 3, 4]),
        (5, [0, 2, 4, 6]),
        (50, [0, 20, 40, 60]),
        (200, [0, 50, 100, 150, 200]),
        (98_765, [0, 50_000, 100_000]),
    ],
)
def test_ticks_are_round_and_reach_the_largest(largest, values):
    found = charts.ticks(largest)

    assert [tick.value for tick in found] == values
    assert (found[0].y, found[-1].y) == (charts.HEIGHT, 0)


def test_lines_go_from_edge_to_edge_and_share_one_scale():
    chart = charts.lines([[0, 2, 4], [0, 0, 1]])

    assert chart.points == ("0.0,160.0 500.0,80.0 1000.0,0.0", "0.0,160.0 500.0,160.0 1000.0,120.0")


def test_one_day_is_a_point():
    assert charts.lines([[3]]).points == ("0.0,0.0",)


def test_columns_stand_in_groups_without_touching_the_next():
    chart = charts.columns([[1, 4], [2, 0]])

    first, second = chart.groups
    assert [(c.x, c.width, c.y, c.height) for c in first.columns] == [
        (5.0, 20.0, 120.0, 40.0),
        (25.0, 20.0, 80.0, 80.0),
    ]
    assert (first.middle, second.middle) == (25.0, 75.0)
    assert second.columns[1].height == 0


def test_columns_of_nothing_are_none():
    assert charts.columns([[], []]).groups == ()


@pytest.mark.parametrize(("value", "largest", "percent"), [(0, 0, 0), (1, 3, 33.33), (3, 3, 100)])
def test_a_bar_is_a_share_of_the_longest(value, largest, percent):
    assert charts.share(value, largest) == percent
