"""A verdict that stood before a claim's last round: whether it is given again, or corrected."""

from typing import Protocol

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.consensus import Answer
from app.domain.errors import Invalid
from app.domain.words import CorrectionKind
from app.storage.tables import Claim, Event, Ruling

CONFIRM = "claim.confirm"


class Said(Protocol):
    """What a form says beside the two verdicts."""

    @property
    def conclusion(self) -> str:
        """What is published."""

    @property
    def short_text(self) -> str:
        """The short wording."""

    @property
    def reason(self) -> str:
        """Why, for the desk alone."""

    @property
    def kind(self) -> CorrectionKind | None:
        """How much a changed verdict changes for readers."""

    @property
    def public_note(self) -> str:
        """What readers are told of the change."""


def former_ruling(session: Session, claim: Claim) -> Ruling | None:
    """The verdict that holds, or held until the claim went into another round."""
    query = select(Ruling).where(Ruling.claim_id == claim.key)
    return session.exec(query.order_by(col(Ruling.version).desc())).first()


def answer_of(ruling: Ruling) -> Answer:
    """The two verdicts of a ruling, as given."""
    return Answer(ruling.content_label_id, ruling.attribution_label_id)


def changes_texts(former: Ruling, said: Said) -> bool:
    """Whether what was written is more than the verdict that stood; nothing written is lost."""
    is_other = any(
        getattr(former, name) != getattr(said, name).strip()
        for name in ("conclusion", "short_text")
    )
    return is_other or bool(said.reason.strip() or said.public_note.strip())


def kind_of(said: Said, *, changes_answer: bool) -> CorrectionKind:
    """What kind of correction it is: one of texts alone is minor unless it says otherwise.

    Raises:
        Invalid: another answer without a kind, as a minor one, or without a note for readers.
    """
    kind = said.kind or (None if changes_answer else CorrectionKind.MINOR)
    if kind is None:
        raise Invalid("correction.kind", field="kind")
    if changes_answer and kind is CorrectionKind.MINOR:
        raise Invalid("correction.minor", field="kind")
    if kind is not CorrectionKind.MINOR and not said.public_note.strip():
        raise Invalid("correction.note", field="public_note")
    return kind


def confirmed_by(session: Session, actor: Actor, claim: Claim) -> bool:
    """Whether the last that was decided about a claim is that this person let its verdict hold."""
    query = (
        select(Event.action, Event.actor_id)
        .where(Event.claim == claim.public_id, Event.noun == "claim")
        .order_by(col(Event.id).desc())
    )
    last = session.exec(query.limit(1)).first()
    return last is not None and last == (CONFIRM, actor.person_id)
