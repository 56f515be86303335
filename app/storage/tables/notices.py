"""What people are told of, on their notices page and by e-mail."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from app.domain.words import NoticeKind
from app.storage.columns import NamedRow, choice, reference

IS_UNREAD = text("read_at IS NULL")


class Notice(NamedRow, table=True):
    """One thing that one person is told of, by whom it came about, and whether it was read.

    It holds no words: what it is about is shown as far as the reader may see it when it is read.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_person", "person_id", "id"),
        Index(
            "ix_notice_unread",
            "person_id",
            sqlite_where=IS_UNREAD,
            postgresql_where=IS_UNREAD,
        ),
    )

    project_id: int = reference("project.id")
    person_id: int = reference("person.id")
    kind: NoticeKind = Field(sa_type=choice(NoticeKind))
    by_id: int | None = reference("person.id", default=None)
    claim_id: int = reference("claim.id")
    review_id: int | None = reference("review.id", default=None)
    comment_id: int | None = reference("comment.id", default=None)
    read_at: datetime | None = None
    mailed_at: datetime | None = None
