"""Articles that come in by their addresses: what was asked for, and what came of each."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from app.domain.evidence_words import LineState
from app.storage.columns import NamedRow, choice, reference


class Intake(NamedRow, table=True):
    """Addresses of articles that one person asked for at once."""

    __tablename__ = "intake"

    project_id: int = reference("project.id", index=True)
    created_by_id: int | None = reference("person.id", default=None)


class IntakeLine(NamedRow, table=True):
    """One address, and what came of it; that of a feed adds the addresses of its articles.

    ``error`` is a code.
    """

    __tablename__ = "intake_line"
    __table_args__ = (
        UniqueConstraint("intake_id", "position"),
        CheckConstraint("(state = 'failed') = (error IS NOT NULL)", name="error"),
        CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name="ended"),
    )

    intake_id: int = reference("intake.id")
    position: int
    url: str = Field(sa_type=Text)
    is_feed: bool = False
    state: LineState = Field(default=LineState.ASKED, sa_type=choice(LineState))
    error: str | None = Field(default=None, max_length=60)
    ended_at: datetime | None = None
    article_id: int | None = reference("article.id", default=None, index=True)
