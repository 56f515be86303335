"""What is read of a use of a source, and which of its figures is set beside which of a claim."""

import pytest

from app.domain.compared import Outcome, Warned
from app.domain.reconciled import Hindrance
from app.domain.words import Change, Comparator
from app.extraction import used_figures
from app.extraction.used_figures import LONGEST, compared, figures_of
from tests.cases import in_turn
from tests.figures import use

CLAIM = "Russia received 1.1 billion euros in fuel sales from the EU in one year."


def read(text):
    """The figures of some words, as those of a claim."""
    return figures_of(use(figure=text)).figures


def beside(claim, **said):
    """A claim's figures beside those of a use, as both are written."""
    return [
        (line.comparison.claim.raw, line.comparison.source.raw)
        for line in compared(read(claim), use(**said))
    ]


# Reading


def test_the_figure_that_is_written_down_comes_before_the_quote():
    found = figures_of(use("They sold for 3 million euros.", figure="1.02 billion EUR"))

    assert [(one.value, one.unit) for one in found.figures] == [(1.02e9, "EUR")]
    assert found.is_told


def test_without_one_the_quote_is_read():
    found = figures_of(use("Sales of about 1.02 billion euros in 2024 were told."))

    [figure] = found.figures
    assert (figure.value, figure.comparator, figure.period_from) == (
        1.02e9,
        Comparator.ABOUT,
        "2024",
    )
    assert not found.is_told


@pytest.mark.parametrize("figure", ["see the table", "1,02 Milliarden Euro", " "])
def test_what_is_no_figure_as_english_writes_it_leaves_the_quote_to_be_read(figure):
    found = figures_of(use("Sales of 1.02 billion euros were told.", figure=figure))

    assert [one.unit for one in found.figures] == ["EUR"]
    assert not found.is_told


def test_a_number_alone_is_a_figure_without_a_unit():
    [figure] = figures_of(use(figure="1.02 billion")).figures

    assert (figure.value, figure.unit) == (1.02e9, "")


@in_turn(
    ("written", "base", "other", "value"),
    [
        ("1.02 billion EUR (1 USD = 0.92 EUR)", "USD", "EUR", 0.92),
        ("1.02 billion dollars, 1 dollar = 0.92 euros", "USD", "EUR", 0.92),
        ("3 million yen [100 JPY = 0.60 EUR]", "JPY", "EUR", 0.006),
        ("3 million pounds (€1.15=£1)", "EUR", "GBP", 1 / 1.15),
    ],
)
def test_a_rate_behind_the_figure_is_read_and_is_no_figure(written, base, other, value):
    found = figures_of(use(figure=written))

    assert (found.rate.base, found.rate.other) == (base, other)
    assert found.rate.value == pytest.approx(value)
    assert len(found.figures) == 1


@pytest.mark.parametrize(
    "written", ["5 EUR (x = 3)", "5 EUR (1 kg = 2.2 lb)", "5 EUR (0 USD = 1 EUR)"]
)
def test_what_only_looks_like_a_rate_is_none(written):
    assert figures_of(use(figure=written)).rate is None


def test_a_quote_in_another_language_is_read_in_its_translation():
    german = "Es waren 12 Menschen, die auf der Brücke standen, als sie brach."
    translated = "There were 12 people who stood on the bridge when it broke."

    alone = figures_of(use(german, language="de"))
    both = figures_of(use(german, language="de", quote_translation=translated))

    assert alone.figures == ()
    assert [one.value for one in both.figures] == [12]


def test_last_year_is_the_one_before_the_source_was_published():
    [figure] = figures_of(use("It sold 12 ships last year.", published="2025-09-04")).figures

    assert (figure.period_from, figure.period_to) == ("2024", "2024")


def test_a_bare_dollar_is_that_of_the_publishers_country():
    [figure] = figures_of(use("It cost $5 million.", url="https://news.example.com.au/a")).figures

    assert figure.unit == "AUD"


def test_of_a_very_long_quote_the_beginning_is_read_and_that_is_told():
    long = "There were 12 people. " + "So it was told at length. " * 200 + "And 14 people."

    [line] = compared(read("12 people"), use(long))

    assert len(long) > LONGEST
    assert Warned.CUT in line.comparison.warnings
    assert line.others == ()


# Setting beside each other


def test_the_worked_example_differs_and_does_not_say_which_year():
    [line] = compared(read(CLAIM), use("In 2024 the EU bought fuel for 1.02 billion euros."))

    found = line.comparison
    assert found.outcome is Outcome.DIFFERS
    assert found.difference == 80e6
    assert found.relative == pytest.approx(0.0784, abs=1e-4)
    assert found.warnings == (Warned.YEAR_CLAIM,)


def test_the_nearest_of_several_is_shown_and_the_others_are_listed():
    [line] = compared(read("45 people"), use("12 people, 44 people, 80 people and 9 dogs came."))

    assert line.comparison.source.value == 44
    assert [one.value for one in line.others] == [80, 12]


def test_one_of_the_same_time_comes_before_a_nearer_one():
    quote = "It was 41 percent in 2020 and 45 percent in 2022."

    [line] = compared(read("45 percent in 2020"), use(quote))

    assert line.comparison.source.value == 41
    assert [one.value for one in line.others] == [45]


def test_each_figure_of_a_claim_finds_its_own():
    claim = "It rose from 40 percent in 2020 to 45 percent in 2021."
    quote = "It was 41 percent in 2020 and 44 percent in 2021, said 12 officials."

    assert beside(claim, quote=quote) == [
        ("40 percent", "41 percent"),
        ("45 percent", "44 percent"),
    ]


def test_figures_of_other_kinds_say_nothing():
    assert beside("45 people came.", quote="It cost 3 million euros.") == []
    assert beside("No number here.", quote="It cost 3 million euros.") == []
    assert beside("45 people came.", quote="") == []


def test_what_somebody_wrote_down_is_never_passed_over():
    [line] = compared(read("45 people came."), use(figure="3 million euros"))

    assert line.comparison.because is Hindrance.KIND


def test_what_is_written_down_is_what_the_claim_speaks_of():
    [line] = compared(read("Prices rose by 12 percent."), use(figure="10 percent"))

    assert line.comparison.source.change is Change.RISE
    assert line.comparison.difference == 2


def test_what_is_written_down_once_is_meant_for_one_figure_of_the_claim():
    claim = "It rose from 40 percent to 45 percent in all"

    assert beside(claim, figure="44 percent") == [("45 percent", "44 percent")]
    assert beside(claim, figure="41 percent and 44 percent") == [
        ("40 percent", "41 percent"),
        ("45 percent", "44 percent"),
    ]


def test_a_change_in_a_quote_is_told_from_a_level():
    [line] = compared(read("Prices rose by 12 percent."), use("The share is 12 percent."))

    assert line.comparison.because is Hindrance.CHANGE


def test_another_currency_is_told_even_beside_what_can_be_compared():
    found = compared(
        read("It cost 3 million euros and 12 people came."),
        use("It cost 3 million dollars, and 12 people came."),
    )

    assert [line.comparison.because for line in found] == [Hindrance.CURRENCY, None]


@in_turn(
    ("claim", "quote", "outcome"),
    [
        ("Between 40 and 50 people came.", "45 people came.", Outcome.IN_RANGE),
        ("45 people came.", "Between 40 and 50 people came.", Outcome.IN_RANGE),
        ("40 to 50 people came.", "45 to 60 people came.", Outcome.IN_RANGE),
        ("40 to 50 people came.", "40 to 50 people came.", Outcome.SAME),
        ("40 to 50 people came.", "60 people came.", Outcome.DIFFERS),
        ("60 people came.", "40 to 50 people came.", Outcome.DIFFERS),
    ],
)
def test_a_range_is_one_figure(claim, quote, outcome):
    [line] = compared(read(claim), use(quote))

    assert line.comparison.outcome is outcome
    assert line.others == ()


def test_beside_a_range_the_nearer_end_counts():
    [line] = compared(read("60 people came."), use("40 to 50 people came."))

    assert line.comparison.difference == 10


@in_turn(
    ("claim", "quote", "is_warned"),
    [
        ("It cost 3 million euros.", "In real terms it cost 3 million euros.", True),
        ("Adjusted for inflation it cost 3 million euros.", "It cost 3 million euros.", True),
        ("It cost 3 million euros.", "It cost 3 million euros.", False),
        ("In real terms it cost 3 million euros.", "At 2015 prices: 3 million euros.", False),
        ("3 people came.", "In real terms 3 people came.", False),
    ],
)
def test_that_only_one_is_adjusted_for_inflation_is_told(claim, quote, is_warned):
    [line] = compared(read(claim), use(quote), words=claim)

    assert (Warned.PRICES in line.comparison.warnings) is is_warned


def test_what_was_read_once_is_not_read_again():
    quotes = [
        use(f"On that day {n} people and {n} dogs came, and it cost {n} euros.")
        for n in range(2, 52)
    ]
    claim = read("45 people came.")
    used_figures._read.cache_clear()

    first = [compared(claim, one) for one in quotes]
    read_once = used_figures._read.cache_info().misses
    again = [compared(claim, one) for one in quotes]

    assert first == again
    assert all(len(lines) == 1 for lines in again)
    assert used_figures._read.cache_info().hits >= 50
    assert used_figures._read.cache_info().misses == read_once >= 50


@pytest.mark.field
def test_the_figure_of_the_real_article_is_compared(field_data):
    text = (field_data / "articles" / "european-leaders.txt").read_text("utf-8")
    start = text.index("1.1 billion euros")
    sentence = text[text.rindex("According to CBS", 0, start) : text.index("\n", start)]

    [line] = compared(read(sentence[:LONGEST]), use(figure="1.02 billion EUR"))

    assert line.comparison.claim.value == 1.1e9
    assert line.comparison.difference == 80e6
    assert set(line.comparison.warnings) == {Warned.YEAR_CLAIM, Warned.TIME_SOURCE}
