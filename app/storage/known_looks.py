"""Which looks at the pages behind some uses a person may know of, asked once for each source."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Executable, func, select
from sqlmodel import Session, col

from app.domain.actors import Actor
from app.domain.evidence_words import CopyState
from app.storage.among import among
from app.storage.copy_sight import sees_look
from app.storage.driver import rows_of
from app.storage.kept import of_reader
from app.storage.tables import Evidence, SavedCopy


@dataclass(frozen=True, slots=True)
class KnownLook:
    """The newest look of those that ended alike; ``text_id`` is the copy that holds its text."""

    key: int
    text_id: int
    state: CopyState


def known_looks(
    session: Session, actor: Actor, evidence_ids: Collection[int]
) -> dict[int, list[KnownLook]]:
    """The looks at the page of each of some uses, by the keys of the uses, the oldest first.

    Two questions, however many uses a page has: what may be known of a look is the same for all.
    """
    if not evidence_ids:
        return {}
    sources: dict[int, int] = dict(
        rows_of(session, _sources(), {"keys": tuple(sorted(evidence_ids))})
    )
    found = looks_at(session, actor, set(sources.values()))
    return {use: found[source_id] for use, source_id in sources.items() if source_id in found}


@cache
def _sources() -> Executable:
    return select(col(Evidence.id), col(Evidence.source_id)).where(among(Evidence.id))


def looks_at(
    session: Session, actor: Actor, source_ids: Collection[int]
) -> dict[int, list[KnownLook]]:
    """The looks at the pages of some sources, by the keys of these, the oldest first: one question."""
    found: dict[int, list[KnownLook]] = {}
    values = {"keys": tuple(sorted(source_ids))}
    for source_id, key, text, state in rows_of(session, _looks_at(actor), values):
        found.setdefault(source_id, []).append(KnownLook(key or 0, text, CopyState(state)))
    return found


@of_reader
def _looks_at(actor: Actor) -> Executable:
    text_id = func.coalesce(col(SavedCopy.same_as_id), col(SavedCopy.id))
    newest = func.max(col(SavedCopy.id))
    return (
        select(col(SavedCopy.source_id), newest, text_id, col(SavedCopy.state))
        .where(among(SavedCopy.source_id), sees_look(actor))
        .group_by(col(SavedCopy.source_id), text_id, col(SavedCopy.state))
        .order_by(newest)
    )
