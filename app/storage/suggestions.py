"""Suggested claims of all articles, best first; those that were put off come last.

Their order is that of an index, which both databases find only where a question says it in the same
words, so it is written out.
"""

from typing import Any

from sqlalchemy import ColumnElement, literal, literal_column, or_, union_all
from sqlmodel import Session, col, select

from app.domain.records import ClaimRecord
from app.domain.words import ClaimState
from app.storage.claims import records, visible
from app.storage.kept import written
from app.storage.tables import Claim

# Whether it was put off, how worth checking, its key.
Place = tuple[int, float, int]
PAGE = 50
# What nothing is known of stands behind all others.
UNKNOWN = -1.0
NOT_PUT_OFF, PUT_OFF = 0, 1

# Of each an index.
_PUT_OFF = (col(Claim.put_off_at).is_(None), col(Claim.put_off_at).is_not(None))
_WORTH: ColumnElement[float] = literal_column("coalesce(claim.checkworthiness, -1.0)")


def suggestions_from(
    session: Session, project_id: int, *, after: Place | None = None, limit: int = PAGE
) -> list[tuple[Place, ClaimRecord]]:
    """A page of them, each with its place."""
    first = PUT_OFF if after is not None and after[0] else NOT_PUT_OFF
    parts = (
        _in_order(project_id, off, after if off == first else None).limit(limit).subquery()
        for off in range(first, PUT_OFF + 1)
    )
    every = union_all(*(part.select() for part in parts)).subquery()
    in_order = every.select().order_by(every.c.put_off, every.c.worth.desc(), every.c.id)
    keys = [row.id for row in session.execute(in_order.limit(limit))]
    return [(_place(claim), claim) for claim in records(session, keys)]


def _in_order(project_id: int, off: int, after: Place | None) -> Any:  # noqa: ANN401 - a question
    """Where the suggestions stand that were put off, or those that were not, best first."""
    query = select(literal(off).label("put_off"), _WORTH.label("worth"), Claim.id).where(
        Claim.project_id == project_id,
        col(Claim.state) == written(ClaimState.CANDIDATE),
        _PUT_OFF[off],
        visible(),
    )
    if after is not None:
        _off, worth, key = after
        # The first condition is where the index begins; the second leaves out what is as worthy.
        query = query.where(worth >= _WORTH, or_(worth > _WORTH, col(Claim.id) > key))
    return query.order_by(_WORTH.desc(), col(Claim.id))


def _place(claim: ClaimRecord) -> Place:
    off = NOT_PUT_OFF if claim.put_off_at is None else PUT_OFF
    return off, UNKNOWN if claim.checkworthiness is None else claim.checkworthiness, claim.id
