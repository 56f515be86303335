"""History: one append-only line for everything that anybody did."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index
from sqlmodel import Field

from app.domain.ids import now
from app.domain.words import ActorKind
from app.storage.columns import Row, choice, reference


class Event(Row, table=True):
    """Who did what to which thing, when; ids, field names, versions and hashes, never text."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("(actor_kind = 'person') = (actor_id IS NOT NULL)", name="actor"),
        Index("ix_event_thing", "noun", "thing"),
        Index("ix_event_project_id", "project_id", "id"),
    )

    at: datetime = Field(default_factory=now)
    actor_kind: ActorKind = Field(sa_type=choice(ActorKind))
    actor_id: int | None = reference("person.id", default=None)
    project_id: int | None = reference("project.id", default=None)
    action: str = Field(max_length=60)
    noun: str = Field(max_length=30)
    thing: str = Field(max_length=12)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
