import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extraction.quantities import number_value, quantities


@pytest.mark.parametrize(
    ("claim", "measured"),
    [
        # Words and scales.
        ("half a million people left", [(500_000, "person")]),
        ("a quarter of a million homes lost power", [(250_000, "home")]),
        ("two million barrels were shipped", [(2_000_000, "barrel")]),
        ("it hired twenty-five nurses", [(25, "nurse")]),
        ("a dozen black cabs waited", [(12, "cab")]),
        ("dozens of people and hundreds of dogs waited", []),
        ("he repaid Rs 24 lakh and 3 crore rupees", [(2_400_000, "INR"), (30_000_000, "INR")]),
        # Money.
        ("it cost 1.1 billion euros", [(1_100_000_000, "EUR")]),
        ("it cost $20-30bn", [(20e9, "USD"), (30e9, "USD")]),
        ("from $800 to $1.2 million", [(800, "USD"), (1_200_000, "USD")]),
        ("between £2m and £3m", [(2e6, "GBP"), (3e6, "GBP")]),
        ("it paid 176 Hong Kong dollars (£17.43)", [(176, "HKD"), (17.43, "GBP")]),
        ("she earns $15 an hour", [(15, "USD/h")]),
        ("they get 450 euros per week", [(450, "EUR/W")]),
        ("it was $38 a year ago", [(38, "USD")]),
        # Shares.
        ("prices rose 10 percent", [(10, "percent")]),
        ("prices rose 2.8 per cent to 3%", [(2.8, "percent"), (3, "percent")]),
        ("rates fell by 0.5 percentage points", [(0.5, "percentage point")]),
        ("a quarter-point cut", [(0.25, "percentage point")]),
        ("one in four children is hungry", [(0.25, "fraction")]),
        ("nine out of 10 voters agreed", [(0.9, "fraction")]),
        ("two-thirds of the town left", [(0.6667, "fraction")]),
        ("about half of the town left", [(0.5, "fraction")]),
        ("between 20 and 30 percent", [(20, "percent"), (30, "percent")]),
        ("it is 10 times as large", [(10, "times")]),
        ("a fivefold increase", [(5, "times")]),
        # Counts.
        ("two United States service members died", [(2, "member")]),
        ("28 people who were ill", [(28, "person")]),
        ("three of its commanders fled", [(3, "commander")]),
        ("300 workers, including one woman", [(300, "worker"), (1, "woman")]),
        ("one man said that it was one of those days", []),
        ("the 48-year-old driver", [(48, "year")]),
        ("people aged 12 and older", [(12, "year")]),
        ("a .45-caliber gun", [(0.45, "caliber")]),
        ("seven years after the war", [(7, "year")]),
        # Dates, times and names measure nothing.
        ("on May 15, 2019, at 6am", []),
        ("in 2016 and on 3 June", []),
        ("the 21st of March at 10:30", []),
        ("Flight 370 left from Gate 12", []),
        ("the number eight is lucky", []),
        ("the 1990s were quiet", []),
    ],
)
def test_numbers_are_read_with_their_value_and_unit(claim, measured):
    assert [(q.value, q.unit) for q in quantities(claim)] == [
        (pytest.approx(value), unit) for value, unit in measured
    ]


@pytest.mark.parametrize(
    ("claim", "period"),
    [
        ("Russia received 1.1 billion euros in fuel sales from the EU in one year", "in one year"),
        ("sales fell 10 percent last month", "last month"),
        ("3,248 cases were seen between 2010 and 2015", "between 2010 and 2015"),
        ("In October, it sold 40 cars", "In October"),
        ("it sold 40 cars", None),
    ],
)
def test_a_number_knows_the_time_for_which_it_holds(claim, period):
    assert [q.period for q in quantities(claim)] == [period]


def test_both_ends_of_a_range_carry_the_words_of_the_range():
    low, high = quantities("it costs $20-30bn")

    assert (low.raw, high.raw) == ("$20-30bn", "$20-30bn")


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("17.3 million", 17_300_000),
        ("1,234,567", 1_234_567),
        ("a hundred", 100),
        ("two hundred thousand", 200_000),
        ("one million five hundred thousand", 1_500_000),
        (".45", 0.45),
    ],
)
def test_a_numeral_has_one_plain_value(numeral, value):
    assert number_value(numeral) == pytest.approx(value)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0123456789.,$€% -–abonetwmilk", max_size=60))
def test_no_text_of_digits_breaks_the_grammar(text):
    for quantity in quantities(text):
        assert quantity.raw in text
        assert quantity.unit
