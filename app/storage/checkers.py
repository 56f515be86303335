"""Questions about who checks in a project: who could still, how much each gave, what is their share.

How much somebody gives is counted in checks that hold a place: given, and in hand. Claims whose
answer is known count as well, since nobody may tell them from others.
"""

import math
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.domain.records import ProjectRecord
from app.domain.words import ClaimState, ReviewState, Role
from app.storage.bars import person_is_barred
from app.storage.claims import visible
from app.storage.tables import Claim, Membership, Person, Review

# Made once: to make a name for a table takes longer than to ask for its rows.
_here, _had = aliased(Membership), aliased(Review)


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


def reviewers(project_id: int) -> ColumnElement[bool]:
    """Whether the person of a question's row checks in the project: a member who can enter."""
    return col(Person.is_active) & exists().where(
        col(_here.person_id) == col(Person.id),
        col(_here.project_id) == project_id,
        col(_here.role) == Role.REVIEWER,
        col(_here.ended_at).is_(None),
    )


def could_check(session: Session, claim: Claim) -> int:
    """How many members could still be lent a claim: they do not have it and are not barred."""
    has_had = exists().where(
        col(_had.claim_id) == claim.key,
        col(_had.reviewer_id) == col(Person.id),
        (col(_had.state) != ReviewState.LENT) | col(_had.slot).is_not(None),
    )
    query = (
        select(func.count())
        .select_from(Person)
        .join(Claim, col(Claim.id) == claim.key)
        .where(reviewers(claim.project_id), ~has_had, ~person_is_barred(col(Person.id)))
    )
    return session.exec(query).one()


def even_share(session: Session, project: ProjectRecord) -> int | None:
    """How many checks each would give if all shared alike; None where nobody checks or is wanted.

    Reckoned from what everybody may know: claims on the list and checked ones, what the project
    wants of each, its sample. What was added because checks differ is not in it.
    """
    people = session.exec(
        select(func.count()).select_from(Person).where(reviewers(project.id))
    ).one()
    number = session.exec(
        select(func.count())
        .select_from(Claim)
        .where(
            Claim.project_id == project.id,
            col(Claim.state).in_([ClaimState.OPEN, ClaimState.SETTLED]),
            visible(),
        )
    ).one()
    wanted = number * (project.reviews_wanted + project.extra_share)
    return math.ceil(wanted / people) if people and wanted else None
