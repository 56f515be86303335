"""Parting a project's claims into batches, each with the guideline version it is checked under."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, insert, update
from sqlmodel import Session, col, func, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, Missing
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.words import ReviewState
from app.storage.batches import BatchRecord, batch_record
from app.storage.claim_filters import ClaimFilter, conditions
from app.storage.claims import visible
from app.storage.locking import locked, locked_by_key
from app.storage.tables import Batch, Claim, Event, Guideline, Project, Review
from app.workflow.events import record_event
from app.workflow.tallies import count_anew

MAX_NAME = 120
CHUNK = 500
PUT = "claim.batch"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchValues:
    """What a batch is; without ``guideline_version`` it is the newest one."""

    name: str
    is_pilot: bool = False
    guideline_version: int | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """How many claims were put, and how many were there already."""

    done: int
    same: int


def add_batch(
    session: Session, actor: Actor, project_id: int, *, values: BatchValues
) -> BatchRecord:
    """Make a batch. The same one sent twice is one.

    Raises:
        Invalid: no name, one that another batch has, or no such version of the guidelines.
    """
    ask_leave(actor, Action.BATCH_EDIT, project_id)
    locked_by_key(session, Project, project_id)
    wanted = _checked(session, project_id, values)
    known = _named(session, project_id, wanted.name)
    if known is not None:
        held = (known.is_pilot, known.guideline_version)
        if held != (wanted.is_pilot, wanted.guideline_version):
            raise Invalid("batch.name-taken", field="name")
        return batch_record(known)
    return batch_record(_made(session, actor, project_id, wanted))


def batch_named(
    session: Session, actor: Actor, project_id: int, name: str
) -> tuple[BatchRecord, bool]:
    """The batch of this name, made where there is none, and whether it was made.

    Raises:
        Invalid: that can be no name.
    """
    ask_leave(actor, Action.BATCH_EDIT, project_id)
    locked_by_key(session, Project, project_id)
    wanted = _checked(session, project_id, BatchValues(name=name))
    known = _named(session, project_id, wanted.name)
    row = known or _made(session, actor, project_id, wanted)
    return batch_record(row), known is None


def change_batch(session: Session, actor: Actor, batch_id: str, *, values: BatchValues) -> None:
    """Change a batch; checks that were given keep the guideline version they were given under.

    Raises:
        Invalid: as for a new one.
    """
    row = locked(session, Batch, batch_id)
    ask_leave(actor, Action.BATCH_EDIT, row.project_id)
    wanted = _checked(session, row.project_id, values)
    other = _named(session, row.project_id, wanted.name)
    if other is not None and other.key != row.key:
        raise Invalid("batch.name-taken", field="name")
    fields = ("name", "is_pilot", "guideline_version")
    changed = [name for name in fields if getattr(row, name) != getattr(wanted, name)]
    if not changed:
        return
    for name in changed:
        setattr(row, name, getattr(wanted, name))
    _tell(session, actor, row, fields=changed)


def put_claims(
    session: Session,
    actor: Actor,
    project_id: int,
    claims: Sequence[str] | ClaimFilter,
    *,
    batch_id: str | None,
) -> Put:
    """Put claims into a batch, or out of any: those that are named, or all that a filter finds.

    A claim is in one batch at a time. Those of another project are left alone.

    Raises:
        Missing: the project has no such batch.
    """
    ask_leave(actor, Action.BATCH_EDIT, project_id)
    target = None if batch_id is None else _batch_in(session, project_id, batch_id)
    key = None if target is None else target.key
    done, same = 0, 0
    for rows in _chosen(session, actor, project_id, claims):
        moved = {claim: public_id for claim, public_id, held in rows if held != key}
        same += len(rows) - len(moved)
        done += len(moved)
        if moved:
            _move(session, actor, moved, project_id=project_id, target=target)
    session.flush()
    return Put(done, same)


def _chosen(
    session: Session, actor: Actor, project_id: int, claims: Sequence[str] | ClaimFilter
) -> Iterator[Sequence[tuple[int, str, int | None]]]:
    """Key, public id and batch of some claims, locked in the order of their keys."""
    if isinstance(claims, ClaimFilter):
        # Found out before anything moves: a list of a batch gets shorter while its claims leave.
        found = select(Claim.id).where(*conditions(actor, project_id, claims))
    else:
        found = select(Claim.id).where(
            Claim.project_id == project_id,
            col(Claim.public_id).in_(list(dict.fromkeys(claims))),
            visible(),
        )
    keys = session.exec(found.order_by(col(Claim.id))).all()
    for begin in range(0, len(keys), CHUNK):
        rows = session.execute(
            select(Claim.id, Claim.public_id, Claim.batch_id)
            .where(col(Claim.id).in_(keys[begin : begin + CHUNK]))
            .order_by(col(Claim.id))
            .with_for_update(of=Claim, key_share=True)
        )
        yield [(key, public_id, held) for key, public_id, held in rows]


def _move(
    session: Session,
    actor: Actor,
    claims: dict[int, str],
    *,
    project_id: int,
    target: Batch | None,
) -> None:
    """Put some locked claims, with a line of history for each."""
    session.execute(
        update(Claim)
        .where(col(Claim.id).in_(claims))
        .values(batch_id=None if target is None else target.key)
        .execution_options(synchronize_session="fetch")
    )
    line = {
        "at": now(),
        "actor_kind": actor.kind,
        "actor_id": actor.person_id,
        "project_id": project_id,
        "action": PUT,
        "noun": "claim",
        "details": {"batch": None if target is None else target.public_id},
    }
    session.execute(
        insert(Event), [{**line, "thing": name, "claim": name} for name in claims.values()]
    )
    checked = exists().where(
        col(Review.claim_id) == col(Claim.id), col(Review.state) == ReviewState.SUBMITTED
    )
    for key in session.exec(select(Claim.id).where(col(Claim.id).in_(claims), checked)):
        count_anew(session, key or 0)


def _batch_in(session: Session, project_id: int, batch_id: str) -> Batch:
    row = session.exec(
        select(Batch).where(Batch.public_id == batch_id, Batch.project_id == project_id)
    ).first()
    if row is None:
        raise Missing("batch.missing")
    return row


def _named(session: Session, project_id: int, name: str) -> Batch | None:
    query = select(Batch).where(Batch.project_id == project_id, Batch.name == name)
    return session.exec(query).first()


def _checked(session: Session, project_id: int, values: BatchValues) -> BatchValues:
    """The values with a tidy name and a version that there is."""
    name = " ".join(values.name.split())
    if not 0 < len(name) <= MAX_NAME:
        raise Invalid("batch.name", field="name", limit=MAX_NAME)
    newest = session.exec(
        select(func.max(Guideline.version)).where(Guideline.project_id == project_id)
    ).one()
    version = values.guideline_version
    if version is None:
        version = newest
    elif not 1 <= version <= (newest or 0):
        raise Invalid("guidelines.missing", field="guideline_version")
    return BatchValues(name=name, is_pilot=values.is_pilot, guideline_version=version)


def _made(session: Session, actor: Actor, project_id: int, values: BatchValues) -> Batch:
    row = Batch(
        project_id=project_id,
        name=values.name,
        is_pilot=values.is_pilot,
        guideline_version=values.guideline_version,
        created_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    _tell(session, actor, row, fields=["name", "is_pilot", "guideline_version"])
    return row


def _tell(session: Session, actor: Actor, row: Batch, *, fields: Sequence[str]) -> None:
    record_event(
        session,
        actor,
        Action.BATCH_EDIT,
        noun="batch",
        thing=row.public_id,
        project_id=row.project_id,
        fields=fields,
    )
    session.flush()
