"""How many claims with known answers somebody is to be lent before the queue runs dry.

What a person is told is to go has to hold them: a number that does not fall by one with each check
would say which of them had a known answer.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import exists, func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.gold import number_ahead
from app.domain.words import ClaimState, GoldUse, ReviewState
from app.storage.aliases import alias_of
from app.storage.bars import is_barred
from app.storage.claims import visible
from app.storage.tables import Checker, Claim, GoldAnswer, Project, Review

COUNTED = 1_000

_mine = alias_of(Review, "claim_id", "reviewer_id")


def known_ahead(
    session: Session, actor: Actor, queues: Mapping[int, tuple[int, int]]
) -> dict[int, int]:
    """By project: claims with known answers that are to come, and those that were put off.

    ``queues`` are, by the project's key, the claims of the queue that the person never had, and
    those besides that somebody else let lapse. One question where no answers are known, else four.
    """
    rules = _rules(session, queues)
    if not rules:
        return {}
    keys = list(rules)
    unseen = _unseen(session, actor, keys)
    put_off, lent = _put_off(session, actor, keys), _lent(session, actor, keys)
    found = {}
    for key, (every, secret) in rules.items():
        learning = unseen.get((key, GoldUse.TRAINING), 0)
        # No further ahead than work is counted: a keyed hash is made for every claim of these.
        free, lapsed = (min(number, COUNTED) for number in queues[key])
        mixed = number_ahead(
            bytes.fromhex(secret),
            person=actor.person,
            lent=lent.get(key, 0) + learning,
            every=every,
            hidden=unseen.get((key, GoldUse.GOLD), 0),
            free=free,
            lapsed=lapsed,
        )
        found[key] = learning + mixed + put_off.get(key, 0)
    return found


def _rules(session: Session, keys: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Of projects with known answers: how often one is mixed in, and what decides when."""
    with_some = select(GoldAnswer.project_id).where(col(GoldAnswer.retired_at).is_(None))
    query = select(Project).where(col(Project.id).in_(keys), col(Project.id).in_(with_some))
    return {row.key: (row.gold_every, row.pseudonym_key) for row in session.exec(query)}


def _unseen(session: Session, actor: Actor, keys: list[int]) -> dict[tuple[int, GoldUse], int]:
    is_mine = exists().where(
        col(_mine.claim_id) == col(Claim.id), col(_mine.reviewer_id) == actor.person
    )
    query = (
        select(GoldAnswer.project_id, GoldAnswer.use, func.count())
        .join(Claim, col(Claim.id) == col(GoldAnswer.claim_id))
        .where(
            col(GoldAnswer.project_id).in_(keys),
            col(GoldAnswer.retired_at).is_(None),
            Claim.state == ClaimState.OPEN,
            visible(),
            ~is_mine,
            ~is_barred(actor),
        )
        .group_by(col(GoldAnswer.project_id), col(GoldAnswer.use))
    )
    return {(key, GoldUse(use)): number for key, use, number in session.exec(query)}


def _put_off(session: Session, actor: Actor, keys: list[int]) -> dict[int, int]:
    query = (
        select(Review.project_id, func.count())
        .join(GoldAnswer, col(GoldAnswer.claim_id) == col(Review.claim_id))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            col(Review.project_id).in_(keys),
            Review.reviewer_id == actor.person,
            Review.state == ReviewState.LENT,
            col(Review.slot).is_(None),
            col(GoldAnswer.retired_at).is_(None),
            Claim.state == ClaimState.OPEN,
            ~is_barred(actor),
        )
        .group_by(col(Review.project_id))
    )
    return dict(session.exec(query).all())


def _lent(session: Session, actor: Actor, keys: list[int]) -> dict[int, int]:
    query = select(Checker.project_id, Checker.lent).where(
        col(Checker.project_id).in_(keys), Checker.person_id == actor.person
    )
    return dict(session.exec(query).all())
