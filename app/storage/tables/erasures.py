"""Erasures: what was blanked by order, why, and what remains to recognise it by."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field

from app.domain.ids import now
from app.domain.words import Erasable
from app.storage.columns import Row, choice, reference


class Erasure(Row, table=True):
    """The tombstone of a text: ``sha256`` is of what stood there, ``thing`` whose it was."""

    __tablename__ = "erasure"
    __table_args__ = (
        CheckConstraint("length(reason) > 0", name="reason"),
        Index("ix_erasure_thing", "noun", "thing"),
    )

    noun: Erasable = Field(sa_type=choice(Erasable))
    thing: str = Field(max_length=12)
    sha256: str = Field(max_length=64)
    reason: str = Field(sa_type=Text)
    erased_at: datetime = Field(default_factory=now)
    erased_by_id: int | None = reference("person.id", default=None)
