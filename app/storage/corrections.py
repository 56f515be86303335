"""Questions about corrections: what can be corrected, and what was."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import NotAllowed, WrongState
from app.domain.export_rows import CorrectionRow
from app.domain.permissions import Action, ask_leave
from app.domain.records import ClaimRecord, LabelRecord, RulingRecord, SchemeRecord
from app.domain.words import ClaimState, Decides
from app.storage.aliases import alias_of
from app.storage.bars import conflicting_claims
from app.storage.claims import claim, in_batch, standing, visible
from app.storage.projects import by_id
from app.storage.rulings import rulings_of
from app.storage.scales import scheme
from app.storage.tables import Claim, Label, Ruling

CHUNK = 500

_before = alias_of(Ruling)


@dataclass(frozen=True, slots=True)
class Correctable:
    """A settled claim with the verdict that holds and the scales that it was given on."""

    claim: ClaimRecord
    ruling: RulingRecord
    content: SchemeRecord
    attribution: SchemeRecord | None


def correctable(session: Session, actor: Actor, claim_id: str) -> Correctable:
    """What a correction of a claim's verdict begins with.

    Raises:
        Missing: there is no such claim, or the actor may not know of it.
        WrongState: it is not settled.
        NotAllowed: the actor has an interest in it, or checked it in a project where another person
            decides.
    """
    found = claim(session, actor, claim_id)
    if found.state is not ClaimState.SETTLED:
        raise WrongState("correction.unsettled")
    alone = by_id(session, found.project_id).decides is Decides.SINGLE
    if not alone and standing(session, actor, found.id).has_submitted:
        raise NotAllowed("ruling.own-check")
    if conflicting_claims(session, actor, [found.id]):
        raise NotAllowed("ruling.conflict")
    held = rulings_of(session, found.id)[0]
    return Correctable(
        claim=found,
        ruling=held,
        content=_scale(session, held.content),
        attribution=_scale(session, held.attribution) if held.attribution else None,
    )


def _scale(session: Session, held: LabelRecord) -> SchemeRecord:
    """The scale of the answer that holds, which can be given again though it was retired."""
    scale = scheme(session, session.get_one(Label, held.id).scheme_id)
    known = held.id in {label.id for label in scale.labels}
    return scale if known else replace(scale, labels=(*scale.labels, held))


def correction_rows(
    session: Session, actor: Actor, project_id: int, *, batch_id: int | None = None
) -> Iterator[CorrectionRow]:
    """One row for every version of a verdict but the first, with what held before it.

    Raises:
        Missing, NotAllowed: no leave, before the first row.
    """
    ask_leave(actor, Action.EXPORT_TAKE, project_id)
    return _rows(session, project_id, batch_id)


def _rows(session: Session, project_id: int, batch_id: int | None) -> Iterator[CorrectionRow]:
    query = (
        select(Ruling, _before, Claim.public_id)
        .join(Claim, col(Claim.id) == col(Ruling.claim_id))
        .join(
            _before,
            (col(_before.claim_id) == col(Ruling.claim_id))
            & (col(_before.version) == col(Ruling.version) - 1),
        )
        .where(
            Claim.project_id == project_id,
            Claim.state == ClaimState.SETTLED,
            visible(),
            *in_batch(batch_id),
        )
        .order_by(col(Ruling.id))
    )
    after = 0
    while rows := session.exec(query.where(col(Ruling.id) > after).limit(CHUNK)).all():
        names = _names(session, [ruling for row in rows for ruling in row[:2]])
        for ruling, old, claim_id in rows:
            yield CorrectionRow(
                claim_id=claim_id,
                version=ruling.version,
                kind=ruling.correction_kind.value if ruling.correction_kind else "",
                public_note=ruling.public_note,
                content_verdict_before=names[old.content_label_id],
                content_verdict=names[ruling.content_label_id],
                attribution_verdict_before=names.get(old.attribution_label_id or 0),
                attribution_verdict=names.get(ruling.attribution_label_id or 0),
                corrected_at=ruling.decided_at,
                decided_by=ruling.decided_by.value,
            )
        after = rows[-1][0].key


def _names(session: Session, rulings: list[Ruling]) -> dict[int, str]:
    keys = {row.content_label_id for row in rulings} | {row.attribution_label_id for row in rulings}
    query = select(Label.id, Label.name).where(col(Label.id).in_(keys - {None}))
    return {key: name for key, name in session.exec(query) if key is not None}
