"""Translating the words of an article that a claim was taken from."""

from dataclasses import dataclass

from sqlmodel import Session

from app.domain.actors import Actor
from app.domain.errors import Stale, WrongState
from app.domain.permissions import Action, ask_leave
from app.domain.translations import checked_translation
from app.domain.words import TranslatedBy
from app.storage.locking import locked
from app.storage.tables import Claim
from app.workflow.events import record_event


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationValues:
    """A translation of a claim's quote, blank to take it away; ``before`` is what the form showed."""

    translation: str
    translated_by: TranslatedBy | None = None
    before: str = ""


def translate(session: Session, actor: Actor, claim_id: str, *, values: TranslationValues) -> None:
    """Set, correct or take away the translation of a claim's quote.

    Raises:
        WrongState: the claim has no words of an article.
        Stale: somebody else translated it since it was shown.
        Invalid: nobody says who translated it, or it is too long.
    """
    row = locked(session, Claim, claim_id)
    ask_leave(actor, Action.CLAIM_EDIT, row.project_id)
    if row.quote is None:
        raise WrongState("translation.no-quote")
    wanted = checked_translation(values.translation, values.translated_by)
    if (row.quote_translation, row.translated_by) == (wanted.text, wanted.by):
        return
    if values.before.strip() != (row.quote_translation or ""):
        raise Stale("translation.stale")
    row.quote_translation, row.translated_by = wanted.text, wanted.by
    record_event(
        session,
        actor,
        "claim.translate",
        noun="claim",
        thing=row.public_id,
        project_id=row.project_id,
        claim_id=row.key,
        by=wanted.by.value if wanted.by else None,
    )
    session.flush()
