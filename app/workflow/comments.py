"""Talking about a claim: comments, answers to them, and closing a thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.comments import checked_text, with_mentions
from app.domain.errors import Invalid, NotAllowed, WrongState
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.records import PersonRecord
from app.domain.words import NoticeKind
from app.storage.comments import claim_of, may_answer, may_close
from app.storage.locking import locked, locked_by_key
from app.storage.projects import members
from app.storage.tables import Claim, Comment, Mention
from app.workflow.events import record_event
from app.workflow.notices import tell

# The same words of the same person at the same place within this time were sent twice.
SENT_TWICE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentValues:
    """What a form says; ``tell`` is the public id of somebody to be told, beside the mentioned."""

    text: str
    tell: str = ""


def add_comment(session: Session, actor: Actor, claim_id: str, *, values: CommentValues) -> str:
    """Begin a thread on a claim. Answers the comment's public id; sent twice, it is there once.

    Raises:
        Invalid: no words, too many, or the person to tell is no member.
    """
    claim = locked(session, Claim, claim_id)
    ask_leave(actor, Action.COMMENT_ADD, claim.project_id)
    row, told = written(session, actor, claim, values=values)
    if row.id is None:
        keep(session, actor, row, told=told)
        for person in told:
            tell(
                session,
                actor,
                NoticeKind.MENTIONED,
                person_id=person.id,
                claim=claim,
                comment=row,
            )
    return row.public_id


def reply(session: Session, actor: Actor, comment_id: str, *, values: CommentValues) -> str:
    """Answer in a thread. Answers the public id of the answer; sent twice, it is there once.

    Raises:
        Missing: there is no such comment, or the actor may not see it.
        NotAllowed: the actor only reads, and is not the one who was asked.
        Invalid: no words, too many, or the person to tell is no member.
    """
    first = _first(session, actor, comment_id)
    claim = locked_by_key(session, Claim, first.claim_id)
    if not may_answer(actor, first):
        raise NotAllowed("not-allowed", action=Action.COMMENT_ADD.value)
    row, told = written(session, actor, claim, values=values, first=first)
    if row.id is not None:
        return row.public_id
    keep(session, actor, row, told=told)
    notices = dict.fromkeys((person.id for person in told), NoticeKind.MENTIONED)
    if first.asked_id is not None and actor.person_id == first.author_id:
        notices[first.asked_id] = NoticeKind.ASKED
    notices[first.author_id] = NoticeKind.ANSWERED
    for person_id, kind in notices.items():
        tell(session, actor, kind, person_id=person_id, claim=claim, comment=row)
    return row.public_id


def resolve(session: Session, actor: Actor, comment_id: str) -> None:
    """Close a thread; closed already, it stays so.

    Raises:
        Missing: there is no such comment, or the actor may not see it.
        NotAllowed: it is somebody else's, and the actor is no lead.
        WrongState: it is an answer, not a thread.
    """
    first = _to_close(session, actor, comment_id)
    if first.resolved_at is None:
        first.resolved_by_id, first.resolved_at = actor.person, now()
        _tell_history(session, actor, "comment.resolve", first)


def reopen(session: Session, actor: Actor, comment_id: str) -> None:
    """Open a closed thread again.

    Raises:
        Missing: there is no such comment, or the actor may not see it.
        NotAllowed: it is somebody else's, and the actor is no lead.
    """
    first = _to_close(session, actor, comment_id)
    if first.resolved_at is not None:
        first.resolved_by_id = first.resolved_at = None
        _tell_history(session, actor, "comment.reopen", first)


def written(
    session: Session,
    actor: Actor,
    claim: Claim,
    *,
    values: CommentValues,
    first: Comment | None = None,
    asked_id: int | None = None,
) -> tuple[Comment, Sequence[PersonRecord]]:
    """The comment that a form writes, and who is told; one that was sent before has its key."""
    people = [person for person in members(session, claim.project_id) if person.is_active]
    text, ids = with_mentions(
        checked_text(values.text), [(person.public_id, person.name) for person in people]
    )
    if values.tell and values.tell not in {person.public_id for person in people}:
        raise Invalid("comment.person", field="tell")
    row = Comment(
        project_id=claim.project_id,
        claim_id=claim.key,
        thread_id=None if first is None else first.key,
        author_id=actor.person,
        asked_id=asked_id,
        text=text,
    )
    told = [person for person in people if person.public_id in {*ids, values.tell}]
    return _sent_before(session, row) or row, told


def keep(
    session: Session,
    actor: Actor,
    row: Comment,
    *,
    told: Sequence[PersonRecord],
    action: str = Action.COMMENT_ADD,
    **details: object,
) -> None:
    """Store a comment, whom it mentions, and a line of history."""
    session.add(row)
    session.flush()
    session.add_all(Mention(comment_id=row.key, person_id=person.id) for person in told)
    _tell_history(session, actor, action, row, **details)


def _sent_before(session: Session, row: Comment) -> Comment | None:
    newest = session.exec(
        select(Comment)
        .where(
            Comment.claim_id == row.claim_id,
            Comment.author_id == row.author_id,
            Comment.thread_id == row.thread_id,
        )
        .order_by(col(Comment.id).desc())
        .limit(1)
    ).first()
    if newest is None or newest.created_at < now() - SENT_TWICE:
        return None
    return newest if (newest.text, newest.asked_id) == (row.text, row.asked_id) else None


def _first(session: Session, actor: Actor, comment_id: str) -> Comment:
    """The first comment of a thread that the actor sees, locked; any of the thread names it."""
    claim_of(session, actor, comment_id)
    row = locked(session, Comment, comment_id)
    if row.thread_id is None:
        return row
    first = locked_by_key(session, Comment, row.thread_id)
    # Who is blind sees an answer of their own, but not what somebody else had begun.
    claim_of(session, actor, first.public_id)
    return first


def _to_close(session: Session, actor: Actor, comment_id: str) -> Comment:
    first = _first(session, actor, comment_id)
    if first.public_id != comment_id:
        raise WrongState("comment.answer")
    if not may_close(actor, first):
        raise NotAllowed("not-allowed", action=Action.COMMENT_ADD.value)
    return first


def _tell_history(
    session: Session, actor: Actor, action: str, row: Comment, **details: object
) -> None:
    record_event(
        session,
        actor,
        action,
        noun="comment",
        thing=row.public_id,
        project_id=row.project_id,
        claim_id=row.claim_id,
        **details,
    )
    session.flush()
