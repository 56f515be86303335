"""The list of a project's sources, a page at a time, as far as one person may know of them.

Who reads sources' own words finds every source, the newest first; anybody else finds those of the
uses that they know of, in the words of these uses, the last used first. Numbers are asked for the
sources of one page alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.evidence_words import CopyState, SourceStanding, SourceType
from app.storage.aliases import alias_of
from app.storage.source_links import link_for
from app.storage.source_uses import Resting, is_shown, reads_own_words, resting, told_uses
from app.storage.source_words import Description, described
from app.storage.tables import Evidence, Review, SavedCopy, Source
from app.storage.tables.sources import SourceWords

PAGE = 50

_use = alias_of(Evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFilter:
    """Which sources are wanted; what is left empty does not matter.

    Attributes:
        text: words of the title, the address or the origin.
        unsaved: no copy of it is saved; asked by those alone who read sources' own words.
    """

    text: str = ""
    standing: SourceStanding | None = None
    source_type: SourceType | None = None
    origin: str = ""
    unsaved: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether every source is wanted."""
        return all(getattr(self, part.name) == part.default for part in fields(self))


ALL = SourceFilter()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source in a list; ``place`` is where the next page begins after it."""

    place: int
    public_id: str
    url: str | None
    words: Description
    standing: SourceStanding
    rests: Resting


def sources_from(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: SourceFilter = ALL,
    after: int | None = None,
    limit: int = PAGE,
) -> list[SourceLine]:
    """The sources of a project that the actor may know of: two or three questions for any number."""
    own_words = reads_own_words(session, actor, project_id)
    ask = _all if own_words else _told
    rows = session.exec(ask(actor, project_id, wanted, after).limit(limit)).all()
    numbers = resting(session, actor, [source.key for _place, source, _words in rows])
    return [
        SourceLine(
            place=place,
            public_id=source.public_id,
            url=source.url if own_words else link_for(source, actor.person_id),
            words=described(words),
            standing=source.standing,
            rests=numbers.get(source.key, Resting()),
        )
        for place, source, words in rows
    ]


def _all(actor: Actor, project_id: int, wanted: SourceFilter, after: int | None) -> Any:  # noqa: ANN401 - a question of either shape
    """Sources in their own words; as a place, a source and who describes it, which is itself."""
    query = select(Source.id, Source, Source).where(
        is_shown(actor, project_id), *_fitting(wanted, Source)
    )
    if wanted.unsaved:
        saved = exists().where(
            col(SavedCopy.source_id) == col(Source.id), col(SavedCopy.state) == CopyState.SAVED
        )
        query = query.where(~saved.correlate(Source))
    if after is not None:
        query = query.where(col(Source.id) < after)
    return query.order_by(col(Source.id).desc())


def _told(actor: Actor, project_id: int, wanted: SourceFilter, after: int | None) -> Any:  # noqa: ANN401 - as above
    """Sources in the words of the actor's own newest use, or else of the newest that they know of."""
    mine = case((col(Review.reviewer_id) == actor.person_id, col(Evidence.id)))
    last = (
        told_uses(
            actor,
            col(Evidence.source_id).label("source_id"),
            func.coalesce(func.max(mine), func.max(Evidence.id)).label("told_by"),
            func.max(Evidence.id).label("last"),
        )
        .where(Review.project_id == project_id)
        .group_by(col(Evidence.source_id))
        .subquery()
    )
    query = (
        select(last.c.last, Source, _use)
        .join(Source, col(Source.id) == last.c.source_id)
        .join(_use, col(_use.id) == last.c.told_by)
        .where(*_fitting(wanted, _use))
    )
    if after is not None:
        query = query.where(last.c.last < after)
    return query.order_by(last.c.last.desc())


def _fitting(wanted: SourceFilter, words: type[SourceWords]) -> Iterable[ColumnElement[bool]]:
    """What must hold of a source, and of the words that it is told in."""
    if wanted.text:
        # Only who reads the source's own words may find it by how the first one spelled its link.
        link = Source.url if words is Source else Source.canonical_url
        texts: Sequence[Any] = (words.title, link, words.origin)
        yield or_(*(col(text).icontains(wanted.text, autoescape=True) for text in texts))
    if wanted.standing is not None:
        yield col(Source.standing) == wanted.standing
    if wanted.source_type is not None:
        yield col(words.source_type) == wanted.source_type
    if wanted.origin:
        yield col(words.origin) == wanted.origin
