"""Questions about published pieces: what stands in them, and whether it is what the desk says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.export_rows import PublicationRow
from app.domain.permissions import Action, ask_leave
from app.domain.records import ClaimRecord
from app.domain.words import ClaimState
from app.storage.blind import is_blind_to
from app.storage.claims import in_batch, visible
from app.storage.tables import Claim, Publication, PublishedClaim, Ruling

CHUNK = 500
# The day of a piece, and its key.
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class ClaimInPiece:
    """A claim in a piece, with the version of its verdict that stands there and the one that holds."""

    claim_id: str
    text: str
    version: int
    holds: int

    @property
    def is_out_of_date(self) -> bool:
        """Whether the desk says otherwise by now."""
        return self.version < self.holds


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """A published piece with its claims."""

    place: Place
    public_id: str
    url: str
    title: str
    published_on: str
    claims: tuple[ClaimInPiece, ...]

    @property
    def is_out_of_date(self) -> bool:
        """Whether any of its claims is."""
        return any(claim.is_out_of_date for claim in self.claims)


def publications_from(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    after: Place | None = None,
    limit: int,
) -> list[PublicationLine]:
    """The pieces of a project, newest first: two questions, however many there are.

    A published claim that is checked anew is not told of to those who could check it, nor is a
    piece about nothing else: what it says is what they shall not have in mind.
    """
    day, key = col(Publication.published_on), col(Publication.id)
    shown = _shown_to(actor)
    is_told = exists().where(col(PublishedClaim.publication_id) == col(Publication.id), shown)
    query = select(Publication).where(
        Publication.project_id == project_id, col(Publication.retired_at).is_(None), is_told
    )
    if after is not None:
        query = query.where(or_(day < after[0], and_(day == after[0], key < after[1])))
    rows = session.exec(query.order_by(day.desc(), key.desc()).limit(limit)).all()
    return _lines(session, rows, shown)


def _shown_to(actor: Actor) -> ColumnElement[bool]:
    return ~is_blind_to(actor, col(PublishedClaim.claim_id))


def publications_of(session: Session, claim_id: int) -> list[PublicationLine]:
    """The pieces that a claim stands in, newest first."""
    query = (
        select(Publication)
        .join(PublishedClaim, col(PublishedClaim.publication_id) == col(Publication.id))
        .where(PublishedClaim.claim_id == claim_id, col(Publication.retired_at).is_(None))
        .order_by(col(Publication.published_on).desc(), col(Publication.id).desc())
    )
    return _lines(session, session.exec(query).all())


def _lines(
    session: Session, rows: Sequence[Publication], *rules: ColumnElement[bool]
) -> list[PublicationLine]:
    query = (
        select(PublishedClaim, Claim.public_id, Claim.text, func.max(Ruling.version))
        .join(Claim, col(Claim.id) == col(PublishedClaim.claim_id))
        .join(Ruling, col(Ruling.claim_id) == col(Claim.id))
        .where(col(PublishedClaim.publication_id).in_([row.key for row in rows]), *rules)
        .group_by(col(PublishedClaim.id), col(Claim.id))
        .order_by(col(PublishedClaim.id))
    )
    held: dict[int, list[ClaimInPiece]] = {}
    for noted, claim_id, text, holds in session.exec(query):
        found = ClaimInPiece(claim_id, text, noted.ruling_version, holds)
        held.setdefault(noted.publication_id, []).append(found)
    return [
        PublicationLine(
            place=(row.published_on, row.key),
            public_id=row.public_id,
            url=row.url,
            title=row.title,
            published_on=row.published_on,
            claims=tuple(held.get(row.key, ())),
        )
        for row in rows
    ]


def publishable_beside(
    session: Session, claim: ClaimRecord, *, limit: int
) -> list[tuple[str, str]]:
    """Settled claims that could stand in the same piece, as id and text.

    Those of the same article come first; then those that were published nowhere yet.
    """
    mine = select(Claim.article_id).where(col(Claim.id) == claim.id).scalar_subquery()
    same_article = col(Claim.article_id) == mine
    query = (
        select(Claim.public_id, Claim.text)
        .where(
            Claim.project_id == claim.project_id,
            Claim.state == ClaimState.SETTLED,
            col(Claim.id) != claim.id,
            or_(same_article, col(Claim.published_url).is_(None)),
            visible(),
        )
        .order_by(func.coalesce(same_article, False).desc(), col(Claim.id).desc())
        .limit(limit)
    )
    return list(session.exec(query).all())


def publication_rows(
    session: Session, actor: Actor, project_id: int, *, batch_id: int | None = None
) -> Iterator[PublicationRow]:
    """One row for every claim in every piece in the order in which it was noted.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    return _rows(session, actor, project_id, batch_id)


def _rows(
    session: Session, actor: Actor, project_id: int, batch_id: int | None
) -> Iterator[PublicationRow]:
    query = (
        select(PublishedClaim, Publication, Claim.public_id)
        .join(Publication, col(Publication.id) == col(PublishedClaim.publication_id))
        .join(Claim, col(Claim.id) == col(PublishedClaim.claim_id))
        .where(
            Publication.project_id == project_id,
            col(Publication.retired_at).is_(None),
            *in_batch(batch_id),
            _shown_to(actor),
        )
        .order_by(col(PublishedClaim.id))
        .limit(CHUNK)
    )
    after = 0
    while rows := session.exec(query.where(col(PublishedClaim.id) > after)).all():
        for noted, piece, claim_id in rows:
            yield PublicationRow(
                publication_id=piece.public_id,
                url=piece.url,
                title=piece.title,
                published_on=piece.published_on,
                claim_id=claim_id,
                ruling_version=noted.ruling_version,
                sha256=noted.sha256,
            )
        after = rows[-1][0].key
        session.expunge_all()
