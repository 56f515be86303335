"""Which extractors a project can choose, and what pages call them."""

from typing import TYPE_CHECKING

from flask import current_app
from flask_babel import gettext as _

from app.auth import identity
from app.config import ChatService, Settings
from app.domain.records import ClaimRecord, ProjectRecord
from app.extraction.chat import ChatExtractor
from app.extraction.checkworthy import Weights
from app.extraction.language import guess_language
from app.extraction.registry import BUILT_IN, CHAT, SEMANTIC, names
from app.storage.extractions import model_of
from app.web.transactions import db
from app.workflow.articles import NewArticle
from app.workflow.extractions import ask
from app.workflow.reading import Reading, read_as_chosen

if TYPE_CHECKING:
    from sqlmodel import Session


def service() -> ChatService | None:
    """The service that this desk asks for claims, if one is set up."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.chat


def is_asked(project: ProjectRecord) -> ChatService | None:
    """The service that every article of a project is sent to; None where none is."""
    return service() if project.extractor == CHAT else None


def offered() -> list[tuple[str, str]]:
    """The extractors of this desk, and the one that the project has if it is gone."""
    present = identity.project().extractor
    here = [*names(), *([CHAT] if service() else [])]
    known = here if present in here else [*here, present]
    return [(name, _said(name, is_here=name in here)) for name in known]


def _said(name: str, *, is_here: bool) -> str:
    asked = service()
    if name == BUILT_IN:
        return str(_("The grammar that comes with Assay"))
    if name == SEMANTIC and is_here:
        return str(_("The grammar, with the encoder’s view of what is worth checking"))
    if name == CHAT and asked is not None:
        return str(
            _("%(model)s at %(host)s: texts are sent there", model=asked.model, host=asked.host)
        )
    return name if is_here else str(_("%(name)s (not on this desk any more)", name=name))


def found_by(session: "Session", claim: ClaimRecord) -> str | None:
    """What found a claim: a model, or another extractor; None for the grammar and for people."""
    if claim.extractor in {None, BUILT_IN}:
        return None
    return model_of(session, claim.id) or claim.extractor


def read_for(project: ProjectRecord, article: NewArticle, weights: Weights) -> Reading:
    """What the extractor of a project finds; nothing yet where a service is asked later."""
    if is_asked(project) is None:
        return read_as_chosen(article, extractor=project.extractor, weights=weights)
    return Reading((), article.language or guess_language(article.text), None)


def ask_service(article_id: str, asked: ChatService) -> None:
    """Have the service asked about an article, after this request."""
    ask(
        db(),
        identity.actor(),
        article_id,
        extractor=CHAT,
        version=ChatExtractor.version,
        model=asked.model,
    )
