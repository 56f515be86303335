"""Telling people of things: one notice each, read on their notices page and sent by e-mail."""

from sqlmodel import Session

from app.domain.actors import Actor
from app.domain.words import NoticeKind
from app.storage.tables import Claim, Comment, Notice, Review


def tell(
    session: Session,
    actor: Actor,
    kind: NoticeKind,
    *,
    person_id: int,
    claim: Claim,
    review: Review | None = None,
    comment: Comment | None = None,
) -> None:
    """Tell one person of something about a claim; nobody is told of what they did themselves."""
    if person_id == actor.person_id:
        return
    session.add(
        Notice(
            project_id=claim.project_id,
            person_id=person_id,
            kind=kind,
            by_id=actor.person_id,
            claim_id=claim.key,
            review_id=None if review is None else review.key,
            comment_id=None if comment is None else comment.key,
        )
    )
    session.flush()
