"""Taking checks out of the hands of those who have them; what was typed and answered is kept."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import is_blind
from app.domain.errors import NotAllowed, WrongState
from app.domain.permissions import Action, ask_leave
from app.domain.words import ClaimState, ReviewState
from app.storage.bars import person_is_barred
from app.storage.claims import standing
from app.storage.locking import AFRESH, locked, locked_by_key
from app.storage.tables import Claim, Review
from app.workflow.events import record_event
from app.workflow.lending import claim_round_of, locked_claims, release

_IN_HAND = (
    col(Review.state).in_([ReviewState.LENT, ReviewState.RETURNED]),
    col(Review.slot).is_not(None),
)


def take_back(session: Session, actor: Actor, review_id: str) -> str:
    """Let somebody else check a claim whose check went back with a question and does not come.

    Answers the claim's public id. The check stays its reviewer's: sent again, it counts if a place
    is still free. Sent twice, it is done once.

    Raises:
        WrongState: the check was not sent back, its claim is closed, or went on into another round.
        NotAllowed: it is one's own, or the actor may not see it yet.
    """
    row = locked(session, Review, review_id)
    ask_leave(actor, Action.CLAIM_SETTLE, row.project_id)
    claim = locked_by_key(session, Claim, row.claim_id)
    if row.reviewer_id == actor.person_id:
        raise NotAllowed("ruling.own-check")
    if is_blind(standing(session, actor, claim.key)):
        raise NotAllowed("ruling.blind")
    if row.state is not ReviewState.RETURNED or claim.state is not ClaimState.OPEN:
        raise WrongState("review.state", state=row.state.value)
    if row.claim_round_id != claim_round_of(session, claim.key).key:
        raise WrongState("review.earlier-round")
    if row.slot is not None:
        release(session, row, claim)
        _tell(session, actor, row)
    return claim.public_id


def _tell(session: Session, actor: Actor, row: Review) -> None:
    record_event(
        session,
        actor,
        "review.take-back",
        noun="review",
        thing=row.public_id,
        project_id=row.project_id,
        claim_id=row.claim_id,
    )
    session.flush()


def hold_checks(session: Session, names: Iterable[str]) -> None:
    """Lock the checks of some claims that are in hand; do so before locking the claims."""
    query = (
        select(Review.id)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(col(Claim.public_id).in_(list(names)), *_IN_HAND)
        .order_by(col(Review.id))
    )
    session.exec(query.with_for_update(of=Review, key_share=True)).all()


def let_go(session: Session, claim: Claim) -> None:
    """Release the checks of a claim, which is locked and closed now.

    A check that was lent while the claim was waited for is among them. One that is being written at
    this moment is left alone: whoever holds it waits for the claim.
    """
    for review in in_hand(session, [claim.key]):
        release(session, review, claim)


def let_go_of_barred(session: Session, claim: Claim) -> None:
    """Release the checks of a claim, which is locked, of those who may not check it any more.

    What they typed is kept; who has answered before goes on.
    """
    query = (
        select(Review.id)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Review.claim_id == claim.key,
            Review.state == ReviewState.LENT,
            Review.submitted_version == 0,
            person_is_barred(col(Review.reviewer_id)),
        )
    )
    barred = set(session.exec(query))
    for review in in_hand(session, [claim.key]):
        if review.key in barred:
            release(session, review, claim)


def in_hand(session: Session, claim_ids: Collection[int]) -> Sequence[Review]:
    """The checks of claims that hold a slot and are not given; what is being written is left out."""
    query = select(Review).where(col(Review.claim_id).in_(claim_ids), *_IN_HAND)
    query = query.order_by(col(Review.id)).with_for_update(skip_locked=True, key_share=True)
    return session.exec(query, execution_options=AFRESH).all()


def let_go_of_closed(session: Session, person_id: int, *these: ColumnElement[bool]) -> int:
    """Take back what a person, who is held, has of claims that are closed to them; how many.

    ``these``: what else must hold of a check.
    """
    query = (
        select(Review)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Review.reviewer_id == person_id,
            Review.state == ReviewState.LENT,
            col(Review.slot).is_not(None),
            Review.submitted_version == 0,
            person_is_barred(person_id),
            *these,
        )
        .order_by(col(Review.id))
        .with_for_update(of=Review, key_share=True)
    )
    reviews = session.exec(query).all()
    claims = locked_claims(session, {review.claim_id for review in reviews})
    for review in reviews:
        release(session, review, claims[review.claim_id])
    return len(reviews)
