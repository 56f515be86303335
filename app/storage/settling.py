"""Questions about what waits to be settled: the claims on which checks differ most first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, distinct, exists, func, literal_column
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, may
from app.domain.records import ClaimRecord, LabelRecord
from app.domain.words import ReviewState
from app.storage.claims import records, visible
from app.storage.scales import Vocabulary, label_record, vocabulary_of
from app.storage.tables import Claim, ClaimRound, Label, Review, ReviewVersion

# Written out, so that the database sees the partial index over complete claim rounds.
IS_COMPLETE = (
    "claim.state = 'open' AND claim_round.settled_at IS NULL"
    " AND claim_round.reviews_done >= claim_round.reviews_wanted"
)
# How far an answer off the scale is from one on it: as far as half of a scale of five.
OFF_SCALE = 2

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

    A claim that the actor checked waits for somebody else. Nobody is blind to a complete claim.
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
    if not may(actor, Action.CLAIM_SETTLE, project_id):
        return []
    mine = exists().where(
        col(Review.claim_id) == col(Claim.id),
        col(Review.reviewer_id) == actor.person_id,
        col(Review.submitted_version) > 0,
    )
    words = vocabulary_of(session, project_id)
    query = (
        select(Claim.id)
        .join(ClaimRound, col(ClaimRound.claim_id) == col(Claim.id))
        .join(Review, col(Review.claim_round_id) == col(ClaimRound.id))
        .join(ReviewVersion, _is_latest())
        .join(Label, col(Label.id) == words.present(col(ReviewVersion.content_label_id)))
        .where(
            Claim.project_id == project_id,
            literal_column(IS_COMPLETE),
            Review.state == ReviewState.SUBMITTED,
            visible(),
            ~mine.correlate(Claim),
        )
        .group_by(col(Claim.id))
        .order_by(
            _distance(words).desc(),
            col(Claim.priority).desc(),
            col(Claim.due_at).is_(None),
            col(Claim.due_at),
            col(Claim.id),
        )
        .limit(limit)
    )
    return [key for key in session.exec(query) if key is not None]


def _distance(words: Vocabulary) -> ColumnElement[int | None]:
    """How far the checks of a claim are apart: steps of the scale, and one for who said it."""
    off_scale = func.count(col(Label.rank)) < func.count()
    differ = func.count(distinct(col(Label.id))) > 1
    said = words.present(col(ReviewVersion.attribution_label_id))
    said_differs = func.count(distinct(said)) > 1
    return (
        func.coalesce(func.max(Label.rank) - func.min(Label.rank), 0)
        + case((and_(differ, off_scale), OFF_SCALE), else_=0)
        + case((said_differs, 1), else_=0)
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
