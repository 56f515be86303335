"""Questions about sources."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid
from app.domain.evidence_words import SourceStanding
from app.domain.links import canonical_link, checked_link
from app.domain.records import EvidenceRecord
from app.storage.bars import is_secret_to
from app.storage.blind import talk_is_kept_from
from app.storage.reviews import evidence_record
from app.storage.source_uses import is_used_openly
from app.storage.tables import Claim, Evidence, Review, ReviewVersion, Round, Source

OFFERED = 5


def offered_sources(
    session: Session, actor: Actor, *, project_id: int, article_id: int
) -> list[EvidenceRecord]:
    """Sources that checks of this article used last, to be taken again with one key.

    Where checks are blind, only the actor's own: even a title can tell what another one found.
    """
    newest = (
        select(func.max(Evidence.id))
        .join(ReviewVersion, col(ReviewVersion.id) == col(Evidence.review_version_id))
        .join(Review, col(Review.id) == col(ReviewVersion.review_id))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(Claim.article_id == article_id)
        .group_by(col(Evidence.source_id))
    )
    is_mine = col(Review.reviewer_id) == actor.person_id
    # Where claims are checked in the open, one of them may be in a later round that is blind.
    is_open = ~talk_is_kept_from(actor, col(Claim.id)) & ~is_secret_to(actor)
    newest = newest.where(is_mine | (~_is_blind(project_id) & is_open))
    query = (
        select(Evidence, Source)
        .join(Source, col(Source.id) == col(Evidence.source_id))
        .where(
            col(Evidence.id).in_(newest),
            col(Source.standing) != SourceStanding.RETIRED,
        )
        .order_by(col(Evidence.id).desc())
        .limit(OFFERED)
    )
    return [evidence_record(row, source, by=actor.person_id) for row, source in session.exec(query)]


def doubted(
    session: Session, actor: Actor, project_id: int, urls: Iterable[str]
) -> dict[str, SourceStanding]:
    """Of some addresses as they were typed, those whose source the desk relies on no more.

    Only of sources that the actor may know of by a use: of another one even this would tell that
    somebody linked it.
    """
    pages = {url: page for url in urls if (page := _page(url))}
    if not pages:
        return {}
    query = select(Source.canonical_url, Source.standing).where(
        Source.project_id == project_id,
        col(Source.canonical_url).in_(sorted(set(pages.values()))),
        col(Source.standing).in_([SourceStanding.RETIRED, SourceStanding.UNRELIABLE]),
        is_used_openly(actor),
    )
    standings = {page or "": SourceStanding(held) for page, held in session.exec(query)}
    return {url: standings[page] for url, page in pages.items() if page in standings}


def _page(url: str) -> str | None:
    """The page that an address names; None for what is no address."""
    try:
        link = checked_link(url)
    except Invalid:
        return None
    return None if link is None else canonical_link(link)


def _is_blind(project_id: int) -> ColumnElement[bool]:
    """Whether claims of the project are checked blind in the first place: in its first round."""
    first = select(Round.is_blind).where(Round.project_id == project_id)
    return first.order_by(col(Round.number)).limit(1).scalar_subquery()
