"""Questions about where the words of claims stand and stood, and about the texts of an article."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from app.domain.records import ClaimRecord, PlaceRecord, SnapshotRecord
from app.domain.words import FoundBy
from app.storage.claims import KEY, records, visible
from app.storage.tables import Article, Claim, ClaimPlace, Person, Snapshot

# So many claims of a text are shown on one page.
PART = 100


@dataclass(frozen=True, slots=True)
class StandingClaim:
    """Where a claim begins in a text; ``snapshot_id`` is the text in which it stands now."""

    id: int
    public_id: str
    start: int | None
    snapshot_id: int | None


def snapshots_of(session: Session, article_id: int) -> list[SnapshotRecord]:
    """The texts of an article, the newest first."""
    query = (
        select(Snapshot.id, Snapshot.public_id, Snapshot.created_at)
        .where(Snapshot.article_id == article_id)
        .order_by(col(Snapshot.id).desc())
    )
    return [SnapshotRecord(key or 0, name, at) for key, name, at in session.exec(query)]


def places_of(session: Session, claim_id: int) -> list[PlaceRecord]:
    """Every look for the words of a claim, oldest first; none where its place never changed."""
    query = (
        select(ClaimPlace, Snapshot.public_id, Person.name)
        .join(Snapshot, col(Snapshot.id) == col(ClaimPlace.snapshot_id))
        .join(Person, col(Person.id) == col(ClaimPlace.by_id), isouter=True)
        .where(ClaimPlace.claim_id == claim_id)
        .order_by(col(ClaimPlace.id))
    )
    return [_record(row, snapshot, name) for row, snapshot, name in session.exec(query)]


def _record(row: ClaimPlace, snapshot: str, by: str | None) -> PlaceRecord:
    return PlaceRecord(
        snapshot=snapshot,
        quote=row.quote,
        start=row.start,
        end=row.end,
        found_by=row.found_by,
        score=row.score,
        at=row.at,
        by=by,
    )


def doubtful(session: Session, article_id: int) -> dict[int, FoundBy]:
    """Claims of an article, by key, that were found only nearly or not at all in a newer text.

    Those that somebody has looked at since, or joined to another, are left out.
    """
    last = (
        select(func.max(ClaimPlace.id))
        .join(Claim, col(Claim.id) == col(ClaimPlace.claim_id))
        .where(Claim.article_id == article_id, col(Claim.merged_into_id).is_(None))
        .group_by(col(ClaimPlace.claim_id))
    )
    query = select(ClaimPlace).where(
        col(ClaimPlace.id).in_(last),
        col(ClaimPlace.found_by).in_([FoundBy.APPROXIMATE, FoundBy.MISSING]),
    )
    return {row.claim_id: row.found_by for row in session.exec(query)}


def claims_by_id(session: Session, claim_ids: Collection[int]) -> list[ClaimRecord]:
    """Some claims, in reading order."""
    query = select(KEY).where(col(Claim.id).in_(claim_ids), visible())
    return records(session, session.exec(query.order_by(col(Claim.start), col(Claim.id))).all())


def standing_in_text(session: Session, snapshot_id: int) -> list[StandingClaim]:
    """Where claims stand or stood last in a text, in reading order.

    What was joined to another claim stands there as that one.
    """
    places = _last_places(session, snapshot_id)
    of_claim = (col(Claim.id), col(Claim.public_id), col(Claim.start), col(Claim.snapshot_id))
    rows = session.exec(
        select(*of_claim).where(
            or_(col(Claim.snapshot_id) == snapshot_id, col(Claim.id).in_(places.keys())),
            col(Claim.merged_into_id).is_(None),
            visible(),
        )
    )
    found = [
        StandingClaim(
            key or 0, name, start if here == snapshot_id else places[key or 0].start, here
        )
        for key, name, start, here in rows
    ]
    return sorted(found, key=lambda one: (one.start or 0, one.id))


def claims_in_text(
    session: Session, snapshot_id: int, some: Collection[StandingClaim] | None = None
) -> list[ClaimRecord]:
    """Some claims of a text, or all, each as it stood there last, in reading order."""
    if some is None:
        some = standing_in_text(session, snapshot_id)
    here = {one.id for one in some if one.snapshot_id == snapshot_id}
    moved = [one.id for one in some if one.id not in here]
    places = _last_places(session, snapshot_id, moved)
    found = [
        record if record.id in here else _as_it_stood(record, places[record.id])
        for record in records(session, [one.id for one in some])
    ]
    return sorted(found, key=lambda record: (record.start or 0, record.id))


def _last_places(
    session: Session, snapshot_id: int, claim_ids: Collection[int] | None = None
) -> dict[int, ClaimPlace]:
    there = (
        select(func.max(ClaimPlace.id))
        .where(ClaimPlace.snapshot_id == snapshot_id, col(ClaimPlace.quote).is_not(None))
        .group_by(col(ClaimPlace.claim_id))
    )
    if claim_ids is not None:
        there = there.where(col(ClaimPlace.claim_id).in_(claim_ids))
    query = select(ClaimPlace).where(col(ClaimPlace.id).in_(there))
    return {row.claim_id: row for row in session.exec(query)}


def is_in_parts(session: Session, article_id: str) -> bool:
    """Whether an article, by its public id, has more claims than its page shows at once."""
    article = select(Article.id).where(Article.public_id == article_id).scalar_subquery()
    query = select(Claim.id).where(col(Claim.article_id) == article).offset(PART).limit(1)
    return session.exec(query).first() is not None


def _as_it_stood(claim: ClaimRecord, place: ClaimPlace) -> ClaimRecord:
    """Where the text that it stands in names who said it, this one need not."""
    hops = tuple(replace(hop, start=None, end=None) for hop in claim.hops)
    return replace(claim, quote=place.quote, start=place.start, end=place.end, hops=hops)
