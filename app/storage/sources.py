"""Questions about sources."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.records import EvidenceRecord
from app.storage.blind import is_blind_to
from app.storage.projects import current_round
from app.storage.reviews import evidence_record
from app.storage.tables import Claim, Evidence, Review, ReviewVersion, Source

OFFERED = 5


def offered_sources(
    session: Session, actor: Actor, *, project_id: int, article_id: int
) -> list[EvidenceRecord]:
    """Sources that checks of this article used last, to be taken again with one key.

    Where checks are blind, only the actor's own: even a title can tell what another one found.
    """
    newest = (
        select(func.max(Evidence.id))
        .join(ReviewVersion, col(ReviewVersion.id) == col(Evidence.review_version_id))
        .join(Review, col(Review.id) == col(ReviewVersion.review_id))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(Claim.article_id == article_id)
        .group_by(col(Evidence.source_id))
    )
    is_mine = col(Review.reviewer_id) == actor.person_id
    # Where claims are checked in the open, one of them may be in a later round that is blind.
    is_blind = current_round(session, project_id).is_blind
    newest = newest.where(is_mine if is_blind else is_mine | ~is_blind_to(actor, col(Claim.id)))
    query = (
        select(Evidence, Source)
        .join(Source, col(Source.id) == col(Evidence.source_id))
        .where(col(Evidence.id).in_(newest))
        .order_by(col(Evidence.id).desc())
        .limit(OFFERED)
    )
    return [evidence_record(row, source) for row, source in session.exec(query)]
