"""Interests that people declare up front, so that they do not check what they are involved in.

Somebody who said it, or a tag: whoever declared an interest in it is lent no claim that has it, and
settles none. An interest is never deleted. Retired, it leaves a bar for each unsettled claim that it
covered: as an outsider to those claims, its person could be shown what others answered.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, update
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, Missing
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.words import BarReason, ClaimState
from app.storage.bars import concerns
from app.storage.locking import locked
from app.storage.tables import Agent, Bar, Claim, Interest, Membership, Person, Review
from app.workflow.barring import bar_all
from app.workflow.events import record_event
from app.workflow.lending import hold_people
from app.workflow.planning import MAX_TAG, tidy_tags
from app.workflow.taking_back import let_go_of_closed

MAX_NOTE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestValues:
    """An interest as its form was filled in: in an agent, by name, or else in a tag.

    ``person_id``: the public id of whose it is, where it is not the one who declares it.
    """

    agent: str = ""
    tag: str = ""
    note: str = ""
    person_id: str | None = None


def declare(session: Session, actor: Actor, project_id: int, *, values: InterestValues) -> str:
    """Declare an interest, of one's own or, as an editor, of somebody else. Answers its public id.

    What the person has in hand of such claims and did not answer goes back; their drafts are kept.
    Declared twice, it is once.

    Raises:
        NotAllowed: somebody else's, and the actor does not manage the project.
        Invalid: neither or both named, nobody of that name, nobody of the project, a long text.
    """
    ask_leave(actor, Action.INTEREST_DECLARE, project_id)
    person_id = _person(session, actor, project_id, values.person_id)
    agent_id, tag = _of_what(session, project_id, values)
    note = " ".join(values.note.split())
    if len(note) > MAX_NOTE:
        raise Invalid("review.long", field="note", limit=MAX_NOTE)
    hold_people(session, [person_id])
    what: dict[str, Any] = {
        "project_id": project_id,
        "person_id": person_id,
        "agent_id": agent_id,
        "tag": tag,
    }
    in_force = select(Interest).where(col(Interest.retired_at).is_(None))
    known = session.exec(in_force.filter_by(**what)).first()
    if known is not None:
        return known.public_id
    row = Interest(**what, note=note, declared_by_id=actor.person_id)
    session.add(row)
    session.flush()
    _tell(
        session, actor, Action.INTEREST_DECLARE, row, back=_let_go(session, project_id, person_id)
    )
    return row.public_id


def _person(session: Session, actor: Actor, project_id: int, public_id: str | None) -> int:
    """The key of whose interest it is: somebody of the project."""
    query = select(Person.id).where(Person.public_id == public_id)
    key = actor.person if public_id is None else session.exec(query).first()
    if key == actor.person_id and key is not None:
        return key
    ask_leave(actor, Action.PROJECT_MANAGE, project_id)
    here = select(Membership.id).where(
        Membership.person_id == key,
        Membership.project_id == project_id,
        col(Membership.ended_at).is_(None),
    )
    if key is None or session.exec(here).first() is None:
        raise Invalid("interest.person", field="person")
    return key


def _of_what(
    session: Session, project_id: int, values: InterestValues
) -> tuple[int | None, str | None]:
    """The agent or the tag that is named."""
    name, tags = " ".join(values.agent.split()), tidy_tags([values.tag])
    if not name and not tags:
        raise Invalid("interest.none", field="agent")
    if name and tags:
        raise Invalid("interest.both", field="tag")
    if tags:
        if len(tags[0]) > MAX_TAG:
            raise Invalid("tag.long", field="tag", limit=MAX_TAG)
        return None, tags[0]
    agent = session.exec(
        select(Agent).where(Agent.project_id == project_id, Agent.name == name)
    ).first()
    if agent is None:
        raise Invalid("interest.agent", field="agent")
    return agent.merged_into_id or agent.key, None


def _let_go(session: Session, project_id: int, person_id: int) -> int:
    """Take back what a person, who is held, has of claims that are closed to them; how many."""
    return let_go_of_closed(session, person_id, col(Review.project_id) == project_id)


def retire(session: Session, actor: Actor, project_id: int, interest_id: str) -> None:
    """Say that an interest is none any more; what it covers now and is not settled stays closed.

    To how many claims is told nobody: those that the person has answered are not among them, and
    whoever knows how many have the tag could reckon it. Done twice, it is once.

    Raises:
        Missing: there is none in the project.
        NotAllowed: the actor does not manage the project.
    """
    ask_leave(actor, Action.PROJECT_MANAGE, project_id)
    row = locked(session, Interest, interest_id)
    if row.project_id != project_id:
        raise Missing("interest.missing")
    if row.retired_at is not None:
        return
    hold_people(session, [row.person_id])
    # One that got a tag, or was found to be somebody's, while it was in the person's hands.
    _let_go(session, project_id, row.person_id)
    _bar(session, row)
    row.retired_at = now()
    _tell(session, actor, "interest.retire", row)


def _bar(session: Session, row: Interest) -> None:
    has_checked = exists().where(
        col(Review.claim_id) == col(Claim.id),
        col(Review.reviewer_id) == row.person_id,
        col(Review.submitted_version) > 0,
    )
    pairs = (
        select(Claim.id, Interest.person_id)
        .join(Interest, col(Interest.id) == row.key)
        .where(
            Claim.project_id == row.project_id,
            col(Claim.state) != ClaimState.SETTLED,
            concerns(Interest),
            ~has_checked,
        )
    )
    _strengthen(session, row)
    bar_all(session, pairs, BarReason.INTEREST)


def _strengthen(session: Session, row: Interest) -> None:
    """Who only saw answers may still settle a claim; who has an interest in it may not."""
    covered = (
        select(Claim.id)
        .join(Interest, col(Interest.id) == row.key)
        .where(
            Claim.project_id == row.project_id,
            col(Claim.state) != ClaimState.SETTLED,
            concerns(Interest),
        )
    )
    session.execute(
        update(Bar)
        .where(
            col(Bar.person_id) == row.person_id,
            col(Bar.reason) == BarReason.UNBLINDED,
            col(Bar.claim_id).in_(covered),
        )
        .values(reason=BarReason.INTEREST)
        .execution_options(synchronize_session=False)
    )


def move_interests(session: Session, gone: Agent, kept: Agent) -> None:
    """Let interests in somebody be in who they were found to be; ``Hop`` rows have moved already.

    Whoever has an interest in either is now closed to the claims of both.
    """
    session.execute(
        update(Interest).where(col(Interest.agent_id) == gone.key).values(agent_id=kept.key)
    )
    query = select(Interest.person_id).where(
        Interest.agent_id == kept.key, col(Interest.retired_at).is_(None)
    )
    people = sorted(set(session.exec(query)))
    hold_people(session, people)
    for person_id in people:
        _let_go(session, kept.project_id, person_id)


def _tell(session: Session, actor: Actor, action: str, row: Interest, **details: int) -> None:
    record_event(
        session,
        actor,
        action,
        noun="interest",
        thing=row.public_id,
        project_id=row.project_id,
        **details,
    )
    session.flush()
