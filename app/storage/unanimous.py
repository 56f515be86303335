"""Questions about claims of which all checks gave the same answers, and that wait all the same.

They do where checks that agree do not settle a claim by themselves, or where fewer are wanted now
than were.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import ColumnElement, Executable, bindparam, exists, literal_column
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, ask_leave
from app.domain.records import ClaimRecord, EvidenceRecord, LabelRecord
from app.domain.words import ClaimState, ReviewState
from app.storage.aliases import alias_of
from app.storage.among import among
from app.storage.bars import has_conflict
from app.storage.claims import records, visible
from app.storage.driver import rows_of
from app.storage.kept import of_reader
from app.storage.reviews import reviews_of
from app.storage.settling import IS_COMPLETE, is_mine, rounds_that_wait
from app.storage.tables import Claim, ClaimRound, Review, Ruling

SAMPLE = 5
# So many claims are looked at together; so many in all before somebody is asked to look further.
LOT, LOOKED_AT = 500, 1_000
# Under a name of its own: a question asks the same table twice.
_earlier = alias_of(ClaimRound, "claim_id", "id")


@dataclass(frozen=True, slots=True)
class Lot:
    """Such claims among some that were looked at; ``place`` is the last of these, if there are more."""

    keys: list[int]
    place: int | None


@dataclass(frozen=True, slots=True)
class AgreedClaim:
    """A claim with the answers that all its checks gave, and every source that one of them used."""

    claim: ClaimRecord
    content: LabelRecord
    attribution: LabelRecord | None
    checks: int
    sources: tuple[EvidenceRecord, ...]


def unanimous(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    until: datetime | None = None,
    limit: int | None = None,
) -> list[int]:
    """The keys of such claims that the actor may settle, in their order.

    Not those that they checked or have an interest in, nor any that a person decided before. With
    ``until`` only those on which nothing was answered after that moment.

    Raises:
        Missing, NotAllowed: no leave.
    """
    found: list[int] = []
    for lot in lots(session, actor, project_id, until=until):
        found += lot.keys
        if limit is not None and len(found) >= limit:
            return found[:limit]
    return found


def lots(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    until: datetime | None = None,
    after: int = 0,
    last: int | None = None,
) -> Iterator[Lot]:
    """The same in lots, for each of which as many claims were looked at.

    With ``after`` none that comes before the claim of that key or is it, with ``last`` none that
    comes after that one.

    Raises:
        Missing, NotAllowed: no leave, before the first lot.
    """
    ask_leave(actor, Action.CLAIM_SETTLE, project_id)
    rounds = rounds_that_wait(session, project_id)
    return _lots(session, actor, rounds, until=until, after=after, last=last)


def _lots(
    session: Session,
    actor: Actor,
    rounds: Sequence[int],
    *,
    until: datetime | None,
    after: int,
    last: int | None,
) -> Iterator[Lot]:
    place: int | None = after
    while place is not None:
        looked = _looked_at(session, rounds, place, last)
        place = looked[-1] if len(looked) == LOT else None
        if looked:
            yield Lot(still_unanimous(session, actor, rounds, looked, until=until), place)


def _looked_at(session: Session, rounds: Sequence[int], after: int, last: int | None) -> list[int]:
    """The claims of the next lot: complete, and their checks not apart."""
    found: list[int] = []
    for key in rounds:
        query = (
            select(ClaimRound.claim_id)
            .where(
                ClaimRound.round_id == key,
                literal_column(IS_COMPLETE),
                ClaimRound.distance == 0,
                col(ClaimRound.claim_id) > after,
            )
            .order_by(col(ClaimRound.claim_id))
            .limit(LOT)
        )
        if last is not None:
            query = query.where(col(ClaimRound.claim_id) <= last)
        found += session.exec(query)
    return sorted(found)[:LOT]


def still_unanimous(
    session: Session,
    actor: Actor,
    rounds: Sequence[int],
    keys: Sequence[int],
    *,
    until: datetime | None,
) -> list[int]:
    """Those of some claims of some rounds that are such, and that the actor may settle."""
    values = {"keys": tuple(keys), "rounds": rounds, "me": actor.person_id, "until": until}
    question = _still_unanimous(actor, is_until=until is not None)
    return [key for (key,) in rows_of(session, question, values)]


@of_reader
def _still_unanimous(actor: Actor, *, is_until: bool) -> Executable:
    query = (
        select(Claim.id)
        .join(ClaimRound, col(ClaimRound.claim_id) == col(Claim.id))
        .where(
            among(Claim.id),
            col(ClaimRound.round_id).in_(bindparam("rounds", expanding=True)),
            literal_column(IS_COMPLETE),
            ClaimRound.distance == 0,
            # One check agrees with nobody.
            ClaimRound.reviews_done > 1,
            Claim.state == ClaimState.OPEN,
            visible(),
            ~is_mine(),
            ~has_conflict(actor),
            *_first_looked_at(),
        )
        .order_by(col(Claim.id))
    )
    return query.where(~_answered_after()) if is_until else query


def number_unanimous(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    until: datetime | None = None,
    after: int = 0,
) -> int:
    """How many of them there are, as far as LOOKED_AT claims tell; COUNTED at most.

    Raises:
        Missing, NotAllowed: no leave.
    """
    some = lots(session, actor, project_id, until=until, after=after)
    return sum(len(lot.keys) for lot in islice(some, LOOKED_AT // LOT))


def name_of(session: Session, key: int) -> str:
    """The public id of a claim."""
    return session.exec(select(Claim.public_id).where(Claim.id == key)).one()


def _answered_after() -> ColumnElement[bool]:
    return exists().where(
        col(Review.claim_id) == col(Claim.id),
        col(Review.state) == ReviewState.SUBMITTED,
        col(Review.submitted_at) > bindparam("until"),
    )


def _first_looked_at() -> tuple[ColumnElement[bool], ...]:
    """Nobody decided on the claim before, and all its checks are of one round.

    One that was opened again was so because its first checks did not do: what they said counts too.
    """
    earlier = exists().where(
        col(_earlier.claim_id) == col(Claim.id), col(_earlier.id) < col(ClaimRound.id)
    )
    return ~exists().where(col(Ruling.claim_id) == col(Claim.id)), ~earlier


def sample_of(
    session: Session, actor: Actor, keys: Sequence[int], *, seed: str
) -> list[AgreedClaim]:
    """Some of these claims to look at: chance decides which, and for one seed always the same."""
    chosen = sorted(random.Random(seed).sample(keys, min(SAMPLE, len(keys))))  # noqa: S311 - no secret
    return [_agreed(session, actor, claim) for claim in records(session, chosen)]


def _agreed(session: Session, actor: Actor, claim: ClaimRecord) -> AgreedClaim:
    versions = [
        row.latest
        for row in reviews_of(session, actor, claim)
        if row.state is ReviewState.SUBMITTED and row.latest is not None
    ]
    sources = {use.source_id: use for version in versions for use in version.evidence}
    return AgreedClaim(
        claim=claim,
        content=versions[0].content,
        attribution=versions[0].attribution,
        checks=len(versions),
        sources=tuple(sources.values()),
    )
