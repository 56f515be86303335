"""Rulings: the desk's own answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from app.domain.ids import now
from app.domain.words import CorrectionKind, DecidedBy
from app.storage.columns import Row, choice, reference

IS_CORRECTION = text("version > 1")


class Ruling(Row, table=True):
    """A version of the desk's verdict on a claim; the last one holds, all are kept.

    A person decided it, or the checks agreed and nobody needed to. Every version but the first is a
    correction with a note for readers. ``from_ruling_id``: the ruling on another claim of the same
    group that was made to cover this one too.
    """

    __tablename__ = "ruling"
    __table_args__ = (
        UniqueConstraint("claim_id", "version"),
        CheckConstraint(
            "decided_by = 'agreement' OR decided_by_id IS NOT NULL", name="somebody_decided"
        ),
        CheckConstraint("length(short_text) <= 75", name="short_text"),
        CheckConstraint("(version = 1) = (correction_kind IS NULL)", name="correction"),
        Index("ix_ruling_content_label", "content_label_id", "claim_id"),
        Index("ix_ruling_decided_at", "decided_at", "version", "claim_id"),
        # Corrections, of which there are few.
        Index(
            "ix_ruling_later",
            "claim_id",
            "version",
            sqlite_where=IS_CORRECTION,
            postgresql_where=IS_CORRECTION,
        ),
    )

    claim_id: int = reference("claim.id")
    version: int = 1
    content_label_id: int = reference("label.id")
    attribution_label_id: int | None = reference("label.id", default=None)
    conclusion: str = Field(default="", sa_type=Text)
    short_text: str = Field(default="", max_length=75)
    reason: str = Field(default="", sa_type=Text)
    decided_by: DecidedBy = Field(sa_type=choice(DecidedBy))
    decided_by_id: int | None = reference("person.id", default=None)
    decided_at: datetime = Field(default_factory=now)
    correction_kind: CorrectionKind | None = Field(default=None, sa_type=choice(CorrectionKind))
    public_note: str = Field(default="", sa_type=Text)
    from_ruling_id: int | None = reference("ruling.id", default=None)
