"""Where else a project has the same statement: one question by how it begins, one by its figures."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column
from sqlmodel import Session, col, select

from app.domain.sameness import OPENING, Statement
from app.domain.words import ClaimState
from app.storage.claims import visible
from app.storage.tables import Claim, Quantity

CHUNK = 500
# So many claims are compared by one question at most, the newest first.
MOST = 2_000
# Small whole numbers stand in too many claims to tell one by.
_SMALL = 12

# As the index over it is written, figures and all: another form would not be found in it.
_opening: ColumnElement[str] = literal_column(f"lower(substr(claim.text, 1, {OPENING}))")

Figure = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that is looked for: its wording, and its figures as value and unit."""

    text: str
    figures: Collection[Figure] = ()


@dataclass(frozen=True, slots=True)
class Same:
    """A claim that says the same, or that somebody said is the same as one that does."""

    claim_id: int
    state: ClaimState
    article_id: int | None
    group_id: int | None


@dataclass(frozen=True, slots=True)
class _Near:
    statement: Statement
    same: Same


def the_same(session: Session, project_id: int, said: Sequence[Said]) -> list[list[Same]]:
    """The claims of a project that say the same, for each of some statements.

    Three questions for as many as ``CHUNK`` statements. A claim that was joined to another one
    stands for nothing any more.
    """
    found = list[list[Same]]()
    for first in range(0, len(said), CHUNK):
        found += _the_same(session, project_id, said[first : first + CHUNK])
    return found


def _the_same(session: Session, project_id: int, said: Sequence[Said]) -> list[list[Same]]:
    statements = [Statement(one.text) for one in said]
    figures = [_telling(one.figures) for one in said]
    by_opening = _by_opening(session, project_id, statements)
    by_figure = _by_figure(session, project_id, set[Figure]().union(*figures))
    found = list[dict[int, Same]]()
    for statement, telling in zip(statements, figures, strict=True):
        near = list(by_opening.get(statement.opening.lower(), ()))
        near += (one for figure in telling for one in by_figure.get(figure, ()))
        same = (one.same for one in near if one.statement.is_same_as(statement))
        found.append({one.claim_id: one for one in same})
    groups = _groups(session, project_id, {s.group_id for one in found for s in one.values()})
    return [list(_with_groups(one, groups)) for one in found]


def _telling(figures: Iterable[Figure]) -> set[Figure]:
    return {(value, unit) for value, unit in figures if value % 1 or abs(value) > _SMALL}


def _of(project_id: int, *more: Any) -> Any:  # noqa: ANN401 - columns, and a query of them
    columns: Any = (Claim.id, Claim.text, Claim.state, Claim.article_id, Claim.claim_group_id)
    query = select(*columns, *more).where(
        Claim.project_id == project_id, col(Claim.merged_into_id).is_(None), visible()
    )
    return query.order_by(col(Claim.id).desc()).limit(MOST)


def _near(row: Sequence[Any]) -> _Near:
    key, text, state, article, group = row
    return _Near(Statement(text), Same(key, state, article, group))


def _by_opening(
    session: Session, project_id: int, statements: Sequence[Statement]
) -> Mapping[str, list[_Near]]:
    openings = {statement.opening for statement in statements}
    query = _of(project_id).where(_opening.in_([func.lower(one) for one in sorted(openings)]))
    found = defaultdict[str, list[_Near]](list)
    for row in session.exec(query):
        near = _near(row)
        found[near.statement.opening.lower()].append(near)
    return found


def _by_figure(
    session: Session, project_id: int, figures: Collection[Figure]
) -> Mapping[Figure, list[_Near]]:
    found = defaultdict[Figure, list[_Near]](list)
    if not figures:
        return found
    query = (
        _of(project_id, Quantity.value, Quantity.unit)
        .join(Quantity, col(Quantity.claim_id) == col(Claim.id))
        .where(col(Quantity.value).in_(sorted({value for value, _unit in figures})))
        .where(col(Quantity.unit).in_(sorted({unit for _value, unit in figures})))
    )
    for *row, value, unit in session.exec(query):
        found[value, unit].append(_near(row))
    return found


def _groups(
    session: Session, project_id: int, groups: Collection[int | None]
) -> Mapping[int, list[Same]]:
    found = defaultdict[int, list[Same]](list)
    wanted = sorted(group for group in groups if group is not None)
    if wanted:
        query = _of(project_id).where(col(Claim.claim_group_id).in_(wanted))
        for row in session.exec(query):
            same = _near(row).same
            found[same.group_id or 0].append(same)
    return found


def _with_groups(same: Mapping[int, Same], groups: Mapping[int, list[Same]]) -> Iterable[Same]:
    together = {one.claim_id: one for s in same.values() for one in groups.get(s.group_id or 0, ())}
    return {**together, **same}.values()
