"""What is ahead of one person in one project, as one question tells it, and where they look first.

Where claims want several checks, somebody who is quick passes over all that they checked and others
have not: more with every check. So it is kept how far along the queue nothing is left for them. Claims
that came free since are noted by the database, and looked at besides; where there are too many of
them, or any claim may have come free, the whole queue is looked through once more.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    Text,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlmodel import Session, col

from app.domain.actors import Actor
from app.domain.words import ImportState
from app.storage.aliases import alias_of
from app.storage.bars import person_is_barred
from app.storage.driver import rows_of
from app.storage.kept import HERE, ME, MOMENT, given, written
from app.storage.leases import first_in_hand, is_late, is_lent, is_mine, is_open
from app.storage.queue_place import END, FRONT, QueueClock, QueuePlace
from app.storage.tables import (
    Bar,
    Checker,
    Claim,
    GoldAnswer,
    ImportRun,
    Interest,
    KeptCount,
    Person,
    QueueChange,
    Review,
)

# Written out, so that the database sees the partial index that holds the queue.
IS_FREE = "claim.state = 'open' AND claim.slots_free > 0"
# More changes than these are not looked at one by one.
MOST_CHANGES = 500
# How many claims a person is lent before it is found anew how far nothing is left for them.
LENT_BETWEEN = 16
# Where a question begins to look, from which change on, and the number of the next change.
START = bindparam("start_at", type_=Text)
UPTO, CLOCK = (bindparam(name, type_=BigInteger) for name in ("known_upto", "clock_now"))

_left = alias_of(Review, "project_id", "reviewer_id", "slot", "state")
_late = alias_of(Review, "lease_until", "project_id", "slot", "state")
_change = alias_of(QueueChange, "claim_id", "id", "number", "person_id", "project_id")
_gold = alias_of(GoldAnswer, "project_id", "retired_at")
_run = alias_of(ImportRun, "id", "state")
_bar = alias_of(Bar, "person_id")
_interest = alias_of(Interest, "person_id", "retired_at")
_ever = alias_of(GoldAnswer, "project_id")


@dataclass(frozen=True, slots=True)
class Outlook:
    """How somebody stands in a project.

    Attributes:
        in_hand: the check that they have in hand, by its public id.
        given: checks of theirs that stand as submitted.
        lent: checks that they were ever lent.
        place: what stands before it in the queue cannot be lent to them, but for what changed.
        upto: changes from this number on are to be looked at.
        clock: changes of now have this number or a later one.
        lent_then: how many were lent when the place was found.
        is_changed: there are changes to be looked at.
        is_stale: the place holds no more; look from the front.
        has_known: claims here have known answers.
        has_late: somebody has a claim for longer than it was lent for.
        has_left: a claim that was lent to them is in their hands no more, and was not answered.
        surely: so many claims of the queue at least can be lent to them, by what is counted of them;
            0 where it has to be asked of each claim.
    """

    in_hand: str | None
    given: int
    lent: int
    place: str
    upto: int
    clock: int
    lent_then: int
    is_changed: bool
    is_stale: bool
    has_known: bool
    has_late: bool
    has_left: bool
    surely: int

    @property
    def start(self) -> str:
        """Where to begin to look."""
        return FRONT if self.is_stale else self.place

    @property
    def is_due(self) -> bool:
        """Whether it is to be found anew how far nothing is left."""
        return self.is_stale or self.is_changed or self.lent - self.lent_then >= LENT_BETWEEN

    def places(self, actor: Actor, project_id: int) -> dict[str, Any]:
        """What goes into the places of a question about the queue."""
        upto = self.clock if self.is_stale else self.upto
        mine = {"start_at": self.start, "known_upto": upto, "clock_now": self.clock}
        return {**given(actor, project_id), **mine}


def outlook(session: Session, actor: Actor, project_id: int) -> Outlook:
    """How somebody stands in a project, by one question that takes as long for any number."""
    return Outlook(*rows_of(session, _outlook(), given(actor, project_id))[0])


@cache
def _outlook() -> Executable:
    clock: Any = QueueClock()
    wanted: list[Any] = [
        first_in_hand().scalar_subquery(),
        func.coalesce(col(Checker.given), 0),
        func.coalesce(col(Checker.lent), 0),
        func.coalesce(col(Checker.place), FRONT),
        func.coalesce(col(Checker.upto), 0),
        clock,
        func.coalesce(col(Checker.lent_then), 0),
        exists().where(_pending()).correlate(Checker),
        # A number from another server, whose clock stood elsewhere, says nothing here.
        case((col(Checker.upto) > clock, True), else_=False) | _may_be_any(),
        exists().where(col(_gold.project_id) == HERE, col(_gold.retired_at).is_(None)),
        exists().where(col(_late.project_id) == HERE, is_late(_late, MOMENT)),
        exists().where(
            col(_left.project_id) == HERE,
            col(_left.reviewer_id) == ME,
            is_lent(_left),
            col(_left.slot).is_(None),
        ),
        case((_may_be_kept_from_some(), 0), else_=_number("queue", 0) - _number("had", ME)),
    ]
    is_theirs = and_(col(Checker.person_id) == col(Person.id), col(Checker.project_id) == HERE)
    query = select(*wanted).select_from(Person).join(Checker, is_theirs, isouter=True)
    return query.where(col(Person.id) == ME)


def _pending() -> ColumnElement[bool]:
    return and_(col(_change.project_id) == HERE, col(_change.number) >= col(Checker.upto))


def _may_be_any() -> ColumnElement[bool]:
    """Any claim may have come free for whoever asks, or too many have."""
    of_any = and_(
        col(_change.claim_id).is_(None),
        or_(col(_change.person_id).is_(None), col(_change.person_id) == ME),
    )
    in_order = select(col(_change.id)).where(_pending()).order_by(col(_change.number))
    many = in_order.offset(MOST_CHANGES).limit(1)
    return or_(
        exists().where(_pending(), of_any).correlate(Checker), many.correlate(Checker).exists()
    )


def _may_be_kept_from_some() -> ColumnElement[bool]:
    """Whether claims here may be closed to whoever asks, though they never had them."""
    return or_(
        exists().where(col(_bar.person_id) == ME),
        exists().where(col(_interest.person_id) == ME, col(_interest.retired_at).is_(None)),
        exists().where(col(_ever.project_id) == HERE),
    )


def _number(what: str, person: Any) -> ColumnElement[int]:  # noqa: ANN401 - a key, or where one goes
    """What is kept of claims that all can see: how many of them are so."""
    number = select(func.coalesce(func.sum(col(KeptCount.number)), 0)).where(
        col(KeptCount.project_id) == HERE,
        col(KeptCount.what) == what,
        col(KeptCount.person_id) == person,
        col(KeptCount.run_id) == 0,
    )
    return number.scalar_subquery()


def looked_again(
    session: Session, actor: Actor, project_id: int, look: Outlook, *, all_of_it: bool = False
) -> Outlook:
    """Find anew how far along the queue nothing is left for somebody, and keep it.

    Claims that others hold at this moment count as left. ``all_of_it``: look from the front.
    """
    if all_of_it:
        look = replace(look, is_stale=True)
    found = rows_of(session, _keep_place(), look.places(actor, project_id))
    if not found:
        return look
    place, upto = found[0]
    return replace(
        look,
        place=place,
        upto=upto,
        lent_then=look.lent,
        is_changed=upto < look.clock,
        is_stale=False,
    )


@cache
def _keep_place() -> Executable:
    row: Any = Checker.__table__  # type: ignore[attr-defined]  # SQLModel does not say that it is there
    place = QueuePlace()
    first = select(place).where(from_start()).order_by(place).limit(1)
    kept: Executable = (
        row.update()
        .where(row.c.project_id == HERE, row.c.person_id == ME)
        .values(
            place=func.coalesce(first.scalar_subquery(), END),
            upto=case((exists().where(came_free()), UPTO), else_=CLOCK),
            lent_then=row.c.lent,
        )
        .returning(row.c.place, row.c.upto)
    )
    return kept


def from_start() -> ColumnElement[bool]:
    """A claim of the queue, from the place on, that whoever asks never had and may be lent."""
    return and_(literal_column(IS_FREE), QueuePlace() >= START, _may_be_mine())


def came_free() -> ColumnElement[bool]:
    """A claim before the place that is told of by a change, and may be lent to whoever asks."""
    changed = select(col(_change.claim_id)).where(
        col(_change.project_id) == HERE,
        col(_change.number) >= UPTO,
        col(_change.claim_id).is_not(None),
    )
    # Said in words that are not the index's: these few are found by their keys, and not by going
    # along all of the queue before the place.
    return and_(
        col(Claim.id).in_(changed),
        is_open(),
        col(Claim.slots_free) != 0,
        QueuePlace() < START,
        _may_be_mine(),
    )


def _may_be_mine() -> ColumnElement[bool]:
    """Of this project, seen by all, never had by whoever asks, and not closed to them."""
    has_come = exists().where(
        col(_run.id) == col(Claim.import_run_id), col(_run.state) == written(ImportState.FINISHED)
    )
    return and_(
        col(Claim.project_id) == HERE,
        or_(col(Claim.import_run_id).is_(None), has_come),
        ~is_mine(),
        ~person_is_barred(ME),
    )
