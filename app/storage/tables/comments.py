"""Talk about claims: comments, questions to named people, and who is mentioned."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from app.storage.columns import NamedRow, Row, reference

IS_OPEN = text("thread_id IS NULL AND resolved_at IS NULL")
IS_CLOSED = text("resolved_at IS NOT NULL")
HAS_THREAD = text("thread_id IS NOT NULL")
IS_ASKED = text("asked_id IS NOT NULL")


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
        # Open threads and closed ones, each as the list of all shows them.
        Index(
            "ix_comment_open",
            "project_id",
            "id",
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index(
            "ix_comment_closed",
            "project_id",
            "id",
            sqlite_where=IS_CLOSED,
            postgresql_where=IS_CLOSED,
        ),
        # Only where there is one: the many rows without would make the index look useless.
        Index(
            "ix_comment_thread",
            "thread_id",
            "id",
            sqlite_where=HAS_THREAD,
            postgresql_where=HAS_THREAD,
        ),
        Index(
            "ix_comment_asked",
            "asked_id",
            "id",
            sqlite_where=IS_ASKED,
            postgresql_where=IS_ASKED,
        ),
    )

    project_id: int = reference("project.id")
    claim_id: int = reference("claim.id")
    thread_id: int | None = reference("comment.id", default=None)
    author_id: int = reference("person.id")
    asked_id: int | None = reference("person.id", default=None)
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
