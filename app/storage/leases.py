"""What holds of a review by the clock: whether it waits, is late, or can be taken from its holder."""

from sqlalchemy import ColumnElement, and_, exists, literal_column, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.actors import Actor
from app.domain.ids import now
from app.domain.words import ClaimState, ReviewState
from app.storage.aliases import alias_of
from app.storage.bars import is_barred, is_known
from app.storage.tables import Claim, ClaimRound, Draft, Review

_entry = alias_of(ClaimRound)


def has_draft(review: type[Review] = Review) -> ColumnElement[bool]:
    """Something was typed in it that was not submitted."""
    return exists().where(col(Draft.review_id) == col(review.id)).correlate(review)


def is_current(review: type[Review] = Review) -> ColumnElement[bool]:
    """It is of the round that its claim is in now; a claim that went on leaves its checks behind."""
    return exists().where(
        col(_entry.id) == col(review.claim_round_id), col(_entry.settled_at).is_(None)
    )


def waits(review: type[Review] = Review) -> ColumnElement[bool]:
    """It is parked until a time that has not come."""
    return and_(col(review.waits_until).is_not(None), col(review.waits_until) > now())


def is_back(review: type[Review] = Review) -> ColumnElement[bool]:
    """It is not parked, or the time has come."""
    return or_(col(review.waits_until).is_(None), col(review.waits_until) <= now())


def is_late(review: type[Review] = Review) -> ColumnElement[bool]:
    """It holds a slot for longer than it was lent for."""
    return and_(
        col(review.state) == ReviewState.LENT,
        col(review.slot).is_not(None),
        col(review.lease_until) < now(),
    )


def is_free_again(review: type[Review] = Review) -> ColumnElement[bool]:
    """It is late, and another may have its slot: nothing was typed, or its holder was asked.

    Asking moves the end of the lease, so that it is late again only when the time to answer is up.
    Of a claim with a known answer everybody may have a slot of their own. A slot of an earlier round,
    which a check keeps that was being sent when the claim went on, is none of the claim's slots now.
    """
    return and_(
        is_late(review),
        is_current(review),
        or_(col(review.asked_at).is_not(None), ~has_draft(review)),
        ~is_known(col(review.claim_id)),
    )


def late_ones(actor: Actor, project_id: int) -> SelectOfScalar[Review]:
    """The checks of others that are late, have a draft, and of which nobody has asked yet.

    Only of claims that the actor could be lent in their place; first what is late the longest.
    """
    had = select(Review.claim_id).where(Review.reviewer_id == actor.person)
    return (
        select(Review)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Review.project_id == project_id,
            is_late(),
            is_current(),
            col(Review.asked_at).is_(None),
            has_draft(),
            Claim.state == ClaimState.OPEN,
            literal_column("claim.slots_free = 0"),
            col(Review.claim_id).not_in(had),
            ~is_known(col(Review.claim_id)),
            ~is_barred(actor),
        )
        .order_by(col(Review.lease_until), col(Review.id))
    )


def somebody_is_late(session: Session, actor: Actor, project_id: int) -> bool:
    """Whether asking would bring the actor nearer to a claim."""
    return session.exec(late_ones(actor, project_id).limit(1)).first() is not None


def late_drafts(session: Session, *, limit: int = 100) -> list[str]:
    """The checks of all projects that are late, have a draft, and of which nobody has asked yet."""
    query = (
        select(Review.public_id)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            is_late(),
            is_current(),
            col(Review.asked_at).is_(None),
            has_draft(),
            Claim.state == ClaimState.OPEN,
        )
        .order_by(col(Review.lease_until), col(Review.id))
    )
    return list(session.exec(query.limit(limit)))
