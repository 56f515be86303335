"""Lending claims to reviewers, one at a time, and taking them back.

A lease is a review that holds a slot of its claim's round. The claim counts its free slots, so
that the next claim is the first row of an index; whoever changes a slot changes the count.
"""

from collections.abc import Collection
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    bindparam,
    exists,
    literal_column,
    or_,
)
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.actors import SYSTEM, Actor
from app.domain.errors import NotAllowed, WrongState
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave, may
from app.domain.words import ClaimState, NoticeKind, ReviewState
from app.storage.aliases import alias_of
from app.storage.bars import is_barred, is_known, person_is_barred
from app.storage.checkers import share_of
from app.storage.gold import known
from app.storage.kept import HERE, ME, MOMENT, given
from app.storage.leases import is_current, is_free_again, late_ones
from app.storage.locking import locked, locked_by_key
from app.storage.projects import by_id
from app.storage.queue import in_order, is_mine, never_mine
from app.storage.reviews import held
from app.storage.tables import Claim, ClaimRound, Person, Project, Review
from app.workflow.asking import ask_holder
from app.workflow.events import record_event
from app.workflow.known_answers import next_known
from app.workflow.notices import tell

_mine = alias_of(Review)


def take(session: Session, actor: Actor, project_id: int, *, waits: bool = False) -> str | None:
    """The check to do now: the one in hand, else one newly lent, else None when nothing is left.

    Order: what I hold (what I waited for, then my drafts), a claim with a known answer where one is
    due, a claim that somebody else let lapse, the first of the queue that I never had, what I put
    off, then what I lost to somebody who let it lapse in turn. Whoever is late with a draft is asked
    first, and then has some time to answer. ``waits``: for claims that others hold at this moment,
    which only those may who have locked no claim.
    """
    ask_leave(actor, Action.REVIEW_TAKE, project_id)
    hold_person(session, actor)
    mine = _in_hand(session, actor, project_id)
    if mine is not None:
        return mine
    if not may_take_more(session, actor, project_id):
        return None
    review = (
        _lend_known(session, actor, project_id, waits=waits)
        or _take_over(session, actor, project_id)
        or _lend_first(session, actor, project_id)
        or _take_up_again(session, actor, project_id)
        or _take_back(session, actor, project_id)
    )
    if review is None and waits:
        # Whoever changes many claims at once holds them all for a moment: not nothing, but not yet.
        review = _lend_first(session, actor, project_id, waits=True)
    _ask_late(session, actor, project_id)
    if review is None:
        return None
    tell_taken(session, actor, review)
    return review.public_id


def may_take_more(session: Session, actor: Actor, project_id: int) -> bool:
    """Whether a person has not given their share yet; whoever asks holds the person."""
    share = share_of(session, by_id(session, project_id), actor.person)
    return share is None or share[0] < share[1]


def _ask_late(session: Session, actor: Actor, project_id: int) -> None:
    """Ask the one who keeps others waiting for longest; a check that is being sent is left alone."""
    late = session.exec(_latest(), params=given(actor, project_id)).first()
    if late is not None:
        ask_holder(session, SYSTEM, late.public_id)


@cache
def _latest() -> SelectOfScalar[Review]:
    query = late_ones().limit(1)
    return query.with_for_update(of=Review, skip_locked=True, key_share=True)


def tell_taken(session: Session, actor: Actor, review: Review, **details: object) -> None:
    """Write into history that somebody began a check."""
    record_event(
        session,
        actor,
        Action.REVIEW_TAKE,
        noun="review",
        thing=review.public_id,
        project_id=review.project_id,
        claim_id=review.claim_id,
        slot=review.slot,
        **details,
    )
    session.flush()


def assign(session: Session, actor: Actor, claim_id: str, *, person: Actor) -> str:
    """Give a claim to one reviewer by hand, and tell them; it does not expire.

    Answers the check's public id.

    Raises:
        NotAllowed: the person is no reviewer here, or is barred from the claim.
        WrongState: the claim is not open, has no slot free, or the person had it before, or gave
            their share already.
    """
    hold_person(session, person)
    claim = locked(session, Claim, claim_id)
    ask_leave(actor, Action.CLAIM_ASSIGN, claim.project_id)
    if not may(person, Action.REVIEW_TAKE, claim.project_id):
        raise NotAllowed("review.no-reviewer")
    if claim.state is not ClaimState.OPEN:
        raise WrongState("review.claim-closed", state=claim.state.value)
    query = select(Claim.id).where(
        col(Claim.id) == claim.key, or_(_is_mine(person), is_barred(person))
    )
    if session.exec(query).first() is not None:
        raise WrongState("review.had-before")
    if not may_take_more(session, person, claim.project_id):
        raise WrongState("review.share-given")
    return give(session, actor, claim, person)


def give(session: Session, actor: Actor, claim: Claim, person: Actor) -> str:
    """Lend a claim, which is locked, without an end, and tell the person, who is held.

    Whoever calls has made sure that the person may have it. Answers the check's public id.
    """
    review = lend(session, person, claim, expires=False)
    record_event(
        session,
        actor,
        "review.assign",
        noun="review",
        thing=review.public_id,
        project_id=claim.project_id,
        claim_id=claim.key,
        slot=review.slot,
    )
    tell(session, actor, NoticeKind.ASSIGNED, person_id=person.person, claim=claim, review=review)
    session.flush()
    return review.public_id


def _in_hand(session: Session, actor: Actor, project_id: int) -> str | None:
    """The check that I hold; a lease that ran out, and that nobody took over, begins anew."""
    mine = held(session, actor, project_id)
    if mine is None:
        return None
    row = locked(session, Review, mine)
    if row.slot is None:
        return None
    if row.lease_until is not None and row.lease_until < now():
        row.lease_until = now() + lease(session, project_id)
        row.asked_at = None
        session.flush()
    return mine


def hold_person(session: Session, actor: Actor) -> None:
    """Let one request of a person at a time take or give back: the first lock of every such verb.

    Two presses of one button would else lend two claims to one person.
    """
    hold_people(session, [actor.person])


def hold_people(session: Session, keys: Collection[int]) -> None:
    """Lend nothing to some people, by their keys, but in this transaction; in one order."""
    session.execute(_people(), {"people": sorted(keys)}).all()


@cache
def _people() -> Executable:
    people: BindParameter[Any] = bindparam("people", expanding=True)
    # NO KEY UPDATE: rows that only point at the person are written meanwhile.
    query = select(Person.id).where(col(Person.id).in_(people)).order_by(col(Person.id))
    return query.with_for_update(key_share=True)


def locked_claims(session: Session, keys: Collection[int]) -> dict[int, Claim]:
    """Some claims, locked in one order: two who swap claims would else wait for each other."""
    query = (
        select(Claim)
        .where(col(Claim.id).in_(keys))
        .order_by(col(Claim.id))
        .with_for_update(key_share=True)
    )
    return {row.key: row for row in session.exec(query)}


def _take_over(session: Session, actor: Actor, project_id: int) -> Review | None:
    """Take the slot of a lease that ran out; the late reviewer keeps the draft, not the slot."""
    claim = _free_lapsed(session, actor, project_id, was_mine=False)
    return None if claim is None else lend(session, actor, claim)


def _take_back(session: Session, actor: Actor, project_id: int) -> Review | None:
    """Take the slot of a lease that ran out on a claim that I had and never answered."""
    claim = _free_lapsed(session, actor, project_id, was_mine=True)
    return None if claim is None else _take_up_again(session, actor, project_id)


def _free_lapsed(
    session: Session, actor: Actor, project_id: int, *, was_mine: bool
) -> Claim | None:
    """The claim whose lease ran out longest ago, its slot taken from the late reviewer."""
    late = session.exec(_lapsed(was_mine=was_mine), params=given(actor, project_id)).first()
    if late is None:
        return None
    claim = locked_by_key(session, Claim, late.claim_id)
    release(session, late, claim)
    return claim


@cache
def _lapsed(*, was_mine: bool) -> SelectOfScalar[Review]:
    """What ran out of others', of claims that I had and lost, or of those that I never had."""
    return (
        select(Review)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Review.project_id == HERE,
            is_free_again(at=MOMENT),
            Claim.state == ClaimState.OPEN,
            Review.reviewer_id != ME,
            _was_mine() if was_mine else ~is_mine(),
            ~person_is_barred(ME),
        )
        .order_by(col(Review.lease_until), col(Review.id))
        .limit(1)
        .with_for_update(of=(Review, Claim), skip_locked=True, key_share=True)
    )


def _lend_known(session: Session, actor: Actor, project_id: int, *, waits: bool) -> Review | None:
    claim = next_known(session, actor, project_id, waits=waits)
    return None if claim is None else lend(session, actor, claim)


def _lend_first(
    session: Session, actor: Actor, project_id: int, *, waits: bool = False
) -> Review | None:
    """The first claim of the queue that the actor never had; ``waits``: for whoever holds it."""
    claim = session.exec(_first(waits=waits), params=given(actor, project_id)).first()
    return None if claim is None else lend(session, actor, claim)


@cache
def _first(*, waits: bool) -> SelectOfScalar[Claim]:
    query = select(Claim).where(never_mine()).order_by(*in_order()).limit(1)
    return query.with_for_update(of=Claim, skip_locked=not waits, key_share=True)


def _take_up_again(session: Session, actor: Actor, project_id: int) -> Review | None:
    """A claim that I put off, or lost to a lapse, and that still wants a review."""
    review = session.exec(_left(), params=given(actor, project_id)).first()
    if review is None:
        return None
    return take_up(session, review, locked_by_key(session, Claim, review.claim_id))


@cache
def _left() -> SelectOfScalar[Review]:
    return (
        select(Review)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Review.project_id == HERE,
            Review.reviewer_id == ME,
            Review.state == ReviewState.LENT,
            col(Review.slot).is_(None),
            is_current(),
            Claim.state == ClaimState.OPEN,
            or_(literal_column("claim.slots_free > 0"), is_known(col(Claim.id))),
            ~person_is_barred(ME),
        )
        .order_by(col(Review.put_off_at), col(Review.id))
        .limit(1)
        .with_for_update(of=(Review, Claim), skip_locked=True, key_share=True)
    )


def take_up(session: Session, review: Review, claim: Claim) -> Review:
    """Lend a claim again to somebody who put it off or lost it; both rows are locked."""
    occupy(session, review, claim)
    review.put_off_at = None
    review.lease_until = now() + lease(session, claim.project_id)
    session.flush()
    return review


def _is_mine(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        col(_mine.claim_id) == col(Claim.id), col(_mine.reviewer_id) == actor.person
    )


def _was_mine() -> ColumnElement[bool]:
    """I had it, lost the slot or put it off, and could still answer."""
    return exists().where(
        col(_mine.claim_id) == col(Claim.id),
        col(_mine.reviewer_id) == ME,
        col(_mine.state) == ReviewState.LENT,
        col(_mine.slot).is_(None),
        is_current(_mine),
    )


def lease(session: Session, project_id: int) -> timedelta:
    """How long a claim is lent in a project."""
    return timedelta(minutes=session.get_one(Project, project_id).lease_minutes)


def lend(session: Session, actor: Actor, claim: Claim, *, expires: bool = True) -> Review:
    """Lend a claim, which is locked, to somebody who never had it."""
    entry = claim_round_of(session, claim.key)
    review = Review(
        project_id=claim.project_id,
        claim_id=claim.key,
        claim_round_id=entry.key,
        reviewer_id=actor.person,
        lease_until=now() + lease(session, claim.project_id) if expires else None,
    )
    occupy(session, review, claim)
    session.add(review)
    session.flush()
    return review


def claim_round_of(session: Session, claim_id: int) -> ClaimRound:
    """The round that a claim is in now, locked."""
    return session.exec(
        select(ClaimRound)
        .where(ClaimRound.claim_id == claim_id)
        .order_by(col(ClaimRound.id).desc())
        .limit(1)
        .with_for_update(key_share=True)
    ).one()


def occupy(session: Session, review: Review, claim: Claim) -> None:
    """Give a review the lowest free slot of its claim.

    Raises:
        WrongState: every slot is taken by somebody else.
    """
    is_counted = claim.slots_free > 0
    # Everybody may have a slot of a claim with a known answer, and none of them counts.
    if not is_counted and known(session, claim.key) is None:
        raise WrongState("review.taken-over")
    taken = set(
        session.exec(
            select(Review.slot).where(
                Review.claim_round_id == review.claim_round_id, col(Review.slot).is_not(None)
            )
        )
    )
    review.slot = next(slot for slot in range(1, len(taken) + 2) if slot not in taken)
    if is_counted:
        claim.slots_free -= 1


def release(session: Session, review: Review, claim: Claim) -> None:
    """Take the slot from a review, so that another can have it."""
    if review.slot is not None:
        review.slot = None
        review.lease_until = review.asked_at = None
        review.waits_until = review.waits_for = None
        if claim.state is ClaimState.OPEN and known(session, claim.key) is None:
            claim.slots_free += 1
    session.flush()
