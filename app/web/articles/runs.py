"""Asking a service for more claims of an article, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.config import ChatService
from app.domain.errors import Refused, WrongState
from app.domain.permissions import Action, may
from app.domain.words import ExtractionState
from app.storage.extractions import RunRecord, runs_of
from app.web.extractors import ask_service, is_asked, service
from app.web.wording import sentence
from app.workflow.articles import TakenIn

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Asking:
    """What the page of an article shows of it: who can be asked, and what was asked."""

    service: ChatService | None
    runs: Sequence[RunRecord]

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to come."""
        return any(run.state is ExtractionState.ASKED for run in self.runs)

    @staticmethod
    def failure(run: RunRecord) -> str:
        """Why a run came to nothing."""
        return sentence(Refused(run.error or "extraction.broken"))


def install(blueprint: Blueprint) -> None:
    """Give the button its address."""
    rule = "/articles/<article_id>/extractions"
    blueprint.add_url_rule(rule, view_func=ask_for_more, methods=["POST"])


@needs(Action.EXTRACTION_ASK)
def ask_for_more(article_id: str) -> ResponseReturnValue:
    """Send the newest text to the service, after this request."""
    asked = service()
    if asked is None:
        raise WrongState("chat.off")
    ask_service(article_id, asked)
    _tell(asked)
    return redirect(url_for("articles.show", article_id=article_id, _anchor="runs"), 303)


def ask_for_all(taken: TakenIn) -> bool:
    """Ask the service about a text that came in, where the project wants that; whether it was."""
    asked = is_asked(identity.project())
    if asked is None or taken.is_known:
        return False
    ask_service(taken.article_id, asked)
    _tell(asked)
    return True


def asking(session: "Session", article_id: int, *, is_newest: bool) -> Asking:
    """What the page of an article shows of it."""
    may_ask = is_newest and may(identity.actor(), Action.EXTRACTION_ASK, identity.project().id)
    return Asking(service() if may_ask else None, runs_of(session, article_id))


def _tell(asked: ChatService) -> None:
    flash(
        _("%(model)s is asked for claims. What it finds will stand here.", model=asked.model),
        "good",
    )
