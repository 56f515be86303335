"""The questions by which the next claim is found and its slot given; each locks what it finds.

They are put together once, and what others hold at this moment is passed over unless it is waited for.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    bindparam,
    exists,
    insert,
    literal_column,
    or_,
)
from sqlalchemy import select as columns
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.ids import new_public_id, now
from app.domain.words import ReviewState
from app.storage.aliases import alias_of
from app.storage.bars import is_known, person_is_barred
from app.storage.driver import rows_of
from app.storage.instances import Instances, known
from app.storage.kept import HERE, ME, MOMENT
from app.storage.leases import is_current, is_free_again, is_lent, is_mine, is_open, late_ones
from app.storage.outlook import came_free, from_start
from app.storage.plain_rows import table_of
from app.storage.queue_place import QueuePlace
from app.storage.tables import Claim, ClaimRound, Review

CLAIM, ENTRY = bindparam("claim", type_=Integer), bindparam("entry", type_=Integer)

_mine = alias_of(Review, "claim_id", "claim_round_id", "reviewer_id", "slot", "state")


def first(
    session: Session, places: Mapping[str, Any], *, changed: bool, waits: bool
) -> Claim | None:
    """The first claim of the queue for whoever asks; ``changed``: of those that came free since."""
    found = rows_of(session, _first(changed=changed, waits=waits), places)
    return _claim().known(session, found[0])[0] if found else None


@cache
def _claim() -> Instances:
    return Instances(Claim)


@cache
def _first(*, changed: bool, waits: bool) -> Executable:
    which = came_free() if changed else from_start()
    query = columns(*_claim().columns).where(which).order_by(QueuePlace()).limit(1)
    return query.with_for_update(of=table_of(Claim), skip_locked=not waits, key_share=True)


@cache
def lapsed(*, was_mine: bool) -> SelectOfScalar[Review]:
    """What ran out of others', of claims that I had and lost, or of those that I never had."""
    return (
        select(Review)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Review.project_id == HERE,
            is_free_again(at=MOMENT),
            is_open(),
            Review.reviewer_id != ME,
            _was_mine() if was_mine else ~is_mine(),
            ~person_is_barred(ME),
        )
        .order_by(col(Review.lease_until), col(Review.id))
        .limit(1)
        .with_for_update(of=(Review, Claim), skip_locked=True, key_share=True)
    )


@cache
def asked_next() -> SelectOfScalar[Review]:
    """The late check with a draft whose holder is to be asked first."""
    query = late_ones().limit(1)
    return query.with_for_update(of=Review, skip_locked=True, key_share=True)


@cache
def left() -> SelectOfScalar[Review]:
    """What whoever asks put off, or lost, and could take up again."""
    return (
        select(Review)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Review.project_id == HERE,
            Review.reviewer_id == ME,
            is_lent(),
            col(Review.slot).is_(None),
            is_current(),
            is_open(),
            or_(literal_column("claim.slots_free > 0"), is_known(col(Claim.id))),
            ~person_is_barred(ME),
        )
        .order_by(col(Review.put_off_at), col(Review.id))
        .limit(1)
        .with_for_update(of=(Review, Claim), skip_locked=True, key_share=True)
    )


def _was_mine() -> ColumnElement[bool]:
    """I had it, lost the slot or put it off, and could still answer."""
    return exists().where(
        col(_mine.claim_id) == col(Claim.id),
        col(_mine.reviewer_id) == ME,
        is_lent(_mine),
        col(_mine.slot).is_(None),
        is_current(_mine),
    )


def add_lent(session: Session, values: Mapping[str, Any]) -> Review:
    """Write a new check down that is lent, by the columns that tell it from any other; its row."""
    nothing = dict.fromkeys(table_of(Review).c.keys())
    begins = {"state": ReviewState.LENT, "submitted_version": 0}
    row = {**nothing, "public_id": new_public_id(), "created_at": now(), **begins, **values}
    del row["id"]
    row["id"] = rows_of(session, _new(), row)[0][0]
    review: Review = known(session, Review, row)
    return review


@cache
def _new() -> Executable:
    reviews = table_of(Review)
    return insert(reviews).returning(reviews.c.id)


@cache
def rounds_and_slots() -> Executable:
    """The rounds of a claim, the one of now first, and the slots that are taken in each."""
    query = (
        select(ClaimRound.id, Review.slot)
        .join(
            Review,
            (col(Review.claim_round_id) == col(ClaimRound.id)) & col(Review.slot).is_not(None),
            isouter=True,
        )
        .where(ClaimRound.claim_id == CLAIM)
        .order_by(col(ClaimRound.id).desc())
    )
    return query.with_for_update(of=ClaimRound, key_share=True)


@cache
def round_now() -> SelectOfScalar[ClaimRound]:
    """The round that a claim is in now."""
    query = select(ClaimRound).where(ClaimRound.claim_id == CLAIM)
    return query.order_by(col(ClaimRound.id).desc()).limit(1).with_for_update(key_share=True)


@cache
def slots() -> SelectOfScalar[Any]:
    """The slots that are taken in a round of a claim."""
    in_entry = col(Review.claim_round_id) == ENTRY
    return select(Review.slot).where(in_entry, col(Review.slot).is_not(None))
