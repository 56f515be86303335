"""Questions about comments: those of a claim, those of a project, as far as blindness allows.

Who could check a claim, now or if it comes to want more, sees of its comments their own, and what
the one whom they asked answered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, exists, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.comments import Run, TalkFilter, runs
from app.domain.errors import Missing, NotAllowed
from app.domain.permissions import Action, may
from app.storage.aliases import alias_of
from app.storage.blind import is_blind_to, talk_is_kept_from
from app.storage.tables import Claim, Comment, Mention, Person

PAGE = 50
# Of the last thread on a page: whether it is closed, and its public id, which tells nothing.
Place = tuple[int, str]

# Where threads that are wanted can be: among open ones, closed ones, or both.
_PARTS = {
    TalkFilter.OPEN: (False,),
    TalkFilter.ASKED: (False,),
    TalkFilter.RESOLVED: (True,),
}

_first = alias_of(Comment, "asked_id", "author_id", "id")
_last = alias_of(Comment, "id", "project_id", "public_id")


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """What one person wrote; ``runs`` is empty once it was erased."""

    public_id: str
    author: str
    author_id: int
    runs: tuple[Run, ...]
    created_at: datetime
    is_erased: bool


@dataclass(frozen=True, slots=True)
class ThreadRecord:
    """A comment with what was written under it; ``asked`` is the person whom it asks."""

    first: CommentRecord
    replies: tuple[CommentRecord, ...]
    claim_id: str
    claim_text: str
    asked: str | None
    asked_id: int | None
    resolved_at: datetime | None
    resolved_by: str | None
    may_close: bool
    may_answer: bool


def shown_to(actor: Actor, comment: type[Comment] = Comment) -> ColumnElement[bool]:
    """Whether the actor may see a comment."""
    if actor.person_id is None:
        return true()
    mine_asked = exists().where(
        col(_first.id) == col(comment.thread_id),
        col(_first.author_id) == actor.person_id,
        # Anybody else who writes there may have checked already, and is not to be seen.
        col(_first.asked_id) == col(comment.author_id),
    )
    return or_(
        col(comment.author_id) == actor.person_id,
        ~talk_is_kept_from(actor, col(comment.claim_id)),
        mine_asked.correlate(comment),
    )


def claim_of(session: Session, actor: Actor, public_id: str) -> str:
    """The public id of the claim that a comment is on.

    Raises:
        Missing: there is no such comment, or the actor may not see it.
    """
    found = session.exec(
        select(Claim.public_id, Claim.project_id)
        .join(Comment, col(Comment.claim_id) == col(Claim.id))
        .where(Comment.public_id == public_id, shown_to(actor))
    ).first()
    if found is None or not may(actor, Action.PROJECT_VIEW, found[1]):
        raise Missing("comment.missing")
    return found[0]


def answerable(session: Session, actor: Actor, public_id: str) -> str:
    """The public id of the claim that a comment is on, for somebody who may answer it.

    Raises:
        Missing: there is no such comment, or the actor may not see it.
        NotAllowed: the actor only reads, and is not the one who was asked.
    """
    claim_id = claim_of(session, actor, public_id)
    row = session.exec(select(Comment).where(Comment.public_id == public_id)).one()
    first = row if row.thread_id is None else session.get_one(Comment, row.thread_id)
    if not may_answer(actor, first):
        raise NotAllowed("not-allowed", action=Action.COMMENT_ADD.value)
    return claim_id


def threads_of(
    session: Session, actor: Actor, claim_id: int, *, only_asked: bool = False
) -> list[ThreadRecord]:
    """The threads of a claim, oldest first; ``only_asked``: those in which I asked somebody."""
    query = select(Comment).where(
        Comment.claim_id == claim_id, col(Comment.thread_id).is_(None), shown_to(actor)
    )
    if only_asked:
        query = query.where(
            Comment.author_id == actor.person_id, col(Comment.asked_id).is_not(None)
        )
    return _threads(session, actor, session.exec(query.order_by(col(Comment.id))).all())


def threads(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: TalkFilter = TalkFilter.ALL,
    after: Place | None = None,
    limit: int = PAGE,
) -> list[ThreadRecord]:
    """The threads of a project: open ones first, then the newest first."""
    query = select(Comment).where(
        Comment.project_id == project_id,
        col(Comment.thread_id).is_(None),
        shown_to(actor),
        *fitting(actor, wanted),
    )
    older = None if after is None else col(Comment.id) < _key_of(project_id, after[1])
    rows: list[Comment] = []
    # Two questions, each of which an index answers; the second once the first has run dry.
    for is_closed in _PARTS.get(wanted, (False, True)):
        if len(rows) == limit or (after is not None and after[0] > is_closed):
            continue
        closed = col(Comment.resolved_at)
        part = query.where(closed.is_not(None) if is_closed else closed.is_(None))
        if older is not None and after is not None and after[0] == is_closed:
            part = part.where(older)
        newest_first = part.order_by(col(Comment.id).desc())
        rows += session.exec(newest_first.limit(limit - len(rows))).all()
    return _threads(session, actor, rows)


def _key_of(project_id: int, public_id: str) -> ScalarSelect[int | None]:
    query = select(_last.id).where(
        col(_last.public_id) == public_id, col(_last.project_id) == project_id
    )
    return query.scalar_subquery()


def place_of(thread: ThreadRecord) -> Place:
    """Where a thread stands in the list of all."""
    return (0 if thread.resolved_at is None else 1), thread.first.public_id


def fitting(
    actor: Actor, wanted: TalkFilter, of: type[Comment] = Comment
) -> Iterator[ColumnElement[bool]]:
    """What must hold of the first comment of a thread that is wanted."""
    if wanted is TalkFilter.OPEN:
        yield col(of.resolved_at).is_(None)
    elif wanted is TalkFilter.RESOLVED:
        yield col(of.resolved_at).is_not(None)
    elif wanted is TalkFilter.ASKED:
        yield from asked_and_open(actor, aliased(Comment), of)
    elif wanted is TalkFilter.MINE:
        mentioned = exists().where(
            col(Mention.comment_id) == col(of.id), col(Mention.person_id) == actor.person_id
        )
        yield or_(
            col(of.author_id) == actor.person_id,
            col(of.asked_id) == actor.person_id,
            mentioned.correlate(of),
        )


def asked_and_open(
    actor: Actor, answer: type[Comment], of: type[Comment] = Comment
) -> list[ColumnElement[bool]]:
    """Questions to the actor that they did not answer; ``answer`` is another name of comments."""
    answered = exists().where(
        col(answer.thread_id) == col(of.id), col(answer.author_id) == actor.person_id
    )
    return [
        col(of.asked_id) == actor.person_id,
        col(of.resolved_at).is_(None),
        col(of.erased_at).is_(None),
        ~answered.correlate(of),
    ]


def mentions_of(session: Session, keys: Sequence[int]) -> dict[int, dict[str, str]]:
    """Whom some comments mention: by the comment's key, names by public id."""
    found: dict[int, dict[str, str]] = {}
    query = (
        select(Mention.comment_id, Person.public_id, Person.name)
        .join(Person, col(Person.id) == col(Mention.person_id))
        .where(col(Mention.comment_id).in_(keys))
    )
    for comment_id, public_id, name in session.exec(query):
        found.setdefault(comment_id, {})[public_id] = name
    return found


def _threads(session: Session, actor: Actor, firsts: Sequence[Comment]) -> list[ThreadRecord]:
    """Threads with their answers: five questions, however many threads."""
    if not firsts:
        return []
    keys = [row.key for row in firsts]
    replies = session.exec(
        select(Comment)
        .where(col(Comment.thread_id).in_(keys), shown_to(actor))
        .order_by(col(Comment.id))
    ).all()
    mentions = mentions_of(session, [*keys, *(row.key for row in replies)])
    names = _names(session, [*firsts, *replies])
    unnamed = _closed_unseen(session, actor, keys)
    claims = {
        row.key: row
        for row in session.exec(
            select(Claim).where(col(Claim.id).in_({row.claim_id for row in firsts}))
        )
    }
    answers: dict[int, list[CommentRecord]] = {key: [] for key in keys}
    for row in replies:
        answers[row.thread_id or 0].append(_record(row, names, mentions.get(row.key, {})))
    return [
        _thread(
            actor,
            row,
            claims[row.claim_id],
            first=_record(row, names, mentions.get(row.key, {})),
            replies=tuple(answers[row.key]),
            names=names,
            is_closer_named=row.key not in unnamed,
        )
        for row in firsts
    ]


def _closed_unseen(session: Session, actor: Actor, keys: Sequence[int]) -> set[int]:
    """The threads of which the actor may not know who else closed them."""
    query = select(Comment.id).where(
        col(Comment.id).in_(keys),
        col(Comment.resolved_by_id) != actor.person_id,
        is_blind_to(actor, col(Comment.claim_id)),
    )
    return {key for key in session.exec(query) if key is not None}


def _thread(
    actor: Actor,
    row: Comment,
    claim: Claim,
    *,
    first: CommentRecord,
    replies: tuple[CommentRecord, ...],
    names: dict[int, str],
    is_closer_named: bool,
) -> ThreadRecord:
    return ThreadRecord(
        first=first,
        replies=replies,
        claim_id=claim.public_id,
        claim_text=claim.text,
        asked=names.get(row.asked_id or 0),
        asked_id=row.asked_id,
        resolved_at=row.resolved_at,
        resolved_by=names.get(row.resolved_by_id or 0) if is_closer_named else None,
        may_close=may_close(actor, row),
        may_answer=may_answer(actor, row),
    )


def may_close(actor: Actor, first: Comment) -> bool:
    """Whether the actor may close a thread that they see: its author, and leads."""
    leads = may(actor, Action.CLAIM_SETTLE, first.project_id)
    is_mine = first.author_id == actor.person_id
    return leads or (is_mine and may(actor, Action.COMMENT_ADD, first.project_id))


def may_answer(actor: Actor, first: Comment) -> bool:
    """Whether the actor may write in a thread that they see: the asked one may, whoever it is."""
    return first.asked_id == actor.person_id or may(actor, Action.COMMENT_ADD, first.project_id)


def _names(session: Session, rows: Sequence[Comment]) -> dict[int, str]:
    keys = {row.author_id for row in rows}
    keys |= {row.asked_id for row in rows if row.asked_id}
    keys |= {row.resolved_by_id for row in rows if row.resolved_by_id}
    return dict(session.exec(select(Person.id, Person.name).where(col(Person.id).in_(keys))).all())  # type: ignore[arg-type]  # ids of stored rows


def _record(row: Comment, names: dict[int, str], mentioned: dict[str, str]) -> CommentRecord:
    return CommentRecord(
        public_id=row.public_id,
        author=names[row.author_id],
        author_id=row.author_id,
        runs=runs(row.text, mentioned),
        created_at=row.created_at,
        is_erased=row.erased_at is not None,
    )
