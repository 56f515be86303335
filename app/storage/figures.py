"""Figures about single people: only in projects that count people, and only for who may know them.

Leads see everybody's, a member their own. A check of a blind round counts for others from when its
claim has all its checks or is settled, whoever asks: before that, a number would tell a blind
checker that another one has answered. How often somebody agrees with the desk is told of settled
claims alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import NotAllowed
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave, may
from app.domain.records import PersonRecord, ProjectRecord
from app.domain.words import ClaimState, ReviewState
from app.storage.aliases import alias_of
from app.storage.counts import kept, kept_of
from app.storage.projects import members
from app.storage.scales import vocabulary_of
from app.storage.tables import Claim, ClaimRound, Review, ReviewVersion, Round, Ruling

PACE_DAYS = 28

_newer = alias_of(Ruling)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How one person's checks came along.

    Attributes:
        checks: how many they gave.
        lately: how many of them in the last PACE_DAYS days.
        seconds: the median of the time at work, of the ``timed`` checks of which it is known.
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
    """The figures of each member whom the actor may know of, by name: four questions for all.

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
    counted = _counts(session, actor, project.id)
    times = _medians(session, actor, project.id)
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
    of_project = col(Review.project_id) == project_id
    own = _own_unless_lead(actor, project_id)
    if own:
        return [of_project, *own]
    in_the_open = select(Round.id).where(
        Round.project_id == project_id, col(Round.is_blind).is_(False)
    )
    complete = or_(
        col(ClaimRound.round_id).in_(in_the_open),
        col(ClaimRound.settled_at).is_not(None),
        col(ClaimRound.reviews_done) >= col(ClaimRound.reviews_wanted),
    )
    return [of_project, or_(col(Review.reviewer_id) == actor.person_id, complete)]


def _own_unless_lead(actor: Actor, project_id: int) -> list[ColumnElement[bool]]:
    if may(actor, Action.REVIEW_SEE_ALL, project_id):
        return []
    return [col(Review.reviewer_id) == actor.person_id]


def _in_round(query: Any) -> Any:  # noqa: ANN401 - a select of any width
    return query.join(ClaimRound, col(ClaimRound.id) == col(Review.claim_round_id))


def _counts(session: Session, actor: Actor, project_id: int) -> Mapping[int, dict[str, int]]:
    given = col(Review.state) == ReviewState.SUBMITTED
    lately = given & (col(Review.submitted_at) >= now() - timedelta(days=PACE_DAYS))
    returned = col(Review.state) == ReviewState.RETURNED
    query = _in_round(
        select(Review.reviewer_id, *map(_number_of, (given, lately, returned)))
    ).where(
        *_known(actor, project_id),
        col(Review.state).in_([ReviewState.SUBMITTED, ReviewState.RETURNED]),
    )
    rows = session.exec(query.group_by(col(Review.reviewer_id)))
    return {
        key: {"checks": checks, "lately": recent, "returned": back}
        for key, checks, recent, back in rows
    }


def _medians(session: Session, actor: Actor, project_id: int) -> Mapping[int, dict[str, Any]]:
    """Of the last version of each check: the middle one of each person's times, or the middle two."""
    seconds = col(ReviewVersion.active_seconds)
    person = col(Review.reviewer_id)
    ranked = (
        _in_round(
            select(
                person.label("reviewer"),
                seconds.label("seconds"),
                func.row_number().over(order_by=seconds, partition_by=person).label("place"),
                func.count().over(partition_by=person).label("of"),
            ).join(ReviewVersion, _is_last_version())
        )
        .where(
            *_known(actor, project_id),
            Review.state == ReviewState.SUBMITTED,
            seconds.is_not(None),
        )
        .subquery()
    ).c
    # Of five the third, of four the second and the third.
    middle = (2 * ranked.place).between(ranked.of, ranked.of + 2)
    query = (
        select(ranked.reviewer, func.avg(ranked.seconds), func.max(ranked.of))
        .where(middle)
        .group_by(ranked.reviewer)
    )
    return {
        key: {"seconds": float(median), "timed": timed}
        for key, median, timed in session.exec(query)
    }


def _agreeing(session: Session, actor: Actor, project_id: int) -> Mapping[int, dict[str, int]]:
    last = (
        select(func.max(_newer.version))
        .where(col(_newer.claim_id) == col(Ruling.claim_id))
        .correlate(Ruling)
        .scalar_subquery()
    )
    words = vocabulary_of(session, project_id)
    same = words.present(col(Ruling.content_label_id)) == words.present(
        col(ReviewVersion.content_label_id)
    )
    query = (
        select(Review.reviewer_id, _number_of(same), func.count())
        .join(ReviewVersion, _is_last_version())
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .join(Ruling, col(Ruling.claim_id) == col(Claim.id))
        .where(
            Review.project_id == project_id,
            Review.state == ReviewState.SUBMITTED,
            Claim.state == ClaimState.SETTLED,
            col(Ruling.version) == last,
            *_own_unless_lead(actor, project_id),
        )
        .group_by(col(Review.reviewer_id))
    )
    return {
        key: {"agreeing": agreeing, "settled": settled}
        for key, agreeing, settled in session.exec(query)
    }


def _is_last_version() -> ColumnElement[bool]:
    return (col(ReviewVersion.review_id) == col(Review.id)) & (
        col(ReviewVersion.number) == col(Review.submitted_version)
    )


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
