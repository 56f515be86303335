"""Settling a claim: by agreement, by sign-off, by adjudication, or by one person alone."""

from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import is_blind
from app.domain.claim_states import Move, after
from app.domain.consensus import Answer, all_agree, settles_by_itself
from app.domain.errors import Invalid, NotAllowed, Stale, WrongState
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.words import BarReason, ClaimState, DecidedBy, Decides, ReviewState
from app.storage.bars import conflicting_claims
from app.storage.claims import standing
from app.storage.locking import locked
from app.storage.projects import by_id
from app.storage.rulings import checks_token, submitted_answers
from app.storage.scales import vocabulary_of_claims
from app.storage.tables import (
    Bar,
    Claim,
    ClaimRound,
    Hop,
    Label,
    Review,
    ReviewVersion,
    Ruling,
    Sighting,
)
from app.workflow.events import record_claim_event
from app.workflow.lending import claim_round_of, release
from app.workflow.tallies import count_anew

MAX_TEXT = 20_000
MAX_SHORT_TEXT = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingValues:
    """A ruling as its form was filled in; verdicts are codes of labels.

    ``checks_seen`` tells which versions of the checks the form showed (see ``checks_token``); None
    where a program decides that showed none.
    """

    verdict: str
    attribution_verdict: str | None = None
    conclusion: str = ""
    short_text: str = ""
    reason: str = ""
    checks_seen: str | None = None


def settle(session: Session, actor: Actor, claim_id: str, *, values: RulingValues) -> None:
    """Decide a claim whose checks are all in. Sent twice with the same content, it is once.

    Raises:
        NotAllowed: the actor checked the claim, has an interest in it, or may not see the checks
            yet.
        WrongState: checks are still missing, or the claim was dropped.
        Stale: somebody settled it otherwise in the meantime.
        Invalid: no verdict, a short wording that is too long, no reason for overruling everybody.
    """
    claim = locked(session, Claim, claim_id)
    ask_leave(actor, Action.CLAIM_SETTLE, claim.project_id)
    entry, answers = _waiting(session, actor, claim, values)
    if entry is None:
        return
    project = by_id(session, claim.project_id)
    answer = Answer(
        content=label_of(session, project.content_scheme_id, values.verdict, "verdict"),
        attribution=None
        if all(given.attribution is None for given in answers)
        else label_of(
            session,
            project.attribution_scheme_id,
            values.attribution_verdict or "",
            "attribution_verdict",
        ),
    )
    _check_texts(values, overrules=answer not in answers)
    decided_by = _how(project.decides, answers, answer)
    _rule(session, actor, claim, answer=answer, decided_by=decided_by, values=values)


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
    return entry, answers_of(session, claim.key)


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
    return (
        ruling.decided_by_id == actor.person_id
        and content == values.verdict
        and attribution in {None, values.attribution_verdict}
        and all(
            getattr(ruling, name) == getattr(values, name).strip()
            for name in ("conclusion", "short_text", "reason")
        )
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
    for name in ("conclusion", "reason"):
        if len(getattr(values, name)) > MAX_TEXT:
            raise Invalid("review.long", field=name, limit=MAX_TEXT)
    if overrules and not values.reason.strip():
        raise Invalid("ruling.reason", field="reason")


def answers_of(session: Session, claim_id: int) -> list[Answer]:
    """The verdicts of the submitted checks of a claim in slot order, as the scale now says them."""
    lines = vocabulary_of_claims(session, [claim_id]).lines
    return lines.answers(submitted_answers(session, [claim_id]).get(claim_id, []))


def settle_by_itself(session: Session, actor: Actor, claim: Claim, entry: ClaimRound) -> None:
    """Settle a claim whose checks need no further person, in the transaction of the last check."""
    project = by_id(session, claim.project_id)
    answers = answers_of(session, claim.key)
    decided_by = settles_by_itself(
        project.decides, answers, wanted=entry.reviews_wanted, allowed=project.settles_itself
    )
    if decided_by is None:
        return
    by_person = decided_by is DecidedBy.SINGLE
    _rule(session, actor, claim, answer=answers[0], decided_by=decided_by, by_person=by_person)


def _rule(
    session: Session,
    actor: Actor,
    claim: Claim,
    *,
    answer: Answer,
    decided_by: DecidedBy,
    values: RulingValues | None = None,
    by_person: bool = True,
) -> None:
    close(session, claim)
    ruling = Ruling(
        claim_id=claim.key,
        content_label_id=answer.content,
        attribution_label_id=answer.attribution,
        conclusion=values.conclusion.strip() if values else "",
        short_text=values.short_text.strip() if values else "",
        reason=values.reason.strip() if values else "",
        decided_by=decided_by,
        decided_by_id=actor.person_id if by_person else None,
    )
    session.add(ruling)
    details = {"version": ruling.version, "decided_by": decided_by.value}
    record_claim_event(session, actor, Action.CLAIM_SETTLE, claim, **details)


def close(session: Session, claim: Claim) -> None:
    """Take a claim off the list: it has its verdict, and what its checks have seen is kept."""
    claim.state = after(claim.state, Move.SETTLE)
    claim.slots_free = 0
    claim_round_of(session, claim.key).settled_at = now()
    count_anew(session, claim.key)
    _take_over_sightings(session, claim)


def _take_over_sightings(session: Session, claim: Claim) -> None:
    """What a check has seen of the chain becomes a fact of the claim."""
    query = (
        select(Hop, Sighting)
        .join(Sighting, col(Sighting.hop_id) == col(Hop.id))
        .join(ReviewVersion, col(ReviewVersion.id) == col(Sighting.review_version_id))
        .join(Review, col(Review.id) == col(ReviewVersion.review_id))
        .where(
            Hop.claim_id == claim.key,
            Review.state == ReviewState.SUBMITTED,
            col(ReviewVersion.number) == col(Review.submitted_version),
        )
    )
    for hop, sighting in session.exec(query).all():
        hop.is_seen = True
        hop.url = hop.url or sighting.url
        hop.said_on = hop.said_on or sighting.said_on


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
