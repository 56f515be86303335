"""The rows of comments.csv, a few hundred at a time, as far as blindness allows."""

from collections.abc import Iterator

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.comments import TalkFilter, plain
from app.domain.export_rows import CommentRow
from app.domain.permissions import Action, ask_leave
from app.storage.aliases import alias_of
from app.storage.claims import in_batch
from app.storage.comments import fitting, shown_to
from app.storage.projects import by_id
from app.storage.pseudonyms import Naming, naming
from app.storage.tables import Claim, Comment, Mention, Person

CHUNK = 500

_first = alias_of(Comment)


def comment_rows(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: TalkFilter = TalkFilter.ALL,
    names: bool = False,
    batch_id: int | None = None,
) -> Iterator[CommentRow]:
    """One row for every comment in a thread that is wanted, oldest first.

    People stand under pseudonyms that reviews.csv does not have, or under their names if asked for.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    project = by_id(session, project_id)
    name_of = naming(session, actor, project, names=names, of="comment")
    return _rows(session, actor, project_id, wanted=wanted, batch_id=batch_id, name_of=name_of)


def _rows(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: TalkFilter,
    batch_id: int | None,
    name_of: Naming,
) -> Iterator[CommentRow]:
    rules = [shown_to(actor), *fitting(actor, wanted, _first), *in_batch(batch_id)]
    query = (
        select(Comment, _first, Claim)
        .join(_first, col(_first.id) == func.coalesce(Comment.thread_id, Comment.id))
        .join(Claim, col(Claim.id) == col(Comment.claim_id))
        .where(Comment.project_id == project_id, *rules)
        .order_by(col(Comment.id))
        .limit(CHUNK)
    )
    after = 0
    while rows := session.exec(query.where(col(Comment.id) > after)).all():
        mentions = _mentions(session, [row.key for row, _first, _claim in rows])
        for row, thread, claim in rows:
            people = mentions.get(row.key, {})
            yield _row(row, thread, claim, people=people, name_of=name_of)
        after = rows[-1][0].key
        session.expunge_all()


def _mentions(session: Session, keys: list[int]) -> dict[int, dict[str, int]]:
    """Whom some comments mention: by the comment's key, people's keys by public id."""
    found: dict[int, dict[str, int]] = {}
    query = (
        select(Mention.comment_id, Person.public_id, Person.id)
        .join(Person, col(Person.id) == col(Mention.person_id))
        .where(col(Mention.comment_id).in_(keys))
        .order_by(col(Mention.id))
    )
    for comment_id, public_id, key in session.exec(query):
        found.setdefault(comment_id, {})[public_id] = key or 0
    return found


def _row(
    row: Comment, thread: Comment, claim: Claim, *, people: dict[str, int], name_of: Naming
) -> CommentRow:
    named = {public_id: name_of(key) for public_id, key in people.items()}
    return CommentRow(
        comment_id=row.public_id,
        thread_id=thread.public_id,
        claim_id=claim.public_id,
        claim=claim.text,
        author=name_of(row.author_id),
        asks=None if row.asked_id is None else name_of(row.asked_id),
        text=plain(row.text, named),
        mentions=tuple(named.values()),
        erased=row.erased_at is not None,
        written_at=row.created_at,
        closed_at=thread.resolved_at,
    )
