"""A claim is a whole statement: no verb without its subject, nothing cut off that it needs."""

import pytest

from app.extraction import extract, rules
from tests.cases import in_turn


@pytest.fixture(autouse=True)
def _every_clause(monkeypatch):
    """Every clause is looked at, however little it is worth checking."""
    monkeypatch.setattr(rules.RulesExtractor, "_is_listed", lambda *_of_what: True)


def claims(text):
    return extract(text, language="en").candidates


@in_turn(
    ("sentence", "quote", "wording"),
    [
        (
            "The mill, which employs 400 people in Norwick, has lost money since 2015.",
            "The mill, which employs 400 people in Norwick, has lost money since 2015",
            "The mill has lost money since 2015.",
        ),
        (
            "Ann Lee, who has run the Norwick clinic for years, sold two ships in 2018.",
            "Ann Lee, who has run the Norwick clinic for years, sold two ships in 2018",
            "Ann Lee sold two ships in 2018.",
        ),
        (
            "The old ferry, a wooden ship that was built in 1902, sank in the harbour in May.",
            "The old ferry, a wooden ship that was built in 1902, sank in the harbour in May",
            "The old ferry sank in the harbour in May.",
        ),
        (
            "The survey — the largest of its kind so far — covered 80 towns in the north.",
            "The survey — the largest of its kind so far — covered 80 towns in the north",
            "The survey covered 80 towns in the north.",
        ),
    ],
)
def test_a_subject_stays_with_its_verb_and_the_wording_leaves_out_what_is_told_besides(
    sentence, quote, wording
):
    assert (quote, wording) in [(claim.quote, claim.text) for claim in claims(sentence)]


@in_turn(
    ("sentence", "told"),
    [
        # What is compared, and a second figure, belong to the clause before the source.
        (
            "The queue was longer, the report noted, than the line at the 2 ports in Lund.",
            [("The queue was longer than the line at the 2 ports in Lund.", "report")],
        ),
        (
            "The shop sold 400 hats in May, Ann Lee said, 12 percent more than in April.",
            [("The shop sold 400 hats in May, 12 percent more than in April.", "Ann Lee")],
        ),
        (
            "The shop sold 400 hats in May, said Ann Lee, up from 300 in April.",
            [("The shop sold 400 hats in May, up from 300 in April.", "Ann Lee")],
        ),
        # A clause after "and" is the source's too, one after "but" or ";" is not.
        (
            "The mill is closed, Ann Lee said in a letter, and the port lost 40 jobs in May.",
            [("The mill is closed.", "Ann Lee"), ("The port lost 40 jobs in May.", "Ann Lee")],
        ),
        (
            "The mill is closed, Ann Lee said, and Bo Diaz said the port lost 40 jobs.",
            [("The mill is closed.", "Ann Lee"), ("The port lost 40 jobs.", "Bo Diaz")],
        ),
        (
            "The mill is closed, Ann Lee said, but the port kept 40 jobs in May.",
            [("The mill is closed.", "Ann Lee"), ("The port kept 40 jobs in May.", None)],
        ),
        (
            "The mill is closed, the firm reported; there, the port kept 40 jobs in May.",
            [("The mill is closed.", "firm"), ("There, the port kept 40 jobs in May.", None)],
        ),
        # A time and a condition before the source belong to the clause after it.
        (
            "In 2023, Ann Lee said, the port lost 3 million euros.",
            [("In 2023, the port lost 3 million euros.", "Ann Lee")],
        ),
        (
            "Had they been counted, the council says, the rate would have been 84.9 percent.",
            [("Had they been counted, the rate would have been 84.9 percent.", "council")],
        ),
        (
            "If the dam breaks, the council says, the lake will lose 40 boats.",
            [("If the dam breaks, the lake will lose 40 boats.", "council")],
        ),
        # What goes on with the tag itself is no claim.
        (
            "The mill is closed, Ann Lee said, referring to a letter from the board.",
            [("The mill is closed.", "Ann Lee")],
        ),
    ],
)
def test_what_goes_on_after_an_inserted_source_is_not_lost(sentence, told):
    assert [(claim.text, claim.claimant) for claim in claims(sentence)] == told


@in_turn(
    ("text", "told"),
    [
        # Whose count, view or paper it is stands in a small word.
        (
            "Ann Lee runs the clinic. By her count, 40 nurses left in May.",
            ("40 nurses left in May.", "Ann Lee"),
        ),
        (
            "Ann Lee runs the clinic. In her view the shop is worth 3 million euros.",
            ("The shop is worth 3 million euros.", "Ann Lee"),
        ),
        (
            "The shop sold 40 hats in May, according to its annual report.",
            ("The shop sold 40 hats in May.", "annual report"),
        ),
        (
            "The shop owes £3 million, according to a draft budget that goes to the board.",
            ("The shop owes £3 million.", "draft budget"),
        ),
        # When it was said is no part of it.
        (
            "Ann Lee is mayor. “The port is the best in the north,” she said when she left it.",
            ("The port is the best in the north.", "Ann Lee"),
        ),
        # The subject of the sentence itself speaks in its tag.
        (
            "Norwick Water (NW) and the Port Board closed 40 wells in May, they said in a letter.",
            (
                "Norwick Water (NW) and the Port Board closed 40 wells in May.",
                "Norwick Water and Port Board",
            ),
        ),
        (
            "The Norwick Water Board closed 40 wells in May, it said in a letter.",
            ("The Norwick Water Board closed 40 wells in May.", "Norwick Water Board"),
        ),
        # A clause that only announces another one is no part of it.
        (
            "A trader in Lund saw it differently: closing the mill, he said, would cost 5 jobs.",
            ("Closing the mill would cost 5 jobs.", "trader in Lund"),
        ),
        (
            "The shop had good news: 40 percent of its hats were sold, its yearly report says.",
            ("40 percent of its hats were sold.", "yearly report"),
        ),
        (
            "Ann Lee is the mayor. She has said so before: in 2022 the port lost 3 ships.",
            ("In 2022 the port lost 3 ships.", None),
        ),
    ],
)
def test_a_claim_comes_out_of_its_frame_whole(text, told):
    claim = claims(text)[-1]
    assert (claim.text, claim.claimant) == told


@in_turn(
    ("text", "wording"),
    [
        (
            "The clerk’s yearly statement, which the board names, lists debts of £40 million.",
            "The clerk’s yearly statement lists debts of £40 million.",
        ),
        (
            "The bank has ruled out a sale, and few of those who left the hall bought 3 shares.",
            "The bank has ruled out a sale.",
        ),
        ("Norwick puts the number of wells at 40.", "Norwick puts the number of wells at 40."),
        (
            "Ann Lee called for the fund, worth 14 million euros, to be closed.",
            "Ann Lee called for the fund, worth 14 million euros, to be closed.",
        ),
    ],
)
def test_a_verb_that_says_it_itself_has_its_subject_in_the_wording(text, wording):
    assert wording in [claim.text for claim in claims(text)]


@in_turn(
    ("text", "told"),
    [
        (
            "In a report published in May, the Centre for Sea Law (CSL), a club, said 21 ships sank.",
            [("21 ships sank.", ["Centre for Sea Law"])],
        ),
        (
            "In a letter sent on Monday, Ann Lee, who chairs the board, said the firm owes €3m.",
            [("The firm owes €3m.", ["Ann Lee"])],
        ),
        (
            "A leaflet handed out at the fair, signed by a club called Bo, states that 40 men left.",
            [("40 men left.", ["leaflet"])],
        ),
        (
            "According to Ann Lee, the evaluation of last year’s pilot found that 40 men left.",
            [("40 men left.", ["Ann Lee", "evaluation of last year’s pilot"])],
        ),
        (
            "A widely shared post says the Norwick Institute has found that the ice is melting.",
            [("The ice is melting.", ["widely shared post", "Norwick Institute"])],
        ),
        # A clause before the source is a claim of its own.
        (
            "In May the port was sold to a bank, and Ann Lee said it lost 3 ships.",
            [("In May the port was sold to a bank.", []), ("It lost 3 ships.", ["Ann Lee"])],
        ),
    ],
)
def test_a_lead_in_and_a_description_hide_no_source(text, told):
    found = [(claim.text, [hop.agent for hop in claim.attribution]) for claim in claims(text)]
    assert found == told


@in_turn(
    ("text", "wording", "claimant"),
    [
        # What somebody else thought is what it is compared with, and no source.
        (
            "Ann Lee said the queues were longer than most people thought, “but the shop is open”.",
            "The queues were longer than most people thought.",
            "Ann Lee",
        ),
        (
            "Ann Lee said the wall was higher than engineers expected, and that it cost €3m.",
            "It cost €3m.",
            "Ann Lee",
        ),
        # Two names after "because" and "while" are one subject.
        (
            "The firm cut its output because two mills in Norway and Spain were closed.",
            "The firm cut its output because two mills in Norway and Spain were closed.",
            None,
        ),
        (
            "Sales rose while the shops in Lund and Bo were shut.",
            "Sales rose while the shops in Lund and Bo were shut.",
            None,
        ),
        # An infinitive is a statement with the verb that it hangs on.
        (
            "The bank expects prices to rise 3 percent in 2026.",
            "The bank expects prices to rise 3 percent in 2026.",
            "bank",
        ),
    ],
)
def test_no_clause_is_cut_in_the_middle(text, wording, claimant):
    assert (wording, claimant) in [(claim.text, claim.claimant) for claim in claims(text)]


@in_turn(
    ("text", "figures"),
    [
        ("One home in six in the old town is under water.", [(0.1667, "fraction")]),
        ("About one call in three ends with a date.", [(0.3333, "fraction")]),
        ("One day in six weeks was dry.", [(6, "week")]),
        ("A packed lunch for three costs me about 40 euros.", [(40, "EUR")]),
        ("Ann Lee wrote for three papers at once.", [(3, "paper")]),
    ],
)
def test_a_share_and_a_party_count_no_verb(text, figures):
    assert [(one.value, one.unit) for one in claims(text)[-1].quantities] == figures


@in_turn(
    ("text", "told"),
    [
        # A participle before a noun is no verb, and a relative clause is no clause of its own.
        (
            "Replacing the last piped barrels, Ann Lee said, would cost mills 5 dollars a barrel.",
            [("Replacing the last piped barrels would cost mills 5 dollars a barrel.", "Ann Lee")],
        ),
        (
            "The man who stole 40 ships, Ann Lee said, was fined twice.",
            [("The man who stole 40 ships was fined twice.", "Ann Lee")],
        ),
        # Whoever warns after the tag is the one in the tag.
        (
            "Attendance rose to 93 percent, the authors write, though they warn that 6 towns left.",
            [("Attendance rose to 93 percent.", "authors"), ("6 towns left.", "authors")],
        ),
        # A clause that a quotation begins with "but".
        (
            "Ann Lee said the port was sold twice, “but the old mill by the lake is still open”.",
            [
                ("The port was sold twice.", "Ann Lee"),
                ("The old mill by the lake is still open.", "Ann Lee"),
            ],
        ),
        # What is told of a place stays with it.
        (
            "At the old pier, where the 40 ferries of the county lie, the storm did little harm.",
            [
                (
                    "At the old pier, where the 40 ferries of the county lie, the storm did little harm.",
                    None,
                )
            ],
        ),
    ],
)
def test_each_statement_has_its_own_verb_and_speaker(text, told):
    assert [(claim.text, claim.claimant) for claim in claims(text)] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # Where it was said is no part of what was said.
        (
            "In a letter to the board, the union said, the firm took 40 days of leave.",
            [("The firm took 40 days of leave.", "union")],
        ),
        (
            "At a hearing in Lund, Ann Lee said, the firm took 40 days of leave.",
            [("The firm took 40 days of leave.", "Ann Lee")],
        ),
        # A clause that begins with a number is none that goes on with the one before.
        (
            "In Lund there are 8 free posts, and according to Ann Lee, about 450 pupils left.",
            [("In Lund there are 8 free posts.", None), ("450 pupils left.", "Ann Lee")],
        ),
    ],
)
def test_a_place_of_speech_and_a_counted_subject_are_no_part_of_another_clause(text, told):
    assert [(claim.text.replace("About ", ""), claim.claimant) for claim in claims(text)] == told


def test_a_semicolon_ends_what_a_source_put_in_after_it_says():
    found = claims("The fair opens in May; the old mill, Ann Lee said, will be shut by then.")
    told = [(claim.text, claim.claimant) for claim in found]

    assert told == [
        ("The fair opens in May.", None),
        ("The old mill will be shut by then.", "Ann Lee"),
    ]


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        (
            "Backers came away with a list, and with a pointed reminder from Norwick that some still pay 4 euros.",
            "Backers came away with a list",
        ),
        (
            "The council sold 3 ships amid claims by divers that 40 sank.",
            "The council sold 3 ships",
        ),
        (
            "The town raised fares after an angry complaint from residents that trams ran late.",
            "The town raised fares",
        ),
    ],
)
def test_what_stands_before_a_noun_of_saying_ends_before_its_whole_phrase(sentence, left):
    assert extract(sentence).candidates[0].quote == left
