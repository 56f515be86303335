"""Numbers of many classes in news: shares, votes, ages, labels, notes; "" where nothing is measured."""

from app.extraction.quantities import quantities
from tests.cases import in_turn
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
GAMES = """
    the Otters have won 12 of 13 => 12 game; 13 game
    they lost eight of their last ten and slid to ninth => 8 game; 10 game
    the Herons dropped six of seven after May => 6 game; 7 game
    winners of nine of ten, they rest today => 9 game; 10 game
    she won four of five sets => 4 set; 5 set
    the party won 12 of 13 seats => 12 seat; 13 seat
    the Otters have won five straight => 5 game
    they lost three in a row and left => 3 game
    they won five straight sets => 5 set
    she won one of two prizes => 2 prize
    Moe made 14 of his career-high 27 points early => 14 point; 27 point
    he made 12 of the team-high 14 saves => 12 save; 14 save
    Lund added 25 points, and Ada Moe had 15 => 25 point; 15 point
    nine points cut the Herons' lead to two on Lund's kicks => 9 point; 2 point
    he missed two penalties moments later => 2 penalty
    police made two arrests days after the fire => 2 arrest
    he was 24 points ahead => 24 point
    Berg had 22 points and six assists, and Moe added 14 off the bench => 22 point; 6 assist; 14 point
    the Otters are 9-2 at home and lead the table => 9 game; 2 game
    the Otters were 3-1 up at the break and won => 3 goal; 1 goal
    they outscored the Herons 30-18 after the break => 30 point; 18 point
    Lund went 4-for-5 with two walks => 2 walk
"""
NEARBY = """
    she doubled down on the plan, and the panel doubled as a table =>
    profits doubled in a year => 2 times
    they painted the whole upper half of the ferry =>
    the left half of the field burnt =>
    they left half of the bread => 0.5 fraction
    a boy of about 10 had been seen => 10 year
    the youngest of the riders was 79 => 79 year
    "He was 24 and he was first" => 24 year
    they closed 14 water points and three charging points => 14 water point; 3 charging point
    the books had been audited once in four years => 1 times; 4 year
    she was seen more than once in the yard =>
    the mill had 137 faults at three sites in two years, including 22 for damp => 137 fault; 3 site; 2 year; 22 fault
    they played ten games, winning four => 10 game
    two firms had the list of films (more than 60) ready => 2 firm; 60 film
    another 40 or so were hurt => 40 person
    Bo is a village of about 900 west of Lund => 900 person
    Bo is a village of 12 houses => 12 house
    it can be flown after a week's training => 1 week
    last year's pay was low =>
    three of the club's leadership group came => 3 member
    a farmer sold one cow and thirteen hens => 1 cow; 13 hen
    once the initial dozen ferries were seen => 12 ferry
    another million people left, and a further dozen ships => 1000000 person; 12 ship
    eggs are sold by the dozen, and the first dozens left =>
    the ZC 500 Roadster looks big and a KX 460 costs more =>
    it cost the EU 300 Leopards => 300 Leopard
"""
BEFORE = """
    Lund scored 25 points. || Bo Berg finished with 18 => 18 point
    They had 12 boats. || Bo Berg finished with 18 =>
    The camp was built for 400 families. || It now holds more than 1,100 => 1100 family
    The camp was built for 400 families. || It opened in 1984 =>
"""


@in_turn(("claim", "expected"), rows(CLASSES, GAMES, NEARBY))
def test_numbers_of_many_classes(claim, expected):
    assert [(q.value, q.unit.split("/")[0]) for q in quantities(claim)] == written(expected)


@in_turn(("claim", "expected"), rows(BEFORE))
def test_numbers_whose_noun_was_said_in_the_sentence_before(claim, expected):
    context, claim = claim.split(" || ")
    assert [(q.value, q.unit) for q in quantities(claim, context=context)] == written(expected)
