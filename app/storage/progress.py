"""Questions about how a project got along: claims put on the list and settled, day by day.

Blindness: that a claim is on the list and that it is settled is known to every member, and nothing
else is counted here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave, may
from app.domain.records import ProjectRecord
from app.domain.words import ClaimState
from app.storage.claims import visible
from app.storage.counts import kept, kept_in, of_part, part_of
from app.storage.tables import Claim, GoldAnswer

# Twelve weeks; what was before is in the numbers that the first day begins with.
MOST_DAYS = 84


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
    calls all claims. Read off counts that are kept by quarters of an hour: every clock of the world
    is a whole number of them away from UTC.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.PROJECT_VIEW, project.id)
    zone = ZoneInfo(project.timezone)
    today = now().astimezone(zone).date()
    first = today - timedelta(days=most - 1)
    since = midnight(first, zone)
    quarters = kept_in(session, project.id, ["picked", "ruled"], of_part >= part_of(since))
    states = kept(session, [project.id], [ClaimState.OPEN.value, ClaimState.SETTLED.value])
    picked, settled = (_by_day(quarters, what, zone) for what in ("picked", "ruled"))
    all_settled = states.get((project.id, ClaimState.SETTLED.value), 0)
    all_picked = all_settled + states.get((project.id, ClaimState.OPEN.value), 0)
    if may(actor, Action.GOLD_SET, project.id):
        # Known answers are no work to those who may know which they are.
        known = _open_and_known(session, project.id, zone)
        picked.subtract({on: number for on, number in known.items() if on and on >= first})
        all_picked -= known.total()
    before = (all_picked - picked.total(), all_settled - settled.total())
    if before == (0, 0):
        came = [
            on for counts in (picked, settled) for on, number in counts.items() if on and number
        ]
        first = min(came, default=today)
    return list(_summed(first, today, (picked, settled), before))


def _open_and_known(session: Session, project_id: int, zone: ZoneInfo) -> Counter[date | None]:
    """Open claims with known answers by the day on which they were picked."""
    query = (
        select(Claim.picked_at)
        .join(GoldAnswer, col(GoldAnswer.claim_id) == col(Claim.id))
        .where(
            GoldAnswer.project_id == project_id,
            col(GoldAnswer.retired_at).is_(None),
            Claim.state == ClaimState.OPEN,
            visible(),
        )
    )
    return Counter(_day(at, zone) for at in session.exec(query))


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at and (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone).date()


def _summed(
    first: date, today: date, counts: Sequence[Counter[date | None]], before: tuple[int, int]
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
    quarters: Mapping[tuple[str, int], int], what: str, zone: ZoneInfo
) -> Counter[date | None]:
    """How many of something there are on each day of a time zone."""
    found: Counter[date | None] = Counter()
    for (name, begins), number in quarters.items():
        if name == what:
            found[datetime.fromtimestamp(begins, zone).date()] += number
    return found
