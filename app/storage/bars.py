"""Who may not check which claim: bars set for one claim, and interests that cover many.

A bar says why one person may not check one claim any more. An interest that a person declared, in
somebody who said it or in a tag, bars them from every claim that has it, now or later. Whoever may
see known answers, or could while one was known, checks no claim that has or had it.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Executable,
    and_,
    exists,
    false,
    or_,
    union,
)
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.permissions import ROLES, Action, may
from app.domain.words import BarReason
from app.storage.aliases import alias_of
from app.storage.among import among
from app.storage.driver import rows_of
from app.storage.kept import of_reader
from app.storage.tables import (
    Bar,
    Claim,
    ClaimTag,
    GoldAnswer,
    Hop,
    Interest,
    Membership,
    Person,
)

# So many claims are looked at that somebody may be barred from.
MOST_BARRED = 10_000
# Why somebody may not settle a claim either; who only saw the answers of others may.
OF_CONFLICT = (BarReason.CONFLICT, BarReason.INTEREST)

# Under names of their own, since a question that these are parts of may ask the same tables; made
# once, since making a name takes as long as asking the question. Which tables are those of the whole question
# is said outright: by itself a part looks for them one level further out only, and asks of any claim then.
_bar = alias_of(Bar, "claim_id", "person_id", "reason")
_interest = alias_of(Interest, "agent_id", "person_id", "project_id", "retired_at", "tag")
_tag = alias_of(ClaimTag, "claim_id", "project_id", "tag")
_hop = alias_of(Hop, "agent_id", "claim_id", "claim_version")
_gold = alias_of(GoldAnswer, "claim_id", "project_id", "retired_at")
_answer = alias_of(GoldAnswer, "claim_id", "created_at", "project_id")
_who = alias_of(Person, "id", "is_admin")
_role = alias_of(Membership, "ended_at", "person_id", "project_id", "role")
_any = alias_of(Interest, "agent_id", "person_id", "project_id", "retired_at", "tag")


@of_reader
def is_barred(actor: Actor, claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether the actor may not check the claim of a question's row."""
    return person_is_barred(actor.person_id, claim)


@of_reader
def is_shut_out(actor: Actor, claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether the actor may not check the claim of a question's row, and never will.

    Only then can they be shown what others answered. An interest is none of the reasons: it ends, and
    so does what it covers when a tag is taken off, or when somebody else turns out to have said it.
    """
    person_id = actor.person_id
    return or_(_has_bar(person_id, claim), could_read_answer(person_id, claim))


def _has_bar(person_id: Any, claim: type[Claim]) -> ColumnElement[bool]:  # noqa: ANN401 - a key, or a column of keys
    has_one = exists().where(col(_bar.claim_id) == col(claim.id), col(_bar.person_id) == person_id)
    return has_one.correlate_except(_bar)


def is_known(claim_id: Any, *, ever: bool = False) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Whether the claim that a column names has a known answer; with ``ever``, or had one."""
    holds = [] if ever else [col(_gold.retired_at).is_(None)]
    return exists().where(col(_gold.claim_id) == claim_id, *holds)


def is_secret_to(actor: Actor, claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether the claim has a known answer, and the actor may not know which claims are so."""
    projects = sorted(key for key in actor.roles if may(actor, Action.GOLD_SET, key))
    if actor.is_admin:
        return false()
    return and_(col(claim.project_id).not_in(projects), is_known(col(claim.id)))


def could_read_answer(
    person_id: Any,  # noqa: ANN401 - a key, or a column of keys
    claim: type[Claim] = Claim,
    *,
    is_one: bool = False,
) -> ColumnElement[bool]:
    """Whether the claim has or had a known answer, which a person may read or could at that time.

    ``is_one``: the question is about a single claim, and looks only at its answer.
    Whoever was an admin and is none any more has a bar for each instead.
    """
    led = exists().where(
        col(_role.person_id) == col(_who.id),
        col(_role.project_id) == col(_answer.project_id),
        col(_role.role).in_(ROLES[Action.GOLD_SET]),
        or_(col(_role.ended_at).is_(None), col(_role.ended_at) > col(_answer.created_at)),
    )
    answers = (
        select(_answer.claim_id)
        .join(_who, col(_who.id) == person_id)
        .where(or_(col(_who.is_admin), led))
    )
    if is_one:
        return answers.where(col(_answer.claim_id) == col(claim.id)).exists()
    # One list for a person, and empty for most: nothing is asked for each claim of a queue.
    return col(claim.id).in_(answers)


def person_is_barred(
    person_id: Any,  # noqa: ANN401 - a key, a place for one, or a column of keys
    claim: type[Claim] = Claim,
    *,
    is_one: bool = False,
) -> ColumnElement[bool]:
    """Whether a person, or the person of a question's row, may not check its claim."""
    return or_(
        _has_bar(person_id, claim),
        has_interest(person_id, claim),
        could_read_answer(person_id, claim, is_one=is_one),
    )


@of_reader
def has_conflict(actor: Actor, claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether the actor has an interest in the claim, and so may not settle it either."""
    return or_(
        exists()
        .where(
            col(_bar.claim_id) == col(claim.id),
            col(_bar.person_id) == actor.person_id,
            col(_bar.reason).in_(OF_CONFLICT),
        )
        .correlate_except(_bar),
        has_interest(actor.person_id, claim),
    )


def has_interest(person_id: Any, claim: type[Claim] = Claim) -> ColumnElement[bool]:  # noqa: ANN401 - as above
    """Whether a person declared an interest in one who said the claim, or in one of its tags."""
    has_one = (
        exists()
        .where(
            col(_interest.person_id) == person_id,
            col(_interest.project_id) == col(claim.project_id),
            col(_interest.retired_at).is_(None),
            concerns(_interest, claim),
        )
        .correlate_except(_interest)
    )
    if not isinstance(person_id, int | BindParameter):
        return has_one
    # Most people declare nothing: asked once for all claims, and then no claim is looked at.
    any_ = exists().where(col(_any.person_id) == person_id, col(_any.retired_at).is_(None))
    return any_.correlate(None) & has_one


def maybe_barred(actor: Actor, projects: Collection[int]) -> CompoundSelect[Any]:
    """The claims of some projects that the actor may be barred from, up to a number: few, for most.

    Claims with a bar, with a tag or somebody in the chain that the actor has an interest in, and
    with known answers. Whether they are barred is asked of each.
    """
    mine = [col(_any.person_id) == actor.person_id, col(_any.retired_at).is_(None)]
    of_tag = and_(col(_tag.project_id) == col(_any.project_id), col(_tag.tag) == col(_any.tag))
    every = union(
        select(_bar.claim_id).where(col(_bar.person_id) == actor.person_id),
        select(_tag.claim_id).join(_any, of_tag).where(*mine),
        select(_hop.claim_id).join(_any, col(_hop.agent_id) == col(_any.agent_id)).where(*mine),
        select(_gold.claim_id).where(col(_gold.project_id).in_(projects)),
    )
    return every.limit(MOST_BARRED)


def concerns(interest: type[Interest], claim: type[Claim] = Claim) -> ColumnElement[bool]:
    """Whether an interest, in force or not, is one in the claim as it stands now."""
    of_tag = exists().where(col(_tag.claim_id) == col(claim.id), col(_tag.tag) == col(interest.tag))
    of_agent = exists().where(
        col(_hop.claim_id) == col(claim.id),
        col(_hop.claim_version) == col(claim.version),
        col(_hop.agent_id) == col(interest.agent_id),
    )
    return or_(of_tag.correlate(claim, interest), of_agent.correlate(claim, interest))


def barred_claims(session: Session, actor: Actor, claim_ids: Collection[int]) -> set[int]:
    """Of some claims, those that the actor may not check."""
    return _those(session, actor, claim_ids, _barred(actor))


def shut_claims(session: Session, actor: Actor, claim_ids: Collection[int]) -> set[int]:
    """Of some claims, those that the actor will never check."""
    return _those(session, actor, claim_ids, _shut(actor))


def conflicting_claims(session: Session, actor: Actor, claim_ids: Collection[int]) -> set[int]:
    """Of some claims, those in which the actor has an interest."""
    return _those(session, actor, claim_ids, _conflicting(actor))


def _those(
    session: Session, actor: Actor, claim_ids: Collection[int], question: Executable
) -> set[int]:
    if actor.person_id is None or not claim_ids:
        return set()
    return {key for (key,) in rows_of(session, question, {"keys": tuple(claim_ids)})}


@of_reader
def _barred(actor: Actor) -> Executable:
    return select(col(Claim.id)).where(among(Claim.id), is_barred(actor))


@of_reader
def _shut(actor: Actor) -> Executable:
    return select(col(Claim.id)).where(among(Claim.id), is_shut_out(actor))


@of_reader
def _conflicting(actor: Actor) -> Executable:
    return select(col(Claim.id)).where(among(Claim.id), has_conflict(actor))
