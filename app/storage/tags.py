"""Questions about the tags under which claims are filed."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.storage.tables import ClaimTag


def known_tags(session: Session, project_id: int, *, limit: int = 200) -> Sequence[str]:
    """The tags of a project's claims, for offering while typing."""
    return session.exec(
        select(ClaimTag.tag)
        .where(ClaimTag.project_id == project_id)
        .group_by(col(ClaimTag.tag))
        .order_by(col(ClaimTag.tag))
        .limit(limit)
    ).all()
