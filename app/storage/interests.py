"""Questions about the interests that people declared."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, ask_leave, may
from app.storage.aliases import alias_of
from app.storage.tables import Agent, Interest, Person

_declarer = alias_of(Person, "id", "name")


@dataclass(frozen=True, slots=True)
class InterestRecord:
    """An interest: whose, in whom or in which tag, and who declared it; ``agent`` is a name."""

    public_id: str
    person: str
    is_mine: bool
    agent: str | None
    tag: str | None
    note: str
    declared_by: str | None
    created_at: datetime
    retired_at: datetime | None


def interests(session: Session, actor: Actor, project_id: int) -> list[InterestRecord]:
    """The interests in a project that the actor may know of: their own; an editor, everybody's.

    Those in force first, then the retired ones; each by person and time.

    Raises:
        NotAllowed, Missing: no leave to declare any.
    """
    ask_leave(actor, Action.INTEREST_DECLARE, project_id)
    query = (
        select(Interest, Person.name, Agent.name, _declarer.name)
        .join(Person, col(Person.id) == col(Interest.person_id))
        .join(Agent, col(Agent.id) == col(Interest.agent_id), isouter=True)
        .join(_declarer, col(_declarer.id) == col(Interest.declared_by_id), isouter=True)
        .where(Interest.project_id == project_id)
        .order_by(col(Interest.retired_at).is_not(None), col(Person.name), col(Interest.id))
    )
    if not may(actor, Action.PROJECT_MANAGE, project_id):
        query = query.where(Interest.person_id == actor.person_id)
    return [
        InterestRecord(
            public_id=row.public_id,
            person=person,
            is_mine=row.person_id == actor.person_id,
            agent=agent,
            tag=row.tag,
            note=row.note,
            declared_by=declarer if row.declared_by_id != row.person_id else None,
            created_at=row.created_at,
            retired_at=row.retired_at,
        )
        for row, person, agent, declarer in session.exec(query)
    ]
