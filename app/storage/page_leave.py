"""Whether the page of a source may be opened by this desk's machine, and why not."""

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.words import ProjectState, SourceKind, SourceRecord
from app.storage.aliases import alias_of
from app.storage.copy_sight import joined_uses, sees_use
from app.storage.tables import Claim, Evidence, Project, Review, ReviewVersion, Source

# Kinds of sources whose address leads to what they say.
PAGES = (SourceKind.WEB, SourceKind.DOCUMENT)
_use = alias_of(Evidence)


def saves_copies() -> ColumnElement[bool]:
    """Whether the project of a question's row has pages opened at all."""
    return and_(col(Project.saves_copies), col(Project.state) == ProjectState.ACTIVE)


def why_not(session: Session, actor: Actor, source: Source) -> str | None:
    """The code of why the page of a source is not opened for the actor; None where it may be.

    The actor's own uses say what it is, and without one those that they may see: what somebody
    wrote whose check is kept from them changes nothing that they could notice.
    """
    kinds, records = _described(session, actor, source)
    if source.url is None or not (kinds & set(PAGES) or not kinds):
        return "copy.no-address"
    saves = select(Project.id).where(Project.id == source.project_id, saves_copies())
    if session.exec(saves).first() is None:
        return "copy.not-saved"
    if SourceRecord.NOT_FOR_PUBLICATION in records:
        return "copy.not-published"
    return None


def is_looked_at(session: Session, actor: Actor, source_id: int) -> bool:
    """Whether the page of a source, by its integer key, may be opened for the actor."""
    source = session.get_one(Source, source_id)
    return source.erased_at is None and why_not(session, actor, source) is None


def _described(session: Session, actor: Actor, source: Source) -> tuple[set[str], set[str]]:
    """What the uses that the actor may see say of a source; the kinds by their own, if any."""
    query = (
        select(Evidence.kind, Evidence.record, Review.reviewer_id)
        .where(Evidence.source_id == source.key, joined_uses(), sees_use(actor))
        .distinct()
    )
    rows = session.exec(query).all()
    mine = {kind for kind, _record, by in rows if by == actor.person_id}
    return mine or {kind for kind, _record, _by in rows}, {record for _kind, record, _by in rows}


def is_open_page() -> ColumnElement[bool]:
    """Whether the source of a question's row is a page that nobody holds back from publication."""
    pages = exists().where(
        col(Evidence.source_id) == col(Source.id), joined_uses(), col(Evidence.kind).in_(PAGES)
    )
    return and_(col(Source.url).is_not(None), pages.correlate(Source), ~is_held_back())


def is_held_back() -> ColumnElement[bool]:
    """Whether the source of a question's row is not for publication, by the desk or by one use."""
    held = exists().where(
        col(_use.source_id) == col(Source.id),
        col(_use.record) == SourceRecord.NOT_FOR_PUBLICATION,
        col(ReviewVersion.id) == col(_use.review_version_id),
        col(Review.id) == col(ReviewVersion.review_id),
        col(ReviewVersion.number) == col(Review.submitted_version),
        col(Claim.id) == col(Review.claim_id),
    )
    return or_(col(Source.record) == SourceRecord.NOT_FOR_PUBLICATION, held.correlate(Source))
