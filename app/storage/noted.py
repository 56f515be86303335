"""Which sources a person noted: pages of a check that is not sent yet, to bring copies of them."""

from sqlalchemy import ColumnElement, exists, false
from sqlmodel import col

from app.domain.actors import Actor
from app.storage.aliases import alias_of
from app.storage.tables import Event, Source

NOTED = "source.note"

# Under a name of its own: a question may ask the same table twice.
_noted = alias_of(Event, "action", "actor_id", "claim", "noun", "thing")


def is_noted_by(actor: Actor, source: type[Source] = Source) -> ColumnElement[bool]:
    """Whether the actor noted the source of a question's row.

    That they did says nothing of others: whoever names a page may note it, known or not.
    """
    if actor.person_id is None:
        return false()
    return exists().where(
        col(_noted.claim).is_(None),
        col(_noted.noun) == "source",
        col(_noted.thing) == col(source.public_id),
        col(_noted.action) == NOTED,
        col(_noted.actor_id) == actor.person_id,
    )
