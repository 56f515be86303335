"""Questions about the tags under which claims are filed."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Executable, Integer, bindparam, func
from sqlmodel import Session, col, select

from app.storage.driver import rows_of
from app.storage.kept import HERE
from app.storage.tables import ClaimTag


def known_tags(session: Session, project_id: int, *, limit: int = 200) -> Sequence[str]:
    """The tags of a project's claims, for offering while typing."""
    rows = rows_of(session, _known_tags(), {"here": project_id, "most": limit})
    return [tag for (tag,) in rows]


@cache
def _known_tags() -> Executable:
    """Each tag is looked up in the index behind the one before: claims that share one are passed over."""
    here = ClaimTag.project_id == HERE
    tags = select(func.min(ClaimTag.tag).label("tag")).where(here).cte("tags", recursive=True)
    following = select(func.min(ClaimTag.tag)).where(here, col(ClaimTag.tag) > tags.c.tag)
    every = tags.union_all(
        select(following.correlate(tags).scalar_subquery()).where(tags.c.tag.is_not(None))
    )
    most = bindparam("most", type_=Integer)
    return select(every.c.tag).where(every.c.tag.is_not(None)).limit(most)
