"""What a release holds and leaves out, counted by the database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import SeenState
from app.domain.permissions import Action, ask_leave
from app.domain.records import ProjectRecord
from app.domain.releases import BatchCount, CheckCount, GuidelineText, Loss, Reason, Release
from app.domain.words import ClaimState, SourceKind, SourceRecord
from app.storage.bars import is_known
from app.storage.claim_filters import ClaimFilter, conditions, is_in_pilot
from app.storage.claim_queries import ClaimQuery
from app.storage.claims import visible
from app.storage.projects import by_id
from app.storage.pseudonyms import pseudonym
from app.storage.scales import schemes
from app.storage.tables import (
    Amendment,
    Batch,
    Claim,
    Evidence,
    EvidenceAnswer,
    Guideline,
    Label,
    Quantity,
    Review,
    ReviewVersion,
    Ruling,
)

INCLUDED = "included"


def release_filter(wanted: ClaimFilter, *, with_pilots: bool) -> ClaimFilter:
    """Of the claims that a filter finds, those that a release holds."""
    return replace(
        wanted, state=SeenState.SETTLED, without_known=True, without_pilots=not with_pilots
    )


def release(
    session: Session, actor: Actor, project_id: int, *, asked: ClaimQuery, with_pilots: bool
) -> Release:
    """What a release of a project's settled claims holds.

    Raises:
        Missing, NotAllowed: the actor may not know which claims have known answers; what is left
            out would tell them.
    """
    ask_leave(actor, Action.GOLD_SET, project_id)
    project = by_id(session, project_id)
    counts = _counts(session, actor, project_id, asked.wanted, with_pilots=with_pilots)
    wanted = release_filter(asked.wanted, with_pilots=with_pilots)
    held = select(Claim.id).where(*conditions(actor, project_id, wanted))
    checks = _checks(session, project, held)
    versions = {count.guideline_version for count in checks} - {None}
    return Release(
        project=project,
        words=asked.words,
        with_pilots=with_pilots,
        included=counts.pop(INCLUDED, 0),
        left_out={reason: counts[reason] for reason in Reason if reason in counts},
        last_decided_at=session.exec(
            select(func.max(Ruling.decided_at)).where(col(Ruling.claim_id).in_(held))
        ).one(),
        checks=checks,
        batches=_batches(session, held),
        scales=tuple(schemes(session, _scale_keys(session, project, held))),
        guidelines=_guidelines(session, project_id, versions),
        losses=_losses(session, held),
    )


def _counts(
    session: Session, actor: Actor, project_id: int, wanted: ClaimFilter, *, with_pilots: bool
) -> dict[str, int]:
    """Every claim of the project under one reason, or under INCLUDED."""
    pilots: list[tuple[ColumnElement[bool], Any]] = [(is_in_pilot(), Reason.PILOT.value)]
    why = case(
        (is_known(col(Claim.id)), Reason.KNOWN.value),
        (col(Claim.state) == ClaimState.CANDIDATE, Reason.SUGGESTED.value),
        (col(Claim.state) == ClaimState.OPEN, Reason.OPEN.value),
        (col(Claim.state) == ClaimState.REJECTED, Reason.DROPPED.value),
        *([] if with_pilots else pilots),
        else_=INCLUDED,
    )
    reason = case(
        (~visible(), Reason.UNFINISHED.value),
        (and_(*conditions(actor, project_id, wanted)), why),
        else_=Reason.OUTSIDE.value,
    )
    query = select(reason, func.count()).where(Claim.project_id == project_id).group_by(reason)
    return dict(session.exec(query).all())


def _checks(session: Session, project: ProjectRecord, held: Any) -> tuple[CheckCount, ...]:  # noqa: ANN401 - a question
    columns = (
        col(Review.reviewer_id),
        col(Review.state),
        col(ReviewVersion.guideline_version),
    )
    query = (
        select(*columns, func.count())
        .join(ReviewVersion, _last_version())
        .where(col(Review.claim_id).in_(held))
        .group_by(*columns)
        .order_by(*columns)
    )
    found = [
        CheckCount(pseudonym(project, reviewer), state.value, version, number)
        for reviewer, state, version, number in session.exec(query)
    ]
    return tuple(found)


def _last_version() -> ColumnElement[bool]:
    return and_(
        col(ReviewVersion.review_id) == col(Review.id),
        col(ReviewVersion.number) == col(Review.submitted_version),
    )


def _batches(session: Session, held: Any) -> tuple[BatchCount, ...]:  # noqa: ANN401 - a question
    query = (
        select(Batch, func.count())
        .join(Claim, col(Claim.batch_id) == col(Batch.id))
        .where(col(Claim.id).in_(held))
        .group_by(col(Batch.id))
        .order_by(col(Batch.id))
    )
    return tuple(
        BatchCount(row.name, row.is_pilot, row.guideline_version, number)
        for row, number in session.exec(query)
    )


def _scale_keys(session: Session, project: ProjectRecord, held: Any) -> Sequence[int]:  # noqa: ANN401 - a question
    """The scales of all answers and verdicts that are in it, and those in use now."""
    found = {project.content_scheme_id, project.attribution_scheme_id}
    for column in ("content_label_id", "attribution_label_id"):
        given = (
            select(Label.scheme_id)
            .join(ReviewVersion, getattr(ReviewVersion, column) == Label.id)
            .join(Review, _last_version())
            .where(col(Review.claim_id).in_(held))
        )
        ruled = (
            select(Label.scheme_id)
            .join(Ruling, getattr(Ruling, column) == Label.id)
            .where(col(Ruling.claim_id).in_(held))
        )
        for query in (given, ruled):
            found |= set(session.exec(query.distinct()))
    return sorted(found)


def _guidelines(session: Session, project_id: int, versions: set[Any]) -> tuple[GuidelineText, ...]:
    query = (
        select(Guideline)
        .where(Guideline.project_id == project_id, col(Guideline.version).in_(sorted(versions)))
        .order_by(col(Guideline.version))
    )
    return tuple(
        GuidelineText(row.version, row.text, row.created_at) for row in session.exec(query)
    )


def _lost_of_sources(versions: Any) -> dict[tuple[str, str], Any]:  # noqa: ANN401 - a question
    is_on_record = col(Evidence.record) == SourceRecord.ON_RECORD
    in_them = col(Evidence.review_version_id).in_(versions)
    noted = (col(Evidence.note) != "", col(Evidence.kind) != SourceKind.SEARCH)
    kept_back = select(Evidence.id).where(in_them, ~is_on_record)
    return {
        ("sources.csv", "uses of sources that are not on record"): (
            *(Evidence, [in_them, ~is_on_record]),
        ),
        ("sources.csv", "notes to sources"): (Evidence, [in_them, is_on_record, *noted]),
        ("questions.csv", "answers read in sources that are not on record"): (
            *(EvidenceAnswer, [col(EvidenceAnswer.evidence_id).in_(kept_back)]),
        ),
    }


def _losses(session: Session, held: Any) -> tuple[Loss, ...]:  # noqa: ANN401 - a question
    """What the desk has of these claims and the files have no place for."""
    reviews = select(Review.id).where(col(Review.claim_id).in_(held))
    versions = (
        select(ReviewVersion.id).join(Review, _last_version()).where(col(Review.claim_id).in_(held))
    )
    every = (col(ReviewVersion.review_id).in_(reviews), col(ReviewVersion.id).not_in(versions))
    noted = (col(ReviewVersion.id).in_(versions), col(ReviewVersion.notes) != "")
    newer = (col(Ruling.claim_id).in_(held), col(Ruling.version) > 1)
    counted: Mapping[tuple[str, str], Any] = {
        **_lost_of_sources(versions),
        ("reviews.csv", "earlier versions of checks"): (ReviewVersion, every),
        ("reviews.csv", "checks with notes that are for their writer alone"): (
            *(ReviewVersion, noted),
        ),
        ("verdicts.csv", "earlier versions of verdicts"): (Ruling, newer),
        ("verdicts.csv", "figures that the claims state"): (
            *(Quantity, [col(Quantity.claim_id).in_(held)]),
        ),
        ("verdicts.csv", "corrections of claims, with the earlier wordings and chains"): (
            *(Amendment, [col(Amendment.claim_id).in_(held)]),
        ),
    }
    return tuple(
        Loss(file, what, session.exec(select(func.count()).select_from(kind).where(*rules)).one())
        for (file, what), (kind, rules) in counted.items()
    )
