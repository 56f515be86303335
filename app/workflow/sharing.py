"""Sharing claims out by hand: each free place of them goes to one of some people.

Whoever has given least so far is next, so that all come to give alike. Nobody is given a claim that
they had, or are barred from, and nobody more than their share.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.actors import Actor
from app.domain.errors import Invalid, NotAllowed
from app.domain.permissions import Action, ask_leave, may
from app.domain.words import ClaimState
from app.storage.bars import barred_claims
from app.storage.checkers import given
from app.storage.claims import visible
from app.storage.projects import by_id
from app.storage.tables import Claim, Review
from app.workflow.lending import give, hold_people

MOST = 500
MOST_PEOPLE = 100


@dataclass(frozen=True, slots=True)
class Shares:
    """Who is given what, by the keys of claims; of the rest the public id with the reason's code.

    A claim that has places for more than could be given is in both.
    """

    given: Mapping[int, Sequence[int]] = field(default_factory=dict)
    left: tuple[tuple[str, str], ...] = ()

    def number(self, person: Actor) -> int:
        """How many checks the person is given."""
        return len(self.given.get(person.person, ()))

    @property
    def total(self) -> int:
        """How many checks are given in all."""
        return sum(map(len, self.given.values()))


def planned_shares(
    session: Session,
    actor: Actor,
    project_id: int,
    claim_ids: Sequence[str],
    *,
    people: Sequence[Actor],
) -> Shares:
    """What sharing out would do as things stand; nothing is written.

    Raises:
        Invalid: no claims or people, or too many.
        NotAllowed: the actor may not, or one of the people is no checker here.
    """
    _ask(actor, project_id, claim_ids, people)
    rows = session.exec(_chosen(project_id, claim_ids)).all()
    return _planned(session, project_id, rows, people)


def share_out(
    session: Session,
    actor: Actor,
    project_id: int,
    claim_ids: Sequence[str],
    *,
    people: Sequence[Actor],
) -> Shares:
    """Give each free place of some claims to one of some people, and tell them. Answers who got what.

    Raises:
        Invalid: no claims or people, or too many.
        NotAllowed: the actor may not, or one of the people is no checker here.
    """
    _ask(actor, project_id, claim_ids, people)
    hold_people(session, [person.person for person in people])
    query = _chosen(project_id, claim_ids).with_for_update(of=Claim, key_share=True)
    rows = {row.key: row for row in session.exec(query)}
    shares = _planned(session, project_id, list(rows.values()), people)
    for person in people:
        for key in shares.given.get(person.person, ()):
            give(session, actor, rows[key], person)
    return shares


def _ask(actor: Actor, project_id: int, claim_ids: Sequence[str], people: Sequence[Actor]) -> None:
    ask_leave(actor, Action.CLAIM_ASSIGN, project_id)
    if not claim_ids:
        raise Invalid("bulk.none")
    if len(set(claim_ids)) > MOST:
        raise Invalid("bulk.many", limit=MOST)
    if not people or len(people) > MOST_PEOPLE:
        raise Invalid("bulk.people", field="people", limit=MOST_PEOPLE)
    if not all(may(person, Action.REVIEW_TAKE, project_id) for person in people):
        raise NotAllowed("review.no-reviewer")


def _chosen(project_id: int, claim_ids: Sequence[str]) -> SelectOfScalar[Claim]:
    return (
        select(Claim)
        .where(Claim.project_id == project_id, col(Claim.public_id).in_(set(claim_ids)), visible())
        .order_by(col(Claim.id))
    )


def _planned(
    session: Session, project_id: int, rows: Sequence[Claim], people: Sequence[Actor]
) -> Shares:
    keys = [row.key for row in rows]
    closed = {person.person: _closed_to(session, person, keys) for person in people}
    counts = given(session, [project_id], list(closed))
    loads = Counter({key: counts.get((project_id, key), 0) for key in closed})
    most = by_id(session, project_id).most_checks
    shares: dict[int, list[int]] = {}
    left: list[tuple[str, str]] = []
    for row in rows:
        if row.state is not ClaimState.OPEN:
            left.append((row.public_id, "review.claim-closed"))
            continue
        able = [k for k in closed if row.key not in closed[k] and (most is None or loads[k] < most)]
        # Of two who gave as many, the one who is named first.
        chosen = sorted(able, key=lambda key: loads[key])[: row.slots_free]
        for key in chosen:
            loads[key] += 1
            shares.setdefault(key, []).append(row.key)
        if len(chosen) < max(1, row.slots_free):
            code = "review.no-place" if row.slots_free < 1 else "sharing.nobody"
            left.append((row.public_id, code))
    return Shares(shares, tuple(left))


def _closed_to(session: Session, person: Actor, keys: Collection[int]) -> set[int]:
    """Of some claims, those that a person had, in whatever round, or is barred from."""
    had = select(Review.claim_id).where(
        col(Review.claim_id).in_(keys), Review.reviewer_id == person.person
    )
    return {*session.exec(had), *barred_claims(session, person, keys)}
