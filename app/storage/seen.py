"""Claims as one person may see them: their state, how many checks are in, the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

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
from app.domain.records import ClaimRecord, LabelRecord
from app.domain.words import ClaimState
from app.storage.claims import round_counts, standings
from app.storage.scales import label_record
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
    """Some claims as the actor may see them: six questions, however many claims."""
    keys = [claim.id for claim in claims]
    if not keys:
        return []
    how = standings(session, actor, keys)
    counts = round_counts(session, keys)
    settled = [claim.id for claim in claims if claim.state is ClaimState.SETTLED]
    verdicts = verdicts_of(session, settled)
    return [
        _seen(
            actor, claim, how[claim.id], counts=counts.get(claim.id), verdict=verdicts.get(claim.id)
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
    query = (
        select(Ruling.claim_id, Label)
        .join(Label, col(Label.id) == col(Ruling.content_label_id))
        .where(col(Ruling.claim_id).in_(settled))
        .order_by(col(Ruling.claim_id), col(Ruling.version))
    )
    # The last version of each claim is the one that holds.
    return {claim_id: label_record(label) for claim_id, label in session.exec(query)}
