"""Saved copies of the pages that are linked, where quotes stand in them, and what that touches."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field

from app.domain.evidence_words import CopyState, CopyWhy, FlagReason, QuoteFound
from app.domain.ids import now
from app.storage.columns import NamedRow, Row, choice, reference, together

IS_STANDING = text("cleared_at IS NULL")


class SavedCopy(NamedRow, table=True):
    """One look at a page: what it said then, or why nothing came of it. Never changed once ended.

    ``sha256`` is of the bytes as they came after decompression, ``text_sha256`` of the text that
    was read from them; both outlive an erasure. A copy that says the same as an earlier one keeps
    neither text nor bytes, but ``same_as_id``. ``compared_with_id`` is the copy before, whose text
    was another one. ``error`` is a code.
    """

    __tablename__ = "saved_copy"
    __table_args__ = (
        CheckConstraint("(state = 'failed') = (error IS NOT NULL)", name="error"),
        CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("(state = 'same') = (same_as_id IS NOT NULL)", name="same_as"),
        CheckConstraint("state <> 'saved' OR sha256 IS NOT NULL", name="hash"),
        Index("ix_saved_copy_source", "source_id", "id"),
        Index(
            "ix_saved_copy_text",
            "text_sha256",
            sqlite_where=text("text_sha256 IS NOT NULL"),
            postgresql_where=text("text_sha256 IS NOT NULL"),
        ),
    )

    project_id: int = reference("project.id", index=True)
    source_id: int = reference("source.id")
    why: CopyWhy = Field(sa_type=choice(CopyWhy))
    state: CopyState = Field(default=CopyState.ASKED, sa_type=choice(CopyState))
    url: str | None = Field(default=None, sa_type=Text)
    final_url: str | None = Field(default=None, sa_type=Text)
    file_name: str | None = Field(default=None, max_length=300)
    status: int | None = None
    media_type: str | None = Field(default=None, max_length=100)
    size: int | None = None
    sha256: str | None = Field(default=None, max_length=64)
    title: str = Field(default="", sa_type=Text)
    text: str = Field(default="", sa_type=Text)
    text_sha256: str | None = Field(default=None, max_length=64)
    error: str | None = Field(default=None, max_length=60)
    ended_at: datetime | None = None
    same_as_id: int | None = reference("saved_copy.id", default=None)
    compared_with_id: int | None = reference("saved_copy.id", default=None)
    created_by_id: int | None = reference("person.id", default=None)
    erased_at: datetime | None = None


class CopyBytes(Row, table=True):
    """A saved copy as a WARC file, gzipped record by record; apart, since few questions need it."""

    __tablename__ = "copy_bytes"

    copy_id: int = reference("saved_copy.id", unique=True)
    warc: bytes = Field(sa_type=LargeBinary)


class QuotePlace(Row, table=True):
    """Where the quote of one use of a source stands in the text of a saved copy, in code points."""

    __tablename__ = "quote_place"
    __table_args__ = (
        UniqueConstraint("evidence_id", "copy_id"),
        together("place", ("start", '"end"')),
        CheckConstraint("(found = 'missing') = (start IS NULL)", name="missing"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score"),
    )

    evidence_id: int = reference("evidence.id")
    copy_id: int = reference("saved_copy.id", index=True)
    found: QuoteFound = Field(sa_type=choice(QuoteFound))
    start: int | None = None
    end: int | None = None
    score: float = 0
    at: datetime = Field(default_factory=now)


class Flag(NamedRow, table=True):
    """A claim whose verdict or checks should be looked at again, since a source of theirs changed.

    It stands until a person says what came of the look; one that stands is not raised twice.
    """

    __tablename__ = "flag"
    __table_args__ = (
        CheckConstraint("(cleared_at IS NULL) = (cleared_note IS NULL)", name="cleared"),
        Index(
            "uq_flag_standing",
            "claim_id",
            "source_id",
            "reason",
            unique=True,
            sqlite_where=IS_STANDING,
            postgresql_where=IS_STANDING,
        ),
        Index(
            "ix_flag_worst",
            "project_id",
            "reason",
            "id",
            sqlite_where=IS_STANDING,
            postgresql_where=IS_STANDING,
        ),
    )

    project_id: int = reference("project.id")
    claim_id: int = reference("claim.id")
    source_id: int = reference("source.id", index=True)
    reason: FlagReason = Field(sa_type=choice(FlagReason))
    copy_id: int | None = reference("saved_copy.id", default=None)
    cleared_at: datetime | None = None
    cleared_by_id: int | None = reference("person.id", default=None)
    cleared_note: str | None = Field(default=None, sa_type=Text)
