"""Taking a claim off the list once it has its verdict."""

from functools import cache

from sqlalchemy import Executable, Integer, bindparam
from sqlmodel import Session, col, select

from app.domain.claim_states import Move, after
from app.domain.ids import now
from app.domain.words import ReviewState
from app.storage.tables import Claim, ClaimRound, Hop, Review, ReviewVersion, Sighting
from app.workflow.lending import claim_round_of
from app.workflow.tallies import count_anew

CLAIM = bindparam("claim", type_=Integer)


def close(session: Session, claim: Claim, entry: ClaimRound | None = None) -> None:
    """Take a claim off the list: it has its verdict, and what its checks have seen is kept.

    ``entry`` is the round that it is in, where that is locked already.
    """
    entry = entry or claim_round_of(session, claim.key)
    _take_over_sightings(session, claim)
    claim.state = after(claim.state, Move.SETTLE)
    claim.slots_free = 0
    entry.settled_at = now()
    count_anew(session, claim.key)


def _take_over_sightings(session: Session, claim: Claim) -> None:
    """What a check has seen of the chain becomes a fact of the claim."""
    for hop, sighting in session.execute(_sightings(), {"claim": claim.key}).all():
        hop.is_seen = True
        hop.url = hop.url or sighting.url
        hop.said_on = hop.said_on or sighting.said_on


@cache
def _sightings() -> Executable:
    # By its checks: what was seen of a hop is looked up in no index.
    versions = (
        select(ReviewVersion.id)
        .join(Review, col(Review.id) == col(ReviewVersion.review_id))
        .where(
            Review.claim_id == CLAIM,
            Review.state == ReviewState.SUBMITTED,
            col(ReviewVersion.number) == col(Review.submitted_version),
        )
    )
    return (
        select(Hop, Sighting)
        .join(Sighting, col(Sighting.hop_id) == col(Hop.id))
        .where(Hop.claim_id == CLAIM, col(Sighting.review_version_id).in_(versions))
    )
