"""Questions about history."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Insert, Integer, bindparam, insert
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import SeenState
from app.domain.ids import now
from app.domain.records import EventRecord
from app.storage.driver import rows_of
from app.storage.plain_rows import table_of
from app.storage.seen import SeenClaim
from app.storage.tables import Claim, Event, Person

LINES = 200
# What checkers do with their own checks: before a verdict nobody is told which of them did it.
OF_CHECKERS = frozenset(
    {
        "review.take",
        "review.submit",
        "review.skip",
        "review.put-off",
        "review.wait",
        "review.keep",
    }
)


def claim_history(
    session: Session, actor: Actor, seen: SeenClaim, *, after: int = 0, limit: int = LINES
) -> list[tuple[int, EventRecord]]:
    """What happened to a claim and to its checks, oldest first, each with its key.

    Who may not see others' work finds only what they did themselves: not even the number of lines
    tells more. Of a claim that is to look as if nobody else had checked it, nothing of others' checks
    is found. ``who`` is blank where a checker stays unnamed until the claim is settled.
    """
    query = (
        select(Event, Person.name)
        .join(Person, col(Person.id) == col(Event.actor_id), isouter=True)
        .where(Event.claim == seen.claim.public_id, col(Event.id) > after)
        .order_by(col(Event.id))
        .limit(limit)
    )
    query = query.where(*_shown(actor, seen))
    is_settled = seen.state is SeenState.SETTLED
    return [
        (
            row.key,
            EventRecord(
                at=row.at,
                kind=row.actor_kind,
                who=""
                if row.action in OF_CHECKERS and not is_settled and row.actor_id != actor.person_id
                else name or "",
                action=row.action,
                details=row.details,
            ),
        )
        for row, name in session.exec(query)
    ]


def _shown(actor: Actor, seen: SeenClaim) -> list[ColumnElement[bool]]:
    """Which lines of a claim are shown."""
    if seen.sees_others:
        return []
    is_mine = col(Event.actor_id) == actor.person_id
    shown = is_mine | (col(Event.noun) != "review") if seen.looks_open else is_mine
    # A mark tells that a check uses its source, whoever raised it.
    return [shown, col(Event.noun) != "flag"]


def add_event(session: Session, values: Mapping[str, Any], *, claim_id: int | None) -> None:
    """Add a line of history at once, by the columns of its row; ``claim_id`` is a claim's key."""
    rows_of(session, _line(), {"at": now(), **values, "of_claim": claim_id})


@cache
def _line() -> Insert:
    named = select(Claim.public_id).where(col(Claim.id) == bindparam("of_claim", type_=Integer))
    return insert(table_of(Event)).values(claim=named.scalar_subquery()).inline()
