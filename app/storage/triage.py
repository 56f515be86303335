"""Questions about second looks: which decided suggestions another person decides on too.

A sample is drawn by a hash of the claim's key, so that it is the same for everybody and at any time,
and grows when a larger share is wanted.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, ColumnElement, and_, cast, exists, func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, ask_leave
from app.domain.records import ClaimRecord
from app.storage.aliases import alias_of
from app.storage.claims import KEY, records, visible
from app.storage.tables import Claim, Project, Triage

# Multiplicative hashing after Knuth (The Art of Computer Programming, vol. 3, 6.4): two odd numbers
# near 2**32 over the golden ratio, one that draws the sample and one that orders it.
DRAWS, ORDERS = 2_654_435_761, 2_246_822_519
WORD = 2**32
CHUNK = 500

_second = alias_of(Triage, "claim_id", "decision", "is_second")


@dataclass(frozen=True, slots=True)
class SecondLooks:
    """How many suggestions wait for a second look by the actor, of how many that were decided.

    ``differ``: how many were decided differently by two people.
    """

    waiting: int
    decided: int
    differ: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A suggestion that one person picked and another dropped; ``id`` is its place in the list."""

    id: int
    claim: ClaimRecord


def _hash(factor: int) -> ColumnElement[int]:
    return (cast(col(Triage.claim_id), BigInteger) * factor) % WORD


def is_drawn(share: float) -> ColumnElement[bool]:
    """Whether a claim is in the sample that a share of all makes up."""
    return _hash(DRAWS) < round(share * WORD)


def awaiting_second_look(session: Session, project_id: int, keys: Collection[int]) -> set[int]:
    """Those of some claims on which somebody will still decide without knowing what was done."""
    share = session.get_one(Project, project_id).triage_share
    if not share:
        return set()
    query = select(Triage.claim_id).where(
        col(Triage.project_id) == project_id,
        col(Triage.is_second).is_(False),
        is_drawn(share),
        _has_no_second(),
    )
    found, ordered = set[int](), sorted(keys)
    for first in range(0, len(ordered), CHUNK):
        found |= set(session.exec(query.where(_is_one_of(ordered[first : first + CHUNK]))))
    return found


def _is_one_of(keys: Collection[int]) -> ColumnElement[bool]:
    return col(Triage.claim_id).in_(keys)


def _has_no_second() -> ColumnElement[bool]:
    has_second = exists().where(
        col(_second.claim_id) == col(Triage.claim_id), col(_second.is_second)
    )
    return ~has_second.correlate(Triage)


def _waiting(session: Session, actor: Actor, project_id: int) -> list[ColumnElement[bool]]:
    """What holds of first decisions on which the actor could give the second."""
    share = session.get_one(Project, project_id).triage_share
    return [
        col(Triage.project_id) == project_id,
        col(Triage.is_second).is_(False),
        is_drawn(share),
        col(Triage.person_id) != actor.person_id,
        _has_no_second(),
    ]


def next_to_look_at(session: Session, actor: Actor, project_id: int) -> ClaimRecord | None:
    """The next claim that the actor may decide on without knowing what was done with it.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.CLAIM_PICK, project_id)
    query = (
        select(KEY)
        .join(Triage, col(Triage.claim_id) == col(Claim.id))
        .where(*_waiting(session, actor, project_id), visible())
        .order_by(_hash(ORDERS), col(Triage.id))
        .limit(1)
    )
    key = session.exec(query).first()
    return None if key is None else records(session, [key])[0]


def second_looks(session: Session, actor: Actor, project_id: int) -> SecondLooks:
    """How many wait, and how many were decided: nothing is counted where no second is wanted."""
    if not session.get_one(Project, project_id).triage_share:
        return SecondLooks(0, 0, 0)
    of_project = col(Triage.project_id) == project_id
    first = col(Triage.is_second).is_(False)
    counts: Sequence[list[ColumnElement[bool]]] = (
        _waiting(session, actor, project_id),
        [of_project, first],
        [of_project, first, _differs()],
    )
    numbers = (
        session.exec(select(func.count()).select_from(Triage).where(*rules)).one()
        for rules in counts
    )
    return SecondLooks(*numbers)


def _differs() -> ColumnElement[bool]:
    return (
        exists()
        .where(
            col(_second.claim_id) == col(Triage.claim_id),
            col(_second.is_second),
            col(_second.decision) != col(Triage.decision),
        )
        .correlate(Triage)
    )


def differences(
    session: Session, project_id: int, *, before: int | None = None, limit: int = 50
) -> list[Difference]:
    """Suggestions that were decided differently by two people, the last decided first."""
    rules = [
        col(Triage.project_id) == project_id,
        col(Triage.is_second).is_(False),
        _differs(),
        visible(),
    ]
    if before is not None:
        rules.append(col(Triage.id) < before)
    query = (
        select(Triage.id, KEY)
        .join(Claim, col(Claim.id) == col(Triage.claim_id))
        .where(and_(*rules))
        .order_by(col(Triage.id).desc())
        .limit(limit)
    )
    rows = session.exec(query).all()
    found = records(session, [claim_id for _key, claim_id in rows])
    return [Difference(key or 0, claim) for (key, _claim), claim in zip(rows, found, strict=True)]
