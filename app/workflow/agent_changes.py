"""Changing what is known of somebody, and saying that two are one."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, Missing, Stale, WrongState
from app.domain.links import checked_link
from app.domain.permissions import Action, ask_leave
from app.domain.words import AgentKind
from app.storage.agents import agent_token
from app.storage.locking import locked
from app.storage.tables import Agent, Hop
from app.workflow.agents import MAX_NAME
from app.workflow.events import record_event
from app.workflow.interests import move_interests

MAX_WORDS = 200
MAX_ALIASES = 50
FIELDS = ("name", "kind", "is_named", "aliases", "role", "party", "same_as")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentValues:
    """Somebody as their form was filled in; ``token`` tells what the form showed."""

    name: str
    kind: AgentKind
    is_named: bool
    aliases: tuple[str, ...] = ()
    role: str | None = None
    party: str | None = None
    same_as: str | None = None
    token: str


def change_agent(session: Session, actor: Actor, agent_id: str, *, values: AgentValues) -> None:
    """Change what is known of somebody, wherever they are named; sent twice, it is once.

    A former name stays as another name, so that texts that use it still mean them.

    Raises:
        Stale: somebody else changed it since it was shown.
        Invalid: a name that is missing, too long or somebody else's; no web address.
        WrongState: they were merged into somebody else.
    """
    row = _for_change(session, actor, agent_id)
    wanted = _checked(values)
    if all(getattr(row, name) == value for name, value in wanted.items()):
        return
    if agent_token(row) != values.token:
        raise Stale("agent.stale")
    name, former = str(wanted["name"]), row.name
    if name != former:
        wanted["aliases"] = _names([*values.aliases, former], but=name)
    changed = [field for field in FIELDS if getattr(row, field) != wanted[field]]
    if name != former:
        _free(session, row, name)
    for field in changed:
        setattr(row, field, wanted[field])
    session.flush()
    _tell(session, actor, Action.AGENT_EDIT, row, fields=changed)


def merge_agents(session: Session, actor: Actor, agent_id: str, *, into: str) -> None:
    """Let every chain that names one name another instead; sent twice, it is once.

    The names of the first become other names of the second. History keeps who was merged, and how
    many steps of chains that moved.

    Raises:
        Invalid: they are the same already, or of different projects.
        WrongState: the second was itself merged into somebody else.
    """
    if agent_id == into:
        raise Invalid("agent.same", field="into")
    first, second = sorted([agent_id, into])
    rows = {name: locked(session, Agent, name) for name in (first, second)}
    gone, kept = rows[agent_id], rows[into]
    ask_leave(actor, Action.AGENT_EDIT, gone.project_id)
    if kept.project_id != gone.project_id:
        raise Missing("agent.missing")
    if gone.merged_into_id == kept.key:
        return
    if gone.merged_into_id is not None or kept.merged_into_id is not None:
        raise WrongState("agent.merged")
    moved = session.exec(
        update(Hop).where(col(Hop.agent_id) == gone.key).values(agent_id=kept.key)
    ).rowcount
    move_interests(session, gone, kept)
    session.exec(
        update(Agent).where(col(Agent.merged_into_id) == gone.key).values(merged_into_id=kept.key)
    )
    gone.merged_into_id = kept.key
    kept.aliases = _names([*kept.aliases, gone.name, *gone.aliases], but=kept.name)
    kept.same_as = kept.same_as or gone.same_as
    kept.role, kept.party = kept.role or gone.role, kept.party or gone.party
    session.flush()
    _tell(session, actor, "agent.merge", kept, merged=gone.public_id, hops=moved)


def _for_change(session: Session, actor: Actor, agent_id: str) -> Agent:
    row = locked(session, Agent, agent_id)
    ask_leave(actor, Action.AGENT_EDIT, row.project_id)
    if row.merged_into_id is not None:
        raise WrongState("agent.merged")
    return row


def _checked(values: AgentValues) -> dict[str, object]:
    name = " ".join(values.name.split())
    if not 0 < len(name) <= MAX_NAME:
        raise Invalid("agent.name", field="name", limit=MAX_NAME)
    for field in ("role", "party"):
        if len((getattr(values, field) or "").strip()) > MAX_WORDS:
            raise Invalid("agent.long", field=field, limit=MAX_WORDS)
    aliases = _names(values.aliases, but=name)
    if len(aliases) > MAX_ALIASES:
        raise Invalid("agent.aliases", field="aliases", limit=MAX_ALIASES)
    if any(len(alias) > MAX_NAME for alias in aliases):
        raise Invalid("agent.long", field="aliases", limit=MAX_NAME)
    return {
        "name": name,
        "kind": values.kind,
        "is_named": values.is_named,
        "aliases": aliases,
        "role": (values.role or "").strip() or None,
        "party": (values.party or "").strip() or None,
        "same_as": checked_link(values.same_as),
    }


def _names(names: Iterable[str], *, but: str) -> list[str]:
    """Names without blanks around them, each once, without one of them."""
    tidy = (" ".join(name.split()) for name in names)
    return list(dict.fromkeys(name for name in tidy if name and name != but))


def _free(session: Session, row: Agent, name: str) -> None:
    """Let nobody have a name; one that was merged into the agent gives it up for the former one.

    Raises:
        Invalid: it is somebody else's.
    """
    other = session.exec(
        select(Agent)
        .where(Agent.project_id == row.project_id, Agent.name == name)
        .with_for_update(key_share=True)
    ).first()
    if other is None:
        return
    if other.merged_into_id != row.key:
        raise Invalid("agent.name-taken", field="name")
    # Two rows never have one name, not even for a moment.
    former, other.name = row.name, f"{other.public_id} {row.public_id}"
    session.flush()
    row.name = name
    session.flush()
    other.name = former
    session.flush()


def _tell(session: Session, actor: Actor, action: str, row: Agent, **details: object) -> None:
    record_event(
        session,
        actor,
        action,
        noun="agent",
        thing=row.public_id,
        project_id=row.project_id,
        claim_id=None,
        **details,
    )
    session.flush()
