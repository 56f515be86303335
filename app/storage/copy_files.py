"""Saved copies as files, and what a table of uses says of them, for those who take them out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import NotAllowed
from app.domain.evidence_words import QuoteFound
from app.domain.export_rows import CopyFile, SourceRow
from app.domain.permissions import Action, ask_leave
from app.storage.blind import could_be_swayed
from app.storage.copies import READ
from app.storage.copy_sight import sees_look
from app.storage.known_looks import KnownLook, looks_at
from app.storage.page_leave import is_held_back
from app.storage.source_uses import is_shown
from app.storage.tables import CopyBytes, QuotePlace, SavedCopy, Source

CHUNK = 500
COPY = ("copy_state", "sha256", "archived_at")


def copy_files(session: Session, actor: Actor, project_id: int) -> Iterator[CopyFile]:
    """Every saved copy of a project that has a file, the oldest first, one at a time.

    Those of pages that the actor may not know of are left out, and those of sources that are not
    for publication.

    Raises:
        Missing, NotAllowed: no leave, or the actor could still check a claim blind; before the
            first copy.
    """
    ask_leave(actor, Action.REVIEW_SEE_ALL, project_id)
    if actor.person_id is not None and could_be_swayed(session, actor, project_id):
        raise NotAllowed("copy.blind")
    return _files(session, actor, project_id)


def held_back_copies(session: Session, actor: Actor, project_id: int) -> int:
    """How many copies with a file stay out since their source is not for publication."""
    query = (
        select(func.count(col(SavedCopy.id)))
        .join(Source, col(Source.id) == col(SavedCopy.source_id))
        .join(CopyBytes, col(CopyBytes.copy_id) == col(SavedCopy.id))
        .where(*_known(actor, project_id), is_held_back())
    )
    return session.exec(query).one()


def _known(actor: Actor, project_id: int) -> tuple[ColumnElement[bool], ...]:
    """The looks that the actor may know of, of sources that they may know of."""
    is_here = col(SavedCopy.project_id) == project_id
    return is_here, is_shown(actor, project_id), sees_look(actor)


def _files(session: Session, actor: Actor, project_id: int) -> Iterator[CopyFile]:
    after = 0
    while True:
        found = session.exec(
            select(SavedCopy, Source, CopyBytes.warc)
            .join(Source, col(Source.id) == col(SavedCopy.source_id))
            .join(CopyBytes, col(CopyBytes.copy_id) == col(SavedCopy.id))
            .where(*_known(actor, project_id), ~is_held_back(), col(SavedCopy.id) > after)
            .order_by(col(SavedCopy.id))
            .limit(1)
        ).first()
        if found is None:
            return
        row, source, data = found
        after = row.key
        # Read once and let go: a project may hold more than the machine has memory for.
        session.expunge(row)
        yield CopyFile(
            public_id=row.public_id,
            url=row.final_url or source.url or f"urn:assay:source:{source.public_id}",
            title=row.title or source.title,
            at=row.ended_at or row.created_at,
            warc=data,
        )


def with_copies(
    session: Session, actor: Actor, rows: Iterable[tuple[int, int, SourceRow]]
) -> Iterator[SourceRow]:
    """Rows of uses with what saved copies say of them that the actor may know.

    Each comes with the keys of its use and of its source.
    """
    several = iter(rows)
    while some := list(islice(several, CHUNK)):
        looks = looks_at(session, actor, {source for _use, source, _row in some})
        uses = {use: looks[source] for use, source, _row in some if source in looks}
        copies, places = _newest(session, uses), _places(session, uses)
        for use, _source, row in some:
            yield row if use not in uses else row._replace(**copies[use], **places.get(use, {}))


def _newest(session: Session, looks: Mapping[int, Sequence[KnownLook]]) -> dict[int, Any]:
    """Of each use: what came of the last look, the hash of the last copy, and when that was made."""
    kept = {
        use: max((look.key for look in found if look.state in READ), default=0)
        for use, found in looks.items()
    }
    facts = select(SavedCopy.id, SavedCopy.sha256, SavedCopy.ended_at)
    wanted = facts.where(col(SavedCopy.id).in_(set(kept.values()) - {0}))
    told = {key: (sha256, at) for key, sha256, at in session.exec(wanted)} if kept else {}
    return {
        use: dict(
            zip(COPY, (found[-1].state.value, *told.get(kept[use], (None, None))), strict=True)
        )
        for use, found in looks.items()
    }


def _places(session: Session, looks: Mapping[int, Sequence[KnownLook]]) -> dict[int, Any]:
    """Of each use: how its quote stands in the newest copy in which it was looked for."""
    texts = {
        use: {look.text_id: look.key for look in found if look.state in READ}
        for use, found in looks.items()
    }
    facts = select(QuotePlace.evidence_id, QuotePlace.copy_id, QuotePlace.found, QuotePlace.score)
    query = facts.where(col(QuotePlace.evidence_id).in_(sorted(texts)))
    newest: dict[int, tuple[int, QuoteFound, float]] = {}
    for use, copy, found, score in session.exec(query) if texts else ():
        look = texts[use].get(copy, 0)
        if look > newest.get(use, (0,))[0]:
            newest[use] = look, QuoteFound(found), score
    return {
        use: {"quote_found": found.value, "quote_score": score}
        for use, (_look, found, score) in newest.items()
    }
