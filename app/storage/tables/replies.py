"""The right of reply: whom the desk asked about a claim, and what came back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.domain.ids import now
from app.domain.words import Channel
from app.storage.columns import NamedRow, Row, choice, reference

IS_AWAITED = text(
    "sent_at IS NOT NULL AND answered_at IS NULL AND not_applicable_because IS NULL"
    " AND erased_at IS NULL"
)


class ReplyWords(SQLModel):
    """What is known of one request; ``is_quotable`` is null where nobody has said."""

    whom: str = Field(max_length=300)
    channel: Channel | None = Field(default=None, sa_type=choice(Channel))
    asked: str = Field(default="", sa_type=Text)
    sent_at: datetime | None = None
    deadline_at: datetime | None = None
    answered_at: datetime | None = None
    answer: str = Field(default="", sa_type=Text)
    is_quotable: bool | None = None
    not_applicable_because: str | None = Field(default=None, sa_type=Text)


class Reply(ReplyWords, NamedRow, table=True):
    """A request for a reply as it stands now; shared by all who check the claim."""

    __tablename__ = "reply"
    __table_args__ = (
        CheckConstraint("answered_at IS NULL OR not_applicable_because IS NULL", name="answer"),
        Index(
            "ix_reply_awaited",
            "project_id",
            "deadline_at",
            sqlite_where=IS_AWAITED,
            postgresql_where=IS_AWAITED,
        ),
    )

    project_id: int = reference("project.id")
    claim_id: int = reference("claim.id", index=True)
    version: int = 1
    created_by_id: int | None = reference("person.id", default=None)
    erased_at: datetime | None = None


class ReplyVersion(ReplyWords, Row, table=True):
    """What a request said before somebody wrote down more."""

    __tablename__ = "reply_version"
    __table_args__ = (UniqueConstraint("reply_id", "version"),)

    reply_id: int = reference("reply.id")
    version: int
    replaced_at: datetime = Field(default_factory=now)
    replaced_by_id: int | None = reference("person.id", default=None)
