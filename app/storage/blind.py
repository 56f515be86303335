"""Blindness as the database can ask it, for lists and counts; its rule is in ``domain.blindness``."""

from typing import Any

from sqlalchemy import ColumnElement, exists, false, true
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.domain.actors import Actor
from app.domain.permissions import Action, may
from app.domain.words import ClaimState
from app.storage.bars import is_barred
from app.storage.tables import Claim, ClaimRound, Review, Round


def is_blind_to(actor: Actor, claim_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Whether the actor is blind to the claim that a column names."""
    if actor.person_id is None:
        return false()
    # Under names of their own: the question that this is a part of may ask the same tables.
    claim, entry, newer = aliased(Claim), aliased(ClaimRound), aliased(ClaimRound)
    this_round, mine = aliased(Round), aliased(Review)
    return exists().where(
        col(claim.id) == claim_id,
        col(claim.state) != ClaimState.SETTLED,
        _may_review(actor, claim),
        col(entry.claim_id) == col(claim.id),
        col(entry.reviews_done) < col(entry.reviews_wanted),
        ~exists().where(col(newer.claim_id) == col(entry.claim_id), col(newer.id) > col(entry.id)),
        col(this_round.id) == col(entry.round_id),
        col(this_round.is_blind),
        ~is_barred(actor, claim),
        ~exists().where(
            col(mine.claim_id) == col(claim.id),
            col(mine.reviewer_id) == actor.person_id,
            col(mine.submitted_version) > 0,
        ),
    )


def _may_review(actor: Actor, claim: type[Claim]) -> ColumnElement[bool]:
    if actor.is_admin:
        return true()
    projects = [key for key in actor.roles if may(actor, Action.REVIEW_TAKE, key)]
    return col(claim.project_id).in_(sorted(projects))
