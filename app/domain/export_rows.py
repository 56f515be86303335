"""What the exports write: frozen rows whose names are those of their columns.

The rows of tables are tuples: of some there are millions, and these are made in no time.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class VerdictRow(NamedTuple):
    """One claim as ``verdicts.csv`` writes it. Names are those of its columns."""

    claim_id: str
    project: str
    article_url: str | None
    article_title: str | None
    article_publisher: str | None
    article_published: str | None
    claim: str
    quote: str | None
    start: int | None
    end: int | None
    claimant: str | None
    attribution_chain: tuple[str, ...]
    kinds: tuple[str, ...]
    checkworthiness: float | None
    status: str
    content_verdict: str | None
    attribution_verdict: str | None
    scheme: str | None
    verdict_rank: int | None
    decided_by: str | None
    reviews: str
    agreement: float | None
    dissent: tuple[tuple[str, int], ...]
    rationale: str | None
    source_count: int | None
    source_urls: tuple[str, ...]
    decided_at: datetime | None
    short_text: str | None
    conclusion: str | None
    language: str | None
    said_on: str | None
    tags: tuple[str, ...]
    due_at: datetime | None
    priority: int
    published_url: str | None
    external_id: str | None


class ReviewRow(NamedTuple):
    """One check as ``reviews.csv`` writes it: its last submitted version."""

    review_id: str
    claim_id: str
    claim: str
    reviewer: str
    round: int
    version: int
    blind: bool
    content_verdict: str
    attribution_verdict: str | None
    scheme: str
    confidence: str | None
    rationale: str
    not_known: str
    source_urls: tuple[str, ...]
    started_at: datetime
    decided_at: datetime
    active_seconds: int | None


class SourceRow(NamedTuple):
    """One use of a source as ``sources.csv`` writes it."""

    claim_id: str
    review_id: str
    url: str | None
    title: str
    publisher: str | None
    published: str | None
    kind: str
    record: str
    stance: str
    answers: str
    quote: str
    locator: str
    sha256: str | None
    archived_at: datetime | None
    linked_at: datetime
    author: str | None
    source_type: str | None
    interests: str
    origin: str | None
    set: int | None
    accessed_on: str | None
    figure: str
    note: str
    standing: str
    quote_found: str | None = None
    quote_score: float | None = None
    copy_state: str | None = None


class QuestionRow(NamedTuple):
    """One answer to a question of a check as ``questions.csv`` writes it; both count from 1."""

    claim_id: str
    review_id: str
    question_number: int
    question: str
    answer_number: int
    answer_type: str
    answer: str
    explanation: str
    medium: str | None
    source_url: str | None


class CorrectionRow(NamedTuple):
    """One corrected verdict as ``corrections.csv`` writes it, with what held before."""

    claim_id: str
    version: int
    kind: str
    public_note: str
    content_verdict_before: str
    content_verdict: str
    attribution_verdict_before: str | None
    attribution_verdict: str | None
    corrected_at: datetime
    decided_by: str


class PublicationRow(NamedTuple):
    """One claim in a published piece as ``publications.csv`` writes it."""

    publication_id: str
    url: str
    title: str
    published_on: str
    claim_id: str
    ruling_version: int
    sha256: str


class ArticleRow(NamedTuple):
    """One article as ``articles.csv`` writes it, with how many of its claims are in which state."""

    article_id: str
    url: str | None
    title: str
    publisher: str | None
    published: str | None
    language: str | None
    candidate: int
    open: int
    settled: int
    rejected: int
    added_at: datetime


class ReplyRow(NamedTuple):
    """One request for a reply as ``replies.csv`` writes it."""

    reply_id: str
    claim_id: str
    claim: str
    whom: str
    channel: str | None
    asked: str
    status: str
    sent_at: datetime | None
    deadline_at: datetime | None
    answered_at: datetime | None
    answer: str
    quotable: bool | None
    not_applicable_because: str | None


class CommentRow(NamedTuple):
    """One comment as ``comments.csv`` writes it; ``closed_at`` is of its thread."""

    comment_id: str
    thread_id: str
    claim_id: str
    claim: str
    author: str
    asks: str | None
    text: str
    mentions: tuple[str, ...]
    erased: bool
    written_at: datetime
    closed_at: datetime | None


class BatchRow(NamedTuple):
    """A claim that is in a batch as ``batches.csv`` writes it."""

    claim_id: str
    batch: str
    pilot: bool
    guideline_version: int | None


class GroupRow(NamedTuple):
    """A claim that says the same as others, as ``groups.csv`` writes it."""

    claim_id: str
    claim_group: str
    settled_with: str | None


class GoldRow(NamedTuple):
    """One first answer to a claim whose answer is known, as ``gold.csv`` writes it."""

    claim_id: str
    use: str
    known_content_verdict: str
    known_attribution_verdict: str | None
    review_id: str
    reviewer: str
    content_verdict: str
    attribution_verdict: str | None
    right: bool
    decided_at: datetime


class GateRow(NamedTuple):
    """One rule that a verdict does not meet, as ``gates.csv`` writes it, with why it was given."""

    claim_id: str
    ruling_version: int
    rule: str
    question: str
    found: int
    wanted: int
    reason: str
    decided_at: datetime
    person: str | None


@dataclass(frozen=True, slots=True)
class HopCells:
    """One step of a chain as ``amendments.jsonl`` writes it."""

    agent: str
    cue: str
    mode: str
    named: bool


@dataclass(frozen=True, slots=True)
class ClaimThen:
    """A claim before or after an amendment; without a quote where the article's text was erased."""

    quote: str | None
    start: int | None
    end: int | None
    text: str
    chain: tuple[HopCells, ...]


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """One amendment as ``amendments.jsonl`` writes it. Names are those of its keys.

    What comes after is of ``other_claim_id`` where there is one; ``undone`` tells that a claim that
    was joined to it stands alone again.
    """

    claim_id: str
    what: str
    extractor: str | None
    article_url: str | None
    article_title: str | None
    article_publisher: str | None
    article_published: str | None
    snapshot_sha256: str | None
    erased: bool
    before: ClaimThen | None
    after: ClaimThen
    other_claim_id: str | None
    undone: bool
    at: datetime
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFile:
    """A saved copy to be taken out; ``url`` is where the page lay in the end, or its source's URN."""

    public_id: str
    url: str
    title: str
    at: datetime
    warc: bytes
