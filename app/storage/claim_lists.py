"""Long lists of claims: suggestions best first, and the claims that a filter finds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.actors import Actor
from app.domain.blindness import SeenState
from app.domain.permissions import Action, may
from app.domain.records import ClaimRecord
from app.domain.words import ClaimState
from app.storage.claims import records, visible
from app.storage.tables import Agent, Claim, ClaimRound, Hop, Label, Review, Ruling

# Whether it was put off, how worth checking, its key.
Place = tuple[int, float, int]
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """Which claims are wanted; what is left empty does not matter. ``verdict`` is a label's code."""

    state: SeenState | None = None
    text: str = ""
    who: str = ""
    verdict: str = ""


def suggestions_from(
    session: Session, project_id: int, *, after: Place | None = None, limit: int = PAGE
) -> list[tuple[Place, ClaimRecord]]:
    """Suggested claims of all articles, best first, each with its place; those put off are last."""
    is_put_off = case((col(Claim.put_off_at).is_(None), 0), else_=1)
    worth = func.coalesce(col(Claim.checkworthiness), -1.0)
    query = select(Claim).where(
        Claim.project_id == project_id, Claim.state == ClaimState.CANDIDATE, visible()
    )
    if after is not None:
        last_off, last_worth, last_key = after
        query = query.where(
            or_(
                is_put_off > last_off,
                (is_put_off == last_off) & (worth < last_worth),
                (is_put_off == last_off) & (worth == last_worth) & (col(Claim.id) > last_key),
            )
        )
    rows = session.exec(query.order_by(is_put_off, worth.desc(), col(Claim.id)).limit(limit)).all()
    places = [
        (
            0 if row.put_off_at is None else 1,
            -1.0 if row.checkworthiness is None else row.checkworthiness,
            row.key,
        )
        for row in rows
    ]
    return list(zip(places, records(session, rows), strict=True))


def groups_of(session: Session, claim_ids: Sequence[int]) -> dict[int, int]:
    """Which of some claims belong to a group of the same statement, and to which."""
    query = select(Claim.id, Claim.claim_group_id).where(
        col(Claim.id).in_(claim_ids), col(Claim.claim_group_id).is_not(None)
    )
    return {key: group for key, group in session.exec(query) if key is not None and group}


def found_claims(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: ClaimFilter,
    before: int | None = None,
    limit: int = PAGE,
) -> list[ClaimRecord]:
    """Claims of a project that a filter finds, newest first, from one key on.

    States are those that the actor may see, so that no filter tells more than a page would.
    """
    query = select(Claim).where(Claim.project_id == project_id, visible())
    if before is not None:
        query = query.where(col(Claim.id) < before)
    if wanted.state is not None:
        query = query.where(*_state(actor, project_id, wanted.state))
    query = _with_words(query, wanted)
    return records(session, session.exec(query.order_by(col(Claim.id).desc()).limit(limit)).all())


def _with_words(query: SelectOfScalar[Claim], wanted: ClaimFilter) -> SelectOfScalar[Claim]:
    if wanted.text:
        query = query.where(col(Claim.text).icontains(wanted.text, autoescape=True))
    if wanted.who:
        query = query.where(
            exists()
            .where(
                col(Hop.claim_id) == col(Claim.id),
                col(Hop.claim_version) == col(Claim.version),
                col(Agent.id) == col(Hop.agent_id),
                col(Agent.name).icontains(wanted.who, autoescape=True),
            )
            .correlate(Claim)
        )
    if wanted.verdict:
        query = query.where(Claim.state == ClaimState.SETTLED, _ruled(wanted.verdict))
    return query


def _ruled(code: str) -> ColumnElement[bool]:
    """The last version of the ruling says so."""
    newer = aliased(Ruling)
    return (
        exists()
        .where(
            col(Ruling.claim_id) == col(Claim.id),
            col(Label.id) == col(Ruling.content_label_id),
            col(Label.code) == code,
            ~exists()
            .where(
                col(newer.claim_id) == col(Ruling.claim_id),
                col(newer.version) > col(Ruling.version),
            )
            .correlate(Ruling),
        )
        .correlate(Claim)
    )


def _state(actor: Actor, project_id: int, state: SeenState) -> Sequence[ColumnElement[bool]]:
    """What must hold of a claim that the actor sees in this state."""
    return _STATES[state](actor, project_id)


def _plain(state: ClaimState) -> Callable[[Actor, int], Sequence[ColumnElement[bool]]]:
    return lambda _actor, _project_id: [col(Claim.state) == state]


def _waiting(actor: Actor, project_id: int) -> Sequence[ColumnElement[bool]]:
    """Nothing waits for those to whom others' work is not shown.

    A claim of which all checks are in has no possible reviewer left: no lead is blind to it.
    """
    sees = may(actor, Action.REVIEW_SEE_ALL, project_id)
    return [col(Claim.state) == ClaimState.OPEN, _all_in() if sees else col(Claim.id) < 0]


def _unsettled(actor: Actor, project_id: int) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = [col(Claim.state) == ClaimState.OPEN]
    if may(actor, Action.REVIEW_SEE_ALL, project_id):
        rules.append(~_all_in())
    return rules


def _mine_done(actor: Actor, project_id: int) -> Sequence[ColumnElement[bool]]:
    return [*_unsettled(actor, project_id), _mine(actor)]


def _to_do(actor: Actor, project_id: int) -> Sequence[ColumnElement[bool]]:
    return [*_unsettled(actor, project_id), ~_mine(actor)]


_STATES: dict[SeenState, Callable[[Actor, int], Sequence[ColumnElement[bool]]]] = {
    SeenState.SUGGESTED: _plain(ClaimState.CANDIDATE),
    SeenState.DROPPED: _plain(ClaimState.REJECTED),
    SeenState.SETTLED: _plain(ClaimState.SETTLED),
    SeenState.TO_DO: _to_do,
    SeenState.MINE_DONE: _mine_done,
    SeenState.WAITING: _waiting,
}


def _all_in() -> ColumnElement[bool]:
    return (
        exists()
        .where(
            col(ClaimRound.claim_id) == col(Claim.id),
            col(ClaimRound.reviews_done) >= col(ClaimRound.reviews_wanted),
        )
        .correlate(Claim)
    )


def _mine(actor: Actor) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            col(Review.claim_id) == col(Claim.id),
            col(Review.reviewer_id) == actor.person_id,
            col(Review.submitted_version) > 0,
        )
        .correlate(Claim)
    )


def claims_without_place(
    session: Session, article_id: int, *, limit: int = 200
) -> list[ClaimRecord]:
    """Claims of an article that no words of its text are known for, oldest first."""
    query = (
        select(Claim)
        .where(Claim.article_id == article_id, col(Claim.snapshot_id).is_(None), visible())
        .order_by(col(Claim.id))
        .limit(limit)
    )
    return records(session, session.exec(query).all())
