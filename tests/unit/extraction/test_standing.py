import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extraction import extract, rules
from app.extraction.bodies import fits
from tests.cases import in_turn

LUND = "Mr. Otto Lund ran the port. "
MOE = "Mrs. Ida Moe ran the port. "


@pytest.fixture(autouse=True)
def _every_clause(monkeypatch):
    """The wording of every clause is looked at, however little it is worth checking."""
    monkeypatch.setattr(rules.RulesExtractor, "_is_listed", lambda *_of_what: True)


def last(text, date=None):
    return extract(text, date=date, language="en").candidates[-1]


NAMED = [
    # People.
    (LUND + "He was fined 3 million euros.", "Otto Lund was fined 3 million euros."),
    (LUND + "\nHe was fined 3 million euros.", "Otto Lund was fined 3 million euros."),
    (LUND + "In 2019 the court fined him twice.", "In 2019 the court fined Otto Lund twice."),
    (LUND + "The court seized his 3 ships.", "The court seized Otto Lund’s 3 ships."),
    (
        LUND + "The court fined him twice and seized his ships.",
        "The court fined Otto Lund twice and seized his ships.",
    ),
    (MOE + "Her ships sank in the storm.", "Ida Moe’s ships sank in the storm."),
    (MOE + "Reporters saw her in the old town.", "Reporters saw Ida Moe in the old town."),
    (MOE + "The town paid her 3 million euros.", "The town paid her 3 million euros."),
    ("Otto Lund ran the port. Lund was fined twice.", "Otto Lund was fined twice."),
    ("Otto Lund ran the port. Lund’s ships sank twice.", "Otto Lund’s ships sank twice."),
    (
        "Otto Lund ran the port. The town paid Lund and his wife.",
        "The town paid Otto Lund and his wife.",
    ),
    (
        "Otto Lund ran the port. Otto Lund said Lund sold 3 ships.",
        "Otto Lund sold 3 ships.",
    ),
    ("Mrs. Ida Moe said she had sold the port.", "Ida Moe had sold the port."),
    (
        "Police arrested Bo Diaz, 43, in Oslo. The 43-year-old was charged with fraud.",
        "Bo Diaz was charged with fraud.",
    ),
    (
        "Mr. Otto Lund and Mr. Bo Diaz ran the port. The two were fined in 2019.",
        "Otto Lund and Bo Diaz were fined in 2019.",
    ),
    (
        "Mayor Otto Lund has accused the port of hiding money.",
        "Mayor Otto Lund has accused the port of hiding money.",
    ),
    (
        "Premier Ida Moe left. The premier was fined twice.",
        "Ida Moe was fined twice.",
    ),
    (
        "The family of Ida Moe left. The family was fined twice.",
        "The family was fined twice.",
    ),
    (
        "He drew 3 maps for Mr. Otto Lund. His ships sank in May.",
        "His ships sank in May.",
    ),
    (
        LUND + "He sold 3 ships. He was fined twice.",
        "Otto Lund was fined twice.",
    ),
    (
        "Big Anchor sued her in May. Big Anchor owns her songs. Her post was read twice.",
        "Her post was read twice.",
    ),
    # Where two could be meant, or somebody without a name, nobody is put in.
    (LUND + "He met Mr. Bo Diaz. He was fined twice.", "He was fined twice."),
    ("Mr. Otto Lund met Mr. Bo Diaz. He was fined twice.", "He was fined twice."),
    ("Mr. Otto Lund met a driver. He was fined twice.", "He was fined twice."),
    ("A man sued the town. " + LUND + "He was fined twice.", "He was fined twice."),
    (MOE + "He was fined twice in 2019.", "He was fined twice in 2019."),
    # Nothing tells that this is a person and no firm.
    ("Ruvon Vale ran the port. He was fined twice.", "He was fined twice."),
    (
        "Tim Moe and Pam Moe ran the port. Moe was fined twice.",
        "Moe was fined twice.",
    ),
    (
        "Senator Robin Vale met farmers. The senator owns 3 farms. She was fined twice.",
        "Robin Vale was fined twice.",
    ),
    (
        "Senator Robin Vale met Senator Kim Roe. She was fined twice.",
        "She was fined twice.",
    ),
    # Whoever is described beside the name is no second person.
    ("Mr. Otto Lund, the owner, left. He was fined twice.", "Otto Lund was fined twice."),
    ("The owner Mr. Otto Lund left. He was fined twice.", "Otto Lund was fined twice."),
    ("Mr. Otto Lund hired a woman. He was fined twice.", "Otto Lund was fined twice."),
    (
        LUND + "The 48-year-old Swede was fined for selling his ships.",
        "The 48-year-old Swede was fined for selling his ships.",
    ),
    (
        "The 1990 Oslo War hurt Oslo. Oslo accused the port of theft.",
        "Oslo accused the port of theft.",
    ),
    ("Otto Lund ran the port. Both Lund and his wife left.", "Both Otto Lund and his wife left."),
    # Bodies.
    (
        "Acme Corp. plans to cut 800 jobs. The company closed two plants.",
        "Acme Corp. closed two plants.",
    ),
    (
        "Acme Corp. plans to cut 800 jobs. It employed 400 people.",
        "Acme Corp. employed 400 people.",
    ),
    (
        "Acme Corp. plans to cut 800 jobs. Its shares fell 5 percent.",
        "Acme Corp.’s shares fell 5 percent.",
    ),
    (
        "Acme Corp. plans to cut 800 jobs. Its causes are not known.",
        "Its causes are not known.",
    ),
    (
        "Acme Corp. plans to cut 800 jobs. It was raining in Leeds.",
        "It was raining in Leeds.",
    ),
    (
        "Acme Corp. and Volvex Ltd. were founded in May. The company closed two plants.",
        "The company closed two plants.",
    ),
    (
        "The Harbour Safety Authority (HSA) was founded in 2001. The HSA closed 4 ports.",
        "The Harbour Safety Authority closed 4 ports.",
    ),
    ("The ministry said it had closed 40 schools.", "The ministry had closed 40 schools."),
    (
        "Acme Corp. plans to cut 800 jobs. The union called a strike in May.",
        "The union called a strike in May.",
    ),
    (
        "The ministry expects it to fall by 3 percent.",
        "The ministry expects it to fall by 3 percent.",
    ),
    ("The ministry said it was raining in 40 towns.", "It was raining in 40 towns."),
    ("The ministry said it took two years to close them.", "It took two years to close them."),
    ("Police said they found 3 guns.", "Police found 3 guns."),
    ("Officials said their budget fell by 3 percent.", "Officials’ budget fell by 3 percent."),
    ("Mr. Otto Lund said they found 3 guns.", "They found 3 guns."),
    # Quoted words are changed in brackets only.
    (
        LUND + "“He hid 3 million euros,” Mrs. Ida Moe said.",
        "[Otto Lund] hid 3 million euros.",
    ),
    (
        "“We have lost 3 million euros,” Mayor Otto Lund said.",
        "Otto Lund: “We have lost 3 million euros.”",
    ),
    ("“My ship sank twice,” Mayor Otto Lund said.", "Otto Lund: “My ship sank twice.”"),
    ("“The ship sank twice,” Mayor Otto Lund said.", "The ship sank twice."),
    # Names of things are not short for others.
    ("The Blue Velo Wi-Fi sold well. Wi-Fi helped 40 towns.", "Wi-Fi helped 40 towns."),
    # Clauses that lean on others.
    (
        "Police arrested Otto Lund, Bo Diaz, who have 3 ships each.",
        "Police arrested Otto Lund, Bo Diaz, who have 3 ships each.",
    ),
    (
        "The port is run by Ida Moe, an owner of 3 ships.",
        "Ida Moe, an owner of 3 ships.",
    ),
    ("The firm owns the plant, which closed in 2018.", "The plant closed in 2018."),
    ("He moved to Lund, which had 300 inhabitants.", "Lund had 300 inhabitants."),
    ("Police arrested Otto Lund, who hid the money.", "Otto Lund hid the money."),
    (
        "Acme bought the mill in Leeds, which employed 300 people.",
        "Acme bought the mill in Leeds, which employed 300 people.",
    ),
    (
        "She knew the widow of Otto Lund, who sold the port.",
        "She knew the widow of Otto Lund, who sold the port.",
    ),
    (
        "Otto Lund, who ran the old port for 3 years, sold two ships in 2018.",
        "Otto Lund sold two ships in 2018.",
    ),
    (
        "The port sold 4 ships, cutting its debt by 40 percent.",
        "The port sold 4 ships, cutting its debt by 40 percent.",
    ),
    (
        "But the port sold 4 ships, cutting its debt by 40 percent.",
        "The port sold 4 ships, cutting its debt by 40 percent.",
    ),
    ("The town, according to Reuters, lost 3 million euros.", "The town lost 3 million euros."),
    ("However, the town lost 3 million euros.", "The town lost 3 million euros."),
    ("The town lost money. So far 40 people have left.", "So far 40 people have left."),
]
DATED = [
    ("The port was sold last year.", "The port was sold in 2018."),
    ("The port was sold late last year.", "The port was sold in late 2018."),
    ("Last year was the hottest.", "2018 was the hottest."),
    ("Rents fell from last year.", "Rents fell from 2018."),
    ("The port closed in May last year.", "The port closed in May 2018."),
    ("Last year’s budget was too small.", "The 2018 budget was too small."),
    ("The port closed in May.", "The port closed in May 2019."),
    ("The port closed in December.", "The port closed in December 2018."),
    ("The port closed on 5 May.", "The port closed on 5 May 2019."),
    ("The port closed on May 5.", "The port closed on May 5, 2019."),
    ("The port closed in May 2017.", "The port closed in May 2017."),
    ("The council met on Tuesday.", "The council met on 19 November 2019."),
    (
        "The crew spent Tuesday waiting.",
        "The crew spent 19 November 2019 waiting.",
    ),
    ("The crew met Tuesday.", "The crew met on 19 November 2019."),
    (
        "The town was fined on Tuesday and has paid.",
        "The town was fined on 19 November 2019 and has paid.",
    ),
    ("The council met yesterday.", "The council met on 19 November 2019."),
    ("Earlier this month the port closed.", "Earlier in November 2019 the port closed."),
    ("The port closed last week.", "The port closed in the week of 11 November 2019."),
    ("So far this year 40 people died.", "So far in 2019 40 people died."),
    ("The port will open as early as next year.", "The port will open as early as 2020."),
    ("The port will open next year.", "The port will open in 2020."),
    (
        "Two ships sank during Tuesday’s storm.",
        "Two ships sank during Tuesday’s [19 November 2019] storm.",
    ),
    # Where in doubt, the words stay.
    ("The port’s Tuesday opening was moved.", "The port’s Tuesday opening was moved."),
    ("Tuesday’s vote will be close.", "Tuesday’s vote will be close."),
    ("The port will open on Tuesday.", "The port will open on Tuesday."),
    ("The fair opens its gates on Tuesday.", "The fair opens its gates on Tuesday."),
    ("The shop is closed on Tuesday.", "The shop is closed on Tuesday."),
    ("The shop was closed every Tuesday.", "The shop was closed every Tuesday."),
    ("The port closed on Tuesday in 1990.", "The port closed on Tuesday in 1990."),
    ("He ran it since 2015. In May the port closed.", "In May 2019 the port closed."),
    ("In 1990 he left. In May the port closed.", "In May the port closed."),
    ("The port closed over the last year.", "The port closed over the last year."),
    ("The port closed on Tuesday night.", "The port closed on Tuesday night."),
    ("The port was sold two years ago.", "The port was sold two years ago."),
    (
        "“The port was sold last year,” Ida Moe said.",
        "The port was sold last year [2018].",
    ),
]


@in_turn(("text", "wording"), NAMED)
def test_a_claim_can_be_read_without_its_article(text, wording):
    assert last(text).text == wording


@in_turn(("text", "wording"), DATED)
def test_times_are_said_by_the_date_of_the_article(text, wording):
    assert last(text, "2019-11-20").text == wording


@pytest.mark.parametrize("date", [None, "2019"])
def test_without_a_day_of_the_article_no_day_is_put_in(date):
    assert last("The council met on Tuesday.", date).text == "The council met on Tuesday."


def test_what_was_added_is_told_with_what_stood_there():
    claim = last(MOE + "Last year she sold the port.", "2019-11-20")

    assert claim.text == "In 2018 Ida Moe sold the port."
    assert [(claim.text[a.start : a.end], a.instead_of) for a in claim.additions] == [
        ("In 2018", "Last year"),
        ("Ida Moe", "she"),
    ]


@in_turn(
    ("noun", "name", "is_fit"),
    [
        ("ministry", "Ministry of Works", True),
        ("company", "Acme", True),
        ("newspaper", "Daily Coast Journal", True),
        ("newspaper", "Acme", False),
        ("union", "Acme", False),
        ("company", "Acme and Volvex", False),
    ],
)
def test_a_description_fits_a_body_by_its_words(noun, name, is_fit):
    assert fits(noun, name) is is_fit


def test_a_sentence_that_needs_nothing_has_no_additions():
    assert last("The port of Oslo was sold in 2018.", "2019-11-20").additions == ()


WORDS = st.sampled_from(
    [
        *("Mr. Otto Lund", "Mrs. Ida Moe", "He", "she", "his", "her", "Lund", "The company", "it"),
        *("Acme Corp.", "said", "sold", "which closed", ", who left", "in May", "last year", "and"),
        *(
            "on Tuesday",
            "“",
            "”",
            "we",
            "the port",
            "3 ships",
            ". ",
            "\n",
            ", cutting costs",
            "But",
        ),
        *("The 43-year-old", "was", "The two", "the mayor", "met", ",", "(HSA)", "HSA", "it’s"),
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(WORDS, min_size=3, max_size=40).map(" ".join))
def test_with_every_addition_put_back_no_word_is_new(text):
    for claim in extract(text, date="2019-11-20", language="en").candidates:
        edges = [edge for a in claim.additions for edge in (a.start, a.end)]
        assert edges == sorted(edges)
        back = claim.text
        for addition in reversed(claim.additions):
            assert claim.text[addition.start : addition.end].strip()
            back = f"{back[: addition.start]} {addition.instead_of} {back[addition.end :]}"
        quoted = iter(re.findall(r"\w+", claim.quote.casefold()))
        # What was left out ("according to Reuters") is missing; nothing else is there.
        assert all(word in quoted for word in re.findall(r"\w+", back.casefold()))
