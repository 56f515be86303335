"""Whatever an extractor proposes comes through one gate, and out of it only the article's words."""

from dataclasses import asdict, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction import extract, verbatim
from app.extraction.candidate import Candidate, Extraction, Ground, Hop, Quantity
from app.extraction.checkworthy import shipped
from app.extraction.gate import LONGEST, MOST, REFUSED, About, through, told
from app.extraction.proposals import Proposal
from tests.cases import in_turn

TEXT = (
    "Storm over Tarn 🌊\n\n"
    "“We lost 40 boats in one night,” harbour master Ida Moe said on Monday — the most since 1987.\n\n"
    "The port’s owner, Nordhavn, says it will pay 3 million euros. The mayor doubts it.\n\n"
    "It lost 140 boats in 1987. A court in Tarn fined the owner 9,000 euros."
)
BOATS = "We lost 40 boats in one night"
FINE = "A court in Tarn fined the owner 9,000 euros"
MOE = Hop("Ida Moe", "said", "direct", named=True, kind="person")


def passed(*proposals, text=TEXT, language="en", **about):
    found = Extraction((), language, None, "other")
    return through(text, proposals, found=found, about=About(**about))


def one(*proposals, **about):
    found = passed(*proposals, **about)
    [candidate] = found.extraction.candidates
    assert candidate.quote == TEXT[candidate.start : candidate.end]
    return candidate, found.repaired[0]


def test_words_at_their_place_come_through_as_they_are():
    start = TEXT.index(BOATS)

    candidate, is_repaired = one(Proposal(BOATS, start, start + len(BOATS)))

    assert (candidate.quote, candidate.start, is_repaired) == (BOATS, start, False)


def test_words_without_a_place_need_no_repair_and_those_with_a_wrong_one_do():
    assert one(Proposal(BOATS))[1] is False
    assert one(Proposal(BOATS, 3, 9))[1] is True


@in_turn(
    "proposed",
    [
        # marks, dashes, white space, capitals, what stands around it
        '"We lost 40 boats in one night"',
        "we lost 40 boats in one night",
        "We lost  40 boats\nin one night",
        "We lost 40 boats in one night …",
        "  We lost 40 boats in one night, ",
    ],
)
def test_a_quote_that_was_changed_on_the_way_is_the_articles_again(proposed):
    candidate, is_repaired = one(Proposal(proposed))

    assert candidate.quote.rstrip(",") == BOATS
    assert is_repaired


@in_turn(
    ("proposed", "meant"),
    [
        ("said on Monday - the most since 1987", "said on Monday — the most since 1987"),
        ("The port's owner, Nordhavn", "The port’s owner, Nordhavn"),
        (
            "The port’s owner … says it will pay 3 million",
            "The port’s owner, Nordhavn, says it will",
        ),
        (
            "The court in Tarn has fined the owner 9,000 euros",
            "court in Tarn fined the owner 9,000",
        ),
        # from the middle of a word
        ("oats in one night", "boats in one night"),
    ],
)
def test_the_nearest_words_of_the_article_are_taken(proposed, meant):
    candidate, is_repaired = one(Proposal(proposed))

    assert meant in candidate.quote
    assert is_repaired


def test_a_number_is_not_cut_out_of_a_longer_one():
    text = "It lost 140 boats in 1987."

    [candidate] = passed(Proposal("40 boats in 1987"), text=text).extraction.candidates

    assert candidate.quote == "140 boats in 1987"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "points"])
def test_offsets_behind_an_emoji_are_understood_in_whatever_they_count(encoding):
    text = "🌊 It rained on Monday. 🌊 It rained on Monday. 🌊 It rained on Monday."
    quote = "It rained on Monday"
    at = text.index(quote, text.index(quote) + 1)
    before = text[:at]
    start = at if encoding == "points" else len(before.encode(encoding))
    start //= 2 if encoding == "utf-16-le" else 1

    [candidate] = passed(
        Proposal(quote, start, start + len(quote)), text=text
    ).extraction.candidates

    assert candidate.start == at


@in_turn(
    ("proposal", "why"),
    [
        (Proposal("The sea is made of lemonade and always was"), "nowhere"),
        (Proposal("x" * (LONGEST + 1)), "long"),
        (Proposal(" “…” "), "empty"),
        (Proposal(""), "empty"),
        (Proposal(TEXT[TEXT.index("the most") : TEXT.index("Nordhavn")]), "spread"),
        ({"text": "no quote at all"}, "malformed"),
        ({"quote": 7}, "malformed"),
        (None, "malformed"),
        ("a string", "malformed"),
    ],
)
def test_what_is_no_claim_of_the_article_is_refused_with_a_reason(proposal, why):
    found = passed(proposal, Proposal(FINE))

    assert [c.quote for c in found.extraction.candidates] == [FINE]
    assert found.refused == {why: 1}
    assert found.proposed == 2
    assert told(found.refused) == [(1, REFUSED[why])]


def test_the_same_words_are_taken_once_and_too_many_are_not_all_read():
    found = passed(*[Proposal(FINE)] * (MOST + 2))

    assert len(found.extraction.candidates) == 1
    assert found.refused == {"twice": MOST - 1, "many": 2}


def test_whoever_invents_most_of_what_they_quote_ends_the_search(monkeypatch):
    monkeypatch.setattr(verbatim, "MOST_LOOKS", 3)
    invented = [Proposal(f"Lemonade number {n} was served to the sea") for n in range(5)]
    nearly = Proposal("The court in Tarn has fined the owner 9,000 euros")

    found = passed(*invented, nearly, Proposal(BOATS.upper()))

    # What stands there but for capitals is no invention, however late it comes.
    assert [c.quote for c in found.extraction.candidates] == [BOATS]
    assert found.refused == {"nowhere": 6}


def test_candidates_come_in_reading_order():
    found = passed(Proposal(FINE), Proposal(BOATS))

    assert [c.quote for c in found.extraction.candidates] == [BOATS, FINE]


def test_a_proposal_without_a_score_is_scored_as_assay_scores_its_own():
    found = passed(Proposal(BOATS), Proposal("The mayor doubts it"))
    boats, mayor = found.extraction.candidates

    assert boats.checkworthiness > mayor.checkworthiness > 0
    assert "a count" in boats.reasons
    assert boats.signals["count"] == 1
    assert [q.raw for q in boats.quantities] == ["40 boats"]
    assert "quantity" in boats.kinds
    assert boats.paragraph == 1
    assert boats.context.endswith("since 1987.")
    assert found.extraction.scored_with == shipped().label


def test_a_score_of_its_own_is_kept_with_its_reasons():
    found = passed(Proposal(BOATS, checkworthiness=0.25, reasons=("a loss",)))
    [candidate] = found.extraction.candidates

    assert (candidate.checkworthiness, candidate.reasons) == (0.25, ("a loss",))
    assert found.extraction.scored_with is None


def test_scores_of_two_sorts_are_not_mixed():
    found = passed(Proposal(BOATS, checkworthiness=0.99, reasons=("a loss",)), Proposal(FINE))

    assert "a loss" not in found.extraction.candidates[0].reasons
    assert found.extraction.candidates[0].checkworthiness < 0.99
    assert found.extraction.scored_with == shipped().label


@in_turn("score", [-0.1, 1.1, float("nan"), True, "high"])
def test_a_score_that_is_none_is_not_believed(score):
    [candidate] = passed(Proposal(BOATS, checkworthiness=score)).extraction.candidates

    assert 0 < candidate.checkworthiness < 1
    assert candidate.signals


def test_what_is_not_english_is_not_scored_by_english_signals():
    text = "Der Hafen verlor 1987 vierzig Boote. Der Bürgermeister zweifelt daran."

    found = passed(Proposal("Der Hafen verlor 1987 vierzig Boote"), text=text, language="de")

    assert found.extraction.candidates[0].checkworthiness == 0
    assert found.extraction.scored_with is None


def test_who_said_it_is_kept_only_where_the_article_names_everybody():
    stranger = replace(MOE, agent="Lars Brandt")
    kept, _ = one(Proposal(BOATS, attribution=(MOE,)))
    dropped, _ = one(Proposal(BOATS, attribution=(MOE, stranger)))
    vague, _ = one(Proposal(BOATS, attribution=(replace(MOE, cue="falsely claimed", end=9_999),)))

    assert (kept.attribution, kept.claimant) == ((MOE,), "Ida Moe")
    assert (dropped.attribution, dropped.claimant) == ((), None)
    assert vague.attribution == (replace(MOE, cue=""),)


@in_turn(
    "wording",
    [
        "Tarn lost 50 boats in one night.",  # a number that the article does not have
        "It is false that Tarn lost 40 boats in one night.",
        "Tarn lost 40 boats in one night, which was debunked.",
        "Nordhavn and Lars Brandt lost 40 boats in one night.",  # a name, too
        "Tarn lost 40 boats in one night: www.example.org",
        "Buy cheap watches here and send them around, they are boats.",
        "Tarn lost 40 boats on 3 May.",  # nobody knows the day of the article
    ],
)
def test_a_wording_that_says_more_than_the_article_is_not_taken(wording):
    candidate, _ = one(Proposal(BOATS, text=wording))

    assert candidate.text == BOATS


def test_a_wording_that_stands_alone_is_taken():
    candidate, _ = one(Proposal(BOATS, text="The port of Tarn lost 40 boats in one night."))

    assert candidate.text == "The port of Tarn lost 40 boats in one night."


@in_turn(
    ("wording", "is_taken"),
    [
        ("The port of Tarn lost 40 boats on Monday, 1 September 2025.", True),
        ("The port of Tarn lost 40 boats in August 2024.", True),
        ("The port of Tarn lost 40 boats in 2024.", True),
        ("The port of Tarn lost 40 boats in 2019.", False),
        ("The port of Tarn lost 41 boats on 1 September 2025.", False),
        ("The port of Tarn Post lost 40 boats.", True),
    ],
)
def test_where_the_day_of_the_article_is_known_last_year_may_be_a_date(wording, is_taken):
    candidate, _ = one(Proposal(BOATS, text=wording), date="2025-09-04", publisher="Tarn Post")

    assert (candidate.text == wording) == is_taken


def test_nothing_that_looks_like_a_verdict_comes_through():
    proposal = {
        "quote": BOATS,
        "verdict": "FALSE-VERDICT",
        "rating": "FALSE-VERDICT",
        "checkworthiness": 0.5,
        "reasons": ["false", "was debunked by others", "a loss", 7],
        "against": ["misleading"],
        "signals": {"verdict": 1, "count": 1.0, "bad": float("inf")},
        "kinds": ["false", "event"],
        "marks": ["refuted"],
        "label": "FALSE-VERDICT",
    }

    candidate, _ = one(proposal)

    assert (candidate.reasons, candidate.against) == (("a loss",), ())
    assert (candidate.kinds, candidate.marks) == (("event",), ())
    assert candidate.signals == {"count": 1.0}
    assert "verdict" not in str(asdict(candidate)).lower()


def test_parts_of_another_sort_are_left_behind():
    figure = Quantity(40.0, "boat", "40 boats", None)
    proposal = Proposal(
        BOATS,
        kinds=("quantity",),
        quantities=(figure, replace(figure, value=float("nan")), "40"),
        grounds=(Ground("quantity", "40 boats"), Ground("quantity", "50 boats")),
        repeats=((0, 5), (5, 99_999), "no"),
        attribution=({"agent": "Ida Moe", "mode": "shouted", "kind": 3, "named": "yes"},),
    )

    candidate, _ = one(proposal)

    assert candidate.quantities == (figure,)
    assert candidate.grounds == (Ground("quantity", "40 boats"),)
    assert candidate.repeats == ((0, 5),)
    assert candidate.attribution == (replace(MOE, cue="", mode="paraphrase"),)


def test_what_the_built_in_extractor_finds_comes_through_as_it_is():
    text = TEXT + " She said on Tuesday that it sank 12 boats last year. He said he paid €46.000."
    found = extract(text, date="2025-09-04")

    about = About(date="2025-09-04")
    through_it = through(text, found.candidates, found=found, about=about)

    assert any("2024" in c.text for c in found.candidates)
    assert through_it.extraction == found
    assert not any(through_it.repaired)
    assert not through_it.refused


@given(st.text(max_size=60), st.integers(-5, 400), st.integers(-5, 400), st.integers(0, 99))
def test_whatever_is_proposed_what_comes_out_stands_in_the_article(quote, start, end, length):
    cut = TEXT[max(0, start) :][:length]

    found = passed(Proposal(quote, start, end), Proposal(cut, start, end), Proposal(cut + quote))

    for candidate in found.extraction.candidates:
        assert candidate.quote == TEXT[candidate.start : candidate.end]
        assert candidate.quote in candidate.context
        assert all(
            getattr(candidate, f.name) is not None or f.name == "claimant"
            for f in fields(Candidate)
        )
    assert found.proposed == 3
