"""Keeping those from checking claims who may have seen how others checked them.

What counts is what a person could have read by what they are or were, not what they looked at. Who
leads sees all checks of a claim once it is complete, and those of any claim that they could not
check themselves. A bar of the reason ``unblinded`` says so for one claim, and stays.
"""

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, col, select

from app.domain.words import BarReason, ClaimState, Role
from app.storage.independence import ever_led, may_have_seen
from app.storage.tables import Claim, ClaimRound, Membership, Person, Review, Round
from app.workflow.barring import bar_all
from app.workflow.taking_back import let_go_of_closed

Condition = ColumnElement[bool]


def bar_who_saw(session: Session, project_id: int, *these: Condition) -> None:
    """Bar admins, and who leads a project or ever led it, from the claims of some claim rounds.

    Those who gave one of the checks are left alone: nobody is lent a claim twice.
    """
    _bar(session, may_have_seen(col(Person.id), project_id), *these, _has_no_place())


def in_blind_round() -> Condition:
    """Whether the answers of a claim round are kept from those who could give one."""
    return col(ClaimRound.round_id).in_(select(Round.id).where(col(Round.is_blind)))


def bar_new_reviewer(session: Session, person: Person, project_id: int) -> None:
    """Bar one who begins to check, and leads or led, from what they could read until now.

    To be called before the role is given. An admin could check already, and so read nothing.
    """
    if person.is_admin:
        return
    led = ever_led(col(Person.id), project_id)
    these = [col(Claim.project_id) == project_id, _has_answer(), in_blind_round()]
    _bar(session, led, col(Person.id) == person.key, *these)
    let_go_of_closed(session, person.key, col(Review.project_id) == project_id)


def bar_new_admin(session: Session, person: Person) -> None:
    """The same for one who becomes admin, and so can check in every project.

    Where they could check already, nothing was open to them that still wanted checks.
    """
    led = ever_led(col(Person.id), col(Claim.project_id))
    checks = exists().where(
        col(Membership.person_id) == col(Person.id),
        col(Membership.project_id) == col(Claim.project_id),
        col(Membership.role) == Role.REVIEWER,
        col(Membership.ended_at).is_(None),
    )
    _bar(session, led, col(Person.id) == person.key, _has_answer(), in_blind_round(), ~checks)
    let_go_of_closed(session, person.key)


def bar_former_admin(session: Session, person: Person) -> None:
    """Bar one who is admin no longer from the claims that are complete: those they could read.

    Of what still wants checks an admin sees no more than any reviewer.
    """
    is_complete = col(ClaimRound.reviews_done) >= col(ClaimRound.reviews_wanted)
    is_one = col(Person.id) == person.key
    _bar(session, is_one, is_complete, in_blind_round(), _has_no_place())


def _has_no_place() -> Condition:
    """Whether a person gave no check in a claim round, and has none of it in hand."""
    return ~exists().where(
        col(Review.claim_round_id) == col(ClaimRound.id),
        col(Review.reviewer_id) == col(Person.id),
        col(Review.slot).is_not(None),
    )


def _has_answer() -> Condition:
    """Whether a claim was answered, in whatever round, by another than the person."""
    return exists().where(
        col(Review.claim_id) == col(ClaimRound.claim_id),
        col(Review.reviewer_id) != col(Person.id),
        col(Review.submitted_version) > 0,
    )


def _bar(session: Session, whom: Condition, *these: Condition) -> None:
    pairs = (
        select(ClaimRound.claim_id, Person.id)
        .select_from(ClaimRound)
        .join(Claim, col(Claim.id) == col(ClaimRound.claim_id))
        .join(Person, whom)
        .where(col(ClaimRound.settled_at).is_(None), col(Claim.state) != ClaimState.SETTLED, *these)
    )
    bar_all(session, pairs, BarReason.UNBLINDED)
