"""What was learned from a desk's decisions, and the runs of extractors that were asked by hand."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.domain.ids import now
from app.domain.words import ExtractionState
from app.storage.columns import NamedRow, Row, choice, reference, together

GAINS = ("before", "after", "gain")


class LearnedWeights(NamedRow, table=True):
    """Weights of check-worthiness fitted to what one project picked and dropped; never changed.

    ``numbers`` is what ``Weights.as_json_dict`` makes; ``grown_from`` the label of the weights that
    the fit began with. Average precision is from cross-validation, with the ends of its 95 %
    interval; all nine are null where there were too few decisions to measure by. ``picked``,
    ``dropped``, ``added`` and ``trimmed`` count the claims that were learned from.
    """

    __tablename__ = "learned_weights"
    __table_args__ = (
        UniqueConstraint("project_id", "version"),
        CheckConstraint("picked >= 0 AND dropped >= 0", name="counts"),
        together(
            "measured", [f"ap_{which}{end}" for which in GAINS for end in ("", "_low", "_high")]
        ),
    )

    project_id: int = reference("project.id")
    version: int
    grown_from: str = Field(max_length=60)
    numbers: dict[str, Any] = Field(default={}, sa_type=JSON)
    seed: int = 0
    folds: int = 0
    picked: int = 0
    dropped: int = 0
    added: int = 0
    trimmed: int = 0
    ap_before: float | None = None
    ap_before_low: float | None = None
    ap_before_high: float | None = None
    ap_after: float | None = None
    ap_after_low: float | None = None
    ap_after_high: float | None = None
    ap_gain: float | None = None
    ap_gain_low: float | None = None
    ap_gain_high: float | None = None
    created_by_id: int | None = reference("person.id", default=None)


class WeightsUse(Row, table=True):
    """From when on a project scores with which weights; the last row holds, null: the shipped ones."""

    __tablename__ = "weights_use"
    __table_args__ = (Index("ix_weights_use_project", "project_id", "id"),)

    project_id: int = reference("project.id")
    weights_id: int | None = reference("learned_weights.id", default=None)
    at: datetime = Field(default_factory=now)
    by_id: int | None = reference("person.id", default=None)


class ExtractionRun(NamedRow, table=True):
    """One reading of an article by an extractor that was asked for: what it was and what it gave.

    ``model`` and ``prompt_sha256`` are of an extractor that asks a model; ``cost`` is in the unit
    of the limit that was set for it. ``proposed`` is the sum of what was kept as it came, repaired
    to the nearest words of the article, known already, and refused. ``error`` is a code.
    """

    __tablename__ = "extraction_run"
    __table_args__ = (
        Index("ix_extraction_run_snapshot", "snapshot_id", "id"),
        CheckConstraint("proposed = kept + repaired + known + refused", name="proposed"),
        CheckConstraint("(state = 'failed') = (error IS NOT NULL)", name="error"),
        CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name="ended"),
    )

    project_id: int = reference("project.id", index=True)
    snapshot_id: int = reference("snapshot.id")
    extractor: str = Field(max_length=60)
    extractor_version: str = Field(default="", max_length=60)
    state: ExtractionState = Field(default=ExtractionState.ASKED, sa_type=choice(ExtractionState))
    model: str | None = Field(default=None, max_length=200)
    prompt_sha256: str | None = Field(default=None, max_length=64)
    ended_at: datetime | None = None
    seconds: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost: float | None = None
    proposed: int = 0
    kept: int = 0
    repaired: int = 0
    known: int = 0
    refused: int = 0
    error: str | None = Field(default=None, max_length=60)
    created_by_id: int | None = reference("person.id", default=None)
