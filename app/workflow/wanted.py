"""How many checks claims want, changed while work goes on: of a whole project, or of some claims.

Nothing is taken out of anybody's hands: a claim wants at least as many checks as have a place in it.
What extra checks it was given stays on top. A claim that is complete when fewer are wanted waits to
be settled like any other; it is not settled by itself, since nobody is there whose act that was.

Where a complete claim wants more again, whoever leads may have seen its checks: they cannot give
the ones that are added.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    case,
    exists,
    func,
    update,
)
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid
from app.domain.words import ClaimState, Decides
from app.storage.bars import is_known
from app.storage.locking import locked_by_key
from app.storage.projects import current_round
from app.storage.tables import (
    Claim,
    ClaimRound,
    ExtraCheck,
    Project,
    Review,
    Round,
)
from app.workflow.events import record_claim_event
from app.workflow.extra_checks import KINDS
from app.workflow.seen_by_leads import bar_who_saw
from app.workflow.tallies import ask_to_count_all, count_anew

MAX_REVIEWS = 20
# So many claims are counted anew at once; more by a job.
MOST_COUNTED = 500

Condition = ColumnElement[bool]


def check_wanted(decides: Decides, wanted: int) -> None:
    """Refuse a number of checks that a claim cannot want.

    Raises:
        Invalid: it is out of its range, or the project decides otherwise than by several checks.
    """
    if not 1 <= wanted <= MAX_REVIEWS:
        raise Invalid("project.reviews", field="reviews_wanted", limit=MAX_REVIEWS)
    if decides is not Decides.INDEPENDENT and wanted != 1:
        raise Invalid("project.one-check", field="reviews_wanted")


def want_everywhere(session: Session, project: Project, wanted: int) -> int:
    """Let every claim of a project want so many checks; the project's row is locked.

    Claims that are in another round, such as a reopened one, keep what they want. Answers how many
    claims want another number than before.
    """
    first = current_round(session, project.key)
    these = [col(ClaimRound.round_id) == first.key, *_unsettled()]
    _hold_claims(session, these)
    # Claims come in under a shared lock of their round: those that came meanwhile are among these.
    locked_by_key(session, Round, first.key).reviews_wanted = wanted
    project.reviews_wanted = wanted
    session.flush()
    return _want(session, project.key, these, wanted)


def want_of(session: Session, actor: Actor, claims: Sequence[Claim], wanted: int) -> None:
    """Let some open claims of one project, which are locked, want so many checks.

    One with a known answer is passed over in silence: nobody may tell it from others.
    """
    keys = [claim.key for claim in claims if claim.state is ClaimState.OPEN]
    if not keys:
        return
    kinds = select(Round.id).where(col(Round.kind).in_(KINDS))
    these = [col(ClaimRound.claim_id).in_(keys), col(ClaimRound.round_id).in_(kinds)]
    _want(session, claims[0].project_id, [*these, *_unsettled()], wanted)
    for claim in claims:
        if claim.state is ClaimState.OPEN:
            record_claim_event(session, actor, "claim.want", claim, wanted=wanted)


def _unsettled() -> list[Condition]:
    return [col(ClaimRound.settled_at).is_(None), ~is_known(col(ClaimRound.claim_id))]


def _hold_claims(session: Session, these: Sequence[Condition]) -> None:
    """Lock the claims in the order of their keys: whoever changes a place of one locks it too."""
    rows = (
        select(Claim.id)
        .where(col(Claim.id).in_(select(ClaimRound.claim_id).where(*these)))
        .order_by(col(Claim.id))
        .with_for_update(key_share=True)
    )
    session.exec(select(func.count()).select_from(rows.subquery())).one()


def _want(session: Session, project_id: int, these: Sequence[Condition], wanted: int) -> int:
    """Set the numbers of some claim rounds, however many: the same few statements."""
    session.flush()
    new = _new_number(wanted)
    is_complete = col(ClaimRound.reviews_done) >= col(ClaimRound.reviews_wanted)
    grows = new > col(ClaimRound.reviews_wanted)
    bar_who_saw(session, project_id, *these, is_complete, grows)
    will_be = col(ClaimRound.reviews_done) >= new
    turned = select(ClaimRound.claim_id).where(
        *these, col(ClaimRound.reviews_done) > 0, is_complete != will_be
    )
    _count_anew(session, project_id, session.exec(turned.limit(MOST_COUNTED + 1)).all())
    changed = update(ClaimRound).where(*these, col(ClaimRound.reviews_wanted) != new)
    number = _run(session, changed.values(reviews_wanted=new))
    free = select(col(ClaimRound.reviews_wanted) - _in_use()).where(
        *these, col(ClaimRound.claim_id) == col(Claim.id)
    )
    is_one = exists().where(*these, col(ClaimRound.claim_id) == col(Claim.id))
    claims = update(Claim).where(
        col(Claim.project_id) == project_id, col(Claim.state) == ClaimState.OPEN, is_one
    )
    _run(session, claims.values(slots_free=free.correlate(Claim).scalar_subquery()))
    for row in session.identity_map.values():
        if isinstance(row, (Claim, ClaimRound)):
            # What the session holds of it is old now.
            session.expire(row, ["slots_free" if isinstance(row, Claim) else "reviews_wanted"])
    return number


def _count_anew(session: Session, project_id: int, turned: Sequence[int]) -> None:
    """Agreement is told of complete claims: which those are has changed."""
    if len(turned) > MOST_COUNTED:
        ask_to_count_all(session, session.get_one(Project, project_id).public_id)
        return
    for key in turned:
        count_anew(session, key)


def _run(session: Session, statement: Any) -> int:  # noqa: ANN401 - an insert or update
    """Answers how many rows it wrote."""
    return session.execute(statement, execution_options={"synchronize_session": False}).rowcount  # type: ignore[attr-defined,no-any-return]  # a change has one


def _in_use() -> ScalarSelect[int]:
    """How many checks have a place in a claim round: given, and in somebody's hands."""
    return (
        select(func.count(col(Review.id)))
        .where(col(Review.claim_round_id) == col(ClaimRound.id), col(Review.slot).is_not(None))
        .correlate(ClaimRound)
        .scalar_subquery()
    )


def _new_number(wanted: int) -> ColumnElement[int]:
    extra = (
        select(func.count(col(ExtraCheck.id)))
        .where(col(ExtraCheck.claim_round_id) == col(ClaimRound.id))
        .correlate(ClaimRound)
        .scalar_subquery()
    )
    asked, in_use = extra + wanted, _in_use()
    return case((asked > in_use, asked), else_=in_use)
