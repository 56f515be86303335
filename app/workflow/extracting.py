"""Doing a run that was asked for: read, ask the service outside of any transaction, write down."""

import structlog

from app.config import ChatService
from app.domain.actors import SYSTEM
from app.domain.errors import Refused
from app.extraction.chat import ChatExtractor
from app.fetching.chat import Line
from app.storage import articles
from app.storage.extractions import ToRead, to_read
from app.storage.session import Database
from app.workflow import extractions
from app.workflow.articles import NewArticle
from app.workflow.extractions import Used
from app.workflow.reading import Reading, read_by
from app.workflow.weights import weights_in_use

BROKEN = "extraction.broken"


def perform(database: Database, service: ChatService | None, run_id: str) -> None:
    """Do a run to its end, good or bad; one that has ended is left alone."""
    with database.reading() as session:
        wanted = to_read(session, run_id)
    if wanted is None:
        return
    one = None if service is None else reader(service)
    try:
        found = _found(database, service, one, wanted=wanted, run_id=run_id)
    except Refused as refusal:
        code = refusal.code if refusal.code.startswith(("chat.", "extraction.")) else BROKEN
        _fail(database, service, one, run_id=run_id, code=code)
        return
    except Exception as error:  # noqa: BLE001 - whoever asked is told, whatever broke
        structlog.get_logger().warning("extraction", kind=type(error).__name__)
        _fail(database, service, one, run_id=run_id, code=BROKEN)
        return
    with database.write() as session:
        extractions.finish(session, run_id, found=found, used=_used(service, one))


def reader(service: ChatService) -> ChatExtractor:
    """What asks a service about one article."""
    return ChatExtractor(Line(service), model=service.model, most_tokens=service.max_tokens)


def _found(
    database: Database,
    service: ChatService | None,
    one: ChatExtractor | None,
    *,
    wanted: ToRead,
    run_id: str,
) -> Reading:
    if service is None or one is None:
        raise Refused("chat.off")
    with database.reading() as session:
        stored = articles.article(
            session, SYSTEM, wanted.article_id, snapshot_id=wanted.snapshot_id
        )
        weights = weights_in_use(session, wanted.project_id)
    if not stored.text.strip():
        raise Refused("extraction.no-text")
    at_most = service.cost(*one.at_most(stored.text))
    with database.write() as session:
        extractions.set_aside(session, run_id, at_most=at_most, budget=service.budget)
    article = NewArticle(
        text=stored.text,
        title=stored.title,
        url=stored.url,
        publisher=stored.publisher,
        published=stored.published,
        language=stored.language,
    )
    return read_by(one, article, weights=weights)


def _fail(
    database: Database,
    service: ChatService | None,
    one: ChatExtractor | None,
    *,
    run_id: str,
    code: str,
) -> None:
    with database.write() as session:
        extractions.fail(session, run_id, error=code, used=_used(service, one))


def _used(service: ChatService | None, one: ChatExtractor | None) -> Used:
    """What was used so far; nothing where nobody was asked."""
    if service is None or one is None or not one.asked.seconds:
        return Used()
    return Used(one.asked, service.cost(one.asked.tokens_in, one.asked.tokens_out))
