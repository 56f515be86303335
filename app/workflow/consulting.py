"""Asking a colleague about a claim; who is asked cannot check it blind any more."""

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, Missing
from app.domain.permissions import Action, ask_leave
from app.domain.words import BarReason, ClaimState, NoticeKind
from app.storage.locking import locked_by_key
from app.storage.projects import current_round, members
from app.storage.tables import Bar, Claim, ClaimRound, Person, Review, Round
from app.workflow.comments import CommentValues, keep, written
from app.workflow.lending import release
from app.workflow.notices import tell


def ask(session: Session, actor: Actor, claim_id: str, *, person_id: str, text: str) -> str:
    """Ask a member of the project about a claim. Answers the public id of the question.

    Where the claim is checked blind, the person asked is consulted: they cannot check it any more,
    unless they have answered already; a check that they hold goes back, its draft stays theirs.
    Sent twice, it is asked once.

    Raises:
        Missing: there is no such claim.
        Invalid: no words, too many, no member, or oneself.
    """
    key, project_id = _ids_of(session, claim_id)
    ask_leave(actor, Action.COMMENT_ADD, project_id)
    asked_id = _member(session, actor, project_id, person_id)
    # The person, their check, the claim: in the order in which every verb locks them.
    locked_by_key(session, Person, asked_id)
    reviews = _checks_of(session, key, asked_id)
    claim = locked_by_key(session, Claim, key)
    row, told = written(session, actor, claim, values=CommentValues(text=text), asked_id=asked_id)
    if row.id is None:
        barred = _bar(session, claim, asked_id, reviews)
        facts = {"asked": person_id, "barred": barred}
        keep(session, actor, row, told=told, action="comment.ask", **facts)
        notices = dict.fromkeys((person.id for person in told), NoticeKind.MENTIONED)
        for key, kind in {**notices, asked_id: NoticeKind.ASKED}.items():
            tell(session, actor, kind, person_id=key, claim=claim, comment=row)
    return row.public_id


def _ids_of(session: Session, claim_id: str) -> tuple[int, int]:
    """The keys of a claim and of its project, which never change: it is not locked yet."""
    query = select(Claim.id, Claim.project_id).where(Claim.public_id == claim_id)
    key, project_id = session.exec(query).first() or (None, 0)
    if key is None:
        raise Missing("claim.missing")
    return key, project_id


def _member(session: Session, actor: Actor, project_id: int, person_id: str) -> int:
    people = {p.public_id: p.id for p in members(session, project_id) if p.is_active}
    if person_id not in people:
        raise Invalid("comment.person", field="person")
    if people[person_id] == actor.person_id:
        raise Invalid("ask.self", field="person")
    return people[person_id]


def _checks_of(session: Session, claim_id: int, person_id: int) -> list[Review]:
    query = select(Review).where(Review.claim_id == claim_id, Review.reviewer_id == person_id)
    return list(session.exec(query.order_by(col(Review.id)).with_for_update(key_share=True)))


def _bar(session: Session, claim: Claim, person_id: int, reviews: list[Review]) -> bool:
    """Keep the person from checking the claim blind; whether they are kept from it now."""
    if claim.state is ClaimState.SETTLED or not _is_checked_blind(session, claim):
        return False
    if any(review.submitted_version for review in reviews):
        return False
    for review in reviews:
        release(session, review, claim)
    query = select(Bar.id).where(Bar.claim_id == claim.key, Bar.person_id == person_id)
    if session.exec(query).first() is None:
        session.add(Bar(claim_id=claim.key, person_id=person_id, reason=BarReason.CONSULTED))
    return True


def _is_checked_blind(session: Session, claim: Claim) -> bool:
    """Whether the claim's round is blind; of a claim in none, the round that it would come into."""
    found = session.exec(
        select(Round)
        .join(ClaimRound, col(ClaimRound.round_id) == col(Round.id))
        .where(ClaimRound.claim_id == claim.key)
        .order_by(col(ClaimRound.id).desc())
    ).first()
    return (found or current_round(session, claim.project_id)).is_blind
