"""How far along the queue each person has nothing left, and what changed in it since.

Both tables are kept by triggers (``app.storage.queue_triggers``): whatever sets a claim free, or moves
it in the queue, is noted, and nothing that does so can forget it. Nobody changes the notes; they are
added, and go when everybody has seen them, so that two people never wait for each other over them.
"""

from sqlalchemy import DDL, BigInteger, Index, Text, UniqueConstraint, event
from sqlmodel import Field

from app.storage.columns import Row, reference
from app.storage.queue_place import FUNCTION
from app.storage.queue_triggers import TRIGGERS


class Checker(Row, table=True):
    """Somebody who was ever lent a claim of a project, as far as it is counted while they work.

    ``lent`` and ``given`` count their checks, all of them and those that stand as submitted. Nothing
    that stands before ``place`` in the queue can be lent to them, but for what a change numbered
    ``upto`` or later names; ``lent_then`` is how many were lent when that was found.
    """

    __tablename__ = "checker"
    __table_args__ = (UniqueConstraint("project_id", "person_id"),)

    project_id: int = reference("project.id")
    person_id: int = reference("person.id", index=True)
    lent: int = 0
    given: int = 0
    place: str = Field(default="", sa_type=Text)
    upto: int = Field(default=0, sa_type=BigInteger)
    lent_then: int = 0


class QueueChange(Row, table=True):
    """A claim came into the queue, or stands elsewhere in it; without a claim, any may have.

    ``person_id``: only for this person, from whom something was kept until then. Nothing is held by
    what is noted here, so no key points at it.
    """

    __tablename__ = "queue_change"
    __table_args__ = (Index("ix_queue_change_number", "project_id", "number"),)

    project_id: int = reference("project.id")
    number: int = Field(sa_type=BigInteger)
    claim_id: int | None = None
    person_id: int | None = None


def _when(moment: str, dialect: str, statement: str) -> None:
    """Have a statement run when all tables are made, or before the first is."""
    do = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy says no types here
    event.listen(Row.metadata, moment, do.execute_if(dialect=dialect))


_when("before_create", "postgresql", FUNCTION)
for _dialect, _statements in TRIGGERS.items():
    for _statement in _statements:
        _when("after_create", _dialect, _statement)
