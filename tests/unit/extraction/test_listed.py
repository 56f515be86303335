"""Which sentences become candidates at all: statements of fact do, views and boilerplate do not."""

from app.extraction import extract
from tests.cases import in_turn


def listed(text):
    return [c.quote for c in extract(text, language="en").candidates]


@in_turn(
    "sentence",
    [
        "The council closed the pool in Norwick.",
        "The price of the car was not announced.",
        "The ferry will sail to Lund on May 3.",
        "His trial is scheduled for June 14.",
        "The bank will open a branch in Norwick.",
        "The mayor did not say what the hall had cost.",
        "The firm gave no details of the sale.",
        "Ann Lee was a director of the port.",
        "Nobody was arrested.",
        "The hall was closed in May.",
        "The bridge, which was built in 1902, was closed in May.",
        "Mayor Will Moe sold the hall.",
        "“The bridge was shut in May,” Bo Diaz said.",
        "The two ministers met in Oslo on Tuesday.",
        "The mayor defended the sale of the hall in court.",
        "“The bank has lost 40 million euros since 2015,” Bo Diaz said.",
        "“The river was poisoned by the mill,” Bo Diaz said.",
    ],
)
def test_a_statement_of_fact_is_listed(sentence):
    assert listed(sentence)


@in_turn(
    "sentence",
    [
        "“It was an awful week for all of us,” Bo Diaz said.",
        "“I really think they can win,” Bo Diaz said.",
        "“You have to be brave,” Bo Diaz said.",
        "“We must never give up hope,” Bo Diaz said.",
        "“That is something we will look at,” Bo Diaz said.",
        "“We will win this match,” Bo Diaz said.",
        "Here are some of the things to know.",
        "Just search for our show on your phone.",
        "Have a story to tell us?",
        "Read the full report here.",
        "The bank declined to comment on the loss.",
        "The ministry did not immediately respond to a request for comment.",
        "If prices go on like this.",
        "It sounds like a great idea for everyone.",
        "Lung rot is a kind of disease that harms trees.",
        "Bo Diaz was pleased with the work.",
        "Nobody knows how long the ferry may last.",
        "“Quite a lot of things are beautiful here,” Bo Diaz said.",
        "“Do we have a port?” Bo Diaz said.",
    ],
)
def test_views_and_boilerplate_are_not(sentence):
    assert listed(sentence) == []


def test_claims_stand_in_the_order_of_the_text():
    text = "Lee, who denies the charge, has lived in Oslo for 7 years. The port lost 40 ships."

    quotes = listed(text)

    assert sorted(quotes, key=text.index) == quotes
    assert "The port lost 40 ships" in quotes
