"""What is counted of agreement: read off the checks of claims, and written to the counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import (
    BindParameter,
    Executable,
    Integer,
    String,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    literal,
    or_,
    update,
)
from sqlalchemy import select as rows_with
from sqlmodel import Session, col, select

from app.domain.tallies import Counts, Key
from app.storage.driver import rows_of, write_rows
from app.storage.kept import CLAIMS, ENTRIES
from app.storage.locking import INSERTS, only_lock
from app.storage.plain_rows import Rows, table_of
from app.storage.tables import (
    AnswerTally,
    Claim,
    ClaimRound,
    ClaimTally,
    DeskTally,
    PairTally,
    Project,
    TallySlice,
    Triage,
)

# Each kind of count with the columns that, next to its slice, tell one from another.
KINDS: Mapping[str, tuple[type[AnswerTally | PairTally | DeskTally], tuple[str, ...]]] = {
    "answers": (AnswerTally, ("question", "basis", "pattern")),
    "pairs": (
        PairTally,
        ("question", "basis", "first_id", "second_id", "first_label_id", "second_label_id"),
    ),
    "desk": (DeskTally, ("question", "basis", "person_id", "label_id", "desk_label_id")),
}
TRIAGE_SLICE = "triage"
OLD = "old "


@dataclass(frozen=True, slots=True)
class Part:
    """A slice by what it is a slice of."""

    project_id: int
    round_id: int | None = None
    batch_id: int | None = None
    guideline_version: int | None = None
    is_settled: bool = True
    is_mixed: bool = False

    @property
    def name(self) -> str:
        """What tells it from the others of its project."""
        if self.round_id is None:
            return TRIAGE_SLICE
        version = "mixed" if self.is_mixed else self.guideline_version or 0
        state = "settled" if self.is_settled else "complete"
        return f"round {self.round_id}, batch {self.batch_id or 0}, version {version}, {state}"


def hold_projects(session: Session, claim_ids: Sequence[int]) -> None:
    """Wait for whoever begins to count a project of these claims from the beginning."""
    only_lock(session, _projects(), {"claims": list(claim_ids)})


@cache
def _projects() -> Executable:
    theirs = select(Claim.project_id).where(col(Claim.id).in_(CLAIMS))
    query = select(Project.id).where(col(Project.id).in_(theirs)).order_by(col(Project.id))
    return query.with_for_update(read=True, key_share=True)


def claim_tallies(session: Session, entries: Sequence[int]) -> dict[int, tuple[ClaimTally, bool]]:
    """What was counted of some claim rounds, locked; True where it still stands in the counts."""
    places = {"entries": list(entries)}
    rows = (_stored().of(row) for row in rows_of(session, _tallies(), places))
    return {row.claim_round_id: (row, not more.is_old) for row, more in rows}


@cache
def _stored() -> Rows:
    return Rows(ClaimTally, is_old=col(TallySlice.is_old))


@cache
def _tallies() -> Executable:
    tally, piece = table_of(ClaimTally), table_of(TallySlice)
    return (
        rows_with(*_stored().columns)
        .select_from(tally)
        .join(piece, piece.c.id == tally.c.slice_id)
        .where(tally.c.claim_round_id.in_(ENTRIES))
        .order_by(tally.c.claim_round_id)
        .with_for_update(of=tally)
    )


def slice_ids(session: Session, parts: Sequence[Part]) -> dict[Part, int]:
    """The keys of some slices, which are made where there are none."""
    if not parts:
        return {}
    by_name = {(part.project_id, part.name): part for part in parts}
    found = _known_slices(session, by_name)
    missing: list[dict[str, Any]] = [
        {
            "project_id": part.project_id,
            "name": part.name,
            "round_id": part.round_id,
            "batch_id": part.batch_id,
            "guideline_version": part.guideline_version,
            "is_settled": part.is_settled,
            "is_old": False,
        }
        for _name, part in sorted(by_name.items(), key=lambda named: named[0])
        if part not in found
    ]
    if missing:
        insert = INSERTS[session.get_bind().dialect.name]
        statement = insert(TallySlice).on_conflict_do_nothing(index_elements=["project_id", "name"])
        session.execute(statement, missing)
        found = _known_slices(session, by_name)
    return found


def _known_slices(session: Session, by_name: Mapping[tuple[int, str], Part]) -> dict[Part, int]:
    projects, names = (sorted(set(found)) for found in zip(*by_name, strict=True))
    rows = rows_of(session, _slices(), {"projects": projects, "names": names})
    return {
        by_name[project, name]: key
        for project, name, key in rows
        if key is not None and (project, name) in by_name
    }


@cache
def _slices() -> Executable:
    projects: BindParameter[Any] = bindparam("projects", expanding=True)
    names: BindParameter[Any] = bindparam("names", expanding=True)
    return select(TallySlice.project_id, TallySlice.name, TallySlice.id).where(
        col(TallySlice.project_id).in_(projects), col(TallySlice.name).in_(names)
    )


def add_counts(session: Session, changes: Mapping[int, Counts]) -> None:
    """Add to the counts of some slices, by the keys of these; what is added may be below zero.

    Everybody does so in one order, row by row: two who add at once never wait crosswise.
    """
    for kind, (_table, columns) in KINDS.items():
        added = _added(session.get_bind().dialect.name, kind)
        write_rows(session, added, _rows(kind, columns, changes))


@cache
def _added(dialect: str, kind: str) -> Executable:
    """What makes a count that is not there yet, and else adds to it.

    One that is made is not below zero, which the database would refuse before it looks for the one
    that is there.
    """
    table, columns = KINDS[kind]
    counts: Any = table.__table__  # type: ignore[union-attr]  # SQLModel hides the table
    statement = INSERTS[dialect](counts).values(number=bindparam("made")).inline()
    more = counts.c.number + bindparam("more", type_=Integer)
    unique = ["slice_id", *columns]
    added: Executable = statement.on_conflict_do_update(
        index_elements=unique, set_={"number": more}
    )
    return added


def _rows(kind: str, columns: Sequence[str], changes: Mapping[int, Counts]) -> list[dict[str, Any]]:
    keys = sorted(
        (slice_id, key, number)
        for slice_id, counts in changes.items()
        for key, number in counts.get(kind, {}).items()
        if number
    )
    return [
        {
            "slice_id": slice_id,
            **dict(zip(columns, key, strict=True)),
            "made": max(number, 0),
            "more": number,
        }
        for slice_id, key, number in keys
    ]


def write_tallies(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep what was counted of some claim rounds, to be taken off again later."""
    write_rows(session, _kept(session.get_bind().dialect.name), rows)


@cache
def _kept(dialect: str) -> Executable:
    statement = INSERTS[dialect](table_of(ClaimTally)).inline()
    said = {name: statement.excluded[name] for name in ("slice_id", "content", "counted")}
    kept: Executable = statement.on_conflict_do_update(index_elements=["claim_round_id"], set_=said)
    return kept


def remove_tallies(session: Session, entries: Sequence[int]) -> None:
    """Keep nothing of some claim rounds, which are not counted any more."""
    if entries:
        session.execute(delete(ClaimTally).where(col(ClaimTally.claim_round_id).in_(entries)))


def begin_anew(session: Session, project_id: int) -> None:
    """Let all counts of a project count for nothing; nobody counts it at that moment."""
    query = select(Project.id).where(Project.id == project_id).with_for_update()
    session.exec(query).one()
    old = select(TallySlice.id).where(
        TallySlice.project_id == project_id, col(TallySlice.is_old).is_(False)
    )
    for table, _columns in KINDS.values():
        session.execute(delete(table).where(col(table.slice_id).in_(old)))
    name = literal(OLD).concat(cast(col(TallySlice.id), String))
    changed = update(TallySlice).where(col(TallySlice.id).in_(old))
    session.execute(
        changed.values(is_old=True, name=name), execution_options={"synchronize_session": False}
    )


def forget_old(session: Session, project_id: int) -> None:
    """Delete the slices that counted for nothing, once no claim points at them."""
    old = select(TallySlice.id).where(
        TallySlice.project_id == project_id, col(TallySlice.is_old).is_(True)
    )
    session.execute(delete(ClaimTally).where(col(ClaimTally.slice_id).in_(old)))
    session.execute(
        delete(TallySlice).where(
            TallySlice.project_id == project_id,  # type: ignore[arg-type]  # a condition
            col(TallySlice.is_old).is_(True),
        ),
        execution_options={"synchronize_session": False},
    )


def some_claims(
    session: Session, project_id: int, *, after: int, limit: int, only_waiting: bool = False
) -> Sequence[int]:
    """Claims of a project that have all their checks in a round, or had, from one key on.

    Not those that are still to check: whoever takes the next one passes over what is locked.
    """
    is_over = col(ClaimRound.settled_at).is_not(None)
    is_complete = col(ClaimRound.reviews_done) >= col(ClaimRound.reviews_wanted)
    was_counted = exists().where(col(ClaimTally.claim_round_id) == col(ClaimRound.id))
    in_round = exists().where(
        col(ClaimRound.claim_id) == col(Claim.id),
        and_(~is_over, is_complete) if only_waiting else or_(is_over, is_complete, was_counted),
    )
    query = (
        select(Claim.id)
        .where(Claim.project_id == project_id, col(Claim.id) > after, in_round)
        .order_by(col(Claim.id))
        .limit(limit)
    )
    return [key for key in session.exec(query) if key is not None]


def triage_patterns(session: Session, project_id: int) -> Counter[tuple[str, str]]:
    """How often suggestions that two people decided were decided alike, counted from the rows."""
    first, second = Triage.__table__.alias(), Triage.__table__.alias()  # type: ignore[attr-defined]  # SQLModel hides the table
    rows = session.execute(
        select(first.c.decision, second.c.decision, func.count())
        .join(second, second.c.claim_id == first.c.claim_id)
        .where(
            second.c.project_id == project_id,
            second.c.is_second.is_(True),
            first.c.is_second.is_(False),
        )
        .group_by(first.c.decision, second.c.decision)
    )
    found: Counter[tuple[str, str]] = Counter()
    for one, other, number in rows:
        found[one.value, other.value] += number
    return found


def totals(session: Session, project_id: int) -> dict[tuple[str, str, Key], int]:
    """All counts of a project that are not zero, by slice, kind and key: for comparing them."""
    return dict(chain.from_iterable(_totals(session, project_id, kind) for kind in KINDS))


def _totals(session: Session, project_id: int, kind: str) -> list[tuple[tuple[str, str, Key], int]]:
    table, columns = KINDS[kind]
    rows = session.execute(
        select(TallySlice.name, col(table.number), *(getattr(table, name) for name in columns))
        .join(TallySlice, col(TallySlice.id) == col(table.slice_id))
        .where(
            TallySlice.project_id == project_id,
            col(TallySlice.is_old).is_(False),
            col(table.number) != 0,
        )
    )
    return [((name, kind, tuple(map(str, key))), number) for name, number, *key in rows]
