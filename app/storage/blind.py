"""Blindness as the database can ask it, for lists and counts; its rule is in ``domain.blindness``."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, exists, false, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, may
from app.domain.words import ClaimState
from app.storage.bars import is_barred
from app.storage.tables import Claim, ClaimRound, Review, Round, Ruling

# Under names of their own, since the question that this is a part of may ask the same tables.
_claim, _entry, _newer = aliased(Claim), aliased(ClaimRound), aliased(ClaimRound)
_this_round, _mine = aliased(Round), aliased(Review)


def is_blind_to(actor: Actor, claim_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Whether the actor is blind to the claim that a column names."""
    if actor.person_id is None:
        return false()
    return exists().where(
        col(_claim.id) == claim_id,
        col(_claim.state) != ClaimState.SETTLED,
        _may_review(actor, _claim),
        col(_entry.claim_id) == col(_claim.id),
        col(_entry.reviews_done) < col(_entry.reviews_wanted),
        ~exists().where(
            col(_newer.claim_id) == col(_entry.claim_id), col(_newer.id) > col(_entry.id)
        ),
        col(_this_round.id) == col(_entry.round_id),
        col(_this_round.is_blind),
        ~is_barred(actor, _claim),
        ~exists().where(
            col(_mine.claim_id) == col(_claim.id),
            col(_mine.reviewer_id) == actor.person_id,
            col(_mine.submitted_version) > 0,
        ),
    )


def kept_back(session: Session, actor: Actor, claim_ids: Collection[int]) -> set[int]:
    """Of some claims, those that had a verdict which the actor shall not have in mind now.

    They are checked anew, by the actor maybe: where they were published is told to others alone.
    """
    if actor.person_id is None or not claim_ids:
        return set()
    query = select(Ruling.claim_id).where(
        col(Ruling.claim_id).in_(claim_ids), is_blind_to(actor, col(Ruling.claim_id))
    )
    return set(session.exec(query))


def _may_review(actor: Actor, claim: type[Claim]) -> ColumnElement[bool]:
    if actor.is_admin:
        return true()
    projects = [key for key in actor.roles if may(actor, Action.REVIEW_TAKE, key)]
    return col(claim.project_id).in_(sorted(projects))
