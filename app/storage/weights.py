"""Questions about the weights that were learned from a project's decisions, and which it uses."""

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.ids import PUBLIC_ID_LENGTH, is_public_id
from app.domain.lessons import SHIPPED, Gain, Lesson, Measure, WeightsRecord
from app.domain.permissions import Action, ask_leave
from app.storage.tables import Claim, LearnedWeights, Person, WeightsUse


def weights_of(session: Session, actor: Actor, project_id: int) -> list[WeightsRecord]:
    """Every version of a project's own weights, the last one first.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.WEIGHTS_LEARN, project_id)
    query = (
        select(LearnedWeights, Person.name)
        .join(Person, col(Person.id) == col(LearnedWeights.created_by_id), isouter=True)
        .where(LearnedWeights.project_id == project_id)
        .order_by(col(LearnedWeights.version).desc())
    )
    return [weights_record(row, by=name) for row, name in session.exec(query)]


def weights_record(row: LearnedWeights, *, by: str | None = None) -> WeightsRecord:
    """Weights as pages and verbs need them."""
    return WeightsRecord(
        id=row.key,
        public_id=row.public_id,
        project_id=row.project_id,
        version=row.version,
        grown_from=row.grown_from,
        numbers=row.numbers,
        seed=row.seed,
        folds=row.folds,
        counts={lesson: getattr(row, lesson.value) for lesson in Lesson},
        gain=_gain(row),
        created_at=row.created_at,
        by=by,
    )


def _gain(row: LearnedWeights) -> Gain | None:
    """What was measured; all of it is there, or nothing."""
    if row.ap_gain is None:
        return None
    ends = ("", "_low", "_high")
    return Gain(
        *(
            Measure(*(getattr(row, f"ap_{which}{end}") for end in ends))
            for which in ("before", "after", "gain")
        )
    )


def version_of(session: Session, project_id: int, label: str | None) -> int | None:
    """Which of a project's own versions a label names; None: none, no question asked."""
    name, _, _digest = (label or "").partition(":")
    if not is_public_id(name):
        return None
    query = select(LearnedWeights.version).where(
        LearnedWeights.project_id == project_id, LearnedWeights.public_id == name
    )
    return session.exec(query).first()


def is_made_here(session: Session, project_id: int, label: str) -> bool:
    """Whether a label names weights that come with Assay, or that the project learned."""
    return label.startswith(f"{SHIPPED}:") or version_of(session, project_id, label) is not None


def made_here(project_id: int) -> ColumnElement[bool]:
    """Whether such weights made the score of a claim: what an extractor scored by itself is not."""
    own = select(LearnedWeights.public_id).where(LearnedWeights.project_id == project_id)
    return or_(
        col(Claim.scored_with).startswith(f"{SHIPPED}:"),
        func.substr(col(Claim.scored_with), 1, PUBLIC_ID_LENGTH).in_(own),
    )


def in_use(session: Session, project_id: int) -> WeightsRecord | None:
    """The weights that a project scores with; None: those that come with Assay."""
    used = _last_use(session, project_id)
    if used is None or used.weights_id is None:
        return None
    return weights_record(session.get_one(LearnedWeights, used.weights_id))


def _last_use(session: Session, project_id: int) -> WeightsUse | None:
    query = select(WeightsUse).where(WeightsUse.project_id == project_id)
    return session.exec(query.order_by(col(WeightsUse.id).desc()).limit(1)).first()
