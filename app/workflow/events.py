"""Writing history: every verb leaves one line."""

from sqlmodel import Session

from app.domain.actors import Actor
from app.storage.events import add_event
from app.storage.tables import Claim, Review


def record_event(
    session: Session,
    actor: Actor,
    action: str,
    *,
    noun: str,
    thing: str,
    project_id: int | None = None,
    claim_id: int | None = None,
    **details: object,
) -> None:
    """Add one line of history; ``thing`` is a public id.

    With ``claim_id``, the key of a claim, it is a line of that claim's history too. ``details`` hold ids, field names, versions and hashes, never texts, names or addresses.
    """
    add_event(
        session,
        {
            "actor_kind": actor.kind,
            "actor_id": actor.person_id,
            "project_id": project_id,
            "action": str(action),
            "noun": noun,
            "thing": thing,
            "details": details,
        },
        claim_id=claim_id,
    )


def record_claim_event(
    session: Session, actor: Actor, action: str, claim: Claim, **details: object
) -> None:
    """Add a line to the history of a claim, after what it tells of is written."""
    record_event(
        session,
        actor,
        action,
        noun="claim",
        thing=claim.public_id,
        project_id=claim.project_id,
        claim_id=claim.key,
        **details,
    )
    session.flush()


def record_review_event(session: Session, actor: Actor, action: str, review: Review) -> None:
    """Add a line on a check to the history of its claim, after what it tells of is written."""
    record_event(
        session,
        actor,
        action,
        noun="review",
        thing=review.public_id,
        project_id=review.project_id,
        claim_id=review.claim_id,
    )
    session.flush()
