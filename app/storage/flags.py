"""Questions about marks: claims to be looked at again, since a source of theirs changed.

A mark tells that a check of the claim uses the source: only those are told of it to whom the checks
of the claim are shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, case, func, literal_column
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.evidence_words import FlagReason
from app.domain.permissions import Action, may
from app.domain.words import ClaimState
from app.storage.aliases import alias_of
from app.storage.among import among
from app.storage.blind import shows_checks
from app.storage.claims import visible
from app.storage.kept import of_reader
from app.storage.source_links import link_for
from app.storage.tables import (
    Claim,
    Evidence,
    Flag,
    Person,
    Review,
    ReviewVersion,
    SavedCopy,
    Source,
)

PAGE = 50
OF_CLAIM = 100
# What touches a verdict most comes first.
WORST_FIRST = (
    FlagReason.QUOTE_GONE,
    FlagReason.PAGE_GONE,
    FlagReason.SOURCE_UNRELIABLE,
    FlagReason.SOURCE_RETIRED,
    FlagReason.SOURCE_CORRECTED,
    FlagReason.PAGE_CHANGED,
)
# Written out, so that the database sees the partial index that holds the marks that stand.
STANDS = "flag.cleared_at IS NULL"
# How bad its reason is, counted from the worst, and its key.
Place = tuple[int, int]

_use = alias_of(Evidence, "id", "review_version_id", "source_id", "title")
_version = alias_of(ReviewVersion, "id", "number", "review_id")
_check = alias_of(Review, "claim_id", "id", "submitted_version")


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A mark with its claim and its source, which is called as the claim's checks call it.

    ``copy_id``: the saved copy in which it was seen. ``cleared_by`` is None while it stands, and
    where nobody is named.
    """

    place: Place
    public_id: str
    reason: FlagReason
    raised_at: datetime
    claim_key: int
    claim_id: str
    claim_text: str
    claim_language: str | None
    is_settled: bool
    source_id: str
    source_title: str
    source_url: str | None
    copy_id: str | None
    cleared_at: datetime | None
    cleared_by: str | None
    cleared_note: str | None


def sees_flags_of(session: Session, actor: Actor, claim_id: int) -> bool:
    """Whether the actor may know of the marks of a claim."""
    query = select(Claim.id).where(col(Claim.id) == claim_id, visible(), shows_checks(actor))
    return session.exec(query).first() is not None


def flag(session: Session, actor: Actor, flag_id: str) -> FlagLine:
    """One mark, whether it stands or was cleared.

    Raises:
        Missing: there is none, or the actor may not know of it.
    """
    found = _told(session, _lines(actor).where(Flag.public_id == flag_id))
    if not found:
        raise Missing("flag.missing")
    return found[0]


def standing_flags(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    after: Place | None = None,
    limit: int = PAGE,
) -> list[FlagLine]:
    """The marks of a project that stand, the worst first, of these the newest.

    One question for each reason, which an index answers, until there are enough.
    """
    worst, last = after or (0, None)
    found: list[FlagLine] = []
    for badness, reason in enumerate(WORST_FIRST):
        if badness < worst or len(found) == limit:
            continue
        query = _lines(actor).where(
            Flag.project_id == project_id, Flag.reason == reason, literal_column(STANDS)
        )
        if last is not None and badness == worst:
            query = query.where(col(Flag.id) < last)
        newest_first = query.order_by(col(Flag.id).desc())
        found += _told(session, newest_first.limit(limit - len(found)))
    return found


def flags_of_claim(session: Session, actor: Actor, claim_id: int) -> list[FlagLine]:
    """The marks of a claim: those that stand, the worst first, then those that were cleared."""
    is_cleared = col(Flag.cleared_at).is_not(None)
    query = _lines(actor).where(Flag.claim_id == claim_id)
    query = query.order_by(is_cleared, _badness(), col(Flag.id).desc())
    return _told(session, query.limit(OF_CLAIM))


def flags_of_source(
    session: Session, actor: Actor, source_id: int, *, claim_ids: Collection[int]
) -> dict[int, list[FlagLine]]:
    """The marks that stand since a source changed, on some claims, by the claim's key."""
    if not claim_ids:
        return {}
    found: dict[int, list[FlagLine]] = {}
    values = {"source": source_id, "keys": sorted(claim_ids)}
    for line in _told(session, _of_source(actor), values):
        found.setdefault(line.claim_key, []).append(line)
    return found


@of_reader
def _of_source(actor: Actor) -> Any:  # noqa: ANN401 - a question
    """The marks that stand since a source changed, on some claims."""
    of_source = col(Flag.source_id) == bindparam("source", type_=Integer)
    query = _lines(actor).where(of_source, among(Flag.claim_id), literal_column(STANDS))
    return query.order_by(_badness(), col(Flag.id).desc())


def number_flagged(session: Session, actor: Actor, project_ids: Sequence[int]) -> dict[int, int]:
    """How many claims of some projects are marked, to those who may clear marks: one question."""
    keys = [key for key in project_ids if may(actor, Action.FLAG_CLEAR, key)]
    if not keys:
        return {}
    query = (
        select(Flag.project_id, func.count(func.distinct(col(Flag.claim_id))))
        .join(Claim, col(Claim.id) == col(Flag.claim_id))
        .where(
            col(Flag.project_id).in_(keys), literal_column(STANDS), visible(), shows_checks(actor)
        )
        .group_by(col(Flag.project_id))
    )
    return dict(session.exec(query).all())


def _badness() -> ColumnElement[int]:
    places = {reason: place for place, reason in enumerate(WORST_FIRST)}
    return case(places, value=col(Flag.reason), else_=len(places)).cast(Integer)


@of_reader
def _lines(actor: Actor) -> Any:  # noqa: ANN401 - a question
    """Marks that the actor may know of, with whatever a line tells."""
    called = (
        select(_use.title)
        .join(_version, col(_version.id) == col(_use.review_version_id))
        .join(_check, col(_check.id) == col(_version.review_id))
        .where(
            # Nothing added: of a source that many checks use, this claim's checks are looked through.
            col(_use.source_id) + 0 == col(Flag.source_id),
            col(_check.claim_id) == col(Flag.claim_id),
            col(_version.number) == col(_check.submitted_version),
        )
        .order_by(col(_use.id).desc())
        .limit(1)
        .correlate(Flag)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        *(Flag, Claim, Source),
        *(called, SavedCopy.public_id, Person.name, _badness()),
    )
    return (
        select(*columns)
        .select_from(Flag)
        .join(Claim, col(Claim.id) == col(Flag.claim_id))
        .join(Source, col(Source.id) == col(Flag.source_id))
        .join(SavedCopy, col(SavedCopy.id) == col(Flag.copy_id), isouter=True)
        .join(Person, col(Person.id) == col(Flag.cleared_by_id), isouter=True)
        .where(visible(), shows_checks(actor))
    )


def _told(
    session: Session,
    query: Any,  # noqa: ANN401 - as above
    values: Mapping[str, Any] | None = None,
) -> list[FlagLine]:
    return [
        FlagLine(
            place=(badness, flag.key),
            public_id=flag.public_id,
            reason=flag.reason,
            raised_at=flag.created_at,
            claim_key=claim.key,
            claim_id=claim.public_id,
            claim_text=claim.text,
            claim_language=claim.language,
            is_settled=claim.state is ClaimState.SETTLED,
            source_id=source.public_id,
            source_title=title or "",
            source_url=link_for(source, None),
            copy_id=copy_id,
            cleared_at=flag.cleared_at,
            cleared_by=who,
            cleared_note=flag.cleared_note,
        )
        for flag, claim, source, title, copy_id, who, badness in session.exec(query, params=values)
    ]
