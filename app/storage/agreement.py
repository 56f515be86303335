"""Questions about how far checks agree, answered from the counts that are kept of it.

Everybody who sees a project sees the counts of what is settled; leads also those of claims that have
all their checks, to which nobody is blind.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as select_any
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.agreement import Units
from app.domain.labels import Lines
from app.domain.permissions import Action, ask_leave, may
from app.domain.tallies import read_off
from app.domain.words import Basis, RoundKind, TallyQuestion
from app.storage.counts import kept_of
from app.storage.scales import vocabulary_of
from app.storage.tables import (
    AnswerTally,
    Batch,
    DeskTally,
    PairTally,
    Person,
    Round,
    TallySlice,
)

Label = Hashable
Asked = tuple[TallyQuestion, Basis]
Met = Counter[tuple[Label, Label]]
MOST_DIGITS = 8
OF_LABELS = frozenset({TallyQuestion.CONTENT, TallyQuestion.ATTRIBUTION})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What part of a project is looked at; None is all of it. ``batch`` is a public id."""

    round_number: int | None = None
    batch: str | None = None
    guideline: int | None = None

    @property
    def is_all(self) -> bool:
        """Whether everything is looked at."""
        return self == Wanted()

    @property
    def words(self) -> str:
        """As a filter of claims spells it."""
        return ",".join(str(part or "") for part in (self.round_number, self.batch, self.guideline))


def wanted(round_number: str, batch: str, guideline: str) -> Wanted:
    """What an address asks for; what can be no number is not asked for."""
    return Wanted(_number(round_number), batch or None, _number(guideline))


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdecimal() and len(word) < MOST_DIGITS else None


@dataclass(frozen=True, slots=True)
class Slice:
    """A part that counts are kept of, and that the asker may see."""

    id: int
    round_number: int | None
    round_kind: RoundKind | None
    batch: str | None
    batch_name: str | None
    guideline: int | None

    def is_in(self, wanted: Wanted) -> bool:
        """Whether it belongs to what is looked at."""
        return (
            wanted.round_number in {None, self.round_number}
            and wanted.batch in {None, self.batch}
            and wanted.guideline in {None, self.guideline}
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """The counts of what is looked at; labels as the present scales say them.

    ``available``: claims that have all their checks, or are settled; ``used``: those of them that
    two people or more answered.
    """

    units: Mapping[Asked, Units]
    is_counting: bool = False

    def of(self, question: TallyQuestion, basis: Basis) -> Units:
        """What was answered to one question."""
        return self.units.get((question, basis), {})

    @property
    def available(self) -> int:
        """How many claims there are to look at."""
        return sum(self.of(TallyQuestion.CONTENT, Basis.BLIND).values())

    @property
    def used(self) -> int:
        """How many claims there is something to compare of."""
        content = self.of(TallyQuestion.CONTENT, Basis.BLIND)
        return sum(number for answers, number in content.items() if len(answers) > 1)


@dataclass(frozen=True, slots=True)
class Checker:
    """Somebody who gave checks."""

    id: int
    public_id: str
    name: str


def slices(session: Session, actor: Actor, project_id: int) -> list[Slice]:
    """The parts of a project that the actor may see counts of.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.PROJECT_VIEW, project_id)
    query = (
        select(TallySlice, Round, Batch)
        .join(Round, col(Round.id) == col(TallySlice.round_id), isouter=True)
        .join(Batch, col(Batch.id) == col(TallySlice.batch_id), isouter=True)
        .where(TallySlice.project_id == project_id, col(TallySlice.is_old).is_(False))
        .order_by(col(TallySlice.id))
    )
    if not may(actor, Action.REVIEW_SEE_ALL, project_id):
        query = query.where(col(TallySlice.is_settled))
    return [_slice(*row) for row in session.exec(query)]


def _slice(row: TallySlice, this_round: Round | None, batch: Batch | None) -> Slice:
    return Slice(
        id=row.key,
        round_number=this_round.number if this_round else None,
        round_kind=this_round.kind if this_round else None,
        batch=batch.public_id if batch else None,
        batch_name=batch.name if batch else None,
        guideline=row.guideline_version,
    )


def compared(session: Session, project_id: int, parts: Sequence[Slice]) -> Compared:
    """What was answered in some parts of a project, which the asker may see."""
    lines = vocabulary_of(session, project_id).lines
    found: dict[Asked, Counter[tuple[Label, ...]]] = defaultdict(Counter)
    columns = col(AnswerTally.question), col(AnswerTally.basis), col(AnswerTally.pattern)
    query = (
        select_any(*columns, func.sum(col(AnswerTally.number)))
        .where(col(AnswerTally.slice_id).in_([part.id for part in parts]))
        .where(col(AnswerTally.number) > 0)
        .group_by(*columns)
    )
    for question, basis, pattern, number in session.execute(query):
        found[question, basis][_unit(question, pattern, lines)] += int(number)
    old = select(TallySlice.id).where(
        TallySlice.project_id == project_id, col(TallySlice.is_old).is_(True)
    )
    return Compared(found, is_counting=session.exec(old.limit(1)).first() is not None)


def _unit(question: TallyQuestion, pattern: str, lines: Lines) -> tuple[Label, ...]:
    if not pattern:
        return ()
    if question is TallyQuestion.SOURCES:
        return tuple(map(int, pattern.split("/")))
    words = read_off(pattern)
    if question not in OF_LABELS:
        return tuple(words)
    return tuple(sorted(lines.of(int(key)) for key in words))


def checkers(session: Session, project_id: int) -> list[Checker]:
    """Whoever gave checks of which leads may know, by name."""
    keys = kept_of(session, project_id, "checks told")
    query = select(Person.id, Person.public_id, Person.name).where(col(Person.id).in_(keys))
    rows = session.exec(query.order_by(col(Person.name), col(Person.id)))
    return [Checker(key or 0, public_id, name) for key, public_id, name in rows]


def pairs_of_people(
    session: Session, project_id: int, parts: Sequence[Slice], *, person_id: int | None = None
) -> dict[tuple[int, int], dict[Asked, Met]]:
    """What each two people answered to the same claims; for leads alone, where people are counted.

    ``person_id``: only the pairs of this one.
    """
    lines = vocabulary_of(session, project_id).lines
    columns = (
        *(col(PairTally.first_id), col(PairTally.second_id)),
        *(col(PairTally.question), col(PairTally.basis)),
        *(col(PairTally.first_label_id), col(PairTally.second_label_id)),
    )
    query = (
        select_any(*columns, func.sum(col(PairTally.number)))
        .where(col(PairTally.slice_id).in_([part.id for part in parts]))
        .where(col(PairTally.number) > 0)
        .group_by(*columns)
    )
    found: dict[tuple[int, int], dict[Asked, Met]] = {}
    for where in _pairs_of(person_id):
        rows = session.execute(query.where(*where))
        for first, second, question, basis, one, other, number in rows:
            met = found.setdefault((first, second), {}).setdefault((question, basis), Counter())
            met[lines.of(one), lines.of(other)] += int(number)
    return found


def _pairs_of(person_id: int | None) -> Sequence[Sequence[ColumnElement[bool]]]:
    """What holds of all pairs; or of those that somebody is the first of, and the second."""
    if person_id is None:
        return [()]
    # Question and basis are named since an index begins with them.
    is_first = (
        col(PairTally.question).in_(list(TallyQuestion)),
        col(PairTally.basis).in_(list(Basis)),
        col(PairTally.first_id) == person_id,
    )
    return [is_first, (col(PairTally.second_id) == person_id,)]


def people_and_desk(
    session: Session, project_id: int, parts: Sequence[Slice], *, person_id: int | None = None
) -> dict[int, dict[Asked, Met]]:
    """What people answered where the desk's verdict was what; ``person_id``: of this one alone."""
    lines = vocabulary_of(session, project_id).lines
    columns = (
        *(col(DeskTally.person_id), col(DeskTally.question), col(DeskTally.basis)),
        *(col(DeskTally.label_id), col(DeskTally.desk_label_id)),
    )
    query = (
        select_any(*columns, func.sum(col(DeskTally.number)))
        .where(col(DeskTally.slice_id).in_([part.id for part in parts]))
        .where(col(DeskTally.number) > 0)
        .group_by(*columns)
    )
    if person_id is not None:
        query = query.where(col(DeskTally.person_id) == person_id)
    found: dict[int, dict[Asked, Met]] = {}
    for person, question, basis, given, ruled, number in session.execute(query):
        met = found.setdefault(person, {}).setdefault((question, basis), Counter())
        met[lines.of(given), lines.of(ruled)] += int(number)
    return found


def names_of(session: Session, person_ids: Sequence[int]) -> dict[int, str]:
    """What some people are called, members or not any more."""
    query = select(Person.id, Person.name).where(col(Person.id).in_(person_ids))
    return {key: name for key, name in session.exec(query) if key is not None}


def patterns_with(
    session: Session, project_id: int, parts: Sequence[Slice], met: tuple[int, int]
) -> list[str]:
    """The patterns of "Is it so?", answered blind, in which an answer meets another one.

    Answers are those of the present scale; patterns are as they were given.
    """
    lines = vocabulary_of(session, project_id).lines
    query = select(AnswerTally.pattern).where(
        col(AnswerTally.slice_id).in_([part.id for part in parts]),
        AnswerTally.question == TallyQuestion.CONTENT,
        AnswerTally.basis == Basis.BLIND,
        col(AnswerTally.number) > 0,
    )
    wanted: Counter[Label] = Counter(lines.of(key) for key in met)
    return sorted(
        pattern
        for pattern in set(session.exec(query))
        if wanted <= Counter(_unit(TallyQuestion.CONTENT, pattern, lines))
    )
