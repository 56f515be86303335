"""A person's own open checks, in all projects: what a source found elsewhere could be for."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.ids import now
from app.domain.permissions import Action, may
from app.domain.words import ClaimState, ProjectState, ReviewState, RoundKind
from app.storage.leases import has_draft, is_current, waits
from app.storage.tables import Article, Claim, ClaimRound, Project, Review, Round

MOST = 100


@dataclass(frozen=True, slots=True)
class OpenCheck:
    """A check that its reviewer could go on with."""

    public_id: str
    claim_text: str
    claim_language: str | None
    project_title: str
    is_waiting: bool
    has_slot: bool


def open_checks(session: Session, actor: Actor) -> list[OpenCheck]:
    """What the actor has in hand, then what waits for an answer, then what has only a draft."""
    query = (
        select(Review, Claim, Project, Article.language)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .join(Project, col(Project.id) == col(Review.project_id))
        .join(ClaimRound, col(ClaimRound.id) == col(Review.claim_round_id))
        .join(Round, col(Round.id) == col(ClaimRound.round_id))
        .join(Article, col(Article.id) == col(Claim.article_id), isouter=True)
        .where(Review.reviewer_id == actor.person, *_wants_sources())
        .order_by(
            case((waits(), 1), (col(Review.slot).is_not(None), 0), else_=2),
            case((has_draft(), 0), else_=1),
            col(Review.id).desc(),
        )
        .limit(MOST)
    )
    return [
        OpenCheck(
            public_id=row.public_id,
            claim_text=claim.text,
            claim_language=claim.language or language,
            project_title=project.title,
            is_waiting=row.waits_until is not None and row.waits_until > now(),
            has_slot=row.slot is not None,
        )
        for row, claim, project, language in session.exec(query)
        if may(actor, Action.REVIEW_TAKE, row.project_id)
    ]


def _wants_sources() -> tuple[ColumnElement[bool], ...]:
    """A check is open, and a source can be added to it: a control takes those that are recorded."""
    return (
        col(Review.state).in_([ReviewState.LENT, ReviewState.RETURNED]),
        or_(col(Review.slot).is_not(None), has_draft()),
        is_current(),
        col(Claim.state) == ClaimState.OPEN,
        col(Round.kind) != RoundKind.EVIDENCE_ONLY,
        col(Project.state) == ProjectState.ACTIVE,
    )
