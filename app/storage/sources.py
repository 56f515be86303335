"""Questions about sources."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Executable, Integer, bindparam, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.actors import Actor
from app.domain.errors import Invalid
from app.domain.evidence_words import SourceStanding
from app.domain.links import canonical_link, checked_link
from app.domain.records import EvidenceRecord
from app.storage.aliases import alias_of
from app.storage.bars import is_secret_to
from app.storage.blind import talk_is_kept_from
from app.storage.driver import rows_of
from app.storage.kept import HERE, ME
from app.storage.plain_rows import Rows, table_of
from app.storage.reviews import evidence_record
from app.storage.source_uses import is_used_openly
from app.storage.tables import Claim, Evidence, Review, ReviewVersion, Round, Source

OFFERED = 5

# Under a name of its own: the question asks the same table twice.
_there = alias_of(Source, "canonical_url", "erased_at", "id", "project_id", "public_id")


@dataclass(frozen=True, slots=True)
class LinkedSource:
    """A page that checks of a project link, as far as a verb that links it needs it."""

    key: int
    public_id: str
    is_erased: bool


def sources_at(
    session: Session, project_id: int, pages: Collection[str], *, holds: bool
) -> dict[str, LinkedSource]:
    """The sources of some pages by canonical address; ``holds``: nobody changes them meanwhile."""
    if not pages:
        return {}
    values = {"here": project_id, "pages": sorted(pages)}
    rows = rows_of(session, _at(holds=holds), values)
    return {page: LinkedSource(key, name, at is not None) for page, key, name, at in rows}


@cache
def _at(*, holds: bool) -> Executable:
    pages: BindParameter[Any] = bindparam("pages", expanding=True)
    is_there = (col(_there.project_id) == HERE, col(_there.canonical_url).in_(pages))
    if not holds:
        return select(_there.canonical_url, _there.id, _there.public_id, _there.erased_at).where(
            *is_there
        )
    # Under another name: the page of what is erased while its lock is waited for is known still.
    return (
        select(_there.canonical_url, Source.id, Source.public_id, Source.erased_at)
        .join(_there, col(_there.id) == col(Source.id))
        .where(*is_there)
        .order_by(col(Source.id))
        .with_for_update(of=Source, read=True)
    )


def offered_sources(
    session: Session, actor: Actor, *, project_id: int, article_id: int
) -> list[EvidenceRecord]:
    """Sources that checks of this article used last, to be taken again with one key.

    Where checks are blind, only the actor's own: even a title can tell what another one found.
    """
    newest = _newest_uses().where(Claim.article_id == article_id)
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


def own_offered(session: Session, actor: Actor, article_id: int) -> list[EvidenceRecord]:
    """The same where checks are known to be blind, so that nothing but one's own is looked at."""
    values = {"me": actor.person, "article": article_id}
    found = map(_uses().of, rows_of(session, _own_offered(), values))
    return [evidence_record(row, source, by=actor.person) for row, source, _more in found]


@cache
def _uses() -> Rows:
    return Rows(Evidence, (Source, ("id", "public_id", "url", "created_by_id", "standing")))


@cache
def _own_offered() -> Executable:
    # Found by the article's claims: the index of a person's checks would lead through all of them.
    newest = _newest_uses().where(
        col(Claim.article_id) == bindparam("article", type_=Integer),
        func.coalesce(col(Review.reviewer_id), 0) == ME,
    )
    return (
        columns(*_uses().columns)
        .join(table_of(Source), col(Source.id) == col(Evidence.source_id))
        .where(col(Evidence.id).in_(newest), col(Source.standing) != SourceStanding.RETIRED)
        .order_by(col(Evidence.id).desc())
        .limit(OFFERED)
    )


def _newest_uses() -> SelectOfScalar[Any]:
    """The last use of each source, in checks of claims that are still to be chosen."""
    return (
        select(func.max(Evidence.id))
        .join(ReviewVersion, col(ReviewVersion.id) == col(Evidence.review_version_id))
        .join(Review, col(Review.id) == col(ReviewVersion.review_id))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .group_by(col(Evidence.source_id))
    )


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
