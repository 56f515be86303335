"""Taking a claim of one's own choice, where the project lets its checkers choose."""

from sqlalchemy import literal_column
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Missing, NotAllowed, WrongState
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.words import ClaimState, ReviewState
from app.storage.bars import barred_claims
from app.storage.checkers import share_of
from app.storage.claims import visible
from app.storage.gold import known
from app.storage.leases import is_current, is_free_again
from app.storage.projects import by_id
from app.storage.tables import Claim, Review
from app.storage.tables.reviews import IN_HAND
from app.workflow.events import record_event
from app.workflow.lending import (
    hold_person,
    lend,
    locked_claims,
    release,
    take_up,
    tell_taken,
)


def take_this(session: Session, actor: Actor, claim_id: str, *, puts_off: bool = False) -> str:
    """Take this very claim. Answers the check's public id, which may be one that I have already.

    Nobody has two at a time: another claim in my hands stays there and this one is refused, unless
    ``puts_off`` says that the other one shall wait at the end of my queue.

    Whether a slot is free is told to whoever presses, and to nobody who only reads: in a blind
    round it says that others have the claim or have answered, as taking the next one does.

    Raises:
        NotAllowed: claims are not chosen in this project, or the actor is barred from this one.
        WrongState: another claim is in hand (``review``), no check of this one is wanted, or the
            actor has given their share.
    """
    claim_key, project_id = _may_choose(session, actor, claim_id)
    hold_person(session, actor)
    mine = _mine(session, actor, claim_key)
    if mine is not None and not _can_go_on(session, mine):
        return mine.public_id
    other = _other(session, actor, project_id, puts_off=puts_off)
    # Reviews are locked before claims, as everywhere.
    late = _late(session, actor, claim_key)
    claims = locked_claims(session, {claim_key, *([other.claim_id] if other else [])})
    _check_open(session, actor, claims[claim_key])
    _make_room(session, claims[claim_key], late)
    if other is not None:
        _put_off(session, actor, other, claims[other.claim_id])
    if mine is None:
        mine = lend(session, actor, claims[claim_key])
    else:
        take_up(session, mine, claims[claim_key])
    tell_taken(session, actor, mine, chosen=True)
    return mine.public_id


def _other(session: Session, actor: Actor, project_id: int, *, puts_off: bool) -> Review | None:
    """What is in my hands and is to wait; whoever puts one off has no more than before."""
    other = _in_hand(session, actor, project_id)
    if other is not None and not puts_off:
        raise WrongState("review.holds-another", review=other.public_id)
    share = share_of(session, by_id(session, project_id), actor.person)
    if other is None and share is not None and share[0] >= share[1]:
        raise WrongState("review.share-mine", given=share[0], most=share[1])
    return other


def _may_choose(session: Session, actor: Actor, claim_id: str) -> tuple[int, int]:
    """The keys of a claim and its project; the row itself is loaded when it is locked."""
    query = select(Claim.id, Claim.project_id).where(Claim.public_id == claim_id, visible())
    found = session.exec(query).first()
    if found is None or found[0] is None:
        raise Missing("claim.missing")
    ask_leave(actor, Action.REVIEW_TAKE, found[1])
    if not by_id(session, found[1]).may_choose:
        raise NotAllowed("review.no-choice")
    return found[0], found[1]


def _mine(session: Session, actor: Actor, claim_key: int) -> Review | None:
    """My check of the claim in its last round."""
    return session.exec(
        select(Review)
        .where(Review.claim_id == claim_key, Review.reviewer_id == actor.person)
        .order_by(col(Review.id).desc())
        .limit(1)
        .with_for_update(key_share=True)
    ).first()


def _can_go_on(session: Session, mine: Review) -> bool:
    """Whether a check that I had is to be taken up again: put off or lost, and of this round."""
    if mine.slot is not None or mine.state is not ReviewState.LENT:
        return False
    return (
        session.exec(select(Review.id).where(Review.id == mine.id, is_current())).first()
        is not None
    )


def _in_hand(session: Session, actor: Actor, project_id: int) -> Review | None:
    """The check that is lent to me for a time: there is one at most."""
    return session.exec(
        select(Review)
        .where(
            Review.project_id == project_id,
            Review.reviewer_id == actor.person,
            literal_column(IN_HAND.text),
        )
        .with_for_update(key_share=True)
    ).first()


def _late(session: Session, actor: Actor, claim_key: int) -> Review | None:
    """The check of somebody else whose time is up, and whose slot may be taken."""
    return session.exec(
        select(Review)
        .where(Review.claim_id == claim_key, Review.reviewer_id != actor.person, is_free_again())
        .order_by(col(Review.lease_until), col(Review.id))
        .limit(1)
        .with_for_update(skip_locked=True, key_share=True)
    ).first()


def _check_open(session: Session, actor: Actor, claim: Claim) -> None:
    if barred_claims(session, actor, [claim.key]):
        raise NotAllowed("review.barred")
    if claim.state is not ClaimState.OPEN:
        raise WrongState("review.claim-closed", state=claim.state.value)


def _make_room(session: Session, claim: Claim, late: Review | None) -> None:
    if claim.slots_free < 1 and late is not None:
        release(session, late, claim)
    if claim.slots_free < 1 and known(session, claim.key) is None:
        raise WrongState("review.no-slot")


def _put_off(session: Session, actor: Actor, other: Review, claim: Claim) -> None:
    release(session, other, claim)
    other.put_off_at = now()
    record_event(
        session,
        actor,
        "review.put-off",
        noun="review",
        thing=other.public_id,
        project_id=other.project_id,
        claim_id=other.claim_id,
    )
    session.flush()
