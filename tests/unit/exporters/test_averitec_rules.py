"""A strict reader of AVeriTeC's shape: each trap of the format is named with its place."""

import json

from app.exporters import averitec
from tests.cases import in_turn
from tests.unit.exporters.test_averitec import WHOLE


def answer(of, **values):
    return {**WHOLE["questions"][of]["answers"][0], **values}


def asking(*answers, question="Who?"):
    return {"questions": [{"question": question, "answers": list(answers)}]}


NO_WHY = {k: v for k, v in answer(1).items() if k != "boolean_explanation"}
UNANSWERED = WHOLE["questions"][1]["answers"][1]
FAULTS = {
    "a flag in quotes": ({"required_reannotation": "True"}, "required_reannotation", "flag.shape"),
    "a label in capitals": ({"label": "REFUTED"}, "label", "label.unknown"),
    "half a label": ({"label": "Conflicting Evidence"}, "label", "label.unknown"),
    "a date by month": ({"claim_date": "10-31-2020"}, "claim_date", "date.shape"),
    "a date by year": ({"claim_date": "2020-10-31"}, "claim_date", "date.shape"),
    "a day that is none": ({"claim_date": "31-2-2020"}, "claim_date", "date.shape"),
    "no date": ({"claim_date": None}, "claim_date", "date.shape"),
    "no claim": ({"claim": " "}, "claim", "text.shape"),
    "a country by name": ({"location_ISO_code": "France"}, "location_ISO_code", "country.shape"),
    "an address": ({"original_claim_url": "example"}, "original_claim_url", "link.shape"),
    "null for an article": ({"fact_checking_article": None}, "fact_checking_article", "link.shape"),
    "another type": ({"claim_types": ["Forecast"]}, "claim_types", "type.unknown"),
    "a type twice": ({"claim_types": ["Causal Claim"] * 2}, "claim_types", "type.unknown"),
    "another strategy": (
        {"fact_checking_strategies": ["Guess"]},
        "fact_checking_strategies",
        "strategy.unknown",
    ),
    "no question": ({"questions": []}, "questions", "questions.none"),
    "no answer": (asking(), "questions.0.answers", "answers.none"),
    "a blank question": (asking(answer(0), question=""), "questions.0.question", "text.shape"),
    "maybe": (asking(answer(1, answer="Maybe")), "questions.0.answers.0.answer", "answer.boolean"),
    "yes in small": (
        asking(answer(1, answer="yes")),
        "questions.0.answers.0.answer",
        "answer.boolean",
    ),
    "no why": (
        asking(NO_WHY),
        "questions.0.answers.0.boolean_explanation",
        "answer.explanation",
    ),
    "a blank why": (
        asking(answer(1, boolean_explanation="")),
        "questions.0.answers.0.boolean_explanation",
        "answer.explanation",
    ),
    "a why for another": (
        asking({**answer(0), "boolean_explanation": "So."}),
        "questions.0.answers.0",
        "answer.keys",
    ),
    "a kind in small": (
        asking(answer(0, answer_type="extractive")),
        "questions.0.answers.0.answer_type",
        "answer.type",
    ),
    "another medium": (
        asking(answer(0, source_medium="web-table")),
        "questions.0.answers.0.source_medium",
        "answer.medium",
    ),
    "no medium": (
        asking(answer(0, source_medium="")),
        "questions.0.answers.0.source_medium",
        "answer.medium",
    ),
    "no source": (
        asking(answer(0, source_url="")),
        "questions.0.answers.0.source_url",
        "link.shape",
    ),
    "metadata of a page": (
        asking(answer(0, source_url="Metadata")),
        "questions.0.answers.0.source_url",
        "link.shape",
    ),
    "null for a saved page": (
        asking(answer(0, cached_source_url=None)),
        "questions.0.answers.0.cached_source_url",
        "link.shape",
    ),
    "an unanswered one with a source": (
        asking({**UNANSWERED, "source_url": "https://a.example/x"}),
        "questions.0.answers.0",
        "answer.unanswerable",
    ),
    "an unanswered one in other words": (
        asking({**UNANSWERED, "answer": "None."}),
        "questions.0.answers.0",
        "answer.unanswerable",
    ),
    "an unanswered one with a saved page": (
        asking({**UNANSWERED, "cached_source_url": "https://a.example/x"}),
        "questions.0.answers.0",
        "answer.unanswerable",
    ),
}


@in_turn("name", FAULTS)
def test_a_strict_reader_names_each_fault(name):
    values, where, code = FAULTS[name]
    spoilt = json.dumps([WHOLE, {**WHOLE, **values}])
    found = averitec.validate([spoilt])
    assert [(one.line, one.column, one.code) for one in found] == [(2, where, code)]


@in_turn(
    ("text", "code"),
    [
        ("[{,}]", "file.json"),
        ("", "file.json"),
        ('{"claim": "A"}', "file.array"),
        ("[17]", "claim.keys"),
        (json.dumps([{"more": 1, **WHOLE}]), "claim.keys"),
        (json.dumps([dict(reversed(WHOLE.items()))]), "claim.keys"),
        (json.dumps([{k: v for k, v in WHOLE.items() if k != "speaker"}]), "claim.keys"),
    ],
)
def test_a_file_of_another_shape_is_told(text, code):
    assert [one.code for one in averitec.validate([text])] == [code]


def test_the_last_key_may_be_missing_as_in_the_data_set():
    short = {name: value for name, value in WHOLE.items() if name != "cached_original_claim_url"}
    assert averitec.validate([json.dumps([short])]) == []
