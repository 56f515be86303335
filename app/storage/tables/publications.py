"""Where verdicts were published: one piece may carry several claims."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from app.storage.columns import NamedRow, Row, reference


class Publication(NamedRow, table=True):
    """A published piece. ``published_on`` is a day, 2025-09-04."""

    __tablename__ = "publication"
    __table_args__ = (
        Index(
            "uq_publication_url",
            "project_id",
            "canonical_url",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
        Index("ix_publication_day", "project_id", "published_on"),
    )

    project_id: int = reference("project.id")
    url: str = Field(sa_type=Text)
    canonical_url: str = Field(sa_type=Text)
    title: str = Field(default="", max_length=500)
    published_on: str = Field(max_length=10)
    created_by_id: int | None = reference("person.id", default=None)
    retired_at: datetime | None = None


class PublishedClaim(Row, table=True):
    """A claim in a piece: which version of its ruling, and the SHA-256 of what was copied out."""

    __tablename__ = "published_claim"
    __table_args__ = (UniqueConstraint("publication_id", "claim_id"),)

    publication_id: int = reference("publication.id")
    claim_id: int = reference("claim.id", index=True)
    ruling_version: int
    sha256: str = Field(max_length=64)
