"""Questions about a claim and their answers, as a check records its evidence with them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.evidence_words import AnswerType, SourceMedium

if TYPE_CHECKING:
    from app.domain.records import EvidenceRecord

# What an answer of yes or no says, as the data of AVeriTeC have it to the letter.
YES, NO = "Yes", "No"


@dataclass(frozen=True, slots=True)
class EvidenceAnswerRecord:
    """One answer, and the use of a source of the same check that it was read from."""

    type: AnswerType
    text: str
    explanation: str
    medium: SourceMedium | None
    source: "EvidenceRecord | None"


@dataclass(frozen=True, slots=True)
class EvidenceQuestionRecord:
    """What a check asked about its claim, with at least one answer."""

    text: str
    answers: tuple[EvidenceAnswerRecord, ...]
