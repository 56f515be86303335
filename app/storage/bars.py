"""Who may not check which claim: bars set for one claim, and interests that cover many.

A bar says why one person may not check one claim any more. An interest that a person declared, in
somebody who said it or in a tag, bars them from every claim that has it, now or later.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.storage.tables import Bar, Claim, ClaimTag, Hop, Interest


def is_barred(actor: Actor, claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether the actor may not check the claim of a question's row."""
    bar = aliased(Bar)
    return or_(
        exists().where(col(bar.claim_id) == col(claim.id), col(bar.person_id) == actor.person_id),
        has_interest(actor, claim),
    )


def has_interest(actor: Actor, claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether the actor declared an interest in one who said the claim, or in one of its tags."""
    # Under names of their own: the question that this is a part of may ask the same tables.
    mine, tag, hop = aliased(Interest), aliased(ClaimTag), aliased(Hop)
    in_tag, in_agent = aliased(Interest), aliased(Interest)
    declared = (
        col(mine.person_id) == actor.person_id,
        col(mine.project_id) == col(claim.project_id),
        col(mine.retired_at).is_(None),
    )
    of_tag = exists().where(
        col(in_tag.person_id) == actor.person_id,
        col(in_tag.project_id) == col(claim.project_id),
        col(in_tag.retired_at).is_(None),
        col(tag.claim_id) == col(claim.id),
        col(tag.tag) == col(in_tag.tag),
    )
    of_agent = exists().where(
        col(in_agent.person_id) == actor.person_id,
        col(in_agent.project_id) == col(claim.project_id),
        col(in_agent.retired_at).is_(None),
        col(hop.claim_id) == col(claim.id),
        col(hop.claim_version) == col(claim.version),
        col(hop.agent_id) == col(in_agent.agent_id),
    )
    # Most people declare nothing: then no claim is looked through.
    return exists().where(*declared) & or_(of_tag, of_agent)


def barred_claims(session: Session, actor: Actor, claim_ids: Collection[int]) -> set[int]:
    """Of some claims, those that the actor may not check."""
    if actor.person_id is None or not claim_ids:
        return set()
    query = select(Claim.id).where(col(Claim.id).in_(claim_ids), is_barred(actor))
    return {key for key in session.exec(query) if key is not None}
