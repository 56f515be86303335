"""What keeps checks honest: declared interests, claims with known answers, second picks."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from app.domain.ids import now
from app.domain.words import GoldUse, TriageDecision
from app.storage.columns import NamedRow, Row, choice, reference


class Interest(NamedRow, table=True):
    """A conflict of interest that a person declared: an agent, or a tag, that they do not check."""

    __tablename__ = "interest"
    __table_args__ = (
        CheckConstraint("(agent_id IS NULL) <> (tag IS NULL)", name="of_what"),
        Index(
            "ix_interest_person",
            "person_id",
            "project_id",
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    project_id: int = reference("project.id")
    person_id: int = reference("person.id")
    agent_id: int | None = reference("agent.id", default=None)
    tag: str | None = Field(default=None, max_length=200)
    note: str = Field(default="", max_length=500)
    declared_by_id: int | None = reference("person.id", default=None)
    retired_at: datetime | None = None


class GoldAnswer(Row, table=True):
    """The known answer of a claim that is there to teach, or to see how well people check."""

    __tablename__ = "gold_answer"
    __table_args__ = (Index("ix_gold_answer_project", "project_id", "use", "claim_id"),)

    project_id: int = reference("project.id")
    claim_id: int = reference("claim.id", unique=True)
    use: GoldUse = Field(sa_type=choice(GoldUse))
    content_label_id: int = reference("label.id")
    attribution_label_id: int | None = reference("label.id", default=None)
    explanation: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(default_factory=now)
    created_by_id: int | None = reference("person.id", default=None)
    retired_at: datetime | None = None


class Triage(Row, table=True):
    """What one person decided about a suggestion first, before they knew what another did."""

    __tablename__ = "triage"
    __table_args__ = (
        UniqueConstraint("claim_id", "person_id"),
        Index("ix_triage_project", "project_id", "is_second", "claim_id"),
    )

    project_id: int = reference("project.id")
    claim_id: int = reference("claim.id")
    person_id: int = reference("person.id")
    decision: TriageDecision = Field(sa_type=choice(TriageDecision))
    is_second: bool = False
    decided_at: datetime = Field(default_factory=now)
