"""Long lists of claims: those that a filter finds, newest first or first due first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column, or_
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.records import ClaimRecord
from app.storage.claim_filters import ClaimFilter, conditions, dates
from app.storage.claim_stretches import EVERYTHING, LOOKED_AT, Stretch, stretch_of
from app.storage.claim_texts import are_few, are_indexed, letters_of, stretches
from app.storage.claims import KEY, records, visible
from app.storage.left import CAN_BE_LATE, UNFINISHED
from app.storage.naming import between
from app.storage.tables import Claim

# When it is due, None where nothing is; its key.
DuePlace = tuple[datetime | None, int]
PAGE = 50


@dataclass(frozen=True, slots=True)
class ByDue:
    """Claims in the order of their dates; ``end`` is where the page stopped looking, if it did."""

    claims: list[ClaimRecord]
    end: DuePlace | None


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
    within: Stretch = EVERYTHING,
    limit: int = PAGE,
) -> list[ClaimRecord]:
    """Claims of a project that a filter finds, newest first, among some."""
    keys = found_keys(session, actor, project_id, wanted=wanted, within=within, limit=limit)
    return records(session, keys)


def found_keys(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: ClaimFilter,
    within: Stretch = EVERYTHING,
    limit: int = PAGE,
) -> list[int]:
    """The same by their keys."""
    query = select(KEY).where(*_rules(actor, project_id, wanted, within))
    return _newest(session, query, wanted, within=within, limit=limit)


def _rules(
    actor: Actor, project_id: int, wanted: ClaimFilter, within: Stretch, *, by_letters: bool = False
) -> list[ColumnElement[bool]]:
    keys = (within.first, within.before)
    if not (within.by_text and letters_of(wanted.text)):
        return conditions(actor, project_id, wanted, keys=keys, by_letters=by_letters)
    # The index of texts says which claims come up: what names a claim is looked up for each of them.
    rules = conditions(actor, project_id, wanted, keys=None, by_letters=by_letters)
    return [*rules, *between(col(Claim.id), *keys)]


def _newest(
    session: Session,
    query: Any,  # noqa: ANN401 - a question about claims
    wanted: ClaimFilter,
    *,
    limit: int,
    within: Stretch,
) -> list[Any]:
    """What a question finds, newest first: a stretch of the index of texts after the other."""
    found: list[Any] = []
    words = wanted.text if within.by_text else ""
    for stretch in stretches(session, words, within.before):
        part = query.where(stretch).order_by(col(Claim.id).desc()).limit(limit - len(found))
        found += session.exec(part).all()
        if len(found) == limit:
            break
    return found


def claims_by_due(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: ClaimFilter,
    after: DuePlace | None = None,
    limit: int = PAGE,
) -> ByDue:
    """Claims that a filter finds: the first due first; then, newest first, all others.

    Nothing is due any more of what is checked or dropped. Each part is read off an index, the second
    only once the first has run dry; of either a page looks at a stretch.
    """
    # A few claims with the letters are looked up; of a text that many have, some soon turn up.
    by_letters = are_few(session, wanted.text)
    keys: list[int] = []
    if after is None or after[0] is not None:
        is_looked_up = by_letters and are_indexed(session, wanted.text)
        end = None if is_looked_up else _last_due(session, project_id, wanted, after)
        rules = conditions(actor, project_id, wanted, keys=None, by_letters=by_letters)
        dated = select(KEY).where(*rules)
        keys += session.exec(_dated(dated, after, end).limit(limit)).all()
        if end is not None or len(keys) == limit:
            return ByDue(records(session, keys), end)
    before = None if after is None or after[0] is not None else after[1]
    within = stretch_of(session, actor, project_id, wanted=wanted, before=before)
    rules = _rules(actor, project_id, wanted, within, by_letters=by_letters)
    others = select(KEY).where(*rules, ~_is_due()).order_by(col(Claim.id).desc())
    keys += session.exec(others.limit(limit - len(keys))).all()
    end = None if within.first is None else (None, within.first)
    return ByDue(records(session, keys), end)


def due_place(claim: ClaimRecord) -> DuePlace:
    """Where a claim stands in that order."""
    return (claim.due_at if claim.state in UNFINISHED else None), claim.id


def _is_due() -> ColumnElement[bool]:
    # Written out, so that the database sees the partial index over what can still be late.
    return and_(col(Claim.due_at).is_not(None), literal_column(CAN_BE_LATE))


def _last_due(
    session: Session, project_id: int, wanted: ClaimFilter, after: DuePlace | None
) -> DuePlace | None:
    """Where the stretch ends that a page looks at; None where nothing is due behind it."""
    query = select(Claim.due_at, Claim.id).where(Claim.project_id == project_id, *dates(wanted))
    last = _dated(query, after, None).offset(LOOKED_AT - 1).limit(1)
    found = session.exec(last).first()
    return None if found is None else (found[0], found[1])


def _dated(query: Any, after: DuePlace | None, end: DuePlace | None) -> Any:  # noqa: ANN401 - questions about claims
    due, key = col(Claim.due_at), col(Claim.id)
    query = query.where(_is_due()).order_by(due, key)
    # The first conditions are where the index begins and ends; the others what is of the same moment.
    if after is not None and after[0] is not None:
        query = query.where(due >= after[0], or_(due > after[0], key > after[1]))
    if end is not None:
        query = query.where(due <= end[0], or_(due < end[0], key <= end[1]))
    return query


def found_ids(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: ClaimFilter,
    limit: int,
    within: Stretch = EVERYTHING,
) -> Sequence[str]:
    """The public ids of what a filter finds, newest first, up to a number of them."""
    rules = _rules(actor, project_id, wanted, within)
    query = select(Claim.public_id).where(*rules)
    return _newest(session, query, wanted, within=within, limit=limit)


def count_found(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    wanted: ClaimFilter,
    most: int,
    within: Stretch = EVERYTHING,
) -> int:
    """How many claims a filter finds, counted up to a number."""
    by_letters = within.by_text and are_few(session, wanted.text)
    rules = _rules(actor, project_id, wanted, within, by_letters=by_letters)
    some = select(Claim.id).where(*rules)
    if not (within.by_text and letters_of(wanted.text)):
        # In the order of the list: so the same index is read, and no further than that.
        some = some.order_by(col(Claim.id).desc())
    return session.exec(select(func.count()).select_from(some.limit(most).subquery())).one()


def claims_named(session: Session, project_id: int, public_ids: Sequence[str]) -> list[ClaimRecord]:
    """Those of some claims that are in a project, in the order in which they are named."""
    rows = session.exec(
        select(KEY, Claim.public_id).where(
            Claim.project_id == project_id, col(Claim.public_id).in_(public_ids), visible()
        )
    ).all()
    place = {name: number for number, name in enumerate(public_ids)}
    return records(session, [key for key, _name in sorted(rows, key=lambda row: place[row[1]])])


def claims_of_article(session: Session, article_id: int) -> list[ClaimRecord]:
    """The claims of an article in reading order, without those that were joined to another."""
    query = select(KEY).where(
        Claim.article_id == article_id, col(Claim.merged_into_id).is_(None), visible()
    )
    return records(session, session.exec(query.order_by(col(Claim.start), col(Claim.id))).all())


def claims_without_place(
    session: Session, article_id: int, *, limit: int = 200
) -> list[ClaimRecord]:
    """Claims of an article that no words of its text are known for, oldest first.

    What was joined to another claim is where that one is.
    """
    query = (
        select(KEY)
        .where(
            Claim.article_id == article_id,
            col(Claim.snapshot_id).is_(None),
            col(Claim.merged_into_id).is_(None),
            visible(),
        )
        .order_by(col(Claim.id))
        .limit(limit)
    )
    return records(session, session.exec(query).all())
