"""What the jobs at saved copies need to know, whoever may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Executable, and_, case, exists, func, literal, or_
from sqlmodel import Session, col, select

from app.domain.evidence_words import CopyState, CopyWhy, SourceStanding
from app.domain.ids import now
from app.domain.words import ClaimState
from app.storage.aliases import alias_of
from app.storage.copies import FETCH
from app.storage.copy_sight import joined_uses
from app.storage.driver import rows_of
from app.storage.kept import MOMENT
from app.storage.page_leave import is_open_page, saves_copies
from app.storage.tables import (
    Claim,
    Evidence,
    Job,
    Project,
    QuotePlace,
    SavedCopy,
    Source,
)
from app.storage.tables.jobs import IS_TO_DO

_other = alias_of(SavedCopy, "compared_with_id", "id", "source_id", "state")


@dataclass(frozen=True, slots=True)
class ToFetch:
    """A page to be looked at; ``attempt`` counts from 1.

    ``is_off``: its project saves no copies any more.
    """

    url: str
    source_id: str
    attempt: int
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class ToFind:
    """Quotes, by the key of their use, to be looked for in the text of a copy, by its key."""

    copy_id: int
    text: str
    quotes: Sequence[tuple[int, str]]


def to_fetch(session: Session, public_id: str) -> ToFetch | None:
    """What a look that was asked for shall fetch; None for one that has ended."""
    query = (
        select(SavedCopy.url, Source.public_id, Job.attempts, case((saves_copies(), 1), else_=0))
        .join(Source, col(Source.id) == col(SavedCopy.source_id))
        .join(Project, col(Project.id) == col(SavedCopy.project_id))
        .outerjoin(Job, and_(col(Job.same_as) == f"{FETCH}:{public_id}", IS_TO_DO))
        .where(SavedCopy.public_id == public_id, SavedCopy.state == CopyState.ASKED)
    )
    found = session.exec(query).first()
    if found is None:
        return None
    url, source_id, attempts, saves = found
    return ToFetch(url or "", source_id, attempts or 1, is_off=not saves)


def quotes_of(session: Session, source_id: str) -> list[tuple[int, str]]:
    """The quotes of a source's uses in the last versions of checks, by the keys of the uses."""
    query = (
        select(Evidence.id, Evidence.quote)
        .join(Source, col(Source.id) == col(Evidence.source_id))
        .where(
            Source.public_id == source_id,
            Evidence.quote != "",
            joined_uses(),
        )
        .order_by(col(Evidence.id))
    )
    return [(key, quote) for key, quote in session.exec(query) if key is not None]


def to_find(session: Session, source_id: str) -> list[ToFind]:
    """The quotes that were not looked for yet in the newest copies that have a text.

    Of each who asked for one, the newest that was fetched and the newest that was brought: not
    everybody may know of the others'. And the one that it was compared with: a quote that was linked
    meanwhile may have stood there, and is gone.
    """
    newest = (
        select(func.max(SavedCopy.id))
        .join(Source, col(Source.id) == col(SavedCopy.source_id))
        .where(
            Source.public_id == source_id,
            SavedCopy.state == CopyState.SAVED,
            SavedCopy.text != "",
        )
        .group_by(col(SavedCopy.created_by_id), col(SavedCopy.why) == CopyWhy.UPLOADED)
    )
    before = select(_other.compared_with_id).where(
        col(_other.id).in_(newest), col(_other.compared_with_id).is_not(None)
    )
    copies = session.exec(
        select(SavedCopy.id, SavedCopy.text)
        .where(col(SavedCopy.id).in_(newest) | col(SavedCopy.id).in_(before), SavedCopy.text != "")
        .order_by(col(SavedCopy.id))
    ).all()
    quotes = quotes_of(session, source_id) if copies else []
    found = []
    for key, text in copies:
        there = set(session.exec(select(QuotePlace.evidence_id).where(QuotePlace.copy_id == key)))
        left = [pair for pair in quotes if pair[0] not in there]
        if left:
            found.append(ToFind(key or 0, text, left))
    return found


def lost_looks(session: Session, *, before: datetime) -> list[str]:
    """Looks asked for before a moment that no job is to do, by their public ids."""
    return [name for (name,) in rows_of(session, _lost_looks(), {"moment": before})]


@cache
def _lost_looks() -> Executable:
    return (
        select(SavedCopy.public_id)
        .outerjoin(
            Job,
            and_(col(Job.same_as) == literal(f"{FETCH}:") + col(SavedCopy.public_id), IS_TO_DO),
        )
        .where(
            SavedCopy.state == CopyState.ASKED,
            col(SavedCopy.created_at) < MOMENT,
            col(Job.id).is_(None),
        )
        .order_by(col(SavedCopy.id))
    )


@cache
def _rechecking() -> Executable:
    """The projects that look again at pages, and after how many days."""
    return select(Project.id, Project.recheck_days).where(
        saves_copies(), col(Project.recheck_days).is_not(None)
    )


def due_sources(session: Session, *, limit: int) -> list[str]:
    """Sources whose pages it is time to look at again, by public id, the longest ago first.

    A settled verdict rests on each; a page that was never looked at is left alone, and so is one
    that is being looked at, and one that is not for publication.
    """
    projects = rows_of(session, _rechecking(), {})
    if not projects:
        return []
    times = [_looked_before(key, timedelta(days=days or 0)) for key, days in projects]
    rests = exists().where(
        col(Evidence.source_id) == col(Source.id),
        joined_uses(),
        col(Claim.state) == ClaimState.SETTLED,
    )
    pending = exists().where(
        col(_other.source_id) == col(Source.id), col(_other.state) == CopyState.ASKED
    )
    query = select(Source.public_id).where(
        or_(*times),
        is_open_page(),
        col(Source.standing) != SourceStanding.RETIRED,
        rests,
        ~pending,
    )
    return list(session.exec(query.order_by(col(Source.looked_at)).limit(limit)))


def _looked_before(project_id: int | None, pause: timedelta) -> ColumnElement[bool]:
    """Whether a source of a project was last looked at longer ago than it shall be."""
    return and_(col(Source.project_id) == project_id, col(Source.looked_at) < now() - pause)
