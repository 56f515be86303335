"""Questions about what a project's decisions teach."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, and_, exists, or_, union
from sqlmodel import Session, col, select

from app.domain.claim_parts import HopRecord, QuantityRecord
from app.domain.lessons import NO_CLAIM, Decided, Lesson, lesson
from app.domain.words import Amended, ClaimState, TriageDecision
from app.storage.aliases import alias_of
from app.storage.claims import hops_of, quantities_of, visible
from app.storage.counts import kept
from app.storage.tables import (
    Amendment,
    Claim,
    Label,
    Ruling,
    Triage,
)
from app.storage.weights import made_here

CHUNK = 500
PLAIN = (
    Claim.id,
    Claim.article_id,
    Claim.quote,
    Claim.text,
    Claim.state,
    Claim.signals,
    Claim.marks,
    Claim.snapshot_id,
    Claim.start,
    Claim.end,
)
TRIMS = frozenset({Amended.ENDS, Amended.WORDING, Amended.SPLIT})

_later = alias_of(Ruling, "claim_id", "version")
_joined = alias_of(Claim, "id", "merged_into_id")


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A claim that teaches something: what was measured for it, or what it can be measured by.

    ``words`` are those of the article where it stands in one, as extraction scores them. Without
    ``signals`` there are its place, its chain, its figures and its marks.
    """

    claim_id: int
    article_id: int | None
    lesson: Lesson
    words: str
    signals: Mapping[str, float]
    marks: tuple[str, ...] = ()
    hops: tuple[HopRecord, ...] = ()
    quantities: tuple[QuantityRecord, ...] = ()
    snapshot_id: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class LessonCounts:
    """How many claims teach what, and how many nothing: suggestions, and those that came by themselves.

    ``came``: claims on the list, or checked, that no person here chose.
    """

    lessons: Mapping[Lesson, int]
    suggestions: int
    came: int


@dataclass(frozen=True, slots=True)
class Scorable:
    """A suggestion as other weights can score it."""

    id: int
    words: str
    signals: Mapping[str, float]


def lesson_counts(session: Session, project_id: int) -> LessonCounts:
    """How many of a project's claims teach what; as many questions, however many claims.

    Only what somebody picked or amended is read: of what was dropped the number is enough.
    """
    lessons, waiting = dict.fromkeys(Lesson, 0), 0
    how = _how(session, project_id)
    query = select(Claim.id, Claim.state, Triage.decision).where(
        col(Claim.id).in_(_looked_at(project_id)), Claim.state != ClaimState.REJECTED
    )
    for key, state, decision in session.exec(_with_decision(query, project_id)):
        found = how.lesson(key or 0, state, decision)
        if found is not None:
            lessons[found] += 1
            waiting += state is ClaimState.CANDIDATE
    states = _number_by_state(session, project_id)
    lessons[Lesson.DROPPED] += states[ClaimState.REJECTED]
    suggestions = states.pop(ClaimState.CANDIDATE, 0) - waiting
    came = sum(states.values()) - (sum(lessons.values()) - waiting)
    return LessonCounts(lessons, suggestions, came)


def _number_by_state(session: Session, project_id: int) -> Counter[ClaimState]:
    """How many claims that stand for themselves are in each state: the kept counts, but for others."""
    # On its own the index of those that were joined to others answers it, and they are few.
    others = select(_joined.id).where(col(_joined.merged_into_id).is_not(None))
    counts = kept(session, [project_id], [state.value for state in ClaimState])
    joined = select(Claim.state).where(
        Claim.project_id == project_id, col(Claim.id).in_(others), visible()
    )
    found = Counter({ClaimState(state): number for (_project, state), number in counts.items()})
    found.subtract(ClaimState(state) for state in session.exec(joined))
    return found


def lesson_rows(session: Session, project_id: int) -> Iterator[LessonRow]:
    """Every claim of a project that teaches something, the newest first."""
    how = _how(session, project_id)
    columns: Any = (*PLAIN, Triage.decision)
    query = _decided(select(*columns), project_id).order_by(col(Claim.id).desc()).limit(CHUNK)
    rows = session.exec(query).all()
    while rows:
        bare = [row[0] for row in rows if not row[5]]
        hops, figures = hops_of(session, bare), quantities_of(session, bare)
        for key, article, quote, text, state, signals, marks, *place, decision in rows:
            found = how.lesson(key, state, decision)
            if found is not None:
                yield LessonRow(
                    key,
                    article,
                    found,
                    quote or text,
                    signals,
                    tuple(marks),
                    tuple(hops.get(key, ())),
                    tuple(figures.get(key, ())),
                    *place,
                )
        rows = session.exec(query.where(col(Claim.id) < rows[-1][0])).all()


@dataclass(frozen=True, slots=True)
class _How:
    """What was done to the claims of a project besides picking and dropping, by their keys."""

    missed: Collection[int]
    trimmed: Collection[int]
    no_claims: Collection[int]

    def lesson(self, key: int, state: ClaimState, decision: TriageDecision | None) -> Lesson | None:
        """What a claim teaches."""
        return lesson(
            Decided(
                state=state,
                decision=decision,
                is_missed=key in self.missed,
                is_trimmed=key in self.trimmed,
                is_no_claim=state is ClaimState.SETTLED and key in self.no_claims,
            )
        )


def _how(session: Session, project_id: int) -> _How:
    amended = select(Amendment.claim_id, Amendment.other_claim_id, Amendment.what).where(
        Amendment.project_id == project_id, col(Amendment.what).in_([*TRIMS, Amended.MISSED])
    )
    missed, trimmed = set[int](), set[int]()
    for key, other, what in session.exec(amended):
        (missed if what is Amended.MISSED else trimmed).add(other or key)
    is_later = exists().where(
        col(_later.claim_id) == col(Ruling.claim_id), col(_later.version) > col(Ruling.version)
    )
    no_claims = (
        select(Ruling.claim_id)
        .join(Claim, col(Claim.id) == col(Ruling.claim_id))
        .join(Label, col(Label.id) == col(Ruling.content_label_id))
        .where(
            Claim.project_id == project_id,
            # What nobody picked teaches nothing by its verdict, and most verdicts are of such claims.
            col(Claim.id).in_(_looked_at(project_id)),
            Label.code == NO_CLAIM,
            ~is_later.correlate(Ruling),
        )
    )
    return _How(missed, trimmed, set(session.exec(no_claims)))


def _standing(project_id: int) -> list[ColumnElement[bool]]:
    """Claims that stand for themselves: what one that was joined to another taught, that one does."""
    return [
        col(Claim.project_id) == project_id,
        col(Claim.merged_into_id).is_(None),
        visible(),
    ]


def _decided(query: Any, project_id: int) -> Any:  # noqa: ANN401 - a query
    """A query, of claims that somebody may have decided about, with the first decision if any."""
    return _with_decision(query, project_id).where(
        or_(
            col(Claim.state) == ClaimState.REJECTED,
            col(Claim.id).in_(_looked_at(project_id)),
        )
    )


def _with_decision(query: Any, project_id: int) -> Any:  # noqa: ANN401 - a query
    """A query of claims that stand for themselves, with the first decision about each if any."""
    first = and_(col(Triage.claim_id) == col(Claim.id), col(Triage.is_second).is_(False))
    return query.join(Triage, first, isouter=True).where(*_standing(project_id))


def _looked_at(project_id: int) -> CompoundSelect[int]:
    """The keys of claims that somebody picked, dropped or amended."""
    decided = select(Triage.claim_id).where(
        Triage.project_id == project_id, col(Triage.is_second).is_(False)
    )
    amended = (
        select(col(column))
        .where(Amendment.project_id == project_id, col(column).is_not(None))
        .where(col(Amendment.what).in_([*TRIMS, Amended.MISSED]))
        for column in (Amendment.claim_id, Amendment.other_claim_id)
    )
    return union(decided, *amended)


def suggestions_to_score(
    session: Session, project_id: int, *, but: str | None
) -> Iterator[list[Scorable]]:
    """A project's suggestions that other weights scored, learned here or shipped, in parts.

    What an extractor scored by itself is no weights' to score.
    """
    query = (
        select(Claim.id, Claim.quote, Claim.text, Claim.signals)
        .where(
            Claim.project_id == project_id,
            Claim.state == ClaimState.CANDIDATE,
            made_here(project_id),
            col(Claim.scored_with) != but,
        )
        .order_by(col(Claim.id))
        .limit(CHUNK)
    )
    after = 0
    while rows := session.exec(query.where(col(Claim.id) > after)).all():
        after = rows[-1][0] or 0
        yield [Scorable(key or 0, quote or text, signals) for key, quote, text, signals in rows]
