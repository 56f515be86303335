"""Who claims it, said of many claims at once: each has its history line and its label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.domain.actors import Actor
from app.domain.claim_parts import HopRecord
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.words import Amended, ChainChange, ClaimState
from app.storage.claims import hops_of
from app.storage.tables import Claim
from app.workflow.agents import MAX_HOPS, HopValues, checked_hops, set_kinds, write_chain
from app.workflow.amendments import as_it_was, note_amendment
from app.workflow.bulk import Outcome, chosen_claims
from app.workflow.events import record_claim_event


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Who is said to have claimed something, and what becomes of the chain that is there.

    ``hop`` is None for the article's own voice, which leaves no chain at all.
    """

    hop: HopValues | None
    change: ChainChange = ChainChange.LAST


def set_claimants(
    session: Session,
    actor: Actor,
    project_id: int,
    versions: Mapping[str, int],
    *,
    values: Claimant,
) -> Outcome:
    """Say of some claims who claims it; from then on a person has confirmed it.

    ``versions`` are those of the claims that were shown. A claim that somebody changed since, that
    is settled, was joined to another or has too long a chain is left as it was, and named.

    Raises:
        Invalid: none, too many, or somebody who cannot be; then nothing is changed.
        NotAllowed: the actor may not.
    """
    ask_leave(actor, Action.CLAIM_EDIT, project_id)
    new = checked_hops([] if values.hop is None else [values.hop])
    rows = chosen_claims(session, project_id, list(versions))
    chains = hops_of(session, [row.key for row in rows])
    done, same, left = 0, 0, list[tuple[str, str]]()
    for row in rows:
        chain = chains.get(row.key, [])
        hops = _changed(chain, new, values.change)
        code = _refused(row, versions[row.public_id], hops)
        if _says(chain, hops) and row.chain_confirmed_at is not None:
            same += 1
        elif code is not None:
            left.append((row.public_id, code))
        else:
            _give(session, actor, row, hops, kept=len(hops) - len(new))
            done += 1
    set_kinds(session, project_id, new)
    return Outcome(done, same, tuple(left))


def _refused(row: Claim, version: int, hops: Sequence[HopValues]) -> str | None:
    """Why a claim is left as it was."""
    if row.state is ClaimState.SETTLED:
        return "claimants.settled"
    if row.merged_into_id is not None:
        return "claimants.joined"
    if row.version != version:
        return "claim.stale"
    return "claimants.long" if len(hops) > MAX_HOPS else None


def _changed(
    chain: Sequence[HopRecord], new: Sequence[HopValues], change: ChainChange
) -> list[HopValues]:
    """The chain as it is to be; nobody stands behind themselves, so that sent twice, it is done once."""
    if not new or change is ChainChange.WHOLE:
        return list(new)
    is_behind = change is ChainChange.BEHIND and not _says(chain[-1:], new)
    kept = chain if is_behind else chain[:-1]
    return [*(_as_it_is(hop) for hop in kept), *new]


def _as_it_is(hop: HopRecord) -> HopValues:
    return HopValues(
        agent=hop.agent,
        kind=hop.agent_kind,
        is_named=hop.is_named,
        cue=hop.cue,
        mode=hop.mode,
        url=hop.url,
        said_on=hop.said_on,
        ends_because=hop.ends_because,
        start=hop.start,
        end=hop.end,
    )


def _says(chain: Sequence[HopRecord], hops: Sequence[HopValues]) -> bool:
    """Whether a chain is so already."""
    there = [(hop.agent, hop.cue, hop.mode) for hop in chain]
    return there == [(hop.agent.strip(), hop.cue, hop.mode) for hop in hops]


def _give(
    session: Session, actor: Actor, row: Claim, hops: Sequence[HopValues], *, kept: int
) -> None:
    """Give one claim its chain; ``kept`` steps before the claimant are those that it had."""
    before = as_it_was(session, row)
    row.version += 1
    row.chain_confirmed_at, row.chain_confirmed_by_id = now(), actor.person_id
    session.flush()
    write_chain(session, row, hops)
    after, amended = as_it_was(session, row), list[Amended]()
    if before.chain != after.chain:
        relays = len(before.chain) - 1
        is_last = kept == max(0, relays) and before.chain[:kept] == after.chain[:kept]
        amended.append(Amended.CLAIMANT if is_last else Amended.CHAIN)
        note_amendment(session, actor, row, amended[0], before=before)
    told = {"version": row.version, "amended": amended}
    record_claim_event(session, actor, Action.CLAIM_EDIT, row, **told)
