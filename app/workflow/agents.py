"""The people and institutions that claims are attributed to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.dates import partial_date
from app.domain.errors import Invalid
from app.domain.links import checked_link
from app.domain.words import AgentKind, Mode
from app.storage.agents import agents_by_alias
from app.storage.locking import add_missing
from app.storage.tables import Agent, Claim, Hop

MAX_HOPS = 10
MAX_NAME = 300
# Names asked for in one question: databases limit the variables of a statement.
MOST_NAMES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class HopValues:
    """One step of an attribution chain as it is written down.

    ``start`` and ``end`` are where the article names the agent, in code points.
    """

    agent: str
    kind: AgentKind = AgentKind.PERSON
    is_named: bool = True
    cue: str = ""
    mode: Mode = Mode.PARAPHRASE
    url: str | None = None
    said_on: str | None = None
    ends_because: str | None = None
    start: int | None = None
    end: int | None = None


def checked_hops(hops: Iterable[HopValues]) -> list[HopValues]:
    """The hops that name somebody.

    Raises:
        Invalid: too many hops, a name too long, a bad link or date.
    """
    kept = [hop for hop in hops if hop.agent.strip()]
    if len(kept) > MAX_HOPS:
        raise Invalid("chain.long", limit=MAX_HOPS)
    for hop in kept:
        if len(hop.agent) > MAX_NAME:
            raise Invalid("chain.name", limit=MAX_NAME)
        checked_link(hop.url)
        partial_date(hop.said_on)
    return kept


def agents_named(session: Session, project_id: int, hops: Iterable[HopValues]) -> dict[str, Agent]:
    """The agents with these names, made where they are new; sorted, so that writers never cross.

    Another name of somebody, and the name of one that was merged, are names of that one.
    """
    first: dict[str, HopValues] = {}
    for hop in hops:
        first.setdefault(hop.agent.strip(), hop)
    found = _known(session, project_id, sorted(first))
    new = [name for name in sorted(first) if name not in found]
    if new:
        found |= agents_by_alias(session, project_id, new)
        new = [name for name in new if name not in found]
    if new:
        agents = [_agent(project_id, name, first[name]) for name in new]
        add_missing(session, agents, unique=("project_id", "name"))
        found |= _known(session, project_id, new)
    return found


def _known(session: Session, project_id: int, names: Sequence[str]) -> dict[str, Agent]:
    found: dict[str, Agent] = {}
    for start in range(0, len(names), MOST_NAMES):
        some = names[start : start + MOST_NAMES]
        query = select(Agent).where(Agent.project_id == project_id, col(Agent.name).in_(some))
        found |= {agent.name: agent for agent in session.exec(query)}
    return {name: _kept(session, agent) for name, agent in found.items()}


def _kept(session: Session, agent: Agent) -> Agent:
    return session.get_one(Agent, agent.merged_into_id) if agent.merged_into_id else agent


def _agent(project_id: int, name: str, hop: HopValues) -> Agent:
    return Agent(project_id=project_id, name=name, kind=hop.kind, is_named=hop.is_named)


def write_chain(session: Session, claim: Claim, hops: Sequence[HopValues]) -> None:
    """Give the current version of a claim its hops, nearest the reader first.

    Whoever was in the chain of the version before stays where the article names them, and seen.
    """
    agents = agents_named(session, claim.project_id, hops)
    query = select(Hop).where(Hop.claim_id == claim.key, Hop.claim_version == claim.version - 1)
    before = list(session.exec(query.order_by(col(Hop.position))))
    for position, hop in enumerate(hops):
        agent_id = agents[hop.agent.strip()].key
        same = next((old for old in before if old.agent_id == agent_id), None)
        if same is not None:
            before.remove(same)
        session.add(
            Hop(
                claim_id=claim.key,
                claim_version=claim.version,
                position=position,
                agent_id=agent_id,
                cue=hop.cue,
                mode=hop.mode,
                url=checked_link(hop.url),
                said_on=partial_date(hop.said_on),
                ends_because=hop.ends_because,
                is_seen=same is not None and same.is_seen,
                **_named_at(hop, same),
            )
        )
    session.flush()


def _named_at(hop: HopValues, same: Hop | None) -> dict[str, int | None]:
    """Where the article names the agent of a hop: as is said now, else as it was known."""
    known = hop if hop.start is not None or same is None else same
    return {"start": known.start, "end": known.end}


def carry_chain(session: Session, claim: Claim) -> None:
    """Make a new version of a claim with the chain that it has.

    The hops go on under their own keys, which forms that are being filled in name; the earlier
    version keeps a copy of them.
    """
    query = select(Hop).where(Hop.claim_id == claim.key, Hop.claim_version == claim.version)
    rows = session.exec(query).all()
    copies = [row.model_dump(exclude={"id"}) for row in rows]
    claim.version += 1
    for row in rows:
        row.claim_version = claim.version
    session.flush()
    session.add_all(Hop(**values) for values in copies)
    session.flush()


def chain_of_another(session: Session, claim: Claim, other: Claim) -> None:
    """Make a new version of a claim with the chain that another claim has."""
    query = select(Hop).where(Hop.claim_id == other.key, Hop.claim_version == other.version)
    rows = session.exec(query.order_by(col(Hop.position))).all()
    claim.version += 1
    session.flush()
    where = {"claim_id": claim.key, "claim_version": claim.version}
    session.add_all(Hop(**{**row.model_dump(exclude={"id"}), **where}) for row in rows)
    session.flush()


def set_kinds(session: Session, project_id: int, hops: Sequence[HopValues]) -> None:
    """What a person says of the agents in a chain holds from then on, wherever they are named."""
    agents = agents_named(session, project_id, hops)
    for hop in hops:
        agent = agents[hop.agent.strip()]
        agent.kind, agent.is_named = hop.kind, hop.is_named
    session.flush()
