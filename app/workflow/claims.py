"""Picking, dropping, adding and correcting claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.claim_states import Move, after
from app.domain.dates import partial_date
from app.domain.errors import Stale, WrongState
from app.domain.ids import now
from app.domain.links import checked_link
from app.domain.permissions import Action, ask_leave
from app.domain.words import ClaimState, ReviewState, TriageDecision
from app.storage.claims import hops_of
from app.storage.gold import known
from app.storage.locking import held_by_key, locked
from app.storage.projects import current_round
from app.storage.rulings import ruled_claims
from app.storage.tables import Claim, ClaimRound, Review, Round
from app.workflow.agents import HopValues, checked_hops, set_kinds, write_chain
from app.workflow.amendments import as_it_was, note_changes, note_missed
from app.workflow.events import record_claim_event
from app.workflow.places import Place, place_of, stand
from app.workflow.quantities import read_figures
from app.workflow.taking_back import hold_checks, let_go
from app.workflow.tallies import count_anew
from app.workflow.triage import note_decision
from app.workflow.wordings import checked_wording, reword

MIN_PRIORITY, MAX_PRIORITY = -9, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class PickValues:
    """What is said while picking a claim; all of it may be left out."""

    reason: str | None = None
    due_at: datetime | None = None
    priority: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClaim:
    """A claim added by hand: with words of an article, or seen elsewhere.

    ``start`` and ``end`` tell words that stand in the article more than once apart; ``snapshot`` is
    the text that they were chosen in.
    """

    text: str
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    snapshot: str | None = None
    seen_at_url: str | None = None
    said_on: str | None = None
    hops: tuple[HopValues, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCorrection:
    """A claim's wording and chain as a person wants them; ``version`` is the one corrected."""

    text: str
    hops: tuple[HopValues, ...]
    version: int


def pick(session: Session, actor: Actor, claim_id: str, *, values: PickValues) -> None:
    """Put a suggested or dropped claim on the list to check; one that was joined stands alone again.

    Raises:
        WrongState: it is on the list, or checked, already.
    """
    row = _for_change(session, actor, claim_id, Action.CLAIM_PICK)
    note_decision(session, actor, row, TriageDecision.PICK)
    row.state = after(row.state, Move.PICK)
    row.selection_reason = (values.reason or "").strip() or row.selection_reason
    row.due_at = values.due_at or row.due_at
    row.priority = max(MIN_PRIORITY, min(MAX_PRIORITY, values.priority or row.priority))
    told = _brought_back(session, row)
    open_round(session, row, current_round(session, row.project_id))
    count_anew(session, row.key)
    record_claim_event(session, actor, Action.CLAIM_PICK, row, **told)


def _brought_back(session: Session, row: Claim) -> dict[str, str]:
    """Let a claim stand alone again that was joined to another. Answers what history tells of it."""
    joined_to, row.put_off_at, row.merged_into_id = row.merged_into_id, None, None
    if joined_to is None:
        return {}
    return {"was_joined_to": session.get_one(Claim, joined_to).public_id}


def drop(session: Session, actor: Actor, claim_id: str) -> None:
    """Say that a claim is not worth checking; it stays, and can be brought back.

    Whoever checks it just now keeps the draft, and is lent another; a check that went back with a
    question gives its place free.

    Raises:
        WrongState: it was dropped before, is checked, or is checked anew and so has a verdict.
    """
    hold_checks(session, [claim_id])
    row = _for_change(session, actor, claim_id, Action.CLAIM_PICK)
    if ruled_claims(session, [row.key]):
        raise WrongState("claim.state", state=ClaimState.SETTLED.value, move=Move.DROP.value)
    note_decision(session, actor, row, TriageDecision.DROP)
    row.state = after(row.state, Move.DROP)
    row.slots_free = 0
    let_go(session, row)
    count_anew(session, row.key)
    record_claim_event(session, actor, "claim.drop", row)


def put_off(session: Session, actor: Actor, claim_id: str) -> None:
    """Move a suggestion to the end of the list, neither picked nor dropped.

    Raises:
        WrongState: it is no suggestion any more.
    """
    row = _for_change(session, actor, claim_id, Action.CLAIM_PICK)
    if row.state is not ClaimState.CANDIDATE:
        raise WrongState("claim.state", state=row.state.value, move="later")
    row.put_off_at = now()
    record_claim_event(session, actor, "claim.put-off", row)


def open_round(session: Session, row: Claim, this_round: Round) -> None:
    """Make an open claim one that reviewers can take, in the current round.

    Its checks are counted afresh: while it was dropped, its known answer may have been retired.
    """
    # A claim that was dropped comes back into the round that it was in last.
    entry = session.exec(
        select(ClaimRound)
        .where(ClaimRound.claim_id == row.key)
        .order_by(col(ClaimRound.id).desc())
        .limit(1)
    ).first()
    if entry is None:
        # How many checks a claim wants is not changed while claims come in (see ``wanted``).
        this_round = held_by_key(session, Round, this_round.key)
        entry = ClaimRound(
            claim_id=row.key,
            round_id=this_round.key,
            reviews_wanted=this_round.reviews_wanted,
        )
        session.add(entry)
        session.flush()
    # No queue holds a claim with a known answer, and its checks count for nothing.
    row.slots_free = 0
    if known(session, row.key) is None:
        row.slots_free = count_checks(session, entry, entry.reviews_wanted)
    row.picked_at = row.picked_at or now()
    session.flush()


def count_checks(session: Session, entry: ClaimRound, wanted: int) -> int:
    """Count the checks of a claim's round, which is to want so many, or as many as it has places.

    Answers how many places are free.
    """
    given = func.count().filter(col(Review.state) == ReviewState.SUBMITTED)
    query = select(func.count(), given).where(
        Review.claim_round_id == entry.key, col(Review.slot).is_not(None)
    )
    held, done = session.exec(query).one()
    entry.reviews_wanted, entry.reviews_done = max(wanted, held), done
    return entry.reviews_wanted - held


def add_claim(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    values: NewClaim,
    article_id: str | None = None,
) -> str:
    """Add a claim by hand; it is to check at once. Answers its public id.

    The same words at the same place are the claim that stands there already; what one person
    writes twice without an article is sent twice.

    Raises:
        Invalid: no wording, too long, a quote that is not in the article, a bad link or date.
        Stale: the article has a newer text than the one that the words were chosen in.
    """
    ask_leave(actor, Action.CLAIM_ADD, project_id)
    hops = checked_hops(values.hops)
    row = _written(session, actor, project_id, values=values, article_id=article_id)
    known = _same(session, row)
    if known is not None and _takes_chain(session, actor, known, hops):
        if known.state in {ClaimState.CANDIDATE, ClaimState.REJECTED}:
            pick(session, actor, known.public_id, values=PickValues())
        return known.public_id
    _store(session, actor, row, hops)
    record_claim_event(session, actor, Action.CLAIM_ADD, row)
    return row.public_id


def _store(session: Session, actor: Actor, row: Claim, hops: Sequence[HopValues]) -> None:
    """Store a new claim with who said it and its figures, and put it on the list."""
    if hops:
        row.chain_confirmed_at, row.chain_confirmed_by_id = now(), actor.person_id
    session.add(row)
    session.flush()
    write_chain(session, row, hops)
    read_figures(session, row)
    row.state = after(row.state, Move.PICK)
    open_round(session, row, current_round(session, row.project_id))
    note_missed(session, actor, row)


def _takes_chain(session: Session, actor: Actor, known: Claim, hops: Sequence[HopValues]) -> bool:
    """Whether a claim that is here already says the same of who said it, or now does.

    Where a person has confirmed another chain, the two are two claims.
    """
    chain = [hop.agent for hop in hops_of(session, [known.key]).get(known.key, [])]
    if not hops or chain == [hop.agent.strip() for hop in hops]:
        return True
    if known.chain_confirmed_at is not None:
        return False
    correction = ClaimCorrection(text=known.text, hops=tuple(hops), version=known.version)
    correct(session, actor, known.public_id, values=correction)
    return True


def _written(
    session: Session, actor: Actor, project_id: int, *, values: NewClaim, article_id: str | None
) -> Claim:
    """A claim by hand, not stored yet."""
    row = Claim(
        project_id=project_id,
        text=checked_wording(values.text or values.quote or ""),
        seen_at_url=checked_link(values.seen_at_url),
        said_on=partial_date(values.said_on),
        created_by_id=actor.person_id,
    )
    if article_id is not None:
        place = Place(
            quote=values.quote or "",
            start=values.start,
            end=values.end,
            snapshot=values.snapshot,
        )
        article, snapshot, span = place_of(session, project_id, article_id, place)
        stand(row, snapshot, span)
        row.language = article.language
    return row


def _same(session: Session, row: Claim) -> Claim | None:
    """The claim that says the same at the same place already."""
    query = select(Claim).where(Claim.project_id == row.project_id)
    # The bare words of a place mean whatever claim stands there, however it is worded.
    if row.quote is None or row.text != " ".join(row.quote.split()):
        query = query.where(Claim.text == row.text)
    if row.snapshot_id is not None:
        query = query.where(
            Claim.snapshot_id == row.snapshot_id, Claim.start == row.start, Claim.end == row.end
        )
    else:
        query = query.where(
            col(Claim.article_id).is_(None),
            Claim.created_by_id == row.created_by_id,
            Claim.seen_at_url == row.seen_at_url,
            Claim.said_on == row.said_on,
        )
    return session.exec(query.order_by(col(Claim.id))).first()


def correct(session: Session, actor: Actor, claim_id: str, *, values: ClaimCorrection) -> None:
    """Set a claim's wording and who said it; from then on the chain is confirmed by a person.

    The old wording and the old hops are kept, under the version that they belonged to.

    Raises:
        Stale: somebody else corrected it since it was shown.
        Invalid: no wording, or a hop that cannot be.
    """
    row = _for_change(session, actor, claim_id, Action.CLAIM_EDIT)
    if row.version != values.version:
        raise Stale("claim.stale", version=row.version)
    hops = checked_hops(values.hops)
    before = as_it_was(session, row)
    text = checked_wording(values.text)
    if text != row.text:
        reword(session, row, text)
    row.version += 1
    row.chain_confirmed_at, row.chain_confirmed_by_id = now(), actor.person_id
    session.flush()
    write_chain(session, row, hops)
    set_kinds(session, row.project_id, hops)
    if row.quote is None:
        read_figures(session, row)
    amended = note_changes(session, actor, row, before=before)
    told = {"version": row.version, "amended": amended}
    record_claim_event(session, actor, Action.CLAIM_EDIT, row, **told)


def _for_change(session: Session, actor: Actor, claim_id: str, action: Action) -> Claim:
    row = locked(session, Claim, claim_id)
    ask_leave(actor, action, row.project_id)
    return row
