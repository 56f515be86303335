"""Which weights a project scores suggestions with: its own or those that come with Assay.

Another choice scores the suggestions anew that nobody decided about; claims that a person decided
about keep the score that they were judged by. Learning never hides a suggestion: what is suggested
at all is up to the weights that come with Assay (see ``app.extraction.rules``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import bindparam, update
from sqlmodel import Session, select

from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.lessons import WeightsRecord
from app.domain.permissions import Action, ask_leave
from app.domain.words import ClaimState
from app.extraction.checkworthy import Weights, score, shipped
from app.extraction.checkworthy.weights import weights_from
from app.storage import weights as questions
from app.storage.lessons import Scorable, suggestions_to_score
from app.storage.locking import locked_by_key
from app.storage.session import Database
from app.storage.tables import Claim, LearnedWeights, Project, WeightsUse
from app.workflow.events import record_event
from app.workflow.pieces import Pieces


@dataclass(frozen=True, slots=True)
class NewScore:
    """What other weights make of a suggestion; ``id`` is the claim's key."""

    id: int
    value: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rescored:
    """Scores of a project's suggestions by the weights with this label."""

    label: str
    scores: Sequence[NewScore]


def weights_in_use(session: Session, project_id: int) -> Weights:
    """The weights that new articles of a project are scored with."""
    return weights_named(questions.in_use(session, project_id))


def weights_named(record: WeightsRecord | None) -> Weights:
    """Weights that were learned, as the scorer wants them; None: those that come with Assay."""
    return shipped() if record is None else weights_from(record.numbers, name=record.public_id)


def rescored(session: Session, actor: Actor, project_id: int, weights_id: str | None) -> Rescored:
    """What other weights make of a project's suggestions; ask before the write begins.

    Raises:
        Missing, NotAllowed: no leave, or no such weights in the project.
    """
    ask_leave(actor, Action.WEIGHTS_LEARN, project_id)
    weights = weights_named(_learned(session, project_id, weights_id))
    parts = suggestions_to_score(session, project_id, but=weights.label)
    return Rescored(weights.label, [_scored(one, weights) for part in parts for one in part])


def put_in_use(database: Database, actor: Actor, project_id: int, *, weights_id: str | None) -> int:
    """Score a project's suggestions with other weights from now on, while others go on working.

    Scores are written in pieces, and then the choice. If this is killed between them the weights of
    before stay in use, some suggestions have the new scores, each with the name of its weights, and
    whoever chooses again, these weights or those of before, has all of them scored alike.

    Raises:
        Missing, NotAllowed: no leave, or no such weights in the project.
    """
    with database.reading() as session:
        scores = rescored(session, actor, project_id, weights_id)
    number = write_scores(database, scores)
    with database.write() as session:
        return use_weights(session, actor, project_id, weights_id=weights_id, scored=number)


def write_scores(database: Database, scores: Rescored) -> int:
    """Write down, in pieces, what ``rescored`` found. Answers of how many suggestions."""
    number, left, pieces = 0, iter(scores.scores), Pieces(database)
    while some := list(islice(left, pieces.size)):
        with pieces.write() as session:
            number += _write(session, some, scores.label)
    return number


def use_weights(
    session: Session, actor: Actor, project_id: int, *, weights_id: str | None, scored: int = 0
) -> int:
    """Score a project's suggestions with other weights from now on; None: those that come with Assay.

    ``scored``: how many ``write_scores`` wrote; what came in since is scored here. Answers how many
    suggestions were scored anew. Weights that are in use already are no change.

    Raises:
        Missing, NotAllowed: no leave, or no such weights in the project.
    """
    ask_leave(actor, Action.WEIGHTS_LEARN, project_id)
    project = locked_by_key(session, Project, project_id)
    record = _learned(session, project_id, weights_id)
    weights, number = weights_named(record), scored
    for part in suggestions_to_score(session, project_id, but=weights.label):
        number += _write(session, [_scored(one, weights) for one in part], weights.label)
    before = questions.in_use(session, project_id)
    if before != record:
        key = None if record is None else record.id
        session.add(WeightsUse(project_id=project_id, weights_id=key, by_id=actor.person_id))
        _tell(session, actor, project, before=before, now=record, scored=number)
    return number


def _tell(
    session: Session,
    actor: Actor,
    project: Project,
    *,
    before: WeightsRecord | None,
    now: WeightsRecord | None,
    scored: int,
) -> None:
    record_event(
        session,
        actor,
        "weights.use",
        noun="project",
        thing=project.public_id,
        project_id=project.key,
        weights=None if now is None else now.public_id,
        before=None if before is None else before.public_id,
        scored=scored,
    )
    session.flush()


def _learned(session: Session, project_id: int, weights_id: str | None) -> WeightsRecord | None:
    if weights_id is None:
        return None
    row = session.exec(
        select(LearnedWeights).where(
            LearnedWeights.project_id == project_id, LearnedWeights.public_id == weights_id
        )
    ).first()
    if row is None:
        raise Missing("weights.missing")
    return questions.weights_record(row)


def _scored(one: Scorable, weights: Weights) -> NewScore:
    found = score(one.signals, one.words, weights)
    return NewScore(one.id, found.value, found.reasons, found.against)


def _write(session: Session, scores: Iterable[NewScore], label: str) -> int:
    """Write scores down, of those that nobody has decided about meanwhile. Answers how many."""
    table = Claim.metadata.tables["claim"]
    statement = (
        update(table)
        .where(table.c.id == bindparam("key"), table.c.state == ClaimState.CANDIDATE)
        .values(
            checkworthiness=bindparam("value"),
            reasons=bindparam("why"),
            against=bindparam("why_not"),
            scored_with=label,
        )
    )
    rows = [
        {"key": s.id, "value": s.value, "why": list(s.reasons), "why_not": list(s.against)}
        for s in scores
    ]
    return session.connection().execute(statement, rows).rowcount
