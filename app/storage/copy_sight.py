"""Whose looks at a page, and which uses of a source, a person may know of.

A look tells that somebody linked the page, and when. Whoever could still check one of the claims
that others linked it for, blind, sees of the looks since then only their own.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, true
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, may
from app.domain.words import ClaimState
from app.storage.aliases import alias_of
from app.storage.bars import is_secret_to
from app.storage.blind import talk_is_kept_from
from app.storage.tables import Claim, Evidence, Review, ReviewVersion, SavedCopy

# Under names of their own, since the question that this is a part of may ask the same tables.
_use, _version, _review = alias_of(Evidence), alias_of(ReviewVersion), alias_of(Review)
_claim = alias_of(Claim)


def sees_look(actor: Actor, copy: type[SavedCopy] = SavedCopy) -> ColumnElement[bool]:
    """Whether the actor may know of the look of a question's row."""
    if actor.person_id is None:
        return true()
    before = exists().where(
        col(_use.source_id) == col(copy.source_id),
        col(_version.id) == col(_use.review_version_id),
        col(_version.decided_at) <= col(copy.created_at),
        col(_review.id) == col(_version.review_id),
        col(_review.reviewer_id) != actor.person_id,
        col(_claim.id) == col(_review.claim_id),
        or_(talk_is_kept_from(actor, col(_claim.id)), is_secret_to(actor, _claim)),
    )
    return or_(col(copy.created_by_id) == actor.person_id, ~before)


def could_be_swayed(session: Session, actor: Actor, source_id: int) -> bool:
    """Whether others linked a source for a claim that the actor could still check, blind."""
    if actor.person_id is None:
        return False
    query = select(Evidence.id).where(
        Evidence.source_id == source_id,
        col(ReviewVersion.id) == col(Evidence.review_version_id),
        col(Review.id) == col(ReviewVersion.review_id),
        col(Review.reviewer_id) != actor.person_id,
        col(_claim.id) == col(Review.claim_id),
        or_(talk_is_kept_from(actor, col(_claim.id)), is_secret_to(actor, _claim)),
    )
    return session.exec(query.limit(1)).first() is not None


def sees_use(actor: Actor, project_id: int) -> ColumnElement[bool]:
    """Whether the actor may know of a use, in a question that joins its claim and its review.

    Their own; those of settled claims; before that those of others for leads, where not blind.
    """
    if actor.person_id is None:
        return true()
    leads = may(actor, Action.REVIEW_SEE_ALL, project_id)
    settled = col(Claim.state) == ClaimState.SETTLED
    open_ = ~talk_is_kept_from(actor, col(Claim.id)) & ~is_secret_to(actor)
    others = or_(settled, open_) if leads else settled
    return or_(col(Review.reviewer_id) == actor.person_id, others)


def joined_uses() -> Any:  # noqa: ANN401 - a clause of FROM
    """Uses with the claims and checks they stand in, the last submitted version of each."""
    return and_(
        col(ReviewVersion.id) == col(Evidence.review_version_id),
        col(Review.id) == col(ReviewVersion.review_id),
        col(ReviewVersion.number) == col(Review.submitted_version),
        col(Claim.id) == col(Review.claim_id),
    )


def may_see_source(session: Session, actor: Actor, source_id: int, project_id: int) -> bool:
    """Whether the actor may know that a source is there: by a use that they may know of."""
    if actor.person_id is None:
        return True
    query = select(Evidence.id).where(
        Evidence.source_id == source_id,
        col(ReviewVersion.id) == col(Evidence.review_version_id),
        col(Review.id) == col(ReviewVersion.review_id),
        col(Claim.id) == col(Review.claim_id),
        sees_use(actor, project_id),
    )
    return session.exec(query.limit(1)).first() is not None
