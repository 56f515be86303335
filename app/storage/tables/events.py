"""History: one append-only line for everything that anybody did."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field

from app.domain.ids import now
from app.domain.words import ActorKind
from app.storage.columns import Row, choice, reference


class Event(Row, table=True):
    """Who did what to which thing, when; ids, field names, versions and hashes, never text.

    ``claim`` is the public id of the claim that it happened to, so that its history reads as one.
    """

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("(actor_kind = 'person') = (actor_id IS NOT NULL)", name="actor"),
        # What happened to claims, which is nearly everything, is found by them.
        Index(
            "ix_event_beside_claims",
            "noun",
            "thing",
            sqlite_where=text("claim IS NULL"),
            postgresql_where=text("claim IS NULL"),
        ),
        Index("ix_event_project_id", "project_id", "id"),
        Index(
            "ix_event_claim",
            "claim",
            "id",
            sqlite_where=text("claim IS NOT NULL"),
            postgresql_where=text("claim IS NOT NULL"),
        ),
    )

    at: datetime = Field(default_factory=now)
    actor_kind: ActorKind = Field(sa_type=choice(ActorKind))
    actor_id: int | None = reference("person.id", default=None)
    project_id: int | None = reference("project.id", default=None)
    action: str = Field(max_length=60)
    noun: str = Field(max_length=30)
    thing: str = Field(max_length=12)
    claim: str | None = Field(default=None, max_length=12)
    details: dict[str, Any] = Field(default={}, sa_type=JSON)
