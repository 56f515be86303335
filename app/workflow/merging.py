"""Several claims of one text become one; what the others said is kept with them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.claim_states import Move, after
from app.domain.errors import Invalid, Missing, Stale, WrongState
from app.domain.permissions import Action, ask_leave
from app.domain.spans import Span
from app.domain.words import ClaimState, FoundBy
from app.storage.locking import locked_all
from app.storage.projects import current_round
from app.storage.rulings import ruled_claims
from app.storage.tables import Claim, GoldAnswer, Hop, Snapshot
from app.workflow.agents import carry_chain, chain_of_another
from app.workflow.amendments import as_it_was, note_merge
from app.workflow.claims import open_round
from app.workflow.events import record_claim_event
from app.workflow.places import checked_span, hold_article, remember_first, set_place
from app.workflow.taking_back import hold_checks, let_go, let_go_of_barred
from app.workflow.tallies import count_anew
from app.workflow.uniting import bar_from_all, unite, want_most
from app.workflow.wordings import checked_wording, reword

MAX_JOINED = 1_000
MAX_CLAIMS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The claims that are to be one, each with the version of it that was shown, and its wording.

    ``chain_of`` names the claim whose chain it is to have; None: that of the first one.
    """

    versions: Mapping[str, int]
    text: str
    chain_of: str | None = None


def merge(session: Session, actor: Actor, claim_id: str, *, values: Merge) -> str:
    """Make one claim of this one and others. Answers the public id of the one that stays.

    That is the first in reading order: its words reach from the first of all to the last, and it
    keeps its history and the checks that were begun. The others are dropped as by ``drop``, with
    what they say, and lead to it. Sent twice, it is done once.

    Raises:
        Missing: one of them is not there, or of another project.
        WrongState: one of them is or was settled, was dropped, has or had a known answer, or has no
            article.
        Stale: somebody changed one of them since it was shown, or joined them otherwise.
        Invalid: too few, too many, of different texts or batches, too far apart, or a wording that
            cannot be.
    """
    names = {claim_id, *values.versions}
    _ask(session, actor, claim_id, names)
    hold_article(session, claim_id)
    hold_checks(session, names)
    found = locked_all(session, Claim, names)
    rows = sorted(found.values(), key=lambda row: (row.start or 0, row.key))
    stays, others = rows[0], rows[1:]
    if others and all(other.merged_into_id == stays.key for other in others):
        _check_same(session, rows, values)
        return stays.public_id
    _check(session, rows, values)
    before = [as_it_was(session, row) for row in rows]
    _make_one(session, actor, rows, values)
    joined = list(zip(others, before[1:], strict=True))
    note_merge(session, actor, stays, before=before[0], joined=joined)
    of = [other.public_id for other in others]
    record_claim_event(session, actor, "claim.merge", stays, version=stays.version, of=of)
    return stays.public_id


def _make_one(session: Session, actor: Actor, rows: Sequence[Claim], values: Merge) -> None:
    """Give the first claim the words of all and what was known of them, and the others up."""
    stays, others = rows[0], rows[1:]
    chain = _chosen(rows, values.chain_of)
    of_chains = [row.key for row in (others if chain is None else rows)]
    bar_from_all(session, stays, others, of_chains=of_chains)
    _become(session, actor, rows, values, chain=chain)
    unite(session, stays, others)
    is_wanted = any(other.state is ClaimState.OPEN for other in others)
    _give_up(session, actor, stays, others)
    if is_wanted and stays.state is ClaimState.CANDIDATE:
        stays.state = after(stays.state, Move.PICK)
        open_round(session, stays, current_round(session, stays.project_id))
    want_most(session, stays, others)
    let_go_of_barred(session, stays)
    count_anew(session, stays.key)


def _ask(session: Session, actor: Actor, claim_id: str, names: Collection[str]) -> None:
    """Refuse what cannot be before anything is locked: claims too many, or not the actor's."""
    if len(names) > MAX_CLAIMS:
        raise Invalid("merge.many", field="others", limit=MAX_CLAIMS)
    query = select(Claim.public_id, Claim.project_id).where(col(Claim.public_id).in_(names))
    projects = dict(session.exec(query).all())
    if claim_id not in projects:
        raise Missing("claim.missing")
    ask_leave(actor, Action.CLAIM_EDIT, projects[claim_id])
    if len(projects) < len(names) or len(set(projects.values())) > 1:
        raise Missing("claim.missing")


def _check_same(session: Session, rows: Sequence[Claim], values: Merge) -> None:
    """Let it pass that claims are joined again as they were: sent twice, and not by two people.

    Raises:
        Stale: they were to be worded otherwise, or said by somebody else.
    """
    stays, chosen = rows[0], _chosen(rows, values.chain_of)
    shown = values.versions.get(stays.public_id, stays.version)
    wanted = (stays.key, shown) if chosen is None else (chosen.key, chosen.version)
    has_chain = _chain(session, *wanted) == _chain(session, stays.key, stays.version)
    if not has_chain or checked_wording(values.text) != stays.text:
        raise Stale("claim.stale", version=stays.version)


def _chain(session: Session, claim_id: int, version: int) -> list[tuple[object, ...]]:
    """Who said a claim in one version, and all that is known of how, as far as words tell it."""
    query = select(Hop).where(Hop.claim_id == claim_id, Hop.claim_version == version)
    hops = session.exec(query.order_by(col(Hop.position)))
    return [
        (one.agent_id, one.cue, one.mode, one.said_on, one.url, one.ends_because) for one in hops
    ]


def joined_span(text: str, spans: Iterable[Span]) -> Span:
    """From the first letter of some claims to the last, with what stands between them.

    Raises:
        Invalid: that is more than one claim can be.
    """
    spans = list(spans)
    found = checked_span(text, min(s.start for s in spans), max(s.end for s in spans))
    if found.end - found.start > MAX_JOINED:
        raise Invalid("merge.long", field="others", limit=MAX_JOINED)
    return found


def _check(session: Session, rows: Sequence[Claim], values: Merge) -> None:
    if len(rows) < 2:
        raise Invalid("merge.few", field="others")
    if rows[0].snapshot_id is None:
        raise WrongState("place.no-article")
    if {row.snapshot_id for row in rows} != {rows[0].snapshot_id}:
        raise Invalid("merge.text", field="others")
    if len({row.batch_id for row in rows} - {None}) > 1:
        raise Invalid("merge.batch", field="others")
    _check_states(session, rows)
    for row in rows:
        if row.version != values.versions.get(row.public_id, row.version):
            raise Stale("claim.stale", version=row.version)


def _check_states(session: Session, rows: Sequence[Claim]) -> None:
    """As for splitting, whatever checks were given: to refuse would tell of them."""
    states = {row.state for row in rows}
    if ClaimState.SETTLED in states or ruled_claims(session, [row.key for row in rows]):
        raise WrongState("merge.settled")
    if ClaimState.REJECTED in states:
        raise WrongState("merge.dropped")
    # Whoever may join claims may see known answers, and theirs are of these very words. Who could
    # read one that is retired now would have to be kept from the claim that stays.
    answers = select(GoldAnswer.id).where(col(GoldAnswer.claim_id).in_([r.key for r in rows]))
    if session.exec(answers).first() is not None:
        raise WrongState("merge.known")


def _chosen(rows: Sequence[Claim], name: str | None) -> Claim | None:
    """The claim whose chain is taken over; None for the first one, which has it already."""
    if name is None or name == rows[0].public_id:
        return None
    found = next((row for row in rows if row.public_id == name), None)
    if found is None:
        raise Invalid("merge.chain")
    return found


def _become(
    session: Session,
    actor: Actor,
    rows: Sequence[Claim],
    values: Merge,
    *,
    chain: Claim | None,
) -> None:
    """Give the claim that stays its words, its wording, and a new version with the chosen chain."""
    row = rows[0]
    snapshot = session.get_one(Snapshot, row.snapshot_id)
    span = joined_span(snapshot.text, [Span(one.start or 0, one.end or 0) for one in rows])
    text = checked_wording(values.text)
    remember_first(session, row)
    if text != row.text:
        reword(session, row, text)
    if chain is None:
        carry_chain(session, row)
    else:
        chain_of_another(session, row, chain)
        row.chain_confirmed_at = chain.chain_confirmed_at
        row.chain_confirmed_by_id = chain.chain_confirmed_by_id
    set_place(session, row, snapshot, span, found_by=FoundBy.HAND, by_id=actor.person_id)


def _give_up(session: Session, actor: Actor, row: Claim, others: Sequence[Claim]) -> None:
    """Drop the claims that were joined, as ``drop`` does; nobody said that they are not worth it."""
    for other in others:
        other.state = after(other.state, Move.DROP)
        other.slots_free = 0
        other.merged_into_id = row.key
        let_go(session, other)
        count_anew(session, other.key)
        record_claim_event(session, actor, "claim.join", other, into=row.public_id)
