"""How many claims wait for a second checker, as far as one person may know of them.

The list behind the number is ``Left.SECOND_CHECK``. Of claims in blind rounds only those count to which
the person is not blind: their own, and those that they will never check.
"""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import exists, func, literal_column
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, may
from app.domain.words import ClaimState, ReviewState
from app.storage.aliases import alias_of
from app.storage.bars import is_secret_to, is_shut_out, maybe_barred
from app.storage.claims import visible
from app.storage.counts import kept_by_part
from app.storage.tables import Claim, ClaimRound, GoldAnswer, Review, Round

IS_BEGUN = (
    "claim_round.settled_at IS NULL AND claim_round.reviews_done > 0"
    " AND claim_round.reviews_done < claim_round.reviews_wanted"
)

_mine = alias_of(Review, "claim_id", "reviewer_id", "state", "submitted_version")


def second_checks(session: Session, actor: Actor, projects: Sequence[int]) -> dict[int, int]:
    """By project, how many claims have some of their checks and not all."""
    found: Counter[int] = Counter()
    begun = kept_by_part(session, projects, "begun")
    checking = [key for key in projects if may(actor, Action.REVIEW_TAKE, key)]
    blind = _blind_rounds(session, checking)
    for (project, round_id), number in begun.items():
        found[project] += 0 if round_id in blind else number
    answered = kept_by_part(session, checking, "answered some", person=actor.person_id)
    for (project, round_id), number in answered.items():
        found[project] += number if round_id in blind else 0
    found.update(_shut_out(session, actor, checking))
    found.update(_seemingly_alone(session, actor, projects))
    return found


def _blind_rounds(session: Session, projects: Sequence[int]) -> set[int]:
    query = select(Round.id).where(col(Round.project_id).in_(projects), col(Round.is_blind))
    return {key for key in session.exec(query) if key is not None} if projects else set()


def _shut_out(session: Session, actor: Actor, projects: Sequence[int]) -> dict[int, int]:
    """Claims in blind rounds that the actor did not check and never will."""
    if not projects:
        return {}
    some = maybe_barred(actor, projects).subquery()
    is_mine = exists().where(
        col(_mine.claim_id) == col(Claim.id),
        col(_mine.reviewer_id) == actor.person_id,
        col(_mine.submitted_version) > 0,
    )
    query = (
        select(Claim.project_id, func.count())
        .join(some, some.c.claim_id == col(Claim.id))
        .join(ClaimRound, col(ClaimRound.claim_id) == col(Claim.id))
        .join(Round, col(Round.id) == col(ClaimRound.round_id))
        .where(
            # Nothing is added so that SQLite begins with the claims in question.
            (col(Claim.project_id) + 0).in_(projects),
            col(Claim.state) == ClaimState.OPEN,
            literal_column(IS_BEGUN),
            col(Round.is_blind),
            visible(),
            is_shut_out(actor),
            ~is_mine,
        )
        .group_by(col(Claim.project_id))
    )
    return dict(session.exec(query).all())


def _seemingly_alone(session: Session, actor: Actor, projects: Sequence[int]) -> dict[int, int]:
    """Claims with known answers that the actor, who may not know which they are, checked."""
    secret = [key for key in projects if not may(actor, Action.GOLD_SET, key)]
    if not secret:
        return {}
    is_begun = exists().where(col(ClaimRound.claim_id) == col(Claim.id), literal_column(IS_BEGUN))
    query = (
        select(GoldAnswer.project_id, func.count(func.distinct(col(Claim.id))))
        .join(Claim, col(Claim.id) == col(GoldAnswer.claim_id))
        .join(_mine, col(_mine.claim_id) == col(Claim.id))
        .where(
            col(GoldAnswer.project_id).in_(secret),
            col(GoldAnswer.retired_at).is_(None),
            col(Claim.state) == ClaimState.OPEN,
            col(_mine.reviewer_id) == actor.person_id,
            col(_mine.state) == ReviewState.SUBMITTED,
            ~is_begun,
            visible(),
            is_secret_to(actor),
        )
        .group_by(col(GoldAnswer.project_id))
    )
    return dict(session.exec(query).all())
