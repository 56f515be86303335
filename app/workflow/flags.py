"""Marks on claims whose verdict or checks rest on a source that changed: raising and clearing."""

from collections.abc import Collection, Sequence

from sqlalchemy import insert
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, Missing, WrongState
from app.domain.evidence_words import FlagReason
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.storage.flags import sees_flags_of
from app.storage.locking import INSERTS, locked, locked_by_key
from app.storage.source_uses import resting_claims
from app.storage.tables import Claim, Event, Flag, SavedCopy, Source
from app.workflow.events import record_event
from app.workflow.rulings import ask_no_conflict

MAX_NOTE = 2_000
# So many marks are written by one statement.
AT_ONCE = 500


def raise_flags(
    session: Session,
    actor: Actor,
    source: Source,
    reason: FlagReason,
    *,
    copy_id: int | None = None,
    evidence_ids: Collection[int] | None = None,
) -> int:
    """Mark every claim that rests on a source, to be looked at again; how many were marked now.

    A claim does if the last version of a check of it uses the source; with ``evidence_ids``, by one
    of these uses. One that is marked for the same reason already is not marked twice. The caller
    has leave. Nobody may be told the number who could still check one of the claims blind.
    """
    claim_ids = resting_claims(session, source.key, evidence_ids=evidence_ids)
    if not claim_ids:
        return 0
    session.flush()
    pieces = (claim_ids[first : first + AT_ONCE] for first in range(0, len(claim_ids), AT_ONCE))
    return sum(
        _raise(session, actor, source, some, reason=reason, copy_id=copy_id) for some in pieces
    )


def _raise(
    session: Session,
    actor: Actor,
    source: Source,
    claim_ids: Sequence[int],
    *,
    reason: FlagReason,
    copy_id: int | None,
) -> int:
    """Mark some claims, in their order, and write of each; how many did not stand already."""
    project_id, source_id = source.project_id, source.key
    rows = [
        Flag(
            project_id=project_id,
            claim_id=claim_id,
            source_id=source_id,
            reason=reason,
            copy_id=copy_id,
        ).model_dump(exclude={"id"})
        for claim_id in claim_ids
    ]
    # Two jobs may find the same at once: in one order nobody waits crosswise, and one mark stays.
    add = INSERTS[session.get_bind().dialect.name]
    session.execute(add(Flag).on_conflict_do_nothing(), rows)
    names = [row["public_id"] for row in rows]
    told = {"source": source.public_id, "reason": reason.value} | _copy(session, copy_id)
    return _tell_all(session, actor, project_id, names=names, told=told)


def _tell_all(
    session: Session, actor: Actor, project_id: int, *, names: Sequence[str], told: dict[str, str]
) -> int:
    """Write of the marks that were kept of these, all at once; how many they are.

    While it is written nobody else can change the source, or on SQLite anything.
    """
    kept = (
        select(Flag.public_id, Claim.public_id)
        .join(Claim, col(Claim.id) == col(Flag.claim_id))
        .where(col(Flag.public_id).in_(names))
        .order_by(col(Flag.claim_id))
    )
    events = [
        Event(
            actor_kind=actor.kind,
            actor_id=actor.person_id,
            project_id=project_id,
            action="flag.raise",
            noun="flag",
            thing=thing,
            claim=claim,
            details=told,
        ).model_dump(exclude={"id"})
        for thing, claim in session.exec(kept)
    ]
    if events:
        session.execute(insert(Event), events)
    return len(events)


def _copy(session: Session, copy_id: int | None) -> dict[str, str]:
    if copy_id is None:
        return {}
    return {"copy": session.get_one(SavedCopy, copy_id).public_id}


def clear_flag(session: Session, actor: Actor, flag_id: str, *, note: str) -> str:
    """Say what came of looking at a claim again, so that its mark stands no more.

    Answers the public id of the claim. Sent twice by the same person, it is once.

    Raises:
        Missing: there is no such mark, or the actor may not know of it.
        NotAllowed: the actor lacks leave, or has an interest in the claim.
        Invalid: no note, or one that is too long.
        WrongState: somebody else cleared it.
    """
    note = note.strip()
    flag, claim = _held(session, actor, flag_id)
    if not note:
        raise Invalid("flag.note", field="note")
    if len(note) > MAX_NOTE:
        raise Invalid("source.long", field="note", limit=MAX_NOTE)
    if flag.cleared_at is None:
        # Set one by one before the rows are written: the database insists that they come together.
        flag.cleared_note, flag.cleared_by_id, flag.cleared_at = note, actor.person_id, now()
        source = session.get_one(Source, flag.source_id)
        _tell(session, actor, Action.FLAG_CLEAR, flag, source=source.public_id)
        session.flush()
    elif (flag.cleared_by_id, flag.cleared_note) != (actor.person_id, note):
        raise WrongState("flag.cleared")
    return claim.public_id


def _held(session: Session, actor: Actor, flag_id: str) -> tuple[Flag, Claim]:
    """A mark and its claim, for somebody who may clear it; both locked, the claim first."""
    found = session.exec(select(Flag).where(Flag.public_id == flag_id)).first()
    if found is None:
        raise Missing("flag.missing")
    ask_leave(actor, Action.FLAG_CLEAR, found.project_id)
    claim = locked_by_key(session, Claim, found.claim_id)
    flag = locked(session, Flag, flag_id)
    if not sees_flags_of(session, actor, claim.key):
        raise Missing("flag.missing")
    ask_no_conflict(session, actor, claim)
    return flag, claim


def _tell(session: Session, actor: Actor, action: str, flag: Flag, *, source: str) -> None:
    record_event(
        session,
        actor,
        action,
        noun="flag",
        thing=flag.public_id,
        project_id=flag.project_id,
        claim_id=flag.claim_id,
        source=source,
        reason=flag.reason.value,
        **_copy(session, flag.copy_id),
    )
