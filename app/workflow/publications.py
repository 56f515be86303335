"""Noting where verdicts were published, and taking it back."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, Missing, Stale, WrongState
from app.domain.findings import Finding
from app.domain.ids import now
from app.domain.links import canonical_link, checked_link
from app.domain.permissions import Action, ask_leave
from app.domain.words import ClaimState
from app.exporters import cms
from app.storage.claims import claim as claim_record
from app.storage.findings import finding
from app.storage.locking import locked, locked_all, locked_by_key
from app.storage.tables import Claim, Project, Publication, PublishedClaim, Ruling
from app.workflow.events import record_claim_event

MAX_TITLE = 500
MAX_CLAIMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationValues:
    """A published piece as its form was filled in; ``others`` are further claims in it.

    ``version`` is the version of the verdict that was shown; None where none was.
    """

    url: str
    title: str = ""
    published_on: str
    others: tuple[str, ...] = ()
    version: int | None = None


def publish(
    session: Session,
    actor: Actor,
    claim_id: str,
    *,
    values: PublicationValues,
    write: Callable[[Finding], str] = cms.html,
) -> str:
    """Note that settled claims stand in a published piece, and answer the piece's public id.

    A piece at this address that is known already takes the claims in; noting one again says that
    the page has what holds now. ``write`` makes the copy whose hash is kept.

    Raises:
        WrongState: one of the claims is not settled.
        Stale: the verdict was corrected since it was shown.
        Invalid: no web address, no day, a title that is too long, too many claims.
    """
    project_id = claim_record(session, actor, claim_id).project_id
    ask_leave(actor, Action.CLAIM_PUBLISH, project_id)
    url, day = _place(values)
    # The project first: two pieces at one address are then noted one after the other.
    locked_by_key(session, Project, project_id)
    claims = _claims(session, project_id, sorted({claim_id, *values.others}))
    _ask_version(session, claim_id, values.version)
    piece = _piece(session, actor, project_id, url=url)
    piece.url, piece.published_on, piece.title = url, day, values.title.strip() or piece.title
    session.add(piece)
    session.flush()
    for claim in claims:
        claim.published_url = url
        found = finding(session, actor, claim.public_id)
        noted = _note(session, piece, claim, version=found.ruling.version, copy=write(found))
        record_claim_event(session, actor, "claim.publish", claim, **noted)
    return piece.public_id


def published_day(value: str | None) -> str:
    """A day, 2025-09-04.

    Raises:
        Invalid: no such day.
    """
    text = (value or "").strip()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Invalid("publication.day", field="published_on") from None


def needed_link(value: str | None) -> str:
    """A web address that must be there.

    Raises:
        Invalid: there is none, or it is no web address.
    """
    link = checked_link(value)
    if link is None:
        raise Invalid("publication.url", field="url")
    return link


def _place(values: PublicationValues) -> tuple[str, str]:
    if len(values.title.strip()) > MAX_TITLE:
        raise Invalid("publication.title", field="title", limit=MAX_TITLE)
    if len(values.others) > MAX_CLAIMS:
        raise Invalid("publication.many", field="others", limit=MAX_CLAIMS)
    return needed_link(values.url), published_day(values.published_on)


def _claims(session: Session, project_id: int, ids: Sequence[str]) -> list[Claim]:
    """The claims, locked."""
    rows = locked_all(session, Claim, ids)
    found = [rows[public_id] for public_id in ids]
    for claim in found:
        if claim.project_id != project_id:
            raise Missing("claim.missing")
        if claim.state is not ClaimState.SETTLED:
            raise WrongState("claim.unsettled")
    return found


def _ask_version(session: Session, claim_id: str, shown: int | None) -> None:
    """Refuse to note a verdict that nobody was shown: the page may say what held before."""
    query = (
        select(func.max(Ruling.version))
        .join(Claim, col(Claim.id) == col(Ruling.claim_id))
        .where(Claim.public_id == claim_id)
    )
    holds = session.exec(query).one()
    if shown is not None and shown != holds:
        raise Stale("correction.stale", version=holds)


def _piece(session: Session, actor: Actor, project_id: int, *, url: str) -> Publication:
    """The piece at this address, or a new one that is not stored yet."""
    canonical = canonical_link(url)
    query = select(Publication).where(
        Publication.project_id == project_id,
        Publication.canonical_url == canonical,
        col(Publication.retired_at).is_(None),
    )
    known = session.exec(query.with_for_update(key_share=True)).first()
    return known or Publication(
        project_id=project_id,
        url=url,
        canonical_url=canonical,
        published_on=now().date().isoformat(),
        created_by_id=actor.person_id,
    )


def _note(
    session: Session, piece: Publication, claim: Claim, *, version: int, copy: str
) -> dict[str, object]:
    """Keep which version of a claim stands in a piece, and the hash of its copy; for history."""
    sha256 = hashlib.sha256(copy.encode()).hexdigest()
    row = session.exec(
        select(PublishedClaim).where(
            PublishedClaim.publication_id == piece.key, PublishedClaim.claim_id == claim.key
        )
    ).first()
    if row is None:
        row = PublishedClaim(
            publication_id=piece.key, claim_id=claim.key, ruling_version=version, sha256=sha256
        )
    row.ruling_version, row.sha256 = version, sha256
    session.add(row)
    return {"publication": piece.public_id, "version": version, "sha256": sha256}


def unpublish(session: Session, actor: Actor, publication_id: str) -> None:
    """Take back that a piece was published: it was a mistake, or the page is gone.

    Its claims stand where another piece holds them, or nowhere. Sent twice, it is once.
    """
    project_id = _project_of(session, publication_id)
    ask_leave(actor, Action.CLAIM_PUBLISH, project_id)
    # As when one is noted: the project first.
    locked_by_key(session, Project, project_id)
    piece = locked(session, Publication, publication_id)
    if piece.retired_at is not None:
        return
    piece.retired_at = now()
    session.flush()
    query = (
        select(Claim)
        .join(PublishedClaim, col(PublishedClaim.claim_id) == col(Claim.id))
        .where(PublishedClaim.publication_id == piece.key)
        .order_by(col(Claim.public_id))
        .with_for_update(of=Claim, key_share=True)
    )
    for claim in session.exec(query).all():
        if canonical_link(claim.published_url or "") == piece.canonical_url:
            claim.published_url = _elsewhere(session, claim)
        record_claim_event(session, actor, "claim.unpublish", claim, publication=piece.public_id)


def _project_of(session: Session, publication_id: str) -> int:
    query = select(Publication.project_id).where(Publication.public_id == publication_id)
    project_id = session.exec(query).first()
    if project_id is None:
        raise Missing("publication.missing")
    return project_id


def _elsewhere(session: Session, claim: Claim) -> str | None:
    """Where else a claim stands: the last piece."""
    return session.exec(
        select(Publication.url)
        .join(PublishedClaim, col(PublishedClaim.publication_id) == col(Publication.id))
        .where(PublishedClaim.claim_id == claim.key, col(Publication.retired_at).is_(None))
        .order_by(col(Publication.published_on).desc(), col(Publication.id).desc())
    ).first()
