"""The rows of an import: what of a file is new, and how it is written, many rows at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Executable, bindparam, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from app.domain.ids import new_public_ids, now
from app.domain.links import canonical_link
from app.domain.words import ClaimState, Mode
from app.importers.claims_csv import ClaimRow
from app.storage.claim_texts import put_in
from app.storage.kept import HERE
from app.storage.locking import held_by_key
from app.storage.many_rows import new_keys, write_rows
from app.storage.tables import (
    Article,
    Claim,
    ClaimRound,
    ClaimTag,
    Hop,
    ImportRun,
    Round,
    Snapshot,
)
from app.workflow.agents import HopValues, agents_named
from app.workflow.articles import MAX_TITLE

NAMES: BindParameter[Any] = bindparam("names", expanding=True)
# As many articles and names are kept in mind; the others are looked up again.
MOST_KEPT = 20_000
# So many lines are named of quotes that stand in no text that is here.
MOST_NAMED = 5
# A run says that it is alive about as often.
ALIVE_EVERY = timedelta(seconds=5)
# What makes two rows speak of the same article.
ArticleKey = tuple[str | None, ...]
# What a row says of its claim in the words of the table.
SAID = (
    *("text", "priority", "due_at", "checkworthiness", "language", "said_on"),
    *("seen_at_url", "published_url", "external_id"),
)
PLACED = (
    "id",
    "public_id",
    "article_id",
    "snapshot_id",
    "quote",
    "start",
    "end",
    "context",
    "kinds",
)


@dataclass
class Run:
    """An import under way: where its rows go, and the names it has met already.

    ``untied`` are the rows whose quote stands in no text that is here, with the first of their lines.
    """

    id: int
    public_id: str
    project_id: int
    round_id: int
    reviews_wanted: int
    batch_id: int | None = None
    makes_batch: bool = False
    added: int = 0
    known: int = 0
    untied: int = 0
    untied_lines: list[int] = field(default_factory=list)
    said_so: datetime | None = None
    agents: dict[str, int] = field(default_factory=dict)
    articles: dict[tuple[str | None, ...], int] = field(default_factory=dict)


def write_part(session: Session, run: Run, part: list[ClaimRow]) -> None:
    """Write what is new of some rows of a file."""
    _say_so(session, run)
    rows = list(_fresh(session, run, part))
    run.known += len(part) - len(rows)
    if not rows:
        return
    # How many checks a claim wants can change while a long file comes in.
    run.reviews_wanted = held_by_key(session, Round, run.round_id).reviews_wanted
    _know_articles(session, run, rows)
    _know_agents(session, run, rows)
    keys = new_keys(session, Claim, len(rows))
    _write_claims(session, run, rows, keys)
    put_in(session, run.id, keys)
    same = {"round_id": run.round_id, "reviews_wanted": run.reviews_wanted, "reviews_done": 0}
    write_rows(session, ClaimRound, ("claim_id",), zip(keys, strict=True), same=same)
    hops = ("claim_id", "position", "agent_id")
    like = {"claim_version": 1, "cue": "", "mode": Mode.PARAPHRASE, "is_seen": False}
    write_rows(session, Hop, hops, _hops(run, rows, keys), same=like)
    tags = (
        (key, tag) for row, key in zip(rows, keys, strict=True) for tag in dict.fromkeys(row.tags)
    )
    write_rows(session, ClaimTag, ("claim_id", "tag"), tags, same={"project_id": run.project_id})
    run.added += len(rows)


def _say_so(session: Session, run: Run) -> None:
    """Let others know that the run is alive: not with each of many short parts."""
    if run.said_so is None or now() - run.said_so > ALIVE_EVERY:
        run.said_so = now()
        alive = update(ImportRun).where(col(ImportRun.id) == run.id)
        session.execute(alive.values(touched_at=run.said_so))


def _write_claims(session: Session, run: Run, rows: list[ClaimRow], keys: Sequence[int]) -> None:
    places = _places(session, run, rows)
    _note_untied(run, [row.line for row in rows if row.quote and row.line not in places])
    moment, names = now(), new_public_ids(len(rows))
    same = {
        "created_at": moment,
        "picked_at": moment,
        "project_id": run.project_id,
        "state": ClaimState.OPEN,
        "slots_free": run.reviews_wanted,
        "version": 1,
        "reasons": [],
        "against": [],
        "signals": {},
        "grounds": [],
        "marks": [],
        "additions": [],
        "import_run_id": run.id,
        "batch_id": run.batch_id,
    }
    written = (
        (
            *(key, row.claim_id or name, *_placed(run, row, places.get(row.line)), list(row.kinds)),
            *(row.text, row.priority, row.due_at, row.checkworthiness, row.language, row.said_on),
            *(row.seen_at_url, row.published_url, row.external_id),
        )
        for key, name, row in zip(keys, names, rows, strict=True)
    )
    write_rows(session, Claim, (*PLACED, *SAID), written, same=same)


def _note_untied(run: Run, lines: list[int]) -> None:
    run.untied += len(lines)
    run.untied_lines += lines[: MOST_NAMED - len(run.untied_lines)]


def _placed(run: Run, row: ClaimRow, snapshot_id: int | None) -> tuple[Any, ...]:
    """A claim's article, the text that it stands in, its place there, and its quote if it has none."""
    key = _article_key(row)
    article_id = run.articles[key] if key else None
    if snapshot_id is not None:
        return article_id, snapshot_id, row.quote, row.start, row.end, ""
    # Words that cannot be tied to a text that is here are still worth reading.
    return article_id, None, None, None, None, row.quote or ""


def _fresh(session: Session, run: Run, batch: list[ClaimRow]) -> Iterator[ClaimRow]:
    """The rows that are not here yet, by their own id or the one of where they come from."""
    asked_for = [row.claim_id for row in batch if row.claim_id]
    origins = [origin for origin in map(_origin, batch) if origin]
    owners, known_names = dict[str, int](), set[str | None]()
    if asked_for:
        owners = dict(session.exec(_owners(), params={"names": asked_for}).all())
    if origins:
        here = {"here": run.project_id, "names": origins}
        known_names = set(session.exec(_known_origins(), params=here))
    for row in batch:
        owner = owners.get(row.claim_id or "")
        if owner == run.project_id or (_origin(row) and _origin(row) in known_names):
            continue
        # A copy of another project's claim is a claim of its own; the old name tells it again.
        yield row if owner is None else replace(row, claim_id=None, external_id=_origin(row))


@cache
def _owners() -> Select[str, int]:
    return select(Claim.public_id, Claim.project_id).where(col(Claim.public_id).in_(NAMES))


@cache
def _known_origins() -> SelectOfScalar[str | None]:
    return select(col(Claim.external_id)).where(
        col(Claim.project_id) == HERE, col(Claim.external_id).in_(NAMES)
    )


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
    """Find the articles of some rows, or make them."""
    if len(run.articles) > MOST_KEPT:
        run.articles.clear()
    first: dict[ArticleKey, ClaimRow] = {}
    for row in rows:
        key = _article_key(row)
        if key is not None and key not in run.articles:
            first.setdefault(key, row)
    if not first:
        return
    run.articles |= _found_articles(session, run, first)
    new = [(key, row) for key, row in first.items() if key not in run.articles]
    keys, names = new_keys(session, Article, len(new)), new_public_ids(len(new))
    written = (
        (
            *(article, name, row.article_url, key[0]),
            row.article_title or (row.article_url or "")[:MAX_TITLE],
            *(row.article_publisher, row.article_published, row.language),
        )
        for article, name, (key, row) in zip(keys, names, new, strict=True)
    )
    columns = (
        *("id", "public_id", "url", "canonical_url"),
        *("title", "publisher", "published", "language"),
    )
    same = {"project_id": run.project_id, "created_at": now(), "import_run_id": run.id}
    write_rows(session, Article, columns, written, same=same)
    run.articles.update(zip((key for key, _row in new), keys, strict=True))


def _found_articles(
    session: Session, run: Run, first: dict[ArticleKey, ClaimRow]
) -> dict[ArticleKey, int]:
    """Of some articles those that are here, the oldest of each: two questions at most.

    They are put in order here: asked for in order, SQLite reads all articles of the project by
    their keys, which are in order already, and an import becomes slower with each that it makes.
    """
    found: dict[ArticleKey, int] = {}
    links = [key[0] for key in first if key[0] is not None]
    titles = [key[1] for key in first if key[0] is None]
    if links:
        params = {"here": run.project_id, "names": links}
        for url, *_words, key in sorted(session.execute(articles_at(), params), key=_oldest_last):
            found[(url,)] = key
    if titles:
        params = {"here": run.project_id, "names": titles}
        for _url, *words, key in sorted(
            session.execute(articles_untold(), params), key=_oldest_last
        ):
            found[(None, *words)] = key
    return {key: article for key, article in found.items() if key in first}


def _oldest_last(row: Sequence[Any]) -> int:
    return -int(row[-1])


def _articles(*which: ColumnElement[bool]) -> Executable:
    columns = (Article.canonical_url, Article.title, Article.publisher, Article.published)
    query = select(*map(col, columns)).add_columns(col(Article.id))
    return query.where(col(Article.project_id) == HERE, *which)


@cache
def articles_at() -> Executable:
    """Articles of a project that have one of these addresses."""
    return _articles(col(Article.canonical_url).in_(NAMES))


@cache
def articles_untold() -> Executable:
    """Articles without an address, which have one of these titles and an index of their own."""
    return _articles(col(Article.canonical_url).is_(None), col(Article.title).in_(NAMES))


def _know_agents(session: Session, run: Run, rows: list[ClaimRow]) -> None:
    """Find who said the claims of some rows, or make them."""
    if len(run.agents) > MOST_KEPT:
        run.agents.clear()
    names = {name.strip() for row in rows for name in row.hops if name.strip()} - run.agents.keys()
    if names:
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


def _hops(
    run: Run, rows: Iterable[ClaimRow], keys: Iterable[int]
) -> Iterator[tuple[int, int, int]]:
    for row, key in zip(rows, keys, strict=True):
        names = filter(None, map(str.strip, row.hops))
        for position, name in enumerate(names):
            yield key, position, run.agents[name]
