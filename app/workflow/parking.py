"""Keeping a claim that one has: for longer, or until an answer from outside has come."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, WrongState
from app.domain.ids import now
from app.domain.leases import wait_until
from app.domain.words import ClaimState, ReviewState
from app.storage.leases import waits
from app.storage.locking import AFRESH
from app.storage.tables import Claim, Review
from app.workflow.events import record_review_event
from app.workflow.lending import hold_person, lease, take_on
from app.workflow.reviews import own_check

MAX_WAITS_FOR = 200
HELD = frozenset({ReviewState.LENT, ReviewState.RETURNED})


def wait(
    session: Session, actor: Actor, review_id: str, *, until: datetime, waits_for: str = ""
) -> str | None:
    """Park a check until a time; slot and draft stay mine. Answers the next check's public id.

    It is the first in my hands again when the time has come, or when an answer to a request for a
    reply to its claim is written down. Sent twice, it is done once.

    Raises:
        Invalid: a time that is gone or too far off, or too many words on what it waits for.
        WrongState: the check is not in my hands, or its claim is closed.
    """
    hold_person(session, actor)
    row = _in_my_hands(session, actor, review_id)
    why = " ".join(waits_for.split())
    if len(why) > MAX_WAITS_FOR:
        raise Invalid("review.waits-for", field="waits_for", limit=MAX_WAITS_FOR)
    if (row.waits_until, row.waits_for) != (until, why or None):
        row.waits_until, row.waits_for = wait_until(until, now()), why or None
        row.asked_at = None
        if row.lease_until is not None:
            row.lease_until = until + lease(session, row.project_id)
        record_review_event(session, actor, "review.wait", row)
    return take_on(session, actor, row.project_id)


def keep(session: Session, actor: Actor, review_id: str) -> None:
    """Have a claim for as long again, from now on; one given by hand has no end anyway.

    Raises:
        WrongState: the check is not in my hands, or its claim is closed.
    """
    row = _in_my_hands(session, actor, review_id)
    row.asked_at = None
    if row.lease_until is not None:
        row.lease_until = max(row.lease_until, now() + lease(session, row.project_id))
    record_review_event(session, actor, "review.keep", row)


def end_waits(session: Session, claim_id: int) -> None:
    """What the checks of a claim wait for has come: each is the first in its reviewer's hands.

    It is theirs for as long again as one that was lent now.
    """
    query = select(Review).where(
        Review.claim_id == claim_id,
        col(Review.state).in_(HELD),
        col(Review.slot).is_not(None),
        waits(),
    )
    query = query.order_by(col(Review.id)).with_for_update(key_share=True)
    for row in session.exec(query, execution_options=AFRESH):
        row.waits_until = now()
        if row.lease_until is not None:
            row.lease_until = now() + lease(session, row.project_id)
    session.flush()


def _in_my_hands(session: Session, actor: Actor, review_id: str) -> Review:
    row = own_check(session, actor, review_id)
    if row.state not in HELD or row.slot is None:
        raise WrongState("review.not-held")
    state = session.get_one(Claim, row.claim_id).state
    if state is not ClaimState.OPEN:
        raise WrongState("review.claim-closed", state=state.value)
    return row
