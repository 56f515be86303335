"""The words of evidence: sources, saved copies, gates, questions, and articles that are fetched.

Values are stored and exported; what a page calls them is decided in ``app.web.evidence_words``.
"""

from enum import StrEnum


class SourceType(StrEnum):
    """How near a source is to what it tells of."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    EXPERT = "expert"
    OFFICIAL_DATA = "official-data"
    MEDIA = "media"
    ACADEMIC = "academic"


class SourceStanding(StrEnum):
    """What the desk holds of a source now; whatever is not sound touches the verdicts on it."""

    SOUND = "sound"
    CORRECTED = "corrected"
    UNRELIABLE = "unreliable"
    RETIRED = "retired"


class CopyWhy(StrEnum):
    """Why a page was looked at: somebody linked it, asked for it, brought it, or its time came."""

    LINKED = "linked"
    ASKED = "asked"
    UPLOADED = "uploaded"
    SCHEDULED = "scheduled"


class CopyState(StrEnum):
    """What came of a look at a page; ``same`` keeps nothing, for the copy before says the same."""

    ASKED = "asked"
    SAVED = "saved"
    SAME = "same"
    GONE = "gone"
    FAILED = "failed"


class QuoteFound(StrEnum):
    """How a quote stands in a saved copy: word for word, but for marks and blanks, nearly, or not."""

    EXACT = "exact"
    NORMALISED = "normalised"
    APPROXIMATE = "approximate"
    MISSING = "missing"


class FlagReason(StrEnum):
    """Why a verdict should be looked at again: what became of a source that it rests on."""

    SOURCE_CORRECTED = "source-corrected"
    SOURCE_UNRELIABLE = "source-unreliable"
    SOURCE_RETIRED = "source-retired"
    PAGE_GONE = "page-gone"
    PAGE_CHANGED = "page-changed"
    QUOTE_GONE = "quote-gone"


class GateProfile(StrEnum):
    """Whose rules a verdict has to meet; the code is that of the body whose rules they are."""

    NONE = "none"
    IFCN = "ifcn"
    EFCSN = "efcsn"
    GOOGLE = "google"


class GateRule(StrEnum):
    """What a verdict can be asked for before it is given."""

    ORIGINS = "origins"
    PRIMARY = "primary"
    BOTH_SIDES = "both-sides"
    QUOTE_IN_COPY = "quote-in-copy"
    DETAIL = "detail"
    CONTACTED = "contacted"
    APPEARANCE = "appearance"


class GateLevel(StrEnum):
    """Whether an unmet rule is passed over, told, or needs a written reason."""

    OFF = "off"
    WARN = "warn"
    BLOCK = "block"


class AnswerType(StrEnum):
    """How an answer to a question about a claim came about; the values of AVeriTeC, in lower case."""

    EXTRACTIVE = "extractive"
    ABSTRACTIVE = "abstractive"
    BOOLEAN = "boolean"
    UNANSWERABLE = "unanswerable"


class SourceMedium(StrEnum):
    """What an answer was read from; AVeriTeC's list."""

    WEB_TEXT = "web-text"
    PDF = "pdf"
    METADATA = "metadata"
    WEB_TABLE = "web-table"
    IMAGE = "image"
    VIDEO = "video"
    OTHER = "other"


class LineState(StrEnum):
    """What came of one address of an intake; ``known`` is an article that was here with this text."""

    ASKED = "asked"
    DONE = "done"
    KNOWN = "known"
    FAILED = "failed"
