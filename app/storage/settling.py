"""Questions about what waits to be settled: the claims on which checks differ most first."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
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
from app.storage.among import among
from app.storage.bars import has_conflict
from app.storage.claims import records, visible
from app.storage.driver import rows_of
from app.storage.kept import HERE, ME, of_reader
from app.storage.scales import vocabulary_of
from app.storage.tables import Claim, ClaimRound, Review, ReviewVersion, Round

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
# The same of a claim that was looked at, and whom it waits for. A thousand of them are a page's
# largest part, so they stay as the database gives them.
Looked = tuple[int | None, int, int]
NOBODY, READER, ANOTHER = 0, 1, 2

_check = alias_of(Review, "claim_id", "project_id", "reviewer_id", "submitted_version")


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


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The claims that the actor may settle, as far as a page shows them, and how many there are."""

    claims: list[WaitingClaim]
    numbers: WaitingNumbers


NONE = WaitingNumbers(0, 0, is_all=True)


def waiting_list(
    session: Session, actor: Actor, project_id: int, *, limit: int = 50
) -> WaitingList:
    """Claims whose checks are all in and that the actor may settle, the most disputed first.

    A claim that the actor checked, or has an interest in, waits for somebody else. Nobody is blind to a complete claim.
    """
    keys: list[int] = []
    numbers = NONE
    for lot in _lots(session, actor, project_id):
        keys = [claim_id for _apart, claim_id, whom in lot if whom == READER][:limit]
        numbers = _numbers(lot) if numbers is NONE else numbers
        if keys:
            break
    answers = _answers(session, project_id, keys)
    claims = [
        WaitingClaim(record, *answers.get(record.id, ((), ()))) for record in records(session, keys)
    ]
    return WaitingList(claims, numbers)


def next_to_settle(session: Session, actor: Actor, project_id: int) -> str | None:
    """The public id of the claim that the actor would settle next."""
    for lot in _lots(session, actor, project_id):
        for _apart, claim_id, whom in lot:
            if whom == READER:
                return session.get_one(Claim, claim_id).public_id
    return None


def _numbers(lot: Sequence[Looked]) -> WaitingNumbers:
    number = Counter([whom for _apart, _claim_id, whom in lot])
    return WaitingNumbers(
        to_settle=number[READER],
        for_another=number[ANOTHER],
        is_all=len(lot) < LOOKED_AT,
    )


def _lots(session: Session, actor: Actor, project_id: int) -> Iterator[list[Looked]]:
    """What waits, in the order of the list: few of all that do are looked at together.

    Of the next lot somebody asks only where the actor may settle none of these.
    """
    if not may(actor, Action.CLAIM_SETTLE, project_id):
        return
    rounds = rounds_that_wait(session, project_id)
    after: Disputed | None = None
    while rounds:
        question = _in_order(actor, len(rounds), is_first=after is None)
        lot: list[Any] = rows_of(session, question, _places(actor, rounds, after))
        yield lot
        if len(lot) < LOOKED_AT:
            return
        after = max(((apart, claim_id) for apart, claim_id, _whom in lot), key=_in_place)


def _in_place(one: Disputed) -> tuple[int, int]:
    """Where a claim stands in the order of the index."""
    apart, claim_id = one
    return (1 if apart is None else -apart), claim_id


def rounds_that_wait(session: Session, project_id: int) -> Sequence[int]:
    """The rounds of a project in which a claim has all its checks and waits."""
    return [key for (key,) in rows_of(session, _rounds_that_wait(), {"here": project_id})]


@cache
def _rounds_that_wait() -> Executable:
    waits = exists().where(col(ClaimRound.round_id) == col(Round.id), literal_column(IS_COMPLETE))
    here = col(Round.project_id) == HERE
    return select(Round.id).where(here, waits).order_by(col(Round.id))


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


@of_reader
def _in_order(actor: Actor, rounds: int, *, is_first: bool) -> Executable:
    """What is looked at together, and whom each waits for."""
    looked = _looked_at(rounds, is_first=is_first).subquery()
    waits = and_(col(Claim.id) == looked.c.claim_id, col(Claim.state) == ClaimState.OPEN, visible())
    # One after the other: of a claim for somebody else nothing more is asked.
    whom = case(
        (col(Claim.id).is_(None), NOBODY),
        (is_mine(), ANOTHER),
        (has_conflict(actor), NOBODY),
        else_=READER,
    )
    return (
        select(looked.c.distance, looked.c.claim_id, whom)
        .select_from(looked)
        .join(Claim, waits, isouter=True)
        .order_by(
            func.coalesce(looked.c.distance, -1).desc(),
            col(Claim.priority).desc(),
            col(Claim.due_at).is_(None),
            col(Claim.due_at),
            looked.c.claim_id,
        )
    )


def is_mine() -> ColumnElement[bool]:
    """Whoever asks checked the claim of a question's row; the place of ``kept`` is to be filled.

    With its project, so that it is read off the index of a person's checks, where those of a thousand
    claims lie close together, and not off that of all checks.
    """
    return exists().where(
        col(_check.claim_id) == col(Claim.id),
        col(_check.project_id) == col(Claim.project_id),
        col(_check.reviewer_id) == ME,
        col(_check.submitted_version) > 0,
    )


def _is_latest() -> ColumnElement[bool]:
    return and_(
        col(ReviewVersion.review_id) == col(Review.id),
        col(ReviewVersion.number) == col(Review.submitted_version),
    )


def _answers(
    session: Session, project_id: int, keys: Sequence[int]
) -> Mapping[int, tuple[Labels, Labels]]:
    """What was answered to each claim, in the order of the scale and not of the checkers."""
    if not keys:
        return {}
    given = rows_of(session, _given(), {"keys": tuple(keys)})
    labels = vocabulary_of(session, project_id).labels
    found: dict[int, tuple[list[LabelRecord], list[LabelRecord]]] = {}
    for claim_id, *both in given:
        for label, told in zip(both, found.setdefault(claim_id, ([], [])), strict=True):
            if label is not None:
                told.append(labels[label])
    return {key: (_by_place(content), _by_place(said)) for key, (content, said) in found.items()}


def _by_place(labels: list[LabelRecord]) -> Labels:
    return tuple(sorted(labels, key=lambda label: (label.position, label.id)))


@cache
def _given() -> Executable:
    """The labels that each submitted check of some claims gave."""
    answers = col(ReviewVersion.content_label_id), col(ReviewVersion.attribution_label_id)
    return (
        select(Review.claim_id, *answers)
        .join(ReviewVersion, _is_latest())
        .where(among(Review.claim_id), Review.state == ReviewState.SUBMITTED)
        .order_by(col(Review.claim_id), col(Review.id))
    )
