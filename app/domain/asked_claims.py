"""Settled claims with the questions that were asked about them, as data sets of questions want them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain.claim_parts import HopRecord
from app.domain.evidence_questions import EvidenceAnswerRecord, EvidenceQuestionRecord
from app.domain.evidence_words import AnswerType
from app.domain.findings import STRICTNESS
from app.domain.records import EvidenceRecord
from app.domain.words import ClaimKind, SourceRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedClaim:
    """A settled claim with what its checks asked and answered, each question once.

    Attributes:
        scale, answer: codes of the verdict's scale and of its label.
        justification: the public conclusion, else why in the words of the checks that agree with it.
        uses: every use of a source in its checks.
        is_repeated: its checks differed, or it was checked anew.
        compares_figures: it states a figure, and that of a source was written down.
    """

    claim_id: str
    text: str
    kinds: tuple[ClaimKind, ...]
    said_on: str | None
    hops: tuple[HopRecord, ...]
    article_url: str | None
    article_publisher: str | None
    article_published: str | None
    seen_at_url: str | None
    published_url: str | None
    scale: str
    answer: str
    justification: str
    questions: tuple[EvidenceQuestionRecord, ...]
    uses: tuple[EvidenceRecord, ...]
    is_repeated: bool
    compares_figures: bool

    @property
    def claimant(self) -> HopRecord | None:
        """The one who is said to have made the claim: the last hop."""
        return self.hops[-1] if self.hops else None

    @property
    def answers(self) -> tuple[EvidenceAnswerRecord, ...]:
        """All answers to all questions."""
        return tuple(answer for question in self.questions for answer in question.answers)

    @property
    def kept_back(self) -> frozenset[str]:
        """The sources that must not be named; where checks differ, the strictest word holds."""
        on_record = STRICTNESS.index(SourceRecord.ON_RECORD)
        return frozenset(
            use.source_id for use in self.uses if STRICTNESS.index(use.record) > on_record
        )


def merged(asked: Iterable[EvidenceQuestionRecord]) -> tuple[EvidenceQuestionRecord, ...]:
    """The questions of several checks in their order, each once, with every answer to it.

    An answer that was erased is none.
    """
    found: dict[str, EvidenceQuestionRecord] = {}
    for question in asked:
        same = " ".join(question.text.casefold().split())
        first = found.setdefault(same, replace(question, answers=()))
        told = {_said(answer) for answer in first.answers}
        new = [a for a in question.answers if _is_there(a) and _said(a) not in told]
        found[same] = replace(first, answers=(*first.answers, *new))
    return tuple(question for question in found.values() if question.answers)


def _is_there(answer: EvidenceAnswerRecord) -> bool:
    return bool(answer.text) or answer.type is AnswerType.UNANSWERABLE


def _said(answer: EvidenceAnswerRecord) -> tuple[object, ...]:
    source = None if answer.source is None else answer.source.source_id
    return (answer.type, answer.text, answer.explanation, answer.medium, source)
