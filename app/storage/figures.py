"""Figures about single people: only in projects that count people, and only for who may know them.

Leads see everybody's, a member their own. A check of a blind round counts for others from when its
claim has all its checks or is settled, whoever asks: before that, a number would tell a blind
checker that another one has answered. How often somebody agrees with the desk is told of settled
claims alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import repeat
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, func, or_, union_all
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import NotAllowed
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave, may
from app.domain.records import PersonRecord, ProjectRecord
from app.domain.words import Basis, ReviewState, TallyQuestion
from app.storage.counts import kept, kept_of
from app.storage.kept import HERE, ME, given
from app.storage.projects import members
from app.storage.scales import vocabulary_of
from app.storage.tables import (
    ClaimRound,
    DeskTally,
    Review,
    ReviewVersion,
    Round,
    TallySlice,
)

PACE_DAYS = 28
# Of so many of each person's newest checks times are looked at, of so many people by one question.
MOST_TIMED = 100
AT_ONCE = 50
PLACES = tuple(f"person{number}" for number in range(AT_ONCE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How one person's checks came along.

    Attributes:
        checks: how many they gave.
        lately: how many of them in the last PACE_DAYS days.
        seconds: the median of the time at work, of the ``timed`` ones of the newest of which it is known.
        returned: how many of them lie with the person again, with a question.
        agreeing: how many of the ``settled`` ones say what the desk's verdict says.
    """

    checks: int = 0
    lately: int = 0
    seconds: float | None = None
    timed: int = 0
    returned: int = 0
    agreeing: int = 0
    settled: int = 0

    @property
    def per_week(self) -> float:
        """Checks a week, lately."""
        return 7 * self.lately / PACE_DAYS


def people_figures(
    session: Session, actor: Actor, project: ProjectRecord
) -> list[tuple[PersonRecord, Figures]]:
    """The figures of each member whom the actor may know of, by name: the same few questions for all.

    Raises:
        Missing: the actor may not know of the project.
        NotAllowed: the project counts nobody.
    """
    ask_leave(actor, Action.PROJECT_VIEW, project.id)
    if not project.counts_people:
        raise NotAllowed("figures.off")
    people = members(session, project.id)
    if not may(actor, Action.REVIEW_SEE_ALL, project.id):
        people = [person for person in people if person.id == actor.person_id]
    keys = [person.id for person in people]
    counted = _counts(session, actor, project, keys)
    times = _medians(session, actor, project.id, keys)
    agreed = _agreeing(session, actor, project.id)
    return [
        (
            person,
            Figures(
                **counted.get(person.id, {}),
                **times.get(person.id, {}),
                **agreed.get(person.id, {}),
            ),
        )
        for person in people
    ]


def checks_by_member(session: Session, actor: Actor, project: ProjectRecord) -> dict[int, int]:
    """How many checks each person gave, by the person's key; of others for leads alone."""
    if not project.counts_people:
        return {}
    found = {}
    if may(actor, Action.REVIEW_SEE_ALL, project.id):
        found = kept_of(session, project.id, "checks told")
    if actor.person_id is not None:
        mine = kept(session, [project.id], ["checks"], person=actor.person_id)
        found |= dict.fromkeys([actor.person_id] if mine else [], sum(mine.values()))
    return found


def _known(actor: Actor, project_id: int) -> list[ColumnElement[bool]]:
    """Which checks count for the actor; ``ClaimRound`` is joined."""
    sees_all = may(actor, Action.REVIEW_SEE_ALL, project_id)
    return _known_to(actor.person_id, project_id, sees_all=sees_all)


def _known_to(person: Any, project: Any, *, sees_all: bool) -> list[ColumnElement[bool]]:  # noqa: ANN401 - keys, or places for them
    of_project = col(Review.project_id) == project
    is_own = col(Review.reviewer_id) == person
    if not sees_all:
        return [of_project, is_own]
    in_the_open = select(Round.id).where(
        col(Round.project_id) == project, col(Round.is_blind).is_(False)
    )
    complete = or_(
        col(ClaimRound.round_id).in_(in_the_open),
        col(ClaimRound.settled_at).is_not(None),
        col(ClaimRound.reviews_done) >= col(ClaimRound.reviews_wanted),
    )
    return [of_project, or_(is_own, complete)]


def _in_round(query: Any) -> Any:  # noqa: ANN401 - a select of any width
    return query.join(ClaimRound, col(ClaimRound.id) == col(Review.claim_round_id))


def _counts(
    session: Session, actor: Actor, project: ProjectRecord, people: Sequence[int]
) -> Mapping[int, dict[str, int]]:
    """Checks are read off the counts that are kept; of those given lately an index holds the place."""
    since = now() - timedelta(days=PACE_DAYS)
    theirs = (*_known(actor, project.id), col(Review.reviewer_id).in_(people))
    checks = checks_by_member(session, actor, project)
    recent = (col(Review.state) == ReviewState.SUBMITTED, col(Review.submitted_at) >= since)
    lately = _number_by_person(session, *theirs, *recent)
    returned = _number_by_person(session, *theirs, col(Review.state) == ReviewState.RETURNED)
    return {
        key: {
            "checks": checks.get(key, 0),
            "lately": lately.get(key, 0),
            "returned": returned.get(key, 0),
        }
        for key in people
    }


def _number_by_person(session: Session, *where: ColumnElement[bool]) -> dict[int, int]:
    query = _in_round(select(Review.reviewer_id, func.count())).where(*where)
    return dict(session.exec(query.group_by(col(Review.reviewer_id))).all())


def _medians(
    session: Session, actor: Actor, project_id: int, people: Sequence[int]
) -> Mapping[int, dict[str, Any]]:
    """Of the last versions of the newest checks of each person: the middle one of the known times.

    Of four times it is between the middle two.
    """
    times: dict[int, list[int]] = defaultdict(list)
    query = _newest(sees_all=may(actor, Action.REVIEW_SEE_ALL, project_id))
    for first in range(0, len(people), AT_ONCE):
        some = people[first : first + AT_ONCE]
        # The question is the same for fewer: the places that are left are nobody's.
        theirs = dict(zip(PLACES, [*some, *repeat(0, AT_ONCE - len(some))], strict=True))
        places = {**given(actor, project_id), **theirs, "most": MOST_TIMED}
        for person, seconds in session.execute(query, places):
            if seconds is not None:
                times[person].append(seconds)
    return {
        key: {"seconds": float(median(some)), "timed": len(some)} for key, some in times.items()
    }


@cache
def _newest(*, sees_all: bool) -> Any:  # noqa: ANN401 - a query
    """The times of the newest checks of some people, of whom others' count for leads alone."""
    parts, most = [], bindparam("most", type_=Integer)
    for place in PLACES:
        of_last = select(Review.reviewer_id, ReviewVersion.active_seconds).join(
            ReviewVersion, _is_last_version()
        )
        theirs = _in_round(of_last).where(
            *_known_to(ME, HERE, sees_all=sees_all),
            col(Review.reviewer_id) == bindparam(place, type_=Integer),
            Review.state == ReviewState.SUBMITTED,
        )
        newest = theirs.order_by(col(Review.submitted_at).desc()).limit(most).subquery()
        parts.append(select(newest))
    return union_all(*parts)


def _agreeing(session: Session, actor: Actor, project_id: int) -> Mapping[int, dict[str, int]]:
    """Read off what is counted of agreement: each answer that holds now beside the desk's."""
    lines = vocabulary_of(session, project_id).lines
    columns = (col(DeskTally.person_id), col(DeskTally.label_id), col(DeskTally.desk_label_id))
    query = (
        select(*columns, func.sum(col(DeskTally.number)))
        .join(TallySlice, col(TallySlice.id) == col(DeskTally.slice_id))
        .where(
            TallySlice.project_id == project_id,
            col(TallySlice.is_old).is_(False),
            DeskTally.question == TallyQuestion.CONTENT,
            DeskTally.basis == Basis.FINAL,
            col(DeskTally.number) > 0,
        )
        .group_by(*columns)
    )
    if not may(actor, Action.REVIEW_SEE_ALL, project_id):
        query = query.where(col(DeskTally.person_id) == actor.person_id)
    found: dict[int, dict[str, int]] = {}
    for person, said, ruled, number in session.exec(query):
        counts = found.setdefault(person, {"agreeing": 0, "settled": 0})
        counts["settled"] += int(number)
        counts["agreeing"] += int(number) if lines.of(said) == lines.of(ruled) else 0
    return found


def _is_last_version() -> ColumnElement[bool]:
    return (col(ReviewVersion.review_id) == col(Review.id)) & (
        col(ReviewVersion.number) == col(Review.submitted_version)
    )
