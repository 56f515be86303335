"""Talk about claims: comments, questions to named people, and who is mentioned."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field

from app.storage.columns import NamedRow, Row, reference


class Comment(NamedRow, table=True):
    """A comment on a claim; the first of a thread has no ``thread_id`` and can be resolved.

    ``asked_id`` is the person whom it asks, and who is thereby consulted.
    """

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("(resolved_at IS NULL) = (resolved_by_id IS NULL)", name="resolved"),
        CheckConstraint("thread_id IS NULL OR resolved_at IS NULL", name="thread_resolved"),
        CheckConstraint("thread_id IS NULL OR asked_id IS NULL", name="thread_asked"),
        Index("ix_comment_claim", "claim_id", "id"),
        Index("ix_comment_project", "project_id", "id"),
    )

    project_id: int = reference("project.id")
    claim_id: int = reference("claim.id")
    thread_id: int | None = reference("comment.id", default=None, index=True)
    author_id: int = reference("person.id")
    asked_id: int | None = reference("person.id", default=None, index=True)
    text: str = Field(sa_type=Text)
    resolved_at: datetime | None = None
    resolved_by_id: int | None = reference("person.id", default=None)
    erased_at: datetime | None = None


class Mention(Row, table=True):
    """A person named in a comment."""

    __tablename__ = "mention"
    __table_args__ = (UniqueConstraint("comment_id", "person_id"),)

    comment_id: int = reference("comment.id")
    person_id: int = reference("person.id", index=True)
