"""Questions and answers of a check, as another way to record its evidence, in AVeriTeC's shape."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from app.domain.errors import Invalid
from app.domain.evidence_questions import NO, YES
from app.domain.evidence_words import AnswerType, SourceMedium
from app.storage.tables import Evidence, EvidenceAnswer, EvidenceQuestion
from app.workflow.sources import SourceValues

MAX_QUESTIONS = 30
MAX_ANSWERS = 20
MAX_QUESTION = 1_000
MAX_ANSWER = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerValues:
    """An answer as it was filled in; ``source`` is its place among the sources of the check, from 0."""

    type: AnswerType = AnswerType.EXTRACTIVE
    text: str = ""
    explanation: str = ""
    medium: SourceMedium | None = None
    source: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionValues:
    """A question as it was filled in, with its answers."""

    text: str
    answers: tuple[AnswerValues, ...]


def checked_questions(
    rows: Sequence[QuestionValues], sources: Sequence[SourceValues]
) -> list[QuestionValues]:
    """The questions without blanks around them, held against what can be.

    Raises:
        Invalid: one that cannot be; ``row`` counts all answers from 0.
    """
    if len(rows) > MAX_QUESTIONS:
        raise Invalid("question.many", field="questions", limit=MAX_QUESTIONS)
    kept, number = [], 0
    for row in rows:
        answers = row.answers or (AnswerValues(),)
        text = _at(number, partial(checked_question, row.text, answers=len(answers)))
        found = [
            _at(place, partial(checked_answer, answer, sources))
            for place, answer in enumerate(answers, number)
        ]
        kept.append(QuestionValues(text=text, answers=tuple(found)))
        number += len(found)
    return kept


Kept = TypeVar("Kept")


def _at(row: int, rule: Callable[[], Kept]) -> Kept:
    """What a rule makes of a row; its refusal tells which row it is about."""
    try:
        return rule()
    except Invalid as error:
        raise Invalid(error.code, **{**error.values, "row": row}) from None


def checked_question(text: str, *, answers: int) -> str:
    """What is asked, without blanks around it.

    Raises:
        Invalid: nothing, too long, or with too many answers.
    """
    text = text.strip()
    if not text:
        raise Invalid("question.text", field="text")
    _check_length("text", text, MAX_QUESTION)
    if answers > MAX_ANSWERS:
        raise Invalid("question.many-answers", field="text", limit=MAX_ANSWERS)
    return text


def checked_answer(answer: AnswerValues, sources: Sequence[SourceValues]) -> AnswerValues:
    """An answer without blanks around its texts.

    Raises:
        Invalid: its parts do not go together, or one is too long; ``field`` names which.
    """
    kept = replace(answer, text=answer.text.strip(), explanation=answer.explanation.strip())
    for field, text in (("answer", kept.text), ("explanation", kept.explanation)):
        _check_length(field, text, MAX_ANSWER)
    if kept.type is AnswerType.UNANSWERABLE:
        _check_unanswerable(kept)
        return kept
    _check_text(kept)
    if kept.source is None:
        raise Invalid("question.source", field="source")
    if not 0 <= kept.source < len(sources) or sources[kept.source].is_blank:
        raise Invalid("question.source-blank", field="source")
    if kept.medium is None:
        raise Invalid("question.medium", field="medium")
    return kept


def _check_length(field: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise Invalid("question.long", field=field, limit=limit)


def _check_unanswerable(answer: AnswerValues) -> None:
    """Nothing was found, so there is nothing to tell of it."""
    filled = {
        "answer": bool(answer.text),
        "explanation": bool(answer.explanation),
        "source": answer.source is not None,
        "medium": answer.medium is not None,
    }
    for field, is_filled in filled.items():
        if is_filled:
            raise Invalid("question.unanswerable", field=field)


def _check_text(answer: AnswerValues) -> None:
    if answer.type is not AnswerType.BOOLEAN:
        if not answer.text:
            raise Invalid("question.answer", field="answer")
        if answer.explanation:
            raise Invalid("question.explained", field="explanation")
        return
    if answer.text not in {YES, NO}:
        raise Invalid("question.boolean", field="answer")
    if not answer.explanation:
        raise Invalid("question.explanation", field="explanation")


def write_questions(
    session: Session,
    version_id: int,
    rows: Sequence[QuestionValues],
    *,
    sources: Sequence[SourceValues],
) -> None:
    """Write down the questions of one version of a check, whose sources are linked already.

    ``sources`` are those of the form, rows that tell none among them.
    """
    if not rows:
        return
    uses = _uses(session, version_id, sources)
    for position, row in enumerate(rows):
        question = EvidenceQuestion(review_version_id=version_id, position=position, text=row.text)
        session.add(question)
        session.flush()
        for place, answer in enumerate(row.answers):
            session.add(
                EvidenceAnswer(
                    question_id=question.key,
                    position=place,
                    answer_type=answer.type,
                    text=answer.text,
                    explanation=answer.explanation,
                    medium=answer.medium,
                    evidence_id=None if answer.source is None else uses[answer.source],
                )
            )
    session.flush()


def _uses(session: Session, version_id: int, sources: Sequence[SourceValues]) -> dict[int, int]:
    """The key of each use of a source, by its place in the form."""
    query = (
        select(Evidence.id)
        .where(Evidence.review_version_id == version_id)
        .order_by(col(Evidence.position))
    )
    told = [place for place, source in enumerate(sources) if not source.is_blank]
    keys = [key for key in session.exec(query) if key is not None]
    return dict(zip(told, keys, strict=True))


def blanked_questions(session: Session, version_ids: Collection[int]) -> list[str]:
    """Blank all that some versions asked and answered, and answer what it was; that they did stays."""
    questions = session.exec(
        select(EvidenceQuestion).where(col(EvidenceQuestion.review_version_id).in_(version_ids))
    ).all()
    asked = [question.text for question in questions]
    for question in questions:
        question.text = ""
    keys = [question.key for question in questions]
    return asked + blanked_answers(session, col(EvidenceAnswer.question_id).in_(keys))


def blanked_answers(session: Session, which: ColumnElement[bool]) -> list[str]:
    """Blank some answers, and answer what they were."""
    answers = session.exec(select(EvidenceAnswer).where(which)).all()
    said = [text for answer in answers for text in (answer.text, answer.explanation)]
    for answer in answers:
        answer.text = answer.explanation = ""
    return said
