"""Questions about marks: claims to be looked at again, since a source of theirs changed.

A mark tells that a check of the claim uses the source: only those are told of it to whom the checks
of the claim are shown.
"""

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.storage.blind import shows_checks
from app.storage.claims import visible
from app.storage.tables import Claim


def sees_flags_of(session: Session, actor: Actor, claim_id: int) -> bool:
    """Whether the actor may know of the marks of a claim."""
    query = select(Claim.id).where(col(Claim.id) == claim_id, visible(), shows_checks(actor))
    return session.exec(query).first() is not None
