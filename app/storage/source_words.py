"""Questions about one source: what it is, what was found about it, and what is a copy of it.

It is told in its own words to those who may read them, to others in those of a use that they know
of; see ``source_uses``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.evidence_words import SourceStanding, SourceType
from app.domain.words import SourceKind, SourceRecord
from app.storage.aliases import alias_of
from app.storage.driver import rows_of
from app.storage.kept import of_reader
from app.storage.plain_rows import Rows
from app.storage.source_links import link_for
from app.storage.source_uses import (
    LOOKED_THROUGH,
    OF_SOURCE,
    is_shown,
    knows_of,
    newest_uses,
    reads_words_of,
    told_uses,
)
from app.storage.tables import Evidence, Person, Review, SavedCopy, Source, SourceFinding
from app.storage.tables import SourceVersion as Version
from app.storage.tables.sources import SourceWords

MATES = 20

_theirs = alias_of(SavedCopy, "source_id", "text_sha256")


@dataclass(frozen=True, slots=True)
class Description:
    """How a source is described: by itself, by one who uses it, or before somebody corrected it."""

    kind: SourceKind
    record: SourceRecord
    title: str
    author: str | None
    publisher: str | None
    published: str | None
    source_type: SourceType | None
    interests: str
    origin: str | None


# A page that its reader noted, and that they know of no use of.
NOTED_ONLY = Description(
    kind=SourceKind.WEB,
    record=SourceRecord.ON_RECORD,
    title="",
    author=None,
    publisher=None,
    published=None,
    source_type=None,
    interests="",
    origin=None,
)


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source as one person may know it.

    Attributes:
        own_words: it is described in its own words, and may be read with all that was found; else
            as somebody described it who uses it.
        version: that of its own words, 0 where they are kept from the person.
        is_noted_only: the person noted the page, and knows of no use of it.
    """

    id: int
    public_id: str
    project_id: int
    url: str | None
    words: Description
    standing: SourceStanding
    own_words: bool
    version: int
    is_erased: bool
    is_noted_only: bool


@dataclass(frozen=True, slots=True)
class FindingLine:
    """What somebody found about a source, and when; ``who`` is None where nobody is named."""

    standing: SourceStanding
    reason: str
    at: datetime
    who: str | None


@dataclass(frozen=True, slots=True)
class EarlierWords:
    """How a source was described until it was replaced, and by whom."""

    version: int
    words: Description
    replaced_at: datetime
    who: str | None


@dataclass(frozen=True, slots=True)
class MateLine:
    """Another source that is a copy of the same, or seems to be one."""

    public_id: str
    title: str
    url: str | None
    origin: str | None


def described(row: SourceWords) -> Description:
    """The words of a source, of a use of it, or of an earlier version."""
    return Description(**{part.name: getattr(row, part.name) for part in fields(Description)})


def shown_source(session: Session, actor: Actor, source_id: str) -> ShownSource:
    """A source as the actor may know it.

    Raises:
        Missing: there is none, or the actor may not know of it.
    """
    row = session.exec(select(Source).where(Source.public_id == source_id)).first()
    if row is None:
        raise Missing("source.missing")
    own_words = reads_words_of(session, actor, row)
    if not own_words and actor.person_id is not None and not knows_of(session, actor, row):
        raise Missing("source.missing")
    use = None if own_words else _told(session, actor, row.key)
    words = described(row) if own_words else NOTED_ONLY if use is None else described(use)
    return ShownSource(
        id=row.key,
        public_id=row.public_id,
        project_id=row.project_id,
        url=row.url if own_words else link_for(row, actor.person_id),
        words=words,
        # What is held of a page tells that somebody uses it.
        standing=SourceStanding.SOUND if words is NOTED_ONLY else row.standing,
        own_words=own_words,
        version=row.version if own_words else 0,
        is_erased=row.erased_at is not None,
        is_noted_only=words is NOTED_ONLY,
    )


def _told(session: Session, actor: Actor, source_id: int) -> SourceWords | None:
    """The use that tells what a source is: the actor's own newest, else the newest they know of.

    None where they know of none, and only noted the page. Of a source that very many use, one's own
    is looked for among the newest.
    """
    _newest, places = newest_uses([source_id], LOOKED_THROUGH)
    found = rows_of(session, _own_use(actor), places)
    if not found:
        found = rows_of(session, _known_use(actor), {"source": source_id})
    if not found:
        return None
    use: SourceWords = next(_use_rows().of(found[0]))
    return use


@cache
def _use_rows() -> Rows:
    return Rows(Evidence)


@of_reader
def _own_use(actor: Actor) -> Executable:
    newest, _places = newest_uses([0], LOOKED_THROUGH)
    mine: Executable = _newest_told(actor).where(
        col(Evidence.id).in_(newest), col(Review.reviewer_id) == actor.person_id
    )
    return mine


@of_reader
def _known_use(actor: Actor) -> Executable:
    known: Executable = _newest_told(actor).where(col(Evidence.source_id) == OF_SOURCE)
    return known


def _newest_told(actor: Actor) -> Any:  # noqa: ANN401 - a question
    return told_uses(actor, *_use_rows().columns).order_by(col(Evidence.id).desc()).limit(1)


def findings_of(session: Session, shown: ShownSource) -> list[FindingLine]:
    """What was found about a source, newest first; nothing where its own words are kept back."""
    if not shown.own_words:
        return []
    query = (
        select(SourceFinding, Person.name)
        .join(Person, col(Person.id) == col(SourceFinding.by_id), isouter=True)
        .where(SourceFinding.source_id == shown.id)
        .order_by(col(SourceFinding.id).desc())
    )
    return [
        FindingLine(row.standing, row.reason, row.at, name) for row, name in session.exec(query)
    ]


def earlier_words(session: Session, shown: ShownSource) -> list[EarlierWords]:
    """How a source was described before, newest first; nothing where its own words are kept back."""
    if not shown.own_words:
        return []
    query = (
        select(Version, Person.name)
        .join(Person, col(Person.id) == col(Version.replaced_by_id), isouter=True)
        .where(Version.source_id == shown.id)
        .order_by(col(Version.version).desc())
    )
    return [
        EarlierWords(row.version, described(row), row.replaced_at, name)
        for row, name in session.exec(query)
    ]


def mates(session: Session, actor: Actor, shown: ShownSource) -> list[MateLine]:
    """The other sources of the same origin, as far as the actor may read their own words."""
    if not shown.own_words or not shown.words.origin:
        return []
    query = select(Source).where(
        col(Source.id) != shown.id,
        is_shown(actor, shown.project_id),
        Source.origin == shown.words.origin,
    )
    return _lines(session.exec(query.order_by(col(Source.id)).limit(MATES)).all())


def likely_mates(session: Session, actor: Actor, shown: ShownSource) -> list[MateLine]:
    """Sources whose saved copy says the same, word for word, and that are of no or another origin."""
    if not shown.own_words:
        return []
    texts = select(SavedCopy.text_sha256).where(
        SavedCopy.source_id == shown.id, col(SavedCopy.text_sha256).is_not(None)
    )
    same = select(_theirs.source_id).where(col(_theirs.text_sha256).in_(texts))
    query = select(Source).where(
        col(Source.id) != shown.id, is_shown(actor, shown.project_id), col(Source.id).in_(same)
    )
    if shown.words.origin:
        query = query.where(col(Source.origin).is_distinct_from(shown.words.origin))
    return _lines(session.exec(query.order_by(col(Source.id)).limit(MATES)).all())


def _lines(rows: Sequence[Source]) -> list[MateLine]:
    return [MateLine(row.public_id, row.title, row.url, row.origin) for row in rows]
