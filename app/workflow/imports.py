"""Taking claims in from a file: a run of small batches that is seen all at once, or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import delete, exists, insert, or_, update
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import WrongState
from app.domain.ids import new_public_id, now
from app.domain.links import canonical_link
from app.domain.permissions import Action, ask_leave
from app.domain.words import ClaimState, ImportState, Mode
from app.importers.claims_csv import ClaimRow
from app.storage.locking import held_by_key, locked_by_key
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
    Round,
    Snapshot,
)
from app.workflow.agents import HopValues, agents_named
from app.workflow.articles import MAX_TITLE
from app.workflow.batches import batch_named
from app.workflow.events import record_event

BATCH = 500
# A run that wrote nothing for this long was killed; another may take its place.
DEAD_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did; ``makes_batch``: the batch that it was for was not there before."""

    run: str
    added: int
    known: int
    makes_batch: bool = False


@dataclass
class Run:
    """An import under way: where its rows go, and the names it has met already."""

    id: int
    public_id: str
    project_id: int
    round_id: int
    reviews_wanted: int
    batch_id: int | None = None
    makes_batch: bool = False
    added: int = 0
    known: int = 0
    agents: dict[str, int] = field(default_factory=dict)
    articles: dict[tuple[str | None, ...], int] = field(default_factory=dict)


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
    with database.write() as session:
        run = _begin(session, actor, project_id, batch)
    rows = iter(rows)
    try:
        while part := list(islice(rows, BATCH)):
            with database.write() as session:
                _write(session, run, part)
    except BaseException:
        with database.write() as session:
            _give_up(session, run.id)
        raise
    with database.write() as session:
        _finish(session, actor, run)
    return ImportSummary(run.public_id, run.added, run.known, makes_batch=run.makes_batch)


def _begin(session: Session, actor: Actor, project_id: int, batch: str | None) -> Run:
    ask_leave(actor, Action.CLAIM_IMPORT, project_id)
    project = locked_by_key(session, Project, project_id)
    unfinished = select(ImportRun).where(
        ImportRun.project_id == project_id, ImportRun.state == ImportState.RUNNING
    )
    for other in session.exec(unfinished).all():
        if other.touched_at > now() - DEAD_AFTER:
            raise WrongState("import.running")
        _give_up(session, other.key)
    row = ImportRun(project_id=project_id, created_by_id=actor.person_id)
    session.add(row)
    session.flush()
    this_round = current_round(session, project_id)
    run = Run(row.key, row.public_id, project.key, this_round.key, this_round.reviews_wanted)
    if batch is not None:
        found, run.makes_batch = batch_named(session, actor, project_id, batch)
        run.batch_id = found.id
    return run


def _give_up(session: Session, run_id: int) -> None:
    """Take out what a run wrote that never ended: nobody was told of it and nobody saw it."""
    claims = select(Claim.id).where(Claim.import_run_id == run_id)
    for kind in (Hop, ClaimTag, ClaimRound):
        session.execute(delete(kind).where(col(kind.claim_id).in_(claims)))
    session.execute(delete(Claim).where(col(Claim.import_run_id) == run_id))
    unused = ~or_(
        exists().where(col(Claim.article_id) == col(Article.id)),
        exists().where(col(Snapshot.article_id) == col(Article.id)),
    )
    session.execute(delete(Article).where(col(Article.import_run_id) == run_id, unused))
    session.execute(
        update(ImportRun).where(col(ImportRun.id) == run_id).values(state=ImportState.FAILED)
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


def _write(session: Session, run: Run, batch: list[ClaimRow]) -> None:
    session.execute(update(ImportRun).where(col(ImportRun.id) == run.id).values(touched_at=now()))
    fresh = list(_fresh(session, run, batch))
    run.known += len(batch) - len(fresh)
    if not fresh:
        return
    # How many checks a claim wants can change while a long file comes in.
    run.reviews_wanted = held_by_key(session, Round, run.round_id).reviews_wanted
    _know_articles(session, run, fresh)
    _know_agents(session, run, fresh)
    places = _places(session, run, fresh)
    keys = session.scalars(
        insert(Claim).returning(col(Claim.id), sort_by_parameter_order=True),
        [_claim_values(run, row, places.get(row.line)) for row in fresh],
    ).all()
    session.execute(
        insert(ClaimRound),
        [
            {
                "claim_id": key,
                "round_id": run.round_id,
                "reviews_wanted": run.reviews_wanted,
                "reviews_done": 0,
            }
            for key in keys
        ],
    )
    hops = list(_hops(run, fresh, keys))
    if hops:
        session.execute(insert(Hop), hops)
    tags = list(_tags(run, fresh, keys))
    if tags:
        session.execute(insert(ClaimTag), tags)
    run.added += len(fresh)


def _fresh(session: Session, run: Run, batch: list[ClaimRow]) -> Iterator[ClaimRow]:
    """The rows that are not here yet, by their own id or the one of where they come from."""
    asked_for = [row.claim_id for row in batch if row.claim_id]
    owners = dict(
        session.exec(
            select(Claim.public_id, Claim.project_id).where(col(Claim.public_id).in_(asked_for))
        ).all()
    )
    known_names = set(
        session.exec(
            select(Claim.external_id).where(
                Claim.project_id == run.project_id,
                col(Claim.external_id).in_([_origin(row) for row in batch if _origin(row)]),
            )
        )
    )
    for row in batch:
        owner = owners.get(row.claim_id or "")
        if owner == run.project_id or (_origin(row) and _origin(row) in known_names):
            continue
        # A copy of another project's claim is a claim of its own; the old name tells it again.
        yield row if owner is None else replace(row, claim_id=None, external_id=_origin(row))


def _origin(row: ClaimRow) -> str | None:
    return row.external_id or row.claim_id


def _article_key(row: ClaimRow) -> tuple[str | None, ...] | None:
    """What makes two rows speak of the same article: its address, else its title and origin."""
    if row.article_url:
        return (canonical_link(row.article_url),)
    if row.article_title:
        return (None, row.article_title, row.article_publisher, row.article_published)
    return None


def _know_articles(session: Session, run: Run, rows: list[ClaimRow]) -> None:
    for row in rows:
        key = _article_key(row)
        if key is None or key in run.articles:
            continue
        article = _find_article(session, run, row, key) or Article(
            project_id=run.project_id,
            url=row.article_url,
            canonical_url=key[0],
            title=row.article_title or (row.article_url or "")[:MAX_TITLE],
            publisher=row.article_publisher,
            published=row.article_published,
            language=row.language,
            import_run_id=run.id,
        )
        session.add(article)
        session.flush()
        run.articles[key] = article.key


def _find_article(
    session: Session, run: Run, row: ClaimRow, key: tuple[str | None, ...]
) -> Article | None:
    query = select(Article).where(Article.project_id == run.project_id)
    if key[0] is not None:
        query = query.where(Article.canonical_url == key[0])
    else:
        query = query.where(
            col(Article.canonical_url).is_(None),
            Article.title == row.article_title,
            col(Article.publisher).is_not_distinct_from(row.article_publisher),
            col(Article.published).is_not_distinct_from(row.article_published),
        )
    return session.exec(query.order_by(col(Article.id))).first()


def _know_agents(session: Session, run: Run, rows: list[ClaimRow]) -> None:
    names = {name.strip() for row in rows for name in row.hops if name.strip()} - set(run.agents)
    found = agents_named(session, run.project_id, [HopValues(agent=name) for name in names])
    run.agents |= {name: agent.key for name, agent in found.items()}


def _places(session: Session, run: Run, rows: list[ClaimRow]) -> dict[int, int]:
    """By line, the snapshot in which a row's quote stands where the row says."""
    found: dict[int, int] = {}
    texts: dict[int, list[tuple[int, str]]] = {}
    for row in rows:
        key = _article_key(row)
        if key is None or row.quote is None or row.start is None:
            continue
        article_id = run.articles[key]
        if article_id not in texts:
            query = select(Snapshot.id, Snapshot.text).where(Snapshot.article_id == article_id)
            texts = {article_id: [(pk, text) for pk, text in session.exec(query) if pk]}
        for snapshot_id, text in texts[article_id]:
            if text[row.start : row.end] == row.quote:
                found[row.line] = snapshot_id
    return found


def _claim_values(run: Run, row: ClaimRow, snapshot_id: int | None) -> dict[str, Any]:
    key = _article_key(row)
    placed = snapshot_id is not None
    return {
        "public_id": row.claim_id or new_public_id(),
        "created_at": now(),
        "project_id": run.project_id,
        "article_id": run.articles[key] if key else None,
        "snapshot_id": snapshot_id,
        "quote": row.quote if placed else None,
        "start": row.start if placed else None,
        "end": row.end if placed else None,
        "text": row.text,
        # Words that cannot be tied to a text that is here are still worth reading.
        "context": "" if placed else row.quote or "",
        "state": ClaimState.OPEN,
        "picked_at": now(),
        "slots_free": run.reviews_wanted,
        "priority": row.priority,
        "due_at": row.due_at,
        "kinds": list(row.kinds),
        "reasons": [],
        "against": [],
        "signals": {},
        "checkworthiness": row.checkworthiness,
        "language": row.language,
        "said_on": row.said_on,
        "seen_at_url": row.seen_at_url,
        "published_url": row.published_url,
        "external_id": row.external_id,
        "import_run_id": run.id,
        "batch_id": run.batch_id,
        "version": 1,
    }


def _hops(run: Run, rows: list[ClaimRow], keys: Iterable[int | None]) -> Iterator[dict[str, Any]]:
    for row, key in zip(rows, keys, strict=True):
        names = [name.strip() for name in row.hops if name.strip()]
        for position, name in enumerate(names):
            yield {
                "claim_id": key,
                "claim_version": 1,
                "position": position,
                "agent_id": run.agents[name],
                "cue": "",
                "mode": Mode.PARAPHRASE,
                "is_seen": False,
            }


def _tags(run: Run, rows: list[ClaimRow], keys: Iterable[int | None]) -> Iterator[dict[str, Any]]:
    for row, key in zip(rows, keys, strict=True):
        for tag in dict.fromkeys(row.tags):
            yield {"project_id": run.project_id, "claim_id": key, "tag": tag}
