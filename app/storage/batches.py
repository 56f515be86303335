"""Questions about batches: the named parts of a project's claims, and how far each is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache

from sqlalchemy import Executable, Integer, bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.export_rows import BatchRow
from app.domain.permissions import Action, ask_leave, may
from app.domain.words import ClaimState
from app.storage.claim_filters import ALL, ClaimFilter, conditions
from app.storage.counts import kept_in, of_part
from app.storage.driver import rows_of
from app.storage.kept import HERE
from app.storage.tables import Batch, Claim, Guideline

CHUNK = 500
# So many are offered where one is chosen.
MOST_OFFERED = 200


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """A batch; ``guideline_version`` is None where no guidelines were written when it was made."""

    id: int
    public_id: str
    project_id: int
    name: str
    is_pilot: bool
    guideline_version: int | None


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch with its claims counted by state, which every member sees of every claim."""

    batch: BatchRecord
    counts: Mapping[ClaimState, int] = field(default_factory=dict)

    @property
    def claims(self) -> int:
        """How many claims are in it."""
        return sum(self.counts.values())

    @property
    def to_be_settled(self) -> int:
        """How many of them are settled or will be: suggestions may never be picked."""
        return self.settled + self.counts.get(ClaimState.OPEN, 0)

    @property
    def settled(self) -> int:
        """How many of them are settled."""
        return self.counts.get(ClaimState.SETTLED, 0)


@dataclass(frozen=True, slots=True)
class HeldGuideline:
    """The guidelines that a claim is checked under; ``newest`` is the last version of all."""

    version: int
    text: str
    newest: int


def batch_record(row: Batch) -> BatchRecord:
    """A batch as pages and verbs need it."""
    return BatchRecord(
        id=row.key,
        public_id=row.public_id,
        project_id=row.project_id,
        name=row.name,
        is_pilot=row.is_pilot,
        guideline_version=row.guideline_version,
    )


def batch(session: Session, actor: Actor, public_id: str) -> BatchRecord:
    """One batch.

    Raises:
        Missing: there is none, or the actor may not know of it.
    """
    row = session.exec(select(Batch).where(Batch.public_id == public_id)).first()
    if row is None or not may(actor, Action.PROJECT_VIEW, row.project_id):
        raise Missing("batch.missing")
    return batch_record(row)


def batches_of(
    session: Session, project_id: int, *, limit: int = MOST_OFFERED
) -> list[BatchRecord]:
    """The newest batches of a project by name, for choosing one."""
    rows = rows_of(session, _batches(), {"here": project_id, "most": limit})
    found = [BatchRecord(*row) for row in rows]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


@cache
def _batches() -> Executable:
    facts = (col(getattr(Batch, fact.name)) for fact in fields(BatchRecord))
    newest = columns(*facts).where(col(Batch.project_id) == HERE).order_by(col(Batch.id).desc())
    return newest.limit(bindparam("most", type_=Integer))


def batch_lines(
    session: Session, project_id: int, *, before: int | None = None, limit: int
) -> list[BatchLine]:
    """The batches of a project, newest first, from one key on: two questions for all of them."""
    query = select(Batch).where(Batch.project_id == project_id)
    if before is not None:
        query = query.where(col(Batch.id) < before)
    rows = session.exec(query.order_by(col(Batch.id).desc()).limit(limit)).all()
    return lines_of(session, [batch_record(row) for row in rows])


def lines_of(session: Session, batches: Sequence[BatchRecord]) -> list[BatchLine]:
    """Some batches of one project with their claims, of which counts are kept."""
    if not batches:
        return []
    counts: dict[int, dict[ClaimState, int]] = {}
    states = [state.value for state in ClaimState]
    some = of_part.in_([one.id for one in batches])
    for (state, key), number in kept_in(session, batches[0].project_id, states, some).items():
        counts.setdefault(key, {})[ClaimState(state)] = number
    return [BatchLine(one, counts.get(one.id, {})) for one in batches]


def batch_of_claim(session: Session, claim_id: int) -> BatchRecord | None:
    """The batch that a claim is in."""
    query = select(Batch).join(Claim, col(Claim.batch_id) == col(Batch.id))
    row = session.exec(query.where(col(Claim.id) == claim_id)).first()
    return None if row is None else batch_record(row)


def guideline_of_claim(session: Session, project_id: int, claim_id: int) -> HeldGuideline | None:
    """The guidelines that a claim is checked under: its batch's version, else the newest."""
    query = select(Guideline.version, Guideline.text).where(Guideline.project_id == project_id)
    newest = session.exec(query.order_by(col(Guideline.version).desc()).limit(1)).first()
    if newest is None:
        return None
    held = batch_of_claim(session, claim_id)
    named = None if held is None else held.guideline_version
    if named is None or named == newest[0]:
        return HeldGuideline(*newest, newest=newest[0])
    version, text = session.exec(query.where(Guideline.version == named)).one()
    return HeldGuideline(version, text, newest=newest[0])


def batch_rows(
    session: Session, actor: Actor, project_id: int, *, wanted: ClaimFilter = ALL
) -> Iterator[BatchRow]:
    """One row for every claim that is in a batch and that a filter finds, oldest first.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    return _rows(session, actor, project_id, wanted)


def _rows(
    session: Session, actor: Actor, project_id: int, wanted: ClaimFilter
) -> Iterator[BatchRow]:
    query = (
        select(Claim.id, Claim.public_id, Batch)
        .join(Batch, col(Batch.id) == col(Claim.batch_id))
        .where(*conditions(actor, project_id, wanted))
        .order_by(col(Claim.id))
        .limit(CHUNK)
    )
    after = 0
    while rows := session.exec(query.where(col(Claim.id) > after)).all():
        for _key, claim_id, row in rows:
            yield BatchRow(
                claim_id=claim_id,
                batch=row.name,
                pilot=row.is_pilot,
                guideline_version=row.guideline_version,
            )
        after = rows[-1][0] or 0
