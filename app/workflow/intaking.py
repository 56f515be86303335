"""Taking in what was asked for by its address: fetch and read first, outside of any transaction."""

from dataclasses import dataclass, replace

import structlog
from sqlalchemy.exc import DatabaseError

from app.config import ChatService, FetchRules
from app.domain.actors import Actor
from app.domain.errors import Missing, NotAllowed, Refused
from app.domain.fetched import Fetched
from app.domain.intakes import MOST_OF_FEED
from app.domain.permissions import Action, may
from app.extraction.document import Document
from app.extraction.fetched_article import article_in
from app.extraction.language import guess_language
from app.extraction.registry import CHAT
from app.fetching import pages
from app.fetching.hosts import Busy
from app.importers.feeds import read_feed
from app.storage.intakes import ToTake, to_take
from app.storage.session import Database, is_busy
from app.workflow.articles import NewArticle
from app.workflow.intakes import BROKEN, Found, add_feed_lines, fail_line, finish_line
from app.workflow.placing import look_for
from app.workflow.reading import Reading, read_as_chosen
from app.workflow.weights import weights_in_use

# How often a page is asked for whose server may answer a little later.
MOST_TRIES = 3
PASSING = frozenset({"intake.busy", "fetch.timeout", "fetch.unreachable", "fetch.cut-off"})
# A line keeps a code without values: what is said with them has a sentence without them.
PLAIN = {
    "article.long": "intake.long",
    "fetch.large": "intake.large",
    "fetch.long": "intake.far",
    "fetch.redirects": "intake.far",
}
# What a status says that is no page: gone, not for us, later. Any other is told as it is.
GONE = frozenset({404, 410})
CLOSED = frozenset({401, 402, 403, 407, 451})
LATER = frozenset({408, 421, 425, 429})
FAULTS, PAGES = range(500, 600), range(200, 300)


@dataclass(frozen=True, slots=True)
class Taking:
    """What takes addresses in: over this database, within these limits, with this service if any."""

    database: Database
    rules: FetchRules
    service: ChatService | None

    def take(self, line_id: str, *, is_last: bool = False) -> None:
        """Take one address in to its end, good or bad; one that has ended is left alone.

        Raises:
            Busy: others are at the same host.
            Refused: the server may answer later, and the line waits for that; never with
                ``is_last``.
        """
        with self.database.reading() as session:
            wanted = to_take(session, line_id)
        if wanted is None:
            return
        try:
            self._take(wanted)
        except Busy:
            raise
        except Refused as refusal:
            is_last = is_last or wanted.attempts >= MOST_TRIES
            if refusal.code in PASSING and not is_last:
                raise
            self._fail(line_id, _sayable(refusal))
        except Exception as error:
            # The same may go well once nobody else writes.
            if isinstance(error, DatabaseError) and is_busy(error):
                raise
            structlog.get_logger().warning("intake", kind=type(error).__name__)
            self._fail(line_id, BROKEN)

    def _take(self, wanted: ToTake) -> None:
        actor = wanted.asker
        if actor is None or not may(actor, Action.ARTICLE_ADD, wanted.project.id):
            raise Refused("intake.leave")
        page = pages.fetch(wanted.url, self.rules)
        _ask_for_page(page)
        if wanted.is_feed:
            feed = read_feed(page.body, url=page.final_url, charset=page.charset, most=MOST_OF_FEED)
            with self.database.write() as session:
                add_feed_lines(session, actor, wanted.line_id, urls=feed.urls)
        else:
            self._keep(wanted, actor, article_in(page))

    def _keep(self, wanted: ToTake, actor: Actor, document: Document) -> None:
        """Read a document as the page for adding articles does, then write it down."""
        article = NewArticle(
            text=document.text,
            title=document.title,
            url=document.url,
            publisher=document.publisher,
            author=document.author,
            published=document.published,
            language=document.language,
        )
        found = self._read(wanted, article)
        values = replace(article, language=article.language or found.language, notice=found.notice)
        with self.database.reading() as session:
            placing = look_for(session, wanted.project.id, values.text, url=values.url)
        with self.database.write() as session:
            finish_line(
                session,
                actor,
                wanted.line_id,
                found=Found(
                    article=values,
                    suggestions=found.suggestions,
                    placing=placing,
                    asks=self._asks(wanted),
                ),
            )

    def _read(self, wanted: ToTake, article: NewArticle) -> Reading:
        """What the project's extractor finds; nothing yet where a service is asked later."""
        if self._asks(wanted) is not None:
            return Reading((), article.language or guess_language(article.text), None)
        with self.database.reading() as session:
            weights = weights_in_use(session, wanted.project.id)
        return read_as_chosen(article, extractor=wanted.project.extractor, weights=weights)

    def _asks(self, wanted: ToTake) -> ChatService | None:
        return self.service if wanted.project.extractor == CHAT else None

    def _fail(self, line_id: str, code: str) -> None:
        with self.database.write() as session:
            fail_line(session, line_id, error=code)


def _ask_for_page(page: Fetched) -> None:
    """Go on only with a page.

    Raises:
        Refused: the server answered with something else; the code says what.
    """
    status = page.status
    if status in PAGES:
        return
    if status in GONE:
        raise Refused("intake.gone")
    if status in CLOSED:
        raise Refused("intake.closed")
    if status in LATER or status in FAULTS:
        raise Refused("intake.busy")
    raise Refused("intake.status")


def _sayable(refusal: Refused) -> str:
    """The code that a line keeps: it is told later, without the values that came with it."""
    if isinstance(refusal, Missing | NotAllowed):
        return "intake.leave"
    code = PLAIN.get(refusal.code, refusal.code)
    return code if code.startswith(("fetch.", "feed.", "intake.")) else BROKEN
