import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.words import ClaimKind, Mark
from app.extraction import extract
from app.extraction.lexicon import CUES
from app.extraction.normalise import normalise

ARTICLE = (
    "KEY POINTS\n  • The port lost money.\n\n"
    "The port of Lund lost 40 million euros in 2019, according to a report by Reuters.\n\n"
    "“The port was run without a licence,” Mayor Otto Lund told The Daily Coast on Monday. He said 3 in 4 ships "
    "left within a year.\n\n"
    "Related\nShips leave the coast\n\n"
    "The town fined the port $20-30bn, and the court convicted its owner of fraud in June 2020.\n\n"
    "Join the Conversation\n"
)
WORDS = (
    *("“", "”", '"', "’", "—", " said ", " that ", "according to ", ", per ", "\n", "\n\n", ". "),
    *("he said", "“Yes,” ", "U.S. ", "$20-30bn ", "...", "(", ")", "https://x.example ", "\r\n"),
    *("\x00", "e\u0301", "🙂", " told ", " denied ", ", which ", "As ", "and ", "1,000 ships "),
    *("one in four ", "half a million ", ", ", "The ", "Mr. ", "Otto Lund", "the port ", "; "),
    *("Reuters", "According to Ida Moe, ", ", Reuters reported. ", ", saying ", "accused "),
    *(" was sold", "expects", " warned ", " voiced fears that ", "who ", "in an email to CNN "),
)
PIECES = st.sampled_from([*WORDS, *(f" {cue} " for cue in sorted(CUES))])


def test_candidates_stand_in_reading_order_with_their_exact_words():
    found = extract(ARTICLE)

    starts = [c.start for c in found.candidates]
    assert starts == sorted(starts)
    assert all(c.quote == ARTICLE[c.start : c.end] for c in found.candidates)
    assert (found.language, found.notice, found.extractor) == ("en", None, "rules")


def test_page_furniture_becomes_no_candidate():
    quotes = " / ".join(c.quote for c in extract(ARTICLE).candidates)

    for line in ("lost money", "Ships leave", "Conversation", "KEY"):
        assert line not in quotes


@pytest.mark.parametrize(
    "own",
    [
        {"publisher": "The Daily Coast"},
        {"url": "https://www.dailycoast.example/a"},
        {"publisher": "Daily Coast News"},
    ],
)
def test_the_publisher_is_no_hop_whether_named_or_known_by_its_address(own):
    agents = {h.agent for c in extract(ARTICLE, **own).candidates for h in c.attribution}

    assert "Otto Lund" in agents
    assert not {a for a in agents if "Coast" in a}


def test_without_a_publisher_the_outlet_is_a_relay():
    [claim] = [c for c in extract(ARTICLE).candidates if "without a licence" in c.quote]

    assert [h.agent for h in claim.attribution] == ["Daily Coast", "Otto Lund"]


def test_own_voice_has_neither_hops_nor_claimant():
    [claim] = [c for c in extract(ARTICLE).candidates if "convicted its owner" in c.quote]

    assert (claim.attribution, claim.claimant) == ((), None)


def test_a_candidate_is_plain_json():
    [claim] = [c for c in extract(ARTICLE).candidates if "40 million" in c.quote]

    plain = json.loads(json.dumps(claim.as_json_dict()))

    assert list(plain) == [
        *("text", "quote", "start", "end", "kinds", "checkworthiness", "reasons", "attribution"),
        *("claimant", "quantities", "paragraph", "context"),
        *("grounds", "marks", "additions", "repeats", "against"),
    ]
    assert plain["text"] == "The port of Lund lost 40 million euros in 2019."
    [hop] = plain["attribution"]
    assert "Reuters" in hop["agent"]
    assert hop["cue"] == "according to"
    [figure] = plain["quantities"]
    assert (figure["value"], figure["unit"]) == (40_000_000.0, "EUR")
    assert (figure["raw"], figure["period"]) == ("40 million euros", "in 2019")


def test_the_title_repeated_in_the_text_is_no_candidate():
    text = "The port lost 40 million euros.\n\nThe town sold 3 ships."

    quotes = [c.quote for c in extract(text, title="The port lost 40 million euros.").candidates]

    assert quotes == ["The town sold 3 ships"]


def test_another_language_gives_sentences_and_a_notice_but_no_claimants():
    text = "Der Hafen verlor 40 Millionen Euro, sagte Otto Lund. Das Gericht schwieg dazu."

    found = extract(text)

    assert found.language == "und"
    assert found.notice is not None
    assert "English" in found.notice
    assert [c.quote for c in found.candidates] == [
        "Der Hafen verlor 40 Millionen Euro, sagte Otto Lund.",
        "Das Gericht schwieg dazu.",
    ]
    assert {c.claimant for c in found.candidates} == {None}


def test_the_language_that_the_caller_knows_beats_the_guess():
    assert extract("The port was sold to the town.", language="de").language == "de"
    assert extract("Hafen verkauft 3 Schiffe an Lund.", language="en-GB").notice is None


def test_a_post_signed_below_is_said_by_its_author():
    text = (
        "People were angry.\n\nThe port has lost 40 million euros since 2019.\n\n"
        "— Ida Moe (@idamoe) May 3, 2021\n\nThe town lost 3 ships in 2020."
    )

    found = {c.quote: c.claimant for c in extract(text).candidates}

    assert found["The port has lost 40 million euros since 2019"] == "Ida Moe"
    assert found["The town lost 3 ships in 2020"] is None


@settings(deadline=None, max_examples=150)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=30).map("".join))
def test_no_text_breaks_the_promises_of_a_candidate(raw):
    text = normalise(raw)

    candidates = extract(raw, publisher="Reuters", language="en").candidates

    spans = [(c.start, c.end) for c in candidates]
    assert spans == sorted(set(spans))
    for claim in candidates:
        assert claim.quote == text[claim.start : claim.end]
        assert claim.quote.strip()
        assert claim.text.strip()
        assert claim.context in text
        assert 0 <= claim.checkworthiness <= 1
        assert claim.kinds
        assert set(claim.kinds) == {ground.kind for ground in claim.grounds} <= set(ClaimKind)
        assert all(ground.words and ground.words in claim.quote for ground in claim.grounds)
        assert set(claim.marks) <= set(Mark)
        assert claim.claimant == (claim.attribution[-1].agent if claim.attribution else None)
        assert all(hop.agent.strip() and hop.agent != "Reuters" for hop in claim.attribution)


def test_nothing_in_nothing_out():
    assert extract("").candidates == ()
    assert extract("\n \n").candidates == ()


@pytest.mark.parametrize("piece", ["he said that ", "one ", "x, said y ", "“", "$1-", "(", "A"])
def test_text_that_is_no_prose_takes_no_time(piece):
    began = time.process_time()

    extract(piece * (8_000 // len(piece)), language="en")

    assert time.process_time() - began < 10
