"""Questions about a month of a project.

Blindness: every number here is a count of claims put on the list, of verdicts of the desk, or of
pieces. That a claim is on the list is known to every member; a verdict exists only once the claim
is settled, and then everybody may see it. No check is read, so no number moves when somebody
answers, changes or takes back one, and nothing is told that a blind checker may not know. A claim
counts under who said it and its topics as they stand today, which do not come from checks either
while it is open.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, extract, func
from sqlalchemy.orm import join
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.ids import now
from app.domain.months import Month, month_of
from app.domain.permissions import Action, ask_leave
from app.domain.records import ProjectRecord
from app.domain.report import MonthFigures, Tally, spread
from app.domain.words import ClaimState, CorrectionKind
from app.storage.aliases import alias_of
from app.storage.claims import visible
from app.storage.counts import kept_in, of_part, part_of
from app.storage.scales import vocabulary_of
from app.storage.tables import (
    Agent,
    Claim,
    ClaimTag,
    Hop,
    Label,
    Publication,
    PublishedClaim,
    Ruling,
)

MOST_KEYS = 1_000
MOST_TIMES = 20_000
DAY_SECONDS = 24 * 60 * 60
MONTHS_SHOWN = 12
# Claims that came on the list, whether they are on it still or not.
CAME = ("picked", "picked and off")

Where = Sequence[Any]

_later = alias_of(Ruling, "claim_id", "decided_at", "version")
_last = alias_of(Ruling, "claim_id", "content_label_id", "version")
_further = alias_of(Hop, "claim_id", "claim_version", "position")
_before = alias_of(PublishedClaim, "claim_id", "publication_id")
_earlier = alias_of(Publication, "id", "published_on", "retired_at")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Claims of a month, as a table to select from and what must hold of its rows."""

    table: Any
    where: Where

    def select(self, *columns: Any) -> Any:  # noqa: ANN401 - a select of any width
        """A query over them."""
        return select(*columns).select_from(self.table).where(*self.where)


def month_figures(
    session: Session, actor: Actor, project: ProjectRecord, months: Sequence[Month]
) -> list[MonthFigures]:
    """The figures of some months: the same few questions for each, however many claims.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.REPORT_VIEW, project.id)
    zone = ZoneInfo(project.timezone)
    return [_figures(session, project.id, month, zone) for month in months]


def _figures(session: Session, project_id: int, month: Month, zone: ZoneInfo) -> MonthFigures:
    begins, ends = month.begins(zone), month.ends(zone)
    picked = _picked(project_id, begins, ends)
    settled = _settled(project_id, begins, ends)
    counts = kept_in(session, project_id, [*CAME, "reasoned"], *_quarters(begins, ends))
    all_picked, with_reason = (
        sum(number for (what, _quarter), number in counts.items() if what in wanted)
        for wanted in (CAME, ("reasoned",))
    )
    verdicts = _verdicts(session, project_id, settled, ends)
    all_settled = sum(number for _key, number in verdicts.rows)
    times = _times_to_settlement(session, settled)
    published, to_publication = _published(session, project_id, month, zone)
    return MonthFigures(
        month=month,
        picked=all_picked,
        with_reason=with_reason,
        settled=all_settled,
        published=published,
        pieces=_pieces(session, project_id, month),
        corrected=_corrected(session, project_id, begins, ends),
        verdicts=verdicts,
        topics=_topics(session, settled),
        settled_parties=_by_agent(session, Agent.party, settled),
        settled_claimants=_by_agent(session, Agent.name, settled),
        picked_parties=_by_agent(session, Agent.party, picked),
        picked_claimants=_by_agent(session, Agent.name, picked),
        to_settlement=spread(times[:MOST_TIMES], of=all_settled),
        to_publication=spread(to_publication, of=published),
        is_cut=len(times) > MOST_TIMES,
    )


def _picked(project_id: int, begins: datetime, ends: datetime) -> Chosen:
    """Claims that came on the list within a time, whatever became of them."""
    within = (col(Claim.picked_at) >= begins, col(Claim.picked_at) < ends)
    return Chosen(Claim, (Claim.project_id == project_id, *within, visible()))


def _settled(project_id: int, begins: datetime, ends: datetime) -> Chosen:
    """Claims with their first ruling, where that was made within a time."""
    return _ruled(project_id, begins, ends, col(Ruling.version) == 1)


def _ruled(
    project_id: int, begins: datetime, ends: datetime, version: ColumnElement[bool]
) -> Chosen:
    # A claim that is checked anew has no verdict meanwhile: who could check it learns none here.
    is_settled = col(Claim.state) == ClaimState.SETTLED
    within = (col(Ruling.decided_at) >= begins, col(Ruling.decided_at) < ends, version, is_settled)
    # Nothing is added so that SQLite, which keeps no statistics, begins with the rulings of that
    # time and not with every claim of the project. Only claims of finished imports have rulings.
    of_project = col(Claim.project_id) + 0 == project_id
    rulings = join(Ruling, Claim, col(Claim.id) == col(Ruling.claim_id))
    return Chosen(rulings, (*within, of_project))


def _verdicts(session: Session, project_id: int, settled: Chosen, ends: datetime) -> Tally:
    """By the last version of the ruling that was made before the month ended.

    An answer of an earlier version of the scale counts as the one that goes on from it.
    """
    words = vocabulary_of(session, project_id)
    number = (
        select(func.max(_later.version))
        .where(col(_later.claim_id) == col(Ruling.claim_id), col(_later.decided_at) < ends)
        .correlate(Ruling)
        .scalar_subquery()
    )
    # Nothing is added, so that the verdicts of the time are looked at and not all of each answer.
    given = words.present(col(_last.content_label_id) + 0)
    query = (
        settled.select(Label.name, func.count())
        .join(
            _last, and_(col(_last.claim_id) == col(Ruling.claim_id), col(_last.version) == number)
        )
        .join(Label, col(Label.id) == given)
        .group_by(col(Label.position), col(Label.name))
        .order_by(col(Label.position), col(Label.name))
    )
    return _tally(session.exec(query).all())


def _topics(session: Session, settled: Chosen) -> Tally:
    query = settled.select(ClaimTag.tag, func.count()).join(
        ClaimTag, col(ClaimTag.claim_id) == col(Claim.id)
    )
    return _most_often(session, query, col(ClaimTag.tag))


def _by_agent(session: Session, what: Any, chosen: Chosen) -> Tally:  # noqa: ANN401 - a column
    """By something of the claimant: the last hop of the chain as it stands."""
    last = (
        select(func.max(_further.position))
        .where(
            col(_further.claim_id) == col(Claim.id),
            col(_further.claim_version) == col(Claim.version),
        )
        .correlate(Claim)
        .scalar_subquery()
    )
    is_claimant = and_(
        col(Hop.claim_id) == col(Claim.id),
        col(Hop.claim_version) == col(Claim.version),
        col(Hop.position) == last,
    )
    query = (
        chosen.select(what, func.count())
        .join(Hop, is_claimant, isouter=True)
        .join(Agent, col(Agent.id) == col(Hop.agent_id), isouter=True)
    )
    return _most_often(session, query, what)


def _most_often(session: Session, query: Any, key: Any) -> Tally:  # noqa: ANN401 - any select
    """The keys that were met most often; how many rows have others is counted beside them."""
    counted = query.group_by(key).order_by(func.count().desc(), col(key).is_(None), key)
    rows = session.exec(counted.limit(MOST_KEYS + 1)).all()
    if len(rows) <= MOST_KEYS:
        return _tally(rows)
    shown = rows[:MOST_KEYS]
    [in_all] = session.exec(query.with_only_columns(func.count())).one()
    return _tally(shown, others=in_all - sum(number for _key, number in shown))


def _tally(rows: Sequence[Any], *, others: int = 0) -> Tally:
    return Tally(tuple((key, number) for key, number in rows), others)


def _times_to_settlement(session: Session, settled: Chosen) -> list[float]:
    """Days from the pick to the first ruling, of the claims for which both are known."""
    took = extract("epoch", col(Ruling.decided_at)) - extract("epoch", col(Claim.picked_at))
    query = (
        settled.select(took)
        .where(col(Claim.picked_at).is_not(None))
        .order_by(col(Ruling.decided_at).desc())
        .limit(MOST_TIMES + 1)
    )
    return [max(0.0, float(seconds) / DAY_SECONDS) for seconds in session.exec(query)]


def _in_month(project_id: int, month: Month) -> Where:
    """Pieces that were published in a month; days are written as 2026-11-20."""
    return (
        Publication.project_id == project_id,
        col(Publication.published_on).between(f"{month.name}-01", f"{month.name}-31"),
        col(Publication.retired_at).is_(None),
    )


def _pieces(session: Session, project_id: int, month: Month) -> int:
    query = select(func.count()).select_from(Publication).where(*_in_month(project_id, month))
    return session.exec(query).one()


def _published(
    session: Session, project_id: int, month: Month, zone: ZoneInfo
) -> tuple[int, list[float]]:
    """Claims that stood in a piece for the first time, and how many days after their pick."""
    is_known = exists().where(
        col(_before.claim_id) == col(Claim.id),
        col(_earlier.id) == col(_before.publication_id),
        col(_earlier.published_on) < f"{month.name}-01",
        col(_earlier.retired_at).is_(None),
    )
    query = (
        select(Claim.picked_at, func.min(col(Publication.published_on)))
        .join(PublishedClaim, col(PublishedClaim.claim_id) == col(Claim.id))
        .join(Publication, col(Publication.id) == col(PublishedClaim.publication_id))
        .where(*_in_month(project_id, month), ~is_known)
        .group_by(col(Claim.id), col(Claim.picked_at))
        .order_by(col(Claim.id))
        .limit(MOST_TIMES)
    )
    rows = session.exec(query).all()
    took = [
        (date.fromisoformat(on) - _local(picked_at, zone)).days
        for picked_at, on in rows
        if picked_at is not None
    ]
    return len(rows), [float(days) for days in took if days >= 0]


def _corrected(
    session: Session, project_id: int, begins: datetime, ends: datetime
) -> dict[CorrectionKind, int]:
    changed = _ruled(project_id, begins, ends, col(Ruling.version) > 1)
    query = changed.select(Ruling.correction_kind, func.count())
    rows = session.exec(query.group_by(col(Ruling.correction_kind)))
    return {CorrectionKind(kind): number for kind, number in rows if kind}


def months_so_far(
    session: Session, actor: Actor, project: ProjectRecord, *, until: Month
) -> list[tuple[Month, int, int]]:
    """The last months up to one, with how many claims were picked and settled in each.

    Read off the counts that are kept by quarters of an hour.

    Raises:
        Missing, NotAllowed: no leave.
    """
    ask_leave(actor, Action.REPORT_VIEW, project.id)
    zone = ZoneInfo(project.timezone)
    months = [until.moved(-place) for place in reversed(range(MONTHS_SHOWN))]
    within = _quarters(months[0].begins(zone), months[-1].ends(zone))
    numbers: Counter[tuple[Month, bool]] = Counter()
    counts = kept_in(session, project.id, [*CAME, "ruled"], *within)
    for (what, begins), number in counts.items():
        month = month_of(datetime.fromtimestamp(begins, zone).date())
        numbers[month, what == "ruled"] += number
    return [(month, numbers[month, False], numbers[month, True]) for month in months]


def _quarters(begins: datetime, ends: datetime) -> tuple[ColumnElement[bool], ...]:
    return of_part >= part_of(begins), of_part < part_of(ends)


def first_month(session: Session, project: ProjectRecord) -> Month:
    """The month in which anything was picked first; this one while nothing was."""
    zone = ZoneInfo(project.timezone)
    first = session.exec(
        select(func.min(Claim.picked_at)).where(
            Claim.project_id == project.id, col(Claim.picked_at).is_not(None)
        )
    ).one()
    return month_of(_local(first or now(), zone))


def _local(at: datetime, zone: ZoneInfo) -> date:
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone).date()
