"""What a question answers with: frozen records, never table instances."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.claim_parts import AdditionRecord, HopRecord, QuantityRecord
from app.domain.evidence_questions import EvidenceQuestionRecord
from app.domain.evidence_words import GateProfile, SourceStanding, SourceType
from app.domain.words import (
    ActorKind,
    Answers,
    ClaimState,
    Confidence,
    CorrectionKind,
    DecidedBy,
    Decides,
    FoundBy,
    ProjectState,
    ReviewState,
    Role,
    SchemeKind,
    SourceKind,
    SourceRecord,
    Stance,
    TranslatedBy,
)

# The shapes and colours of verdicts have so many steps, whatever the scale has.
STEPS = 5


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """A project as pages and verbs need it; ``id`` is the integer key."""

    id: int
    public_id: str
    slug: str
    title: str
    description: str
    state: ProjectState
    decides: Decides
    reviews_wanted: int
    settles_itself: bool
    open_from: float | None
    lease_minutes: int
    timezone: str
    content_scheme_id: int
    attribution_scheme_id: int
    pseudonym_key: str
    may_choose: bool
    counts_people: bool
    publisher_name: str | None
    publisher_url: str | None
    corrections_url: str | None
    extra_first: int
    extra_share: float
    extra_tags: Sequence[str]
    extra_on_difference: bool
    gold_every: int
    most_checks: int | None
    triage_share: float
    extractor: str
    saves_copies: bool
    recheck_days: int | None
    gate_profile: GateProfile
    asks_questions: bool


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person; ``roles`` are those in the project that was asked about, if one was."""

    id: int
    public_id: str
    email: str
    name: str
    is_admin: bool
    is_active: bool
    has_password: bool
    session_version: int
    locale: str | None
    wants_mail: bool
    has_keys_off: bool
    keymap: Mapping[str, str]
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class LabelRecord:
    """One answer of a scale, with whether this project wants a source for it.

    ``top`` is the rank of the best answer of the scale.
    """

    id: int
    code: str
    name: str
    definition: str
    rank: int | None
    position: int
    needs_source: bool = False
    top: int = STEPS

    @property
    def step(self) -> int | None:
        """Its place on a scale of five, whose shapes and colours a verdict has."""
        if self.rank is None:
            return None
        if self.top < 2:
            return STEPS
        return 1 + round((self.rank - 1) * (STEPS - 1) / (self.top - 1))


@dataclass(frozen=True, slots=True)
class SchemeRecord:
    """A scale with the labels that may be given, in page order; ``tag`` is how exports name it.

    ``retired`` labels are given no more, and stand in what was given before.
    """

    id: int
    public_id: str
    code: str
    version: int
    name: str
    kind: SchemeKind
    labels: tuple[LabelRecord, ...]
    retired: tuple[LabelRecord, ...] = ()

    @property
    def tag(self) -> str:
        """The scheme as exports write it, ``id@version``."""
        return f"{self.code}@{self.version}"

    @property
    def mark(self) -> str:
        """Told by it, whether this is the scale that a form showed; begins with its ``tag``."""
        said = [(label.code, label.name, label.rank, label.definition) for label in self.ever]
        digest = hashlib.sha256(repr((self.id, self.name, said)).encode()).hexdigest()
        return f"{self.tag} {digest[:16]}"

    @property
    def ever(self) -> tuple[LabelRecord, ...]:
        """Every label that an answer can have had, those given no more last."""
        return self.labels + self.retired


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article with one of its texts; one that only an import speaks of has none."""

    id: int
    public_id: str
    project_id: int
    title: str
    url: str | None
    publisher: str | None
    author: str | None
    published: str | None
    language: str | None
    created_at: datetime
    snapshot_id: int | None
    text: str
    sha256: str | None
    notice: str | None


@dataclass(frozen=True, slots=True)
class SnapshotRecord:
    """A text of an article, without the text; ``id`` is the integer key."""

    id: int
    public_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A look for the words of a claim in a text; without a quote they were not there."""

    snapshot: str
    quote: str | None
    start: int | None
    end: int | None
    found_by: FoundBy
    score: float | None
    at: datetime
    by: str | None


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in a list, with how many of its claims are in which state."""

    public_id: str
    title: str
    publisher: str | None
    published: str | None
    created_at: datetime
    counts: Mapping[ClaimState, int]


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A claim with who said it and what it counts; ``state`` is the true one.

    ``grounds`` are pairs of a kind and the words that it rests on; ``merged_into`` is the public id
    of the claim that it was joined to, ``snapshot_id`` the key of the text that it stands in now.
    ``reasons`` and ``against`` are phrases of what raised and lowered its check-worthiness,
    ``scored_with`` is the label of the weights that made it.
    """

    id: int
    public_id: str
    project_id: int
    text: str
    state: ClaimState
    quote: str | None
    start: int | None
    end: int | None
    context: str
    checkworthiness: float | None
    reasons: tuple[str, ...]
    kinds: tuple[str, ...]
    tags: tuple[str, ...]
    priority: int
    due_at: datetime | None
    language: str | None
    said_on: str | None
    seen_at_url: str | None
    selection_reason: str | None
    published_url: str | None
    external_id: str | None
    picked_at: datetime | None
    quote_translation: str | None
    translated_by: TranslatedBy | None
    put_off_at: datetime | None
    chain_confirmed_at: datetime | None
    version: int
    created_at: datetime
    article_id: str | None
    article_title: str | None
    article_publisher: str | None
    article_published: str | None
    hops: tuple[HopRecord, ...] = ()
    quantities: tuple[QuantityRecord, ...] = ()
    grounds: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    additions: tuple[AdditionRecord, ...] = ()
    merged_into: str | None = None
    snapshot_id: int | None = None
    against: tuple[str, ...] = ()
    scored_with: str | None = None
    extractor: str | None = None

    @property
    def claimant(self) -> HopRecord | None:
        """The one who is said to have made the claim: the last hop."""
        return self.hops[-1] if self.hops else None


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """A source as one check uses it; ``id`` is the key of the use, None where it is not stored."""

    source_id: str
    kind: SourceKind
    record: SourceRecord
    url: str | None
    title: str
    publisher: str | None
    published: str | None
    stance: Stance
    answers: Answers
    quote: str
    locator: str
    note: str
    archive_url: str | None = None
    language: str | None = None
    quote_translation: str | None = None
    translated_by: TranslatedBy | None = None
    id: int | None = None
    author: str | None = None
    source_type: SourceType | None = None
    interests: str = ""
    origin: str | None = None
    set_number: int | None = None
    accessed_on: str | None = None
    figure: str = ""
    standing: SourceStanding = SourceStanding.SOUND


@dataclass(frozen=True, slots=True)
class SightingRecord:
    """A hop whose own words the reviewer saw."""

    hop_id: int
    url: str | None
    said_on: str | None


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """One submitted version of a check. ``notes`` are only for the one who wrote them."""

    number: int
    content: LabelRecord
    attribution: LabelRecord | None
    confidence: Confidence | None
    rationale: str
    not_known: str
    notes: str
    is_blind: bool
    started_at: datetime
    decided_at: datetime
    active_seconds: int | None
    evidence: tuple[EvidenceRecord, ...] = ()
    sightings: tuple[SightingRecord, ...] = ()
    questions: tuple[EvidenceQuestionRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One person's check of a claim; ``latest`` is None until it was submitted once."""

    id: int
    public_id: str
    project_id: int
    claim_id: int
    claim_public_id: str
    reviewer_id: int
    reviewer: str
    state: ReviewState
    has_slot: bool
    lease_until: datetime | None
    question: str | None
    created_at: datetime
    submitted_version: int
    put_off_at: datetime | None
    waits_until: datetime | None
    waits_for: str | None
    asked_at: datetime | None
    latest: VersionRecord | None = None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A check in the list of my earlier checks."""

    public_id: str
    claim_text: str
    state: ReviewState
    verdict: str | None
    decided_at: datetime | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """What was typed and not submitted: field names and texts as the form posted them."""

    version: int
    body: Mapping[str, str]
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class RulingRecord:
    """The desk's verdict on a claim, with who gave other answers."""

    version: int
    content: LabelRecord
    attribution: LabelRecord | None
    scheme: str
    conclusion: str
    short_text: str
    reason: str
    decided_by: DecidedBy
    decided_by_name: str | None
    decided_at: datetime
    correction_kind: CorrectionKind | None = None
    public_note: str = ""
    agreement: float | None = None
    dissent: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class EventRecord:
    """A line of history; ``who`` is blank where a person did it who stays unnamed."""

    at: datetime
    kind: ActorKind
    who: str
    action: str
    details: Mapping[str, object] = field(default_factory=dict)
