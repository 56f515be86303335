"""The list of a project's sources, a page at a time, as far as one person may know of them.

Who reads sources' own words finds every source, the newest first; anybody else finds those of the
uses that they know of, in the words of these uses, the last used first. A page looks at a stretch of
sources or of uses, and numbers are asked for the sources of one page alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    ScalarSelect,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
)
from sqlalchemy import select as columns
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.actors import Actor
from app.domain.evidence_words import CopyState, SourceStanding, SourceType
from app.storage.aliases import alias_of
from app.storage.blind import shows_checks
from app.storage.claims import of_finished_imports
from app.storage.driver import rows_of
from app.storage.kept import HERE, of_reader
from app.storage.plain_rows import Rows
from app.storage.source_links import link_for
from app.storage.source_uses import COUNTED, Resting, is_shown, reads_own_words, resting, told_uses
from app.storage.source_words import Description, described
from app.storage.tables import Claim, Evidence, Review, ReviewVersion, SavedCopy, Source
from app.storage.tables.sources import SourceWords

PAGE = 50

# So many sources, or uses of sources, are looked at for one page.
LOOKED_AT = 2_000
# Among so many of the newest uses a page is looked for first: most have one there.
AT_FIRST = 250

BEFORE = bindparam("before", type_=Integer)
_use = alias_of(Evidence)
_other = alias_of(Evidence, "id", "review_version_id", "source_id")
_version = alias_of(ReviewVersion, "id", "number", "review_id")
_check = alias_of(Review, "claim_id", "id", "reviewer_id", "submitted_version")
_claim = alias_of(Claim, "id", "import_run_id", "project_id", "state", "version")


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


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Sources in a list.

    Attributes:
        end: where the page stopped looking; None where it looked at all that are left.
        own_words: whether they are told in their own words.
    """

    lines: list[SourceLine]
    end: int | None
    own_words: bool


def sources_from(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: SourceFilter = ALL,
    after: int | None = None,
    limit: int = PAGE,
) -> SourcePage:
    """The sources of a project that the actor may know of, in a few questions for any number."""
    own_words = reads_own_words(session, actor, project_id)
    few = not own_words and _has_few_checks(session, project_id)
    looked_at = _newest_sources(project_id, after) if own_words else _newest_uses(after)
    # One step along the index, of a length that is always the same.
    end = None if few else session.exec(looked_at.offset(LOOKED_AT - 1).limit(1)).first()
    if own_words:
        query = _all(actor, project_id, wanted, (after, end))
        rows = session.exec(query.limit(limit)).all()
    else:
        places = {"here": project_id, "before": after, "least": end or 0, "limit": limit}
        rows = _told_rows(session, actor, wanted, places, are_few=few)
    numbers = resting(session, actor, [one.key for _place, one, _words in rows], counted=COUNTED)
    lines = [
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
    return SourcePage(lines, end, own_words)


def _newest_sources(project_id: int, after: int | None) -> SelectOfScalar[Any]:
    sources = select(Source.id).where(Source.project_id == project_id)
    return sources.where(*_behind(col(Source.id), after)).order_by(col(Source.id).desc())


def _newest_uses(after: int | None) -> SelectOfScalar[Any]:
    uses = select(Evidence.id).where(*_behind(col(Evidence.id), after))
    return uses.order_by(col(Evidence.id).desc())


def _has_few_checks(session: Session, project_id: int) -> bool:
    """Whether all uses can be looked at: those of a small project lie among those of all others."""
    checks = select(Review.id).where(Review.project_id == project_id)
    return session.exec(checks.offset(LOOKED_AT - 1).limit(1)).first() is None


def _all(
    actor: Actor, project_id: int, wanted: SourceFilter, part: tuple[int | None, int | None]
) -> Any:  # noqa: ANN401 - a question of either shape
    """Sources in their own words; as a place, a source and who describes it, which is itself."""
    query = select(Source.id, Source, Source).where(
        is_shown(actor, project_id), *_fitting(wanted, Source)
    )
    if wanted.unsaved:
        saved = exists().where(
            col(SavedCopy.source_id) == col(Source.id), col(SavedCopy.state) == CopyState.SAVED
        )
        query = query.where(~saved.correlate(Source))
    after, end = part
    ends = () if end is None else (col(Source.id) >= end,)
    query = query.where(*_behind(col(Source.id), after), *ends)
    return query.order_by(col(Source.id).desc())


def _told_rows(
    session: Session,
    actor: Actor,
    wanted: SourceFilter,
    places: dict[str, int | None],
    *,
    are_few: bool,
) -> list[tuple[Any, Any, Any]]:
    """A page of sources as told by uses: a place, a source, and the use with its words.

    It is looked for among the newest uses first, and then among all that may be looked at. What few
    sources fit is looked for among all at once.
    """
    found: Sequence[Any] = ()
    how = {"is_behind": places["before"] is not None, "are_few": are_few}
    if not wanted.is_empty:
        question = _told(actor, wanted, **how)
        found = session.execute(question, {**places, "most": LOOKED_AT}).all()
    else:
        for most in (0,) if are_few else sorted({min(AT_FIRST, LOOKED_AT), LOOKED_AT}):
            found = rows_of(session, _kept_told(actor, **how), {**places, "most": most})
            if len(found) == places["limit"]:
                break
    return [(row[0], *_words().of(row[1:])) for row in found]


@cache
def _words() -> Rows:
    """What a line tells of a source, and the words of the use that tells it."""
    words = {part.name: col(getattr(_use, part.name)) for part in fields(Description)}
    return Rows((Source, ("id", "public_id", "url", "created_by_id", "standing")), **words)


@of_reader
def _kept_told(actor: Actor, *, is_behind: bool, are_few: bool) -> Executable:
    return _told(actor, ALL, is_behind=is_behind, are_few=are_few)


def _told(actor: Actor, wanted: SourceFilter, *, is_behind: bool, are_few: bool) -> Executable:
    """Sources in the words of the actor's own newest use, or else of the newest that they know of.

    The last may be looked for among fewer uses than their own, which may lie further behind.
    """
    last = _last_told(actor, is_behind=is_behind, are_few=are_few)
    told_by = func.coalesce(last.c.mine, _own_behind(actor, last), last.c.last)
    return (
        columns(last.c.last, *_words().columns)
        .select_from(last)
        .join(Source, col(Source.id) == last.c.source_id)
        .join(_use, col(_use.id) == told_by)
        .where(*_fitting(wanted, _use))
        .order_by(last.c.last.desc())
        .limit(bindparam("limit", type_=Integer))
    )


def _last_told(actor: Actor, *, is_behind: bool, are_few: bool) -> Subquery:
    """Of each source the last use that the actor knows of, and their own last one."""
    uses: Any = select(Evidence.id)
    behind = [col(Evidence.id) < BEFORE] if is_behind else []
    newest = uses.where(*behind).order_by(col(Evidence.id).desc())
    # Named one by one: the database begins with them and not with the checks of the project.
    named = col(Evidence.id).in_(newest.limit(bindparam("most", type_=Integer)))
    mine = case((col(Review.reviewer_id) == actor.person_id, col(Evidence.id)))
    told = told_uses(
        actor,
        col(Evidence.source_id).label("source_id"),
        func.max(mine).label("mine"),
        func.max(Evidence.id).label("last"),
    ).where(
        col(Review.project_id) == HERE,
        *(behind if are_few else [named]),
        *([~_is_told_later(actor)] if is_behind else []),
    )
    found: Subquery = told.group_by(col(Evidence.source_id)).subquery()
    return found


def _own_behind(actor: Actor, last: Subquery) -> ScalarSelect[Any]:
    """The actor's own newest use of a source that may be looked at, behind the last that they know of."""
    return (
        select(func.max(_other.id))
        .where(
            *_of_source(last.c.source_id),
            col(_other.id).between(bindparam("least", type_=Integer), last.c.last),
            col(_check.reviewer_id) == actor.person_id,
        )
        .correlate(last)
        .scalar_subquery()
    )


def _behind(key: Any, after: int | None) -> Iterable[ColumnElement[bool]]:  # noqa: ANN401 - a column
    """Whether a key lies below the place that a page begins after."""
    if after is not None:
        yield key < after


def _is_told_later(actor: Actor) -> ColumnElement[bool]:
    """The actor knows of a newer use of the source of a question's row: it stood on an earlier page."""
    how = col(_check.submitted_version) == col(_version.number)
    return exists().where(
        *_of_source(col(Evidence.source_id)),
        col(_other.id) >= BEFORE,
        or_(col(_check.reviewer_id) == actor.person_id, and_(how, shows_checks(actor, _claim))),
    )


def _of_source(key: Any) -> Iterable[ColumnElement[bool]]:  # noqa: ANN401 - a column
    """Another use of the source that a column names, with its check and a claim that came in whole."""
    yield col(_other.source_id) == key
    yield col(_version.id) == col(_other.review_version_id)
    yield col(_check.id) == col(_version.review_id)
    yield col(_claim.id) == col(_check.claim_id)
    yield of_finished_imports(_claim.import_run_id)


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
