"""What belongs to a claim: the steps of who said it, its figures, what its wording adds."""

from dataclasses import dataclass

from app.domain.words import AgentKind, Change, Comparator, Mode


@dataclass(frozen=True, slots=True)
class HopRecord:
    """One step of an attribution chain; ``agent_id`` is the public id of who took it."""

    id: int
    agent: str
    agent_kind: AgentKind
    is_named: bool
    cue: str
    mode: Mode
    url: str | None
    said_on: str | None
    is_seen: bool
    ends_because: str | None
    agent_id: str
    role: str | None = None
    party: str | None = None
    same_as: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class AdditionRecord:
    """Words of a claim's wording that its quote does not have, and what stood there instead."""

    start: int
    end: int
    instead_of: str


@dataclass(frozen=True, slots=True)
class QuantityRecord:
    """A figure in a claim."""

    value: float
    unit: str
    raw: str
    period: str | None
    comparator: Comparator = Comparator.EXACT
    change: Change | None = None
    is_base: bool = False
    period_from: str | None = None
    period_to: str | None = None
    is_period_stated: bool = False
