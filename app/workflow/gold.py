"""Known answers: claims to learn from, and claims mixed in silently to see how well we check.

Such a claim is open like any other, but has no free slot, so that no queue holds it; everybody who
checks may answer it once, and its answers do not count towards a verdict: it is never complete and
never settles by itself. Those who may see known answers are never lent it (``app.storage.bars``).
"""

import hmac
from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import is_blind
from app.domain.consensus import Answer
from app.domain.errors import Invalid, WrongState
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.words import BarReason, ClaimState, GoldUse
from app.storage.claims import standing
from app.storage.gold import known
from app.storage.locking import locked, locked_by_key
from app.storage.projects import by_id
from app.storage.tables import Bar, Claim, ClaimRound, GoldAnswer, Hop, Project, Review, Round
from app.workflow.claims import PickValues, count_checks, pick
from app.workflow.events import record_event
from app.workflow.rulings import label_of
from app.workflow.tallies import count_anew

MAX_TEXT = 20_000
MOST_BETWEEN = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldValues:
    """A known answer as its form was filled in; verdicts are codes of labels."""

    use: GoldUse
    verdict: str
    attribution_verdict: str | None = None
    explanation: str = ""


def set_gold(session: Session, actor: Actor, claim_id: str, *, values: GoldValues) -> None:
    """Say what the answer of a claim is, or say it otherwise; sent twice, it is done once.

    What was answered before stays compared in history with what was known then.

    Raises:
        WrongState: somebody holds or checked the claim in the ordinary way, or it is closed; or the
            actor could still check it, and would learn from the answer whether somebody did.
        Invalid: an answer is missing, nothing is explained to those who learn, or the use would
            change after somebody answered.
    """
    claim = locked(session, Claim, claim_id)
    ask_leave(actor, Action.GOLD_SET, claim.project_id)
    row = _row(session, claim)
    is_new = row is None or row.retired_at is not None
    answer, explanation = _answer(session, claim, values), _explanation(values)
    _check_use(session, actor, claim, None if is_new else row, use=values.use)
    if claim.state is ClaimState.CANDIDATE:
        pick(session, actor, claim_id, values=PickValues())
    if row is None:
        row = GoldAnswer(
            project_id=claim.project_id,
            claim_id=claim.key,
            use=values.use,
            content_label_id=answer.content,
            created_by_id=actor.person_id,
        )
        session.add(row)
    row.use, row.explanation, row.retired_at = values.use, explanation, None
    row.content_label_id, row.attribution_label_id = answer.content, answer.attribution
    claim.slots_free = 0
    _bar(session, actor, claim)
    count_anew(session, claim.key)
    _record(session, actor, "gold.set" if is_new else "gold.change", claim, row=row)


def _row(session: Session, claim: Claim) -> GoldAnswer | None:
    return session.exec(select(GoldAnswer).where(GoldAnswer.claim_id == claim.key)).first()


def _check_use(
    session: Session, actor: Actor, claim: Claim, row: GoldAnswer | None, *, use: GoldUse
) -> None:
    """A claim gets its known answer before anybody checks it, and a use that is kept from then on.

    Asked last, and of the blind the same whatever others did: no refusal tells that somebody began.
    """
    is_person = actor.person_id is not None
    if (
        is_person
        and claim.state is ClaimState.OPEN
        and is_blind(standing(session, actor, claim.key))
    ):
        raise WrongState("gold.blind")
    if row is not None and row.use is use:
        return
    if row is None and claim.state not in {ClaimState.CANDIDATE, ClaimState.OPEN}:
        raise WrongState("gold.closed")
    if not _is_begun(session, claim):
        return
    if row is None:
        raise WrongState("gold.begun")
    raise Invalid("gold.use", field="use")


def _is_begun(session: Session, claim: Claim) -> bool:
    """Somebody holds a check of the claim, or gave one."""
    query = select(Review.id).where(
        Review.claim_id == claim.key,
        or_(col(Review.slot).is_not(None), col(Review.submitted_version) > 0),
    )
    return session.exec(query).first() is not None


def _answer(session: Session, claim: Claim, values: GoldValues) -> Answer:
    project = by_id(session, claim.project_id)
    content = label_of(session, project.content_scheme_id, values.verdict, "verdict")
    hop = select(Hop.id).where(Hop.claim_id == claim.key, Hop.claim_version == claim.version)
    if session.exec(hop).first() is None:
        return Answer(content, None)
    code = values.attribution_verdict or ""
    return Answer(
        content, label_of(session, project.attribution_scheme_id, code, "attribution_verdict")
    )


def _explanation(values: GoldValues) -> str:
    text = values.explanation.strip()
    if len(text) > MAX_TEXT:
        raise Invalid("review.long", field="explanation", limit=MAX_TEXT)
    if values.use is GoldUse.TRAINING and not text:
        raise Invalid("gold.explanation", field="explanation")
    return text


def _bar(session: Session, actor: Actor, claim: Claim) -> None:
    """Who wrote the answer does not check the claim, whatever they become later."""
    if actor.person_id is None:
        return
    bar = select(Bar.id).where(Bar.claim_id == claim.key, Bar.person_id == actor.person)
    if session.exec(bar).first() is None:
        session.add(Bar(claim_id=claim.key, person_id=actor.person, reason=BarReason.UNBLINDED))


def _record(session: Session, actor: Actor, action: str, claim: Claim, *, row: GoldAnswer) -> None:
    """A line that is in nobody's history of the claim: those who check it could read it there."""
    salt = bytes.fromhex(session.get_one(Project, claim.project_id).pseudonym_key)
    record_event(
        session,
        actor,
        action,
        noun="gold-answer",
        thing=claim.public_id,
        project_id=claim.project_id,
        use=row.use.value,
        label=row.content_label_id,
        said=row.attribution_label_id,
        explanation=hmac.new(salt, row.explanation.encode(), "sha256").hexdigest(),
    )
    session.flush()


def retire_gold(session: Session, actor: Actor, claim_id: str) -> None:
    """Make a claim an ordinary one again; sent twice, it is done once.

    The checks that it has were given blind, and count from now on: are they as many as wanted, the
    claim waits for a person to settle it.
    """
    claim = locked(session, Claim, claim_id)
    ask_leave(actor, Action.GOLD_SET, claim.project_id)
    row = known(session, claim.key)
    if row is None:
        return
    row.retired_at = now()
    _count(session, claim)
    count_anew(session, claim.key)
    _record(session, actor, "gold.retire", claim, row=row)


def _count(session: Session, claim: Claim) -> None:
    entry = session.exec(
        select(ClaimRound)
        .where(ClaimRound.claim_id == claim.key)
        .order_by(col(ClaimRound.id).desc())
        .limit(1)
        .with_for_update(key_share=True)
    ).one()
    # What a claim wants may have changed since; that of a known answer did not change with it.
    wanted = session.get_one(Round, entry.round_id).reviews_wanted
    free = count_checks(session, entry, wanted)
    # A dropped one is in no queue, and comes back with these numbers.
    if claim.state is ClaimState.OPEN:
        claim.slots_free = free


def mix_in(session: Session, actor: Actor, project_id: int, *, every: int) -> None:
    """Say that one in so many claims that a person is lent has a known answer; 0 for none.

    Raises:
        Invalid: not a number from 0 to MOST_BETWEEN.
    """
    ask_leave(actor, Action.GOLD_SET, project_id)
    row = locked_by_key(session, Project, project_id)
    if not 0 <= every <= MOST_BETWEEN:
        raise Invalid("gold.every", field="every", limit=MOST_BETWEEN)
    row.gold_every = every
    record_event(
        session,
        actor,
        "gold.mix",
        noun="project",
        thing=row.public_id,
        project_id=project_id,
        every=every,
    )
    session.flush()
