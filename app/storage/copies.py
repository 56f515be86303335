"""Questions about saved copies: the looks at a page, what it said, and where quotes stand in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, and_, bindparam, literal
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.evidence_words import CopyState, CopyWhy, QuoteFound
from app.domain.permissions import Action, may
from app.domain.spans import Span
from app.storage.aliases import alias_of
from app.storage.copy_sight import joined_uses, sees_look, sees_use
from app.storage.kept import of_reader
from app.storage.known_looks import known_looks
from app.storage.page_leave import why_not
from app.storage.source_links import link_for
from app.storage.source_uses import may_see_source
from app.storage.tables import (
    Claim,
    CopyBytes,
    Evidence,
    Job,
    Person,
    QuotePlace,
    Review,
    ReviewVersion,
    SavedCopy,
    Source,
)
from app.storage.tables.jobs import IS_TO_DO

FETCH = "copy.fetch"
MOST_SHOWN = 50
# What came of a look that can be read, by itself or in the copy that says the same.
READ = (CopyState.SAVED, CopyState.SAME)
FACTS = (
    *("public_id", "why", "state", "url", "final_url", "file_name", "status", "media_type"),
    *("size", "sha256", "text_sha256", "title", "error", "created_at", "ended_at"),
)
_kept = alias_of(SavedCopy, "created_at", "created_by_id", "id", "source_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """One look at a page.

    Attributes:
        by: who asked for it; None where it came by itself.
        has_text: whether there is a text to read.
        attempt: how often it was tried so far, while it is under way.
        next_at: when it is tried again, while it waits for that.
        is_erased: its words were taken away by order.
    """

    public_id: str
    why: CopyWhy
    state: CopyState
    url: str | None
    final_url: str | None
    file_name: str | None
    status: int | None
    media_type: str | None
    size: int | None
    sha256: str | None
    text_sha256: str | None
    title: str
    error: str | None
    created_at: datetime
    ended_at: datetime | None
    by: str | None = None
    has_text: bool = False
    attempt: int | None = None
    next_at: datetime | None = None
    is_erased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """How the quote of a use stands in the newest copy in which it was looked for.

    ``span`` is where in the copy's text; ``saved_at`` when the page said so.
    """

    found: QuoteFound
    score: float
    copy_id: str
    saved_at: datetime
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UseLine:
    """A quote of a use that the actor may see, and its place in one copy; None: not looked yet."""

    evidence_id: int
    quote: str
    locator: str
    claim_id: str
    claim: str
    found: QuoteFound | None
    score: float
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedSource:
    """A source as the page of its copies names it.

    ``why_not`` is the code of why its page is not looked at for the actor; None where it may be.
    """

    id: int
    public_id: str
    title: str
    url: str | None
    why_not: str | None
    is_erased: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPage:
    """A look with all that it shows: what the page said, the uses' quotes, and the copy before.

    ``has_more`` tells that there are more uses than are told here. ``before`` and ``text_before`` are there where another text was compared that the actor may see.
    """

    line: CopyLine
    source: CopiedSource
    text: str
    uses: tuple[UseLine, ...]
    has_file: bool
    has_more: bool = False
    before: CopyLine | None = None
    text_before: str = ""


def copied_source(session: Session, actor: Actor, public_id: str) -> CopiedSource | None:
    """A source whose copies the actor may ask for; None where there is none for them.

    Its title is that of their own use of it, or of one that they may see: what the first one wrote
    is not for whoever could be swayed.
    """
    row = session.exec(select(Source).where(Source.public_id == public_id)).first()
    if row is None or not may_see_source(session, actor, public_id):
        return None
    titles = select(Evidence.title).where(
        Evidence.source_id == row.key, Evidence.title != "", joined_uses(), sees_use(actor)
    )
    if actor.person_id is not None:
        titles = titles.order_by(col(Review.reviewer_id) != actor.person_id)
    return CopiedSource(
        id=row.key,
        public_id=row.public_id,
        title=session.exec(titles.limit(1)).first() or "",
        url=link_for(row, actor.person_id),
        why_not=why_not(session, actor, row),
        is_erased=row.erased_at is not None,
    )


def looks_of(session: Session, actor: Actor, source_id: int) -> list[CopyLine]:
    """The looks at the page of a source, by its integer key, that the actor may know of.

    The last first; the caller has leave to see the source. Whoever could still be swayed sees only
    their own, none of which tells that another one was first.
    """
    found = session.exec(_looks_of(actor, MOST_SHOWN), params={"source": source_id})
    return [_line(row) for row in found]


@of_reader
def _looks_of(actor: Actor, most: int) -> Any:  # noqa: ANN401 - a query of several columns
    """The last looks at the page of one source."""
    of_source = col(SavedCopy.source_id) == bindparam("source", type_=Integer)
    looks = _looks(actor).where(of_source, sees_look(actor))
    return looks.order_by(col(SavedCopy.id).desc()).limit(most)


def copy_page(session: Session, actor: Actor, public_id: str) -> CopyPage:
    """One look, as far as the actor may see it.

    Raises:
        Missing: there is none, or it is not for the actor.
    """
    found = session.exec(_looks(actor).where(SavedCopy.public_id == public_id)).first()
    source = None if found is None else _source_of(session, actor, found[0])
    if found is None or source is None:
        raise Missing("copy.missing")
    row = found[0]
    kept = row if row.same_as_id is None else session.get_one(SavedCopy, row.same_as_id)
    before = None
    if row.compared_with_id is not None:
        before = session.exec(
            _looks(actor).where(SavedCopy.id == row.compared_with_id, sees_look(actor))
        ).first()
    uses = _uses(session, actor, source.id, kept.key) if kept.text else []
    return CopyPage(
        line=_line(found),
        source=source,
        text=kept.text,
        uses=tuple(sorted(uses[:MOST_SHOWN], key=lambda use: use.evidence_id)),
        has_more=len(uses) > MOST_SHOWN,
        has_file=_has_file(session, row),
        before=None if before is None else _line(before),
        text_before="" if before is None else before[0].text,
    )


def warc_of(session: Session, actor: Actor, public_id: str) -> bytes:
    """A saved copy as a WARC file.

    Raises:
        Missing: there is none, or it is not for the actor.
    """
    row = session.exec(select(SavedCopy).where(SavedCopy.public_id == public_id)).first()
    if row is None or _source_of(session, actor, row) is None or not _has_file(session, row):
        raise Missing("copy.missing")
    return session.exec(select(CopyBytes.warc).where(CopyBytes.copy_id == _file_id(row))).one()


def places_of(
    session: Session, actor: Actor, evidence_ids: Collection[int]
) -> Mapping[int, PlaceLine]:
    """How the quotes of some uses stand in the newest copies; the caller may see these uses."""
    texts = {
        use: {look.text_id: look.key for look in looks if look.state in READ}
        for use, looks in known_looks(session, actor, evidence_ids).items()
    }
    query = select(QuotePlace).where(col(QuotePlace.evidence_id).in_(sorted(texts)))
    newest: dict[int, tuple[int, QuotePlace]] = {}
    for row in session.exec(query) if texts else ():
        look = texts[row.evidence_id].get(row.copy_id, 0)
        if look > newest.get(row.evidence_id, (0,))[0]:
            newest[row.evidence_id] = look, row
    facts = select(SavedCopy.id, SavedCopy.public_id, SavedCopy.ended_at)
    wanted = facts.where(col(SavedCopy.id).in_({look for look, _row in newest.values()}))
    told = {key: (name, at) for key, name, at in session.exec(wanted)} if newest else {}
    return {
        use: PlaceLine(
            found=row.found,
            score=row.score,
            copy_id=told[look][0],
            saved_at=told[look][1] or row.at,
            span=_span(row),
        )
        for use, (look, row) in newest.items()
    }


def _looks(actor: Actor) -> Any:  # noqa: ANN401 - a query of several columns
    """Looks, who asked for them, the job at them, and whether the actor knows of the same one."""
    return (
        rows(
            SavedCopy,
            *map(col, (Person.name, Job.attempts, Job.run_at, Job.lease_until, _kept.id)),
        )
        .outerjoin(Person, col(Person.id) == col(SavedCopy.created_by_id))
        .outerjoin(
            Job,
            and_(col(Job.same_as) == literal(f"{FETCH}:") + col(SavedCopy.public_id), IS_TO_DO),
        )
        .outerjoin(_kept, and_(col(_kept.id) == col(SavedCopy.same_as_id), sees_look(actor, _kept)))
    )


def _line(found: Any) -> CopyLine:  # noqa: ANN401 - a row of ``_looks``
    row, by, attempts, run_at, lease_until, kept_id = found
    facts = {name: getattr(row, name) for name in FACTS}
    if row.state is CopyState.SAME and kept_id is None:
        facts["state"] = CopyState.SAVED
    waits = row.state is CopyState.ASKED and bool(attempts) and lease_until is None
    return CopyLine(
        by=by,
        has_text=row.state in READ and row.text_sha256 is not None and row.erased_at is None,
        attempt=attempts if row.state is CopyState.ASKED else None,
        next_at=run_at if waits else None,
        is_erased=row.erased_at is not None,
        **facts,
    )


def _source_of(session: Session, actor: Actor, row: SavedCopy) -> CopiedSource | None:
    """The source of a look, where the actor may know of both."""
    seen = select(SavedCopy.id).where(SavedCopy.id == row.key, sees_look(actor))
    if not may(actor, Action.PROJECT_VIEW, row.project_id) or session.exec(seen).first() is None:
        return None
    name = select(Source.public_id).where(Source.id == row.source_id)
    return copied_source(session, actor, session.exec(name).one())


def _file_id(row: SavedCopy) -> int:
    return row.key if row.same_as_id is None else row.same_as_id


def _has_file(session: Session, row: SavedCopy) -> bool:
    query = select(CopyBytes.id).where(CopyBytes.copy_id == _file_id(row))
    return session.exec(query).first() is not None


def _uses(session: Session, actor: Actor, source_id: int, copy_id: int) -> list[UseLine]:
    """The quotes of uses, the actor's own first; one more than is shown, if there are as many."""
    # The last one may be None, which the types of a query do not know.
    query: Any = (
        select(Evidence, Claim.public_id, Claim.text, QuotePlace)
        .join(ReviewVersion, col(ReviewVersion.id) == col(Evidence.review_version_id))
        .join(Review, col(Review.id) == col(ReviewVersion.review_id))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .outerjoin(QuotePlace, _is_place(copy_id))
        .where(Evidence.source_id == source_id, Evidence.quote != "")
        .where(joined_uses(), sees_use(actor))
        .order_by(col(Review.reviewer_id) != (actor.person_id or 0), col(Evidence.id))
        .limit(MOST_SHOWN + 1)
    )
    return [
        UseLine(
            evidence_id=use.key,
            quote=use.quote,
            locator=use.locator,
            claim_id=claim_id,
            claim=claim,
            found=place and place.found,
            score=place.score if place else 0.0,
            span=place and _span(place),
        )
        for use, claim_id, claim, place in session.exec(query)
    ]


def _is_place(copy_id: int) -> Any:  # noqa: ANN401 - a clause
    """Whether a place is of a use of a question's row, in one copy."""
    return and_(col(QuotePlace.evidence_id) == col(Evidence.id), col(QuotePlace.copy_id) == copy_id)


def _span(row: QuotePlace) -> Span | None:
    return None if row.start is None or row.end is None else Span(row.start, row.end)
