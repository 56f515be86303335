"""How figures are compared: at least, about, up by, down from; in phrases of news English."""

from app.extraction.quantities import quantities
from tests.cases import in_turn
from tests.unit.extraction.tables import rows

COMPARED = """
    more than 40 boats sank => more
    over 40 boats sank => more
    at least 40 boats sank => at-least
    no fewer than 40 boats sank => at-least
    40 or more boats sank => at-least
    40+ boats sank => at-least
    up to 40 boats sank => at-most
    as many as 40 boats sank => at-most
    no more than 40 boats sank => at-most
    fewer than 40 boats sank => less
    under $40 was paid => less
    below 40 percent => less
    about 40 boats sank => about
    some 40 boats sank => about
    nearly 40 boats sank => about
    an estimated 40 boats sank => about
    40-odd boats sank => about
    roughly $40 was paid => about
    close to 40 boats sank => about
    just over 40 boats sank => more
    exactly 40 boats sank => exact
    prices went up 40 percent => exact
    over the past 40 years => exact
    all 40 boats sank => exact
"""
CHANGED = """
    prices rose 10 percent => rise
    prices rose by more than 10 percent => rise
    prices were up about 10 percent => rise
    sales jumped another $10 million => rise
    prices fell 10 percent => fall
    shares lost 10 points => fall
    the rate was cut by 10 basis points => fall
    the fleet shrank by 10 boats => fall
    a 10 percent increase => rise
    a 10% drop in trade => fall
    a 10 percent discount => fall
    it wants to expand the fleet by 10 percent => rise
    output was cut last year by a tenth of it => fall
    an increase of just 10 percent => rise
    a drop of 10 percent => fall
    shares leapt 10 percent => rise
    it made up 10 percent of trade => None
    it could raise $10 million => None
    it lost 10 games => None
    prices rose to 10 percent => None
    10 percent of boats sank => None
    it has 10 boats => None
"""
BASES = """
    prices were up from $40 => True
    compared with 40 boats in May => True
    it fell to 30 boats from 40 boats => False True
    it rose from 40 to 50 boats => True False
    40 boats came from 30 ports => False False
    it grew more than 40 percent => False
"""


@in_turn(("claim", "expected"), rows(COMPARED))
def test_how_a_figure_stands_to_what_is_meant(claim, expected):
    assert [q.comparator for q in quantities(claim)] == [expected]


@in_turn(("claim", "expected"), rows(CHANGED))
def test_what_rose_or_fell_by_a_figure(claim, expected):
    assert [str(q.change) for q in quantities(claim)] == [expected]


@in_turn(("claim", "expected"), rows(BASES))
def test_what_something_is_compared_with(claim, expected):
    assert " ".join(str(q.is_base) for q in quantities(claim)) == expected


@in_turn(
    ("claim", "comparator", "change"),
    [
        ("Up to 40 sailors were rescued", "at-most", None),
        ("The ferry holds up to 900 passengers", "at-most", None),
        ("Ticket prices rose up to 12 percent", "at-most", "rise"),
        ("Tolls fell by at least 2 percent", "at-least", "fall"),
        ("Output grew by at most 3 percent", "at-most", "rise"),
        ("Wages climbed by a total of 9 percent", "exact", "rise"),
        ("Membership stood at 300 people", "exact", None),
        ("Rents climbed to at least 700 euros", "at-least", None),
    ],
)
def test_a_bound_is_told_from_a_change(claim, comparator, change):
    [one] = quantities(claim)

    assert (one.comparator, one.change) == (comparator, change)
