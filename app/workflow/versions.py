"""A version of a check: what a form said, held against the scales and written down once."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session, select

from app.domain.actors import Actor
from app.domain.consensus import Answer
from app.domain.dates import partial_date
from app.domain.errors import Invalid
from app.domain.ids import now
from app.domain.links import checked_link
from app.domain.records import LabelRecord, SchemeRecord
from app.domain.words import Confidence, RoundKind
from app.storage.batches import guideline_of_claim
from app.storage.independence import is_blind_answer
from app.storage.locking import held_by_key, locked_by_key
from app.storage.rounds import round_of_review
from app.storage.scales import scheme
from app.storage.tables import (
    Claim,
    Hop,
    LabelScheme,
    Project,
    Review,
    ReviewVersion,
    Sighting,
)
from app.workflow.copies import after_linking
from app.workflow.questions import QuestionValues, checked_questions, write_questions
from app.workflow.retired_answers import as_shown
from app.workflow.sources import SourceValues, checked_sources, link_sources

MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingValues:
    """A hop ticked as seen by the reviewer."""

    hop_id: int
    url: str | None = None
    said_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewValues:
    """A check as its form was filled in; verdicts are codes of labels.

    ``form_key`` is the form's own, ``base_version`` the last version that the form showed, and
    ``as_new`` says that a newer one was seen and this shall stand above it.
    ``draft_version`` is the last draft that the form carries. ``gate_reason``: why one who works
    alone gives the verdict though a rule of the project is not met.
    """

    verdict: str
    attribution_verdict: str | None = None
    confidence: Confidence | None = None
    rationale: str = ""
    not_known: str = ""
    notes: str = ""
    gate_reason: str = ""
    sources: tuple[SourceValues, ...] = ()
    sightings: tuple[SightingValues, ...] = ()
    questions: tuple[QuestionValues, ...] = ()
    form_key: str
    base_version: int = 0
    as_new: bool = False
    draft_version: int | None = None
    started_at: datetime | None = None
    active_seconds: int | None = None

    def sha256(self) -> str:
        """Of what was answered, so that the same answer sent twice is known for the same."""
        said = asdict(replace(self, form_key="", base_version=0, as_new=False, started_at=None))
        del said["active_seconds"], said["draft_version"]
        # A check without either is known for the same that it was before there were any.
        if not self.gate_reason.strip():
            del said["gate_reason"]
        if not self.questions:
            del said["questions"]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def write_version(
    session: Session, actor: Actor, row: Review, *, values: ReviewValues
) -> ReviewVersion:
    """Write down the next version of a check with its sources, questions and what was seen.

    Raises:
        Invalid: one is missing, or cannot be, or a control got evidence of its own; by ``field``.
    """
    claim = session.get_one(Claim, row.claim_id)
    sources, questions = checked_sources(values.sources), _questions(session, claim, values)
    has_sources = _has_sources(session, row, values)
    answer = _answer_of(session, row, claim, values, has_sources=has_sources)
    guideline = guideline_of_claim(session, row.project_id, row.claim_id)
    version = ReviewVersion(
        review_id=row.key,
        number=row.submitted_version + 1,
        form_key=values.form_key,
        content_sha256=values.sha256(),
        content_label_id=answer.content,
        attribution_label_id=answer.attribution,
        **_texts(values),
        confidence=values.confidence,
        is_blind=is_blind_answer(session, actor, row),
        guideline_version=None if guideline is None else guideline.version,
        started_at=_began(row, values),
        active_seconds=values.active_seconds,
    )
    session.add(version)
    session.flush()
    ids = {"project_id": row.project_id, "version_id": version.key}
    link_sources(session, rows=sources, person_id=actor.person, **ids)
    after_linking(session, actor, **ids)
    write_questions(session, version.key, questions, sources=values.sources)
    _write_sightings(session, version, claim, values)
    return version


def _began(row: Review, values: ReviewValues) -> datetime:
    return min(values.started_at or row.created_at, now())


def _questions(session: Session, claim: Claim, values: ReviewValues) -> list[QuestionValues]:
    """The questions of a check, where its project asks for them."""
    if not session.get_one(Project, claim.project_id).asks_questions:
        return []
    return checked_questions(values.questions, values.sources)


def _has_sources(session: Session, row: Review, values: ReviewValues) -> bool:
    """Whether a check rests on sources: its own ones, or in a control on the recorded ones alone."""
    is_control = round_of_review(session, row.key).kind is RoundKind.EVIDENCE_ONLY
    if is_control and (values.sources or values.sightings or values.questions):
        raise Invalid("review.no-sources", field="sources")
    return is_control or any(not source.is_blank for source in values.sources)


def _answer_of(
    session: Session, row: Review, claim: Claim, values: ReviewValues, *, has_sources: bool
) -> Answer:
    """The two verdicts; whether it was said is asked only where somebody is named."""
    scale_ids = _frozen_scales(session, claim.project_id)
    content, attribution = (scheme(session, id_, project_id=claim.project_id) for id_ in scale_ids)
    shown = partial(as_shown, session, began=_began(row, values), project_id=claim.project_id)
    so = _answer(content, values.verdict, "verdict", shown=shown, has_sources=has_sources)
    if not _has_claimant(session, claim):
        return Answer(so, None)
    code = values.attribution_verdict or ""
    said = _answer(attribution, code, "attribution_verdict", shown=shown, has_sources=has_sources)
    return Answer(so, said)


def _answer(
    scale: SchemeRecord,
    code: str,
    field: str,
    *,
    shown: Callable[[int], LabelRecord | None],
    has_sources: bool,
) -> int:
    label = next((label for label in scale.ever if label.code == code), None)
    if label is not None and label in scale.retired:
        retired, label = label, shown(label.id)
        if label is None:
            raise Invalid("review.retired", field=field, label=retired.name)
    if label is None:
        raise Invalid(f"review.{field.replace('_', '-')}", field=field)
    if label.needs_source and not has_sources:
        raise Invalid("review.needs-source", field="sources", label=label.name)
    return label.id


def _has_claimant(session: Session, claim: Claim) -> bool:
    query = select(Hop.id).where(Hop.claim_id == claim.key, Hop.claim_version == claim.version)
    return session.exec(query).first() is not None


def _texts(values: ReviewValues) -> dict[str, Any]:
    texts = {name: getattr(values, name).strip() for name in ("rationale", "not_known", "notes")}
    for name, text in texts.items():
        if len(text) > MAX_TEXT:
            raise Invalid("review.long", field=name, limit=MAX_TEXT)
    return texts


def _write_sightings(
    session: Session, version: ReviewVersion, claim: Claim, values: ReviewValues
) -> None:
    # Every hop that the claim has or had: a form may show a chain that was just corrected.
    known = set(session.exec(select(Hop.id).where(Hop.claim_id == claim.key)))
    for sighting in {sighting.hop_id: sighting for sighting in values.sightings}.values():
        if sighting.hop_id in known:
            session.add(
                Sighting(
                    review_version_id=version.key,
                    hop_id=sighting.hop_id,
                    url=checked_link(sighting.url),
                    said_on=partial_date(sighting.said_on),
                )
            )
    session.flush()


def _frozen_scales(session: Session, project_id: int) -> tuple[int, int]:
    """The project's two scales, which nobody changes while an answer of them is written down."""
    project = session.get_one(Project, project_id)
    while True:
        used = project.content_scheme_id, project.attribution_scheme_id
        for scheme_id in sorted(used):
            _freeze(session, scheme_id)
        # Another scale may have been taken while this one was waited for.
        session.refresh(project, ["content_scheme_id", "attribution_scheme_id"])
        if used == (project.content_scheme_id, project.attribution_scheme_id):
            return used


def _freeze(session: Session, scheme_id: int) -> None:
    if session.get_one(LabelScheme, scheme_id).frozen_at is not None:
        held_by_key(session, LabelScheme, scheme_id)
        return
    row = locked_by_key(session, LabelScheme, scheme_id)
    row.frozen_at = row.frozen_at or now()
    session.flush()
