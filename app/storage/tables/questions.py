"""Questions about a claim and their answers, as another way to record the evidence of a check."""

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from app.domain.evidence_words import AnswerType, SourceMedium
from app.storage.columns import Row, choice, reference


class EvidenceQuestion(Row, table=True):
    """What one version of a review asked about its claim, in AVeriTeC's shape."""

    __tablename__ = "evidence_question"
    __table_args__ = (UniqueConstraint("review_version_id", "position"),)

    review_version_id: int = reference("review_version.id")
    position: int
    text: str = Field(sa_type=Text)


class EvidenceAnswer(Row, table=True):
    """An answer to such a question, and which source of the same version it was read from.

    Only an answer of yes or no has an ``explanation``; one that could not be found has no source.
    """

    __tablename__ = "evidence_answer"
    __table_args__ = (
        UniqueConstraint("question_id", "position"),
        CheckConstraint("answer_type = 'boolean' OR explanation = ''", name="explanation"),
        CheckConstraint(
            "answer_type <> 'unanswerable' OR evidence_id IS NULL", name="unanswerable"
        ),
    )

    question_id: int = reference("evidence_question.id")
    position: int
    answer_type: AnswerType = Field(sa_type=choice(AnswerType))
    text: str = Field(default="", sa_type=Text)
    explanation: str = Field(default="", sa_type=Text)
    medium: SourceMedium | None = Field(default=None, sa_type=choice(SourceMedium))
    evidence_id: int | None = reference("evidence.id", default=None)
