"""Questions and answers as evidence: what can be, what is stored, who may read them."""

from dataclasses import replace

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid
from app.domain.evidence_words import AnswerType, SourceMedium
from app.domain.words import Role, SourceKind
from app.storage.reviews import review as review_of
from app.storage.reviews import versions_of
from app.storage.rounds import recorded_evidence
from app.storage.tables import Erasure, EvidenceAnswer, EvidenceQuestion, ReviewVersion, Source
from app.workflow.erasures import Erasable, erase
from app.workflow.questions import (
    MAX_ANSWER,
    MAX_ANSWERS,
    MAX_QUESTION,
    MAX_QUESTIONS,
    AnswerValues,
    checked_questions,
)
from app.workflow.sources import SourceValues
from tests.asking import FOUND, NONE, YES, question
from tests.cases import in_turn
from tests.rounds import CONTROL, Desk
from tests.scenes import SOURCE, Scene, answer

TWO = question("Did they fall?", YES, NONE)


@pytest.fixture
def desk(database):
    return Desk(database, asks_questions=True)


def told(record):
    return [
        (one.text, [(a.type, a.text, a.source and a.source.url) for a in one.answers])
        for one in record.questions
    ]


def test_questions_are_kept_in_order_with_their_answers_and_sources(desk):
    desk.scene.claim()
    mine = desk.scene.check(desk.ann, sources=(SOURCE,), questions=(question(), TWO))
    found = desk.scene.ask(review_of, desk.ann, mine).latest
    assert told(found) == [
        (question().text, [("extractive", FOUND.text, SOURCE.url)]),
        ("Did they fall?", [("boolean", "Yes", SOURCE.url), ("unanswerable", "", None)]),
    ]
    assert found.questions[1].answers[0].explanation == "Table 4 has it."
    assert found.questions[0].answers[0].medium is SourceMedium.WEB_TEXT


def test_an_answer_keeps_its_source_though_blank_rows_stand_before_it(desk):
    desk.scene.claim()
    rows = (SourceValues(), replace(SOURCE, url="https://example.org/b", title="B"), SourceValues())
    asked = question("Where?", replace(FOUND, source=1))
    mine = desk.scene.check(desk.ann, sources=rows, questions=(asked,))
    [one] = desk.scene.ask(review_of, desk.ann, mine).latest.questions
    assert one.answers[0].source.title == "B"


def test_every_version_keeps_its_own_questions(desk):
    desk.scene.claim()
    mine = desk.scene.check(desk.ann, sources=(SOURCE,), questions=(question(),))
    desk.scene.submit(desk.ann, mine, base_version=1, sources=(SOURCE,), questions=(TWO,))
    key = desk.scene.review_row(mine).key
    assert [told(one)[0][0] for one in desk.scene.ask(versions_of, key)] == [
        question().text,
        "Did they fall?",
    ]


def test_where_the_project_does_not_ask_nothing_is_heard_or_looked_for(database, queries):
    scene = Scene(database)
    [ann] = scene.reviewers("Ann")
    scene.claim()
    mine = scene.check(ann, sources=(SOURCE,), questions=(question("  "),))
    assert scene.rows(EvidenceQuestion) == []
    with queries() as sent:
        assert scene.ask(review_of, ann, mine).latest.questions == ()
    assert not [one for one in sent if "evidence_answer" in one]


REFUSED = {
    "question.text": (question(" "), "text"),
    "question.long": (question("x" * (MAX_QUESTION + 1)), "text"),
    "question.many-answers": (question("Who?", *[FOUND] * (MAX_ANSWERS + 1)), "text"),
    "question.answer": (question("Who?", replace(FOUND, text=" ")), "answer"),
    "question.boolean": (question("Who?", replace(YES, text="Maybe")), "answer"),
    "question.explanation": (question("Who?", replace(YES, explanation="")), "explanation"),
    "question.explained": (question("Who?", replace(FOUND, explanation="So.")), "explanation"),
    "question.source": (question("Who?", replace(FOUND, source=None)), "source"),
    "question.medium": (question("Who?", replace(YES, medium=None)), "medium"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_each_refusal_names_its_field_and_leaves_nothing_behind(desk, code):
    asked, field = REFUSED[code]
    desk.scene.claim()
    mine = desk.scene.take(desk.ann)
    before = desk.scene.state()
    with pytest.raises(Invalid) as refused:
        desk.scene.submit(desk.ann, mine, sources=(SOURCE,), questions=(question(), asked))
    assert (refused.value.code, refused.value.values["field"]) == (code, field)
    assert refused.value.values["row"] == 1
    assert desk.scene.state() == before


@in_turn(
    ("field", "value"),
    [
        ("text", "No answer could be found."),
        ("explanation", "Nothing there."),
        ("medium", SourceMedium.PDF),
        ("source", 0),
    ],
)
def test_where_no_answer_could_be_found_there_is_nothing_to_tell(field, value):
    asked = question("Who?", replace(NONE, **{field: value}))
    with pytest.raises(Invalid) as refused:
        checked_questions([asked], [SOURCE])
    assert refused.value.code == "question.unanswerable"
    assert refused.value.values["field"] == {"text": "answer"}.get(field, field)


@in_turn("place", [1, 2, -1])
def test_a_source_that_is_not_filled_in_is_none(place):
    with pytest.raises(Invalid, match=r"question\.source-blank"):
        checked_questions(
            [question("Who?", replace(FOUND, source=place))], [SOURCE, SourceValues()]
        )


def test_lengths_and_numbers_have_an_end():
    longest = replace(YES, explanation="x" * MAX_ANSWER)
    most = [question("x" * MAX_QUESTION, *[longest] * MAX_ANSWERS)] * MAX_QUESTIONS
    assert len(checked_questions(most, [SOURCE])) == MAX_QUESTIONS
    with pytest.raises(Invalid, match=r"question\.many"):
        checked_questions([*most, question()], [SOURCE])
    for field in ("text", "explanation"):
        over = replace(YES, **{field: "x" * (MAX_ANSWER + 1)})
        with pytest.raises(Invalid, match=r"question\.long"):
            checked_questions([question("Who?", over)], [SOURCE])


def test_a_question_needs_an_answer():
    asked = replace(question(), answers=())
    with pytest.raises(Invalid, match=r"question\.answer"):
        checked_questions([asked], [SOURCE])


def test_the_content_of_a_check_is_its_questions_too():
    plain, asked = answer("false"), answer("false", questions=(question(),))
    other = replace(asked, questions=(question("Another?"),))
    assert len({plain.sha256(), asked.sha256(), other.sha256()}) == 3


# A control


def test_a_control_reads_questions_and_answers_without_who_asked_or_what_it_showed(desk):
    claim_id = desk.scene.claim()
    again = question("by how  much did they fall?", replace(FOUND, text="By 3."), FOUND)
    desk.scene.check(desk.ann, sources=(SOURCE,), questions=(question(), TWO))
    desk.scene.check(desk.ben, sources=(SOURCE,), questions=(again,))
    desk.open(CONTROL, claim=claim_id)
    mine = desk.scene.take(desk.scene.person("Cy", Role.REVIEWER))
    _sources, found = desk.scene.ask(recorded_evidence, desk.scene.review_row(mine).key)
    assert [(one.text, [a.text for a in one.answers]) for one in found] == [
        (question().text, [FOUND.text, "By 3."]),
        ("Did they fall?", ["Yes", ""]),
    ]
    source = found[0].answers[0].source
    assert (source.title, source.url) == (SOURCE.title, SOURCE.url)
    assert set(type(source).__dataclass_fields__) == {"title", "url"}


def test_a_control_asks_nothing_itself(desk):
    claim_id = desk.checked()
    desk.open(CONTROL, claim=claim_id)
    cy = desk.scene.person("Cy", Role.REVIEWER)
    mine = desk.scene.take(cy)
    with pytest.raises(Invalid, match=r"review\.no-sources"):
        desk.scene.submit(cy, mine, questions=(question("Who?", NONE),))


def test_a_claim_of_which_nothing_could_be_found_can_go_into_a_control(desk):
    asked = {"questions": (question("Who?", NONE),)}
    claim_id = desk.scene.claim()
    for who in (desk.ann, desk.ben):
        desk.scene.check(who, "unproven", **asked)
    bare = desk.scene.claim()
    for who in (desk.ann, desk.ben):
        desk.scene.check(who, "unproven")
    desk.scene.reviewers("Cy")
    found = desk.found(CONTROL).found
    assert (found.claims, found.bare) == ((claim_id,), 1), bare


# Erasing


def test_a_check_that_is_erased_has_blank_questions_and_answers(desk):
    desk.scene.claim()
    mine = desk.scene.check(desk.ann, sources=(SOURCE,), questions=(TWO,))
    desk.scene.do(erase, CONSOLE, Erasable.REVIEW, mine, reason="Court order")
    assert [row.text for row in desk.scene.rows(EvidenceQuestion)] == [""]
    rows = desk.scene.rows(EvidenceAnswer)
    assert {(row.text, row.explanation) for row in rows} == {("", "")}
    assert [row.answer_type for row in rows] == [AnswerType.BOOLEAN, AnswerType.UNANSWERABLE]
    assert desk.scene.ask(review_of, desk.ann, mine).latest.questions == ()


def test_other_words_of_questions_leave_another_hash_behind(desk):
    hashes = set()
    for asked in ("Who?", "What?"):
        desk.scene.claim()
        mine = desk.scene.check(desk.ann, questions=(question(asked, NONE),))
        desk.scene.do(erase, CONSOLE, Erasable.REVIEW, mine, reason="Court order")
    hashes |= {row.sha256 for row in desk.scene.rows(Erasure)}
    assert len(hashes) == 2


def test_what_was_read_from_a_source_that_is_erased_goes_with_it(desk):
    desk.scene.claim()
    other = replace(SOURCE, url="https://example.org/b")
    rows = (question("Who?", FOUND, replace(FOUND, text="Kept.", source=1)),)
    mine = desk.scene.check(desk.ann, sources=(SOURCE, other), questions=rows)
    [first] = desk.scene.rows(Source, Source.url == SOURCE.url)
    desk.scene.do(erase, CONSOLE, Erasable.SOURCE, first.public_id, reason="Court order")
    [asked] = desk.scene.ask(review_of, desk.ann, mine).latest.questions
    assert [one.text for one in asked.answers] == ["", "Kept."]


def test_a_source_without_an_address_can_be_read_from(desk):
    desk.scene.claim()
    paper = SourceValues(title="The minutes", kind=SourceKind.DOCUMENT)
    pdf = AnswerValues(text="Page 3.", medium=SourceMedium.PDF, source=0)
    mine = desk.scene.check(desk.ann, sources=(paper,), questions=(question("Where?", pdf),))
    [asked] = desk.scene.ask(review_of, desk.ann, mine).latest.questions
    assert (asked.answers[0].source.title, asked.answers[0].source.url) == ("The minutes", None)
    assert len(desk.scene.rows(ReviewVersion)) == 1
