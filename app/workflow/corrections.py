"""Correcting a verdict that was given: another version of it, with a note for readers."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, NotAllowed, Stale, WrongState
from app.domain.permissions import Action, ask_leave
from app.domain.words import ClaimState, CorrectionKind, DecidedBy, Decides
from app.storage.locking import locked
from app.storage.projects import by_id
from app.storage.scales import scheme
from app.storage.tables import Claim, Label, Ruling
from app.workflow.events import record_event
from app.workflow.gates import let_pass, record_overrides, says_the_same
from app.workflow.revisions import answer_of
from app.workflow.rulings import MAX_SHORT_TEXT, MAX_TEXT, ask_no_conflict, has_checked
from app.workflow.tallies import count_anew

TEXTS = ("conclusion", "short_text", "reason", "public_note")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionValues:
    """A correction as its form was filled in; verdicts are codes of labels.

    ``base_version`` is the version of the verdict that the form showed. ``reason`` stays inside,
    ``public_note`` is for readers; ``gate_reason`` is why it is given though a rule is not met.
    """

    verdict: str
    attribution_verdict: str | None = None
    conclusion: str = ""
    short_text: str = ""
    reason: str = ""
    kind: CorrectionKind
    public_note: str = ""
    gate_reason: str = ""
    base_version: int


def correct_ruling(
    session: Session, actor: Actor, claim_id: str, *, values: CorrectionValues
) -> int:
    """Let another version of the verdict hold, and answer its number; the others are kept.

    Sent twice with the same content, it is once.

    Raises:
        NotAllowed: the actor has an interest in the claim, or checked it in a project where another
            person decides.
        WrongState: the claim is not settled.
        Stale: the verdict was corrected since the form was opened.
        Invalid: no verdict, no note for readers, a minor one that changes an answer, no change, no
            reason where a rule of the project is not met.
    """
    claim = locked(session, Claim, claim_id)
    ask_leave(actor, Action.CLAIM_CORRECT, claim.project_id)
    last = _last(session, claim)
    alone = by_id(session, claim.project_id).decides is Decides.SINGLE
    if not alone and has_checked(session, actor, claim):
        raise NotAllowed("ruling.own-check")
    ask_no_conflict(session, actor, claim)
    ruling = _written(session, actor, last, values=values)
    ruling.decided_by = DecidedBy.SINGLE if alone else DecidedBy.ADJUDICATION
    if _was_sent(session, last, ruling, values):
        return last.version
    _check(last, ruling)
    passed = let_pass(session, claim, answer_of(ruling), reason=values.gate_reason)
    session.add(ruling)
    record_overrides(session, actor, claim, version=ruling.version, passed=passed)
    count_anew(session, claim.key)
    _tell(session, actor, claim, ruling)
    return ruling.version


def _last(session: Session, claim: Claim) -> Ruling:
    last = session.exec(
        select(Ruling).where(Ruling.claim_id == claim.key).order_by(col(Ruling.version).desc())
    ).first()
    if claim.state is not ClaimState.SETTLED or last is None:
        raise WrongState("correction.unsettled")
    return last


def _written(session: Session, actor: Actor, last: Ruling, *, values: CorrectionValues) -> Ruling:
    """The version that the form asks for, not stored yet; its answers are on the same scales."""
    for name in TEXTS:
        if len(getattr(values, name)) > MAX_TEXT:
            raise Invalid("review.long", field=name, limit=MAX_TEXT)
    if len(values.short_text.strip()) > MAX_SHORT_TEXT:
        raise Invalid("ruling.short-text", field="short_text", limit=MAX_SHORT_TEXT)
    said = last.attribution_label_id
    return Ruling(
        claim_id=last.claim_id,
        version=values.base_version + 1,
        content_label_id=_label(session, last.content_label_id, values.verdict, "verdict"),
        attribution_label_id=None
        if said is None
        else _label(session, said, values.attribution_verdict or "", "attribution_verdict"),
        **{name: getattr(values, name).strip() for name in TEXTS},
        decided_by=DecidedBy.ADJUDICATION,
        decided_by_id=actor.person,
        correction_kind=values.kind,
    )


def _label(session: Session, held: int, code: str, field: str) -> int:
    """The label of this code on the scale of the one that holds."""
    holds = session.get_one(Label, held)
    if holds.code == code:
        return holds.key
    for label in scheme(session, holds.scheme_id).labels:
        if label.code == code:
            return label.id
    raise Invalid(f"review.{field.replace('_', '-')}", field=field)


def _was_sent(session: Session, last: Ruling, ruling: Ruling, values: CorrectionValues) -> bool:
    """Whether the version that holds was written by this very form.

    Raises:
        Stale: it is another than the form showed.
    """
    if last.version == values.base_version:
        return False
    said = says_the_same(session, last.claim_id, version=last.version, reason=values.gate_reason)
    if last.version == values.base_version + 1 and said and _same(last, ruling):
        return True
    raise Stale("correction.stale", version=last.version)


def _answers(ruling: Ruling) -> tuple[int, int | None]:
    return ruling.content_label_id, ruling.attribution_label_id


def _same(last: Ruling, ruling: Ruling) -> bool:
    """Whether the version that holds is what this form says, by the same person."""
    return (
        _answers(last) == _answers(ruling)
        and last.decided_by_id == ruling.decided_by_id
        and last.correction_kind is ruling.correction_kind
        and all(getattr(last, name) == getattr(ruling, name) for name in TEXTS)
    )


def _check(last: Ruling, ruling: Ruling) -> None:
    is_minor = ruling.correction_kind is CorrectionKind.MINOR
    changes_answers = _answers(last) != _answers(ruling)
    if is_minor and changes_answers:
        raise Invalid("correction.minor", field="kind")
    if not is_minor and not ruling.public_note:
        raise Invalid("correction.note", field="public_note")
    if not changes_answers and all(
        getattr(last, name) == getattr(ruling, name) for name in ("conclusion", "short_text")
    ):
        raise Invalid("correction.nothing", field="verdict")


def _tell(session: Session, actor: Actor, claim: Claim, ruling: Ruling) -> None:
    session.flush()
    record_event(
        session,
        actor,
        Action.CLAIM_CORRECT,
        noun="claim",
        thing=claim.public_id,
        project_id=claim.project_id,
        claim_id=claim.key,
        version=ruling.version,
        kind=None if ruling.correction_kind is None else ruling.correction_kind.value,
    )
    session.flush()
