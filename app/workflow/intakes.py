"""Articles by their addresses: asked for in a list, fetched later, each ended once.

A line stays asked for until what came of it is written down, so whoever is killed at it loses
nothing; done a second time, it is ended already and nothing is added.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.config import ChatService
from app.domain.actors import SYSTEM, Actor
from app.domain.errors import WrongState
from app.domain.evidence_words import LineState
from app.domain.ids import now
from app.domain.intakes import addresses_in
from app.domain.links import canonical_link
from app.domain.permissions import Action, ask_leave
from app.extraction.chat import ChatExtractor
from app.extraction.registry import CHAT
from app.storage.intakes import JOB_KIND as KIND
from app.storage.intakes import articles_at
from app.storage.locking import locked, locked_by_key
from app.storage.tables import Article, Intake, IntakeLine, Project
from app.workflow import extractions
from app.workflow.articles import NewArticle, Suggestion, TakenIn, add_article
from app.workflow.events import record_event
from app.workflow.jobs import add_job
from app.workflow.placing import Placing

BROKEN = "intake.broken"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: how many addresses, and how many lines named one of them once more."""

    intake_id: str
    lines: int
    doubled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was read in a page before the writing began.

    ``asks`` is the service that is asked for claims of it, where the project wants that.
    """

    article: NewArticle
    suggestions: Sequence[Suggestion] = ()
    placing: Placing | None = None
    asks: ChatService | None = None


def ask_intake(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    urls: str = "",
    feed: str | None = None,
    run_at: datetime | None = None,
) -> Asked:
    """Ask for articles by their addresses, one a line, and for those of a feed.

    Raises:
        Invalid: a line is no address, there are too many or none; nothing is written then.
    """
    ask_leave(actor, Action.ARTICLE_ADD, project_id)
    wanted = addresses_in(urls, feed=feed)
    row = Intake(project_id=project_id, created_by_id=actor.person_id)
    session.add(row)
    session.flush()
    lines = [
        IntakeLine(intake_id=row.key, position=position, url=url)
        for position, url in enumerate(wanted.urls, start=1)
    ]
    if wanted.feed is not None:
        lines.append(
            IntakeLine(intake_id=row.key, position=len(lines) + 1, url=wanted.feed, is_feed=True)
        )
    _ask(session, lines, run_at=run_at)
    counts = {"lines": len(lines), "doubled": wanted.doubled}
    _tell(session, actor, "intake.ask", row, **counts, feed=wanted.feed is not None)
    return Asked(row.public_id, **counts)


def finish_line(session: Session, actor: Actor, line_id: str, *, found: Found) -> TakenIn | None:
    """Keep the article of a line and end it; None where somebody else ended it.

    Raises:
        Invalid: the article cannot be kept.
    """
    row, line = _both_locked(session, line_id)
    if line.state is not LineState.ASKED:
        return None
    taken = add_article(
        session,
        actor,
        row.project_id,
        values=found.article,
        suggestions=found.suggestions,
        placing=found.placing,
    )
    if found.asks is not None and not taken.is_known:
        extractions.ask(
            session,
            actor,
            taken.article_id,
            extractor=CHAT,
            version=ChatExtractor.version,
            model=found.asks.model,
        )
    query = select(Article.id).where(Article.public_id == taken.article_id)
    line.article_id = session.exec(query).one()
    _end(session, actor, (row, line), LineState.KNOWN if taken.is_known else LineState.DONE)
    return taken


def fail_line(session: Session, line_id: str, *, error: str) -> None:
    """Note why nothing came of a line; one that has ended is left alone."""
    row, line = _both_locked(session, line_id)
    if line.state is LineState.ASKED:
        line.error = error
        _end(session, SYSTEM, (row, line), LineState.FAILED)


def add_feed_lines(session: Session, actor: Actor, line_id: str, *, urls: Sequence[str]) -> int:
    """Ask for the articles of a feed, whose line ends with that; how many lines that were.

    An address that the list has already is left out; one whose article is here is known at once and
    not fetched: a feed names what it named the last time too.
    """
    row, line = _both_locked(session, line_id)
    if line.state is not LineState.ASKED:
        return 0
    ask_leave(actor, Action.ARTICLE_ADD, row.project_id)
    fresh = _not_yet_asked(session, row, urls)
    here = articles_at(session, row.project_id, fresh.keys())
    last = session.exec(
        select(func.max(IntakeLine.position)).where(IntakeLine.intake_id == row.key)
    ).one()
    lines = [
        IntakeLine(
            intake_id=row.key,
            position=(last or 0) + number,
            url=url,
            state=LineState.KNOWN if canonical in here else LineState.ASKED,
            ended_at=now() if canonical in here else None,
            article_id=here.get(canonical),
        )
        for number, (canonical, url) in enumerate(fresh.items(), start=1)
    ]
    _ask(session, lines)
    counts = {"lines": len(lines), "known": len(here)}
    _end(session, actor, (row, line), LineState.DONE, **counts)
    return len(lines)


def retry_failed(session: Session, actor: Actor, intake_id: str) -> int:
    """Ask once more for every address of an intake that failed; how many these are.

    Raises:
        WrongState: none failed.
    """
    row = locked(session, Intake, intake_id)
    ask_leave(actor, Action.ARTICLE_ADD, row.project_id)
    query = select(IntakeLine).where(
        IntakeLine.intake_id == row.key, IntakeLine.state == LineState.FAILED
    )
    lines = session.exec(query.order_by(col(IntakeLine.id)).with_for_update(key_share=True)).all()
    if not lines:
        raise WrongState("intake.none-failed")
    for line in lines:
        line.state, line.error, line.ended_at = LineState.ASKED, None, None
    _ask(session, lines)
    _tell(session, actor, "intake.retry", row, lines=len(lines))
    return len(lines)


def _ask(session: Session, lines: Sequence[IntakeLine], *, run_at: datetime | None = None) -> None:
    session.add_all(lines)
    session.flush()
    for line in lines:
        if line.state is LineState.ASKED:
            same_as = f"{KIND}:{line.public_id}"
            add_job(session, KIND, {"line": line.public_id}, run_at=run_at, same_as=same_as)


def _not_yet_asked(session: Session, row: Intake, urls: Sequence[str]) -> dict[str, str]:
    query = select(IntakeLine.url).where(IntakeLine.intake_id == row.key)
    asked = {canonical_link(url) for url in session.exec(query)}
    found = {canonical_link(url): url for url in reversed(urls)}
    return {key: found[key] for key in reversed(found) if key not in asked}


def _both_locked(session: Session, line_id: str) -> tuple[Intake, IntakeLine]:
    """A line with its intake, locked after the project, as by everybody who adds an article."""
    query = (
        select(Intake)
        .join(IntakeLine, col(IntakeLine.intake_id) == col(Intake.id))
        .where(IntakeLine.public_id == line_id)
    )
    row = session.exec(query).one()
    locked_by_key(session, Project, row.project_id)
    return row, locked(session, IntakeLine, line_id)


def _end(
    session: Session, actor: Actor, found: tuple[Intake, IntakeLine], state: LineState, **more: int
) -> None:
    row, line = found
    line.state, line.ended_at = state, now()
    told = {} if line.error is None else {"error": line.error}
    told |= {"line": line.public_id, "state": state.value}
    _tell(session, actor, "intake.end", row, **told, **more)


def _tell(session: Session, actor: Actor, action: str, row: Intake, **details: str | int) -> None:
    record_event(
        session,
        actor,
        action,
        noun="intake",
        thing=row.public_id,
        project_id=row.project_id,
        claim_id=None,
        **details,
    )
    session.flush()
