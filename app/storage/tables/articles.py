"""Articles and the immutable texts that were seen of them."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from app.storage.columns import NamedRow, reference


class Article(NamedRow, table=True):
    """A document, known by its URL where it has one. ``published`` is 2025, 2025-09 or 2025-09-04."""

    __tablename__ = "article"
    __table_args__ = (
        Index("ix_article_project_url", "project_id", "canonical_url"),
        Index(
            "ix_article_title",
            "project_id",
            "title",
            sqlite_where=text("canonical_url IS NULL"),
            postgresql_where=text("canonical_url IS NULL"),
        ),
    )

    project_id: int = reference("project.id", index=True)
    url: str | None = Field(default=None, sa_type=Text)
    canonical_url: str | None = Field(default=None, sa_type=Text)
    title: str = Field(max_length=500)
    publisher: str | None = Field(default=None, max_length=200)
    author: str | None = Field(default=None, max_length=300)
    published: str | None = Field(default=None, max_length=10)
    language: str | None = Field(default=None, max_length=20)
    created_by_id: int | None = reference("person.id", default=None)
    import_run_id: int | None = reference("import_run.id", default=None, index=True)
    retired_at: datetime | None = None


class Snapshot(NamedRow, table=True):
    """An article's normalised text (NFC, LF) as it was once; a changed text is another snapshot.

    ``sha256`` is of its UTF-8 bytes and outlives an erasure of the text.
    """

    __tablename__ = "snapshot"
    __table_args__ = (
        UniqueConstraint("article_id", "sha256"),
        Index("ix_snapshot_project_sha256", "project_id", "sha256"),
    )

    project_id: int = reference("project.id")
    article_id: int = reference("article.id")
    text: str = Field(sa_type=Text)
    sha256: str = Field(max_length=64)
    notice: str | None = Field(default=None, sa_type=Text)
    erased_at: datetime | None = None
