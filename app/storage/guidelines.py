"""Questions about a project's guidelines and about what was decided under which of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.records import ClaimRecord
from app.domain.words import ClaimState
from app.storage.claims import KEY, records, visible
from app.storage.tables import Claim, Guideline, Person, Review, ReviewVersion


@dataclass(frozen=True, slots=True)
class GuidelineRecord:
    """One version of a project's guidelines; ``by`` is None where the console wrote it."""

    version: int
    text: str
    created_at: datetime
    by: str | None


def guideline_of(
    session: Session, project_id: int, version: int | None = None
) -> GuidelineRecord | None:
    """A version of the guidelines, the last one if none is named; None while there are none.

    Raises:
        Missing: there is no such version.
    """
    query = _written(project_id)
    if version is not None:
        query = query.where(Guideline.version == version)
    found = session.exec(query.limit(1)).first()
    if found is None and version is not None:
        raise Missing("guidelines.missing")
    return None if found is None else _record(*found)


def guideline_versions(
    session: Session, project_id: int, *, before: int | None = None, limit: int = 50
) -> list[GuidelineRecord]:
    """The versions of the guidelines, newest first, from one number on."""
    query = _written(project_id)
    if before is not None:
        query = query.where(Guideline.version < before)
    return [_record(*row) for row in session.exec(query.limit(limit))]


def _written(project_id: int) -> "Select[Guideline, str]":
    return (
        select(Guideline, Person.name)
        .join(Person, col(Person.id) == col(Guideline.created_by_id), isouter=True)
        .where(Guideline.project_id == project_id)
        .order_by(col(Guideline.version).desc())
    )


def _record(row: Guideline, name: str | None) -> GuidelineRecord:
    return GuidelineRecord(row.version, row.text, row.created_at, name)


def checks_under(
    session: Session, actor: Actor, project_id: int, versions: Sequence[int]
) -> Mapping[int, int]:
    """How many checks were given under some versions, as far as the actor may know of them."""
    rows = session.exec(
        select(ReviewVersion.guideline_version, func.count())
        .join(Review, _last_version())
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Review.project_id == project_id,
            col(ReviewVersion.guideline_version).in_(versions),
            visible(),
            _known_to(actor),
        )
        .group_by(col(ReviewVersion.guideline_version))
    )
    return {version: number for version, number in rows if version is not None}


def claims_under(
    session: Session,
    actor: Actor,
    project_id: int,
    version: int,
    *,
    before: int | None = None,
    limit: int = 50,
) -> list[ClaimRecord]:
    """The claims that were checked under a version, newest first, from one key on."""
    checked = (
        select(Review.claim_id)
        .join(ReviewVersion, _last_version())
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Review.project_id == project_id,
            ReviewVersion.guideline_version == version,
            _known_to(actor),
        )
    )
    query = select(KEY).where(col(Claim.id).in_(checked), visible())
    if before is not None:
        query = query.where(col(Claim.id) < before)
    return records(session, session.exec(query.order_by(col(Claim.id).desc()).limit(limit)).all())


def _last_version() -> ColumnElement[bool]:
    return and_(
        col(ReviewVersion.review_id) == col(Review.id),
        col(ReviewVersion.number) == col(Review.submitted_version),
    )


def _known_to(actor: Actor) -> ColumnElement[bool]:
    """Settled claims, and one's own checks: a number tells nobody that others have answered."""
    return or_(col(Claim.state) == ClaimState.SETTLED, col(Review.reviewer_id) == actor.person_id)
