"""What holds of a review by the clock: whether it waits, is late, or can be taken from its holder."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    and_,
    case,
    exists,
    literal_column,
    or_,
)
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.actors import Actor
from app.domain.ids import now
from app.domain.words import ClaimState, ReviewState
from app.storage.aliases import alias_of
from app.storage.bars import is_known, person_is_barred
from app.storage.driver import rows_of
from app.storage.kept import HERE, ME, MOMENT, given, written
from app.storage.tables import Claim, ClaimRound, Draft, Review

_entry = alias_of(ClaimRound, "id", "settled_at")
_my_check = alias_of(Review, "claim_id", "reviewer_id")

# States of a check that somebody has to give yet.
HELD = (ReviewState.LENT, ReviewState.RETURNED)
# So many holders are asked in one round.
ASKED_AT_ONCE = 100
# A time, a place for one, or now.
Moment = datetime | BindParameter[Any] | None


def is_mine() -> ColumnElement[bool]:
    """Whoever asks has, or had, the claim of a question's row."""
    return exists().where(
        col(_my_check.claim_id) == col(Claim.id), col(_my_check.reviewer_id) == ME
    )


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


def is_back(review: type[Review] = Review, at: Moment = None) -> ColumnElement[bool]:
    """It is not parked, or the time has come; ``at``: by then, not by now."""
    return or_(col(review.waits_until).is_(None), col(review.waits_until) <= _when(at))


def is_late(review: type[Review] = Review, at: Moment = None) -> ColumnElement[bool]:
    """It holds a slot for longer than it was lent for; ``at``: by then, not by now."""
    return and_(
        is_lent(review),
        col(review.slot).is_not(None),
        col(review.lease_until) < _when(at),
    )


def is_lent(review: type[Review] = Review) -> ColumnElement[bool]:
    """It is not answered yet; written out, so that the database sees the index of what is lent."""
    return col(review.state) == written(ReviewState.LENT)


def is_open() -> ColumnElement[bool]:
    """The claim of a question's row can be checked; written out as well."""
    return col(Claim.state) == written(ClaimState.OPEN)


@cache
def first_in_hand() -> SelectOfScalar[str]:
    """The check that whoever asks has in hand: what waited and whose time has come is the first.

    Then one with a draft, then a returned one, then one that is lent.
    """
    has_waited = col(Review.waits_until).is_not(None)
    is_returned = col(Review.state) == written(ReviewState.RETURNED)
    return (
        select(Review.public_id)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Review.project_id == HERE,
            Review.reviewer_id == ME,
            col(Review.state).in_([written(state) for state in HELD]),
            col(Review.slot).is_not(None),
            is_back(at=MOMENT),
            is_current(),
            is_open(),
        )
        .order_by(
            case((has_waited, 0), (has_draft(), 1), (is_returned, 2), else_=3),
            col(Review.lease_until).is_(None),
            col(Review.id),
        )
        .limit(1)
    )


def _when(at: Moment) -> Any:  # noqa: ANN401 - a time, or a place for one
    return now() if at is None else at


def is_free_again(review: type[Review] = Review, at: Moment = None) -> ColumnElement[bool]:
    """It is late, and another may have its slot: nothing was typed, or its holder was asked.

    Asking moves the end of the lease, so that it is late again only when the time to answer is up.
    Of a claim with a known answer everybody may have a slot of their own. A slot of an earlier round,
    which a check keeps that was being sent when the claim went on, is none of the claim's slots now.
    """
    return and_(
        is_late(review, at),
        is_current(review),
        or_(col(review.asked_at).is_not(None), ~has_draft(review)),
        ~is_known(col(review.claim_id)),
    )


@cache
def late_ones() -> SelectOfScalar[Review]:
    """The checks of others that are late, have a draft, and of which nobody has asked yet.

    Only of claims that whoever asks could be lent in their place; first what is late the longest.
    The places of ``kept`` are to be filled.
    """
    return (
        select(Review)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Review.project_id == HERE,
            is_late(at=MOMENT),
            is_current(),
            col(Review.asked_at).is_(None),
            has_draft(),
            is_open(),
            literal_column("claim.slots_free = 0"),
            ~is_mine(),
            ~is_known(col(Review.claim_id)),
            ~person_is_barred(ME),
        )
        .order_by(col(Review.lease_until), col(Review.id))
    )


def somebody_is_late(session: Session, actor: Actor, project_id: int) -> bool:
    """Whether asking would bring the actor nearer to a claim."""
    found = session.exec(late_ones().limit(1), params=given(actor, project_id))
    return found.first() is not None


def late_drafts(session: Session) -> list[str]:
    """The checks of all projects that are late, have a draft, and of which nobody has asked yet."""
    return [name for (name,) in rows_of(session, _late_drafts(), {"moment": now()})]


@cache
def _late_drafts() -> Executable:
    return (
        select(Review.public_id)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            is_late(at=MOMENT),
            is_current(),
            col(Review.asked_at).is_(None),
            has_draft(),
            is_open(),
        )
        .order_by(col(Review.lease_until), col(Review.id))
        .limit(ASKED_AT_ONCE)
    )
