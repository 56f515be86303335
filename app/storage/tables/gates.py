"""What a project asks of a verdict before it is given, and where a person gave one all the same."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from app.domain.evidence_words import GateLevel, GateRule
from app.domain.ids import now
from app.domain.words import Answers
from app.storage.columns import Row, choice, reference


class GateSetting(Row, table=True):
    """A rule that a project holds otherwise than its profile does; ``both``: of the whole claim."""

    __tablename__ = "gate_setting"
    __table_args__ = (
        UniqueConstraint("project_id", "rule", "question"),
        CheckConstraint("wanted IS NULL OR wanted BETWEEN 1 AND 20", name="wanted"),
    )

    project_id: int = reference("project.id")
    rule: GateRule = Field(sa_type=choice(GateRule))
    question: Answers = Field(sa_type=choice(Answers))
    level: GateLevel = Field(sa_type=choice(GateLevel))
    wanted: int | None = None


class GateOverride(Row, table=True):
    """A verdict that was given though a rule was not met, and why; ``found`` of ``wanted``."""

    __tablename__ = "gate_override"
    __table_args__ = (UniqueConstraint("claim_id", "ruling_version", "rule", "question"),)

    claim_id: int = reference("claim.id")
    ruling_version: int
    rule: GateRule = Field(sa_type=choice(GateRule))
    question: Answers = Field(sa_type=choice(Answers))
    found: int
    wanted: int
    reason: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)
    by_id: int | None = reference("person.id", default=None)
