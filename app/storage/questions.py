"""Questions that checks recorded about their claims, with their answers.

They are as secret as the checks that they belong to: who may see those is asked before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, col, select

from app.domain.evidence_questions import EvidenceAnswerRecord, EvidenceQuestionRecord
from app.domain.evidence_words import AnswerType, SourceMedium
from app.domain.records import EvidenceRecord
from app.storage.tables import EvidenceAnswer, EvidenceQuestion, ReviewVersion

Evidence = Mapping[int, Sequence[EvidenceRecord]]


def has_questions() -> ColumnElement[bool]:
    """Whether a version of a check recorded any: told with it, so that others cost no question."""
    return (
        exists()
        .where(col(EvidenceQuestion.review_version_id) == col(ReviewVersion.id))
        .correlate(ReviewVersion)
    )


def questions_of(
    session: Session, version_ids: Sequence[int], evidence: Evidence
) -> dict[int, list[EvidenceQuestionRecord]]:
    """The questions of some versions, in their order; ``evidence`` holds the sources of these.

    Those that were erased are left out.
    """
    if not version_ids:
        return {}
    query = (
        select(EvidenceQuestion, EvidenceAnswer)
        .join(EvidenceAnswer, col(EvidenceAnswer.question_id) == col(EvidenceQuestion.id))
        .where(
            col(EvidenceQuestion.review_version_id).in_(version_ids),
            col(EvidenceQuestion.text) != "",
        )
        .order_by(
            col(EvidenceQuestion.review_version_id),
            col(EvidenceQuestion.position),
            col(EvidenceAnswer.position),
        )
    )
    uses = {use.id: use for key in version_ids for use in evidence.get(key, ())}
    asked: dict[int, tuple[EvidenceQuestion, list[EvidenceAnswerRecord]]] = {}
    for question, answer in session.exec(query):
        answers = asked.setdefault(question.key, (question, []))[1]
        answers.append(_answer(answer, uses.get(answer.evidence_id)))
    found: dict[int, list[EvidenceQuestionRecord]] = {}
    for question, answers in asked.values():
        record = EvidenceQuestionRecord(question.text, tuple(answers))
        found.setdefault(question.review_version_id, []).append(record)
    return found


def _answer(row: EvidenceAnswer, source: EvidenceRecord | None) -> EvidenceAnswerRecord:
    return EvidenceAnswerRecord(
        type=row.answer_type,
        text=row.text,
        explanation=row.explanation,
        medium=row.medium,
        source=source,
    )


@dataclass(frozen=True, slots=True)
class RecordedSource:
    """Where a recorded answer was read: the page, and nothing of what it was taken to show."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """An answer as it is shown to somebody who is to judge by it alone."""

    type: AnswerType
    text: str
    explanation: str
    medium: SourceMedium | None
    source: RecordedSource | None


@dataclass(frozen=True, slots=True)
class RecordedQuestion:
    """A question with all that was answered to it, whoever asked."""

    text: str
    answers: tuple[RecordedAnswer, ...]


def recorded_questions(
    session: Session, version_ids: Sequence[int], evidence: Evidence
) -> list[RecordedQuestion]:
    """The questions of some versions for somebody who answers from them alone.

    Each once, in the order in which they were asked, those of several checks mixed by what they
    say: nothing tells who asked which.
    """
    asked = questions_of(session, version_ids, evidence).values()
    placed = [(place, one) for questions in asked for place, one in enumerate(questions)]
    placed.sort(key=lambda pair: (pair[0], pair[1].text, [a.text for a in pair[1].answers]))
    texts: dict[str, str] = {}
    answers: dict[str, dict[RecordedAnswer, None]] = {}
    for _place, question in placed:
        same = " ".join(question.text.casefold().split())
        texts.setdefault(same, question.text)
        answers.setdefault(same, {}).update(dict.fromkeys(map(_recorded, question.answers)))
    return [RecordedQuestion(text, tuple(answers[same])) for same, text in texts.items()]


def _recorded(answer: EvidenceAnswerRecord) -> RecordedAnswer:
    use = answer.source
    return RecordedAnswer(
        type=answer.type,
        text=answer.text,
        explanation=answer.explanation,
        medium=answer.medium,
        source=None if use is None else RecordedSource(use.title, use.url or ""),
    )
