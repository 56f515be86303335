"""Questions about what rests on a source."""

from collections.abc import Collection

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from app.storage.tables import Evidence, Review, ReviewVersion


def is_last_version() -> ColumnElement[bool]:
    """Whether the version of a question's row is what its check says now."""
    return col(ReviewVersion.number) == col(Review.submitted_version)


def resting_claims(
    session: Session, source_id: int, *, evidence_ids: Collection[int] | None = None
) -> list[int]:
    """The keys of the claims that rest on a source, whoever may know of it, in their order.

    They are those of which the last version of a check uses it; with ``evidence_ids``, by one of
    these uses.
    """
    query = (
        select(Review.claim_id)
        .join(ReviewVersion, col(ReviewVersion.review_id) == col(Review.id))
        .join(Evidence, col(Evidence.review_version_id) == col(ReviewVersion.id))
        .where(Evidence.source_id == source_id, is_last_version())
        .distinct()
        .order_by(col(Review.claim_id))
    )
    if evidence_ids is not None:
        query = query.where(col(Evidence.id).in_(sorted(evidence_ids)))
    return list(session.exec(query))
