"""The same statement in several places: saying so, and taking it back. Claims stay claims."""

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, Missing
from app.domain.permissions import Action, ask_leave
from app.storage.locking import locked_all
from app.storage.tables import Claim, ClaimGroup
from app.workflow.events import record_event


def say_the_same(session: Session, actor: Actor, claim_id: str, *, other_id: str) -> None:
    """Say that two claims are the same statement; their groups become one. Twice, it is once.

    Raises:
        Missing: the other claim is not of this project.
        Invalid: it is the very same claim.
    """
    if claim_id == other_id:
        raise Invalid("group.itself", field="other")
    rows = _locked_with_groups(session, {claim_id, other_id})
    row, other = rows[claim_id], rows[other_id]
    ask_leave(actor, Action.CLAIM_EDIT, row.project_id)
    if other.project_id != row.project_id:
        raise Missing("claim.missing")
    if row.claim_group_id is not None and row.claim_group_id == other.claim_group_id:
        return
    group = row.claim_group_id or other.claim_group_id or _new_group(session, row)
    for claim in rows.values():
        if claim.claim_group_id != group:
            claim.claim_group_id = group
            _tell(session, actor, claim, joined=True)
    session.flush()


def leave_group(session: Session, actor: Actor, claim_id: str) -> None:
    """Say that a claim is another statement than the rest of its group. Twice, it is once."""
    rows = _locked_with_groups(session, {claim_id})
    row = rows.pop(claim_id)
    ask_leave(actor, Action.CLAIM_EDIT, row.project_id)
    if row.claim_group_id is None:
        return
    rest = list(rows.values())
    # One alone is no group.
    for claim in [row, *(rest if len(rest) == 1 else [])]:
        claim.claim_group_id = None
        _tell(session, actor, claim, joined=False)
    session.flush()


def _new_group(session: Session, row: Claim) -> int:
    group = ClaimGroup(project_id=row.project_id)
    session.add(group)
    session.flush()
    return group.key


def _locked_with_groups(session: Session, names: set[str]) -> dict[str, Claim]:
    """Some claims and the rest of their groups, locked in one order."""
    here = select(Claim.claim_group_id).where(col(Claim.public_id).in_(names))
    together = select(Claim.public_id).where(col(Claim.claim_group_id).in_(here))
    while True:
        wanted = names.union(session.exec(together))
        rows = locked_all(session, Claim, wanted)
        # Somebody may have brought another claim into a group before the locks were given.
        if wanted == names.union(session.exec(together)):
            return rows


def _tell(session: Session, actor: Actor, row: Claim, *, joined: bool) -> None:
    record_event(
        session,
        actor,
        "claim.group",
        noun="claim",
        thing=row.public_id,
        project_id=row.project_id,
        claim_id=row.key,
        joined=joined,
    )
