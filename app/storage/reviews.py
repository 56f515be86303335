"""Questions about checks: mine, and those of others as far as blindness allows."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import sees_others
from app.domain.errors import Missing
from app.domain.permissions import Action, may
from app.domain.records import (
    ClaimRecord,
    DraftRecord,
    EvidenceRecord,
    LabelRecord,
    ProjectRecord,
    ReviewRecord,
    SightingRecord,
    VersionRecord,
)
from app.storage.claims import standing
from app.storage.kept import given
from app.storage.leases import first_in_hand
from app.storage.outlook import outlook
from app.storage.questions import has_questions, questions_of
from app.storage.queue import ahead
from app.storage.scales import label_record
from app.storage.source_links import link_for
from app.storage.tables import (
    Claim,
    Draft,
    Evidence,
    Label,
    Person,
    Review,
    ReviewVersion,
    Sighting,
    Source,
)


def review(session: Session, actor: Actor, public_id: str) -> ReviewRecord:
    """A check of one's own, with its last submitted version.

    Raises:
        Missing: there is none, or it is somebody else's.
    """
    row = session.exec(
        select(Review).where(Review.public_id == public_id, Review.reviewer_id == actor.person)
    ).first()
    if row is None or not may(actor, Action.PROJECT_VIEW, row.project_id):
        raise Missing("review.missing")
    return _records(session, [row])[0]


def held(session: Session, actor: Actor, project_id: int) -> str | None:
    """The check that the actor has in hand; see ``leases.first_in_hand``."""
    return session.exec(first_in_hand(), params=given(actor, project_id)).first()


def progress(session: Session, actor: Actor, project: ProjectRecord) -> tuple[int, int]:
    """How many checks the actor gave, and how many claims are in hand or could be taken."""
    look = outlook(session, actor, project.id)
    return look.given, ahead(session, actor, project, look)


def draft(session: Session, review_id: int) -> DraftRecord | None:
    """What was typed in a check and not submitted."""
    row = session.exec(select(Draft).where(Draft.review_id == review_id)).first()
    return None if row is None else DraftRecord(row.version, row.body, row.updated_at)


def reviews_of(session: Session, actor: Actor, claim: ClaimRecord) -> list[ReviewRecord]:
    """The submitted checks of a claim that the actor may see: at least their own.

    Notes are for the one who wrote them, and blank in the checks of others.
    """
    query = select(Review).where(Review.claim_id == claim.id, Review.submitted_version > 0)
    see_all = may(actor, Action.REVIEW_SEE_ALL, claim.project_id)
    if not sees_others(standing(session, actor, claim.id), may_see_all=see_all):
        query = query.where(Review.reviewer_id == actor.person_id)
    found = _records(session, session.exec(query.order_by(col(Review.id))).all())
    return [row if row.reviewer_id == actor.person_id else _without_notes(row) for row in found]


def _without_notes(row: ReviewRecord) -> ReviewRecord:
    return row if row.latest is None else replace(row, latest=replace(row.latest, notes=""))


def _records(session: Session, rows: Sequence[Review]) -> list[ReviewRecord]:
    latest = _latest(session, [row.key for row in rows])
    people = _names(session, {row.reviewer_id for row in rows})
    claims = dict(
        session.exec(
            select(Claim.id, Claim.public_id).where(
                col(Claim.id).in_({row.claim_id for row in rows})
            )
        ).all()
    )
    return [
        review_record(
            row,
            claim_public_id=claims[row.claim_id],
            reviewer=people[row.reviewer_id],
            latest=latest.get(row.key),
        )
        for row in rows
    ]


def review_record(
    row: Review, *, claim_public_id: str, reviewer: str, latest: VersionRecord | None
) -> ReviewRecord:
    """A check as pages and verbs need it."""
    return ReviewRecord(
        id=row.key,
        public_id=row.public_id,
        project_id=row.project_id,
        claim_id=row.claim_id,
        claim_public_id=claim_public_id,
        reviewer_id=row.reviewer_id,
        reviewer=reviewer,
        state=row.state,
        has_slot=row.slot is not None,
        lease_until=row.lease_until,
        question=row.question,
        created_at=row.created_at,
        submitted_version=row.submitted_version,
        put_off_at=row.put_off_at,
        waits_until=row.waits_until,
        waits_for=row.waits_for,
        asked_at=row.asked_at,
        latest=latest,
    )


def _names(session: Session, keys: set[int]) -> dict[int, str]:
    return dict(session.exec(select(Person.id, Person.name).where(col(Person.id).in_(keys))).all())  # type: ignore[arg-type]  # ids of stored rows


def latest_of(session: Session, review_id: int) -> VersionRecord | None:
    """The version of a check that was sent last."""
    return _latest(session, [review_id]).get(review_id)


def _latest(session: Session, review_ids: Collection[int]) -> dict[int, VersionRecord]:
    query = (
        select(ReviewVersion, has_questions())
        .join(Review, col(Review.id) == col(ReviewVersion.review_id))
        .where(
            col(Review.id).in_(review_ids),
            col(ReviewVersion.number) == col(Review.submitted_version),
        )
    )
    versions = session.exec(query).all()
    return {
        version.review_id: record
        for (version, _asks), record in zip(
            versions, _version_records(session, versions), strict=True
        )
    }


def versions_of(session: Session, review_id: int) -> list[VersionRecord]:
    """Every version of one check, oldest first."""
    query = (
        select(ReviewVersion, has_questions())
        .where(ReviewVersion.review_id == review_id)
        .order_by(col(ReviewVersion.number))
    )
    return _version_records(session, session.exec(query).all())


def _version_records(
    session: Session, found: Sequence[tuple[ReviewVersion, bool]]
) -> list[VersionRecord]:
    """Versions with all that was given with them; each comes with whether it recorded questions."""
    if not found:
        return []
    rows = [row for row, _asks in found]
    keys = [row.key for row in rows]
    evidence = evidence_of(session, keys)
    questions = questions_of(session, [row.key for row, asks in found if asks], evidence)
    sightings = _sightings(session, keys)
    labels = _labels(session, rows)
    return [
        VersionRecord(
            number=row.number,
            content=labels[row.content_label_id],
            attribution=labels.get(row.attribution_label_id or 0),
            confidence=row.confidence,
            rationale=row.rationale,
            not_known=row.not_known,
            notes=row.notes,
            is_blind=row.is_blind,
            started_at=row.started_at,
            decided_at=row.decided_at,
            active_seconds=row.active_seconds,
            evidence=tuple(evidence.get(row.key, ())),
            sightings=tuple(sightings.get(row.key, ())),
            questions=tuple(questions.get(row.key, ())),
        )
        for row in rows
    ]


def _labels(session: Session, rows: Sequence[ReviewVersion]) -> dict[int, LabelRecord]:
    wanted = {row.content_label_id for row in rows} | {
        row.attribution_label_id for row in rows if row.attribution_label_id
    }
    found = session.exec(select(Label).where(col(Label.id).in_(wanted)))
    return {row.key: label_record(row) for row in found}


def evidence_of(session: Session, version_ids: Sequence[int]) -> dict[int, list[EvidenceRecord]]:
    """The sources of some versions, in the order in which they were linked."""
    found: dict[int, list[EvidenceRecord]] = {}
    query = (
        select(Evidence, Source, Review.reviewer_id)
        .join(Source, col(Source.id) == col(Evidence.source_id))
        .join(ReviewVersion, col(ReviewVersion.id) == col(Evidence.review_version_id))
        .join(Review, col(Review.id) == col(ReviewVersion.review_id))
        .where(col(Evidence.review_version_id).in_(version_ids))
        .order_by(col(Evidence.review_version_id), col(Evidence.position))
    )
    for row, source, by in session.exec(query):
        found.setdefault(row.review_version_id, []).append(evidence_record(row, source, by=by))
    return found


def evidence_record(row: Evidence, source: Source, *, by: int | None) -> EvidenceRecord:
    """A use of a source, described as the reviewer, ``by``, who linked it described it."""
    return EvidenceRecord(
        source_id=source.public_id,
        kind=row.kind,
        record=row.record,
        url=link_for(source, by),
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        stance=row.stance,
        answers=row.answers,
        quote=row.quote,
        locator=row.locator,
        note=row.note,
        archive_url=row.archive_url,
        language=row.language,
        quote_translation=row.quote_translation,
        translated_by=row.translated_by,
        id=row.key,
        author=row.author,
        source_type=row.source_type,
        interests=row.interests,
        origin=row.origin,
        set_number=row.set_number,
        accessed_on=row.accessed_on,
        figure=row.figure,
        standing=source.standing,
    )


def _sightings(session: Session, keys: Sequence[int]) -> dict[int, list[SightingRecord]]:
    found: dict[int, list[SightingRecord]] = {}
    query = select(Sighting).where(col(Sighting.review_version_id).in_(keys))
    for row in session.exec(query.order_by(col(Sighting.hop_id))):
        sighting = SightingRecord(row.hop_id, row.url, row.said_on)
        found.setdefault(row.review_version_id, []).append(sighting)
    return found
