"""Rounds, reviews, their immutable versions and the one mutable draft of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from app.domain.ids import now
from app.domain.words import Confidence, ExtraReason, ReviewState, RoundKind, SkipReason
from app.storage.columns import NamedRow, Row, choice, reference

IS_COMPLETE = text("settled_at IS NULL AND reviews_done >= reviews_wanted")
HOLDS_LEASE = text("state = 'lent' AND slot IS NOT NULL AND lease_until IS NOT NULL")
# A check that waits for an answer from outside keeps its slot, and its reviewer goes on to others.
IN_HAND = text(
    "state = 'lent' AND slot IS NOT NULL AND lease_until IS NOT NULL AND waits_until IS NULL"
)


class Round(NamedRow, table=True):
    """A pass over a project's claims: of what kind, blind or not, and why it was opened.

    The first one, of kind independent or signoff, is the one that claims come into; the others are
    opened later over claims that were checked already, or hold claims to learn from.
    """

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("project_id", "number"),)

    project_id: int = reference("project.id")
    number: int = 1
    kind: RoundKind = Field(sa_type=choice(RoundKind))
    is_blind: bool
    reviews_wanted: int
    closed_at: datetime | None = None
    reason: str = Field(default="", sa_type=Text)
    created_by_id: int | None = reference("person.id", default=None)


class ClaimRound(Row, table=True):
    """A claim in a round: how many reviews it wants and has.

    ``settled_at``: when the claim was settled in it, or went on into another round; a claim is in
    one unsettled round at most. ``distance``: how far its checks are apart once all are in (see
    ``domain.consensus``), None before.
    """

    __tablename__ = "claim_round"
    __table_args__ = (
        UniqueConstraint("claim_id", "round_id"),
        CheckConstraint("reviews_wanted >= 1", name="reviews_wanted"),
        CheckConstraint("reviews_done BETWEEN 0 AND reviews_wanted", name="reviews_done"),
        Index("ix_claim_round_round_id", "round_id"),
        Index(
            "ix_claim_round_complete",
            "round_id",
            "claim_id",
            sqlite_where=IS_COMPLETE,
            postgresql_where=IS_COMPLETE,
        ),
        Index(
            "ix_claim_round_distance",
            "round_id",
            text("distance DESC"),
            "claim_id",
            sqlite_where=IS_COMPLETE,
            postgresql_where=IS_COMPLETE,
        ),
        Index(
            "uq_claim_round_unsettled",
            "claim_id",
            unique=True,
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    claim_id: int = reference("claim.id")
    round_id: int = reference("round.id")
    reviews_wanted: int
    reviews_done: int = 0
    settled_at: datetime | None = None
    distance: int | None = None


class ExtraCheck(Row, table=True):
    """Why a claim wants one check more in a round than others do."""

    __tablename__ = "extra_check"
    __table_args__ = (UniqueConstraint("claim_round_id", "reason"),)

    claim_round_id: int = reference("claim_round.id")
    reason: ExtraReason = Field(sa_type=choice(ExtraReason))
    created_at: datetime = Field(default_factory=now)


class Review(NamedRow, table=True):
    """One reviewer's check of a claim in a round.

    A review with a slot counts towards the round; a skipped one, and one whose lease somebody
    else took over, has none. A lease without an end was assigned by hand and does not expire.
    ``asked_at``: when the reviewer of a lapsing lease with a draft was asked whether to keep it.
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("claim_round_id", "reviewer_id"),
        UniqueConstraint("claim_round_id", "slot"),
        CheckConstraint("slot IS NULL OR slot >= 1", name="slot"),
        CheckConstraint(
            "(state IN ('submitted', 'returned')) = (submitted_at IS NOT NULL)", name="submitted_at"
        ),
        CheckConstraint("(state = 'skipped') = (skip_reason IS NOT NULL)", name="skip_reason"),
        CheckConstraint("state <> 'submitted' OR slot IS NOT NULL", name="submitted_slot"),
        Index(
            "uq_review_one_lease",
            "project_id",
            "reviewer_id",
            unique=True,
            sqlite_where=IN_HAND,
            postgresql_where=IN_HAND,
        ),
        Index(
            "ix_review_lease",
            "project_id",
            "lease_until",
            sqlite_where=HOLDS_LEASE,
            postgresql_where=HOLDS_LEASE,
        ),
        Index("ix_review_newest", "project_id", "reviewer_id", "id"),
        Index("ix_review_mine", "project_id", "reviewer_id", "state", "submitted_at"),
        Index("ix_review_claim", "claim_id", "reviewer_id"),
        Index("ix_review_reviewer", "reviewer_id", "project_id", "claim_id"),
    )

    project_id: int = reference("project.id")
    claim_id: int = reference("claim.id")
    claim_round_id: int = reference("claim_round.id")
    reviewer_id: int = reference("person.id")
    slot: int | None = None
    state: ReviewState = Field(default=ReviewState.LENT, sa_type=choice(ReviewState))
    lease_until: datetime | None = None
    put_off_at: datetime | None = None
    waits_until: datetime | None = None
    waits_for: str | None = Field(default=None, max_length=200)
    asked_at: datetime | None = None
    skip_reason: SkipReason | None = Field(default=None, sa_type=choice(SkipReason))
    skip_note: str | None = Field(default=None, sa_type=Text)
    question: str | None = Field(default=None, sa_type=Text)
    submitted_at: datetime | None = None
    submitted_version: int = 0


class ReviewVersion(Row, table=True):
    """What a reviewer submitted, once; the first of a blind round stays the blind answer."""

    __tablename__ = "review_version"
    __table_args__ = (
        UniqueConstraint("review_id", "number"),
        UniqueConstraint("review_id", "form_key"),
    )

    review_id: int = reference("review.id")
    number: int
    form_key: str = Field(max_length=64)
    content_sha256: str = Field(max_length=64)
    content_label_id: int = reference("label.id")
    attribution_label_id: int | None = reference("label.id", default=None)
    confidence: Confidence | None = Field(default=None, sa_type=choice(Confidence))
    rationale: str = Field(default="", sa_type=Text)
    not_known: str = Field(default="", sa_type=Text)
    notes: str = Field(default="", sa_type=Text)
    is_blind: bool
    guideline_version: int | None = None
    started_at: datetime
    decided_at: datetime = Field(default_factory=now)
    active_seconds: int | None = None
    next_review_id: int | None = reference("review.id", default=None)
    erased_at: datetime | None = None


class ReviewQuestion(Row, table=True):
    """A question with which a version of a check was sent back to its reviewer."""

    __tablename__ = "review_question"

    review_id: int = reference("review.id", index=True)
    version: int
    text: str = Field(sa_type=Text)
    asked_at: datetime = Field(default_factory=now)
    asked_by_id: int | None = reference("person.id", default=None)


class Draft(Row, table=True):
    """What is typed and not yet submitted: the form's fields as they stand."""

    __tablename__ = "draft"

    review_id: int = reference("review.id", unique=True)
    version: int = 1
    body: dict[str, Any] = Field(default={}, sa_type=JSON)
    updated_at: datetime = Field(default_factory=now)


class Sighting(Row, table=True):
    """The reviewer saw this hop's own words: where, and from when they are."""

    __tablename__ = "sighting"
    __table_args__ = (UniqueConstraint("review_version_id", "hop_id"),)

    review_version_id: int = reference("review_version.id")
    hop_id: int = reference("hop.id")
    url: str | None = Field(default=None, sa_type=Text)
    said_on: str | None = Field(default=None, max_length=10)
