"""Saved copies as files, and what a table of uses says of them, for those who take them out."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import NotAllowed
from app.domain.export_rows import CopyFile, SourceRow
from app.domain.permissions import Action, ask_leave
from app.storage.blind import could_be_swayed
from app.storage.copies import READ, places_of
from app.storage.copy_sight import sees_look
from app.storage.known_looks import known_looks
from app.storage.page_leave import is_held_back
from app.storage.source_uses import is_shown
from app.storage.tables import CopyBytes, SavedCopy, Source

CHUNK = 500


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
    session: Session, actor: Actor, rows: Iterable[tuple[int | None, SourceRow]]
) -> Iterator[SourceRow]:
    """Rows of uses, by their keys, with what saved copies say of them that the actor may know."""
    several = iter(rows)
    while some := list(islice(several, CHUNK)):
        keys = [key for key, _row in some if key is not None]
        copies, places = _newest(session, actor, keys), places_of(session, actor, keys)
        for key, row in some:
            state, sha256, saved_at = copies.get(key or 0, (None, None, None))
            place = places.get(key or 0)
            yield replace(
                row,
                sha256=sha256,
                archived_at=saved_at,
                copy_state=state,
                quote_found=None if place is None else place.found.value,
                quote_score=None if place is None else place.score,
            )


def _newest(
    session: Session, actor: Actor, keys: Collection[int]
) -> dict[int, tuple[str, str | None, datetime | None]]:
    """Of each use: what came of the last look, the hash of the last copy, and when that was made."""
    looks = known_looks(session, actor, keys)
    last = {use: found[-1] for use, found in looks.items()}
    kept = {
        use: max(of_text, default=0)
        for use, found in looks.items()
        for of_text in [[look.key for look in found if look.state in READ]]
    }
    facts = select(SavedCopy.id, SavedCopy.sha256, SavedCopy.ended_at)
    wanted = facts.where(col(SavedCopy.id).in_(set(kept.values()) - {0}))
    told = {key: (sha256, at) for key, sha256, at in session.exec(wanted)}
    return {
        use: (look.state.value, *told.get(kept[use], (None, None))) for use, look in last.items()
    }
