"""Figures of a claim beside those of a source: worked pairs, and what holds of all of them."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.claim_parts import QuantityRecord
from app.domain.compared import Outcome, Warned, compare
from app.domain.measured_units import CURRENCIES, unit_of
from app.domain.reconciled import ExchangeRate, Hindrance, Note
from app.domain.words import Change, Comparator
from app.extraction.used_figures import figures_of
from tests.cases import in_turn
from tests.figures import use

SAME, ROUNDED, WITHIN = Outcome.SAME, Outcome.ROUNDED, Outcome.WITHIN
BOUND, DIFFERS = Outcome.IN_BOUND, Outcome.DIFFERS
DOLLAR = ExchangeRate("USD", "EUR", 0.92, "1 USD = 0.92 EUR")


def said(words):
    """The one figure of some words."""
    [figure] = figures_of(use(figure=words)).figures
    return figure


# Claim, source, how they stand, the difference in the claim's unit, and as a share of the source.
WORKED = [
    # money
    ("1.1 billion euros", "1.1 billion euros", SAME, 0, 0),
    ("1.1 billion euros", "€1.1bn", SAME, 0, 0),
    ("1.1 billion euros", "1.02 billion euros", DIFFERS, 80e6, 0.0784),
    ("1.1 billion euros", "1,100 million euros", SAME, 0, 0),
    ("1.1 billion euros", "1.08 billion euros", ROUNDED, 20e6, 0.0185),
    ("about 1.1 billion euros", "1.05 billion euros", WITHIN, 50e6, 0.0476),
    ("about 1.1 billion euros", "1.15 billion euros", WITHIN, -50e6, -0.0435),
    ("about 1.1 billion euros", "1.16 billion euros", DIFFERS, -60e6, -0.0517),
    ("$5", "450 cents", DIFFERS, 0.5, 0.1111),
    ("50 pence", "£0.50", SAME, 0, 0),
    ("$50 a day", "$18,250 a year", ROUNDED, 0.03, 0.0007),
    ("1.1 billion euros a year", "90 million euros a month", ROUNDED, 20e6, 0.0185),
    ("more than $3 million", "$3.2 million", BOUND, -0.2e6, -0.0625),
    ("more than $3 million", "$3 million", DIFFERS, 0, 0),
    ("at least $3 million", "$3 million", BOUND, 0, 0),
    ("up to $3 million", "$3.5 million", DIFFERS, -0.5e6, -0.1429),
    # shares
    ("a quarter of voters", "25 percent", SAME, 0, 0),
    ("one in four voters", "0.24 percent", DIFFERS, 24.76, 103.1667),
    ("two-thirds of voters", "66.67 percent", SAME, 0, 0),
    ("a third of voters", "35 percent", DIFFERS, -1.67, -0.0477),
    ("12 percent", "12.3 percent", ROUNDED, -0.3, -0.0244),
    ("12 percent", "10 percent", DIFFERS, 2, 0.2),
    ("0.4 percent", "4 per mille", SAME, 0, 0),
    ("3 percentage points", "300 basis points", SAME, 0, 0),
    ("rose by 12 percent", "rose by 10 percent", DIFFERS, 2, 0.2),
    ("fell by 12 percent", "fell by 10 percent", DIFFERS, 2, 0.2),
    ("rose by 12 percent", "fell by 10 percent", DIFFERS, 22, None),
    ("three times as many", "rose by 200 percent", SAME, 0, 0),
    ("three times as many", "300 percent", SAME, 0, 0),
    ("rose by 100 percent", "twice as many", SAME, 0, 0),
    # lengths, areas, volumes
    ("5 miles", "8 kilometres", ROUNDED, 0.0290, 0.0058),
    ("100 kilometers", "100 kilometres", SAME, 0, 0),
    ("10 kilometres", "5 miles", DIFFERS, 1.9533, 0.2427),
    ("12 nautical miles", "22.224 kilometres", SAME, 0, 0),
    ("6 feet", "72 inches", SAME, 0, 0),
    ("3,000 square kilometers", "300,000 hectares", SAME, 0, 0),
    ("640 acres", "1 square mile", SAME, 0, 0),
    ("100 barrels", "4,200 gallons", SAME, 0, 0),
    ("1,000 litres", "1 cubic metre", SAME, 0, 0),
    ("100 imperial gallons", "454.609 litres", SAME, 0, 0),
    ("100,000 barrels a day", "36.5 million barrels per year", ROUNDED, 66.394, 0.0007),
    # weights
    ("2 million short tons", "1.7 million tonnes", DIFFERS, 126070.77, 0.0673),
    ("2 million metric tons", "2 million tonnes", SAME, 0, 0),
    ("1,016.05 tonnes", "1,000 long tons", ROUNDED, 0.0031, 0),
    ("100 pounds of cocaine", "45.4 kg", ROUNDED, -0.0899, -0.0009),
    ("3 kilos", "3,000 grams", SAME, 0, 0),
    # energy, power
    ("1.4 TWh", "1,400 GWh", SAME, 0, 0),
    ("300 megawatt-hours", "1,080 gigajoules", SAME, 0, 0),
    ("500 MW", "0.5 gigawatts", SAME, 0, 0),
    ("100 horsepower", "75 kilowatts", ROUNDED, -0.5767, -0.0057),
    # times, temperatures, speeds, data
    ("10 years", "120 months", SAME, 0, 0),
    ("36 hours", "2 days", DIFFERS, -12, -0.25),
    ("20 degrees Celsius", "68°F", SAME, 0, None),
    ("20 degrees Celsius", "70°F", DIFFERS, -1.1111, None),
    ("rose by 2 degrees Celsius", "rose by 3.6 degrees Fahrenheit", SAME, 0, 0),
    ("70 mph", "112 km/h", ROUNDED, 0.4064, 0.0058),
    ("300 GB", "0.3 TB", SAME, 0, 0),
    ("100 Mbps", "0.1 Gbps", SAME, 0, 0),
    # counts
    ("3,000 people", "2,500 people", DIFFERS, 500, 0.2),
    ("40 people", "41 people", DIFFERS, -1, -0.0244),
    ("about 40 people", "43 people", WITHIN, -3, -0.0698),
    ("about 40 people", "45 people", DIFFERS, -5, -0.1111),
    ("40,000 people", "40,123 people", ROUNDED, -123, -0.0031),
    ("one billion people", "1.4 billion people", DIFFERS, -0.4e9, -0.2857),
    ("12 deaths per day", "4,383 deaths a year", ROUNDED, -0.0003, 0),
    ("more than 40 people", "more than 50 people", BOUND, -10, -0.2),
    ("at least 40 people", "fewer than 30 people", DIFFERS, 10, 0.3333),
    ("45 people", "more than 40 people", BOUND, 5, 0.125),
    ("38 people", "more than 40 people", DIFFERS, -2, -0.05),
    ("100 people per square mile", "40 people per square kilometre", DIFFERS, -3.5995, -0.0347),
]
# Claim, source, why they are not compared.
HINDERED = [
    ("12 percent", "12 percentage points", Hindrance.POINTS),
    ("12 people", "12 percent", Hindrance.KIND),
    ("12 people", "12 residents", Hindrance.KIND),
    ("1.1 billion euros", "1.1 billion dollars", Hindrance.CURRENCY),
    ("rose by 12 percent", "12 percent", Hindrance.CHANGE),
    ("500 MW", "500 MWh", Hindrance.KIND),
    ("12 kilograms", "12 litres", Hindrance.KIND),
    ("£50", "50 pounds of cocaine", Hindrance.KIND),
    ("$50 a day", "$50", Hindrance.RATE),
    ("more than 50 people", "more than 40 people", Hindrance.BOUNDS),
    ("at least 40 people", "fewer than 50 people", Hindrance.BOUNDS),
    ("100 people per square mile", "100 people", Hindrance.KIND),
]


@in_turn(("claim", "source", "outcome", "difference", "relative"), WORKED)
def test_a_pair_stands_as_worked_out_by_hand(claim, source, outcome, difference, relative):
    found = compare(said(claim), said(source))

    assert found.outcome is outcome
    assert found.difference == pytest.approx(difference, rel=1e-3, abs=1e-2)
    if relative is None:
        assert found.relative is None
    else:
        assert found.relative == pytest.approx(relative, rel=1e-3, abs=1e-4)


@in_turn(("claim", "source", "because"), HINDERED)
def test_what_is_not_of_one_kind_is_not_compared_and_says_why(claim, source, because):
    found = compare(said(claim), said(source))

    assert (found.outcome, found.because) == (Outcome.NOT_COMPARED, because)
    assert found.difference is None


def test_the_table_is_long_enough():
    assert len(WORKED) + len(HINDERED) >= 60


# Assumptions that are told


@in_turn(
    ("claim", "source", "notes"),
    [
        ("5 miles", "8 kilometres", {Note.CONVERTED}),
        ("100 kilometers", "100 kilometres", set()),
        ("100 people per square mile", "40 people per square kilometre", {Note.CONVERTED}),
        # Nobody knows which ton a "ton" is.
        ("2 million tons", "2 million tonnes", {Note.LOOSE}),
        ("2 million tons", "2 million short tons", {Note.CONVERTED, Note.LOOSE}),
        ("2 million tons", "3 million tons", set()),
        ("20 gallons", "75.7 litres", {Note.CONVERTED, Note.LOOSE}),
        ("20°C", "68°F", {Note.CONVERTED, Note.LEVELS}),
        ("1.1 billion euros a year", "90 million euros a month", {Note.RATE_TIME}),
        ("1.1 billion euros in 2024", "90 million euros a month", {Note.SPAN, Note.RATE_TIME}),
        ("1.1 billion euros in one year", "1.1 billion euros a year", {Note.SPAN}),
        ("twice as many", "rose by 100 percent", {Note.MULTIPLE}),
    ],
)
def test_what_was_done_to_compare_them_is_told(claim, source, notes):
    assert set(compare(said(claim), said(source)).notes) == notes


def test_a_rate_brings_two_currencies_together_either_way():
    there = compare(said("1.1 billion euros"), said("1.02 billion dollars"), rate=DOLLAR)
    back = compare(said("1.02 billion dollars"), said("1.1 billion euros"), rate=DOLLAR)

    assert there.value == pytest.approx(938.4e6)
    assert back.value == pytest.approx(1.1e9 / 0.92)
    assert (there.rate, there.notes) == (DOLLAR, (Note.EXCHANGED,))


def test_a_rate_of_other_currencies_does_not_help():
    found = compare(said("1.1 billion euros"), said("1.02 billion yen"), rate=DOLLAR)

    assert found.because is Hindrance.CURRENCY


def test_cents_of_no_country_are_those_of_the_other_figure():
    cents = QuantityRecord(30, "cent", "30 cents", None)

    found = compare(said("€0.25"), cents)

    assert found.value == pytest.approx(0.3)
    assert Warned.UNIT_SOURCE in found.warnings


# What they leave open


@in_turn(
    ("claim", "source", "warnings"),
    [
        ("12 people in 2024", "12 people in 2024", set()),
        ("12 people", "12 people", {Warned.TIME_BOTH}),
        ("12 people", "12 people in 2024", {Warned.TIME_CLAIM}),
        ("12 people in 2024", "12 people", {Warned.TIME_SOURCE}),
        ("12 people in one year", "12 people in 2024", {Warned.YEAR_CLAIM}),
        ("12 people in 2024", "12 people in one year", {Warned.YEAR_SOURCE}),
        ("12 people in one year", "12 people in a year", {Warned.YEAR_BOTH}),
        ("12 people in 2022", "12 people in 2024", {Warned.OTHER_TIME}),
        ("12 people in March 2024", "12 people in 2024", {Warned.OTHER_TIME}),
        ("12 people in one year", "12 people in a quarter", {Warned.YEAR_BOTH, Warned.OTHER_TIME}),
        ("12 people in 2024", "12", {Warned.TIME_SOURCE, Warned.UNIT_SOURCE}),
        ("20°C", "21 degrees", {Warned.TIME_BOTH, Warned.UNIT_SOURCE}),
        ("rose by 2 percent", "fell by 2 percent", {Warned.TIME_BOTH, Warned.OPPOSITE}),
    ],
)
def test_what_is_not_stated_is_warned_of(claim, source, warnings):
    assert set(compare(said(claim), said(source)).warnings) == warnings


def test_what_something_rose_from_is_compared_with_the_level_of_the_same_time_alone():
    base = QuantityRecord(
        40, "percent", "40 percent", "in 2020", is_base=True, period_from="2020", period_to="2020"
    )

    then = compare(base, said("41 percent in 2020"))
    later = compare(base, said("41 percent in 2021"))

    assert then.difference == -1
    assert later.because is Hindrance.BASE


# What holds of all

MEASURES = [
    ("kilometre", "mile"),
    ("hectare", "acre"),
    ("tonne", "pound"),
    ("barrel", "litre"),
    ("kWh", "joule"),
    ("megawatt", "horsepower"),
    ("degree Celsius", "degree Fahrenheit"),
    ("year", "day"),
    ("GB", "megabit"),
    ("percent", "fraction"),
    ("percentage point", "basis point"),
    ("EUR/M", "EUR/Y"),
    ("barrel/D", "litre/s"),
    ("mph", "km/h"),
    ("person", "people"),
    ("USD", "EUR"),
]
NUMBERS = st.floats(1e-3, 1e12).map(lambda x: float(f"{x:.6g}"))
COMPARATORS = st.sampled_from([Comparator.EXACT, Comparator.ABOUT])


def figure(value, unit, comparator=Comparator.EXACT, change=None):
    return QuantityRecord(value, unit, f"{value:,.10g}", None, comparator, change)


@given(NUMBERS, NUMBERS, st.sampled_from(MEASURES), COMPARATORS, COMPARATORS)
def test_the_other_way_round_the_difference_is_the_same_but_for_its_sign(a, b, units, one, other):
    first, second = figure(a, units[0], one), figure(b, units[1], other)

    there = compare(first, second, rate=DOLLAR)
    back = compare(second, first, rate=DOLLAR)

    assert there.outcome is back.outcome
    assert (there.difference > 0) is (back.difference < 0)


@given(NUMBERS, st.sampled_from(MEASURES))
def test_a_number_brought_to_another_unit_and_back_is_the_number(value, units):
    there = compare(figure(1, units[1]), figure(value, units[0]), rate=DOLLAR)
    back = compare(figure(1, units[0]), figure(there.value, units[1]), rate=DOLLAR)

    assert back.value == pytest.approx(value, rel=1e-9, abs=1e-9)


@given(NUMBERS, st.sampled_from([unit for pair in MEASURES for unit in pair]), COMPARATORS)
def test_a_figure_is_the_same_as_itself(value, unit, comparator):
    one = figure(value, unit, comparator)

    found = compare(one, one)

    assert (found.outcome, found.difference) == (Outcome.SAME, 0)


@given(st.integers(10, 99), st.integers(0, 12), st.booleans())
def test_about_reaches_five_percent_and_no_further(digits, power, is_above):
    """Of a number of two digits the rounding is never more than five percent of it."""
    value = digits * 10.0**power
    about = QuantityRecord(value, "person", "so many", None, Comparator.ABOUT)
    sign = 1 if is_above else -1
    assume(value >= 100 and digits % 10)

    near = compare(about, figure(value * (1 + sign * 0.0499), "person"))
    far = compare(about, figure(value * (1 + sign * 0.0501) + sign * 2, "person"))

    assert near.outcome in {Outcome.WITHIN, Outcome.SAME}
    assert far.outcome is Outcome.DIFFERS


@given(st.integers(11, 99), st.floats(-0.049, 0.049), st.sampled_from(["million", "billion"]))
def test_a_figure_may_be_rounded_by_half_of_its_last_place(tenths, off, scale):
    size = {"million": 1e6, "billion": 1e9}[scale]
    claim = QuantityRecord(tenths / 10 * size, "EUR", f"{tenths / 10:.1f} {scale} euros", None)
    exact = round((tenths / 10 + off) * size)

    inside = compare(claim, figure(exact, "EUR"))
    outside = compare(claim, figure((tenths / 10 + 0.0511) * size, "EUR"))

    assert inside.outcome in {Outcome.ROUNDED, Outcome.SAME}
    assert outside.outcome is Outcome.DIFFERS


@given(NUMBERS, NUMBERS, st.sampled_from(Comparator))
def test_a_bound_is_kept_by_what_lies_on_its_side(bound, value, comparator):
    assume(comparator not in {Comparator.EXACT, Comparator.ABOUT})
    assume(not math.isclose(bound, value, rel_tol=1e-6))

    found = compare(figure(bound, "person", comparator), figure(value, "person"))

    is_lower = comparator in {Comparator.MORE, Comparator.AT_LEAST}
    assert (found.outcome is Outcome.IN_BOUND) is ((value > bound) is is_lower)


@given(NUMBERS, NUMBERS, st.sampled_from(Change))
def test_a_change_is_never_compared_with_a_level(a, b, change):
    found = compare(figure(a, "percent", change=change), figure(b, "percent"))

    assert found.because is Hindrance.CHANGE


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_unit_is_some_unit(name, raw):
    found = unit_of(name, raw)

    assert found.factor > 0
    assert (not found.kind) is (not name.strip()) or found.time or found.per


def test_the_currencies_are_codes_of_three_letters():
    assert {"EUR", "USD", "UAH"} <= CURRENCIES
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)
