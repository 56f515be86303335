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
from app.storage.tables import Bar, Claim, ClaimTag, GoldAnswer, Hop, Interest

_gold = aliased(GoldAnswer)

# Under names of their own, since a question that these are parts of may ask the same tables; made
# once, since making a name takes as long as asking the question.
_bar, _mine = aliased(Bar), aliased(Interest)
_of_tag, _tag = aliased(Interest), aliased(ClaimTag)
_of_agent, _hop = aliased(Interest), aliased(Hop)


def is_barred(actor: Actor, claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether the actor may not check the claim of a question's row."""
    return or_(
        exists().where(col(_bar.claim_id) == col(claim.id), col(_bar.person_id) == actor.person_id),
        has_interest(actor, claim),
        and_(leads_known(actor, claim), is_known(col(claim.id), ever=True)),
    )


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


def has_interest(actor: Actor, claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether the actor declared an interest in one who said the claim, or in one of its tags."""
    of_tag = exists().where(
        *_declared(_of_tag, actor, claim),
        col(_tag.claim_id) == col(claim.id),
        col(_tag.tag) == col(_of_tag.tag),
    )
    of_agent = exists().where(
        *_declared(_of_agent, actor, claim),
        col(_hop.claim_id) == col(claim.id),
        col(_hop.claim_version) == col(claim.version),
        col(_hop.agent_id) == col(_of_agent.agent_id),
    )
    # Most people declare nothing: then no claim is looked through.
    return exists().where(*_declared(_mine, actor, claim)) & or_(of_tag, of_agent)


def _declared(
    interest: type[Interest], actor: Actor, claim: type[Claim]
) -> tuple[ColumnElement[bool], ...]:
    return (
        col(interest.person_id) == actor.person_id,
        col(interest.project_id) == col(claim.project_id),
        col(interest.retired_at).is_(None),
    )


def barred_claims(session: Session, actor: Actor, claim_ids: Collection[int]) -> set[int]:
    """Of some claims, those that the actor may not check."""
    if actor.person_id is None or not claim_ids:
        return set()
    query = select(Claim.id).where(col(Claim.id).in_(claim_ids), is_barred(actor))
    return {key for key in session.exec(query) if key is not None}
