"""Whether the page of a source may be opened by this desk's machine, and why not."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, literal_column, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.actors import Actor
from app.domain.words import ProjectState, SourceKind, SourceRecord
from app.storage.aliases import alias_of
from app.storage.copy_sight import joined_uses, sees_use
from app.storage.kept import written
from app.storage.source_uses import LOOKED_THROUGH, newest_uses
from app.storage.tables import Claim, Evidence, Project, Review, ReviewVersion, Source

# Kinds of sources whose address leads to what they say.
PAGES = (SourceKind.WEB, SourceKind.DOCUMENT)
_use = alias_of(Evidence, "record", "review_version_id", "source_id")
# As the index has it that holds such uses alone.
_RECORD: ColumnElement[str] = literal_column("evidence.record")


def saves_copies() -> ColumnElement[bool]:
    """Whether the project of a question's row has pages opened at all."""
    return and_(col(Project.saves_copies), col(Project.state) == ProjectState.ACTIVE)


def why_not(session: Session, actor: Actor, source: Source) -> str | None:
    """The code of why the page of a source is not opened for the actor; None where it may be.

    The actor's own uses say what it is, and without one those that they may see: what somebody
    wrote whose check is kept from them changes nothing that they could notice.
    """
    if source.url is None or not _is_page(session, actor, source.key):
        return "copy.no-address"
    if not _has_pages_opened(session, source):
        return "copy.not-saved"
    told = _told(actor, source.key).where(written(SourceRecord.NOT_FOR_PUBLICATION) == _RECORD)
    if session.exec(told.limit(1)).first() is not None:
        return "copy.not-published"
    return None


def _has_pages_opened(session: Session, source: Source) -> bool:
    saves = select(Project.id).where(Project.id == source.project_id, saves_copies())
    return session.exec(saves).first() is not None


def is_looked_at(session: Session, actor: Actor, source_id: int) -> bool:
    """Whether the page of a source, by its integer key, may be opened for the actor."""
    source = session.get_one(Source, source_id)
    if source.erased_at is not None or not _has_pages_opened(session, source):
        return False
    return why_not(session, actor, source) is None


def _told(actor: Actor, source_id: int) -> SelectOfScalar[Any]:
    """The kinds that the uses say which the actor may see."""
    return select(Evidence.kind).where(
        Evidence.source_id == source_id, joined_uses(), sees_use(actor)
    )


def _is_page(session: Session, actor: Actor, source_id: int) -> bool:
    """Whether the uses say that it is a page: the actor's own newest, else any, else nothing does.

    Each question stops at the first use that answers it.
    """
    told, is_page = _told(actor, source_id), col(Evidence.kind).in_(PAGES)
    newest, places = newest_uses([source_id], LOOKED_THROUGH)
    mine = told.where(col(Evidence.id).in_(newest), Review.reviewer_id == actor.person_id)
    own = set(session.exec(mine.distinct(), params=places))
    if own:
        return bool(own & set(PAGES))
    if session.exec(told.where(is_page).limit(1)).first() is not None:
        return True
    return session.exec(told.limit(1)).first() is None


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
