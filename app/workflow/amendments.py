"""What people change of a claim that was read in an article is kept: a label for the extractor.

A verb looks at the claim before it writes (``as_it_was``) and tells of the change when all of it is
written; the label stands or falls with the transaction of the change.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.words import Amended
from app.storage.tables import Amendment, Claim, Hop

# Who passes the words on, how that is said, and how they reach the next: what a text tells.
Step = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A claim as it was before a verb changed it."""

    version: int
    snapshot_id: int | None
    start: int | None
    end: int | None
    text: str
    chain: tuple[Step, ...]


def as_it_was(session: Session, row: Claim) -> Earlier:
    """A claim as it is now, to be told of once it has changed."""
    place = row.snapshot_id, row.start, row.end
    return Earlier(row.version, *place, row.text, _chain(session, row))


def note_changes(session: Session, actor: Actor, row: Claim, *, before: Earlier) -> list[Amended]:
    """Keep what a person corrected of a claim: its ends, its wording, who said it. Answers which.

    Each has a label of its own; what stayed has none. Words that were looked up in another text of
    the article were not cut anew.
    """
    found = []
    if before.snapshot_id == row.snapshot_id and _ends(before) != (row.start, row.end):
        found.append(Amended.ENDS)
    if before.text != row.text:
        found.append(Amended.WORDING)
    chain = _chain(session, row)
    if before.chain != chain:
        is_last = _only_the_claimant(before.chain, chain)
        found.append(Amended.CLAIMANT if is_last else Amended.CHAIN)
    for what in found:
        note_amendment(session, actor, row, what, before=before)
    return found


def note_split(
    session: Session, actor: Actor, row: Claim, *, before: Earlier, parts: Sequence[Claim]
) -> None:
    """Keep that a claim is several now: a label for each part, the one that it stays first."""
    note_amendment(session, actor, row, Amended.SPLIT, before=before)
    for part in parts:
        note_amendment(session, actor, row, Amended.SPLIT, before=before, became=part)


def note_merge(
    session: Session,
    actor: Actor,
    row: Claim,
    *,
    before: Earlier,
    joined: Sequence[tuple[Claim, Earlier]],
) -> None:
    """Keep that several claims are one now: a label for each, that of the one that stays first."""
    note_amendment(session, actor, row, Amended.MERGE, before=before)
    for other, other_before in joined:
        note_amendment(session, actor, other, Amended.MERGE, before=other_before, became=row)


def note_missed(session: Session, actor: Actor, row: Claim) -> None:
    """Keep that a person found a claim in an article where extraction had none."""
    note_amendment(session, actor, row, Amended.MISSED)


def note_amendment(
    session: Session,
    actor: Actor,
    row: Claim,
    what: Amended,
    *,
    before: Earlier | None = None,
    became: Claim | None = None,
) -> None:
    """Keep one change of a claim, after it is written; ``became`` is the other claim it is now.

    A claim that was neither extracted nor stands in an article teaches nothing, and has no label.
    """
    if row.extractor is None and row.snapshot_id is None:
        return
    after = became or row
    stood = before if before and before.snapshot_id == after.snapshot_id else None
    session.add(
        Amendment(
            project_id=row.project_id,
            claim_id=row.key,
            what=what,
            extractor=row.extractor,
            snapshot_id=after.snapshot_id,
            version_before=before.version if before else None,
            version_after=after.version,
            start_before=stood.start if stood else None,
            end_before=stood.end if stood else None,
            start_after=after.start,
            end_after=after.end,
            other_claim_id=became.key if became else None,
            by_id=actor.person_id,
        )
    )
    session.flush()


def _ends(before: Earlier) -> tuple[int | None, int | None]:
    return before.start, before.end


def _chain(session: Session, row: Claim) -> tuple[Step, ...]:
    query = select(Hop.agent_id, Hop.cue, Hop.mode).where(
        Hop.claim_id == row.key, Hop.claim_version == row.version
    )
    found = session.exec(query.order_by(col(Hop.position)))
    return tuple((agent, cue, mode) for agent, cue, mode in found)


def _only_the_claimant(before: Sequence[Step], after: Sequence[Step]) -> bool:
    """Whether the claim is somebody else's now, or nobody's, by the same way as before."""
    if before[:-1] != after[:-1]:
        return False
    return not before or not after or before[-1][1:] == after[-1][1:]
