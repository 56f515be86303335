"""Questions about who checks in a project: who could still, how much each gave, what is their share.

How much somebody gives is counted in checks that hold a place: given, and in hand. Claims whose
answer is known count as well, since nobody may tell them from others.
"""

import math
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    ScalarSelect,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
)
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.records import ProjectRecord
from app.domain.words import ClaimState, ReviewState, Role
from app.storage.aliases import alias_of
from app.storage.bars import is_known, person_is_barred
from app.storage.columns import Row
from app.storage.counts import kept
from app.storage.driver import rows_of
from app.storage.independence import may_have_seen
from app.storage.kept import HERE
from app.storage.leases import is_current
from app.storage.tables import Bar, Claim, Interest, Membership, Person, Project, Review

_here = alias_of(Membership, "ended_at", "person_id", "project_id", "role")
_had = alias_of(Review, "claim_id", "claim_round_id", "reviewer_id", "slot", "state")
_given = alias_of(Review, "project_id", "reviewer_id", "slot")
_bar = alias_of(Bar, "claim_id")
_interest = alias_of(Interest, "project_id")


def given(
    session: Session, projects: Collection[int], people: Collection[int]
) -> Mapping[tuple[int, int], int]:
    """How many checks people gave and have in hand, by the keys of project and person."""
    query = (
        select(Review.project_id, Review.reviewer_id, func.count())
        .where(
            col(Review.project_id).in_(projects),
            col(Review.reviewer_id).in_(people),
            col(Review.slot).is_not(None),
        )
        .group_by(col(Review.project_id), col(Review.reviewer_id))
    )
    return {(project, person): number for project, person, number in session.exec(query)}


def share_of(session: Session, project: ProjectRecord, person_id: int) -> tuple[int, int] | None:
    """How many checks a person gave or has, and gives at most; None where there is no most."""
    if project.most_checks is None:
        return None
    counts = given(session, [project.id], [person_id])
    return counts.get((project.id, person_id), 0), project.most_checks


def rooms(
    session: Session, projects: Collection[ProjectRecord], person_id: int
) -> Mapping[int, int]:
    """By project that has a share for each person, how many more checks one may take there."""
    most = {p.id: p.most_checks for p in projects if p.most_checks is not None}
    if not most:
        return {}
    counts = given(session, list(most), [person_id])
    return {key: max(0, limit - counts.get((key, person_id), 0)) for key, limit in most.items()}


def reviewers(project_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a key, or where one goes
    """Whether the person of a question's row checks in the project: a member who can enter."""
    return col(Person.is_active) & exists().where(
        col(_here.person_id) == col(Person.id),
        col(_here.project_id) == project_id,
        col(_here.role) == Role.REVIEWER,
        col(_here.ended_at).is_(None),
    )


def anybody_checks(project_id: int) -> ColumnElement[bool]:
    """Whether a project has a member who checks."""
    return exists(select(Person.id).where(reviewers(project_id)).correlate(None))


def could_check(session: Session, claim: Claim) -> int:
    """How many members could be lent a claim now: see ``fewer_could``."""
    values = {"here": claim.project_id, "claim": claim.key}
    return int(rows_of(session, _could_check(), values)[0][0])


@cache
def _could_check() -> Executable:
    return select(_number_who_could(HERE)).where(Claim.id == bindparam("claim", type_=Integer))


def fewer_could(
    project_id: int,
    wanted: Any,  # noqa: ANN401 - a column
    *,
    anew: bool = False,
) -> ColumnElement[bool]:
    """Whether fewer than so many members could be lent the claim of a question's row.

    Who could: whoever checks here, has not given their share, is not barred, and never had the
    claim; or had it in its round of now, and put it off or lost it. ``anew``: in a round that is
    opened over the claim now, for which nobody may have had it, nor have seen all its checks while
    it waited to be settled.

    People are asked for one by one only where so many have something to do with the claim that it
    may be: of most claims two numbers are enough.
    """
    people = _with_room(project_id).subquery()
    at_most_kept = (
        _one_number(_had, col(_had.claim_id) == col(Claim.id))
        + _one_number(_bar, col(_bar.claim_id) == col(Claim.id))
        + _one_number(_interest, col(_interest.project_id) == project_id)
    )
    if anew:
        leads = (
            select(func.count())
            .select_from(Person)
            .where(may_have_seen(col(Person.id), project_id))
        )
        is_settled = col(Claim.state) == ClaimState.SETTLED
        at_most_kept += case((is_settled, 0), else_=leads.scalar_subquery())
    all_of_them = select(func.count()).select_from(people).scalar_subquery()
    may_be = or_(all_of_them - at_most_kept < wanted, is_known(col(Claim.id), ever=True))
    return and_(may_be, _number_who_could(project_id, anew=anew) < wanted)


def _one_number(table: type[Row], condition: ColumnElement[bool]) -> ColumnElement[int]:
    query = select(func.count()).select_from(table).where(condition)
    return query.correlate(Claim).scalar_subquery()


def _with_room(project_id: Any) -> SelectOfScalar[Any]:  # noqa: ANN401 - as above
    """The keys of those who check in a project and have not given their share."""
    most = select(Project.most_checks).where(Project.id == project_id).scalar_subquery()
    number = (
        select(func.count())
        .select_from(_given)
        .where(
            col(_given.project_id) == project_id,
            col(_given.reviewer_id) == col(Person.id),
            col(_given.slot).is_not(None),
        )
        .correlate(Person)
        .scalar_subquery()
    )
    has_room = or_(most.is_(None), number < most)
    return select(Person.id).where(reviewers(project_id), has_room)


def _number_who_could(
    project_id: Any,  # noqa: ANN401 - a key, or where one goes
    *,
    anew: bool = False,
) -> ScalarSelect[int]:
    """How many could be lent the claim of a question's row."""
    has_had = [col(_had.claim_id) == col(Claim.id), col(_had.reviewer_id) == col(Person.id)]
    kept = [person_is_barred(col(Person.id))]
    if anew:
        was_told = and_(
            col(Claim.state) != ClaimState.SETTLED, may_have_seen(col(Person.id), project_id)
        )
        kept.append(was_told)
    else:
        is_over = or_(
            col(_had.state) != ReviewState.LENT, col(_had.slot).is_not(None), ~is_current(_had)
        )
        has_had.append(is_over)
    query = (
        select(func.count())
        .select_from(Person)
        .where(
            col(Person.id).in_(_with_room(project_id).correlate(None)),
            ~exists().where(*has_had).correlate(Claim, Person),
            ~or_(*kept),
        )
    )
    return query.correlate(Claim).scalar_subquery()


def even_share(session: Session, project: ProjectRecord) -> int | None:
    """How many checks each would give if all shared alike; None where nobody checks or is wanted.

    Reckoned from what everybody may know: claims on the list and checked ones, what the project
    wants of each, its sample. What was added because checks differ is not in it.
    """
    people = session.exec(
        select(func.count()).select_from(Person).where(reviewers(project.id))
    ).one()
    states = [ClaimState.OPEN.value, ClaimState.SETTLED.value]
    number = sum(kept(session, [project.id], states).values())
    wanted = number * (project.reviews_wanted + project.extra_share)
    return math.ceil(wanted / people) if people and wanted else None
