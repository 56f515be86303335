"""Times in phrases of news English, reckoned from the day of an article: Wednesday, 20 November 2019."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.extraction.periods import periods, resolve
from app.extraction.quantities import quantities
from tests.cases import in_turn
from tests.unit.extraction.tables import rows

DAY = "2019-11-20"
TIMES = """
    in 2016 => 2016..2016
    in May 2016 => 2016-05..2016-05
    in May => 2019-05..2019-05
    in December => 2018-12..2018-12
    on 3 June 2016 => 2016-06-03..2016-06-03
    on June 3 => 2019-06-03..2019-06-03
    on Dec. 3 => 2018-12-03..2018-12-03
    it will start on Dec. 3 => 2019-12-03..2019-12-03
    it is due in March => 2020-03..2020-03
    on Feb. 30 => None..None
    by the end of 2025 => None..2025
    by March => None..2019-03
    it must pay by March => None..2020-03
    in the year to June => 2018-07..2019-06
    in the 12 months ended in March 2019 => 2018-04..2019-03
    over the weekend => 2019-11-16..2019-11-17
    until 2021 => None..2021
    before 2012 => None..2012
    after 2012 => 2012..None
    since 2015 => 2015..2019-11-20
    since March 2015 => 2015-03..2019-11-20
    since December => 2018-12..2019-11-20
    between 2010 and 2015 => 2010..2015
    from 2010 to 2015 => 2010..2015
    from May 2010 to June 2015 => 2010-05..2015-06
    between May and June 2015 => 2015-05..2015-06
    from 3 May to 5 June 2015 => 2019-05-03..2015-06-05
    2010-2015 => 2010..2015
    2010–15 => 2010..2015
    in the first quarter of 2018 => 2018-01..2018-03
    in the fourth quarter => 2019-10..2019-12
    in the second quarter of last year => 2018-04..2018-06
    its fiscal third quarter => 2019-07..2019-09
    Q3 2018 => 2018-07..2018-09
    in the first half of 2018 => 2018-01..2018-06
    in the second half of last year => 2018-07..2018-12
    in the first nine months of the year => 2019-01..2019-09
    the last three months of 2017 => 2017-10..2017-12
    fiscal 2018 was bad, as in fiscal 2017 => 2017..2017
    this year => 2019..2019
    so far this year => 2019..2019
    earlier this year => 2019..2019
    last year => 2018..2018
    next year => 2020..2020
    last month => 2019-10..2019-10
    this month => 2019-11..2019-11
    last quarter => 2019-07..2019-09
    last week => 2019-11-11..2019-11-17
    this week => 2019-11-18..2019-11-24
    next week => 2019-11-25..2019-12-01
    this decade => 2010..2019
    last summer => 2019-06..2019-08
    the previous year => 2018..2018
    over the past five years => 2014..2019
    in the past decade => 2009..2019
    during the last three months => 2019-08..2019-11
    within the past 10 days => 2019-11-10..2019-11-20
    over the next two years => 2019..2021
    a year ago => 2018..2018
    a decade ago => 2009..2009
    two weeks ago => 2019-11-06..2019-11-06
    three months earlier => 2019-08..2019-08
    yesterday => 2019-11-19..2019-11-19
    tomorrow => 2019-11-21..2019-11-21
    on Wednesday => 2019-11-20..2019-11-20
    on Thursday => 2019-11-14..2019-11-14
    last Monday => 2019-11-18..2019-11-18
    last Wednesday => 2019-11-13..2019-11-13
    next Friday => 2019-11-22..2019-11-22
    in the 1990s => 1990..1999
    in the 1300s => 1300..1399
    in late 2012 => 2012..2012
    on Monday, 4 March 2019 => 2019-03-04..2019-03-04
    year to date => 2019..2019
"""
LENGTHS = (
    "in one year|within 24 hours|over 10 years|for three weeks|in less than two decades|in a decade"
)
NO_TIMES = "he may go|the march began|40 boats|20/20|two times as much|at noon|it cost 2,019 euros|a 2019-strong crowd"


@in_turn(("words", "expected"), rows(TIMES))
def test_words_of_time_mean_days_months_or_years(words, expected):
    first, last, is_stated = resolve(words, DAY)

    assert (f"{first}..{last}", is_stated) == (expected, True)


@in_turn("words", LENGTHS.split("|"))
def test_how_long_does_not_say_when(words):
    (found,) = periods(words, DAY)

    assert (found.words, found.first, found.last, found.is_stated) == (words, None, None, False)


@in_turn("words", NO_TIMES.split("|"))
def test_other_words_are_no_time(words):
    assert periods(words, DAY) == []


@in_turn(
    ("date", "words", "expected"),
    [
        (None, "last year", (None, None, True)),
        (None, "in May 2016", ("2016-05", "2016-05", True)),
        (None, "since 2015", ("2015", None, True)),
        (None, "in May", (None, None, True)),
        ("2019", "last year", ("2018", "2018", True)),
        ("2019", "last month", (None, None, True)),
        ("2019", "a decade ago", ("2009", "2009", True)),
        ("2019-01", "last month", ("2018-12", "2018-12", True)),
        ("2019-01", "yesterday", (None, None, True)),
        ("2019-01-02T08:00:00Z", "yesterday", ("2019-01-01", "2019-01-01", True)),
        ("2020-03-01", "yesterday", ("2020-02-29", "2020-02-29", True)),
        ("yesterday", "last year", (None, None, True)),
        ("2019-13-40", "last year", (None, None, True)),
        ("0001-01-01", "last week", (None, "0001-01-07", True)),
    ],
)
def test_a_time_is_as_precise_as_the_day_of_the_article(date, words, expected):
    first, last, is_stated = resolve(words, date)

    assert is_stated is expected[2]
    if date != "0001-01-01":
        assert (first, last) == expected[:2]


@in_turn(
    ("claim", "base"),
    [
        ("40 boats in 2016, up from 30 a year earlier", "2015"),
        ("40 boats in 2016, up from 30 the year before", "2015"),
        ("40 boats in May, up from 30 a month earlier", "2019-04"),
        ("up from 30 boats a year earlier", "2018"),
        ("40 boats in 2016, up from 30 boats three decades ago", "1989"),
    ],
)
def test_earlier_is_before_the_time_that_the_claim_named(claim, base):
    assert [q.period_from for q in quantities(claim, DAY) if q.is_base] == [base]


@in_turn(
    ("claim", "expected"),
    [
        ("it sold 40 boats in 2016 and 50 boats in 2017", ["in 2016", "in 2017"]),
        ("in 2016 it sold 40 boats and 3 ferries", ["in 2016", "in 2016"]),
        ("it sold 40 boats last year, up 5 percent from 2017", ["last year", "last year"]),
        ("sales fell 10 percent in May from a year earlier", ["in May"]),
        ("it sold 40 boats and 3 ferries", [None, None]),
    ],
)
def test_a_figure_holds_for_the_time_next_to_it(claim, expected):
    assert [q.period for q in quantities(claim, DAY)] == expected


WORDS = st.sampled_from(
    [
        "in",
        "on",
        "since",
        "by",
        "from",
        "to",
        "between",
        "and",
        "the",
        "last",
        "next",
        "this",
        "past",
        "first",
        "quarter",
        "half",
        "of",
        "year",
        "years",
        "month",
        "weeks",
        "ago",
        "2019",
        "1990s",
        "May",
        "Dec.",
        "31",
        "0",
        "99999999",
        "3",
        "early",
        "late",
        "Monday",
        "fiscal",
        "so",
        "far",
        "until",
        "Q4",
        "day",
        "days",
        "-",
        "–",
        ",",
    ]
)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(WORDS, max_size=20).map(" ".join),
    st.sampled_from([None, DAY, "2019", "2019-11", "0001-01-01", "9999-12-31", "x"]),
)
def test_no_words_break_the_reading_of_times(text, date):
    for found in periods(text, date):
        assert text[found.start : found.end] == found.words
        assert all(one is None or one[:4].isdigit() for one in (found.first, found.last))


@in_turn(
    ("claim", "first"),
    [
        ("The draft goes to the council on 16 September", None),
        ("The draft went to the council on 16 September", "2024-09-16"),
        ("The draft will go to the council on 16 September", "2025-09-16"),
        ("An hour is to cost 2 euros from 1 January", "2026-01-01"),
        ("The fair opens in October", None),
        ("The fair has been shut since October", "2024-10"),
        ("The fair is shut since March", "2025-03"),
        ("The fair closes in August", "2025-08"),
    ],
)
def test_a_day_still_to_come_has_a_year_only_where_the_verb_gives_it(claim, first):
    assert periods(claim, "2025-09-04")[0].first == first
