"""Odd parts of a proposal are left behind alone; whatever comes through can be kept by a database."""

import json
from dataclasses import asdict, replace

import pytest

from app.domain.spans import Loose, Span
from app.extraction import verbatim
from app.extraction.asking import asked
from app.extraction.candidate import Addition, Extraction, Ground, Quantity
from app.extraction.chat.answers import proposals
from app.extraction.checkworthy import score, shipped
from app.extraction.gate import About
from app.extraction.measuring import Measured
from app.extraction.proposals import Proposal
from tests.cases import in_turn
from tests.unit.extraction.test_gate import BOATS, FINE, MOE, TEXT, one, passed

FIGURE = Quantity(40.0, "boat", "40 boats", None)
HALF = "\ud83c"


def kept_by_a_database(candidate):
    stored = json.dumps(asdict(candidate), ensure_ascii=False)
    return "\\u0000" not in stored and stored.encode("utf-8", "ignore").decode() == stored


@in_turn(
    "odd",
    [
        {"signals": {"money": 10**400}},
        {"signals": {"money": 1e308, "share": -1e308}},
        {"signals": {1: 1.0, "money": True, "mine": 1.0, "x" * 5_000: 1.0}},
        {"signals": {"money": "much"}},
        {"attribution": [{"agent": "Ida Moe", "mode": [], "kind": {}}]},
        {"attribution": [{"agent": f"Ida Moe{HALF}", "cue": f"said\x00{HALF}"}]},
        {"start": 10**400, "end": 10**400 + 5},
        {"text": f"We lost 40 boats\x00 in one night{HALF}"},
        {"reasons": [f"a loss{HALF}"], "against": ["a\x00b"]},
        {"grounds": [Ground(["quantity"], 40), Ground("quantity", 40)]},
        {"additions": [Addition("0", 2, "he"), Addition(0, 2, None)]},
        {"quantities": [replace(FIGURE, value=10**400), replace(FIGURE, unit="x" * 5_000)]},
    ],
)
def test_an_odd_part_loses_nothing_but_itself(odd):
    proposal = {"quote": BOATS, "checkworthiness": 0.5, **odd}

    found = passed(proposal, Proposal(FINE, checkworthiness=0.5))

    boats, fine = found.extraction.candidates
    assert (boats.quote, fine.quote) == (BOATS, FINE)
    assert set(boats.signals.values()) <= {0.0, 1.0}
    assert kept_by_a_database(boats)
    assert not {"mine", "x" * 5_000} & boats.signals.keys()


def test_half_a_letter_in_an_answer_of_a_model_is_left_out():
    claim = (
        r'"quote": "We lost 40 boats\ud83c in one night", "claim": "We lost\u0000 40 boats\ud83c"'
    )
    answer = f'{{"claims": [{{{claim}, "said_by": [{{"name": "Ida\\ud83c Moe"}}]}}]}}'

    candidate, _ = one(*proposals(answer))

    assert (candidate.quote, candidate.text) == (BOATS, "We lost 40 boats")
    assert candidate.claimant == "Ida Moe"
    assert kept_by_a_database(candidate)


@in_turn(
    "odd",
    [
        {"value": 1e300},
        {"value": True},
        {"unit": "boat, which is false"},
        {"raw": "forty boats"},
        {"raw": f"40 boats{HALF}"},
        {"period": 1987},
        {"period_from": "the year of the great storm"},
        {"is_base": "yes"},
        {"comparator": ["exact"]},
    ],
)
def test_a_figure_of_which_a_part_is_odd_is_read_by_the_grammar(odd):
    candidate, _ = one(Proposal(BOATS, quantities=(replace(FIGURE, **odd),)))

    assert [(q.value, q.unit, q.raw) for q in candidate.quantities] == [(40.0, "boat", "40 boats")]
    assert candidate.quantities[0].is_base is False


def test_a_reason_that_names_words_names_those_of_the_quote():
    reasons = ("words: “lost”, “boats”", "words: “false”, “debunked lie”", "there is no evidence")

    candidate, _ = one(Proposal(BOATS, checkworthiness=0.5, reasons=reasons))

    assert candidate.reasons == ("words: “lost”, “boats”",)


@pytest.mark.parametrize(
    ("notice", "kept"),
    [("Only the first page was read.", True), ("The article is a hoax.", False), (7, False)],
)
def test_a_notice_is_no_verdict(notice, kept):
    class Telling:
        def extract(self, _text, **_):
            return Extraction((), "en", notice, "telling")

    found = asked(Telling(), "telling", TEXT, about=About())

    assert (found.extraction.notice == notice) == kept


def test_what_words_were_put_for_must_stand_in_the_quote():
    wording = "The port of Tarn lost 40 boats in one night."
    said = (Addition(0, 16, "We"), Addition(0, 16, "a hoax"))

    candidate, _ = one(Proposal(BOATS, text=wording, additions=said))

    assert candidate.additions == (Addition(0, 16, "We"),)


@in_turn(
    ("wording", "is_taken"),
    [
        ("The port did not lose 40 boats in one night.", False),
        ("No boats lost the port in one night.", False),
        ("It is a myth that 40 boats in Tarn were lost in one night.", False),
        ("In the port it stole the boats and it killed the mayor in one fight.", False),
        ("Tarn lost 40 boats in one night.", True),
    ],
)
def test_a_wording_neither_turns_the_quote_around_nor_tells_another_story(wording, is_taken):
    candidate, _ = one(Proposal(BOATS, text=wording, attribution=(MOE,)))

    assert (candidate.text == wording) == is_taken


def test_a_denial_of_the_article_stays_one():
    text = "The mayor of Tarn never saw the boats. The port lost 40 of them."

    [candidate] = passed(
        Proposal(
            "The mayor of Tarn never saw the boats",
            text="Never did the mayor of Tarn see the boats",
        ),
        text=text,
    ).extraction.candidates

    assert candidate.text == "Never did the mayor of Tarn see the boats"


@pytest.mark.parametrize(("wild", "value"), [(1e308, 1.0), (-1e308, 0.0), (-5_000.0, 0.0)])
def test_the_wildest_signals_make_a_score(wild, value):
    weights = replace(shipped(), signals={"money": 1.0, "share": 1.0}, words={})

    assert score({"money": wild, "share": wild}, BOATS, weights).value == value


def test_many_quotes_that_were_changed_on_the_way_are_found_with_one_look_at_the_article(
    monkeypatch,
):
    made = []
    monkeypatch.setattr(verbatim, "MOST_LOOKS", 3)
    monkeypatch.setattr(verbatim, "Loose", lambda text: made.append(text) or Loose(text))
    lines = [f"Sentence number {n} says that  {n} boats left the port." for n in range(50)]
    # None of them stands there letter for letter.
    quotes = [Proposal(" ".join(line.split()).upper()) for line in lines]

    came = passed(*quotes, text="\n\n".join(lines))

    assert [one.quote for one in came.extraction.candidates] == lines
    assert len(made) == 1


def test_a_paragraph_as_long_as_an_article_is_not_walked_for_each_claim():
    lines = [f"Sentence {n} says that {n} boats left." for n in range(1_000)]
    text = " ".join(lines)
    measured = Measured(text, date=None, publisher=None, url=None)
    start = text.index(lines[500])

    two = measured._sentences(Span(start + 9, start + len(lines[500]) + 9))
    [candidate] = passed(Proposal(lines[500]), text=text).extraction.candidates
    [alone] = passed(Proposal(lines[500]), text=lines[500]).extraction.candidates

    assert [one.span.start for one in two] == [start, start + len(lines[500]) + 1]
    assert (candidate.kinds, candidate.signals.keys() - {"late"}) == (
        alone.kinds,
        alone.signals.keys(),
    )
