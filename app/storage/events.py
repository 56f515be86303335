"""Questions about history."""

from sqlmodel import Session, col, select

from app.domain.records import EventRecord
from app.domain.words import ActorKind
from app.storage.tables import Event, Person


def history_of(
    session: Session, noun: str, thing: str, *, only_by: int | None = None, limit: int = 200
) -> list[EventRecord]:
    """What happened to one thing, oldest first; to the blind only what they did themselves."""
    query = (
        select(Event, Person.name)
        .join(Person, col(Person.id) == col(Event.actor_id), isouter=True)
        .where(Event.noun == noun, Event.thing == thing)
        .order_by(col(Event.id))
        .limit(limit)
    )
    if only_by is not None:
        query = query.where(Event.actor_id == only_by)
    return [
        EventRecord(
            at=row.at,
            who=name if row.actor_kind is ActorKind.PERSON and name else row.actor_kind.value,
            action=row.action,
            details=row.details,
        )
        for row, name in session.exec(query)
    ]
