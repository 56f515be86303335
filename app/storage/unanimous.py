"""Questions about claims of which all checks gave the same answers, and that wait all the same.

They do where checks that agree do not settle a claim by themselves, or where fewer are wanted now
than were.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.actors import Actor
from app.domain.permissions import Action, ask_leave
from app.domain.records import ClaimRecord, EvidenceRecord, LabelRecord
from app.domain.words import ClaimState, ReviewState
from app.storage.aliases import alias_of
from app.storage.bars import has_conflict
from app.storage.claims import records, visible
from app.storage.reviews import reviews_of
from app.storage.settling import waiting_rounds
from app.storage.tables import Claim, ClaimRound, Review, Ruling

SAMPLE = 5
# Under a name of its own: a question asks the same table twice.
_earlier = alias_of(ClaimRound)


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
    last: int | None = None,
    limit: int | None = None,
) -> list[int]:
    """The keys of such claims that the actor may settle, in their order.

    Not those that they checked or have an interest in, nor any that a person decided before. With
    ``until`` only those on which nothing was answered after that moment, with ``last`` none that
    comes after the claim of that key.

    Raises:
        Missing, NotAllowed: no leave.
    """
    query = _unanimous(actor, project_id, until=until).order_by(col(Claim.id)).limit(limit)
    if last is not None:
        query = query.where(col(Claim.id) <= last)
    return [key for key in session.exec(query) if key is not None]


def number_unanimous(
    session: Session, actor: Actor, project_id: int, *, until: datetime | None = None
) -> int:
    """How many of them there are.

    Raises:
        Missing, NotAllowed: no leave.
    """
    found = _unanimous(actor, project_id, until=until).subquery()
    return session.exec(select(func.count()).select_from(found)).one()


def _unanimous(actor: Actor, project_id: int, *, until: datetime | None) -> SelectOfScalar[Any]:
    ask_leave(actor, Action.CLAIM_SETTLE, project_id)
    query = (
        select(Claim.id)
        .join(ClaimRound, col(ClaimRound.claim_id) == col(Claim.id))
        .where(
            *waiting_rounds(actor, project_id),
            ClaimRound.distance == 0,
            # One check agrees with nobody.
            ClaimRound.reviews_done > 1,
            Claim.state == ClaimState.OPEN,
            visible(),
            ~has_conflict(actor),
            *_first_looked_at(),
        )
    )
    if until is not None:
        later = exists().where(
            col(Review.claim_id) == col(Claim.id),
            col(Review.state) == ReviewState.SUBMITTED,
            col(Review.submitted_at) > until,
        )
        query = query.where(~later)
    return query


def name_of(session: Session, key: int) -> str:
    """The public id of a claim."""
    return session.exec(select(Claim.public_id).where(Claim.id == key)).one()


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
    rows = session.exec(select(Claim).where(col(Claim.id).in_(chosen)).order_by(col(Claim.id)))
    return [_agreed(session, actor, claim) for claim in records(session, rows.all())]


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
