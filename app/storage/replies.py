"""Questions about requests for a reply: of a claim, of a project, and what is due."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from app.domain.actors import Actor
from app.domain.blindness import looks_open
from app.domain.errors import Missing
from app.domain.export_rows import ReplyRow
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave, may
from app.domain.records import ProjectRecord
from app.domain.replies import ReplyFilter, ReplyState, state_of
from app.domain.words import Channel
from app.storage.claims import in_batch, standing, visible
from app.storage.tables import Claim, Person, Reply, ReplyVersion

# Whether it is not awaited, whether it has no deadline, its deadline, its key.
Place = tuple[int, int, str, int]
CHUNK = 500
WORDS = (
    "version",
    "whom",
    "channel",
    "asked",
    "sent_at",
    "deadline_at",
    "answered_at",
    "answer",
    "is_quotable",
    "not_applicable_because",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRecord:
    """A request as it stands or stood; ``by`` is who wrote it down, where that may be told."""

    public_id: str
    claim_id: str
    claim_text: str
    version: int
    whom: str
    channel: Channel | None
    asked: str
    sent_at: datetime | None
    deadline_at: datetime | None
    answered_at: datetime | None
    answer: str
    is_quotable: bool | None
    not_applicable_because: str | None
    state: ReplyState
    at: datetime
    by: str | None = None


class Due(NamedTuple):
    """How many awaited requests of a project are due today, and how many were due before now."""

    today: int = 0
    overdue: int = 0


def reply(session: Session, actor: Actor, public_id: str) -> ReplyRecord:
    """A request for a reply as it stands.

    Raises:
        Missing: there is none, or the actor may not know of it.
    """
    row = session.exec(_rows().where(Reply.public_id == public_id)).first()
    if row is None or not may(actor, Action.PROJECT_VIEW, row[0].project_id):
        raise Missing("reply.missing")
    return _told(*row, names=_tells_names(session, actor, row[1]))


def replies_of(session: Session, actor: Actor, claim_id: int) -> list[ReplyRecord]:
    """The requests of a claim, oldest first: for all who check it, so that nobody asks twice."""
    rows = session.exec(_rows().where(Reply.claim_id == claim_id).order_by(col(Reply.id))).all()
    names = bool(rows) and _tells_names(session, actor, rows[0][1])
    return [_told(*row, names=names) for row in rows]


def _tells_names(session: Session, actor: Actor, claim: Claim) -> bool:
    """Whether who wrote something down may be told: to the blind it would say who else checks."""
    how = standing(session, actor, claim.key)
    see_all = may(actor, Action.REVIEW_SEE_ALL, claim.project_id)
    return not how.round_is_blind or looks_open(how, may_see_all=see_all)


def earlier_versions(session: Session, actor: Actor, public_id: str) -> list[ReplyRecord]:
    """What a request said before, newest first.

    Raises:
        Missing: there is no such request, or the actor may not know of it.
    """
    newest = reply(session, actor, public_id)
    query = (
        select(ReplyVersion)
        .join(Reply, col(Reply.id) == col(ReplyVersion.reply_id))
        .where(Reply.public_id == public_id)
        .order_by(col(ReplyVersion.version).desc())
    )
    return [
        replace(
            newest,
            **{name: getattr(row, name) for name in WORDS},
            state=_state(row, row.replaced_at, is_erased=newest.state is ReplyState.ERASED),
            at=row.replaced_at,
            by=None,
        )
        for row in session.exec(query)
    ]


def replies_in(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: ReplyFilter,
    batch_id: int | None = None,
    after: Place | None = None,
    limit: int = 50,
) -> list[tuple[Place, ReplyRecord]]:
    """The requests of a project with their places: what is awaited first, by deadline.

    Nobody's name stands here: the list is the same for all who see the project.
    """
    ask_leave(actor, Action.PROJECT_VIEW, project_id)
    rules = [visible(), *_wanted(wanted), *in_batch(batch_id)]
    query = _rows().where(Reply.project_id == project_id, *rules)
    if after is not None:
        query = query.where(_behind(after))
    rows = session.exec(query.order_by(*_order()).limit(limit)).all()
    return [(_place(row[0]), _told(*row, names=False)) for row in rows]


def _is_awaited() -> ColumnElement[bool]:
    """As the partial index of what is awaited has it."""
    return and_(
        col(Reply.sent_at).is_not(None),
        col(Reply.answered_at).is_(None),
        col(Reply.not_applicable_because).is_(None),
        col(Reply.erased_at).is_(None),
    )


def _is_settled() -> ColumnElement[int]:
    return case((_is_awaited(), 0), else_=1)


def _has_no_deadline() -> ColumnElement[int]:
    return case((col(Reply.deadline_at).is_(None), 1), else_=0)


def _order() -> tuple[Any, ...]:
    return _is_settled(), _has_no_deadline(), col(Reply.deadline_at), col(Reply.id)


def _place(row: Reply) -> Place:
    open_still = row.answered_at is None and row.not_applicable_because is None
    is_awaited = row.sent_at is not None and open_still and row.erased_at is None
    deadline = "" if row.deadline_at is None else row.deadline_at.isoformat()
    return int(not is_awaited), int(not deadline), deadline, row.key


def _behind(after: Place) -> ColumnElement[bool]:
    """After a place in the order of the list; a deadline that is none was never handed out."""
    settled, undated, deadline, key = after
    if undated:
        later = col(Reply.id) > key
    else:
        then = datetime.fromisoformat(deadline)
        later = or_(
            col(Reply.deadline_at) > then,
            and_(col(Reply.deadline_at) == then, col(Reply.id) > key),
        )
    return or_(
        _is_settled() > settled,
        and_(_is_settled() == settled, _has_no_deadline() > undated),
        and_(_is_settled() == settled, _has_no_deadline() == undated, later),
    )


def _wanted(wanted: ReplyFilter) -> Sequence[ColumnElement[bool]]:
    rules: dict[ReplyFilter, Sequence[ColumnElement[bool]]] = {
        ReplyFilter.AWAITED: [_is_awaited()],
        ReplyFilter.ANSWERED: [col(Reply.answered_at).is_not(None)],
        ReplyFilter.ALL: [],
    }
    return rules[wanted]


def _rows() -> Select[Reply, Claim, str]:
    return (
        select(Reply, Claim, Person.name)
        .join(Claim, col(Claim.id) == col(Reply.claim_id))
        .join(Person, col(Person.id) == col(Reply.created_by_id), isouter=True)
    )


def _told(found: Reply, claim: Claim, name: str | None, *, names: bool) -> ReplyRecord:
    return ReplyRecord(
        public_id=found.public_id,
        claim_id=claim.public_id,
        claim_text=claim.text,
        **{column: getattr(found, column) for column in WORDS},
        state=_state(found, now(), is_erased=found.erased_at is not None),
        at=found.created_at,
        by=name if names else None,
    )


def _state(row: Reply | ReplyVersion, at: datetime, *, is_erased: bool) -> ReplyState:
    return state_of(
        sent_at=row.sent_at,
        deadline_at=row.deadline_at,
        answered_at=row.answered_at,
        is_not_applicable=row.not_applicable_because is not None,
        is_erased=is_erased,
        at=at,
    )


def due(session: Session, actor: Actor, projects: Collection[ProjectRecord]) -> dict[int, Due]:
    """By the project's key, what is due by the end of its day, where the actor works on replies."""
    ends = {p.id: _end_of_day(p.timezone) for p in projects if may(actor, Action.REPLY_ADD, p.id)}
    if not ends:
        return {}
    at = now()
    is_overdue = col(Reply.deadline_at) < at
    by_then = or_(
        *(
            and_(col(Reply.project_id) == key, col(Reply.deadline_at) < end)
            for key, end in ends.items()
        )
    )
    query = (
        select(Reply.project_id, func.count(), func.sum(case((is_overdue, 1), else_=0)))
        .where(_is_awaited(), by_then)
        .group_by(col(Reply.project_id))
    )
    return {key: Due(n - (late or 0), late or 0) for key, n, late in session.exec(query)}


def _end_of_day(zone: str) -> datetime:
    here = ZoneInfo(zone)
    tomorrow = now().astimezone(here).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), here).astimezone(UTC)


def reply_rows(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: ReplyFilter = ReplyFilter.ALL,
    batch_id: int | None = None,
) -> Iterator[ReplyRow]:
    """One row for every request of a project that a filter finds, in the order of the list.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    return _reply_rows(session, actor, project_id, wanted=wanted, batch_id=batch_id)


def _reply_rows(
    session: Session, actor: Actor, project_id: int, *, wanted: ReplyFilter, batch_id: int | None
) -> Iterator[ReplyRow]:
    place: Place | None = None
    while True:
        found = replies_in(
            session,
            actor,
            project_id,
            wanted=wanted,
            batch_id=batch_id,
            after=place,
            limit=CHUNK,
        )
        for _where, record in found:
            yield ReplyRow(
                reply_id=record.public_id,
                claim_id=record.claim_id,
                claim=record.claim_text,
                whom=record.whom,
                channel=record.channel.value if record.channel else None,
                asked=record.asked,
                status=record.state.value,
                sent_at=record.sent_at,
                deadline_at=record.deadline_at,
                answered_at=record.answered_at,
                answer=record.answer,
                quotable=record.is_quotable,
                not_applicable_because=record.not_applicable_because,
            )
        if len(found) < CHUNK:
            return
        place = found[-1][0]
        session.expunge_all()
