"""Questions about how far checks agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.consensus import Answer
from app.domain.labels import Lines
from app.domain.permissions import Action, ask_leave, may
from app.domain.words import ClaimState, ReviewState
from app.storage.claims import visible
from app.storage.scales import vocabulary_of
from app.storage.tables import Claim, ClaimRound, Review, ReviewVersion

MOST_CHECKS = 20_000


@dataclass(frozen=True, slots=True)
class Compared:
    """The answers to the claims that one person may see whole.

    Attributes:
        claims: for each claim with two or more checks, by its key, what they answered.
        seen: how many claims the person may see whole, with however many checks.
        is_cut: there are more checks than are read at once; these are of the newest claims.
    """

    claims: Mapping[int, Sequence[Answer]]
    seen: int
    is_cut: bool


def answers_to_compare(
    session: Session, actor: Actor, project_id: int, *, most: int = MOST_CHECKS
) -> Compared:
    """Answers to a project's claims, newest first; the blind one where somebody later saw others'.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.PROJECT_VIEW, project_id)
    is_seen = _is_seen_whole(may(actor, Action.REVIEW_SEE_ALL, project_id))
    in_project = and_(col(Claim.project_id) == project_id, visible(), is_seen)
    seen = session.exec(select(func.count()).select_from(Claim).where(in_project)).one()
    rows = session.exec(
        select(Claim.id, ReviewVersion.content_label_id, ReviewVersion.attribution_label_id)
        .join(Review, col(Review.claim_id) == col(Claim.id))
        .join(ReviewVersion, col(ReviewVersion.review_id) == col(Review.id))
        .where(
            in_project,
            Review.state == ReviewState.SUBMITTED,
            col(ReviewVersion.number) == _number_to_compare(),
        )
        .order_by(col(Claim.id).desc(), col(Review.slot))
        .limit(most + 1)
    ).all()
    claims: dict[int, list[Answer]] = {}
    lines = _lines(session, project_id)
    for claim_id, content, attribution in rows:
        claims.setdefault(claim_id or 0, []).append(lines.answer(Answer(content, attribution)))
    is_cut = len(rows) > most
    if is_cut:
        # The last one may have further checks that were not read.
        claims.popitem()
    several = {key: answers for key, answers in claims.items() if len(answers) > 1}
    return Compared(several, seen, is_cut)


def _lines(session: Session, project_id: int) -> Lines:
    """Answers of earlier versions of the scales are compared as the present ones say them."""
    return vocabulary_of(session, project_id).lines


def _is_seen_whole(may_see_all: bool) -> ColumnElement[bool]:  # noqa: FBT001 - the one thing asked
    """As ``domain.blindness`` says: settled claims, and to leads those with all their checks.

    Nobody is blind to a claim that wants no more checks.
    """
    is_settled = col(Claim.state) == ClaimState.SETTLED
    if not may_see_all:
        return is_settled
    wants_more = exists().where(
        col(ClaimRound.claim_id) == col(Claim.id),
        col(ClaimRound.reviews_done) < col(ClaimRound.reviews_wanted),
    )
    has_round = exists().where(col(ClaimRound.claim_id) == col(Claim.id))
    return or_(is_settled, and_(col(Claim.state) == ClaimState.OPEN, has_round, ~wants_more))


def _number_to_compare() -> ColumnElement[int]:
    """The last version given blind, else the last one."""
    version = ReviewVersion.__table__.alias()  # type: ignore[attr-defined]  # SQLModel hides the table
    last_blind = (
        select(func.max(version.c.number))
        .where(version.c.review_id == col(Review.id), version.c.is_blind)
        .scalar_subquery()
    )
    return func.coalesce(last_blind, col(Review.submitted_version))
