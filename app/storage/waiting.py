"""Questions about what waits for whom, and how far projects are: the same few for any number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, literal_column, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import SEEN_AS, SeenState
from app.domain.left import Left
from app.domain.permissions import Action, may
from app.domain.records import ProjectRecord
from app.domain.words import ClaimState, ReviewState
from app.storage.aliases import alias_of
from app.storage.bars import has_conflict, is_barred, maybe_barred
from app.storage.checkers import rooms
from app.storage.claim_filters import ClaimFilter, conditions
from app.storage.claims import visible
from app.storage.counts import kept
from app.storage.known_ahead import known_ahead
from app.storage.leases import is_back, is_free_again
from app.storage.left import left_to_do
from app.storage.replies import due
from app.storage.tables import Claim, ClaimRound, GoldAnswer, Review

# So many claims in front of a queue are looked at where each is asked for by itself.
COUNTED = 1_000
# Written out, so that the database sees the partial index that holds the queue.
IN_QUEUE = "claim.state = 'open' AND claim.slots_free > 0"
IS_COMPLETE = (
    "claim_round.settled_at IS NULL AND claim_round.reviews_done >= claim_round.reviews_wanted"
)
# What is read of the counts that are kept, of all and of one person.
OF_ALL = (*(state.value for state in ClaimState), "queue", "complete")
OF_PEOPLE = ("had", "answered", "answered all", "checks")

_mine = alias_of(Review, "claim_id", "reviewer_id", "slot", "state", "submitted_version")

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

    Asked of one project alone, and of so many claims that are next: the question takes longer than
    all others together, and what nobody can be lent comes to stand in front of the queue.
    """
    if not may(actor, Action.CLAIM_ASSIGN, project_id):
        return 0
    of_project = col(Claim.project_id) == project_id
    # In the order in which the index holds them.
    front = select(Claim.id).where(of_project, literal_column(IN_QUEUE)).limit(COUNTED).subquery()
    is_there = col(Claim.id).in_(select(front.c.id))
    wanted = conditions(actor, project_id, ClaimFilter(left=Left.NOBODY))
    return session.exec(select(func.count()).select_from(Claim).where(is_there, *wanted)).one()


def waiting(
    session: Session, actor: Actor, projects: Sequence[ProjectRecord]
) -> dict[int, Waiting]:
    """What waits for the actor in each of some projects, by the project's key."""
    keys = [project.id for project in projects]
    checking, seeing, setting = (
        [key for key in keys if may(actor, action, key)]
        for action in (Action.REVIEW_TAKE, Action.REVIEW_SEE_ALL, Action.GOLD_SET)
    )
    counts = kept(session, keys, OF_ALL)
    mine = kept(session, keys, OF_PEOPLE, person=actor.person_id)
    known_and_open, hands = _open_and_known(session, setting), _in_hand(session, actor, checking)
    free = _free(
        session, actor, [p for p in projects if p.id in checking], counts=counts, mine=mine
    )
    closed = _of_conflict(session, actor, seeing)
    left, replies = left_to_do(session, actor, projects), due(session, actor, projects)
    found = {}
    for key in keys:
        all_in = counts.get((key, "complete"), 0) if key in seeing else 0
        checked_by_me = mine.get((key, "answered all"), 0) if key in seeing else 0
        states = _states(counts, key, known=_one(known_and_open, key))
        answered = mine.get((key, "answered"), 0)
        found[key] = Waiting(
            states=_seen(states, all_in=all_in, mine_done=answered - checked_by_me),
            in_hand=hands.get(key, (0, 0))[0],
            returned=hands.get(key, (0, 0))[1],
            free=free.get(key, 0),
            done=mine.get((key, "checks"), 0),
            to_settle=all_in - checked_by_me - _one(closed, key),
            for_another=checked_by_me,
            **{name: numbers.get(key, 0) for name, numbers in left.items()},
            replies_due=sum(replies.get(key, ())),
        )
    return found


def _free(
    session: Session,
    actor: Actor,
    projects: Sequence[ProjectRecord],
    *,
    counts: Mapping[tuple[int, str], int],
    mine: Mapping[tuple[int, str], int],
) -> dict[int, int]:
    """How many claims the actor could be lent in each of the projects where they check."""
    keys = [project.id for project in projects]
    barred, lapsed = _barred(session, actor, keys), _lapsed(session, actor, keys)
    shares = _shares(session, actor, projects)
    queues = {
        key: (
            counts.get((key, "queue"), 0) - mine.get((key, "had"), 0) - _one(barred, key),
            _one(lapsed, key),
        )
        for key in keys
    }
    known = known_ahead(session, actor, queues)
    numbers = {key: sum(queue) + known.get(key, 0) for key, queue in queues.items()}
    return {key: min(number, shares.get(key, number)) for key, number in numbers.items()}


def _seen(states: Mapping[ClaimState, int], *, all_in: int, mine_done: int) -> dict[SeenState, int]:
    """The counts that ``domain.blindness.seen_state`` would come to, claim by claim."""
    found = {SEEN_AS[state]: n for state, n in states.items() if state is not ClaimState.OPEN}
    found[SeenState.TO_DO] = states.get(ClaimState.OPEN, 0) - all_in - mine_done
    found[SeenState.MINE_DONE] = mine_done
    found[SeenState.WAITING] = all_in
    return {state: found.get(state, 0) for state in SeenState}


def _states(
    counts: Mapping[tuple[int, str], int], key: int, *, known: int
) -> dict[ClaimState, int]:
    """Claims by state; those with known answers are no work to those who know which they are."""
    states = {state: counts.get((key, state.value), 0) for state in ClaimState}
    states[ClaimState.OPEN] -= known
    return states


def _one(numbers: Numbers, key: int) -> int:
    return numbers.get(key, (0,))[0]


def _by_project(rows: Iterable[Any]) -> Numbers:
    return {row[0]: tuple(number or 0 for number in row[1:]) for row in rows}


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


def _in_hand(session: Session, actor: Actor, keys: Sequence[int]) -> Numbers:
    """Checks that are lent to the actor, and those that were sent back."""
    wanted = (
        col(Review.state) == ReviewState.LENT,
        col(Review.state) == ReviewState.RETURNED,
    )
    query = (
        select(Review.project_id, *map(_number_of, wanted))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            col(Review.project_id).in_(keys),
            Review.reviewer_id == actor.person_id,
            col(Review.state).in_([ReviewState.LENT, ReviewState.RETURNED]),
            col(Review.slot).is_not(None),
            Claim.state == ClaimState.OPEN,
            is_back(),
        )
        .group_by(col(Review.project_id))
    )
    return _by_project(session.exec(query))


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _barred(session: Session, actor: Actor, keys: Sequence[int]) -> Numbers:
    """Claims of the queue that the actor never had, and is barred from."""
    some = maybe_barred(actor, keys).subquery()
    query = (
        select(Claim.project_id, func.count())
        .join(some, some.c.claim_id == col(Claim.id))
        .where(
            # Nothing is added so that SQLite begins with the claims in question, not with the queue.
            (col(Claim.project_id) + 0).in_(keys),
            literal_column(IN_QUEUE),
            visible(),
            is_barred(actor),
            ~_was_had(actor),
        )
        .group_by(col(Claim.project_id))
    )
    return _by_project(session.exec(query)) if keys else {}


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
    return or_(_was_had(actor), is_barred(actor))


def _was_had(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        col(_mine.claim_id) == col(Claim.id),
        col(_mine.reviewer_id) == actor.person_id,
        or_(col(_mine.state) != ReviewState.LENT, col(_mine.slot).is_not(None)),
    )


def _shares(session: Session, actor: Actor, projects: Sequence[ProjectRecord]) -> Mapping[int, int]:
    return {} if actor.person_id is None else rooms(session, projects, actor.person_id)


def _of_conflict(session: Session, actor: Actor, keys: Sequence[int]) -> Numbers:
    """Claims whose checks are all in, none of them the actor's, and in which they have an interest."""
    some = maybe_barred(actor, keys).subquery()
    is_answered = exists().where(
        col(_mine.claim_id) == col(Claim.id),
        col(_mine.reviewer_id) == actor.person_id,
        col(_mine.submitted_version) > 0,
    )
    query = (
        select(Claim.project_id, func.count())
        .join(some, some.c.claim_id == col(Claim.id))
        .join(ClaimRound, col(ClaimRound.claim_id) == col(Claim.id))
        .where(
            (col(Claim.project_id) + 0).in_(keys),
            col(Claim.state) == ClaimState.OPEN,
            literal_column(IS_COMPLETE),
            visible(),
            has_conflict(actor),
            ~is_answered,
        )
        .group_by(col(Claim.project_id))
    )
    return _by_project(session.exec(query)) if keys else {}
