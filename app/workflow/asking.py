"""Asking whoever has had a claim for too long whether they still check it."""

from datetime import timedelta

from sqlmodel import Session

from app.domain.actors import Actor
from app.domain.errors import WrongState
from app.domain.ids import now
from app.domain.leases import grace
from app.domain.permissions import Action, ask_leave
from app.domain.words import NoticeKind, ReviewState
from app.storage.locking import locked
from app.storage.projects import by_id
from app.storage.tables import Claim, Review
from app.workflow.events import record_event
from app.workflow.notices import tell


def ask_holder(session: Session, actor: Actor, review_id: str) -> None:
    """Ask the one who has a claim, and give them time to answer; asked twice, they are asked once.

    Act as the program where a person's wish for the claim is the reason: the holder would learn
    from a name who else checks.

    Raises:
        WrongState: the check is in nobody's hands, or was given by hand and does not expire.
    """
    row = locked(session, Review, review_id)
    ask_leave(actor, Action.REVIEW_TAKE, row.project_id)
    if row.state is not ReviewState.LENT or row.slot is None or row.lease_until is None:
        raise WrongState("review.not-held")
    if row.asked_at is not None:
        return
    row.asked_at = now()
    lease = timedelta(minutes=by_id(session, row.project_id).lease_minutes)
    row.lease_until = max(row.lease_until, row.asked_at + grace(lease))
    claim = session.get_one(Claim, row.claim_id)
    tell(session, actor, NoticeKind.LAPSING, person_id=row.reviewer_id, claim=claim, review=row)
    record_event(
        session,
        actor,
        "review.ask-holder",
        noun="review",
        thing=row.public_id,
        project_id=row.project_id,
        claim_id=row.claim_id,
    )
    session.flush()
