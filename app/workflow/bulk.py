"""One act on many claims: what can be done is done, what cannot is named with its reason.

Each claim is decided on as by itself, in the order of their keys, so that two who act on the same
claims never wait crosswise, with one line of history for each claim. What takes milliseconds for each
is done ``in_pieces``; what is done to all alike, or to none, is one transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import is_blind
from app.domain.errors import Invalid, NotAllowed, WrongState
from app.domain.permissions import Action, ask_leave, may
from app.domain.words import ClaimState
from app.storage.claims import standings, visible
from app.storage.projects import by_id
from app.storage.session import Database
from app.storage.tables import Claim
from app.workflow.claims import PickValues, drop, pick
from app.workflow.lending import assign, hold_person
from app.workflow.pieces import Pieces
from app.workflow.planning import PlanValues, plan_rows
from app.workflow.taking_back import hold_checks
from app.workflow.wanted import check_wanted, want_of

MOST = 500
# To drop a claim or to put it on the list takes up to three milliseconds.
FEWEST = 8
# What tells somebody how far others are with a claim, and so is said in one way to the blind.
TELLING = frozenset({"review.had-before", "review.taken-over"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many claims were changed, which were so already, and which were left with what code."""

    done: int
    same: int = 0
    left: tuple[tuple[str, str], ...] = ()


Chosen = Sequence[tuple[str, ClaimState]]


def give_many(
    session: Session, actor: Actor, project_id: int, claim_ids: Sequence[str], *, person: Actor
) -> Outcome:
    """Give claims to one person to check.

    Raises:
        Invalid: none, or too many.
        NotAllowed: the actor may not, or the person is no checker here.
    """
    ask_leave(actor, Action.CLAIM_ASSIGN, project_id)
    if not may(person, Action.REVIEW_TAKE, project_id):
        raise NotAllowed("review.no-reviewer")
    # People are held before claims, as everywhere.
    hold_person(session, person)
    rows = chosen_claims(session, project_id, claim_ids)
    how = standings(session, actor, [row.key for row in rows])
    blind = {row.public_id for row in rows if is_blind(how[row.key])}
    outcome = _each(_states(rows), lambda name: assign(session, actor, name, person=person))
    left = tuple(
        (claim_id, "review.not-free" if code in TELLING and claim_id in blind else code)
        for claim_id, code in outcome.left
    )
    return Outcome(outcome.done, outcome.same, left)


def in_pieces(
    database: Database,
    project_id: int,
    claim_ids: Sequence[str],
    act: Callable[[Session, Sequence[str]], Outcome],
) -> Outcome:
    """Act on some claims after the others, in the order of their keys; what came of all of it.

    Each piece is a whole: whoever is cut off has done some of them, and acts on all again.

    Raises:
        Invalid: none, or too many.
    """
    with database.reading() as session:
        query = _chosen(project_id, claim_ids, select(Claim.public_id))
        # What is not here is nobody's to act on, and still asks leave.
        names: Sequence[str] = session.exec(query).all() or claim_ids
    pieces = Pieces(database, size=FEWEST, least=FEWEST, most=MOST)
    outcome, left = Outcome(0), iter(names)
    while some := list(islice(left, pieces.size)):
        with pieces.write() as session:
            one = act(session, some)
        outcome = Outcome(outcome.done + one.done, outcome.same + one.same, outcome.left + one.left)
    return outcome


def plan_many(
    session: Session,
    actor: Actor,
    project_id: int,
    claim_ids: Sequence[str],
    *,
    values: PlanValues,
) -> Outcome:
    """Plan claims, all alike.

    Raises:
        Invalid: none, too many, or what cannot be planned; then nothing is.
        NotAllowed: the actor may not.
    """
    ask_leave(actor, Action.CLAIM_PLAN, project_id)
    rows = chosen_claims(session, project_id, claim_ids)
    changed = plan_rows(session, actor, rows, values=values)
    return Outcome(len(changed), len(rows) - len(changed))


def want_many(
    session: Session, actor: Actor, project_id: int, claim_ids: Sequence[str], *, wanted: int
) -> Outcome:
    """Let claims on the list to check want so many checks each.

    Answers nothing of how many they have or wanted before: a checker could tell others' work by it.

    Raises:
        Invalid: none, too many, or a number that cannot be wanted here; then nothing is changed.
        NotAllowed: the actor may not.
    """
    ask_leave(actor, Action.CLAIM_ASSIGN, project_id)
    check_wanted(by_id(session, project_id).decides, wanted)
    rows = chosen_claims(session, project_id, claim_ids)
    want_of(session, actor, rows, wanted)
    left = [row.public_id for row in rows if row.state is not ClaimState.OPEN]
    return Outcome(len(rows) - len(left), left=tuple((one, "review.claim-closed") for one in left))


def drop_many(session: Session, actor: Actor, project_id: int, claim_ids: Sequence[str]) -> Outcome:
    """Drop claims.

    Raises:
        Invalid: none, or too many.
        NotAllowed: the actor may not.
    """
    ask_leave(actor, Action.CLAIM_PICK, project_id)
    # The checks of all of them first, then claims: who drops one after the other would lock a check
    # while others wait for a claim that is locked already.
    chosen = session.exec(_chosen(project_id, claim_ids, select(Claim.public_id, Claim.state)))
    rows = chosen.all()
    hold_checks(session, [name for name, _state in rows])
    return _each(rows, lambda name: drop(session, actor, name), already=ClaimState.REJECTED)


def bring_back_many(
    session: Session, actor: Actor, project_id: int, claim_ids: Sequence[str]
) -> Outcome:
    """Put suggested and dropped claims on the list to check.

    Raises:
        Invalid: none, or too many.
        NotAllowed: the actor may not.
    """
    ask_leave(actor, Action.CLAIM_PICK, project_id)
    return _each(
        _states(chosen_claims(session, project_id, claim_ids)),
        lambda name: pick(session, actor, name, values=PickValues()),
        already=ClaimState.OPEN,
    )


def _chosen(project_id: int, claim_ids: Sequence[str], query: Any) -> Any:  # noqa: ANN401 - a query
    """A query, of those of some claims that are in the project, in the order of their keys."""
    names = set(claim_ids)
    if not names:
        raise Invalid("bulk.none")
    if len(names) > MOST:
        raise Invalid("bulk.many", limit=MOST)
    return query.where(
        Claim.project_id == project_id, col(Claim.public_id).in_(names), visible()
    ).order_by(col(Claim.id))


def chosen_claims(session: Session, project_id: int, claim_ids: Sequence[str]) -> Sequence[Claim]:
    """Those of some claims that are in the project, locked in the order of their keys.

    Raises:
        Invalid: none is named, or too many are.
    """
    query = _chosen(project_id, claim_ids, select(Claim))
    rows: Sequence[Claim] = session.exec(query.with_for_update(of=Claim, key_share=True)).all()
    return rows


def _states(rows: Sequence[Claim]) -> Chosen:
    return [(row.public_id, row.state) for row in rows]


def _each(
    chosen: Chosen, act: Callable[[str], object], *, already: ClaimState | None = None
) -> Outcome:
    """Act on one after the other; a verb that refuses has changed nothing."""
    done, same = 0, 0
    left: list[tuple[str, str]] = []
    for name, state in chosen:
        if state is already:
            same += 1
            continue
        try:
            act(name)
        except (WrongState, NotAllowed) as refusal:
            left.append((name, refusal.code))
        else:
            done += 1
    return Outcome(done, same, tuple(left))
