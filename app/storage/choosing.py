"""Which of some claims a person may take by their own choice, or has in hand already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, may
from app.domain.records import ClaimRecord, ProjectRecord
from app.domain.words import ClaimState, ReviewState
from app.storage.aliases import alias_of
from app.storage.bars import barred_claims, is_known
from app.storage.leases import is_current, is_free_again
from app.storage.tables import Claim, ClaimRound, Review, Round

_late = alias_of(
    Review, "asked_at", "claim_id", "claim_round_id", "id", "lease_until", "slot", "state"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is offered with a claim: to take it, or to go on with ``review_id``."""

    review_id: str | None = None


def choices(
    session: Session, actor: Actor, project: ProjectRecord, claims: Sequence[ClaimRecord]
) -> Mapping[int, Choice]:
    """By the claim's key, what is offered; four questions, however many claims.

    In a blind round a claim is offered whether or not a slot is free: who only reads must not
    learn that others have taken it, or have answered.
    """
    keys = [claim.id for claim in claims if claim.state is ClaimState.OPEN]
    if not (keys and project.may_choose and may(actor, Action.REVIEW_TAKE, project.id)):
        return {}
    barred = barred_claims(session, actor, keys)
    mine = _mine(session, actor, keys)
    free = _free(session, keys)
    found = {
        key: Choice(review.public_id)
        for key, (review, is_now) in mine.items()
        if is_now and _is_begun(review)
    }
    for key in keys:
        had, is_now = mine.get(key, (None, True))
        is_over = had is not None and (had.state is not ReviewState.LENT or not is_now)
        if key not in found and not is_over and key not in barred and key in free:
            found[key] = Choice()
    return found


def _is_begun(review: Review) -> bool:
    """It is to be gone on with, rather than taken."""
    is_lent = review.state is ReviewState.LENT and review.slot is not None
    return is_lent or review.state is ReviewState.RETURNED


def _mine(session: Session, actor: Actor, keys: Sequence[int]) -> dict[int, tuple[Review, bool]]:
    """My check of each claim that I ever had, and whether it is of the claim's round of now."""
    query = select(Review, is_current()).where(
        col(Review.claim_id).in_(keys), Review.reviewer_id == actor.person_id
    )
    rows = session.exec(query.order_by(col(Review.id)))
    return {row.claim_id: (row, is_now) for row, is_now in rows}


def _free(session: Session, keys: Sequence[int]) -> set[int]:
    """Claims that can be lent, and all in blind rounds."""
    is_late = exists().where(col(_late.claim_id) == col(Claim.id), is_free_again(_late))
    query = (
        select(Claim.id, Claim.slots_free, Round.is_blind, or_(is_late, is_known(col(Claim.id))))
        .join(ClaimRound, col(ClaimRound.claim_id) == col(Claim.id))
        .join(Round, col(Round.id) == col(ClaimRound.round_id))
        .where(col(Claim.id).in_(keys))
        .order_by(col(ClaimRound.id))
    )
    rounds = {key: blind or slots > 0 or late for key, slots, blind, late in session.exec(query)}
    return {key for key, is_free in rounds.items() if is_free and key is not None}
