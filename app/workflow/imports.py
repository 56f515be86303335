"""Taking claims in from a file: a run of small batches that is seen all at once, or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from math import ceil

from sqlalchemy import ColumnElement, delete, exists, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.actors import Actor
from app.domain.errors import WrongState
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.words import ImportState
from app.importers.claims_csv import ClaimRow
from app.storage.locking import locked_by_key
from app.storage.projects import current_round
from app.storage.session import Database
from app.storage.tables import (
    Article,
    Claim,
    ClaimRound,
    ClaimTag,
    Hop,
    ImportRun,
    Project,
    Snapshot,
)
from app.workflow.batches import batch_named
from app.workflow.events import record_event
from app.workflow.import_rows import Run, write_part
from app.workflow.pieces import Pieces

BATCH = 500
# A run that wrote nothing for this long was killed; another may take its place.
DEAD_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did; ``makes_batch``: the batch that it was for was not there before.

    ``untied``: of how many claims the quote stands in no text that is here; ``lines`` names the first.
    """

    run: str
    added: int
    known: int
    makes_batch: bool = False
    untied: int = 0
    lines: tuple[int, ...] = ()


def import_claims(
    database: Database,
    actor: Actor,
    project_id: int,
    *,
    rows: Iterable[ClaimRow],
    batch: str | None = None,
) -> ImportSummary:
    """Take claims in, open to be checked. A claim that is here already is left as it is.

    With ``batch``, a name, they come into the batch of that name, which is made if there is none.

    Commits its own batches, none of which anybody sees before the run is finished; a row that is
    refused after all leaves nothing visible behind.

    Raises:
        Missing, NotAllowed: no leave.
        Invalid: no batch can have that name.
        WrongState: another import into the project is under way.
    """
    for killed in _killed(database, actor, project_id):
        _give_up(database, killed)
    with database.write() as session:
        run = _begin(session, actor, project_id, batch)
    rows, pieces = iter(rows), Pieces(database, most=BATCH)
    try:
        while part := list(islice(rows, pieces.size)):
            with pieces.write() as session:
                write_part(session, run, part)
    except BaseException:
        _give_up(database, run.id)
        raise
    with database.write() as session:
        _finish(session, actor, run)
    return _summary(run)


def _summary(run: Run) -> ImportSummary:
    return ImportSummary(
        run.public_id,
        run.added,
        run.known,
        makes_batch=run.makes_batch,
        untied=run.untied,
        lines=tuple(run.untied_lines),
    )


def _killed(database: Database, actor: Actor, project_id: int) -> list[int]:
    """The runs into a project that ended without saying so: what they left is taken out first."""
    ask_leave(actor, Action.CLAIM_IMPORT, project_id)
    with database.reading() as session:
        return [run.key for run in session.exec(_unfinished(project_id)) if _is_dead(run)]


def _unfinished(project_id: int) -> SelectOfScalar[ImportRun]:
    return select(ImportRun).where(
        ImportRun.project_id == project_id, ImportRun.state == ImportState.RUNNING
    )


def _is_dead(run: ImportRun) -> bool:
    return run.touched_at <= now() - DEAD_AFTER


def _is_running(run: ImportRun) -> WrongState:
    """Another run is under way, or was killed: when it was last heard of, and how long that counts."""
    ago = now() - run.touched_at
    left = max(DEAD_AFTER - ago, timedelta(seconds=1))
    return WrongState(
        "import.running",
        ago=max(int(ago.total_seconds()), 0),
        left=ceil(left.total_seconds()),
    )


def _begin(session: Session, actor: Actor, project_id: int, batch: str | None) -> Run:
    ask_leave(actor, Action.CLAIM_IMPORT, project_id)
    project = locked_by_key(session, Project, project_id)
    running = session.exec(_unfinished(project_id)).first()
    if running is not None:
        raise _is_running(running)
    row = ImportRun(project_id=project_id, created_by_id=actor.person_id)
    session.add(row)
    session.flush()
    this_round = current_round(session, project_id)
    run = Run(row.key, row.public_id, project.key, this_round.key, this_round.reviews_wanted)
    if batch is not None:
        found, run.makes_batch = batch_named(session, actor, project_id, batch)
        run.batch_id = found.id
    return run


def _give_up(database: Database, run_id: int) -> None:
    """Take out what a run wrote that never ended: nobody was told of it and nobody saw it.

    In pieces, and the run itself last: if this is killed too, the next one goes on with it.
    """
    pieces = Pieces(database, most=BATCH)
    while _take_out(pieces, Claim, run_id):
        pass
    while _take_out(pieces, Article, run_id):
        pass
    with database.write() as session:
        session.execute(
            update(ImportRun).where(col(ImportRun.id) == run_id).values(state=ImportState.FAILED)
        )


def _take_out(pieces: Pieces, kind: type[Claim | Article], run_id: int) -> bool:
    """Take out some claims of a run with what hangs on them, or articles that nothing hangs on."""
    unused = () if kind is Claim else (~_is_used(),)
    some = select(kind.id).where(col(kind.import_run_id) == run_id, *unused).limit(pieces.size)
    with pieces.write() as session:
        keys = session.exec(some).all()
        for hangs in (Hop, ClaimTag, ClaimRound) if kind is Claim else ():
            session.execute(delete(hangs).where(col(hangs.claim_id).in_(keys)))
        session.execute(delete(kind).where(col(kind.id).in_(keys)))
    return bool(keys)


def _is_used() -> ColumnElement[bool]:
    """Whether something else came to an article meanwhile."""
    return or_(
        exists().where(col(Claim.article_id) == col(Article.id)),
        exists().where(col(Snapshot.article_id) == col(Article.id)),
    )


def _finish(session: Session, actor: Actor, run: Run) -> None:
    row = locked_by_key(session, ImportRun, run.id)
    row.state = ImportState.FINISHED
    row.finished_at = now()
    row.rows_added, row.rows_known = run.added, run.known
    record_event(
        session,
        actor,
        Action.CLAIM_IMPORT,
        noun="import_run",
        thing=run.public_id,
        project_id=run.project_id,
        added=run.added,
        known=run.known,
    )
