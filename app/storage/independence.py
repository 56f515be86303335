"""Whether an answer is given blind: nothing of others' answers could be read by the one who gives it.

What counts is what a person could have seen, not what they looked at. The first answer of a check
in a blind round is blind unless

- the claim had a verdict before, and the person could read it: as a member of the project or an
  admin before the round was opened, because it was published, or because another claim of the same
  statement has it too;
- a colleague whom they asked about the claim, and who knew answers of others, told them something.

Whoever saw all checks of a claim while it was complete is barred from it, and gives none.

A later version is blind only if all before it were, no lead's question asked for it, the person
does not see all checks, the claim never was one to learn from, whose answer is explained to whoever
gave theirs, and nobody else has written a comment on it: comments are shown to whoever has answered.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import ROLES, Action, may
from app.domain.words import GoldUse
from app.storage.aliases import alias_of
from app.storage.sending import Known, Sending
from app.storage.tables import (
    Claim,
    Comment,
    GoldAnswer,
    Membership,
    Person,
    PublishedClaim,
    Review,
    ReviewVersion,
    Round,
    Ruling,
)

# Under names of their own: a question asks the same tables twice.
_question = alias_of(Comment, "asked_id", "author_id", "claim_id", "id")
_answer = alias_of(Comment, "author_id", "id", "thread_id")
_theirs = alias_of(Review, "claim_id", "reviewer_id", "submitted_version")
_role = alias_of(Membership, "person_id", "project_id", "role")
_admin = alias_of(Person, "id", "is_admin")


def is_blind_answer(session: Session, actor: Actor, sending: Sending, known: Known) -> bool:
    """Whether a version of a check that is written down now is a blind answer."""
    row, this_round = sending.review, sending.round
    if not this_round.is_blind or row.question is not None:
        return False
    swayed = known.has_ruling and _knew_the_verdict(session, actor, row, this_round)
    swayed = swayed or (known.has_asked and _was_told(session, actor, row))
    if row.submitted_version > 0:
        swayed = swayed or _has_seen_since(session, actor, row)
    return not swayed


def _knew_the_verdict(session: Session, actor: Actor, row: Review, this_round: Round) -> bool:
    """Whether this person could have read the verdict that the claim had before this round."""
    ruled = select(Ruling.id).where(Ruling.claim_id == row.claim_id)
    twin = select(Ruling.id).where(
        or_(
            and_(col(Ruling.claim_id) == row.claim_id, col(Ruling.from_ruling_id).is_not(None)),
            col(Ruling.from_ruling_id).in_(ruled),
        )
    )
    was_here = select(Membership.id).where(
        Membership.project_id == row.project_id,
        Membership.person_id == actor.person_id,
        col(Membership.created_at) <= this_round.created_at,
    )
    in_piece = select(PublishedClaim.id).where(PublishedClaim.claim_id == row.claim_id)
    return (
        actor.is_admin
        or session.get_one(Claim, row.claim_id).published_url is not None
        or any(session.exec(query.limit(1)).first() for query in (was_here, in_piece, twin))
    )


def _was_told(session: Session, actor: Actor, row: Review) -> bool:
    """A colleague answered a question of this person, and knew how others had answered."""
    has_checked = exists().where(
        col(_theirs.claim_id) == row.claim_id,
        col(_theirs.reviewer_id) == col(_answer.author_id),
        col(_theirs.submitted_version) > 0,
    )
    query = (
        select(_answer.id)
        .join(_question, col(_question.id) == col(_answer.thread_id))
        .where(
            col(_question.claim_id) == row.claim_id,
            col(_question.author_id) == actor.person_id,
            col(_question.asked_id) == col(_answer.author_id),
            or_(has_checked, may_have_seen(col(_answer.author_id), row.project_id)),
        )
    )
    return session.exec(query.limit(1)).first() is not None


def _has_seen_since(session: Session, actor: Actor, row: Review) -> bool:
    """Something of others' answers was open to a person since they gave theirs."""
    if may(actor, Action.REVIEW_SEE_ALL, row.project_id):
        return True
    swayed = select(ReviewVersion.id).where(
        ReviewVersion.review_id == row.key, col(ReviewVersion.is_blind).is_(False)
    )
    comment = select(Comment.id).where(
        Comment.claim_id == row.claim_id, Comment.author_id != actor.person_id
    )
    explained = select(GoldAnswer.id).where(
        GoldAnswer.claim_id == row.claim_id, GoldAnswer.use == GoldUse.TRAINING
    )
    return any(session.exec(query.limit(1)).first() for query in (swayed, comment, explained))


def may_have_seen(person: Any, project_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - columns or keys
    """Whether a person may have read all checks of a project: its leads of now and before, admins."""
    is_admin = exists().where(col(_admin.id) == person, col(_admin.is_admin))
    return or_(ever_led(person, project_id), is_admin)


def ever_led(person: Any, project_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - columns or keys
    """Whether a person sees all checks of a project by a role, or did once."""
    return exists().where(
        col(_role.project_id) == project_id,
        col(_role.person_id) == person,
        col(_role.role).in_(ROLES[Action.REVIEW_SEE_ALL]),
    )
