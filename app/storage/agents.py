"""Questions about the people and institutions that claims are attributed to."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.permissions import Action, may
from app.domain.words import AgentKind
from app.storage.claims import visible
from app.storage.tables import Agent, Claim, Hop

# The name of an agent, and its key.
Place = tuple[str, int]
CLAIMS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class AgentLine:
    """Somebody in a list, with how many claims name them."""

    place: Place
    public_id: str
    name: str
    kind: AgentKind
    is_named: bool
    role: str | None
    party: str | None
    same_as: str | None
    claims: int


@dataclass(frozen=True, slots=True)
class AgentRecord:
    """Somebody as their page needs them; ``merged_into`` is who they were found to be."""

    public_id: str
    project_id: int
    name: str
    kind: AgentKind
    is_named: bool
    aliases: tuple[str, ...]
    role: str | None
    party: str | None
    same_as: str | None
    merged_into: str | None
    claims: tuple[tuple[str, str], ...]
    count: int
    token: str


def agents_from(
    session: Session, project_id: int, *, text: str = "", after: Place | None = None, limit: int
) -> list[AgentLine]:
    """The agents of a project by name: two questions, however many there are."""
    name, key = col(Agent.name), col(Agent.id)
    query = select(Agent).where(
        Agent.project_id == project_id, col(Agent.merged_into_id).is_(None), *_with(text)
    )
    if after is not None:
        query = query.where(or_(name > after[0], and_(name == after[0], key > after[1])))
    rows = session.exec(query.order_by(name, key).limit(limit)).all()
    counts = _counts(session, [row.key for row in rows])
    return [
        AgentLine(
            place=(row.name, row.key),
            public_id=row.public_id,
            name=row.name,
            kind=row.kind,
            is_named=row.is_named,
            role=row.role,
            party=row.party,
            same_as=row.same_as,
            claims=counts.get(row.key, 0),
        )
        for row in rows
    ]


def _with(text: str) -> list[ColumnElement[bool]]:
    """What must hold of a name or another name with these words in it."""
    if not text:
        return []
    other = cast(col(Agent.aliases), Text)
    # As a list of names is stored: letters beyond ASCII are escaped there.
    stored = json.dumps(text)[1:-1]
    return [
        or_(
            col(Agent.name).icontains(text, autoescape=True),
            other.icontains(stored, autoescape=True),
        )
    ]


def _counts(session: Session, keys: Sequence[int]) -> dict[int, int]:
    query = (
        select(Hop.agent_id, func.count(func.distinct(Hop.claim_id)))
        .join(Claim, _holds())
        .where(col(Hop.agent_id).in_(keys), visible())
        .group_by(col(Hop.agent_id))
    )
    return dict(session.exec(query).all())


def _holds() -> ColumnElement[bool]:
    """A hop of the chain that a claim has now."""
    return and_(col(Claim.id) == col(Hop.claim_id), col(Claim.version) == col(Hop.claim_version))


def agent(session: Session, actor: Actor, public_id: str) -> AgentRecord:
    """Somebody with the newest of the claims that name them.

    Raises:
        Missing: there is nobody like that, or the actor may not know of them.
    """
    row = session.exec(select(Agent).where(Agent.public_id == public_id)).first()
    if row is None or not may(actor, Action.PROJECT_VIEW, row.project_id):
        raise Missing("agent.missing")
    kept = session.get_one(Agent, row.merged_into_id) if row.merged_into_id else None
    return AgentRecord(
        public_id=row.public_id,
        project_id=row.project_id,
        name=row.name,
        kind=row.kind,
        is_named=row.is_named,
        aliases=tuple(row.aliases),
        role=row.role,
        party=row.party,
        same_as=row.same_as,
        merged_into=kept.public_id if kept else None,
        claims=_claims(session, row.key),
        count=_counts(session, [row.key]).get(row.key, 0),
        token=agent_token(row),
    )


def _claims(session: Session, key: int) -> tuple[tuple[str, str], ...]:
    """The newest claims that name somebody, as id and text."""
    naming = select(Hop.claim_id).join(Claim, _holds()).where(Hop.agent_id == key)
    query = (
        select(Claim.public_id, Claim.text)
        .where(col(Claim.id).in_(naming), visible())
        .order_by(col(Claim.id).desc())
        .limit(CLAIMS_SHOWN)
    )
    return tuple(session.exec(query).all())


def agent_token(row: Agent) -> str:
    """What is known of an agent now, in short, to tell whether a form still shows it."""
    known = [
        *(row.name, row.kind.value, row.is_named, row.aliases),
        *(row.role, row.party, row.same_as, row.merged_into_id),
    ]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()[:16]


def agent_id_of(session: Session, project_id: int, name: str) -> str | None:
    """The public id of whoever has this name in a project."""
    return session.exec(
        select(Agent.public_id).where(
            Agent.project_id == project_id,
            Agent.name == name,
            col(Agent.merged_into_id).is_(None),
        )
    ).first()


def agents_by_alias(session: Session, project_id: int, names: Sequence[str]) -> dict[str, Agent]:
    """Who of a project has one of some names as another name."""
    wanted = set(names)
    query = select(Agent).where(
        Agent.project_id == project_id,
        cast(col(Agent.aliases), Text) != "[]",
        col(Agent.merged_into_id).is_(None),
    )
    rows = session.exec(query.order_by(col(Agent.id).desc()))
    return {name: row for row in rows for name in row.aliases if name in wanted}
