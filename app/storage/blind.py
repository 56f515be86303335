"""Blindness as the database can ask it, for lists and counts; its rule is in ``domain.blindness``."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, exists, false, or_, true
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, may
from app.domain.words import ClaimState
from app.storage.aliases import alias_of
from app.storage.bars import is_secret_to, is_shut_out
from app.storage.driver import rows_of
from app.storage.kept import HERE, of_reader
from app.storage.tables import Claim, ClaimRound, Review, Round, Ruling

# Under names of their own, since the question that this is a part of may ask the same tables.
_claim = alias_of(Claim, "id", "project_id", "state", "version")
_entry = alias_of(ClaimRound, "claim_id", "id", "reviews_done", "reviews_wanted", "round_id")
_newer = alias_of(ClaimRound, "claim_id", "id")
_this_round = alias_of(Round, "id", "is_blind")
_mine = alias_of(Review, "claim_id", "reviewer_id", "submitted_version")


def is_blind_to(actor: Actor, claim_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Whether the actor is blind to the claim that a column names."""
    return _could_be_swayed(actor, claim_id, _wants_more())


def talk_is_kept_from(actor: Actor, claim_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Whether what others say of their checks is kept from the actor, at the claim a column names.

    It is from the blind, and once a claim is complete from whoever else did not check it but may:
    tomorrow it may want one check more, and theirs be the one. Who leads reads it with the checks,
    and is barred if that happens.
    """
    leads = _where_may(actor, Action.REVIEW_SEE_ALL, _claim)
    return _could_be_swayed(actor, claim_id, or_(_wants_more(), ~leads))


@of_reader
def shows_checks(actor: Actor, claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether others' checks of the claim of a question's row are shown to the actor.

    The rule is ``domain.blindness.sees_others``: to all once settled, before that to who leads, is not
    blind to it, and may know of it if its answer is known beforehand.
    """
    leads = _where_may(actor, Action.REVIEW_SEE_ALL, claim)
    before = and_(leads, ~is_blind_to(actor, col(claim.id)), ~is_secret_to(actor, claim))
    return or_(col(claim.state) == ClaimState.SETTLED, before)


def could_be_swayed(session: Session, actor: Actor, project_id: int) -> bool:
    """Whether the actor could still check some claim of a project blind."""
    if not may(actor, Action.REVIEW_TAKE, project_id):
        return False
    found = rows_of(session, _one_to_check(actor), {"here": project_id})
    return bool(found)


@of_reader
def _one_to_check(actor: Actor) -> Executable:
    """A claim of a project that the actor could still check blind."""
    one = select(Claim.id).where(
        col(Claim.project_id) == HERE,
        Claim.state == ClaimState.OPEN,
        talk_is_kept_from(actor, col(Claim.id)),
    )
    return one.limit(1)


def _wants_more() -> ColumnElement[bool]:
    return col(_entry.reviews_done) < col(_entry.reviews_wanted)


def _could_be_swayed(
    actor: Actor,
    claim_id: Any,  # noqa: ANN401 - a column
    state: ColumnElement[bool],
) -> ColumnElement[bool]:
    """Whether the actor could give a blind check, at a claim whose round is in some state."""
    if actor.person_id is None:
        return false()
    return exists().where(
        col(_claim.id) == claim_id,
        col(_claim.state) != ClaimState.SETTLED,
        _where_may(actor, Action.REVIEW_TAKE, _claim),
        col(_entry.claim_id) == col(_claim.id),
        state,
        ~exists().where(
            col(_newer.claim_id) == col(_entry.claim_id), col(_newer.id) > col(_entry.id)
        ),
        col(_this_round.id) == col(_entry.round_id),
        col(_this_round.is_blind),
        ~is_shut_out(actor, _claim),
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


def _where_may(actor: Actor, action: Action, claim: type[Claim]) -> ColumnElement[bool]:
    if actor.is_admin:
        return true()
    projects = [key for key in actor.roles if may(actor, action, key)]
    return col(claim.project_id).in_(sorted(projects))
