"""Asking an extractor for more claims of an article: the run is written down, done later, and ended once."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from sqlmodel import Session, col, select

from app.domain.actors import SYSTEM, Actor
from app.domain.errors import Refused, WrongState
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.words import ExtractionState
from app.extraction.candidate import Asked
from app.storage.extractions import JOB_KIND as KIND
from app.storage.extractions import places_taken, spent
from app.storage.locking import locked, locked_by_key
from app.storage.tables import Article, ExtractionRun, Project, Snapshot
from app.workflow.articles import add_suggestions
from app.workflow.events import record_event
from app.workflow.jobs import LEASES, add_job
from app.workflow.placing import not_placed
from app.workflow.reading import Reading

BROKEN = "extraction.broken"
# Whoever began a run is at it for no longer than this.
LONGEST = LEASES[KIND]


@dataclass(frozen=True, slots=True)
class Used:
    """What an attempt at a run took: which model answered, how many tokens, at what cost.

    ``set_aside`` is what was set aside for it, and is not needed any more.
    """

    asked: Asked | None = None
    cost: float | None = None
    set_aside: float = 0.0


def ask(
    session: Session,
    actor: Actor,
    article_id: str,
    *,
    extractor: str,
    version: str,
    model: str | None = None,
    is_later: bool = True,
) -> str:
    """Ask for a reading of an article's newest text; its public id.

    Asked again while it waits, it is that one. Unless ``is_later``, the caller does it itself.

    Raises:
        WrongState: there is no text.
    """
    article = locked(session, Article, article_id)
    ask_leave(actor, Action.EXTRACTION_ASK, article.project_id)
    snapshot = _to_send(session, article)
    row = _waiting(session, snapshot, extractor)
    if row is None:
        row = ExtractionRun(
            project_id=article.project_id,
            snapshot_id=snapshot.key,
            extractor=extractor,
            extractor_version=version,
            model=model,
            created_by_id=actor.person_id,
        )
        _note(session, actor, row, article)
    if is_later:
        add_job(session, KIND, {"run": row.public_id}, same_as=f"{KIND}:{row.public_id}")
    return row.public_id


def _note(session: Session, actor: Actor, row: ExtractionRun, article: Article) -> None:
    session.add(row)
    session.flush()
    _tell(session, actor, Action.EXTRACTION_ASK, row, article=article, extractor=row.extractor)


def set_aside(session: Session, run_id: str, *, at_most: float, budget: float | None) -> bool:
    """Set aside what a run may cost at most, before anything is sent; whether it may be begun.

    It may not where somebody else ended it or is at it. What was set aside by somebody who vanished
    may have been spent: it stays, beside what the new attempt may cost.

    Raises:
        Refused: with what was spent today, that is more than the budget.
    """
    # Whoever sets something aside at the same time waits here, and then sees it.
    asked = select(ExtractionRun).where(ExtractionRun.state == ExtractionState.ASKED)
    session.exec(asked.order_by(col(ExtractionRun.id)).with_for_update(key_share=True)).all()
    row = locked(session, ExtractionRun, run_id)
    is_begun = row.cost is not None and row.created_at > now() - LONGEST
    if row.state is not ExtractionState.ASKED or is_begun:
        return False
    before = row.cost or 0.0
    today = datetime.combine(now().date(), time(), tzinfo=now().tzinfo)
    if budget is not None and spent(session, since=today, but=row.key) + before + at_most > budget:
        raise Refused("chat.budget")
    row.cost = before + at_most
    session.flush()
    return True


def finish(session: Session, run_id: str, *, found: Reading, used: Used) -> None:
    """Write down what a run found that is not there yet; done twice, it adds nothing.

    A text that is not the article's newest any more gets no claims.
    """
    project = _project_locked(session, run_id)
    article, row = _both_locked(session, run_id)
    if row.state is not ExtractionState.ASKED:
        return
    snapshot = _newest(session, article.key)
    if snapshot is None or snapshot.key != row.snapshot_id:
        _end(session, row, article, used, error="extraction.changed")
        return
    spans = [(one.start, one.end) for one in found.suggestions]
    is_fresh = not_placed(spans, places_taken(session, snapshot.key))
    pairs = zip(found.suggestions, is_fresh, strict=True)
    fresh = [replace(one, run_id=row.key) for one, wanted in pairs if wanted]
    add_suggestions(session, project, snapshot, fresh)
    repaired = [mended for mended, wanted in zip(found.repaired, is_fresh, strict=True) if wanted]
    row.repaired = sum(repaired)
    row.kept = len(fresh) - row.repaired
    row.known = len(spans) - len(fresh)
    row.refused = sum(found.refused.values())
    row.proposed = row.kept + row.repaired + row.known + row.refused
    _end(session, row, article, used)


def fail(session: Session, run_id: str, *, error: str, used: Used) -> None:
    """Note why a run came to nothing."""
    article, row = _both_locked(session, run_id)
    if row.state is ExtractionState.ASKED:
        _end(session, row, article, used, error=error)


def end_lost(session: Session, run_id: str) -> None:
    """End a run that nobody is at any more; what was set aside for it may have been spent."""
    fail(session, run_id, error=BROKEN, used=Used())


def _end(
    session: Session, row: ExtractionRun, article: Article, used: Used, *, error: str | None = None
) -> None:
    row.state = ExtractionState.DONE if error is None else ExtractionState.FAILED
    row.error, row.ended_at = error, now()
    if used.cost is not None:
        row.cost = max(0.0, round((row.cost or 0.0) - used.set_aside + used.cost, 6))
    if used.asked is not None:
        row.model, row.prompt_sha256 = used.asked.model, used.asked.prompt_sha256
        row.seconds = used.asked.seconds
        row.tokens_in, row.tokens_out = used.asked.tokens_in, used.asked.tokens_out
    counts = {name: getattr(row, name) for name in ("kept", "repaired", "known", "refused")}
    told: dict[str, Any] = counts if error is None else {"error": error}
    _tell(session, SYSTEM, "extraction.end", row, article=article, **told)


def _tell(
    session: Session,
    actor: Actor,
    action: str,
    row: ExtractionRun,
    *,
    article: Article,
    **details: object,
) -> None:
    record_event(
        session,
        actor,
        action,
        noun="article",
        thing=article.public_id,
        project_id=row.project_id,
        claim_id=None,
        run=row.public_id,
        **details,
    )
    session.flush()


def _newest(session: Session, article_id: int) -> Snapshot | None:
    query = select(Snapshot).where(Snapshot.article_id == article_id)
    return session.exec(query.order_by(col(Snapshot.id).desc()).limit(1)).first()


def _to_send(session: Session, article: Article) -> Snapshot:
    found = _newest(session, article.key)
    if found is None or not found.text.strip():
        raise WrongState("extraction.no-text")
    return found


def _waiting(session: Session, snapshot: Snapshot, extractor: str) -> ExtractionRun | None:
    query = select(ExtractionRun).where(
        ExtractionRun.snapshot_id == snapshot.key,
        ExtractionRun.extractor == extractor,
        ExtractionRun.state == ExtractionState.ASKED,
    )
    return session.exec(query).first()


def _project_locked(session: Session, run_id: str) -> Project:
    """The project of a run, locked before its articles are, as by whoever adds one."""
    query = select(ExtractionRun.project_id).where(ExtractionRun.public_id == run_id)
    return locked_by_key(session, Project, session.exec(query).one())


def _both_locked(session: Session, run_id: str) -> tuple[Article, ExtractionRun]:
    """The article of a run and the run, locked in the order in which everybody locks them."""
    query = (
        select(Snapshot.article_id)
        .join(ExtractionRun, col(ExtractionRun.snapshot_id) == col(Snapshot.id))
        .where(ExtractionRun.public_id == run_id)
    )
    article = locked_by_key(session, Article, session.exec(query).one())
    return article, locked(session, ExtractionRun, run_id)
