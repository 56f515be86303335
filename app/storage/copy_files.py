"""Saved copies as files, and what a table of uses says of them, for those who take them out."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import NotAllowed
from app.domain.evidence_words import CopyState
from app.domain.export_rows import CopyFile, SourceRow
from app.domain.permissions import Action, ask_leave
from app.storage.blind import could_be_swayed
from app.storage.copies import READ, places_of
from app.storage.copy_sight import sees_look
from app.storage.tables import CopyBytes, Evidence, SavedCopy, Source

CHUNK = 500


def copy_files(session: Session, actor: Actor, project_id: int) -> Iterator[CopyFile]:
    """Every saved copy of a project that has a file, the oldest first, one at a time.

    Raises:
        Missing, NotAllowed: no leave, or the actor could still check a claim blind; before the
            first copy.
    """
    ask_leave(actor, Action.REVIEW_SEE_ALL, project_id)
    if actor.person_id is not None and could_be_swayed(session, actor, project_id):
        raise NotAllowed("copy.blind")
    return _files(session, project_id)


def _files(session: Session, project_id: int) -> Iterator[CopyFile]:
    after = 0
    while True:
        found = session.exec(
            select(SavedCopy, Source, CopyBytes.warc)
            .join(Source, col(Source.id) == col(SavedCopy.source_id))
            .join(CopyBytes, col(CopyBytes.copy_id) == col(SavedCopy.id))
            .where(SavedCopy.project_id == project_id, col(SavedCopy.id) > after)
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
    if not keys:
        return {}
    looks = session.exec(
        select(
            col(Evidence.id),
            func.max(SavedCopy.id),
            func.max(case((col(SavedCopy.state).in_(READ), col(SavedCopy.id)))),
        )
        .join(SavedCopy, col(SavedCopy.source_id) == col(Evidence.source_id))
        .where(col(Evidence.id).in_(keys), sees_look(actor))
        .group_by(col(Evidence.id))
    ).all()
    wanted = {key for _use, *found in looks for key in found if key is not None}
    facts = select(SavedCopy.id, SavedCopy.state, SavedCopy.sha256, SavedCopy.ended_at)
    known = {row[0]: row for row in session.exec(facts.where(col(SavedCopy.id).in_(wanted)))}
    found = {}
    for use, last, kept in looks:
        copy = known.get(kept)
        told = (None, None) if copy is None else (copy[2], copy[3])
        found[use or 0] = (CopyState(known[last][1]).value, *told)
    return found
