"""A person's own open checks, in all projects: what a source found elsewhere could be for."""

from dataclasses import dataclass

from sqlalchemy import case, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, may
from app.domain.words import ClaimState, ProjectState, ReviewState
from app.storage.leases import has_draft, waits
from app.storage.tables import Claim, Project, Review

MOST = 100


@dataclass(frozen=True, slots=True)
class OpenCheck:
    """A check that its reviewer could go on with."""

    public_id: str
    claim_text: str
    claim_language: str | None
    project_title: str
    is_waiting: bool
    is_in_hand: bool


def open_checks(session: Session, actor: Actor) -> list[OpenCheck]:
    """What the actor has in hand, then what waits for an answer, then what has only a draft."""
    holds, is_waiting = col(Review.slot).is_not(None), waits()
    query = (
        select(Review, Claim, Project, is_waiting)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .join(Project, col(Project.id) == col(Review.project_id))
        .where(
            Review.reviewer_id == actor.person,
            col(Review.state).in_([ReviewState.LENT, ReviewState.RETURNED]),
            or_(holds, has_draft()),
            Claim.state == ClaimState.OPEN,
            Project.state == ProjectState.ACTIVE,
        )
        .order_by(
            case((is_waiting, 1), (holds, 0), else_=2),
            case((has_draft(), 0), else_=1),
            col(Review.id).desc(),
        )
        .limit(MOST)
    )
    return [
        OpenCheck(
            public_id=row.public_id,
            claim_text=claim.text,
            claim_language=claim.language,
            project_title=project.title,
            is_waiting=bool(waiting),
            is_in_hand=row.slot is not None and not waiting,
        )
        for row, claim, project, waiting in session.exec(query)
        if may(actor, Action.REVIEW_TAKE, row.project_id)
    ]
