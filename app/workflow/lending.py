"""Lending claims to reviewers, one at a time, and taking them back.

A lease is a review that holds a slot of its claim's round. The claim counts its free slots, so
that the next claim is the first row of an index; whoever changes a slot changes the count.
"""

from collections.abc import Collection
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Executable, bindparam
from sqlmodel import Session, col, select

from app.domain.actors import SYSTEM, Actor
from app.domain.errors import NotAllowed, WrongState
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave, may
from app.domain.words import ClaimState, NoticeKind
from app.storage import next_claims
from app.storage.bars import barred_claims
from app.storage.checkers import share_of
from app.storage.driver import rows_of
from app.storage.gold import known
from app.storage.held import held_one
from app.storage.kept import given
from app.storage.locking import locked, locked_by_key, only_lock, write_now
from app.storage.outlook import Outlook, looked_again, outlook
from app.storage.projects import by_id
from app.storage.queue_place import END, FRONT
from app.storage.tables import Claim, ClaimRound, Person, Project, Review
from app.workflow.asking import ask_holder
from app.workflow.events import record_event
from app.workflow.known_answers import next_known
from app.workflow.notices import tell


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
    return take_on(session, actor, project_id, waits=waits)


def take_on(session: Session, actor: Actor, project_id: int, *, waits: bool = False) -> str | None:
    """The same for whoever holds the person already, and has leave."""
    look = outlook(session, actor, project_id)
    mine = _in_hand(session, look.in_hand)
    if mine is not None:
        return mine
    if look.in_hand is not None:
        # It was taken over while its lock was waited for.
        look = outlook(session, actor, project_id)
    if not may_take_more(session, actor, project_id):
        return None
    review = _lend_one(session, actor, project_id, look, waits=waits)
    if look.has_late:
        _ask_late(session, actor, project_id)
    if review is None:
        return None
    tell_taken(session, actor, review)
    return review.public_id


def _lend_one(
    session: Session, actor: Actor, project_id: int, look: Outlook, *, waits: bool
) -> Review | None:
    """The next claim, lent; what cannot be, as the outlook says, is not asked for."""
    if look.is_due:
        look = looked_again(session, actor, project_id, look)
    review = None
    if look.has_known:
        review = _lend_known(session, actor, project_id, look, waits=waits)
    if review is None and look.has_late:
        review = _take_over(session, actor, project_id)
    review = review or _lend_first(session, actor, project_id, look)
    if review is None and look.has_left:
        review = _take_up_again(session, actor, project_id)
    if review is None and look.has_left and look.has_late:
        review = _take_back(session, actor, project_id)
    if review is None and waits:
        # Whoever changes many claims at once holds them all for a moment: not nothing, but not yet.
        review = _lend_first(session, actor, project_id, look, waits=True)
    return review


def may_take_more(session: Session, actor: Actor, project_id: int) -> bool:
    """Whether a person has not given their share yet; whoever asks holds the person."""
    share = share_of(session, by_id(session, project_id), actor.person)
    return share is None or share[0] < share[1]


def _ask_late(session: Session, actor: Actor, project_id: int) -> None:
    """Ask the one who keeps others waiting for longest; a check that is being sent is left alone."""
    late = session.exec(next_claims.asked_next(), params=given(actor, project_id)).first()
    if late is not None:
        ask_holder(session, SYSTEM, late.public_id)


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
    had = select(Review.id).where(Review.claim_id == claim.key, Review.reviewer_id == person.person)
    if session.exec(had).first() is not None or barred_claims(session, person, [claim.key]):
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


def _in_hand(session: Session, mine: str | None) -> str | None:
    """The check that I hold; a lease that ran out, and that nobody took over, begins anew."""
    if mine is None:
        return None
    row = locked(session, Review, mine)
    if row.slot is None:
        return None
    if row.lease_until is not None and row.lease_until < now():
        row.lease_until = now() + lease(session, row.project_id)
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
    only_lock(session, _people(), {"people": sorted(keys)})


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
    late = session.exec(
        next_claims.lapsed(was_mine=was_mine), params=given(actor, project_id)
    ).first()
    if late is None:
        return None
    claim = locked_by_key(session, Claim, late.claim_id)
    release(session, late, claim)
    return claim


def _lend_known(
    session: Session, actor: Actor, project_id: int, look: Outlook, *, waits: bool
) -> Review | None:
    claim = next_known(session, actor, project_id, look, waits=waits)
    return None if claim is None else lend(session, actor, claim)


def _lend_first(
    session: Session, actor: Actor, project_id: int, look: Outlook, *, waits: bool = False
) -> Review | None:
    """The first claim of the queue that the actor never had; ``waits``: for whoever holds it."""
    claim = _first_from(session, look.places(actor, project_id), look, waits=waits)
    if claim is None and look.start != FRONT:
        # Nothing from there on, as far as it is not held: before nothing is said to be left, the
        # whole queue is looked through.
        look = looked_again(session, actor, project_id, look, all_of_it=True)
        if look.place != END:
            claim = _first_from(session, look.places(actor, project_id), look, waits=waits)
    return None if claim is None else lend(session, actor, claim)


def _first_from(
    session: Session, places: dict[str, Any], look: Outlook, *, waits: bool
) -> Claim | None:
    claim = None
    if look.is_changed:
        claim = next_claims.first(session, places, changed=True, waits=waits)
    return claim or next_claims.first(session, places, changed=False, waits=waits)


def _take_up_again(session: Session, actor: Actor, project_id: int) -> Review | None:
    """A claim that I put off, or lost to a lapse, and that still wants a review."""
    review = session.exec(next_claims.left(), params=given(actor, project_id)).first()
    if review is None:
        return None
    return take_up(session, review, locked_by_key(session, Claim, review.claim_id))


def take_up(session: Session, review: Review, claim: Claim) -> Review:
    """Lend a claim again to somebody who put it off or lost it; both rows are locked."""
    occupy(session, review, claim)
    review.put_off_at = None
    review.lease_until = now() + lease(session, claim.project_id)
    session.flush()
    return review


def lease(session: Session, project_id: int) -> timedelta:
    """How long a claim is lent in a project."""
    return timedelta(minutes=held_one(session, Project, project_id).lease_minutes)


def lend(session: Session, actor: Actor, claim: Claim, *, expires: bool = True) -> Review:
    """Lend a claim, which is locked, to somebody who never had it."""
    entry_id, taken = _round_of(session, claim.key)
    slot = _take_slot(session, claim, taken)
    values = {
        "project_id": claim.project_id,
        "claim_id": claim.key,
        "claim_round_id": entry_id,
        "reviewer_id": actor.person,
        "slot": slot,
        "lease_until": now() + lease(session, claim.project_id) if expires else None,
    }
    return next_claims.add_lent(session, values)


def _round_of(session: Session, claim_id: int) -> tuple[int, set[int]]:
    """The round that a claim, which is locked, is in now, locked too, and the slots taken in it."""
    rows = rows_of(session, next_claims.rounds_and_slots(), {"claim": claim_id})
    entry_id = rows[0][0]
    return entry_id, {slot for key, slot in rows if key == entry_id and slot is not None}


def claim_round_of(session: Session, claim_id: int) -> ClaimRound:
    """The round that a claim is in now, locked."""
    return session.exec(next_claims.round_now(), params={"claim": claim_id}).one()


def occupy(session: Session, review: Review, claim: Claim) -> None:
    """Give a review the lowest free slot of its claim.

    Raises:
        WrongState: every slot is taken by somebody else.
    """
    taken = session.exec(next_claims.slots(), params={"entry": review.claim_round_id}).all()
    review.slot = _take_slot(session, claim, {slot for slot in taken if slot is not None})


def _take_slot(session: Session, claim: Claim, taken: set[int]) -> int:
    """The lowest free slot of a claim, which is told that it has one less.

    Raises:
        WrongState: every slot is taken by somebody else.
    """
    is_counted = claim.slots_free > 0
    # Everybody may have a slot of a claim with a known answer, and none of them counts.
    if not is_counted and known(session, claim.key) is None:
        raise WrongState("review.taken-over")
    if is_counted:
        write_now(session, claim, {"slots_free": claim.slots_free - 1})
    return next(slot for slot in range(1, len(taken) + 2) if slot not in taken)


def release(session: Session, review: Review, claim: Claim) -> None:
    """Take the slot from a review, so that another can have it."""
    if review.slot is not None:
        review.slot = None
        review.lease_until = review.asked_at = None
        review.waits_until = review.waits_for = None
        if claim.state is ClaimState.OPEN and known(session, claim.key) is None:
            claim.slots_free += 1
    session.flush()
