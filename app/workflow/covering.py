"""One verdict for several claims of the same statement: an explicit act, claim by claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import is_blind
from app.domain.consensus import Answer
from app.domain.errors import Invalid, Missing, WrongState
from app.domain.permissions import Action, ask_leave
from app.domain.words import ClaimState
from app.storage.bars import conflicting_claims
from app.storage.claims import claim as claim_record
from app.storage.claims import standing
from app.storage.locking import locked_all
from app.storage.projects import by_id
from app.storage.rulings import ruled_claims
from app.storage.tables import Claim, Hop, Ruling
from app.workflow.closing import close
from app.workflow.events import record_event
from app.workflow.gates import let_pass, record_overrides
from app.workflow.rulings import has_checked, label_of
from app.workflow.taking_back import hold_checks, let_go


def cover(
    session: Session,
    actor: Actor,
    claim_id: str,
    *,
    answers: Mapping[str, str | None],
    gate_reason: str = "",
) -> list[str]:
    """Let the verdict on a claim hold for others of its group. Answers which it covers now.

    ``answers`` names the others, each with its own answer to "Was it said?" where somebody is said
    to have said it. A check that is in hand goes back, its draft is kept. Sent twice, it is once.

    Raises:
        Missing: one of them is no claim of the project.
        WrongState: the claim has no verdict yet.
        Invalid: none is named, or one is not of the group, not to check, checked by the actor, kept
            from them, without its answer, or without a reason for an unmet rule; ``field`` is which.
    """
    _ask_leave(session, actor, claim_id, others=list(answers))
    hold_checks(session, answers)
    rows = locked_all(session, Claim, {claim_id, *answers})
    row = rows.pop(claim_id)
    ruling = _held_ruling(session, row)
    if not answers:
        raise Invalid("cover.none")
    covered = []
    for name, other in rows.items():
        if not _is_covered(session, row, other):
            _check(session, actor, row, other)
            said = _said(session, other, answers[name])
            _rule(session, actor, other, by=Lent(row, ruling, said, gate_reason))
            covered.append(name)
    session.flush()
    return covered


def _ask_leave(session: Session, actor: Actor, claim_id: str, *, others: Sequence[str]) -> None:
    """Ask leave in the project of a claim, before anything is locked.

    Other claims that are not in it are missing, as if there were none such.
    """
    project_id = claim_record(session, actor, claim_id).project_id
    ask_leave(actor, Action.CLAIM_SETTLE, project_id)
    query = select(Claim.public_id).where(
        Claim.project_id == project_id, col(Claim.public_id).in_(others)
    )
    if not set(others).issubset(session.exec(query).all()):
        raise Missing("claim.missing")


def _held_ruling(session: Session, row: Claim) -> Ruling:
    ruling = _last_ruling(session, row)
    if row.state is not ClaimState.SETTLED or ruling is None:
        raise WrongState("cover.unsettled")
    return ruling


def _last_ruling(session: Session, row: Claim) -> Ruling | None:
    query = select(Ruling).where(Ruling.claim_id == row.key)
    return session.exec(query.order_by(col(Ruling.version).desc())).first()


def _is_covered(session: Session, row: Claim, other: Claim) -> bool:
    """Whether a claim has its verdict from this one already."""
    last = _last_ruling(session, other)
    if other.state is not ClaimState.SETTLED or last is None or last.from_ruling_id is None:
        return False
    return session.get_one(Ruling, last.from_ruling_id).claim_id == row.key


def _check(session: Session, actor: Actor, row: Claim, other: Claim) -> None:
    field = f"cover-{other.public_id}"
    if row.claim_group_id is None or other.claim_group_id != row.claim_group_id:
        raise Invalid("cover.group", field=field)
    # A claim that is checked anew has a verdict of its own to be confirmed or corrected.
    if other.state is not ClaimState.OPEN or ruled_claims(session, [other.key]):
        raise Invalid("cover.state", field=field)
    if has_checked(session, actor, other):
        raise Invalid("cover.own-check", field=field)
    if conflicting_claims(session, actor, [other.key]):
        raise Invalid("cover.conflict", field=field)
    if is_blind(standing(session, actor, other.key)):
        raise Invalid("cover.blind", field=field)


def _said(session: Session, other: Claim, code: str | None) -> int | None:
    """The label of "Was it said?"; None where nobody is said to have said it."""
    query = select(Hop.id).where(Hop.claim_id == other.key, Hop.claim_version == other.version)
    if session.exec(query).first() is None:
        return None
    scheme_id = by_id(session, other.project_id).attribution_scheme_id
    try:
        return label_of(session, scheme_id, code or "", "attribution_verdict")
    except Invalid as refusal:
        field = f"cover-{other.public_id}-said"
        raise Invalid(refusal.code, **{**refusal.values, "field": field}) from None


@dataclass(frozen=True, slots=True)
class Lent:
    """The verdict of a claim as it shall hold for another one; ``said`` is that one's own."""

    claim: Claim
    ruling: Ruling
    said: int | None
    gate_reason: str


def _rule(session: Session, actor: Actor, other: Claim, *, by: Lent) -> None:
    ruling, said = by.ruling, by.said
    passed = let_pass(
        session,
        other,
        Answer(ruling.content_label_id, said),
        reason=by.gate_reason,
        lender=by.claim,
        field=f"cover-{other.public_id}",
    )
    close(session, other)
    given = Ruling(
        claim_id=other.key,
        content_label_id=ruling.content_label_id,
        attribution_label_id=said,
        conclusion=ruling.conclusion,
        short_text=ruling.short_text,
        reason=ruling.reason,
        decided_by=ruling.decided_by,
        decided_by_id=actor.person_id or ruling.decided_by_id,
        from_ruling_id=ruling.key,
    )
    session.add(given)
    session.flush()
    record_overrides(session, actor, other, version=given.version, passed=passed)
    let_go(session, other)
    _tell(session, actor, other, source=by.claim)


def _tell(session: Session, actor: Actor, other: Claim, *, source: Claim) -> None:
    record_event(
        session,
        actor,
        "claim.cover",
        noun="claim",
        thing=other.public_id,
        project_id=other.project_id,
        claim_id=other.key,
        source=source.public_id,
    )
