"""Who may not check which claim: bars set for one claim, and interests that cover many.

A bar says why one person may not check one claim any more. An interest that a person declared, in
somebody who said it or in a tag, bars them from every claim that has it, now or later. Whoever may
see known answers checks no claim that has one.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import Action, may
from app.domain.words import BarReason
from app.storage.tables import Bar, Claim, ClaimTag, GoldAnswer, Hop, Interest

# Why somebody may not settle a claim either; who only saw the answers of others may.
OF_CONFLICT = (BarReason.CONFLICT, BarReason.INTEREST)

# Under names of their own, since a question that these are parts of may ask the same tables; made
# once, since making a name takes as long as asking the question.
_bar, _interest, _tag, _hop = aliased(Bar), aliased(Interest), aliased(ClaimTag), aliased(Hop)
_gold, _any = aliased(GoldAnswer), aliased(Interest)


def is_barred(actor: Actor, claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether the actor may not check the claim of a question's row."""
    return or_(
        person_is_barred(actor.person_id, claim),
        _leads_a_known_one(actor, claim),
    )


def is_shut_out(actor: Actor, claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether the actor may not check the claim of a question's row, and never will.

    Only then can they be shown what others answered. An interest is none of the reasons: it ends, and
    so does what it covers when a tag is taken off, or when somebody else turns out to have said it.
    """
    return or_(_has_bar(actor.person_id, claim), _leads_a_known_one(actor, claim))


def _has_bar(person_id: Any, claim: type[Claim]) -> ColumnElement[bool]:  # noqa: ANN401 - as below
    return exists().where(col(_bar.claim_id) == col(claim.id), col(_bar.person_id) == person_id)


def _leads_a_known_one(actor: Actor, claim: type[Claim]) -> ColumnElement[bool]:
    return and_(leads_known(actor, claim), is_known(col(claim.id), ever=True))


def leads_known(actor: Actor, claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether the actor may see which claims of the project have known answers, and which."""
    if actor.is_admin:
        return true()
    projects = sorted(key for key in actor.roles if may(actor, Action.GOLD_SET, key))
    return col(claim.project_id).in_(projects) if projects else false()


def is_known(claim_id: Any, *, ever: bool = False) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Whether the claim that a column names has a known answer; with ``ever``, or had one."""
    holds = [] if ever else [col(_gold.retired_at).is_(None)]
    return exists().where(col(_gold.claim_id) == claim_id, *holds)


def person_is_barred(person_id: Any, claim: type[Claim] = Claim) -> ColumnElement[bool]:  # noqa: ANN401 - a key, or a column of keys
    """Whether a person, or the person of a question's row, may not check its claim.

    Of a claim that never had a known answer: who may see those is told by roles.
    """
    return or_(_has_bar(person_id, claim), has_interest(person_id, claim))


def has_conflict(actor: Actor, claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether the actor has an interest in the claim, and so may not settle it either."""
    return or_(
        exists().where(
            col(_bar.claim_id) == col(claim.id),
            col(_bar.person_id) == actor.person_id,
            col(_bar.reason).in_(OF_CONFLICT),
        ),
        has_interest(actor.person_id, claim),
    )


def has_interest(person_id: Any, claim: type[Claim] = Claim) -> ColumnElement[bool]:  # noqa: ANN401 - as above
    """Whether a person declared an interest in one who said the claim, or in one of its tags."""
    has_one = exists().where(
        col(_interest.person_id) == person_id,
        col(_interest.project_id) == col(claim.project_id),
        col(_interest.retired_at).is_(None),
        concerns(_interest, claim),
    )
    if not isinstance(person_id, int):
        return has_one
    # Most people declare nothing: asked once for all claims, and then no claim is looked at.
    any_ = exists().where(col(_any.person_id) == person_id, col(_any.retired_at).is_(None))
    return any_.correlate(None) & has_one


def concerns(interest: type[Interest], claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether an interest, in force or not, is one in the claim as it stands now."""
    of_tag = exists().where(col(_tag.claim_id) == col(claim.id), col(_tag.tag) == col(interest.tag))
    of_agent = exists().where(
        col(_hop.claim_id) == col(claim.id),
        col(_hop.claim_version) == col(claim.version),
        col(_hop.agent_id) == col(interest.agent_id),
    )
    # Said outright: by itself a question looks for its tables one level further out only.
    return or_(of_tag.correlate(claim, interest), of_agent.correlate(claim, interest))


def barred_claims(session: Session, actor: Actor, claim_ids: Collection[int]) -> set[int]:
    """Of some claims, those that the actor may not check."""
    return _those(session, actor, claim_ids, is_barred(actor))


def shut_claims(session: Session, actor: Actor, claim_ids: Collection[int]) -> set[int]:
    """Of some claims, those that the actor will never check."""
    return _those(session, actor, claim_ids, is_shut_out(actor))


def conflicting_claims(session: Session, actor: Actor, claim_ids: Collection[int]) -> set[int]:
    """Of some claims, those in which the actor has an interest."""
    return _those(session, actor, claim_ids, has_conflict(actor))


def _those(
    session: Session, actor: Actor, claim_ids: Collection[int], holds: ColumnElement[bool]
) -> set[int]:
    if actor.person_id is None or not claim_ids:
        return set()
    query = select(Claim.id).where(col(Claim.id).in_(claim_ids), holds)
    return {key for key in session.exec(query) if key is not None}
