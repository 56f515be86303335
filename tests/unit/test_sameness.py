"""Which statements are the same one in nearly the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.sameness import Statement

FELL = "Unemployment fell to 3.9 percent in March"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Letters, marks and small words.
        ("The port closed two piers in 2019.", "the Port has closed two piers in 2019"),
        ("Three people were killed in the fire", "3 people were killed in the fire"),
        ("The bank lent 12,000 euros to Kess", "The bank’s lent 12000 euros to Kess."),
        # A name more, or another order of what is no name.
        (FELL, "U.S. unemployment fell to 3.9% in March."),
        ("Crime in Leeds has doubled since 2019", "Crime has doubled in Leeds since 2019"),
    ],
)
def test_nearly_the_same_words_are_the_same_statement(one, other):
    assert Statement(one).is_same_as(Statement(other))
    assert Statement(other).is_same_as(Statement(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Another figure, another size, another currency.
        (FELL, "Unemployment fell to 4.9 percent in March"),
        ("Kess Foods lost 5 million euros", "Kess Foods lost 5 billion euros"),
        ("The town paid $40 for the bridge", "The town paid €40 for the bridge"),
        ("Five boats sank in the storm off Kess", "Nine boats sank in the storm off Kess"),
        # The opposite.
        ("Vaccines cause autism in children", "Vaccines do not cause autism in children"),
        (FELL, "Unemployment rose to 3.9 percent in March"),
        # Other names, or the same ones the other way round.
        ("The bank raised rates in March at last", "The bank raised rates in April at last"),
        ("Smith sued Jones over the contract", "Jones sued Smith over the contract"),
        # Half of it.
        (
            FELL,
            "Unemployment fell to 3.9 percent in March, the lowest rate in the country’s history",
        ),
        # Nobody knows who is meant, or there is next to nothing to compare.
        ("He won the election in Leeds", "He won the election in Leeds"),
        ("It rained", "It rained"),
        ("Smith agreed", "Smith agreed"),
        ("", ""),
    ],
)
def test_what_differs_in_what_matters_is_another_statement(one, other):
    assert not Statement(one).is_same_as(Statement(other))
    assert not Statement(other).is_same_as(Statement(one))


@given(st.text(max_size=60), st.text(max_size=60))
def test_sameness_goes_both_ways(one, other):
    assert Statement(one).is_same_as(Statement(other)) == Statement(other).is_same_as(
        Statement(one)
    )
