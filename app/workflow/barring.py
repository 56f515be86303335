"""Closing claims to people for good: many at once, and a bar that is there stays as it is."""

from typing import Any

from sqlalchemy import literal, true
from sqlmodel import Session, select

from app.domain.ids import now
from app.domain.words import BarReason
from app.storage.locking import INSERTS
from app.storage.tables import Bar

# A select of the keys of claims and of people.
Pairs = Any
NAMES = ("claim_id", "person_id", "reason", "created_at")


def bar_all(session: Session, pairs: Pairs, reason: BarReason) -> None:
    """Bar the people from the claims of a question that asks for the keys of both, claim first.

    One statement, however many they are.
    """
    columns = Bar.__table__.c  # type: ignore[attr-defined]  # SQLModel hides the table
    found = pairs.subquery()
    claim, person = found.c
    said = literal(reason, columns.reason.type), literal(now(), columns.created_at.type)
    # Without a condition SQLite takes what follows for a part of the question.
    rows = select(claim, person, *said).where(true()).order_by(claim, person)
    new = INSERTS[session.get_bind().dialect.name](Bar).from_select(NAMES, rows)
    session.flush()
    session.execute(new.on_conflict_do_nothing())
