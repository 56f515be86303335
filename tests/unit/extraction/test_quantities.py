"""Figures in phrases of news English: each claim with its values and units, "" where it has none."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extraction.quantities import number_value, quantities
from tests.cases import in_turn
from tests.unit.extraction.tables import rows, written


def read(claim):
    return [(q.value, q.unit) for q in quantities(claim)]


NUMERALS = """
    half a million people left => 500000 person
    a quarter of a million homes lost power => 250000 home
    three-quarters of a million tickets were sold => 750000 ticket
    two million barrels were shipped => 2000000 barrel
    a half-million litres leaked => 500000 litre
    it hired twenty-five nurses => 25 nurse
    two hundred and fifty thousand voters registered => 250000 voter
    a dozen black cabs waited => 12 cab
    half a dozen barges sank => 6 barge
    two dozen pupils fell ill => 24 pupil
    dozens of people and hundreds of dogs waited =>
    tens of thousands of birds and a few hundred bats died =>
    several hundred residents left and a couple of streets were shut =>
    he repaid Rs 24 lakh and 3 crore rupees => 2400000 INR; 30000000 INR
    12.5 lakh farmers enrolled => 1250000 farmer
    one and a half million pigs were culled => 1500000 pig
    two and a half years passed => 2.5 year
    the trail is 2½ miles long => 2.5 mile
    the trail is 3 1/2 miles long => 3.5 mile
    it took a year and a half => 1.5 year
    the ferry was half an hour late => 0.5 hour
    three-quarters of an hour later the power was back => 0.75 hour
    a half-mile tunnel was dug => 0.5 mile
    the firm sold 5m phones and 20k tablets => 5000000 phone; 20000 tablet
    the 400m hurdles were delayed => 400 metre
    some 1,234,567 forms were counted => 1234567 form
    a hundred-odd tractors blocked the bridge => 100 tractor
    20-plus firms bid => 20 firm
    three four-hour sessions were held => 3 session; 4 hour
    two 10-year terms => 2 term; 10 year
    three or four trams ran late => 3 tram; 4 tram
    Forty-one sailors drowned => 41 sailor
"""
MONEY = """
    it cost 1.1 billion euros => 1.1e9 EUR
    it cost $20-30bn => 20e9 USD; 30e9 USD
    it cost $20bn-$30bn => 20e9 USD; 30e9 USD
    it cost $20 billion to $30 billion => 20e9 USD; 30e9 USD
    from $800 to $1.2 million => 800 USD; 1200000 USD
    between £2m and £3m => 2e6 GBP; 3e6 GBP
    between 2 and 3 million pounds => 2e6 GBP; 3e6 GBP
    he paid $5 and $6 for them => 5 USD; 6 USD
    he paid $50 to 30 helpers => 50 USD; 30 helper
    it paid 240 Hong Kong dollars (£23.80) => 240 HKD; 23.80 GBP
    the mill sold for 40 million Canadian dollars => 40e6 CAD
    the mill sold for US$40 million (A$58m) => 40e6 USD; 58e6 AUD
    the mill sold for C$40-million => 40e6 CAD
    the mill sold for NZ$1.2bn => 1.2e9 NZD
    the mill sold for €2.3million => 2.3e6 EUR
    a fine of CHF 500,000 was set => 500000 CHF
    a fine of 500,000 Swiss francs was set => 500000 CHF
    a fine of EUR 3 million and USD400 => 3e6 EUR; 400 USD
    a fine of 9 million rand, or R9 million => 9e6 ZAR; 9e6 ZAR
    a fine of 12,000 South Korean won => 12000 KRW
    it lent 300 million yuan and 2 billion yen => 300e6 CNY; 2e9 JPY
    a budget of ₹500 crore => 5e9 INR
    a £3m-a-year contract => 3e6 GBP/Y
    she earns $15 an hour => 15 USD/h
    they get 450 euros per week => 450 EUR/W
    rents rose to $2,000 a month => 2000 USD/M
    it was $38 a year ago => 38 USD
    it earned $2.53 per diluted share, or 61 cents a share => 2.53 USD; 0.61 USD
    tea costs 40 pence, or 40p => 0.4 GBP; 0.4 GBP
    tickets cost 12€ or 12.50 € => 12 EUR; 12.5 EUR
    a million-dollar yacht => 1e6 USD
    a $1.5 million yacht => 1.5e6 USD
    half a million dollars went missing => 500000 USD
    the 12-pound baby and 3 pounds of cheese => 12 pound; 3 pound
    gas rose 14% to 41.70 euros => 14 percent; 41.7 EUR
    gold rose $12.40 to $1,881.20 an ounce => 12.4 USD; 1881.2 USD
    he has Rs 1.2 lakh crore and 20c => 1.2e12 INR; 0.2 USD
    seats cost 60,000₩ and R1,200 => 60000 KRW; 1200 ZAR
    he won 3 to please the crowd and all 20 tried =>
"""
SHARES = """
    prices rose 10 percent => 10 percent
    prices rose 2.8 per cent to 3% => 2.8 percent; 3 percent
    prices fell between 5 and 7 percent => 5 percent; 7 percent
    prices fell 5% to 7% => 5 percent; 7 percent
    prices fell 5-7% => 5 percent; 7 percent
    prices fell 5%-7% => 5 percent; 7 percent
    the rate went from 5.2 to 4.8 percent => 5.2 percent; 4.8 percent
    the rate fell from 3.6 percent to 3.4 => 3.6 percent; 3.4 percent
    rates fell by 0.5 percentage points => 0.5 percentage point
    rates fell by 25 basis points => 25 basis point
    a quarter-point cut => 0.25 percentage point
    a cut of half a percentage point => 0.5 percentage point
    a three-quarter-point rise => 0.75 percentage point
    a 50-basis-point rise => 50 basis point
    a tenth of a percent of voters => 0.1 percent
    half of 1 percent of voters => 0.5 percent
    a 15-percent stake => 15 percent
    one in four children is hungry => 0.25 fraction
    nine out of 10 voters agreed => 0.9 fraction
    7 in 10 voters agreed => 0.7 fraction
    one out of every five wells is dry => 0.2 fraction
    a 1-in-100 chance => 0.01 fraction
    one in 2,000 babies => 0.0005 fraction
    one in a million bolts fails => 1e-6 fraction
    two-thirds of the town left => 0.6667 fraction
    profit fell for seven quarters => 7 quarter
    the first loss in nine quarters => 9 quarter
    three quarters of the wells are dry => 0.75 fraction
    a third of the wells are dry => 0.3333 fraction
    output fell by a third => 0.3333 fraction
    output fell by nearly a quarter, and by more than half in May => 0.25 fraction; 0.5 fraction
    about half of the town left => 0.5 fraction
    over half the town left and half as many came => 0.5 fraction; 0.5 fraction
    two wells in every nine are dry => 0.2222 fraction
    80 out of 111 towns are dry => 80 town; 111 town
    60 percent voted and a third were ill => 60 percent; 0.3333 fraction
    it takes one-fifth or more of the tax => 0.2 fraction
    a third man was held in the second half of the match =>
    he came back in the third quarter, a fourth down and a half-hearted try =>
    it is 10 times as large => 10 times
    it is 2.5x the size => 2.5 times
    a fivefold increase and a 12-fold one => 5 times; 12 times
    twice as many came, and the bill doubled => 2 times; 2 times
    it pays double the national rate, more than triple the number => 2 times; 3 times
    she was fined twice and warned just once => 2 times; 1 times
    once the road opened, double-digit growth made us think twice =>
    -4.5% was the worst, minus 12 degrees the coldest => -4.5 percent; -12 degree
"""
COUNTS = """
    two United States service members died => 2 member
    28 people who were ill => 28 person
    12 bilateral civil nuclear agreements => 12 agreement
    300 small and medium businesses closed => 300 business
    three arms control experts quit => 3 expert
    three of its commanders fled => 3 commander
    three of the six judges agreed => 3 judge; 6 judge
    30 of Norway's A320-200 jets were sold => 30 jet
    some 60 of the ageing A320 jet were sold => 60 jet
    9.5 of its 10 members => 9.5 member; 10 member
    for 16 of the previous 19 hours => 16 hour; 19 hour
    300 workers, including one woman => 300 worker; 1 woman
    40 lorries, including 12 electric => 40 lorry; 12 lorry
    29 ferries, 17 of them leased => 29 ferry; 17 ferry
    eight of ten bridges are closed => 8 bridge; 10 bridge
    the blast killed 12 and injured 30 => 12 person; 30 person
    it killed two miners and left three others missing => 2 miner; 3 miner
    five dead and at least 20 wounded => 5 person; 20 person
    all six died at once, and nine were hurt => 6 person; 9 person
    killing one person and wounding two more => 1 person; 2 person
    it employs 4,000 => 4000 person
    in front of 9,480 in the old arena => 9480 person
    the number of clinics fell from 40 to 32 => 40 clinic; 32 clinic
    the number of trams in use will grow from 12 now to as many as 30 in 2032 => 12 tram; 30 tram
    ferry trips rose by 300 to 4,100 => 300 trip; 4100 trip
    seven wells: two to the north and five to the south => 7 well; 2 well; 5 well
    nine bids, three fewer than in spring => 9 bid; 3 bid
    four 747 freighters and roughly 90 737 Max jets => 4 freighter; 90 jet
    it has 100 Airbus A350-900 planes => 100 plane
    the index fell 3.2 points to 24,100 => 3.2 point; 24100 point
    the FTSE 100 rose 0.4% to 7,250 => 0.4 percent; 7250 point
    an average of 5 deaths in women (19) and men (3, 4) => 5 death
    five of those killed were sailors => 5 person
    five firms joined nine others => 5 firm; 9 firm
    of those, 1,200 were children => 1200 child
    three of them were teachers => 3 teacher
    1 percent of the votes, or 1,800, were lost => 1 percent; 1800 vote
    only 4,000 of a planned 10,000 homes were built => 4000 home; 10000 home
    1.3 billion of the world's 7.8 billion people => 1.3e9 person; 7.8e9 person
    a family of four needs help from a mother of two => 4 person; 2 child
    the population fell from 12,000 to 9,000 => 12000 person; 9000 person
    the air quality index in Moe is 218 => 218 index
    she won with a score of 9.4, under the level of 10.2 => 9.4 score; 10.2 level
    it cut by five the number of old ships => 5 ship
    with six new tugs it brings the number of boats to 14 => 6 tug; 14 boat
    a quake of magnitude 6.4 => 6.4 magnitude
    the party is on 34%, up two => 34 percent; 2 percentage point
    it has had one letter, not one answer => 1 letter
    one man said that it was one of those days =>
    no one came and one another's word counts =>
"""
MEASURES = """
    the 48-year-old driver => 48 year
    a 5- to 7-year-old child and 18-to-24-year-olds => 5 year; 7 year; 18 year; 24 year
    Ida Moe, 35, runs the yard => 35 year
    Ida Moe (35) runs the yard => 35 year
    people aged 12 and older, and those 65 or over => 12 year; 65 year
    children ages 5 to 11 may come => 5 year; 11 year
    she turned 40 last week => 40 year
    a 10-year sentence for a two-goal hero => 10 year; 2 goal
    a 16-inch gun on a 20,000-ton ship => 16 inch; 20000 ton
    a .45-caliber gun => 0.45 caliber
    a 275-horsepower motor and a 149 hp one => 275 horsepower; 149 horsepower
    from zero to 50 mph (80 kph) in four seconds => 0 mph; 50 mph; 80 kph; 4 second
    39 miles (63 kilometers) away => 39 mile; 63 kilometer
    12km away, 3mm deep, 80kg heavy => 12 kilometre; 3 millimetre; 80 kilogram
    90 miles per gallon and 40 hours a week => 90 mile per gallon; 40 hour/W
    it pumps 2 million barrels a day => 2000000 barrel/D
    30°C in the shade, 86F (30C) at sea => 30 degree Celsius; 86 degree Fahrenheit; 30 degree Celsius
    water above 31 degrees Celsius => 31 degree Celsius
    it rose 1.5 degrees => 1.5 degree
    with 64GB of memory and a 5,000 mAh cell => 64 GB; 5000 mAh
    a 300 MW farm that made 2.4 TWh => 300 MW; 2.4 TWh
    1,200 square feet and 40 cubic metres of oak => 1200 square foot; 40 cubic metre
    500 sq ft and 6ft high => 500 square foot; 6 foot
    a 30 minute drive, 25 minutes in fact => 30 minute; 25 minute
    a three-bedroom flat with 2 acres => 3 bedroom; 2 acre
    seven years after the war => 7 year
    within a week or for over a decade => 1 week; 10 year
    at 78, he left; Ida Moe, then 17, stayed => 78 year; 17 year
    a 720p screen with 16GB => 16 GB
    a 20,000-strong crowd => 20000 person
"""
SPORT = """
    Lund beat Moe 3-2 after extra time => 3 goal; 2 goal
    a 4-1 win => 4 goal; 1 goal
    she won the set 6-4 => 6 game; 4 game
    they lost 98-92 => 98 point; 92 point
    the house voted 220 to 211 => 220 vote; 211 vote
    she won 7-6 (7-5), 3-6, 6-4 => 7 game; 6 game; 7 game; 5 game; 3 game; 6 game; 6 game; 4 game
    the Moles, 12-20, lost => 12 game; 20 game
    the side improved to 10-2 => 10 game; 2 game
    in a 5-4 ruling the court agreed => 5 vote; 4 vote
    the senate voted 52-48 to adjourn => 52 vote; 48 vote
    he scored 19 points and had 11 rebounds => 19 point; 11 rebound
    four times in a three-game streak => 4 times; 3 game
    12, 15 and 20 goals in three seasons => 12 goal; 15 goal; 20 goal; 3 season
"""
NO_FIGURES = """
    on May 15, 2019, at 6am =>
    in 2016 and on 3 June =>
    on June 3-5 and from 4 to 6 May =>
    the 21st of March at 10:30 =>
    from 9 a.m. to 5 p.m. on 12 May =>
    between 2010 and 2015, and in 1990-95 =>
    the 2016 elections and his 2020 plans =>
    the 1990s were quiet, and he is in his 40s =>
    Flight 370 left from Gate 12 =>
    Boeing 787 and iPhone 11 and Covid-19 =>
    the G7, the G-20 and Formula 1 =>
    Type 2 diabetes and Section 230 and Title 42 =>
    call 555-0199 or 1-800-273-8255 =>
    call +44 20 7946 0000 =>
    open 24/7 since 9/11 =>
    at 10 Downing Street or 1600 Oak Avenue =>
    the Big Ten and the Final Four and Channel Four =>
    the number eight is lucky =>
    a net zero target and zero tolerance =>
    a one-way street, a two-way radio and one-on-one talks =>
    one day she left and that one stayed =>
    the first, second and 10th rounds =>
    the S&P 500 and the Fortune 500 firms =>
    the R346T strain and 2 Estonians Road at 5 EST =>
    the 5G network, a 4K screen and an F-16 jet =>
"""


@in_turn(("claim", "expected"), rows(NUMERALS, MONEY, SHARES, COUNTS, MEASURES, SPORT, NO_FIGURES))
def test_numbers_are_read_with_their_value_and_unit(claim, expected):
    assert read(claim) == written(expected)


@in_turn(
    ("claim", "period"),
    [
        (
            "Norway received 1.1 billion euros in fish sales from the port in one year",
            "in one year",
        ),
        ("sales fell 10 percent last month", "last month"),
        ("3,248 cases were seen between 2010 and 2015", "between 2010 and 2015"),
        ("In October, it sold 40 cars", "In October"),
        ("it sold 40 cars", None),
    ],
)
def test_a_number_knows_the_time_for_which_it_holds(claim, period):
    assert [q.period for q in quantities(claim)] == [period]


def test_each_figure_of_a_comparison_has_its_own_time():
    found = quantities("in May rent was $900, up from $800 a year ago", "2019-06-20")

    assert [(q.period, q.period_from) for q in found] == [
        ("in May", "2019-05"),
        ("a year ago", "2018"),
    ]


def test_both_ends_of_a_range_carry_the_words_of_the_range():
    low, high = quantities("it costs $20-30bn")

    assert (low.raw, high.raw) == ("$20-30bn", "$20-30bn")


@in_turn(
    ("numeral", "value"),
    [
        ("17.3 million", 17_300_000),
        ("1,234,567", 1_234_567),
        ("a hundred", 100),
        ("two hundred thousand", 200_000),
        ("one million five hundred thousand", 1_500_000),
        (".45", 0.45),
        ("three hundred and twelve", 312),
        ("2½", 2.5),
        ("1 3/4", 1.75),
        ("a million and a half", 1_000_000.5),
    ],
)
def test_a_numeral_has_one_plain_value(numeral, value):
    assert number_value(numeral) == pytest.approx(value)


WORDS = st.sampled_from(
    [
        "from",
        "to",
        "between",
        "and",
        "by",
        "of",
        "the",
        "a",
        "half",
        "one",
        "two",
        "twenty",
        "in",
        "out",
        "million",
        "bn",
        "percent",
        "%",
        "$",
        "£",
        "5",
        "10",
        "1,000",
        "3.5",
        "-",
        "–",
        "/",
        "(",
        ")",
        ",",
        ".",
        "per",
        "year",
        "ago",
        "2019",
        "May",
        "last",
        "times",
        "people",
        "737",
        "Max",
        "jets",
        "aged",
        "up",
        "fell",
        "at",
        "least",
        "°C",
        "6-4",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join)))
def test_no_text_breaks_the_grammar(text):
    for quantity in quantities(text, "2019-11-20"):
        assert quantity.raw in text
        assert quantity.unit
        assert math.isfinite(quantity.value)
