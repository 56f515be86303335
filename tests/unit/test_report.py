"""Months, spreads, tallies and the long form of a report."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.errors import Invalid
from app.domain.months import Month, month_named, month_of
from app.domain.report import MonthFigures, Spread, Tally, lines, spread
from app.domain.words import CorrectionKind
from tests.cases import in_turn

NOVEMBER = Month(2026, 11)


@in_turn(
    ("months", "name"),
    [(0, "2026-11"), (1, "2026-12"), (2, "2027-01"), (-11, "2025-12"), (-23, "2024-12")],
)
def test_months_follow_each_other(months, name):
    assert NOVEMBER.moved(months).name == name


def test_a_month_begins_by_the_clock_of_its_zone():
    paris = ZoneInfo("Europe/Paris")

    assert Month(2026, 3).begins(paris) == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert Month(2026, 3).ends(paris) == datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert month_of(date(2026, 11, 30)) == NOVEMBER


@in_turn("name", ["", "2026", "2026-13", "2026-00", "26-11", "2026-11-01", "9999-12"])
def test_what_is_no_month_is_refused(name):
    with pytest.raises(Invalid, match=r"month\.shape"):
        month_named(name)
    assert month_named("2026-11") == NOVEMBER


@in_turn(
    ("days", "expected"),
    [
        ([], Spread(0, 9)),
        ([2.0], Spread(1, 9, 2.0, 2.0, 2.0)),
        ([3.0, 1.0], Spread(2, 9, 1.5, 2.0, 2.5)),
        ([5.0, 1.0, 2.0, 4.0, 3.0], Spread(5, 9, 2.0, 3.0, 4.0)),
    ],
)
def test_a_spread_is_the_median_and_the_quartiles(days, expected):
    assert spread(days, of=9) == expected


def test_a_tally_is_cut_without_losing_a_count():
    tally = Tally((("a", 5), (None, 2), ("b", 1)), others=3)

    assert tally.cut(1) == Tally((("a", 5),), others=6)
    assert tally.cut(9) == tally
    assert (tally.of(None), tally.of("c"), tally.largest) == (2, 0, 5)
    assert Tally().largest == 0


def test_the_long_form_has_a_line_for_every_figure_that_is_known():
    figures = MonthFigures(
        month=NOVEMBER,
        picked=4,
        corrected={CorrectionKind.UPDATE: 1},
        picked_parties=Tally((("Greens", 3), (None, 1)), others=2),
        to_settlement=Spread(1, 2, 1.5, 1.5, 1.5),
    )

    found = {(line.section, line.key, line.measure): line.value for line in lines(figures)}

    assert {line.month for line in lines(figures)} == {"2026-11"}
    assert found["claims", "picked", "count"] == 4
    assert found["claims", "settled", "count"] == 0
    assert [found["corrected", kind.value, "count"] for kind in CorrectionKind] == [0, 1, 0]
    assert found["picked_parties", "Greens", "count"] == 3
    assert found["picked_parties", "", "count"] == 1
    assert found["picked_parties", "", "others"] == 2
    assert found["days", "to_settlement", "median"] == 1.5
    assert ("days", "to_publication", "median") not in found
    assert found["days", "to_publication", "used"] == 0
    assert len(found) == len(list(lines(figures)))
