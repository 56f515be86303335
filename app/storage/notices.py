"""Questions about what people are told of; what is about a comment waits until they may see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.ids import now
from app.domain.permissions import Action, may
from app.domain.words import NoticeKind
from app.storage.aliases import alias_of
from app.storage.comments import shown_to
from app.storage.people import actor_of
from app.storage.tables import Claim, Comment, Notice, Person, Project, Review

PAGE = 50
MOST_COUNTED = 100
# What waited this long to be seen is no news any more.
MAIL_AGE = timedelta(days=14)

_about = alias_of(Comment, "author_id", "claim_id", "id", "thread_id")
_last = alias_of(Notice, "id", "person_id", "public_id")
_first = alias_of(Comment, "asked_id", "id")


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """One thing that somebody is told of, as far as they may see it.

    ``by`` is who wrote the comment that it is about, and None where it is about a check: there a
    name would tell who else works on the claim. ``is_question``: the comment's thread asks somebody.
    """

    public_id: str
    kind: NoticeKind
    by: str | None
    project_title: str
    claim_id: str
    claim_text: str
    comment_id: str | None
    review_id: str | None
    is_question: bool
    created_at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class NoticeMail:
    """What the mail of a notice needs; ``is_hidden``: its reader may not see it yet."""

    public_id: str
    kind: NoticeKind
    name: str
    email: str
    locale: str | None
    is_hidden: bool


def seen_notices(actor: Actor) -> list[ColumnElement[bool]]:
    """What must hold of a notice that its reader may see."""
    visible = exists().where(col(_about.id) == col(Notice.comment_id), shown_to(actor, _about))
    return [
        col(Notice.person_id) == actor.person_id,
        _in_own_project(actor),
        _may_know(actor),
        or_(col(Notice.comment_id).is_(None), visible.correlate(Notice)),
    ]


def unread_ones(actor: Actor) -> SelectOfScalar[Notice]:
    """What the actor may see and has not read."""
    return select(Notice).where(*seen_notices(actor), col(Notice.read_at).is_(None))


def unread(session: Session, actor: Actor) -> int:
    """How many notices the actor has not read; at MOST_COUNTED it stops counting.

    Whether one may be seen is only asked where one is about a comment: the head of every page asks.
    """
    plain = select(Notice.comment_id).where(
        Notice.person_id == actor.person_id,
        _in_own_project(actor),
        _may_know(actor),
        col(Notice.read_at).is_(None),
    )
    about = session.exec(plain.limit(MOST_COUNTED)).all()
    if not any(about):
        return len(about)
    some = unread_ones(actor).limit(MOST_COUNTED).subquery()
    return session.exec(select(func.count()).select_from(some)).one()


def _in_own_project(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.is_admin else col(Notice.project_id).in_(sorted(actor.roles))


def _may_know(actor: Actor) -> ColumnElement[bool]:
    """What tells that a claim has a known answer is kept from those who are no editors any more."""
    if actor.is_admin:
        return true()
    projects = sorted(key for key in actor.roles if may(actor, Action.GOLD_SET, key))
    is_plain = col(Notice.kind) != NoticeKind.GOLD_MISSED
    return or_(is_plain, col(Notice.project_id).in_(projects)) if projects else is_plain


def notices(
    session: Session, actor: Actor, *, before: str | None = None, limit: int = PAGE
) -> list[NoticeRecord]:
    """What the actor is told of, newest first; ``before`` is the last one of the page before."""
    return _records(session, actor, before=before, limit=limit)


def notice(session: Session, actor: Actor, public_id: str) -> NoticeRecord:
    """One of the actor's notices.

    Raises:
        Missing: there is none, it is somebody else's, or it cannot be seen yet.
    """
    found = _records(session, actor, public_id=public_id, limit=1)
    if not found:
        raise Missing("notice.missing")
    return found[0]


def mail_of(session: Session, public_id: str) -> NoticeMail | None:
    """The mail of a notice, for the program itself; None where none is to be sent any more.

    None is where it was read or sent, is older than MAIL_AGE, or its reader wants no mail.
    """
    found = session.exec(
        select(Notice, Person)
        .join(Person, col(Person.id) == col(Notice.person_id))
        .where(
            Notice.public_id == public_id,
            col(Notice.read_at).is_(None),
            col(Notice.mailed_at).is_(None),
            Notice.created_at > now() - MAIL_AGE,
            col(Person.is_active),
            col(Person.wants_mail),
        )
    ).first()
    if found is None:
        return None
    row, person = found
    actor = actor_of(session, person.public_id)
    shown = session.exec(select(Notice.id).where(Notice.id == row.key, *seen_notices(actor)))
    return NoticeMail(
        public_id=row.public_id,
        kind=row.kind,
        name=person.name,
        email=person.email,
        locale=person.locale,
        is_hidden=shown.first() is None,
    )


def _records(
    session: Session,
    actor: Actor,
    *,
    before: str | None = None,
    public_id: str | None = None,
    limit: int,
) -> list[NoticeRecord]:
    query = _query(actor).limit(limit)
    if before is not None:
        key = select(_last.id).where(
            col(_last.public_id) == before, col(_last.person_id) == actor.person_id
        )
        query = query.where(col(Notice.id) < key.scalar_subquery())
    if public_id is not None:
        query = query.where(col(Notice.public_id) == public_id)
    return [
        NoticeRecord(
            public_id=row.public_id,
            kind=row.kind,
            by=name,
            project_title=title,
            claim_id=claim.public_id,
            claim_text=claim.text,
            comment_id=comment_id,
            review_id=review_id,
            is_question=asked is not None,
            created_at=row.created_at,
            is_read=row.read_at is not None,
        )
        for row, claim, title, name, comment_id, review_id, asked in session.execute(query)
    ]


def _query(actor: Actor) -> Select[Any]:
    return (
        select(Notice, Claim, Project.title, Person.name)
        .add_columns(
            col(Comment.public_id),
            col(Review.public_id),
            func.coalesce(_first.asked_id, Comment.asked_id),
        )
        .join(Claim, col(Claim.id) == col(Notice.claim_id))
        .join(Project, col(Project.id) == col(Notice.project_id))
        .join(Comment, col(Comment.id) == col(Notice.comment_id), isouter=True)
        .join(_first, col(_first.id) == col(Comment.thread_id), isouter=True)
        .join(Person, col(Person.id) == col(Comment.author_id), isouter=True)
        .join(Review, col(Review.id) == col(Notice.review_id), isouter=True)
        .where(*seen_notices(actor))
        .order_by(col(Notice.id).desc())
    )
