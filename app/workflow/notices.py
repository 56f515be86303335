"""Telling people of things: one notice each, read on their notices page and sent by e-mail."""

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.ids import now
from app.domain.words import NoticeKind
from app.storage import notices
from app.storage.tables import Claim, Comment, Notice, Review
from app.workflow.jobs import add_job

# Whoever sits at the desk reads it first, and gets no mail.
MAIL_AFTER = timedelta(minutes=2)


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
    notice = Notice(
        project_id=claim.project_id,
        person_id=person_id,
        kind=kind,
        by_id=actor.person_id,
        claim_id=claim.key,
        review_id=None if review is None else review.key,
        comment_id=None if comment is None else comment.key,
    )
    session.add(notice)
    session.flush()
    payload = {"notice": notice.public_id}
    add_job(session, "notice.mail", payload, run_at=now() + MAIL_AFTER)


def note_mailed(session: Session, notice_id: str) -> None:
    """Note that somebody was told by e-mail."""
    statement = update(Notice).where(
        col(Notice.public_id) == notice_id, col(Notice.mailed_at).is_(None)
    )
    session.execute(statement.values(mailed_at=now()))


def read(session: Session, actor: Actor, notice_id: str) -> None:
    """Note that the actor has read what they are told of; read before, it stays as it was.

    Raises:
        Missing: there is no such notice, it is somebody else's, or it cannot be seen yet.
    """
    notices.notice(session, actor, notice_id)
    statement = update(Notice).where(
        col(Notice.public_id) == notice_id, col(Notice.read_at).is_(None)
    )
    session.execute(statement.values(read_at=now()))


def read_all(session: Session, actor: Actor, *, upto: str) -> None:
    """Note that the actor has read all up to one notice: what came since was not on the page.

    Raises:
        Missing: there is no such notice, it is somebody else's, or it cannot be seen yet.
    """
    notices.notice(session, actor, upto)
    last = session.exec(select(Notice).where(Notice.public_id == upto)).one()
    seen = notices.unread_ones(actor).where(col(Notice.id) <= last.key)
    for row in session.exec(seen.with_for_update(of=Notice)):
        row.read_at = now()
    session.flush()
