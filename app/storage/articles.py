"""Questions about articles and their texts."""

from collections.abc import Iterator

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Missing
from app.domain.export_rows import ArticleRow
from app.domain.permissions import Action, ask_leave, may
from app.domain.records import ArticleLine, ArticleRecord
from app.domain.words import ClaimState
from app.storage.claims import in_batch, of_finished_imports, visible
from app.storage.tables import Article, Claim, Snapshot

CHUNK = 500


def article(
    session: Session, actor: Actor, public_id: str, *, snapshot_id: int | None = None
) -> ArticleRecord:
    """An article with its latest text, or with the one that was asked for.

    Raises:
        Missing: there is none, or the actor may not know of it.
    """
    row = session.exec(select(Article).where(Article.public_id == public_id)).first()
    if row is None or not may(actor, Action.PROJECT_VIEW, row.project_id):
        raise Missing("article.missing")
    query = select(Snapshot).where(Snapshot.article_id == row.key)
    if snapshot_id is not None:
        query = query.where(Snapshot.id == snapshot_id)
    snapshot = session.exec(query.order_by(col(Snapshot.id).desc())).first()
    if snapshot is None and snapshot_id is not None:
        raise Missing("article.missing")
    return article_record(row, snapshot)


def article_of_claim(session: Session, claim_id: int) -> ArticleRecord | None:
    """The article and the very text that a claim was taken from; None for a claim without one."""
    row = session.exec(
        select(Article, Snapshot)
        .join(Snapshot, col(Snapshot.article_id) == col(Article.id))
        .join(Claim, col(Claim.snapshot_id) == col(Snapshot.id))
        .where(col(Claim.id) == claim_id)
    ).first()
    return None if row is None else article_record(*row)


def article_record(row: Article, snapshot: Snapshot | None) -> ArticleRecord:
    """An article that only an imported claim speaks of has no text."""
    return ArticleRecord(
        id=row.key,
        public_id=row.public_id,
        project_id=row.project_id,
        title=row.title,
        url=row.url,
        publisher=row.publisher,
        author=row.author,
        published=row.published,
        language=row.language,
        created_at=row.created_at,
        snapshot_id=snapshot.key if snapshot else None,
        text=snapshot.text if snapshot else "",
        sha256=snapshot.sha256 if snapshot else None,
        notice=snapshot.notice if snapshot else None,
    )


def article_lines(
    session: Session, project_id: int, *, before: int | None = None, limit: int = 50
) -> list[tuple[int, ArticleLine]]:
    """Articles, newest first, each with its key and how many claims are in which state."""
    query = select(Article).where(
        Article.project_id == project_id, of_finished_imports(Article.import_run_id)
    )
    if before is not None:
        query = query.where(col(Article.id) < before)
    rows = session.exec(query.order_by(col(Article.id).desc()).limit(limit)).all()
    counts = _counts(session, [row.key for row in rows])
    return [
        (
            row.key,
            ArticleLine(
                public_id=row.public_id,
                title=row.title,
                publisher=row.publisher,
                published=row.published,
                created_at=row.created_at,
                counts=counts.get(row.key, {}),
            ),
        )
        for row in rows
    ]


def article_rows(
    session: Session, actor: Actor, project_id: int, *, batch_id: int | None = None
) -> Iterator[ArticleRow]:
    """One row for every article of a project, oldest first, some hundred at a time.

    Of a batch, those that it has claims of, and only these are counted.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    return _article_rows(session, project_id, batch_id)


def _article_rows(session: Session, project_id: int, batch_id: int | None) -> Iterator[ArticleRow]:
    after = 0
    of_batch = select(Claim.article_id).where(*in_batch(batch_id))
    rules = [] if batch_id is None else [col(Article.id).in_(of_batch)]
    while True:
        rows = session.exec(
            select(Article)
            .where(
                Article.project_id == project_id,
                of_finished_imports(Article.import_run_id),
                col(Article.id) > after,
                *rules,
            )
            .order_by(col(Article.id))
            .limit(CHUNK)
        ).all()
        if not rows:
            return
        counts = _counts(session, [row.key for row in rows], batch_id)
        for row in rows:
            states = counts.get(row.key, {})
            yield ArticleRow(
                article_id=row.public_id,
                url=row.url,
                title=row.title,
                publisher=row.publisher,
                published=row.published,
                language=row.language,
                **{state.value: states.get(state, 0) for state in ClaimState},
                added_at=row.created_at,
            )
        after = rows[-1].key
        session.expunge_all()


def _counts(
    session: Session, keys: list[int], batch_id: int | None = None
) -> dict[int, dict[ClaimState, int]]:
    found: dict[int, dict[ClaimState, int]] = {}
    query = (
        select(Claim.article_id, Claim.state, func.count())
        .where(col(Claim.article_id).in_(keys), visible(), *in_batch(batch_id))
        .group_by(col(Claim.article_id), col(Claim.state))
    )
    for article_id, state, number in session.exec(query):
        found.setdefault(article_id or 0, {})[ClaimState(state)] = number
    return found
