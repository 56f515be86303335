"""Questions about what is left to do: claims that want something, and questions to somebody.

Blindness: that some checks of a claim are in is told only of claims to which the actor is not
blind, and only to those who see all checks. What was published, and that a verdict was corrected,
is known to all of a settled claim: while one is checked anew nothing is to be put right in a piece.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, literal_column, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.ids import now
from app.domain.left import Left
from app.domain.permissions import Action, may
from app.domain.records import ProjectRecord
from app.domain.words import ClaimState, Decides, ReviewState
from app.storage.bars import is_secret_to
from app.storage.blind import is_blind_to
from app.storage.checkers import anybody_checks, fewer_could
from app.storage.claims import visible
from app.storage.comments import asked_and_open
from app.storage.counts import kept, kept_before, part_of
from app.storage.flags import number_flagged
from app.storage.second_checks import second_checks
from app.storage.tables import (
    Claim,
    ClaimRound,
    Comment,
    Publication,
    PublishedClaim,
    Review,
    Ruling,
)

Condition = ColumnElement[bool]
# What is not checked to its end can be late.
UNFINISHED = (ClaimState.CANDIDATE, ClaimState.OPEN)
# The same written out, so that the database sees the partial index that holds only these.
CAN_BE_LATE = "claim.state IN ('candidate', 'open')"


def wants(actor: Actor, left: Left) -> list[Condition]:
    """What must hold of a claim of which this is left; who may know is asked elsewhere."""
    return _WANTS[left](actor)


def wants_in(actor: Actor, project_id: int, left: Left) -> list[Condition]:
    """The same for one project, as far as the actor may know of it."""
    if left is Left.NOBODY:
        return _nobody(actor, project_id)
    if left is Left.SECOND_CHECK and not may(actor, Action.REVIEW_SEE_ALL, project_id):
        return [false()]
    return wants(actor, left)


def _second_check(actor: Actor) -> list[Condition]:
    """Some checks are in, and not all; or it has to look so to one who alone seems to have checked."""
    begun = exists().where(
        col(ClaimRound.claim_id) == col(Claim.id),
        col(ClaimRound.settled_at).is_(None),
        col(ClaimRound.reviews_done) > 0,
        col(ClaimRound.reviews_done) < col(ClaimRound.reviews_wanted),
    )
    mine = select(Review.claim_id).where(
        Review.reviewer_id == actor.person_id, Review.state == ReviewState.SUBMITTED
    )
    return [
        col(Claim.state) == ClaimState.OPEN,
        or_(begun.correlate(Claim), and_(is_secret_to(actor), col(Claim.id).in_(mine))),
        ~is_blind_to(actor, col(Claim.id)),
    ]


def _nobody(actor: Actor, project_id: int) -> list[Condition]:
    """It wants more checks than there are people who could give one; editors alone can do something.

    Of a project in which nobody checks yet, only claims that somebody has checked.
    """
    if not may(actor, Action.CLAIM_ASSIGN, project_id):
        return [false()]
    is_checked = exists().where(
        col(Review.claim_id) == col(Claim.id), col(Review.submitted_version) > 0
    )
    return [
        literal_column("claim.state = 'open' AND claim.slots_free > 0"),
        ~is_blind_to(actor, col(Claim.id)),
        or_(anybody_checks(project_id), is_checked.correlate(Claim)),
        fewer_could(project_id, col(Claim.slots_free)),
    ]


def _update(_actor: Actor) -> list[Condition]:
    outdated = select(PublishedClaim.claim_id).join(Publication, _stands_in()).where(*_outdated())
    return [col(Claim.id).in_(outdated), col(Claim.state) == ClaimState.SETTLED]


def _stands_in() -> Condition:
    return col(Publication.id) == col(PublishedClaim.publication_id)


def _outdated() -> list[Condition]:
    """A claim in a piece has a newer verdict than stands there."""
    newer = exists().where(
        col(Ruling.claim_id) == col(PublishedClaim.claim_id),
        col(Ruling.version) > col(PublishedClaim.ruling_version),
    )
    return [col(Publication.retired_at).is_(None), newer.correlate(PublishedClaim)]


def _publishing(_actor: Actor) -> list[Condition]:
    return [col(Claim.state) == ClaimState.SETTLED, col(Claim.published_url).is_(None)]


_WANTS: Mapping[Left, Callable[[Actor], list[Condition]]] = {
    Left.SECOND_CHECK: _second_check,
    Left.UPDATE: _update,
    Left.PUBLISHING: _publishing,
}


def left_to_do(
    session: Session, actor: Actor, projects: Sequence[ProjectRecord]
) -> dict[str, dict[int, int]]:
    """Numbers of what is left, by name and by project: the same few questions for any number.

    Each is asked only of projects in which the actor is told.
    """
    leading = [p for p in projects if may(actor, Action.CLAIM_SETTLE, p.id)]
    shared = [p.id for p in leading if p.decides is Decides.INDEPENDENT]
    for_readers = [p.id for p in leading if p.decides is Decides.SIGNOFF and p.publisher_name]
    leads = [p.id for p in leading]
    unpublished = kept(session, for_readers, ["to publish"])
    return {
        "overdue": _overdue(session, leads),
        "second_check": second_checks(session, actor, shared),
        "to_update": _to_update(session, leads),
        "to_publish": {key: number for (key, _what), number in unpublished.items()},
        "asked": _asked(session, actor, [p.id for p in projects]),
        "flagged": number_flagged(session, actor, leads),
    }


def _overdue(session: Session, keys: Sequence[int]) -> dict[int, int]:
    """Unfinished claims that should be checked by now: counts are kept by quarters of an hour."""
    if not keys:
        return {}
    moment = now()
    begins = datetime.fromtimestamp(part_of(moment), UTC)
    query = (
        select(Claim.project_id, func.count())
        .where(
            col(Claim.project_id).in_(keys),
            col(Claim.due_at) >= begins,
            col(Claim.due_at) < moment,
            literal_column(CAN_BE_LATE),
            visible(),
        )
        .group_by(col(Claim.project_id))
    )
    late = Counter(kept_before(session, keys, "due", moment))
    late.update(dict(session.exec(query).all()))
    return late


def _to_update(session: Session, keys: Sequence[int]) -> dict[int, int]:
    """As many as the list behind it holds, counted from the corrections: there are fewer of them."""
    is_newer = and_(
        col(PublishedClaim.claim_id) == col(Ruling.claim_id),
        col(PublishedClaim.ruling_version) < col(Ruling.version),
    )
    query = (
        select(Publication.project_id, func.count(func.distinct(col(PublishedClaim.claim_id))))
        .select_from(Ruling)
        .join(PublishedClaim, is_newer)
        .join(Publication, _stands_in())
        .join(Claim, col(Claim.id) == col(PublishedClaim.claim_id))
        .where(
            # Written out, so that the database sees the partial index over corrections; nothing is
            # added, and the state said otherwise than by an index, so that SQLite begins with these.
            literal_column("ruling.version > 1"),
            (col(Publication.project_id) + 0).in_(keys),
            col(Publication.retired_at).is_(None),
            func.lower(col(Claim.state)) == ClaimState.SETTLED.value,
        )
        .group_by(col(Publication.project_id))
    )
    return dict(session.exec(query).all()) if keys else {}


def _asked(session: Session, actor: Actor, keys: Sequence[int]) -> dict[int, int]:
    """Questions to the actor that they did not answer."""
    query = (
        select(Comment.project_id, func.count())
        .where(col(Comment.project_id).in_(keys), *asked_and_open(actor, aliased(Comment)))
        .group_by(col(Comment.project_id))
    )
    return dict(session.exec(query).all())
