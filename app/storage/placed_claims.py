"""Where claims stand in a text, for reading it beside a check."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import Executable, Integer, bindparam, false, func, select
from sqlmodel import Session, col

from app.domain.actors import Actor
from app.domain.words import ClaimState
from app.storage.claims import visible
from app.storage.driver import rows_of
from app.storage.kept import ME
from app.storage.tables import Claim, Review


class PlacedClaim(NamedTuple):
    """A claim where it stands in a text; ``is_given``: whoever asks has checked it."""

    id: int
    public_id: str
    state: ClaimState
    start: int | None
    end: int | None
    is_given: bool


def places_of_claims(session: Session, actor: Actor, snapshot_id: int) -> list[PlacedClaim]:
    """Where the claims of one text stand, in reading order, and which of them the actor checked."""
    values = {"snapshot": snapshot_id, "me": actor.person}
    return [PlacedClaim(*row) for row in rows_of(session, _places(), values)]


@cache
def _places() -> Executable:
    newest = (
        select(col(Review.submitted_version) > 0)
        .where(col(Review.claim_id) == col(Claim.id), col(Review.reviewer_id) == ME)
        .order_by(col(Review.id).desc())
        .limit(1)
        .correlate(Claim)
    )
    facts = map(col, (Claim.id, Claim.public_id, Claim.state, Claim.start, Claim.end))
    return (
        select(*facts, func.coalesce(newest.scalar_subquery(), false()))
        .where(col(Claim.snapshot_id) == bindparam("snapshot", type_=Integer), visible())
        .order_by(col(Claim.start), col(Claim.id))
    )
