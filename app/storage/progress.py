"""Questions about how a project got along: claims put on the list and settled, day by day.

Blindness: that a claim is on the list and that it is settled is known to every member, and nothing
else is counted here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import extract, func, literal_column, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave, may
from app.domain.records import ProjectRecord
from app.domain.words import ClaimState
from app.storage.bars import is_known
from app.storage.claims import visible
from app.storage.tables import Claim, Ruling

# Twelve weeks; what was before is in the numbers that the first day begins with.
MOST_DAYS = 84
# Every clock of the world is a whole number of quarters of an hour away from UTC. Written out, so
# that the database sees the same words in what it groups by.
QUARTER = "900"
ON_LIST = (ClaimState.OPEN, ClaimState.SETTLED)


@dataclass(frozen=True, slots=True)
class Day:
    """A day in the project's time zone: what came on the list and was settled, and all until then."""

    on: date
    picked: int
    settled: int
    all_picked: int
    all_settled: int


def days_of(
    session: Session, actor: Actor, project: ProjectRecord, *, most: int = MOST_DAYS
) -> list[Day]:
    """The last days of a project up to today, the first one not before anything was picked.

    Only what is on the list still counts as picked, so that the last day ends with what the page
    calls all claims. Four questions, however many claims.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.PROJECT_VIEW, project.id)
    zone = ZoneInfo(project.timezone)
    today = now().astimezone(zone).date()
    first = today - timedelta(days=most - 1)
    since = midnight(first, zone)
    on_list = _on_list(actor, project.id)
    came = (*on_list, col(Claim.picked_at) >= since)
    picked = _by_day(session, col(Claim.picked_at), zone, *came)
    settled = _by_day(session, col(Ruling.decided_at), zone, *_settled(project.id, since))
    states = dict(
        session.exec(
            select(Claim.state, func.count()).where(*on_list).group_by(col(Claim.state))
        ).all()
    )
    all_settled = states.get(ClaimState.SETTLED, 0)
    all_picked = all_settled + states.get(ClaimState.OPEN, 0)
    before = (all_picked - picked.total(), all_settled - settled.total())
    if before == (0, 0):
        first = min([*picked, *settled], default=today)
    return list(_summed(first, today, (picked, settled), before))


def _on_list(actor: Actor, project_id: int) -> tuple[Any, ...]:
    """What is to check or checked; known answers are no work to those who may know which they are."""
    found = (Claim.project_id == project_id, col(Claim.state).in_(ON_LIST), visible())
    if not may(actor, Action.GOLD_SET, project_id):
        return found
    return *found, or_(col(Claim.state) == ClaimState.SETTLED, ~is_known(col(Claim.id)))


def _settled(project_id: int, since: datetime) -> tuple[Any, ...]:
    """First rulings from a time on, of a project's claims."""
    return (
        Ruling.version == 1,
        Claim.state == ClaimState.SETTLED,
        col(Ruling.decided_at) >= since,
        col(Claim.id) == col(Ruling.claim_id),
        # Nothing is added so that SQLite begins with the rulings of that time. Only claims of
        # finished imports have rulings.
        col(Claim.project_id) + 0 == project_id,
    )


def _summed(
    first: date, today: date, counts: Sequence[Counter[date]], before: tuple[int, int]
) -> Iterable[Day]:
    all_picked, all_settled = before
    picked, settled = counts
    for place in range((today - first).days + 1):
        on = first + timedelta(days=place)
        all_picked += picked[on]
        all_settled += settled[on]
        yield Day(on, picked[on], settled[on], all_picked, all_settled)


def midnight(on: date, zone: ZoneInfo) -> datetime:
    """When a day begins in a time zone, in UTC."""
    return datetime.combine(on, time.min, zone).astimezone(UTC)


def _by_day(
    session: Session,
    moment: Any,  # noqa: ANN401 - a column of times
    zone: ZoneInfo,
    *where: Any,  # noqa: ANN401 - and conditions
) -> Counter[date]:
    """How many rows have a moment on each day of a time zone; both databases count by quarters."""
    seconds = extract("epoch", moment)
    quarter = seconds - seconds % literal_column(QUARTER)
    query = select(quarter, func.count()).where(*where).group_by(quarter)
    found: Counter[date] = Counter()
    for begins, number in session.exec(query):
        found[datetime.fromtimestamp(int(begins), zone).date()] += number
    return found
