"""What comes of a look at a page: it says the same, something else, nothing any more, or it failed.

The fetch and the reading are done before; each result is written once, in one short transaction
that holds the source. A look that has ended is never changed: done twice, it adds nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from app.domain.actors import SYSTEM, Actor
from app.domain.errors import Missing
from app.domain.evidence_words import CopyState, CopyWhy, FlagReason, QuoteFound
from app.domain.ids import now
from app.domain.quotes import Place
from app.extraction.page_text import article_part
from app.storage.aliases import alias_of
from app.storage.copy_sight import sees_look
from app.storage.locking import INSERTS, locked, locked_by_key
from app.storage.people import actor_of
from app.storage.source_uses import is_last_version
from app.storage.tables import (
    CopyBytes,
    Evidence,
    Person,
    QuotePlace,
    Review,
    ReviewVersion,
    SavedCopy,
    Source,
)
from app.workflow.copies import ask_match, text_hash
from app.workflow.events import record_event
from app.workflow.flags import raise_flags

ERASED = "copy.erased"
WHOLE = (QuoteFound.EXACT, QuoteFound.NORMALISED)
FOUND = (*WHOLE, QuoteFound.APPROXIMATE)
_now = alias_of(QuotePlace, "copy_id", "evidence_id", "found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen of a page.

    Attributes:
        is_gone: the page's server said that there is none any more.
        error: the code of why nothing was read, though something came; None where it was.
        warc: what went over the wire.
        places: where quotes stand in the text, by the keys of their uses.
    """

    final_url: str
    status: int
    media_type: str
    size: int
    sha256: str
    warc: bytes
    text: str = ""
    title: str = ""
    is_gone: bool = False
    error: str | None = None
    places: Mapping[int, Place] = field(default_factory=dict)


def finish_copy(session: Session, public_id: str, *, look: Look) -> None:
    """Write down what was seen of a page, and mark the claims that it touches.

    Raises:
        Missing: there is no such look.
    """
    row, source = _under_way(session, public_id)
    if row is None:
        return
    if source.erased_at is not None:
        _end(session, row, source, CopyState.FAILED, error=ERASED)
        return
    facts = {name: getattr(look, name) for name in ("status", "media_type", "size", "sha256")}
    facts |= {"final_url": look.final_url, "media_type": look.media_type[:100] or None}
    if look.is_gone or look.error is not None:
        _write_bytes(session, row, look)
        state = CopyState.GONE if look.is_gone else CopyState.FAILED
        _end(session, row, source, state, error=None if look.is_gone else look.error, **facts)
        if look.is_gone:
            raise_flags(session, SYSTEM, source, FlagReason.PAGE_GONE, copy_id=row.key)
        return
    before = _before(session, source, row, sees_look(_by(session, row)))
    facts |= {"title": look.title, "text_sha256": text_hash(look.text)}
    if before is not None and _is_same(before, look):
        write_places(session, before.key, look.places)
        _end(session, row, source, CopyState.SAME, same_as_id=before.key, **facts)
        return
    last = _before(session, source, row)
    _write_bytes(session, row, look)
    facts |= {"text": look.text, "compared_with_id": None if before is None else before.key}
    _end(session, row, source, CopyState.SAVED, **facts)
    write_places(session, row.key, look.places)
    ask_match(session, source.public_id, row.public_id)
    if last is not None and not _is_same(last, look):
        _mark_touched(session, source, row, says_else=_says_else(last, look))


def fail_copy(session: Session, public_id: str, *, error: str, status: int | None = None) -> None:
    """Note why a look came to nothing; ``error`` is a code, ``status`` what the server said.

    Raises:
        Missing: there is no such look.
    """
    row, source = _under_way(session, public_id)
    if row is not None:
        _end(session, row, source, CopyState.FAILED, error=error, status=status)


def write_places(session: Session, copy_id: int, places: Mapping[int, Place]) -> None:
    """Keep where quotes stand in the text of a copy, by its key; one that is kept stays."""
    rows = [
        QuotePlace(
            evidence_id=key,
            copy_id=copy_id,
            found=place.found,
            start=None if place.span is None else place.span.start,
            end=None if place.span is None else place.span.end,
            score=place.score,
        )
        for key, place in sorted(places.items())
    ]
    if rows:
        insert = INSERTS[session.get_bind().dialect.name]
        statement = insert(QuotePlace).on_conflict_do_nothing()
        session.execute(statement, [row.model_dump(exclude={"id"}) for row in rows])


def keep_places(session: Session, copy_id: int, places: Mapping[int, Place]) -> None:
    """Keep where quotes stand in a copy, unless its words were taken away meanwhile.

    Who linked a quote while the page was looked at could not know that the page says it no more:
    such claims are marked as those whose quotes were there before.
    """
    row = session.get_one(SavedCopy, copy_id)
    source = locked_by_key(session, Source, row.source_id)
    if source.erased_at is not None:
        return
    write_places(session, copy_id, places)
    if row.why is CopyWhy.UPLOADED or row.ended_at is None or not places:
        return
    newer = select(SavedCopy.id).where(
        SavedCopy.source_id == source.key,
        col(SavedCopy.id) > copy_id,
        SavedCopy.state == CopyState.SAVED,
        SavedCopy.why != CopyWhy.UPLOADED,
    )
    if session.exec(newer.limit(1)).first() is None:
        _mark_lost(session, source, row, col(ReviewVersion.decided_at) <= row.ended_at)


def _under_way(session: Session, public_id: str) -> tuple[SavedCopy | None, Source]:
    """A look that has not ended, and its source, locked in the order in which all do."""
    query = select(SavedCopy.source_id).where(SavedCopy.public_id == public_id)
    source_id = session.exec(query).first()
    if source_id is None:
        raise Missing("copy.missing")
    source = locked_by_key(session, Source, source_id)
    row = locked(session, SavedCopy, public_id)
    return (row if row.state is CopyState.ASKED else None), source


def _by(session: Session, row: SavedCopy) -> Actor:
    """Who asked for a look. What they may not know of is not what their look is compared with."""
    if row.created_by_id is None:
        return SYSTEM
    return actor_of(session, session.get_one(Person, row.created_by_id).public_id)


def _before(
    session: Session, source: Source, row: SavedCopy, *holds: ColumnElement[bool]
) -> SavedCopy | None:
    """The last copy of the page itself; what somebody brought may be something else."""
    query = select(SavedCopy).where(
        SavedCopy.source_id == source.key,
        SavedCopy.state == CopyState.SAVED,
        SavedCopy.why != CopyWhy.UPLOADED,
        col(SavedCopy.id) != row.key,
        *holds,
    )
    return session.exec(query.order_by(col(SavedCopy.id).desc()).limit(1)).first()


def _is_same(before: SavedCopy, look: Look) -> bool:
    """Whether the page says what it said; where nothing can be read, whether it is the same file."""
    said = text_hash(look.text)
    if said is None and before.text_sha256 is None:
        return before.sha256 == look.sha256
    return said == before.text_sha256


def _end(
    session: Session,
    row: SavedCopy,
    source: Source,
    state: CopyState,
    **facts: Any,  # noqa: ANN401 - columns of the row
) -> None:
    # At once: the database insists that some come together.
    row.sqlmodel_update({**facts, "state": state, "ended_at": now()})
    source.looked_at = now()
    session.flush()
    told: dict[str, Any] = {key: facts[key] for key in ("sha256", "text_sha256") if facts.get(key)}
    told |= {"error": row.error} if row.error else {}
    record_event(
        session,
        SYSTEM,
        "copy.end",
        noun="copy",
        thing=row.public_id,
        project_id=row.project_id,
        source=source.public_id,
        state=state.value,
        **told,
    )
    session.flush()


def _write_bytes(session: Session, row: SavedCopy, look: Look) -> None:
    session.add(CopyBytes(copy_id=row.key, warc=look.warc))


def _says_else(before: SavedCopy, look: Look) -> bool:
    """Whether the article of a page changed; what stands around it does all the time."""
    return article_part(before.text) != article_part(look.text)


def _mark_touched(session: Session, source: Source, row: SavedCopy, *, says_else: bool) -> None:
    """Mark the claims whose quote is gone, and those that rest on the page without a quote.

    A change that leaves every quote where it was is no reason to look again, nor is one around the
    article for whoever quotes nothing.
    """
    _mark_lost(session, source, row)
    unquoted = _unquoted(session, source) if says_else else ()
    if unquoted:
        raise_flags(
            session,
            SYSTEM,
            source,
            FlagReason.PAGE_CHANGED,
            copy_id=row.key,
            evidence_ids=unquoted,
        )


def _mark_lost(
    session: Session, source: Source, row: SavedCopy, *holds: ColumnElement[bool]
) -> None:
    """Mark the claims whose quote is gone; ``holds`` of the versions that quote it."""
    missing = _lost_quotes(session, source, row, *holds)
    if missing:
        raise_flags(
            session,
            SYSTEM,
            source,
            FlagReason.QUOTE_GONE,
            copy_id=row.key,
            evidence_ids=missing,
        )


def _lost_quotes(
    session: Session, source: Source, row: SavedCopy, *holds: ColumnElement[bool]
) -> Sequence[int]:
    """The uses whose quote stood in an earlier copy of the page, and stands in this one no more.

    A quote that stood there word for word and is only nearly there now is not there any more.
    """
    query = (
        select(QuotePlace.evidence_id)
        .join(Evidence, col(Evidence.id) == col(QuotePlace.evidence_id))
        .join(ReviewVersion, col(ReviewVersion.id) == col(Evidence.review_version_id))
        .join(Review, col(Review.id) == col(ReviewVersion.review_id))
        .join(_now, col(_now.evidence_id) == col(QuotePlace.evidence_id))
        .join(SavedCopy, col(SavedCopy.id) == col(QuotePlace.copy_id))
        .where(
            SavedCopy.source_id == source.key,
            SavedCopy.why != CopyWhy.UPLOADED,
            col(SavedCopy.id) < row.key,
            is_last_version(),
            *holds,
            _now.copy_id == row.key,
            or_(
                and_(col(QuotePlace.found).in_(FOUND), col(_now.found) == QuoteFound.MISSING),
                and_(
                    col(QuotePlace.found).in_(WHOLE),
                    col(_now.found) == QuoteFound.APPROXIMATE,
                ),
            ),
        )
        .distinct()
    )
    return sorted(session.exec(query))


def _unquoted(session: Session, source: Source) -> Sequence[int]:
    """The uses in the last versions of checks that quote nothing."""
    query = (
        select(Evidence.id)
        .join(ReviewVersion, col(ReviewVersion.id) == col(Evidence.review_version_id))
        .join(Review, col(Review.id) == col(ReviewVersion.review_id))
        .where(Evidence.source_id == source.key, Evidence.quote == "", is_last_version())
    )
    return sorted(key for key in session.exec(query) if key is not None)
