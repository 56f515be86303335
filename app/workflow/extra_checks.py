"""One check more than a round wants, by the rules of the project.

By a rule on who checks or on the claim, once: a newcomer gave a check, the claim is in the sample,
it has one of the named tags. And once more where all checks are in and differ. It is decided in the
transaction of the check, before the claim could be seen as complete: whoever sees all checks of a
complete claim is not blind to it any more, and could else be lent the check that is added.
"""

import hashlib
from collections.abc import Iterable
from functools import cache

from sqlalchemy import Executable, bindparam, exists, func, insert
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from app.domain.actors import SYSTEM
from app.domain.consensus import all_agree
from app.domain.ids import now
from app.domain.records import ProjectRecord
from app.domain.words import Decides, ExtraReason, GoldUse, RoundKind
from app.storage.checkers import could_check
from app.storage.claims import tags_of
from app.storage.driver import rows_of
from app.storage.held import held_one
from app.storage.locking import write_now
from app.storage.plain_rows import table_of
from app.storage.projects import by_id
from app.storage.rounds import answers_by_round
from app.storage.scales import vocabulary_of
from app.storage.tables import Claim, ClaimRound, ExtraCheck, GoldAnswer, Review, Round
from app.workflow.events import record_claim_event

KINDS = (RoundKind.INDEPENDENT, RoundKind.REOPENED)
WHOLE = 2**64


def add_extra_checks(session: Session, claim: Claim, entry: ClaimRound, review: Review) -> None:
    """Let a claim want what the rules ask for, now that a check was given for the first time.

    Of a check that was sent again nothing is asked: the claim may have been seen as complete.
    What nobody could give is not asked for: the claim would never be complete.
    """
    project = by_id(session, claim.project_id)
    if review.submitted_version != 1 or not _has_rules(project):
        return
    if not _is_for_extras(session, project, entry):
        return
    is_known, had = _so_far(session, entry)
    if is_known:
        return
    if not had - {ExtraReason.DIFFERENCE}:
        reasons = _by_rule(session, project, claim, review)
        _add(session, claim, entry, next(iter(reasons), None))
    if ExtraReason.DIFFERENCE not in had and project.extra_on_difference:
        differ = entry.reviews_done >= entry.reviews_wanted and _differ(session, claim, entry)
        _add(session, claim, entry, ExtraReason.DIFFERENCE if differ else None)


def _has_rules(project: ProjectRecord) -> bool:
    return bool(
        project.extra_first
        or project.extra_share
        or project.extra_tags
        or project.extra_on_difference
    )


def _is_for_extras(session: Session, project: ProjectRecord, entry: ClaimRound) -> bool:
    """Whether claims of the round are checked blind by several."""
    this_round = held_one(session, Round, entry.round_id)
    is_blind = project.decides is Decides.INDEPENDENT and this_round.is_blind
    return is_blind and this_round.kind in KINDS


def _so_far(session: Session, entry: ClaimRound) -> tuple[bool, set[ExtraReason]]:
    """Whether its claim has or had a known answer, and why more was asked for in the round."""
    rows = rows_of(session, _reasons(), {"entry": entry.key})
    return rows[0][0], {reason for _is_known, reason in rows if reason is not None}


@cache
def _reasons() -> Executable:
    is_known = exists().where(col(GoldAnswer.claim_id) == col(ClaimRound.claim_id))
    return (
        columns(is_known, col(ExtraCheck.reason))
        .select_from(ClaimRound)
        .outerjoin(ExtraCheck, col(ExtraCheck.claim_round_id) == col(ClaimRound.id))
        .where(col(ClaimRound.id) == bindparam("entry"))
    )


def _by_rule(
    session: Session, project: ProjectRecord, claim: Claim, review: Review
) -> Iterable[ExtraReason]:
    """The rules that hold, the cheapest to ask first."""
    if is_in_sample(project, claim.public_id):
        yield ExtraReason.SAMPLE
    if project.extra_first and _gave_before(session, project, review) < project.extra_first:
        yield ExtraReason.NEWCOMER
    if set(project.extra_tags) & set(tags_of(session, [claim.key]).get(claim.key, ())):
        yield ExtraReason.TAG


def is_in_sample(project: ProjectRecord, claim_id: str) -> bool:
    """Whether a claim is in the project's sample: by the two public ids, so always the same.

    SHA-256 of both, its first 8 bytes as a fraction of 1, is less than the share.
    """
    digest = hashlib.sha256(f"{project.public_id}{claim_id}".encode()).digest()
    return int.from_bytes(digest[:8]) / WHOLE < project.extra_share


def _gave_before(session: Session, project: ProjectRecord, review: Review) -> int:
    """How many other checks the reviewer gave, counted up to what makes a newcomer no more."""
    teaches = exists().where(
        col(GoldAnswer.claim_id) == col(Review.claim_id), col(GoldAnswer.use) == GoldUse.TRAINING
    )
    others = (
        select(Review.id)
        .where(
            Review.project_id == project.id,
            Review.reviewer_id == review.reviewer_id,
            Review.submitted_version > 0,
            Review.id != review.key,
            ~teaches,
        )
        .limit(project.extra_first)
    )
    return session.exec(select(func.count()).select_from(others.subquery())).one()


def _differ(session: Session, claim: Claim, entry: ClaimRound) -> bool:
    """Whether the checks of this round differ in either verdict, as the scales now say them.

    What was answered in an earlier round is what the claim was opened again for.
    """
    given = answers_by_round(session, claim.key).get(entry.key, [])
    return not all_agree(vocabulary_of(session, claim.project_id).lines.answers(given))


def _add(session: Session, claim: Claim, entry: ClaimRound, reason: ExtraReason | None) -> None:
    if reason is None or could_check(session, claim) <= claim.slots_free:
        return
    why = {"claim_round_id": entry.key, "reason": reason, "created_at": now()}
    rows_of(session, _new_reason(), why)
    write_now(session, entry, {"reviews_wanted": entry.reviews_wanted + 1})
    write_now(session, claim, {"slots_free": claim.slots_free + 1})
    # Not the checker's deed: who reads only their own lines must not learn that answers differ.
    record_claim_event(session, SYSTEM, "claim.extra-check", claim, reason=reason.value)


@cache
def _new_reason() -> Executable:
    return insert(table_of(ExtraCheck)).inline()
