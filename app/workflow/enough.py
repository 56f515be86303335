"""A way out for a claim whose checks do not come: nobody is left who may give them.

It wants no more than it has, and waits to be settled; a later round in which nobody has a check ends
for the claim, which is what it was before. Nothing is taken out of anybody's hands, and nobody is
lent the claim any more.
"""

from enum import StrEnum

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import is_blind
from app.domain.errors import NotAllowed, WrongState
from app.domain.permissions import Action, ask_leave
from app.domain.rounds import LATER_KINDS
from app.domain.words import ClaimState
from app.storage.claims import standing
from app.storage.gold import known
from app.storage.locking import locked
from app.storage.tables import Claim, ClaimRound, ExtraCheck, Review, Round
from app.workflow.closing import close
from app.workflow.events import record_claim_event
from app.workflow.lending import claim_round_of
from app.workflow.revisions import former_ruling
from app.workflow.tallies import count_anew


class Ending(StrEnum):
    """What became of the claim."""

    ENOUGH = "enough"
    VERDICT = "verdict"
    WAITS = "waits"


def ask_no_more(session: Session, actor: Actor, claim_id: str) -> Ending:
    """Let a claim want no more checks than are given or in somebody's hands. Sent twice, it is once.

    Where a later round has none, it is over for the claim: its verdict holds again, or, where it had
    none yet, it waits to be settled with the checks of before. Nothing is settled by itself.

    Raises:
        Missing, NotAllowed: no leave, or the actor could check the claim and must not learn what
            others did.
        WrongState: it is not on the list to check, nobody has a check of it in its first round, or
            its answer is known.
    """
    claim = locked(session, Claim, claim_id)
    ask_leave(actor, Action.CLAIM_ASSIGN, claim.project_id)
    if claim.state is not ClaimState.OPEN:
        raise WrongState("review.claim-closed", state=claim.state.value)
    if known(session, claim.key) is not None:
        raise WrongState("enough.known")
    if is_blind(standing(session, actor, claim.key)):
        raise NotAllowed("ruling.blind")
    entry = claim_round_of(session, claim.key)
    in_use = _in_use(session, entry)
    if in_use == 0:
        return _end_round(session, actor, claim, entry)
    if claim.slots_free:
        entry.reviews_wanted, claim.slots_free = in_use, 0
        count_anew(session, claim.key)
        record_claim_event(session, actor, "claim.enough", claim, wanted=in_use)
        session.flush()
    return Ending.ENOUGH


def _in_use(session: Session, entry: ClaimRound) -> int:
    query = select(func.count()).where(
        Review.claim_round_id == entry.key, col(Review.slot).is_not(None)
    )
    return session.exec(query).one()


def _end_round(session: Session, actor: Actor, claim: Claim, entry: ClaimRound) -> Ending:
    this_round = session.get_one(Round, entry.round_id)
    if this_round.kind not in LATER_KINDS:
        raise WrongState("enough.none")
    record_claim_event(session, actor, "claim.round-end", claim, round=this_round.number)
    if former_ruling(session, claim) is not None:
        close(session, claim)
        return Ending.VERDICT
    _go_back(session, claim, entry)
    return Ending.WAITS


def _go_back(session: Session, claim: Claim, entry: ClaimRound) -> None:
    """Let a claim be in the round before again, which it waited in.

    A claim is in its last round: that it was in this one is told by its history. What somebody put
    off, passed on or was asked about there is kept with the checks of before; nobody is in both.
    """
    before = session.exec(
        select(ClaimRound)
        .where(ClaimRound.claim_id == claim.key, ClaimRound.id != entry.key)
        .order_by(col(ClaimRound.id).desc())
        .limit(1)
        .with_for_update(key_share=True)
    ).one()
    for review in session.exec(select(Review).where(Review.claim_round_id == entry.key)):
        review.claim_round_id = before.key
    session.execute(delete(ExtraCheck).where(col(ExtraCheck.claim_round_id) == entry.key))
    session.flush()
    session.delete(entry)
    session.flush()
    before.settled_at = None
    claim.slots_free = 0
    count_anew(session, claim.key)
    session.flush()
