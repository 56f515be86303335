"""Questions to the counts that triggers keep (see ``storage.triggers``), and whether they are right.

What is read are a few rows, however many claims there are. Whoever reads them answers for who may
know a number: those of a person are told to that person, and of others as blindness allows.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, bindparam, func, text
from sqlalchemy import select as select_any
from sqlmodel import Session, col

from app.storage.locking import INSERTS
from app.storage.tables import KeptCount
from app.storage.tables.counts import RULES
from app.storage.triggers import COLUMNS, full

# Where a count stands: project, what, person, part, unfinished import.
Place = tuple[int, str, int, int, int]
QUARTER = 15 * 60
# The part of a count: a batch, a round, or the quarter of an hour in which something was.
of_part = col(KeptCount.part)

_PROJECTS = bindparam("projects", type_=Integer, expanding=True)
_WHATS = bindparam("whats", type_=String, expanding=True)
_PERSON = bindparam("person", type_=Integer)


@cache
def _by_what() -> Any:  # noqa: ANN401 - a statement
    """Sums by project and what, of nobody or of one person."""
    return (
        select_any(col(KeptCount.project_id), col(KeptCount.what), func.sum(col(KeptCount.number)))
        .where(
            col(KeptCount.project_id).in_(_PROJECTS),
            col(KeptCount.what).in_(_WHATS),
            col(KeptCount.person_id) == _PERSON,
            col(KeptCount.run_id) == 0,
        )
        .group_by(col(KeptCount.project_id), col(KeptCount.what))
    )


def kept(
    session: Session, projects: Collection[int], whats: Collection[str], *, person: int | None = 0
) -> dict[tuple[int, str], int]:
    """How many of some things some projects have, of one person where they are of people."""
    if not projects or person is None:
        return {}
    values = {"projects": sorted(projects), "whats": sorted(whats), "person": person}
    rows = session.execute(_by_what(), values)
    return {(project, what): int(number) for project, what, number in rows}


def kept_of(session: Session, project_id: int, what: str) -> dict[int, int]:
    """How many of something each person has in a project."""
    person = col(KeptCount.person_id)
    query = select_any(person, func.sum(col(KeptCount.number))).where(*_of([project_id], [what]))
    return {key: int(n) for key, n in session.execute(query.group_by(person)) if n}


def kept_in(
    session: Session,
    project_id: int,
    whats: Collection[str],
    *where: ColumnElement[bool],
    person: int | None = 0,
) -> dict[tuple[str, int], int]:
    """How many of some things stand in each of the parts that hold (see ``of_part``)."""
    if person is None:
        return {}
    what = col(KeptCount.what)
    query = (
        select_any(what, of_part, func.sum(col(KeptCount.number)))
        .where(*_of([project_id], whats), col(KeptCount.person_id) == person, *where)
        .group_by(what, of_part)
    )
    return {(name, part): int(n) for name, part, n in session.execute(query) if n}


def kept_by_part(
    session: Session, projects: Collection[int], what: str, *, person: int | None = 0
) -> dict[tuple[int, int], int]:
    """How many of something each part of some projects has."""
    if not projects or person is None:
        return {}
    project = col(KeptCount.project_id)
    query = (
        select_any(project, of_part, func.sum(col(KeptCount.number)))
        .where(*_of(projects, [what]), col(KeptCount.person_id) == person)
        .group_by(project, of_part)
    )
    return {(key, part): int(n) for key, part, n in session.execute(query) if n}


def kept_before(
    session: Session, projects: Collection[int], what: str, moment: datetime
) -> dict[int, int]:
    """By project, how many of something were before the quarter of an hour of a moment."""
    project = col(KeptCount.project_id)
    query = (
        select_any(project, func.sum(col(KeptCount.number)))
        .where(*_of(projects, [what]), col(KeptCount.person_id) == 0, of_part < part_of(moment))
        .group_by(project)
    )
    return {key: int(n) for key, n in session.execute(query)}


def part_of(moment: datetime) -> int:
    """The quarter of an hour that a moment is in, as counts are kept by it."""
    return int(moment.timestamp()) // QUARTER * QUARTER


def _of(projects: Collection[int], whats: Collection[str]) -> list[ColumnElement[bool]]:
    return [
        col(KeptCount.project_id).in_(sorted(projects)),
        col(KeptCount.what).in_(sorted(whats)),
        col(KeptCount.run_id) == 0,
    ]


def wrong(session: Session) -> Mapping[Place, int]:
    """What is missing in each count that is not right; reads every claim and check."""
    dialect = session.get_bind().dialect.name
    missing: Counter[Place] = Counter()
    for *place, number in session.execute(text(full(RULES, dialect).replace(":", "\\:"))):
        missing[tuple(place)] += int(number)
    rows = session.execute(text(f"SELECT {COLUMNS}, number FROM kept_count"))  # noqa: S608 - names
    for *place, number in rows:
        missing[tuple(place)] -= int(number)
    return {place: number for place, number in missing.items() if number}


def put_right(session: Session, missing: Mapping[Place, int]) -> None:
    """Add what was found missing; what was counted since then stays counted."""
    if not missing:
        return
    names = COLUMNS.split(", ")
    insert = INSERTS[session.get_bind().dialect.name]
    statement = insert(KeptCount)
    statement = statement.on_conflict_do_update(
        index_elements=[*names, "shard"],
        set_={"number": col(KeptCount.number) + statement.excluded.number},
    )
    rows: Sequence[dict[str, Any]] = [
        {**dict(zip(names, place, strict=True)), "shard": 0, "number": number}
        for place, number in sorted(missing.items())
    ]
    session.execute(statement, rows)
