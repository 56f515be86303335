"""Questions about one person's own work: what is to go, what was given last, how it stood."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, exists, func, literal_column
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.actors import Actor
from app.domain.gold import Place
from app.domain.records import ProjectRecord
from app.domain.words import ClaimState
from app.storage.aliases import alias_of
from app.storage.bars import person_is_barred
from app.storage.checkers import rooms
from app.storage.driver import rows_of
from app.storage.kept import HERE, ME, MOMENT, written
from app.storage.known_ahead import known_ahead
from app.storage.leases import HELD, is_back, is_current, is_free_again, is_lent, is_mine, is_open
from app.storage.outlook import IS_FREE, Outlook, came_free, from_start, outlook
from app.storage.projects import by_id
from app.storage.queue_place import QueuePlace
from app.storage.scales import vocabulary_of
from app.storage.tables import Claim, Review, ReviewVersion, Ruling

# No further than this is counted: as many rows are looked at, each time that a check is shown.
COUNTED = 100
PLACE = (col(Claim.article_id), col(Claim.priority), col(Claim.start))
_late = alias_of(
    Review,
    "asked_at",
    "claim_id",
    "claim_round_id",
    "id",
    "lease_until",
    "reviewer_id",
    "slot",
    "state",
)

_newer = alias_of(Ruling, "claim_id", "version")


def to_go(session: Session, actor: Actor, project_id: int) -> int:
    """How many claims the actor holds or could be lent, counted up to COUNTED.

    The same claims that ``app.workflow.lending.take`` would hand out, one after the other.
    """
    return ahead(session, actor, by_id(session, project_id), outlook(session, actor, project_id))


def ahead(session: Session, actor: Actor, project: ProjectRecord, look: Outlook) -> int:
    """What is to go for somebody who is known to stand so."""
    # What they lost may wait, or be taken by now: then what is counted of the queue says too much.
    is_plenty = look.surely >= COUNTED and not look.has_left
    number = COUNTED if is_plenty else _number_ahead(session, actor, project.id, look)
    left = rooms(session, [project], actor.person).get(project.id)
    if left is not None:
        places = look.places(actor, project.id)
        in_hand = session.exec(_number_in_hand(), params=places).one()
        number = in_hand + min(number - in_hand, left)
    return min(COUNTED, number)


def _number_ahead(session: Session, actor: Actor, project_id: int, look: Outlook) -> int:
    """What is free, begun or lapsed, each counted no further than COUNTED."""
    places = look.places(actor, project_id)
    free, came, begun = rows_of(session, _numbers(), places)[0]
    lapsed = session.exec(_number_lapsed(), params=places).one() if look.has_late else 0
    free += came
    known = 0
    if look.has_known:
        known = known_ahead(session, actor, {project_id: (free, lapsed)}).get(project_id, 0)
    return int(free + lapsed + known + begun)


def first_place(session: Session, actor: Actor, project_id: int, look: Outlook) -> Place | None:
    """Where the first claim of the queue stands that the actor never had; None if there is none."""
    places = look.places(actor, project_id)
    row = session.execute(_first_place(changed=True), places).first() if look.is_changed else None
    row = row or session.execute(_first_place(changed=False), places).first()
    return None if row is None else Place(*row)


@cache
def _first_place(*, changed: bool) -> Executable:
    which = came_free() if changed else from_start()
    return select(*PLACE).where(which).order_by(QueuePlace()).limit(1)


def _counted(rows: SelectOfScalar[Any]) -> SelectOfScalar[int]:
    return select(func.count()).select_from(rows.limit(COUNTED).subquery())


@cache
def _numbers() -> Executable:
    """Claims of the queue, those that came free before where it is looked at, and what is begun."""
    return select(
        _counted(select(Claim.id).where(from_start())).scalar_subquery(),
        _counted(select(Claim.id).where(came_free())).scalar_subquery(),
        _number_begun().scalar_subquery(),
    )


def _number_begun() -> SelectOfScalar[int]:
    """Checks that are mine already: in hand and not waiting, put off, or lost and free too."""
    lapsed_of_others = exists().where(
        col(_late.claim_id) == col(Claim.id),
        col(_late.reviewer_id) != ME,
        is_free_again(_late, MOMENT),
    )
    free_again = (literal_column(IS_FREE) | lapsed_of_others) & ~person_is_barred(ME)
    return _counted(_begun(col(Review.slot).is_not(None) | (is_lent() & free_again)))


@cache
def _number_in_hand() -> SelectOfScalar[int]:
    return _counted(_begun(col(Review.slot).is_not(None)))


def _begun(which: ColumnElement[bool]) -> SelectOfScalar[Any]:
    return (
        select(Review.id)
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Review.project_id == HERE,
            Review.reviewer_id == ME,
            col(Review.state).in_([written(state) for state in HELD]),
            is_open(),
            is_back(at=MOMENT),
            is_current(),
            which,
        )
    )


@cache
def _number_lapsed() -> SelectOfScalar[int]:
    """Claims that I never had, all lent, where somebody's lease ran out."""
    return _counted(
        select(Claim.id)
        .join(Review, col(Review.claim_id) == col(Claim.id))
        .where(
            Review.project_id == HERE,
            is_free_again(at=MOMENT),
            is_open(),
            Claim.slots_free == 0,
            ~is_mine(),
            ~person_is_barred(ME),
        )
        .distinct()
    )


def mine_of(
    session: Session, actor: Actor, claim_ids: Collection[int]
) -> dict[int, tuple[str, bool]]:
    """Of some claims, my checks: the public id and whether it was ever given, by claim."""
    query = select(Review.claim_id, Review.public_id, Review.submitted_version).where(
        col(Review.claim_id).in_(claim_ids), Review.reviewer_id == actor.person
    )
    return {claim_id: (name, version > 0) for claim_id, name, version in session.exec(query)}


def settled_like_mine(session: Session, actor: Actor, project_id: int) -> tuple[int, int]:
    """How many claims that I checked are settled, and how many of them as I had answered.

    Only settled ones, so that nobody learns of others' answers before giving their own.
    """
    words = vocabulary_of(session, project_id)
    query = (
        select(
            func.count(),
            func.count().filter(
                words.present(col(Ruling.content_label_id))
                == words.present(col(ReviewVersion.content_label_id))
            ),
        )
        .select_from(Review)
        .join(
            ReviewVersion,
            (col(ReviewVersion.review_id) == col(Review.id))
            & (col(ReviewVersion.number) == col(Review.submitted_version)),
        )
        .join(Ruling, col(Ruling.claim_id) == col(Review.claim_id))
        .join(Claim, col(Claim.id) == col(Review.claim_id))
        .where(
            Review.project_id == project_id,
            Claim.state == ClaimState.SETTLED,
            Review.reviewer_id == actor.person,
            ~exists().where(
                col(_newer.claim_id) == col(Ruling.claim_id),
                col(_newer.version) > col(Ruling.version),
            ),
        )
    )
    settled, like_mine = session.exec(query).one()
    return settled, like_mine
