"""Settling a claim: by agreement, by sign-off, by adjudication, or by one person alone."""

from dataclasses import dataclass, field, replace
from functools import partial

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.domain.actors import SYSTEM, Actor
from app.domain.blindness import is_blind
from app.domain.claim_states import Move
from app.domain.consensus import Answer, all_agree, settles_by_itself
from app.domain.errors import Invalid, NotAllowed, Stale, WrongState
from app.domain.permissions import Action, ask_leave
from app.domain.rounds import LATER_KINDS, Outcome, outcome_of
from app.domain.words import (
    BarReason,
    ClaimState,
    CorrectionKind,
    DecidedBy,
    Decides,
    RoundKind,
)
from app.storage.bars import conflicting_claims
from app.storage.claims import standing
from app.storage.held import held_one
from app.storage.locking import locked
from app.storage.projects import by_id
from app.storage.rounds import answers_by_round
from app.storage.rulings import checks_token, submitted_answers
from app.storage.scales import vocabulary_of
from app.storage.tables import (
    Bar,
    Claim,
    ClaimRound,
    Label,
    Review,
    Round,
    Ruling,
)
from app.workflow.answers_as_read import Shown, ask_as_read
from app.workflow.closing import close
from app.workflow.events import record_claim_event
from app.workflow.gates import (
    NOTHING,
    Passed,
    let_pass,
    passes,
    record_overrides,
    says_the_same,
)
from app.workflow.lending import claim_round_of, release
from app.workflow.revisions import (
    CONFIRM,
    answer_of,
    changes_texts,
    confirmed_by,
    former_ruling,
    kind_of,
)

MAX_TEXT = 20_000
MAX_SHORT_TEXT = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingValues:
    """A ruling as its form was filled in; verdicts are codes of labels.

    ``checks_seen`` tells which versions of the checks the form showed (see ``checks_token``); None
    where a program decides that showed none. ``kind`` and ``public_note`` are asked for where the
    claim had a verdict before its last round, and another one shall hold; ``gate_reason`` where a
    rule of the project is not met. ``shown``: the scales that the page was made with, by field.
    """

    verdict: str
    attribution_verdict: str | None = None
    conclusion: str = ""
    short_text: str = ""
    reason: str = ""
    checks_seen: str | None = None
    kind: CorrectionKind | None = None
    public_note: str = ""
    gate_reason: str = ""
    shown: Shown = field(default_factory=dict)


def settle(session: Session, actor: Actor, claim_id: str, *, values: RulingValues) -> None:
    """Decide a claim whose checks are all in. Sent twice with the same content, it is once.

    A claim that had a verdict before its last round keeps it, if it is given again with the same
    texts; else another version holds from now on, as a correction.

    Raises:
        NotAllowed: the actor checked the claim, has an interest in it, or may not see the checks
            yet.
        WrongState: checks are still missing, or the claim was dropped.
        Stale: somebody settled it otherwise in the meantime.
        Invalid: no verdict, a short wording that is too long, no reason for overruling everybody,
            another verdict than before without its kind or its note for readers, or no reason where
            a rule of the project is not met.
    """
    claim = locked(session, Claim, claim_id)
    ask_leave(actor, Action.CLAIM_SETTLE, claim.project_id)
    entry, answers = _waiting(session, actor, claim, values)
    if entry is None:
        return
    answer = _answer(session, claim, answers, values)
    former = former_ruling(session, claim)
    is_as_before = former is not None and _is_former(session, claim, former, answer)
    _check_texts(values, overrules=answer not in answers and not is_as_before)
    let_by = partial(let_pass, session, claim, answer, reason=values.gate_reason)
    if former is not None and is_as_before and not changes_texts(former, values):
        _confirm(session, actor, claim, former, passed=let_by(version=former.version))
        return
    if former is not None:
        values = replace(values, kind=kind_of(values, changes_answer=not is_as_before))
    decided_by = _how(by_id(session, claim.project_id).decides, answers, answer)
    ruled = Ruled(answer, decided_by, values=values, former=former, passed=let_by())
    _rule(session, actor, claim, ruled)


def _answer(session: Session, claim: Claim, answers: list[Answer], values: RulingValues) -> Answer:
    """The two verdicts of a form; whether it was said is asked where the checks were asked."""
    project = by_id(session, claim.project_id)
    given = {"verdict": (project.content_scheme_id, values.verdict)}
    if any(one.attribution is not None for one in answers):
        said = project.attribution_scheme_id, values.attribution_verdict or ""
        given["attribution_verdict"] = said
    labels = {name: label_of(session, *answer, name) for name, answer in given.items()}
    ask_as_read(session, claim.project_id, given, shown=values.shown)
    return Answer(labels["verdict"], labels.get("attribution_verdict"))


def _is_former(session: Session, claim: Claim, former: Ruling, answer: Answer) -> bool:
    lines = vocabulary_of(session, claim.project_id).lines
    return lines.answer(answer_of(former)) == lines.answer(answer)


def _confirm(
    session: Session, actor: Actor, claim: Claim, former: Ruling, *, passed: Passed = NOTHING
) -> None:
    """Let the verdict hold that a claim had before its last round: no version of it is written."""
    close(session, claim)
    record_overrides(session, actor, claim, version=former.version, passed=passed)
    record_claim_event(session, actor, CONFIRM, claim, version=former.version)


def _how(decides: Decides, answers: list[Answer], ruled: Answer) -> DecidedBy:
    if decides is not Decides.INDEPENDENT:
        return DecidedBy.SIGNOFF
    return DecidedBy.AGREEMENT if all_agree([*answers, ruled]) else DecidedBy.ADJUDICATION


def _waiting(
    session: Session, actor: Actor, claim: Claim, values: RulingValues
) -> tuple[ClaimRound | None, list[Answer]]:
    """The round that waits for a ruling; None when this very ruling was given already."""
    if claim.state is ClaimState.SETTLED:
        if _same_ruling(session, actor, claim, values):
            return None, []
        raise Stale("ruling.stale")
    if claim.state is not ClaimState.OPEN:
        raise WrongState("claim.state", state=claim.state.value, move=Move.SETTLE.value)
    if is_blind(standing(session, actor, claim.key)):
        raise NotAllowed("ruling.blind")
    entry = claim_round_of(session, claim.key)
    if entry.reviews_done < entry.reviews_wanted:
        raise WrongState("ruling.early", done=entry.reviews_done, wanted=entry.reviews_wanted)
    if has_checked(session, actor, claim):
        raise NotAllowed("ruling.own-check")
    ask_no_conflict(session, actor, claim)
    if values.checks_seen not in {None, checks_token(session, claim.key)}:
        raise Stale("ruling.changed")
    return entry, answers_of(session, claim)


def ask_no_conflict(session: Session, actor: Actor, claim: Claim) -> None:
    """Let nobody decide what they have an interest in.

    Raises:
        NotAllowed: the actor declared one, or passed the claim on for one.
    """
    if conflicting_claims(session, actor, [claim.key]):
        raise NotAllowed("ruling.conflict")


def has_checked(session: Session, actor: Actor, claim: Claim) -> bool:
    """Whether the actor gave a check of the claim."""
    query = select(Review.id).where(
        Review.claim_id == claim.key,
        Review.reviewer_id == actor.person_id,
        Review.submitted_version > 0,
    )
    return session.exec(query).first() is not None


def _same_ruling(session: Session, actor: Actor, claim: Claim, values: RulingValues) -> bool:
    said = aliased(Label)
    last = session.exec(
        select(Ruling, Label.code, said.code)
        .join(Label, col(Label.id) == col(Ruling.content_label_id))
        .join(said, col(said.id) == col(Ruling.attribution_label_id), isouter=True)
        .where(Ruling.claim_id == claim.key)
        .order_by(col(Ruling.version).desc())
    ).first()
    if last is None:
        return False
    ruling, content, attribution = last
    if not says_the_same(session, claim.key, version=ruling.version, reason=values.gate_reason):
        return False
    if content != values.verdict or attribution not in {None, values.attribution_verdict}:
        return False
    if ruling.decided_by_id != actor.person_id or values.reason.strip() != ruling.reason:
        return confirmed_by(session, actor, claim) and not changes_texts(ruling, values)
    return all(
        getattr(ruling, name) == getattr(values, name).strip()
        for name in ("conclusion", "short_text")
    )


def label_of(session: Session, scheme_id: int, code: str, field: str) -> int:
    """The key of the answer of a scale that a form names.

    Raises:
        Invalid: there is none, or it is not given any more.
    """
    found = session.exec(
        select(Label).where(Label.scheme_id == scheme_id, Label.code == code)
    ).first()
    if found is None:
        raise Invalid(f"review.{field.replace('_', '-')}", field=field)
    if found.retired_at is not None:
        raise Invalid("review.retired", field=field, label=found.name)
    return found.key


def _check_texts(values: RulingValues, *, overrules: bool) -> None:
    if len(values.short_text.strip()) > MAX_SHORT_TEXT:
        raise Invalid("ruling.short-text", field="short_text", limit=MAX_SHORT_TEXT)
    for name in ("conclusion", "reason", "public_note"):
        if len(getattr(values, name)) > MAX_TEXT:
            raise Invalid("review.long", field=name, limit=MAX_TEXT)
    if overrules and not values.reason.strip():
        raise Invalid("ruling.reason", field="reason")


def answers_of(session: Session, claim: Claim) -> list[Answer]:
    """The verdicts of the submitted checks of a claim in slot order, as the scale now says them."""
    lines = vocabulary_of(session, claim.project_id).lines
    return lines.answers(submitted_answers(session, [claim.key]).get(claim.key, []))


def settle_by_itself(
    session: Session, actor: Actor, claim: Claim, entry: ClaimRound, *, gate_reason: str = ""
) -> None:
    """Settle a claim whose checks need no further person, in the transaction of the last check.

    Where a rule of the project needs a reason it waits for a person; who works alone writes one.

    Raises:
        Invalid: nobody but the actor decides here, and no reason is written.
    """
    kind = held_one(session, Round, entry.round_id).kind
    if kind in LATER_KINDS:
        _settle_again(session, actor, claim, entry, kind=kind)
        return
    project = by_id(session, claim.project_id)
    if project.decides is Decides.SIGNOFF or entry.reviews_done < entry.reviews_wanted:
        return
    answers = answers_of(session, claim)
    decided_by = settles_by_itself(
        project.decides, answers, wanted=entry.reviews_wanted, allowed=project.settles_itself
    )
    if decided_by is None:
        return
    passed = NOTHING
    if project.decides is Decides.SINGLE:
        passed = let_pass(session, claim, answers[0], reason=gate_reason)
    elif not passes(session, claim, answers[0]):
        return
    by_person = decided_by is DecidedBy.SINGLE
    ruled = Ruled(answers[0], decided_by, by_person=by_person, passed=passed)
    _rule(session, actor, claim, ruled, entry=entry)


def settle_as_agreed(session: Session, actor: Actor, claim: Claim, answer: Answer) -> None:
    """Settle a claim, which is locked, with what all its checks answered, by a person's decision."""
    _rule(session, actor, claim, Ruled(answer, DecidedBy.AGREEMENT))


def _settle_again(
    session: Session, actor: Actor, claim: Claim, entry: ClaimRound, *, kind: RoundKind
) -> None:
    """Settle a claim in a later round, where its answers leave nothing to decide.

    A verdict that a person gave, or the checks of an earlier round, is confirmed or left to a
    person: nothing here replaces it.
    """
    project = by_id(session, claim.project_id)
    if entry.reviews_done < entry.reviews_wanted or not project.settles_itself:
        return
    former, lines = former_ruling(session, claim), vocabulary_of(session, claim.project_id).lines
    rounds = answers_by_round(session, claim.key)
    new = lines.answers(rounds.pop(entry.key, []))
    outcome = outcome_of(
        kind,
        earlier=lines.answers(answer for answers in rounds.values() for answer in answers),
        new=new,
        former=None if former is None else lines.answer(answer_of(former)),
    )
    if outcome is Outcome.CONFIRM and former is not None:
        if passes(session, claim, lines.answer(answer_of(former)), version=former.version):
            _confirm(session, SYSTEM, claim, former)
        return
    agrees = outcome is Outcome.AGREE and project.decides is Decides.INDEPENDENT
    if agrees and passes(session, claim, new[0]):
        _rule(session, actor, claim, Ruled(new[0], DecidedBy.AGREEMENT, by_person=False))


@dataclass(frozen=True, slots=True)
class Ruled:
    """What is decided on a claim, how, and in place of which verdict; ``values`` are a person's."""

    answer: Answer
    decided_by: DecidedBy
    by_person: bool = True
    values: RulingValues = RulingValues(verdict="")
    former: Ruling | None = None
    passed: Passed = NOTHING


def _rule(
    session: Session, actor: Actor, claim: Claim, ruled: Ruled, *, entry: ClaimRound | None = None
) -> None:
    close(session, claim, entry)
    said, former = ruled.values, ruled.former
    ruling = Ruling(
        claim_id=claim.key,
        version=1 if former is None else former.version + 1,
        content_label_id=ruled.answer.content,
        attribution_label_id=ruled.answer.attribution,
        **{name: getattr(said, name).strip() for name in ("conclusion", "short_text", "reason")},
        decided_by=ruled.decided_by,
        decided_by_id=actor.person_id if ruled.by_person else None,
        correction_kind=None if former is None else said.kind,
        public_note="" if former is None else said.public_note.strip(),
    )
    session.add(ruling)
    details = {"version": ruling.version, "decided_by": ruled.decided_by.value}
    record_claim_event(session, actor, Action.CLAIM_SETTLE, claim, **details)
    record_overrides(session, actor, claim, version=ruling.version, passed=ruled.passed)


def unblind(session: Session, actor: Actor, claim_id: str) -> None:
    """Show a lead the checks of a claim that they could still review; they then cannot any more.

    Raises:
        NotAllowed: the actor is no lead.
    """
    # A review is locked before its claim, as everywhere.
    lent = session.exec(
        select(Review)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(Claim.public_id == claim_id, Review.reviewer_id == actor.person_id)
        .order_by(col(Review.id).desc())
        .with_for_update(of=Review)
    ).first()
    claim = locked(session, Claim, claim_id)
    ask_leave(actor, Action.CLAIM_UNBLIND, claim.project_id)
    if not is_blind(standing(session, actor, claim.key)):
        return
    if lent is not None:
        release(session, lent, claim)
    session.add(Bar(claim_id=claim.key, person_id=actor.person, reason=BarReason.UNBLINDED))
    record_claim_event(session, actor, Action.CLAIM_UNBLIND, claim)
