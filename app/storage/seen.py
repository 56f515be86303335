"""Claims as one person may see them: their state, how many checks are in, the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Executable
from sqlalchemy import select as columns
from sqlmodel import Session, col

from app.domain.actors import Actor
from app.domain.blindness import (
    SeenState,
    Standing,
    is_blind,
    looks_open,
    seen_state,
    sees_others,
)
from app.domain.permissions import Action, may
from app.domain.records import STEPS, ClaimRecord, LabelRecord
from app.domain.words import ClaimState
from app.storage.among import among
from app.storage.claims import rounds_of_claims, standings_in
from app.storage.driver import rows_of
from app.storage.tables import Label, Ruling


@dataclass(frozen=True, slots=True)
class SeenClaim:
    """A claim, and what one person may know of it.

    Attributes:
        counts: checks done and wanted, None where others' work is not shown.
        verdict: the desk's answer to "Is it so?", None until settled.
        is_blind: others' answers are kept from the person, who could still check the claim.
        sees_others: others' answers are shown.
        looks_open: the page looks as if they were, so that a claim with a known answer looks like
            one that nobody else has answered.
        has_checked: the person gave a check of it.
    """

    claim: ClaimRecord
    state: SeenState
    counts: tuple[int, int] | None
    verdict: LabelRecord | None
    is_blind: bool
    sees_others: bool
    looks_open: bool
    has_checked: bool


def seen_claims(session: Session, actor: Actor, claims: Sequence[ClaimRecord]) -> list[SeenClaim]:
    """Some claims as the actor may see them: five questions, however many claims."""
    keys = [claim.id for claim in claims]
    if not keys:
        return []
    rounds = rounds_of_claims(session, keys)
    how = standings_in(session, actor, keys, rounds)
    settled = [claim.id for claim in claims if claim.state is ClaimState.SETTLED]
    verdicts = verdicts_of(session, settled)
    return [
        _seen(
            actor,
            claim,
            how[claim.id],
            counts=rounds[claim.id][:2] if claim.id in rounds else None,
            verdict=verdicts.get(claim.id),
        )
        for claim in claims
    ]


def _seen(
    actor: Actor,
    claim: ClaimRecord,
    standing: Standing,
    *,
    counts: tuple[int, int] | None,
    verdict: LabelRecord | None,
) -> SeenClaim:
    see_all = may(actor, Action.REVIEW_SEE_ALL, claim.project_id)
    sees = sees_others(standing, may_see_all=see_all)
    return SeenClaim(
        claim=claim,
        state=seen_state(claim.state, standing, counts=counts, may_see_all=see_all),
        counts=_told(counts, standing) if looks_open(standing, may_see_all=see_all) else None,
        verdict=verdict,
        is_blind=is_blind(standing),
        sees_others=sees,
        looks_open=looks_open(standing, may_see_all=see_all),
        has_checked=standing.has_submitted,
    )


def _told(counts: tuple[int, int] | None, standing: Standing) -> tuple[int, int] | None:
    """Checks done and wanted; where nobody's count, those that are shown: one's own."""
    if counts is None or not standing.is_secret or standing.is_settled:
        return counts
    return int(standing.has_submitted), counts[1]


def verdicts_of(session: Session, settled: Sequence[int]) -> dict[int, LabelRecord]:
    """The desk's answer to "Is it so?" for each of some settled claims, by the claim's key."""
    if not settled:
        return {}
    rows = rows_of(session, _verdicts(), {"keys": tuple(settled)})
    # The last version of each claim is the one that holds.
    labels = {claim_id: label for claim_id, *label in rows}
    records: dict[int, LabelRecord] = {}
    for label in labels.values():
        if label[0] not in records:
            key, code, name, definition, rank, position, top = label
            records[key] = LabelRecord(
                key, code, name, definition, rank, position, top=top or STEPS
            )
    return {claim_id: records[label[0]] for claim_id, label in labels.items()}


@cache
def _verdicts() -> Executable:
    """The answers that some claims were given; the facts of a label are those of its record."""
    facts = (Label.id, Label.code, Label.name, Label.definition, Label.rank, Label.position)
    return (
        columns(col(Ruling.claim_id), *map(col, facts), col(Label.top))
        .join(Label, col(Label.id) == col(Ruling.content_label_id))
        .where(among(Ruling.claim_id))
        .order_by(col(Ruling.claim_id), col(Ruling.version))
    )
