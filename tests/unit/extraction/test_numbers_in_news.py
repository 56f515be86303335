"""Numbers of many classes in news: shares, votes, ages, labels, notes; "" where nothing is measured."""

import pytest

from app.extraction.quantities import quantities
from tests.unit.extraction.tables import rows, written

CLASSES = """
    costs rose by N16.4Billion to N349.35Billion => 16400000000 NGN; 349350000000 NGN
    diesel sold at N219.68 a litre => 219.68 NGN
    17 appeals court vacancies were left => 17 vacancy
    nine emissions test centres closed => 9 centre
    some 40 million Belgians getting flu were counted => 40000000 Belgian
    12 Ohio sailors came => 12 sailor
    the bill passed by a vote of forty-one to twenty-two => 41 vote; 22 vote
    the nine-member panel split 5-4 => 9 member; 5 vote; 4 vote
    one person in 10 is ill => 0.1 fraction
    two children in five were hungry => 0.4 fraction
    one man in 12 pubs had been seen => 12 pub
    about 0.3 of a percentage point was lost => 0.3 percentage point
    a boy of 12 and a girl of 9, both asleep => 12 year; 9 year
    a cup of 12 =>
    it met in Chad (2), Japan (3) and Peru (4) =>
    Marl (42) was driving => 42 year
    under regulation 174 of the code it is barred =>
    under SB 145 and HB 272 it is barred =>
    born on the 2 nd January and the 1 st July =>
    they play five-a-side football =>
    about 198,000, or two-thirds, were ill => 0.6667 fraction
    nine or ten percent were ill => 9 percent; 10 percent
    the rate of 3 percent is found by dividing by 460,000 => 3 percent
    support fell to 37 percent, down two => 37 percent; 2 percentage point
    it banned gatherings of 50 or more => 50 person
    she ran a 10k race and a 100m sprint => 10 kilometre; 100 metre
    he earns a six-figure sum =>
    it is a fifty-fifty chance, or a 60-40 split at the final =>
    teams of six and crews of nine came => 6 person; 9 person
"""


@pytest.mark.parametrize(("claim", "expected"), rows(CLASSES))
def test_numbers_of_many_classes(claim, expected):
    assert [(q.value, q.unit.split("/")[0]) for q in quantities(claim)] == written(expected)
