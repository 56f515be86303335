"""Doing a run that was asked for: read, ask the service outside of any transaction, write down."""

from datetime import timedelta

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
from app.workflow.extractions import BROKEN, Used
from app.workflow.reading import Reading, read_by
from app.workflow.weights import weights_in_use

# When somebody else may have done a run that they are at.
TRY_AGAIN = timedelta(minutes=1)


def perform(database: Database, service: ChatService | None, run_id: str) -> timedelta | None:
    """Do a run to its end, good or bad; one that has ended is left alone.

    A pause is the answer where somebody else is at it.
    """
    with database.reading() as session:
        wanted = to_read(session, run_id)
    if wanted is None:
        return None
    attempt = _Attempt(database, service, run_id)
    try:
        found = attempt.read(wanted)
        if found is None:
            return TRY_AGAIN
        with database.write() as session:
            extractions.finish(session, run_id, found=found, used=attempt.used())
    except Refused as refusal:
        code = refusal.code if refusal.code.startswith(("chat.", "extraction.")) else BROKEN
        attempt.fail(code)
    except Exception as error:  # noqa: BLE001 - whoever asked is told, whatever broke
        structlog.get_logger().warning("extraction", kind=type(error).__name__)
        attempt.fail(BROKEN)
    return None


def reader(service: ChatService) -> ChatExtractor:
    """What asks a service about one article."""
    return ChatExtractor(Line(service), model=service.model, most_tokens=service.max_tokens)


class _Attempt:
    """One attempt at a run, with what was set aside for it."""

    def __init__(self, database: Database, service: ChatService | None, run_id: str) -> None:
        self.database, self.service, self.run_id = database, service, run_id
        self.one = None if service is None else reader(service)
        self.aside: float | None = None

    def read(self, wanted: ToRead) -> Reading | None:
        """What the service finds in the article; None where somebody else is at it.

        Raises:
            Refused: it cannot be asked, or gives no usable answer.
        """
        if self.service is None or self.one is None:
            raise Refused("chat.off")
        with self.database.reading() as session:
            stored = articles.article(
                session, SYSTEM, wanted.article_id, snapshot_id=wanted.snapshot_id
            )
            weights = weights_in_use(session, wanted.project_id)
        if not stored.text.strip():
            raise Refused("extraction.no-text")
        at_most = self.service.cost(*self.one.at_most(stored.text))
        with self.database.write() as session:
            is_mine = extractions.set_aside(
                session, self.run_id, at_most=at_most, budget=self.service.budget
            )
        if not is_mine:
            return None
        self.aside = at_most
        article = NewArticle(
            text=stored.text,
            title=stored.title,
            url=stored.url,
            publisher=stored.publisher,
            published=stored.published,
            language=stored.language,
        )
        return read_by(self.one, article, weights=weights)

    def fail(self, code: str) -> None:
        """Note why it came to nothing."""
        with self.database.write() as session:
            extractions.fail(session, self.run_id, error=code, used=self.used())

    def used(self) -> Used:
        """What was used so far; nothing where nothing was set aside."""
        if self.service is None or self.one is None or self.aside is None:
            return Used()
        asked = self.one.asked
        cost = self.service.cost(asked.tokens_in, asked.tokens_out)
        return Used(asked, cost, set_aside=self.aside)
