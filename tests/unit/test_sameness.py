"""Which statements are the same one in nearly the same words."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.sameness import Statement
from tests.cases import in_turn

FELL = "Unemployment fell to 3.9 percent in March"


@in_turn(
    ("one", "other"),
    [
        # Letters, marks and small words.
        ("The port closed two piers in 2019.", "the Port has closed two piers in 2019"),
        ("Three people were killed in the fire", "3 people were killed in the fire"),
        ("The bank lent 12,000 euros to Kess", "The bank’s lent 12000 euros to Kess."),
        # Small words, and numbers in words, in another place.
        (FELL, "The unemployment has fell to 3.9% in March."),
        ("Crime in Leeds has doubled since 2019", "Crime has doubled in Leeds since 2019"),
    ],
)
def test_nearly_the_same_words_are_the_same_statement(one, other):
    assert Statement(one).is_same_as(Statement(other))
    assert Statement(other).is_same_as(Statement(one))


@in_turn(
    ("one", "other"),
    [
        # Another figure, another size, another currency.
        (FELL, "Unemployment fell to 4.9 percent in March"),
        ("Kess Foods lost 5 million euros", "Kess Foods lost 5 billion euros"),
        ("The town paid $40 for the bridge", "The town paid €40 for the bridge"),
        ("Prices rose from 3 to 5 euros in Kess", "Prices rose from 5 to 3 euros in Kess"),
        ("Three boats hit two ships in May", "Two boats hit three ships in May"),
        ("Five boats sank in the storm off Kess", "Nine boats sank in the storm off Kess"),
        # The opposite.
        ("Vaccines cause autism in children", "Vaccines do not cause autism in children"),
        (FELL, "Unemployment rose to 3.9 percent in March"),
        # Other names, or the same ones the other way round.
        ("The bank raised rates in March at last", "The bank raised rates in April at last"),
        ("Smith sued Jones over the contract", "Jones sued Smith over the contract"),
        # A word more or another one, and be it a small one that tells who does what to whom.
        (FELL, "U.S. unemployment fell to 3.9% in March."),
        ("The vaccine is safe for pregnant women", "The vaccine is unsafe for pregnant women"),
        (
            "The minister said the bridge is closed to lorries",
            "The minister denied the bridge is closed to lorries",
        ),
        (
            "The plant will close next year with hundreds of jobs lost",
            "The plant will open next year with hundreds of jobs lost",
        ),
        ("The plant closed with many jobs lost", "The plant will closed with many jobs lost"),
        ("The team won the cup last season", "The team won the cup this season"),
        ("Millions were paid to the mayor of Leeds", "Millions were paid by the mayor of Leeds"),
        ("The company was sued over contracts", "The company sued over contracts"),
        ("Prices in Leeds fell by 3 percent", "Prices in Leeds fell to 3 percent"),
        ("The firm agreed his wife was paid", "The firm agreed her wife was paid"),
        # The same ones the other way round, without a name.
        ("The ministry paid the firm millions", "The firm paid the ministry millions"),
        ("The town has more boats than cars", "The town has more cars than boats"),
        (
            "The company sued the city council over water contracts",
            "The city council sued the company over water contracts",
        ),
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
