"""Questions about what waits to be settled: the claims on which checks differ most first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sqlalchemy import ColumnElement, and_, func, literal_column
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, may
from app.domain.records import ClaimRecord, LabelRecord
from app.domain.words import ClaimState, ReviewState
from app.storage.bars import has_conflict
from app.storage.claims import records, visible
from app.storage.scales import label_record
from app.storage.tables import Claim, ClaimRound, Label, Review, ReviewVersion, Round

# Written out, so that the database sees the partial index over complete claim rounds.
IS_COMPLETE = (
    "claim_round.settled_at IS NULL AND claim_round.reviews_done >= claim_round.reviews_wanted"
)

Labels = tuple[LabelRecord, ...]


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


def _keys(session: Session, actor: Actor, project_id: int, *, limit: int) -> Sequence[int]:
    """The keys of those claims in order.

    Of all that wait few are shown: distances are counted first, which an index does alone, and only
    claims whose checks are that far apart are put in order.
    """
    if not may(actor, Action.CLAIM_SETTLE, project_id):
        return []
    waiting = waiting_rounds(actor, project_id)
    least = _least(session, waiting, limit)
    mine = [*waiting, ~has_conflict(actor)]
    found = _in_order(session, mine, least, limit)
    if len(found) < limit and least is not None:
        # Some that were counted are dropped, still coming in or of interest to the actor: others are
        # shown in their place.
        found = _in_order(session, mine, None, limit)
    return found


def waiting_rounds(actor: Actor, project_id: int) -> list[ColumnElement[bool]]:
    """Rounds that are complete and unsettled, of claims that the actor did not check."""
    rounds = select(Round.id).where(Round.project_id == project_id)
    mine = select(Review.claim_id).where(
        Review.project_id == project_id,
        Review.reviewer_id == actor.person_id,
        Review.submitted_version > 0,
    )
    return [
        col(ClaimRound.round_id).in_(rounds),
        literal_column(IS_COMPLETE),
        col(ClaimRound.claim_id).not_in(mine),
    ]


def _least(session: Session, waiting: Sequence[ColumnElement[bool]], limit: int) -> int | None:
    """The distance from which on there are as many as are wanted; None where all are needed."""
    distance = col(ClaimRound.distance)
    rows = session.exec(select(distance, func.count()).where(*waiting).group_by(distance)).all()
    known = sorted(((apart, n) for apart, n in rows if apart is not None), reverse=True)
    for (apart, _number), seen in zip(known, accumulate(n for _apart, n in known), strict=True):
        if seen >= limit:
            return apart
    return None


def _in_order(
    session: Session,
    waiting: Sequence[ColumnElement[bool]],
    least: int | None,
    limit: int,
) -> list[int]:
    distance = col(ClaimRound.distance)
    query = (
        select(Claim.id)
        .join(ClaimRound, col(ClaimRound.claim_id) == col(Claim.id))
        .where(*waiting, Claim.state == ClaimState.OPEN, visible())
        .order_by(
            distance.desc().nulls_last(),
            col(Claim.priority).desc(),
            col(Claim.due_at).is_(None),
            col(Claim.due_at),
            col(Claim.id),
        )
        .limit(limit)
    )
    if least is not None:
        query = query.where(distance >= least)
    return [key for key in session.exec(query) if key is not None]


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
