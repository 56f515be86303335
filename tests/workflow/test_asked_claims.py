"""What leaves of questions and answers: each by itself, and settled claims whole."""

import json
from dataclasses import replace

import pytest

from app.domain.actors import CONSOLE
from app.domain.blindness import SeenState
from app.domain.errors import Missing
from app.domain.words import ClaimKind, Role, SourceRecord
from app.exporters import averitec, questions_csv
from app.storage.asked_claims import asked_claims, question_rows
from app.storage.claim_filters import ClaimFilter
from tests.asking import FOUND, NONE, YES, question
from tests.rounds import CONTROL, REOPENED, Desk
from tests.scenes import SOURCE

ASKED = (question(), question("Did they fall?", YES, NONE))
BACKGROUND = replace(SOURCE, record=SourceRecord.BACKGROUND)


@pytest.fixture
def desk(database):
    return Desk(database, asks_questions=True, scheme="averitec-4")


def checked(desk, *verdicts, questions=(ASKED, ()), sources=(SOURCE,), **values):
    """A claim that Ann and Ben checked; the first of them asked."""
    usual = {"said_on": "2020-10-09", "kinds": [ClaimKind.QUANTITY.value, ClaimKind.FORECAST.value]}
    claim_id = desk.scene.claim(**{**usual, **values})
    answers = verdicts or ("refuted", "refuted")
    for who, verdict, asked in zip((desk.ann, desk.ben), answers, questions, strict=True):
        why = f"{who.name} says so."
        desk.scene.check(who, verdict, sources=sources, questions=asked, rationale=why)
    return claim_id


def claims(desk, actor=CONSOLE, **values):
    return desk.scene.ask(lambda s: list(asked_claims(s, actor, desk.scene.id, **values)))


def rows(desk, actor=CONSOLE, **values):
    return desk.scene.ask(lambda s: list(question_rows(s, actor, desk.scene.id, **values)))


def test_a_settled_claim_leaves_with_what_its_checks_asked(desk):
    claim_id = checked(desk)
    [found] = claims(desk)
    assert found.claim_id == claim_id
    assert (found.scale, found.answer) == ("averitec-4", "refuted")
    assert found.justification == "Ann says so.; Ben says so."
    assert [one.text for one in found.questions] == [one.text for one in ASKED]
    assert (found.is_repeated, found.compares_figures) == (False, False)
    text = "".join(averitec.write([found]))
    assert averitec.validate([text]) == []
    [thing] = json.loads(text)
    assert (thing["label"], thing["claim_date"]) == ("Refuted", "9-10-2020")
    assert thing["claim_types"] == ["Numerical Claim"]


def test_what_waits_is_not_in_it_and_what_has_no_question_is_left_out(desk):
    settled = checked(desk, questions=((), ()))
    checked(desk, "refuted", "supported")
    [found] = claims(desk)
    assert found.claim_id == settled
    assert averitec.left_out(found).codes == ("averitec.question",)


def test_the_questions_of_checks_that_agree_with_the_verdict_come_first(desk):
    other = question("Who says so?")
    claim_id = checked(desk, "supported", "refuted", questions=((other,), ASKED))
    desk.scene.settle(desk.lead, claim_id, "refuted", reason="The table.", conclusion="It rose.")
    [found] = claims(desk)
    assert [one.text for one in found.questions] == [*(one.text for one in ASKED), other.text]
    assert found.justification == "It rose."
    assert found.is_repeated, "they differed"


def test_a_control_that_agrees_repeats_nothing_and_one_that_does_not_does(desk):
    for verdict, is_repeated in (("refuted", False), ("supported", True)):
        claim_id = checked(desk)
        desk.open(CONTROL, claim=claim_id)
        cy = desk.scene.person(f"Cy {verdict}", Role.REVIEWER)
        desk.scene.check(cy, verdict)
        if is_repeated:
            desk.scene.settle(desk.lead, claim_id, "refuted")
        [found] = [one for one in claims(desk) if one.claim_id == claim_id]
        assert found.is_repeated is is_repeated


def test_what_was_checked_anew_is_repeated(desk):
    claim_id = checked(desk)
    desk.open(REOPENED, claim=claim_id)
    for name in ("Cy", "Dee"):
        who = desk.scene.person(name, Role.REVIEWER)
        desk.scene.check(who, "refuted", sources=(SOURCE,))
        if claims(desk):
            break
    assert [one.is_repeated for one in claims(desk)] == [True]


def test_a_source_that_is_not_on_record_keeps_its_claim_back_and_its_address(desk):
    checked(desk, sources=(BACKGROUND,))
    [found] = claims(desk)
    assert averitec.left_out(found).codes == ("averitec.kept-back",)
    assert {row.source_url for row in rows(desk)} == {None}


def test_each_answer_is_a_row(desk):
    claim_id = checked(desk)
    found = rows(desk)
    told = [(r.question_number, r.answer_number, r.answer_type, r.answer) for r in found]
    assert told == [
        (1, 1, "extractive", FOUND.text),
        (2, 1, "boolean", "Yes"),
        (2, 2, "unanswerable", ""),
    ]
    assert {(row.claim_id, row.review_id) for row in found} == {
        (claim_id, desk.review_of(desk.ann, claim_id))
    }
    assert (found[1].explanation, found[1].medium, found[1].source_url) == (
        "Table 4 has it.",
        "web-text",
        SOURCE.url,
    )
    assert questions_csv.validate(["".join(questions_csv.write(found))]) == []


def test_only_claims_that_a_list_finds(desk):
    checked(desk, questions=(ASKED, ()))
    waits = checked(desk, "refuted", "supported")
    settled = ClaimFilter(state=SeenState.SETTLED)
    assert waits not in {row.claim_id for row in rows(desk, wanted=settled)}
    assert len(rows(desk)) == 2 * len(rows(desk, wanted=settled))


def test_who_could_still_check_finds_only_their_own_questions(desk):
    desk.scene.claim()
    desk.scene.check(desk.ann, "refuted", sources=(SOURCE,), questions=ASKED)
    assert rows(desk, desk.ben) == []
    assert len(rows(desk, desk.ann)) == 3


def test_nobody_else_takes_them_out(desk):
    stranger = desk.scene.person("Eve")
    stranger = replace(stranger, roles={})
    for question_of in (claims, rows):
        with pytest.raises(Missing):
            question_of(desk, stranger)


@pytest.mark.parametrize("number", [1, 8])
def test_the_number_of_questions_to_the_database_does_not_grow(desk, queries, number):
    for _ in range(number):
        checked(desk)
    with queries() as sent:
        assert len(claims(desk)) == number
    assert len(sent) <= 16
