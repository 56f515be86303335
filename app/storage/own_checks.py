"""Questions about one person's own checks, as the list of them shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Integer, ScalarSelect, and_, bindparam
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.ids import now
from app.domain.own_checks import CheckGroup, group_of
from app.domain.records import ReviewLine, ReviewRecord
from app.domain.words import ClaimState, ReviewState
from app.storage.aliases import alias_of
from app.storage.driver import rows_of
from app.storage.kept import HERE, ME, written
from app.storage.leases import is_current
from app.storage.tables import Claim, Draft, Label, Person, Review, ReviewQuestion, ReviewVersion

MOST = 200
WHICH = bindparam("which", type_=Integer)
_here = alias_of(Review, "id", "submitted_at")


@dataclass(frozen=True, slots=True)
class OpenCheck:
    """A check that is begun and not given. ``draft_at``: when something was typed last."""

    public_id: str
    claim_text: str
    language: str | None
    group: CheckGroup
    has_slot: bool
    due_at: datetime | None
    lease_until: datetime | None
    waits_until: datetime | None
    waits_for: str | None
    put_off_at: datetime | None
    draft_at: datetime | None
    question: str | None


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """A question with which a version of a check came back; ``answered_by`` is a later version."""

    version: int
    text: str
    asked_at: datetime
    asked_by: str | None
    answered_by: int | None


def open_checks(
    session: Session, actor: Actor, project_id: int
) -> Mapping[CheckGroup, Sequence[OpenCheck]]:
    """My checks of open claims that are not given, by group; the first MOST, what is typed first."""
    query = (
        select(Review, Claim, Draft.updated_at)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .join(Draft, col(Draft.review_id) == col(Review.id), isouter=True)
        .where(
            Review.project_id == project_id, Review.reviewer_id == actor.person_id, _is_under_way()
        )
        .order_by(
            col(Draft.id).is_(None),
            col(Review.waits_until).is_(None),
            col(Review.waits_until),
            col(Review.put_off_at),
            col(Review.id),
        )
        .limit(MOST)
    )
    found: dict[CheckGroup, list[OpenCheck]] = {}
    for review, claim, draft_at in session.exec(query):
        check = _open_check(review, claim, draft_at)
        found.setdefault(check.group, []).append(check)
    return {group: found[group] for group in CheckGroup if group in found}


def _is_under_way() -> ColumnElement[bool]:
    return and_(
        col(Review.state).in_([ReviewState.LENT, ReviewState.RETURNED]),
        col(Claim.state) == ClaimState.OPEN,
        is_current(),
    )


def _open_check(review: Review, claim: Claim, draft_at: datetime | None) -> OpenCheck:
    return OpenCheck(
        public_id=review.public_id,
        claim_text=claim.text,
        language=claim.language,
        group=group_of(
            review.state,
            has_draft=draft_at is not None,
            waits_until=review.waits_until,
            put_off_at=review.put_off_at,
            at=now(),
        ),
        has_slot=review.slot is not None,
        due_at=claim.due_at,
        lease_until=review.lease_until,
        waits_until=review.waits_until,
        waits_for=review.waits_for,
        put_off_at=review.put_off_at,
        draft_at=draft_at,
        question=review.question if review.state is ReviewState.RETURNED else None,
    )


def given_checks(
    session: Session, actor: Actor, project_id: int, *, before: int | None = None, limit: int = 50
) -> list[tuple[int, ReviewLine]]:
    """My checks that are given, passed on, or of closed claims, newest first, each with its key."""
    query = (
        select(Review, Claim, Label.name, ReviewVersion.decided_at)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .join(
            ReviewVersion,
            (col(ReviewVersion.review_id) == col(Review.id))
            & (col(ReviewVersion.number) == col(Review.submitted_version)),
            isouter=True,
        )
        .join(Label, col(Label.id) == col(ReviewVersion.content_label_id), isouter=True)
        .where(
            Review.project_id == project_id,
            Review.reviewer_id == actor.person_id,
            ~_is_under_way(),
        )
        .order_by(col(Review.id).desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(col(Review.id) < before)
    return [
        (row.key, _line(row, claim, verdict, decided_at))
        for row, claim, verdict, decided_at in session.exec(query)
    ]


def _line(
    row: Review, claim: Claim, verdict: str | None, decided_at: datetime | None
) -> ReviewLine:
    return ReviewLine(
        public_id=row.public_id,
        claim_text=claim.text,
        state=row.state,
        verdict=verdict,
        decided_at=decided_at,
        is_open=claim.state is ClaimState.OPEN,
    )


def given_before(
    session: Session, actor: Actor, project_id: int, *, review_id: int
) -> ReviewLine | None:
    """The check that I gave last; seen from one that I gave, the one before it."""
    places = {"me": actor.person, "here": project_id, "which": review_id}
    found = rows_of(session, _given_before(), places)
    if not found:
        return None
    public_id, text, state, verdict, decided_at, claim_state = found[0]
    return ReviewLine(
        public_id=public_id,
        claim_text=text,
        state=state,
        verdict=verdict,
        decided_at=decided_at,
        is_open=claim_state is ClaimState.OPEN,
    )


@cache
def _given_before() -> Executable:
    """Given before a check was; the last of all, where that one is not given yet."""
    given_here: ScalarSelect[Any] = (
        rows(col(_here.submitted_at)).where(col(_here.id) == WHICH).scalar_subquery()
    )
    facts = map(
        col,
        (
            *(Review.public_id, Claim.text, Review.state),
            *(Label.name, Review.submitted_at, Claim.state),
        ),
    )
    return (
        rows(*facts)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .join(
            ReviewVersion,
            (col(ReviewVersion.review_id) == col(Review.id))
            & (col(ReviewVersion.number) == col(Review.submitted_version)),
        )
        .join(Label, col(Label.id) == col(ReviewVersion.content_label_id))
        .where(
            col(Review.project_id) == HERE,
            col(Review.reviewer_id) == ME,
            col(Review.state) == written(ReviewState.SUBMITTED),
            col(Review.id) != WHICH,
            given_here.is_(None) | (col(Review.submitted_at) < given_here),
        )
        .order_by(col(Review.submitted_at).desc(), col(Review.id).desc())
        .limit(1)
    )


def questions_of(session: Session, review: ReviewRecord, *, names: bool) -> list[QuestionRecord]:
    """The questions with which a check came back, oldest first; who asked only if ``names``."""
    if review.submitted_version == 0:
        return []
    query = (
        select(ReviewQuestion, Person.name, Review.submitted_version)
        .join(Review, col(Review.id) == col(ReviewQuestion.review_id))
        .join(Person, col(Person.id) == col(ReviewQuestion.asked_by_id), isouter=True)
        .where(ReviewQuestion.review_id == review.id)
        .order_by(col(ReviewQuestion.id))
    )
    return [
        QuestionRecord(
            version=row.version,
            text=row.text,
            asked_at=row.asked_at,
            asked_by=name if names else None,
            answered_by=row.version + 1 if submitted > row.version else None,
        )
        for row, name, submitted in session.exec(query)
    ]
