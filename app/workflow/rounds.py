"""Opening a round over claims that were checked already: a control, or checks from the beginning."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.claim_states import Move, after
from app.domain.errors import Invalid, Stale
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.rounds import LATER_KINDS, Sample, drawn
from app.domain.words import ClaimState, RoundKind
from app.storage.claim_filters import ALL, ClaimFilter
from app.storage.locking import AFRESH, locked_by_key
from app.storage.rounds import Found, could_go
from app.storage.tables import Claim, ClaimRound, Project, Round
from app.workflow.events import record_event
from app.workflow.lending import release
from app.workflow.seen_by_leads import bar_who_saw
from app.workflow.taking_back import in_hand
from app.workflow.tallies import ask_to_count_all, begin, count_anew

LEAST_WANTED, MOST_WANTED = 1, 20
MAX_REASON = 2_000
CHUNK = 500
# Others wait while a round is opened: about a second for a thousand claims.
MOST_CLAIMS = 5_000
# What a line of a claim's history says of each kind.
EVENTS = {RoundKind.EVIDENCE_ONLY: "claim.control", RoundKind.REOPENED: "claim.reopen"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which claims go into a round: those that a filter finds, or one alone, by its public id.

    A ``sample`` is drawn of those that can go. ``people_come``: so do those that too few people of
    now could check, since others come for them.
    """

    wanted: ClaimFilter = ALL
    claim: str | None = None
    sample: Sample = field(default_factory=Sample)
    people_come: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundValues:
    """A round as its form was filled in.

    ``expected`` is how many claims the form said that it would take, ``number`` which round it said
    that it would be; None where it said nothing.
    """

    kind: RoundKind
    reason: str
    choice: Choice
    reviews_wanted: int = 1
    is_blind: bool = True
    expected: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a round would take, and what it would leave out."""

    number: int
    claims: tuple[str, ...]
    found: Found

    @property
    def not_drawn(self) -> int:
        """How many claims could go, and are not in the sample."""
        return len(self.found.claims) - len(self.claims)


def preview(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    kind: RoundKind,
    choice: Choice,
    reviews_wanted: int = LEAST_WANTED,
) -> Preview:
    """What a round of some kind, with so many checks of each, would take of a choice of claims.

    A sample is drawn by the number that the round will have, so that it is the same when the round
    is opened, and can be drawn again by anybody who has the ids.

    Raises:
        Missing, NotAllowed: no leave.
        Invalid: no such kind or sample.
    """
    ask_leave(actor, Action.ROUND_OPEN, project_id)
    if kind not in LATER_KINDS:
        raise Invalid("round.kind", field="kind")
    _check_sample(choice.sample)
    found = could_go(
        session,
        actor,
        project_id,
        kind,
        wanted=choice.wanted,
        claim=choice.claim,
        reviews_wanted=None if choice.people_come else reviews_wanted,
    )
    number = _next_number(session, project_id)
    seed = f"{session.get_one(Project, project_id).public_id}/{number}"
    return Preview(number, tuple(drawn(found.claims, choice.sample, seed=seed)), found)


def _check_sample(sample: Sample) -> None:
    if sample.number is not None and sample.number < 1:
        raise Invalid("round.sample", field="number")
    if sample.percent is not None and not 0.1 <= sample.percent <= 100:
        raise Invalid("round.sample", field="percent")


def _next_number(session: Session, project_id: int) -> int:
    query = select(Round.number).where(Round.project_id == project_id)
    return (session.exec(query.order_by(col(Round.number).desc()).limit(1)).first() or 0) + 1


def open_round(session: Session, actor: Actor, project_id: int, *, values: RoundValues) -> int:
    """Open a round over claims that are settled, or wait to be. Answers how many it took.

    Sent twice, it is opened once.

    Each goes back on the list to check; its checks and its verdict are kept, out of sight of whoever
    can check it now. Who saw the checks of one that waited to be settled is barred from it.

    Raises:
        Missing, NotAllowed: no leave.
        Invalid: what ``check_values`` or ``preview`` say, no claim that could go, or too many.
        Stale: other claims could go by now than the form told, or it would be another round.
    """
    ask_leave(actor, Action.ROUND_OPEN, project_id)
    check_values(values)
    # One at a time, so that two rounds have two numbers and no claim goes into both.
    locked_by_key(session, Project, project_id)
    opened = _opened_by(session, actor, project_id, values)
    if opened is not None:
        return opened
    taken = _taken(session, actor, project_id, values)
    row = _written(session, actor, project_id, number=taken.number, values=values)
    _count(session, project_id, taken.claims)
    for first in range(0, len(taken.claims), CHUNK):
        _take(session, actor, row, taken.claims[first : first + CHUNK])
    _tell(session, actor, row, len(taken.claims))
    return len(taken.claims)


def _written(
    session: Session, actor: Actor, project_id: int, *, number: int, values: RoundValues
) -> Round:
    row = Round(
        project_id=project_id,
        number=number,
        kind=values.kind,
        is_blind=values.is_blind,
        reviews_wanted=values.reviews_wanted,
        reason=values.reason.strip(),
        created_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    return row


def _taken(session: Session, actor: Actor, project_id: int, values: RoundValues) -> Preview:
    """What the round takes: as many claims as its form told, one at least, and not too many."""
    taken = preview(
        session,
        actor,
        project_id,
        kind=values.kind,
        choice=values.choice,
        reviews_wanted=values.reviews_wanted,
    )
    if values.expected not in {None, len(taken.claims)}:
        raise Stale("round.changed")
    if not taken.claims:
        raise Invalid("round.none", field="claims")
    if len(taken.claims) > MOST_CLAIMS:
        raise Invalid("round.many", field="number", limit=MOST_CLAIMS)
    return taken


def _opened_by(session: Session, actor: Actor, project_id: int, values: RoundValues) -> int | None:
    """How many claims the last round took, if this very form has opened it; else None.

    Raises:
        Stale: another round was opened since the form was made.
    """
    last = _next_number(session, project_id) - 1
    if values.number in {None, last + 1}:
        return None
    row = session.exec(
        select(Round).where(Round.project_id == project_id, Round.number == last)
    ).one()
    number = session.exec(
        select(func.count()).select_from(ClaimRound).where(ClaimRound.round_id == row.key)
    ).one()
    said = (last, actor.person_id, values.kind, values.reason.strip(), values.is_blind)
    was = (values.number, row.created_by_id, row.kind, row.reason, row.is_blind)
    counts = (values.reviews_wanted, values.expected)
    if said != was or counts != (row.reviews_wanted, number):
        raise Stale("round.changed")
    return number


def check_values(values: RoundValues) -> None:
    """Hold what a form says of a round against what it may say.

    Raises:
        Invalid: no reason, or one that is too long; too few or too many checks wanted.
    """
    if not values.reason.strip() or len(values.reason.strip()) > MAX_REASON:
        raise Invalid("round.reason", field="reason", limit=MAX_REASON)
    if not LEAST_WANTED <= values.reviews_wanted <= MOST_WANTED:
        limits = {"least": LEAST_WANTED, "limit": MOST_WANTED}
        raise Invalid("round.wanted", field="reviews_wanted", **limits)


def _take(session: Session, actor: Actor, row: Round, names: Sequence[str]) -> None:
    """Take some claims into a round, in the order of their keys."""
    of_these = col(Claim.public_id).in_(names)
    query = select(Claim).where(of_these).order_by(col(Claim.id)).with_for_update(key_share=True)
    claims = session.exec(query, execution_options=AFRESH).all()
    entries = _entries(session, of_these)
    waited = [claim.key for claim in claims if _waits(claim, entries[claim.key])]
    bar_who_saw(session, row.project_id, col(ClaimRound.claim_id).in_(waited))
    _let_go(session, claims)
    for claim in claims:
        entries[claim.key].settled_at = entries[claim.key].settled_at or now()
        claim.state = after(claim.state, Move.REOPEN)
        claim.slots_free = row.reviews_wanted
    # The earlier round is over before the next one begins: a claim is in one at a time.
    session.flush()
    wanted = row.reviews_wanted
    for claim in claims:
        session.add(ClaimRound(claim_id=claim.key, round_id=row.key, reviews_wanted=wanted))
        record_event(
            session,
            actor,
            EVENTS[row.kind],
            noun="claim",
            thing=claim.public_id,
            project_id=row.project_id,
            claim_id=claim.key,
            round=row.number,
        )
    session.flush()


def _let_go(session: Session, claims: Sequence[Claim]) -> None:
    """Take checks out of hands that kept a slot when their claim was settled with another one."""
    by_key = {claim.key: claim for claim in claims}
    for review in in_hand(session, list(by_key)):
        release(session, review, by_key[review.claim_id])


def _entries(session: Session, of_these: ColumnElement[bool]) -> dict[int, ClaimRound]:
    """By claim, the round that it was in last, locked."""
    query = (
        select(ClaimRound)
        .join(Claim, col(Claim.id) == col(ClaimRound.claim_id))
        .where(of_these)
        .order_by(col(ClaimRound.id))
        .with_for_update(of=ClaimRound, key_share=True)
    )
    return {entry.claim_id: entry for entry in session.exec(query, execution_options=AFRESH)}


def _waits(claim: Claim, entry: ClaimRound) -> bool:
    """Whether a claim waited to be settled, until now.

    Raises:
        Stale: somebody changed it since it was found.
    """
    if claim.state is ClaimState.SETTLED:
        return False
    if claim.state is not ClaimState.OPEN or entry.reviews_done < entry.reviews_wanted:
        raise Stale("round.changed")
    return True


def _count(session: Session, project_id: int, names: Sequence[str]) -> None:
    """Agreement is told of what is settled or complete: these claims are not any more.

    To be asked before a claim is locked: to begin anew waits for whoever works in the project.
    """
    if len(names) > CHUNK:
        # Until the job has counted the rest, what these claims were counted as is told to nobody.
        begin(session, project_id)
        ask_to_count_all(session, session.get_one(Project, project_id).public_id)
        return
    for key in session.exec(select(Claim.id).where(col(Claim.public_id).in_(names))):
        count_anew(session, key or 0)


def _tell(session: Session, actor: Actor, row: Round, claims: int) -> None:
    record_event(
        session,
        actor,
        Action.ROUND_OPEN,
        noun="round",
        thing=row.public_id,
        project_id=row.project_id,
        number=row.number,
        kind=row.kind.value,
        claims=claims,
    )
    session.flush()
