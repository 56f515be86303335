"""Questions about claims of which all checks gave the same answers, and that wait all the same.

They do where checks that agree do not settle a claim by themselves, or where fewer are wanted now
than were.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Integer,
    Select,
    bindparam,
    exists,
    func,
    literal_column,
    union_all,
)
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
# How many of them, where a question is asked for more or fewer.
MOST: BindParameter[int] = bindparam("most", type_=Integer)
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
    if not rounds:
        return []
    values = {**_places(rounds, after, LOT), **({} if last is None else {"last": last})}
    rows = rows_of(session, _next_ones(len(rounds), is_last=last is not None), values)
    return [row[0] for row in rows]


def _places(rounds: Sequence[int], after: int, most: int) -> dict[str, int]:
    return {**{f"round_{n}": key for n, key in enumerate(rounds)}, "after": after, "most": most}


@cache
def _next_ones(rounds: int, *, is_last: bool = False) -> Select[Any]:
    """The next such claims of some rounds in their order, read off the index of each."""
    parts: list[Select[Any]] = [_of_round(n, is_last=is_last) for n in range(rounds)]
    if rounds == 1:
        return parts[0]
    every = union_all(*(select(part.subquery()) for part in parts)).subquery()
    return every.select().order_by(every.c.claim_id).limit(MOST)


def _of_round(number: int, *, is_last: bool) -> Any:  # noqa: ANN401 - a question of either shape
    claim_id = col(ClaimRound.claim_id)
    query = (
        select(claim_id, col(ClaimRound.id), col(ClaimRound.reviews_done))
        .where(
            col(ClaimRound.round_id) == bindparam(f"round_{number}", type_=Integer),
            literal_column(IS_COMPLETE),
            ClaimRound.distance == 0,
            claim_id > bindparam("after", type_=Integer),
        )
        .order_by(claim_id)
        .limit(MOST)
    )
    return query.where(claim_id <= bindparam("last", type_=Integer)) if is_last else query


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
    return (
        select(Claim.id)
        .join(ClaimRound, col(ClaimRound.claim_id) == col(Claim.id))
        .where(
            among(Claim.id),
            col(ClaimRound.round_id).in_(bindparam("rounds", expanding=True)),
            literal_column(IS_COMPLETE),
            ClaimRound.distance == 0,
            *_rules(actor, col(ClaimRound.id), col(ClaimRound.reviews_done), is_until=is_until),
        )
        .order_by(col(Claim.id))
    )


def _rules(
    actor: Actor,
    entry: Any,  # noqa: ANN401 - a column
    done: Any,  # noqa: ANN401 - a column
    *,
    is_until: bool,
) -> Iterator[ColumnElement[bool]]:
    """What else holds of such a claim, and of the entry of its round with the checks that are done."""
    # One check agrees with nobody.
    yield done > 1
    yield col(Claim.state) == ClaimState.OPEN
    yield visible()
    yield ~is_mine()
    yield ~has_conflict(actor)
    # Nobody decided on the claim before, and all its checks are of one round. One that was opened
    # again was so because its first checks did not do: what they said counts too.
    yield ~exists().where(col(Ruling.claim_id) == col(Claim.id))
    yield ~exists().where(col(_earlier.claim_id) == col(Claim.id), col(_earlier.id) < entry)
    if is_until:
        yield ~_answered_after()


def number_unanimous(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    until: datetime | None = None,
    after: int = 0,
) -> int:
    """How many of them there are, as far as LOOKED_AT claims tell.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.CLAIM_SETTLE, project_id)
    rounds = rounds_that_wait(session, project_id)
    if not rounds:
        return 0
    values = {**_places(rounds, after, LOOKED_AT), "me": actor.person_id, "until": until}
    question = _number(actor, len(rounds), is_until=until is not None)
    return int(rows_of(session, question, values)[0][0])


@of_reader
def _number(actor: Actor, rounds: int, *, is_until: bool) -> Executable:
    """How many of the next ones are such; nothing of a claim is told, so that no key travels."""
    looked = _next_ones(rounds).subquery()
    rules = _rules(actor, looked.c.id, looked.c.reviews_done, is_until=is_until)
    joined = looked.join(Claim, col(Claim.id) == looked.c.claim_id)
    return select(func.count()).select_from(joined).where(*rules)


def name_of(session: Session, key: int) -> str:
    """The public id of a claim."""
    return session.exec(select(Claim.public_id).where(Claim.id == key)).one()


def _answered_after() -> ColumnElement[bool]:
    return exists().where(
        col(Review.claim_id) == col(Claim.id),
        col(Review.state) == ReviewState.SUBMITTED,
        col(Review.submitted_at) > bindparam("until"),
    )


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
