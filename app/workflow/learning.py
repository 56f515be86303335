"""Learning from what a desk picked and dropped which suggestions should come first.

Fitting takes seconds and happens before a write begins; ``learn`` keeps what came of it as a new
version. Whether the project uses it is decided by a person (``app.workflow.weights``).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import func
from sqlmodel import Session, select

from app.domain.actors import Actor
from app.domain.errors import Invalid
from app.domain.ids import new_public_id
from app.domain.lessons import Gain, Lesson, Measure, WeightsRecord
from app.domain.permissions import Action, ask_leave
from app.extraction.checkworthy import shipped
from app.storage.lessons import LessonRow, lesson_rows
from app.storage.locking import locked_by_key
from app.storage.tables import LearnedWeights, Project
from app.storage.weights import weights_record
from app.workflow.events import record_event

if TYPE_CHECKING:
    from app.extraction.checkworthy.fitting import Example
    from app.extraction.checkworthy.measures import Interval

LEAST = 10
# A fit to so many takes some seconds still.
MOST = 3_000
SEED = 20_261_126
FOLDS = 5

Taught = tuple[Lesson, "Example"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """Weights that were fitted, of what, and how much better they are; ``name`` is their public id.

    ``gain`` is None where the decisions are of too few articles to measure by.
    """

    name: str
    numbers: Mapping[str, Any]
    grown_from: str
    counts: Mapping[Lesson, int] = field(default_factory=dict)
    seed: int = SEED
    folds: int = 0
    gain: Gain | None = None


def lessons(session: Session, actor: Actor, project_id: int) -> list[Taught]:
    """What the project's decisions teach, each as the fit wants it; of very many, the newest claims.

    Raises:
        Missing, NotAllowed: no leave.
    """
    from app.workflow.lesson_signals import signals_of_lessons  # noqa: PLC0415 - the grammar is slow to load

    ask_leave(actor, Action.WEIGHTS_LEARN, project_id)
    newest = list(islice(lesson_rows(session, project_id), MOST))
    signals = signals_of_lessons(session, newest)
    return [
        (row.lesson, _example(row, signals[row.claim_id]))
        for row in reversed(newest)
        if row.claim_id in signals
    ]


def fitted(taught: Sequence[Taught]) -> Learnt:
    """Fit weights to what was decided, beginning with those that come with Assay.

    Raises:
        Invalid: too few were picked, or too few dropped.
    """
    # Only for who learns: numpy takes 12 MB.
    from app.extraction.checkworthy.fitting import fit  # noqa: PLC0415 - see above
    from app.extraction.checkworthy.measures import cross_validated  # noqa: PLC0415 - see above

    counts = Counter(lesson for lesson, _example in taught)
    if any(missing(counts).values()):
        raise Invalid("weights.few", limit=LEAST, **missing(counts))
    examples = [example for _lesson, example in taught]
    name, prior = new_public_id(), shipped()
    folds = min(FOLDS, len({example.group for example in examples}))
    measured = None
    if folds > 1:
        found = cross_validated(examples, prior=prior, folds=folds, seed=SEED)
        measured = Gain(*(_measure(one) for one in (found.before, found.after, found.gain)))
    return Learnt(
        name=name,
        numbers=fit(examples, prior=prior, name=name).as_json_dict(),
        grown_from=prior.label,
        counts={lesson: counts[lesson] for lesson in Lesson},
        folds=folds if measured else 0,
        gain=measured,
    )


def missing(counts: Mapping[Lesson, int]) -> dict[str, int]:
    """How many more must be picked, and dropped, before there is something to learn from."""
    wanted = sum(number for lesson, number in counts.items() if lesson.is_for)
    dropped = counts.get(Lesson.DROPPED, 0)
    return {"picked": max(0, LEAST - wanted), "dropped": max(0, LEAST - dropped)}


def learn(session: Session, actor: Actor, project_id: int, *, values: Learnt) -> WeightsRecord:
    """Keep fitted weights as a new version; which ones are used stays as it is.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.WEIGHTS_LEARN, project_id)
    locked_by_key(session, Project, project_id)
    last = select(func.max(LearnedWeights.version)).where(LearnedWeights.project_id == project_id)
    row = LearnedWeights(
        public_id=values.name,
        project_id=project_id,
        version=(session.exec(last).one() or 0) + 1,
        grown_from=values.grown_from,
        numbers=dict(values.numbers),
        seed=values.seed,
        folds=values.folds,
        created_by_id=actor.person_id,
    )
    counts: dict[str, float] = {lesson.value: values.counts.get(lesson, 0) for lesson in Lesson}
    for name, value in (counts | _columns(values.gain)).items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    record_event(
        session,
        actor,
        Action.WEIGHTS_LEARN,
        noun="weights",
        thing=row.public_id,
        project_id=project_id,
        version=row.version,
    )
    session.flush()
    return weights_record(row)


def _columns(gain: Gain | None) -> dict[str, float]:
    if gain is None:
        return {}
    named = (("before", gain.before), ("after", gain.after), ("gain", gain.gain))
    return {
        f"ap_{which}{end}": value
        for which, one in named
        for end, value in (("", one.value), ("_low", one.low), ("_high", one.high))
    }


def _measure(interval: "Interval") -> Measure:
    return Measure(*(round(n, 4) for n in (interval.value, interval.low, interval.high)))


def _example(row: LessonRow, signals: Mapping[str, float]) -> "Example":
    from app.extraction.checkworthy.fitting import Example  # noqa: PLC0415 - as in fitted

    # A claim without an article is a fold's group of its own.
    group = f"article {row.article_id}" if row.article_id else f"claim {row.claim_id}"
    return Example(signals, row.words, int(row.lesson.is_for), group)
