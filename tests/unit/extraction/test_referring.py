"""Counts whose noun was named before, and parts that stand alone; "" where nothing is counted."""

from app.extraction.quantities import quantities
from tests.cases import in_turn
from tests.unit.extraction.tables import rows, written

WITHIN = """
    the yard held nine weeks of steel, compared with a typical three => 9 week; 3 week
    the wait is six hours, against a usual two => 6 hour; 2 hour
    they sent 12 crews instead of the planned 20 => 12 crew; 20 crew
    rates are 7 percent, compared with 4 last year => 7 percent; 4 percent
    it cost $7, compared with 4 for a child => 7 USD
    four ferries sank and three of them caught fire => 4 ferry; 3 ferry
    the town runs pools and shut three of them => 3 pool
    40 ships waited, but 12 were let in => 40 ship; 12 ship
    she had nine letters and said that two had been withdrawn => 9 letter; 2 letter
    the union counted 26 members; the mayor put the number at four => 26 member; 4 member
    of 90 wells, 31 had failed, 12 never did => 90 well; 31 well; 12 well
    the rail firm shut 40 stations, while eight also lost their staff => 40 station; 8 station
    ministers met 14 unions, of which nine walked out => 14 union; 9 union
    of the 40 patients, 12 died => 40 patient; 12 patient
    it shut 12 branches and will shut four more => 12 branch; 4 branch
    it shut 12 branches last year and another nine this year => 12 branch; 9 branch
    it has 30 branches; its rival has 45 => 30 branch; 45 branch
    schools lost 12 teachers, hospitals nine and courts two => 12 teacher; 9 teacher; 2 teacher
    the north has 12 clinics, the south nine => 12 clinic; 9 clinic
    the shortest wait was nine days, the longest 41 => 9 day; 41 day
    waits of 14 days, up from nine => 14 day; 9 day
    it has 12 clinics, and she was nine => 12 clinic
    it costs $12, the other nine => 12 USD
    it has 12 clinics and Windows 11 => 12 clinic
    prices rose 5 percent and in 2019 were flat => 5 percent
    the match ended and two were sent off =>
    they met at nine and left by six =>
    she wore nine and scored 20 =>
"""


@in_turn(("claim", "expected"), rows(WITHIN))
def test_the_noun_may_stand_before_in_the_claim(claim, expected):
    assert [(q.value, q.unit) for q in quantities(claim)] == written(expected)


@in_turn(
    ("before", "claim", "expected"),
    [
        (
            "Water got into 17 barns. ",
            "the consultants had told them the figure was four",
            "4 barn",
        ),
        ("Water got into 17 barns. ", "the mayor put it at nine", "9 barn"),
        ("Water got into 17 barns. ", "the total later rose to 30", "30 barn"),
        ("Water got into 17 barns. ", "Two of them were full of hay", "2 barn"),
        ("Water got into 17 barns. ", "Only 12 of those had ever been wet", "12 barn"),
        ("Water got into 17 barns. ", "Their list showed nine", "9 barn"),
        ("Water got into 17 barns. ", "She was nine", ""),
        ("Water got into 17 barns. ", "They met at nine", ""),
        ("Water got into 17 barns. ", "The shop opened at nine", ""),
        ("Water got into 17 barns. ", "He wore nine", ""),
        ("The water had 10 milligrams per litre. ", "Only 12 had ever been tested", ""),
        ("The barns cost $17 million. ", "the figure was four", ""),
        ("It rained. ", "the figure was four", ""),
        ("Ferry owners are short of crews. ", "three of them have left the coast", "3 owner"),
        ("It rained. ", "three of them have left the coast", ""),
        ("He drove for 16 of the last 19 hours. ", "His book showed nine", "9 hour"),
        ("The crash hurt 16 nuns. ", "the death toll was four", "4 person"),
        (
            "The party stands at 37 per cent. ",
            "among tenants it trails by 19",
            "19 percentage point",
        ),
        ("The party has 37 seats. ", "in the final it trails by 19", ""),
        *[
            ("The trust had 12 barns. ", claim, expected)
            for claim, expected in [
                ("there are now just seven", "7 barn"),
                ("there were only nine when she came", "9 barn"),
                ("Only nine remain", "9 barn"),
                ("a further eight have lost their roofs", "8 barn"),
                ("the real figure may be above 400", "400 barn"),
                ("clerks say the true number is nearer 1,500", "1500 barn"),
                ("its own records list only 22", "22 barn"),
                ("Of the 12, six burned down", "12 barn; 6 barn"),
                ("the tally now stands at 340", "340 barn"),
                ("It says it needs 40", "40 barn"),
                ("At least five failed the test", "5 barn"),
                ("Nine have since closed, leaving three", "9 barn; 3 barn"),
                ("up from seven a year earlier", "7 barn"),
                ("She lives at number nine", ""),
                ("He is 40", "40 year"),
                ("It is ranked 40", ""),
                ("Channel four showed it", ""),
            ]
        ],
        ("The rate was 4 percent. ", "down from 7 a year ago", "7 percent"),
        ("The price was $4. ", "down from 7 a year ago", ""),
    ],
)
def test_the_noun_may_stand_before_the_claim(before, claim, expected):
    assert [(q.value, q.unit) for q in quantities(claim, None, before)] == written(expected)


PARTS = """
    about a third wrote back => 0.3333 fraction
    nearly a quarter now say no => 0.25 fraction
    roughly two-thirds said no => 0.6667 fraction
    14 percent agreed, and a third refused => 14 percent; 0.3333 fraction
    half said they would go, and half had gone => 0.5 fraction; 0.5 fraction
    a full third of the bench retired => 0.3333 fraction
    a good quarter of the crop was lost => 0.25 fraction
    a third wrote a letter =>
    one sang, another danced and a third wept =>
    a third man wrote back =>
    the half moon was seen =>
    one day’s work in every four was lost => 0.25 fraction
"""


@in_turn(("claim", "expected"), rows(PARTS))
def test_parts_may_be_the_subject(claim, expected):
    assert [(q.value, q.unit) for q in quantities(claim)] == written(expected)


NOUNS = """
    two mills, in Hull and York, will close => 2 mill
    they drilled 384 household wells => 384 well
    she has two grandchildren and nine stepchildren => 2 grandchild; 9 stepchild
    two gunmen met three policewomen => 2 gunman; 3 policewoman
    some 500,000 bison live there => 500000 bison
    40 moose, 12 elk and 3 reindeer died => 40 moose; 12 elk; 3 reindeer
    they found six bacteria and two fungi => 6 bacterium; 2 fungus
    it held nine referenda in four stadia => 9 referendum; 4 stadium
    she sold 11 loaves and 30 geese => 11 loaf; 30 goose
    it has three campuses and two headquarters => 3 campus; 2 headquarters
    two passers-by and four runners-up came => 2 passer-by; 4 runner-up
    12 calves and eight oxen fell => 12 calf; 8 ox
    nine specimens came => 9 specimen
    nine chateaux burned => 9 chateau
    the trip takes 5 Months or 30 DAYS => 5 month; 30 day
    five selfies and six cookies => 5 selfie; 6 cookie
    seven crises and two diagnoses => 7 crisis; 2 diagnosis
    the man with one boat left =>
    it left only one boat => 1 boat
"""


@in_turn(("claim", "expected"), rows(NOUNS))
def test_plurals_that_are_rare_are_counted(claim, expected):
    assert [(q.value, q.unit) for q in quantities(claim)] == written(expected)
