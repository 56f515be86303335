"""Deciding twice about a suggestion: the first decision is noted, a second one is asked for blind.

How often two people agree on what is worth checking is told by what each decided before knowing
what the other did. A second decision changes nothing about the claim.
"""

from sqlmodel import Session, select

from app.domain.actors import Actor
from app.domain.errors import NotAllowed, WrongState
from app.domain.permissions import Action, ask_leave
from app.domain.words import ClaimState, TriageDecision
from app.storage.locking import locked
from app.storage.tables import Claim, Triage
from app.workflow.events import record_claim_event
from app.workflow.tallies import count_triage


def note_decision(session: Session, actor: Actor, row: Claim, decision: TriageDecision) -> None:
    """Note what a person decides about a suggestion; call it while the claim still is one.

    What is done to claims that were picked or dropped before is no decision about a suggestion:
    whoever does it sees what was done.
    """
    if actor.person_id is None or row.state is not ClaimState.CANDIDATE:
        return
    session.add(
        Triage(
            project_id=row.project_id,
            claim_id=row.key,
            person_id=actor.person_id,
            decision=decision,
        )
    )


def look_again(session: Session, actor: Actor, claim_id: str, *, decision: TriageDecision) -> None:
    """Decide as a second person about a suggestion that another one decided; sent twice is once.

    Raises:
        WrongState: nobody decided about it yet, or two people have.
        NotAllowed: the actor decided about it first.
    """
    row = locked(session, Claim, claim_id)
    ask_leave(actor, Action.CLAIM_PICK, row.project_id)
    given = session.exec(select(Triage).where(Triage.claim_id == row.key)).all()
    first = next((one for one in given if not one.is_second), None)
    second = next((one for one in given if one.is_second), None)
    if first is None:
        raise WrongState("triage.undecided")
    if first.person_id == actor.person:
        raise NotAllowed("triage.own")
    if second is not None:
        if second.person_id == actor.person:
            return
        raise WrongState("triage.done")
    session.add(
        Triage(
            project_id=row.project_id,
            claim_id=row.key,
            person_id=actor.person,
            decision=decision,
            is_second=True,
        )
    )
    count_triage(session, row.project_id, first.decision, decision)
    record_claim_event(session, actor, "claim.triage", row, decision=decision.value)
