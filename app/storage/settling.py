"""Questions about what waits to be settled: the claims on which checks differ most first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    union_all,
)
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, may
from app.domain.records import ClaimRecord, LabelRecord
from app.domain.words import ClaimState, ReviewState
from app.storage.aliases import alias_of
from app.storage.bars import has_conflict
from app.storage.claims import records, visible
from app.storage.kept import ME
from app.storage.scales import label_record
from app.storage.tables import Claim, ClaimRound, Label, Review, ReviewVersion, Round

# Written out, so that the database sees the partial index over complete claim rounds.
IS_COMPLETE = (
    "claim_round.settled_at IS NULL AND claim_round.reviews_done >= claim_round.reviews_wanted"
)

IS_COMPLETE_ROUND: ColumnElement[bool] = literal_column(IS_COMPLETE)
# So many of the most disputed claims are looked at together, put in order and counted.
LOOKED_AT = 1_000

Labels = tuple[LabelRecord, ...]
# How far the checks of a claim are apart, and its key.
Disputed = tuple[int | None, int]

_check = alias_of(Review)


@dataclass(frozen=True, slots=True)
class WaitingNumbers:
    """How many claims wait for one person to settle them, and how many for somebody else.

    ``is_all``: no more are complete than were counted; else there may be more of each.
    """

    to_settle: int
    for_another: int
    is_all: bool


@dataclass(frozen=True, slots=True)
class WaitingClaim:
    """A claim that the actor may settle, with what its checks answered, in no telling order."""

    claim: ClaimRecord
    content: Labels
    attribution: Labels


def waiting_claims(
    session: Session, actor: Actor, project_id: int, *, limit: int = 50
) -> list[WaitingClaim]:
    """Claims whose checks are all in and that the actor may settle, the most disputed first.

    A claim that the actor checked, or has an interest in, waits for somebody else. Nobody is blind to a complete claim.
    """
    keys = _keys(session, actor, project_id, limit=limit)
    rows = {row.key: row for row in session.exec(select(Claim).where(col(Claim.id).in_(keys)))}
    answers = _answers(session, keys)
    return [
        WaitingClaim(record, *answers.get(record.id, ((), ())))
        for record in records(session, [rows[key] for key in keys])
    ]


def next_to_settle(session: Session, actor: Actor, project_id: int) -> str | None:
    """The public id of the claim that the actor would settle next."""
    keys = _keys(session, actor, project_id, limit=1)
    return session.get_one(Claim, keys[0]).public_id if keys else None


def number_waiting(session: Session, actor: Actor, project_id: int) -> WaitingNumbers:
    """How many claims wait for the actor to settle them, among the most disputed."""
    if not may(actor, Action.CLAIM_SETTLE, project_id):
        return WaitingNumbers(0, 0, is_all=True)
    rounds = rounds_that_wait(session, project_id)
    if not rounds:
        return WaitingNumbers(0, 0, is_all=True)
    looked = _looked_at(len(rounds), is_first=True).subquery()
    waits = and_(col(Claim.id) == looked.c.claim_id, col(Claim.state) == ClaimState.OPEN, visible())
    does_not, mine = col(Claim.id).is_(None), is_mine()
    query = (
        select(
            func.count(),
            func.sum(case((or_(does_not, mine, has_conflict(actor)), 0), else_=1)),
            func.sum(case((does_not, 0), (mine, 1), else_=0)),
        )
        .select_from(looked)
        .join(Claim, waits, isouter=True)
    )
    seen, for_me, for_another = session.execute(query, _places(actor, rounds, None)).one()
    return WaitingNumbers(for_me or 0, for_another or 0, is_all=seen < LOOKED_AT)


def _keys(session: Session, actor: Actor, project_id: int, *, limit: int) -> Sequence[int]:
    """The keys of those claims in order.

    Few of all that wait are looked at together and put in order. Where the actor may settle none of
    them, as many again are, until one is found.
    """
    if not may(actor, Action.CLAIM_SETTLE, project_id):
        return []
    rounds = rounds_that_wait(session, project_id)
    after: Disputed | None = None
    while rounds:
        looked = _looked_at(len(rounds), is_first=after is None)
        places = _places(actor, rounds, after)
        found = session.exec(_in_order(actor, looked, limit), params=places).all()
        if found:
            return [key for key in found if key is not None]
        last = looked.subquery()
        seen = session.execute(select(last.c.distance, last.c.claim_id), places).all()
        if len(seen) < LOOKED_AT:
            return []
        after = (seen[-1][0], seen[-1][1])
    return []


def rounds_that_wait(session: Session, project_id: int) -> Sequence[int]:
    """The rounds of a project in which a claim has all its checks and waits."""
    waits = exists().where(col(ClaimRound.round_id) == col(Round.id), literal_column(IS_COMPLETE))
    query = select(Round.id).where(Round.project_id == project_id, waits).order_by(col(Round.id))
    return [key for key in session.exec(query) if key is not None]


def _places(actor: Actor, rounds: Sequence[int], after: Disputed | None) -> dict[str, Any]:
    places: dict[str, Any] = {f"round_{n}": key for n, key in enumerate(rounds)}
    distance, claim_id = after or (None, None)
    return {**places, "me": actor.person_id, "distance": distance, "claim": claim_id}


@cache
def _looked_at(rounds: int, *, is_first: bool) -> Select[Any]:
    """The claims of some rounds that are looked at together, the most disputed first.

    The index holds each round in this order; what has no distance yet comes last. After a place
    that is one of those the order goes on there.
    """
    parts = [part for n in range(rounds) for part in _of_round(n, is_first=is_first)]
    every = union_all(*(select(part.subquery()) for part in parts)).subquery()
    apart = func.coalesce(every.c.distance, -1)
    return every.select().order_by(apart.desc(), every.c.claim_id).limit(LOOKED_AT)


def _of_round(number: int, *, is_first: bool) -> Iterator[Any]:
    distance, claim_id = col(ClaimRound.distance), col(ClaimRound.claim_id)
    query = select(distance, claim_id).where(
        col(ClaimRound.round_id) == bindparam(f"round_{number}", type_=Integer),
        literal_column(IS_COMPLETE),
    )
    known, unknown = query.where(distance.is_not(None)), query.where(distance.is_(None))
    if not is_first:
        last, key = bindparam("distance", type_=Integer), bindparam("claim", type_=Integer)
        # The first condition is where the index begins; the second leaves out what was looked at.
        known = known.where(distance <= last, or_(distance < last, claim_id > key))
        unknown = unknown.where(or_(last.is_not(None), claim_id > key))
    yield known.order_by(distance.desc(), claim_id).limit(LOOKED_AT)
    yield unknown.order_by(claim_id).limit(LOOKED_AT)


def _in_order(actor: Actor, looked: Select[Any], limit: int) -> Any:  # noqa: ANN401 - a question
    some = looked.subquery()
    return (
        select(Claim.id)
        .join(some, some.c.claim_id == col(Claim.id))
        .where(Claim.state == ClaimState.OPEN, visible(), ~is_mine(), ~has_conflict(actor))
        .order_by(
            func.coalesce(some.c.distance, -1).desc(),
            col(Claim.priority).desc(),
            col(Claim.due_at).is_(None),
            col(Claim.due_at),
            col(Claim.id),
        )
        .limit(limit)
    )


def is_mine() -> ColumnElement[bool]:
    """Whoever asks checked the claim of a question's row; the place of ``kept`` is to be filled."""
    return exists().where(
        col(_check.claim_id) == col(Claim.id),
        col(_check.reviewer_id) == ME,
        col(_check.submitted_version) > 0,
    )


def _is_latest() -> ColumnElement[bool]:
    return and_(
        col(ReviewVersion.review_id) == col(Review.id),
        col(ReviewVersion.number) == col(Review.submitted_version),
    )


def _answers(session: Session, keys: Sequence[int]) -> Mapping[int, tuple[Labels, Labels]]:
    """What was answered to each claim, in the order of the scale and not of the checkers."""
    given = (
        (col(ReviewVersion.content_label_id), 0),
        (col(ReviewVersion.attribution_label_id), 1),
    )
    found: dict[int, tuple[list[LabelRecord], list[LabelRecord]]] = {}
    for column, place in given:
        query = (
            select(Review.claim_id, Label)
            .join(ReviewVersion, _is_latest())
            .join(Label, col(Label.id) == column)
            .where(col(Review.claim_id).in_(keys), Review.state == ReviewState.SUBMITTED)
            .order_by(col(Label.position))
        )
        for claim_id, label in session.exec(query):
            found.setdefault(claim_id, ([], []))[place].append(label_record(label))
    return {key: (tuple(content), tuple(said)) for key, (content, said) in found.items()}
