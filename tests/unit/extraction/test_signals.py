"""What a clause gives by itself, by who says it and by the article around it."""

import re
from pathlib import Path

import pytest

from app.extraction.checkworthy import shipped
from app.extraction.checkworthy.signals import AGAINST, FOR, SIDES, SIGNALS
from app.extraction.checkworthy.weights import Weights
from app.extraction.rules import RulesExtractor
from tests.cases import in_turn

EVERY = RulesExtractor(Weights("every", 0.0, {}, {}, 0.0))


def signals(article, words):
    """The signals of the clause with these words."""
    [found] = [c for c in EVERY.extract(article, language="en").candidates if words in c.quote]
    return found.signals


@in_turn("signal", SIGNALS)
def test_no_weight_that_comes_with_assay_counts_against_the_side_of_its_signal(signal):
    by = shipped().signals.get(signal.code, 0.0)

    assert signal.side in {FOR, AGAINST}
    assert by * signal.side >= 0


def test_every_weight_that_was_learned_is_of_a_signal_that_is_measured():
    assert set(shipped().signals) >= set(SIDES)


@in_turn(
    ("sentence", "given", "lacks"),
    [
        ("The mayor never opened the letter.", {"denial"}, set()),
        ("The mayor should never open the letter.", {"norm"}, {"denial"}),
        ("I do not like the harbour.", {"first-person"}, {"denial"}),
        ("We lost 40 million euros.", {"money"}, {"first-person"}),
        ("Under the law the port needs a licence.", {"rule"}, set()),
        ("The pumps were sold in 2019.", {"done", "dated"}, set()),
        ("Some boats left.", {"vague", "tiny"}, {"count"}),
        ("The clerk opened the letter twice.", set(), {"share", "comparison"}),
        ("The hall smelled of coffee and rain.", {"colour"}, set()),
        ("The crew could not close the hatch.", set(), {"possible"}),
        ("The crew could close the hatch.", {"possible"}, set()),
    ],
)
def test_a_clause_by_itself(sentence, given, lacks):
    found = set(signals(sentence, sentence[:10]))

    assert given <= found
    assert not lacks & found


LONG = "\n\n".join(
    f"The {kind} sank near the pier on {day}."
    for kind, day in zip(
        ("ferry", "tug", "barge", "yacht", "canoe", "trawler", "dinghy", "raft"),
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Monday"),
        strict=True,
    )
)
HARBOUR = (
    "Harbour dues doubled\n\n"
    "The council met in the town hall.\n\n"
    "Harbour dues doubled in the spring.\n\n"
    "The band played on."
)
SUMMED_UP = (
    "Key points\n• The auditors found 40 forged invoices\n\n"
    "The auditors found 40 forged invoices in the harbour office.\n\nThe mayor was away."
)
AGAIN = (
    "The auditors found 40 forged invoices in the harbour office.\n\nThe mayor was away.\n\n"
    "In the harbour office the auditors had found forged invoices, 40 invoices in all."
)
VOICES = (
    "The mayor, Ida Moe, said that the pier had rotted.\n\n"
    "Moe said that nobody had looked.\n\nA passer-by said that the pier had sunk.\n\n"
    "Otto Lund, a professor, said that the wood was wet.\n\n"
    "The report said that the pier had cost 4 million euros."
)
DISPUTED = (
    "Otto Lund said that the pier had rotted.\n\nThe council denied the allegation on Monday."
)


@in_turn(
    ("article", "words", "given", "lacks"),
    [
        (HARBOUR, "dues doubled in", {"headline"}, set()),
        (HARBOUR, "band played", set(), {"headline"}),
        (LONG, "raft sank", {"late"}, set()),
        (LONG, "ferry sank", set(), {"late"}),
        (HARBOUR, "band played", set(), {"late"}),
        (LONG, "ferry sank", {"central"}, set()),
        (SUMMED_UP, "harbour office", {"summary"}, set()),
        (SUMMED_UP, "mayor was", set(), {"summary"}),
        (AGAIN, "invoices in the", {"again", "same-figure"}, set()),
        (AGAIN, "mayor was", set(), {"again", "same-figure"}),
        (VOICES, "pier had rotted", {"official", "voice", "attributed"}, {"expert", "document"}),
        (VOICES, "nobody had looked", {"official"}, set()),
        (VOICES, "pier had sunk", {"voice"}, {"official", "expert"}),
        (VOICES, "wood was wet", {"expert"}, {"official"}),
        (VOICES, "cost 4 million", {"document"}, set()),
        (DISPUTED, "pier had rotted", {"disputed"}, set()),
        (DISPUTED, "denied the", set(), {"disputed"}),
    ],
)
def test_a_clause_in_its_article(article, words, given, lacks):
    found = set(signals(article, words))

    assert given <= found
    assert not lacks & found


def test_who_says_more_of_an_article_has_more_of_its_voice():
    assert signals(VOICES, "rotted")["voice"] > signals(VOICES, "had sunk")["voice"]


def test_a_title_that_is_known_stands_for_a_headline_that_is_not_in_the_text():
    body = HARBOUR.partition("\n\n")[2]
    found = EVERY.extract(body, title="Harbour dues doubled", language="en").candidates

    assert [bool(c.signals.get("headline")) for c in found] == [False, True, False]


def test_health_tells_nothing_in_an_article_about_an_illness():
    one = "The measles vaccine was given to 40 pupils of the harbour school."

    assert "health" in signals(one, "measles")
    assert "health" not in signals(
        "\n\n".join([one] * 3 + ["No pupil of the harbour school has had the measles vaccine."]),
        "No pupil",
    )


def test_the_same_article_gives_the_same_scores_and_reasons():
    first, second = (RulesExtractor().extract(VOICES).candidates for _ in range(2))

    assert first == second


def test_reasons_stand_strongest_first_and_what_hardly_counts_is_no_reason():
    weights = Weights("three", 0.0, {"money": 0.5, "done": 2.0, "tiny": -0.05, "dated": 0.09}, {})
    [found] = (
        RulesExtractor(weights).extract("In 2019 the pier was sold for 4 million euros.").candidates
    )

    assert found.reasons == ("something that was done", "a sum of money")
    assert found.against == ()


def test_the_page_of_check_worthiness_names_every_signal_with_its_phrase_and_its_weight():
    page = (Path(__file__).parents[3] / "docs" / "check-worthiness.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| ([^|]+) \| ([+−][\d.]+) \|$", page, re.MULTILINE)

    assert [(code, phrase) for code, phrase, _by in rows] == [(s.code, s.phrase) for s in SIGNALS]
    for code, _phrase, by in rows:
        assert float(by.replace("−", "-")) == pytest.approx(shipped().signals[code], abs=0.0051)
