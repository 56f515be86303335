"""Questions about what waits for whom, and how far projects are: the same few for any number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal_column, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import SEEN_AS, SeenState
from app.domain.left import Left
from app.domain.permissions import Action, may
from app.domain.records import ProjectRecord
from app.domain.words import ClaimState, ReviewState
from app.storage.bars import has_conflict, is_barred
from app.storage.checkers import rooms
from app.storage.claim_filters import ClaimFilter
from app.storage.claim_lists import count_found
from app.storage.claims import visible
from app.storage.known_ahead import known_ahead
from app.storage.leases import is_back, is_free_again
from app.storage.left import left_to_do
from app.storage.replies import due
from app.storage.tables import Claim, ClaimRound, GoldAnswer, Review

# Written out, so that the database sees the partial index that holds the queue.
COUNTED = 1_000
IN_QUEUE = "claim.state = 'open' AND claim.slots_free > 0"

Numbers = dict[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A project as it stands for one person; what they may not do or see counts as nothing.

    Attributes:
        states: claims by the state that the person may see, as lists of claims filter them.
        in_hand: checks that are lent to the person, but for those that wait for an answer.
        returned: checks that were sent back to the person with a question.
        free: claims that the person could be lent, within their share.
        done: checks that the person gave.
        to_settle: claims that the person may settle: neither checked by them nor of interest.
        for_another: claims that wait for somebody else to settle, since the person checked them.
        overdue: claims that are not checked, and should have been by now.
        second_check: claims of which some checks are in, and not all.
        nobody_left: claims that want more checks than there are people who could give them; asked
            apart, see ``nobody_left``.
        to_update: claims whose verdict was corrected since it was published.
        to_publish: claims that are settled and stand nowhere yet.
        asked: questions to the person that they did not answer.
        replies_due: replies that are wanted today, or were before.
        flagged: claims to be looked at again, since a source of theirs changed.
    """

    states: Mapping[SeenState, int] = field(default_factory=dict)
    in_hand: int = 0
    returned: int = 0
    free: int = 0
    done: int = 0
    to_settle: int = 0
    for_another: int = 0
    overdue: int = 0
    second_check: int = 0
    nobody_left: int = 0
    to_update: int = 0
    to_publish: int = 0
    asked: int = 0
    replies_due: int = 0
    flagged: int = 0

    def claims(self, *states: SeenState) -> int:
        """How many claims are in any of these states; in all of them when none is named."""
        return sum(self.states.get(state, 0) for state in states or SeenState)


def nobody_left(session: Session, actor: Actor, project_id: int) -> int:
    """How many claims want more checks than there are people who could give them, up to a number.

    Asked of one project alone: the question takes longer than all others together.
    """
    if not may(actor, Action.CLAIM_ASSIGN, project_id):
        return 0
    wanted = ClaimFilter(left=Left.NOBODY)
    return count_found(session, actor, project_id, wanted=wanted, most=COUNTED)


def waiting(
    session: Session, actor: Actor, projects: Sequence[ProjectRecord]
) -> dict[int, Waiting]:
    """What waits for the actor in each of some projects, by the project's key."""
    keys = [project.id for project in projects]
    checking = [key for key in keys if may(actor, Action.REVIEW_TAKE, key)]
    seeing = [key for key in keys if may(actor, Action.REVIEW_SEE_ALL, key)]
    states = _states(session, actor, keys)
    mine = _my_reviews(session, actor, keys)
    queue = _in_queue(session, checking)
    not_for_me = _not_for_me(session, actor, checking)
    lapsed = _lapsed(session, actor, checking)
    complete = _complete(session, actor, seeing)
    left = left_to_do(session, actor, projects)
    shares = _shares(session, actor, [p for p in projects if p.id in checking])
    replies = due(session, actor, projects)
    free = {key: _one(queue, key) - _one(not_for_me, key) for key in checking}
    known = known_ahead(session, actor, {key: (n, _one(lapsed, key)) for key, n in free.items()})
    found: dict[int, Waiting] = {}
    for key in keys:
        in_hand, returned, done, answered = mine.get(key, (0, 0, 0, 0))
        all_in, checked_by_me, closed_to_me = complete.get(key, (0, 0, 0))
        number = free.get(key, 0) + _one(lapsed, key) + known.get(key, 0)
        found[key] = Waiting(
            states=_seen(states.get(key, {}), all_in=all_in, mine_done=answered - checked_by_me),
            in_hand=in_hand if key in checking else 0,
            returned=returned if key in checking else 0,
            free=min(number, shares.get(key, number)),
            done=done,
            to_settle=all_in - closed_to_me,
            for_another=checked_by_me,
            **{name: numbers.get(key, 0) for name, numbers in left.items()},
            replies_due=sum(replies[key]) if key in replies else 0,
        )
    return found


def _seen(states: Mapping[ClaimState, int], *, all_in: int, mine_done: int) -> dict[SeenState, int]:
    """The counts that ``domain.blindness.seen_state`` would come to, claim by claim."""
    found = {SEEN_AS[state]: n for state, n in states.items() if state is not ClaimState.OPEN}
    found[SeenState.TO_DO] = states.get(ClaimState.OPEN, 0) - all_in - mine_done
    found[SeenState.MINE_DONE] = mine_done
    found[SeenState.WAITING] = all_in
    return {state: found.get(state, 0) for state in SeenState}


def _one(numbers: Numbers, key: int) -> int:
    return numbers.get(key, (0,))[0]


def _by_project(rows: Iterable[Any]) -> Numbers:
    return {row[0]: tuple(number or 0 for number in row[1:]) for row in rows}


def _states(
    session: Session, actor: Actor, keys: Sequence[int]
) -> dict[int, dict[ClaimState, int]]:
    """Claims by state; those with known answers are no work to those who know which they are."""
    query = (
        select(Claim.project_id, Claim.state, func.count())
        .where(col(Claim.project_id).in_(keys), visible())
        .group_by(col(Claim.project_id), col(Claim.state))
    )
    found: dict[int, dict[ClaimState, int]] = {}
    for key, state, number in session.exec(query):
        found.setdefault(key, {})[ClaimState(state)] = number
    leading = [key for key in keys if may(actor, Action.GOLD_SET, key)]
    for key, (number,) in _open_and_known(session, leading).items():
        found[key][ClaimState.OPEN] -= number
    return found


def _open_and_known(session: Session, keys: Sequence[int]) -> Numbers:
    query = (
        select(GoldAnswer.project_id, func.count())
        .join(Claim, col(Claim.id) == col(GoldAnswer.claim_id))
        .where(
            col(GoldAnswer.project_id).in_(keys),
            col(GoldAnswer.retired_at).is_(None),
            Claim.state == ClaimState.OPEN,
            visible(),
        )
        .group_by(col(GoldAnswer.project_id))
    )
    return _by_project(session.exec(query))


def _my_reviews(session: Session, actor: Actor, keys: Sequence[int]) -> Numbers:
    """In hand, sent back, given, and given to claims that are not settled yet."""
    is_open = col(Claim.state) == ClaimState.OPEN
    has_slot = col(Review.slot).is_not(None)
    wanted = (
        and_(col(Review.state) == ReviewState.LENT, has_slot, is_open, is_back()),
        and_(col(Review.state) == ReviewState.RETURNED, has_slot, is_open, is_back()),
        col(Review.state) == ReviewState.SUBMITTED,
        and_(col(Review.submitted_version) > 0, is_open),
    )
    query = (
        select(Review.project_id, *map(_number_of, wanted))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(col(Review.project_id).in_(keys), Review.reviewer_id == actor.person_id)
        .group_by(col(Review.project_id))
    )
    return _by_project(session.exec(query))


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _in_queue(session: Session, keys: Sequence[int]) -> Numbers:
    query = (
        select(Claim.project_id, func.count())
        .where(col(Claim.project_id).in_(keys), literal_column(IN_QUEUE), visible())
        .group_by(col(Claim.project_id))
    )
    return _by_project(session.exec(query))


def _not_for_me(session: Session, actor: Actor, keys: Sequence[int]) -> Numbers:
    """Claims of the queue that the actor cannot be lent."""
    query = (
        select(Claim.project_id, func.count())
        .where(
            col(Claim.project_id).in_(keys),
            literal_column(IN_QUEUE),
            visible(),
            _is_closed_to(actor),
        )
        .group_by(col(Claim.project_id))
    )
    return _by_project(session.exec(query))


def _lapsed(session: Session, actor: Actor, keys: Sequence[int]) -> Numbers:
    """Claims lent to somebody else for too long, which the actor would be lent next."""
    query = (
        select(Review.project_id, func.count(func.distinct(col(Review.claim_id))))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            col(Review.project_id).in_(keys),
            is_free_again(),
            Claim.state == ClaimState.OPEN,
            # With a slot left it was counted as one of the queue.
            Claim.slots_free == 0,
            ~_is_closed_to(actor),
        )
        .group_by(col(Review.project_id))
    )
    return _by_project(session.exec(query))


def _is_closed_to(actor: Actor) -> ColumnElement[bool]:
    """The actor holds, answered or skipped the claim, or is barred from it.

    What they only put off can be lent to them again.
    """
    had = select(Review.claim_id).where(
        Review.reviewer_id == actor.person_id,
        or_(col(Review.state) != ReviewState.LENT, col(Review.slot).is_not(None)),
    )
    return or_(col(Claim.id).in_(had), is_barred(actor))


def _shares(session: Session, actor: Actor, projects: Sequence[ProjectRecord]) -> Mapping[int, int]:
    return {} if actor.person_id is None else rooms(session, projects, actor.person_id)


def _complete(session: Session, actor: Actor, keys: Sequence[int]) -> Numbers:
    """Claims whose checks are all in; those that the actor checked; those closed to them."""
    # One list, made once: SQLite would look through all checks of the actor for every claim.
    checked_by_me = col(Claim.id).in_(
        select(Review.claim_id).where(
            Review.reviewer_id == actor.person_id, col(Review.submitted_version) > 0
        )
    )
    query = (
        select(
            Claim.project_id,
            func.count(),
            _number_of(checked_by_me),
            _number_of(or_(checked_by_me, has_conflict(actor))),
        )
        .join(ClaimRound, col(ClaimRound.claim_id) == col(Claim.id))
        .where(
            col(Claim.project_id).in_(keys),
            Claim.state == ClaimState.OPEN,
            literal_column(
                "claim_round.settled_at IS NULL"
                " AND claim_round.reviews_done >= claim_round.reviews_wanted"
            ),
            visible(),
        )
        .group_by(col(Claim.project_id))
    )
    return _by_project(session.exec(query))
