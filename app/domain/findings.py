"""What the desk found out, as far as readers may know it: frozen records for what is published.

Nothing internal can slip into a text that is made of these, because it is not in them: no reason
for a ruling, no checker's name, no source that must not be named.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.claim_parts import HopRecord
from app.domain.evidence_words import SourceType
from app.domain.records import EvidenceRecord, LabelRecord
from app.domain.words import Answers, CorrectionKind, SourceKind, SourceRecord, Stance, TranslatedBy

# How much a source is kept back; where checks differ about one, the strictest word holds.
STRICTNESS = (
    SourceRecord.ON_RECORD,
    SourceRecord.BACKGROUND,
    SourceRecord.NOT_FOR_PUBLICATION,
)


@dataclass(frozen=True, slots=True)
class PublicSource:
    """A source as readers see it; one that is not named has nothing but its stance.

    ``searched_on`` is the day of a search that found nothing: ``title`` is what for, ``locator``
    where.
    """

    stance: Stance
    answers: Answers
    kind: SourceKind | None = None
    url: str | None = None
    title: str = ""
    publisher: str | None = None
    published: str | None = None
    quote: str = ""
    locator: str = ""
    archive_url: str | None = None
    quote_translation: str | None = None
    translated_by: TranslatedBy | None = None
    author: str | None = None
    source_type: SourceType | None = None
    interests: str = ""
    searched_on: str | None = None

    @property
    def is_search(self) -> bool:
        """Whether nothing was found: that is told, and cited nowhere."""
        return self.kind is SourceKind.SEARCH

    @property
    def is_named(self) -> bool:
        """Whether readers may know which source it is."""
        return self.kind is not None


@dataclass(frozen=True, slots=True)
class PublicReply:
    """Somebody who was asked: what they said, or None where they did not answer by ``day``."""

    whom: str
    answer: str | None
    day: str | None


@dataclass(frozen=True, slots=True)
class PublicRuling:
    """A version of the desk's verdict; ``ranks`` are those of the scale that it was given on."""

    version: int
    content: LabelRecord
    attribution: LabelRecord | None
    conclusion: str
    short_text: str
    decided_on: str
    correction_kind: CorrectionKind | None
    public_note: str
    ranks: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A settled claim with all that may be published of it; the ruling that holds comes first."""

    claim_id: str
    text: str
    language: str | None
    said_on: str | None
    hops: tuple[HopRecord, ...]
    article_url: str | None
    article_title: str | None
    article_publisher: str | None
    seen_at_url: str | None
    rulings: tuple[PublicRuling, ...]
    why: tuple[str, ...]
    not_known: tuple[str, ...]
    sources: tuple[PublicSource, ...]
    replies: tuple[PublicReply, ...]
    publisher_name: str | None
    publisher_url: str | None
    corrections_url: str | None
    published_url: str | None
    published_on: str | None

    @property
    def ruling(self) -> PublicRuling:
        """The version that holds."""
        return self.rulings[0]

    @property
    def claimant(self) -> HopRecord | None:
        """The one who is said to have made the claim: the last hop."""
        return self.hops[-1] if self.hops else None

    @property
    def corrections(self) -> tuple[PublicRuling, ...]:
        """What was corrected and may be told, the oldest first."""
        told = [one for one in self.rulings if one.correction_kind and one.public_note]
        return tuple(reversed(told))


def public_sources(uses: Iterable[EvidenceRecord]) -> tuple[PublicSource, ...]:
    """The uses of sources as readers may see them, each source once for each stance.

    A source that is not for publication leaves no trace; one on background is said to exist.
    """
    uses = list(uses)
    strictest: dict[str, SourceRecord] = {}
    for use in uses:
        known = strictest.get(use.source_id, use.record)
        strictest[use.source_id] = max(known, use.record, key=STRICTNESS.index)
    shown: dict[tuple[str, Stance], PublicSource] = {}
    for use in uses:
        record = strictest[use.source_id]
        if record is not SourceRecord.NOT_FOR_PUBLICATION:
            shown.setdefault((use.source_id, use.stance), _public(use, record))
    return tuple(shown.values())


def _public(use: EvidenceRecord, record: SourceRecord) -> PublicSource:
    if record is SourceRecord.BACKGROUND:
        return PublicSource(stance=use.stance, answers=use.answers)
    return PublicSource(
        stance=use.stance,
        answers=use.answers,
        kind=use.kind,
        url=use.url,
        title=use.title,
        publisher=use.publisher,
        published=use.published,
        quote=use.quote,
        locator=use.locator,
        archive_url=use.archive_url,
        quote_translation=use.quote_translation,
        translated_by=use.translated_by,
        author=use.author,
        source_type=use.source_type,
        interests=use.interests,
        searched_on=use.accessed_on if use.kind is SourceKind.SEARCH else None,
    )
