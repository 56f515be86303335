"""averitec.json: the shape of AVeriTeC to the letter, what is left out and why, a strict reader."""

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.asked_claims import AskedClaim, merged
from app.domain.claim_parts import HopRecord
from app.domain.crosswalks import AVERITEC, TO_AVERITEC, averitec_label
from app.domain.evidence_questions import EvidenceAnswerRecord, EvidenceQuestionRecord
from app.domain.evidence_words import AnswerType, SourceMedium
from app.domain.label_presets import AVERITEC_4, PRESETS
from app.domain.records import EvidenceRecord
from app.domain.sentences import SENTENCES
from app.domain.words import (
    AgentKind,
    Answers,
    ClaimKind,
    Mode,
    SourceKind,
    SourceRecord,
    Stance,
)
from app.exporters import averitec
from tests.cases import in_turn

TABLE = EvidenceRecord(
    source_id="aaaaaaaaaaaa",
    kind=SourceKind.WEB,
    record=SourceRecord.ON_RECORD,
    url="https://a.example/x",
    title="Table 4",
    publisher=None,
    published=None,
    stance=Stance.REFUTES,
    answers=Answers.SO,
    quote="7.3",
    locator="",
    note="",
    archive_url="https://web.archive.org/web/2025/https://a.example/x",
)
FOUND = EvidenceAnswerRecord(
    AnswerType.EXTRACTIVE, "7.3 billion euros", "", SourceMedium.WEB_TABLE, TABLE
)
NO = EvidenceAnswerRecord(
    AnswerType.BOOLEAN, "No", "It says 2024.", SourceMedium.PDF, replace(TABLE, archive_url=None)
)
NONE = EvidenceAnswerRecord(AnswerType.UNANSWERABLE, "", "", None, None)


def hop(agent, kind=AgentKind.PERSON, **values):
    usual = {"id": 1, "cue": "", "mode": Mode.DIRECT, "url": None, "said_on": None, "is_seen": True}
    usual |= {"ends_because": None, "agent_id": "bbbbbbbbbbbb", "is_named": True}
    return HopRecord(agent=agent, agent_kind=kind, **{**usual, **values})


CBS = hop("CBS News", AgentKind.ORGANISATION)
OFFICIAL = hop("a White House official", AgentKind.UNNAMED, is_named=False)
TRUMP = hop("Donald Trump", url="https://video.example/1", said_on="2025-09-04")
CLAIM = AskedClaim(
    claim_id="abcdefghij23",
    text="Russia received 1.1 billion euros in fuel sales from the EU in one year",
    kinds=(ClaimKind.QUANTITY, ClaimKind.FORECAST, ClaimKind.COMPARISON, ClaimKind.QUOTATION),
    said_on="2020-10-09",
    hops=(CBS, OFFICIAL, TRUMP),
    article_url="https://news.example/leaders",
    article_publisher="The Example",
    article_published="2025-09-05",
    seen_at_url=None,
    published_url="https://desk.example/checks/17",
    scale="averitec-4",
    answer="refuted",
    justification="The figure is of another year.",
    questions=(
        EvidenceQuestionRecord("How much was it?", (FOUND,)),
        EvidenceQuestionRecord("Is the year stated?", (NO, NONE)),
    ),
    uses=(TABLE,),
    is_repeated=False,
    compares_figures=True,
)
WHOLE = {
    "claim": CLAIM.text,
    "required_reannotation": False,
    "label": "Refuted",
    "justification": "The figure is of another year.",
    "claim_date": "9-10-2020",
    "speaker": "Donald Trump",
    "original_claim_url": "https://video.example/1",
    "fact_checking_article": "https://desk.example/checks/17",
    "reporting_source": "CBS News",
    "location_ISO_code": None,
    "claim_types": ["Numerical Claim", "Quote Verification"],
    "fact_checking_strategies": ["Written Evidence", "Numerical Comparison"],
    "questions": [
        {
            "question": "How much was it?",
            "answers": [
                {
                    "answer": "7.3 billion euros",
                    "answer_type": "Extractive",
                    "source_url": "https://a.example/x",
                    "source_medium": "Web table",
                    "cached_source_url": TABLE.archive_url,
                }
            ],
        },
        {
            "question": "Is the year stated?",
            "answers": [
                {
                    "answer": "No",
                    "answer_type": "Boolean",
                    "source_url": "https://a.example/x",
                    "source_medium": "PDF",
                    "boolean_explanation": "It says 2024.",
                },
                {
                    "answer": "No answer could be found.",
                    "answer_type": "Unanswerable",
                    "source_url": "",
                    "source_medium": "",
                },
            ],
        },
    ],
    "cached_original_claim_url": None,
}


def written(*claims):
    return "".join(averitec.write(claims))


def only(claim):
    [thing] = json.loads(written(claim))
    return thing


def test_a_claim_is_written_to_the_letter_in_the_order_of_the_data_set():
    assert json.dumps(only(CLAIM)) == json.dumps(WHOLE)
    assert averitec.validate([written(CLAIM)]) == []


def test_the_file_is_one_array_whatever_is_in_it():
    bare = replace(CLAIM, questions=())
    assert json.loads(written()) == json.loads(written(bare)) == []
    assert len(json.loads(written(CLAIM, bare, CLAIM))) == 2
    for claims in ((), (bare,), (CLAIM, bare, CLAIM)):
        assert averitec.validate([written(*claims)]) == []


def test_flags_are_flags_of_json_and_letters_of_all_scripts_stay():
    text = written(replace(CLAIM, is_repeated=True, text="Владимир: „Nein“"))
    assert '"required_reannotation": true' in text
    assert "Владимир: „Nein“" in text


# Labels


def test_the_four_labels_are_those_of_the_scale_that_is_shipped():
    named = {label.code: label.name for label in AVERITEC_4.labels}
    assert dict(TO_AVERITEC["averitec-4"]) == named
    assert tuple(named.values()) == AVERITEC


@in_turn("scale", TO_AVERITEC)
def test_a_crosswalk_names_only_answers_that_there_are(scale):
    assert set(TO_AVERITEC[scale]) <= {label.code for label in PRESETS[scale].labels}
    assert set(TO_AVERITEC[scale].values()) <= set(AVERITEC)


@in_turn(
    ("scale", "answer"),
    [
        ("desk-7", "half-true"),
        ("desk-7", "mostly-false"),
        ("desk-7", "not-a-claim"),
        ("quantemp-3", "conflicting"),
        ("cofacts-4", "rumor"),
        ("our-own-1a2b", "true"),
    ],
)
def test_an_answer_without_a_counterpart_leaves_its_claim_out_with_the_reason(scale, answer):
    claim = replace(CLAIM, scale=scale, answer=answer)
    assert averitec_label(scale, answer) is None
    assert json.loads(written(claim)) == []
    assert averitec.left_out(claim).codes == ("averitec.label",)


def test_other_scales_go_over_where_they_say_the_same():
    told = {("desk-7", "true"): "Supported", ("desk-7", "unproven"): "Not Enough Evidence"}
    told |= {("six-point", "pants-on-fire"): "Refuted"}
    for (scale, answer), label in told.items():
        assert only(replace(CLAIM, scale=scale, answer=answer))["label"] == label


# What is left out


PERSON = replace(TABLE, source_id="cccccccccccc", kind=SourceKind.PERSON, url=None)
LEFT_OUT = {
    "averitec.question": {"questions": ()},
    "averitec.label": {"answer": "never"},
    "averitec.date": {"said_on": None, "hops": (CBS, replace(TRUMP, said_on=None))},
    "averitec.kept-back": {"uses": (replace(TABLE, record=SourceRecord.BACKGROUND),)},
    "averitec.address": {
        "questions": (EvidenceQuestionRecord("Who?", (replace(FOUND, source=PERSON),)),)
    },
}


@in_turn("code", LEFT_OUT)
def test_what_has_no_place_is_left_out_and_told(code):
    claim = replace(CLAIM, **LEFT_OUT[code])
    assert json.loads(written(claim)) == []
    assert averitec.left_out(claim).codes == (code,)
    assert averitec.left_out(CLAIM) is None
    assert code in SENTENCES


# Dates, places, people


@in_turn(
    ("values", "day"),
    [
        ({}, "9-10-2020"),
        ({"said_on": "2020-12-31"}, "31-12-2020"),
        ({"said_on": None}, "4-9-2025"),
        ({"said_on": "2020-10"}, "4-9-2025"),
        ({"said_on": None, "hops": ()}, "5-9-2025"),
        ({"said_on": None, "hops": (replace(TRUMP, said_on="2025"),)}, None),
        ({"said_on": None, "hops": (), "article_published": "2025-09"}, None),
    ],
)
def test_a_day_is_told_day_first_and_only_where_it_is_known(values, day):
    found = averitec.made(replace(CLAIM, **values))
    assert (found and found["claim_date"]) == day


@in_turn(
    ("hops", "speaker", "outlet"),
    [
        ((CBS, OFFICIAL, TRUMP), "Donald Trump", "CBS News"),
        ((OFFICIAL, TRUMP), "Donald Trump", "The Example"),
        ((CBS,), "CBS News", "The Example"),
        ((replace(CBS, is_named=False), TRUMP), "Donald Trump", "The Example"),
        ((), None, "The Example"),
    ],
)
def test_the_chain_is_cut_to_the_claimant_and_the_outlet_nearest_to_us(hops, speaker, outlet):
    found = only(replace(CLAIM, hops=hops))
    assert (found["speaker"], found["reporting_source"]) == (speaker, outlet)


@in_turn(
    ("values", "url"),
    [
        ({}, "https://video.example/1"),
        ({"hops": ()}, "https://news.example/leaders"),
        ({"hops": (hop("Ann"),)}, None),
        (
            {"hops": (hop("Ann"),), "seen_at_url": "https://post.example/2"},
            "https://post.example/2",
        ),
    ],
)
def test_where_a_claim_was_made_is_no_article_that_passes_it_on(values, url):
    assert only(replace(CLAIM, **values))["original_claim_url"] == url


def test_what_is_not_known_is_null_and_what_is_not_published_has_a_blank_address():
    found = only(
        replace(CLAIM, hops=(), article_url=None, article_publisher=None, published_url=None)
    )
    names = ("speaker", "original_claim_url", "reporting_source", "location_ISO_code")
    assert [found[name] for name in names] == [None] * 4
    assert found["fact_checking_article"] == ""


def test_every_medium_and_type_has_its_word():
    assert set(averitec.MEDIUMS) == set(SourceMedium)
    assert set(ClaimKind) - set(averitec.TYPES) == {ClaimKind.FORECAST}


def test_a_strategy_is_told_only_where_it_shows():
    picture = replace(FOUND, medium=SourceMedium.IMAGE)
    asked = (EvidenceQuestionRecord("What does it show?", (picture,)),)
    claim = replace(CLAIM, questions=asked, compares_figures=False)
    assert only(claim)["fact_checking_strategies"] == []


# Several checks


def test_a_question_of_several_checks_stands_once_with_every_answer():
    again = EvidenceQuestionRecord("how  much was it?", (FOUND, NO))
    erased = EvidenceQuestionRecord("Who?", (replace(FOUND, text=""),))
    found = merged([CLAIM.questions[0], again, erased])
    assert found == (EvidenceQuestionRecord("How much was it?", (FOUND, NO)),)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)


@given(TEXTS, TEXTS, st.sampled_from(["Yes", "No"]), st.dates(), st.integers(0, 2**32))
def test_whatever_is_written_is_read_as_it_was(text, why, decided, day, seed):
    said = EvidenceAnswerRecord(AnswerType.BOOLEAN, decided, why, SourceMedium.OTHER, TABLE)
    asked = (EvidenceQuestionRecord(text, (said, NONE)),)
    kinds = tuple(random.Random(seed).sample(list(ClaimKind), 3))
    claim = replace(
        CLAIM, text=why, justification=text, questions=asked, said_on=day.isoformat(), kinds=kinds
    )
    file = written(claim, CLAIM)
    assert averitec.validate(list(file)) == []
    first = json.loads(file)[0]
    assert (first["claim"], first["justification"]) == (why, text)
    assert first["questions"][0]["answers"][0]["boolean_explanation"] == why
    found = [int(part) for part in first["claim_date"].split("-")]
    assert found == [day.day, day.month, day.year]


@pytest.mark.field
def test_the_data_set_itself_is_taken_whole(field_data):
    text = (field_data / "data" / "averitec-dev" / "dev.json").read_text(encoding="utf-8")
    assert len(json.loads(text)) == 500
    assert averitec.validate([text]) == []


@pytest.mark.field
def test_what_is_written_has_no_value_that_the_data_set_does_not_know(field_data):
    text = (field_data / "data" / "averitec-dev" / "dev.json").read_text(encoding="utf-8")
    claims = json.loads(text)
    answers = [a for claim in claims for one in claim["questions"] for a in one["answers"]]
    assert {claim["label"] for claim in claims} == set(AVERITEC)
    assert {kind for claim in claims for kind in claim["claim_types"]} == set(
        averitec.TYPES.values()
    )
    assert {answer["source_medium"] for answer in answers} == {*averitec.MEDIUMS.values(), ""}
    assert {answer["answer_type"] for answer in answers} == {
        kind.value.capitalize() for kind in AnswerType
    }
