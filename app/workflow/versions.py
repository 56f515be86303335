"""A version of a check: what a form said, held against the scales and written down once."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
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
from app.storage.copy_sight import have_copies
from app.storage.held import held_one
from app.storage.independence import is_blind_answer
from app.storage.scales import schemes
from app.storage.sending import Known, Sending, add_version, known_of
from app.storage.tables import Claim, Hop, Project, Review, Round, Sighting
from app.workflow.answers_as_read import Shown, read_otherwise
from app.workflow.copies import after_linking
from app.workflow.freezing import freeze
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
    alone gives the verdict though a rule of the project is not met. ``shown``: the scales that
    the page of the form was made with, by the field that is answered on each.
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
    shown: Shown = field(default_factory=dict)

    def sha256(self) -> str:
        """Of what was answered, so that the same answer sent twice is known for the same."""
        said = _named(replace(self, form_key="", base_version=0, as_new=False, started_at=None))
        del said["active_seconds"], said["draft_version"], said["shown"]
        # A check without either is known for the same that it was before there were any.
        if not self.gate_reason.strip():
            del said["gate_reason"]
        if not self.questions:
            del said["questions"]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=_named).encode()).hexdigest()


def _named(values: Any) -> dict[str, Any]:  # noqa: ANN401 - of whatever kind its rows are
    """The values of a form, or of one of its rows, by name."""
    return {field.name: getattr(values, field.name) for field in fields(values)}


def hold_known(session: Session, actor: Actor, sending: Sending, *, form_key: str) -> Known:
    """What is known of a check that is being sent, and its scales, which nobody changes meanwhile."""
    project_id = sending.claim.project_id
    while True:
        used = freeze(session, project_id)
        known = known_of(session, actor, sending.review, form_key=form_key)
        if used == known.scheme_ids:
            return known
        session.refresh(held_one(session, Project, project_id))


@dataclass(frozen=True, slots=True)
class Written:
    """A version of a check that was written down.

    ``retired`` are those of its two questions that it answers with what was retired meanwhile.
    """

    key: int
    number: int
    decided_at: datetime
    retired: list[str]


def write_version(
    session: Session, actor: Actor, sending: Sending, known: Known, *, values: ReviewValues
) -> Written:
    """Write down the next version of a check with its sources, questions and what was seen.

    Raises:
        Invalid: one is missing, or cannot be, or a control got evidence of its own; by ``field``.
    """
    row, project_id = sending.review, sending.claim.project_id
    project = held_one(session, Project, project_id)
    sources, questions = checked_sources(values.sources), _questions(project, values)
    has_sources = _has_sources(sending.round, values)
    answer, retired = _answer_of(session, row, known, values, has_sources=has_sources)
    number, at = row.submitted_version + 1, now()
    columns = {
        "review_id": row.key,
        "number": number,
        "content_label_id": answer.content,
        "attribution_label_id": answer.attribution,
        "is_blind": is_blind_answer(session, actor, sending, known),
        "guideline_version": known.guideline,
        "started_at": _began(row, values),
        "decided_at": at,
        **_said(values),
    }
    key = add_version(session, columns)
    linked = link_sources(session, project, key, person_id=actor.person, rows=sources)
    if project.saves_copies or have_copies(session, linked):
        after_linking(session, actor, project_id, key)
    write_questions(session, key, questions, sources=values.sources)
    _write_sightings(session, key, sending.claim, values)
    return Written(key, number, at, retired)


def _began(row: Review, values: ReviewValues) -> datetime:
    return min(values.started_at or row.created_at, now())


def _questions(project: Project, values: ReviewValues) -> list[QuestionValues]:
    """The questions of a check, where its project asks for them."""
    if not project.asks_questions:
        return []
    return checked_questions(values.questions, values.sources)


def _has_sources(this_round: Round, values: ReviewValues) -> bool:
    """Whether a check rests on sources: its own ones, or in a control on the recorded ones alone."""
    is_control = this_round.kind is RoundKind.EVIDENCE_ONLY
    if is_control and (values.sources or values.sightings or values.questions):
        raise Invalid("review.no-sources", field="sources")
    return is_control or any(not source.is_blank for source in values.sources)


def _answer_of(
    session: Session, row: Review, known: Known, values: ReviewValues, *, has_sources: bool
) -> tuple[Answer, list[str]]:
    """The two verdicts, and which of them is retired; whether it was said is asked of somebody."""
    used, project_id = known.scheme_ids, row.project_id
    # Which answers ask for a source is of no matter where there is one.
    asks = None if has_sources else project_id
    scales = {scale.id: scale for scale in schemes(session, used, project_id=asks)}
    asked = {"verdict": (used[0], values.verdict)}
    if known.has_claimant:
        asked["attribution_verdict"] = used[1], values.attribution_verdict or ""
    for name, (key, code) in asked.items():
        told = values.shown.get(name, "")
        if refusal := read_otherwise(
            session, project_id, scales[key], code, shown=told, field=name
        ):
            raise refusal
    shown = partial(as_shown, session, began=_began(row, values), project_id=project_id)
    given = {
        field: _label(scales[key], code, field, shown=shown, has_sources=has_sources)
        for field, (key, code) in asked.items()
    }
    keys = {label.id for scale in scales.values() for label in scale.ever}
    said = given.get("attribution_verdict")
    answer = Answer(given["verdict"].id, None if said is None else said.id)
    return answer, [field for field, label in given.items() if label.id not in keys]


def _label(
    scale: SchemeRecord,
    code: str,
    field: str,
    *,
    shown: Callable[[int], LabelRecord | None],
    has_sources: bool,
) -> LabelRecord:
    label = next((label for label in scale.ever if label.code == code), None)
    if label is not None and label in scale.retired:
        retired, label = label, shown(label.id)
        if label is None:
            raise Invalid("review.retired", field=field, label=retired.name)
    if label is None:
        raise Invalid(f"review.{field.replace('_', '-')}", field=field)
    if label.needs_source and not has_sources:
        raise Invalid("review.needs-source", field="sources", label=label.name)
    return label


def _said(values: ReviewValues) -> dict[str, Any]:
    """What the form says by itself, by columns of the version."""
    texts = {name: getattr(values, name).strip() for name in ("rationale", "not_known", "notes")}
    for name, text in texts.items():
        if len(text) > MAX_TEXT:
            raise Invalid("review.long", field=name, limit=MAX_TEXT)
    as_sent = {name: getattr(values, name) for name in ("form_key", "confidence", "active_seconds")}
    return {**texts, **as_sent, "content_sha256": values.sha256()}


def _write_sightings(session: Session, version_id: int, claim: Claim, values: ReviewValues) -> None:
    if not values.sightings:
        return
    # Every hop that the claim has or had: a form may show a chain that was just corrected.
    known = set(session.exec(select(Hop.id).where(Hop.claim_id == claim.key)))
    for sighting in {sighting.hop_id: sighting for sighting in values.sightings}.values():
        if sighting.hop_id in known:
            session.add(
                Sighting(
                    review_version_id=version_id,
                    hop_id=sighting.hop_id,
                    url=checked_link(sighting.url),
                    said_on=partial_date(sighting.said_on),
                )
            )
    session.flush()
