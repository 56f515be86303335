"""The words of the desk: every enumeration that a table, a rule and a page share.

Values are stored and exported; what a page calls them is decided in ``app.web.wording``.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a member may be in a project; a member may be several."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    ADJUDICATOR = "adjudicator"
    VIEWER = "viewer"


class ActorKind(StrEnum):
    """Who can act: a person in the browser, somebody at the console, the program itself."""

    PERSON = "person"
    CONSOLE = "console"
    SYSTEM = "system"


class ProjectState(StrEnum):
    """A project is worked on or put away; it is never deleted."""

    ACTIVE = "active"
    ARCHIVED = "archived"


class Decides(StrEnum):
    """How a verdict is decided in a project."""

    SIGNOFF = "signoff"
    INDEPENDENT = "independent"
    SINGLE = "single"


class ClaimState(StrEnum):
    """Suggested, to check, checked, dropped."""

    CANDIDATE = "candidate"
    OPEN = "open"
    SETTLED = "settled"
    REJECTED = "rejected"


class Mode(StrEnum):
    """How the words of one hop of an attribution chain reach the next."""

    DIRECT = "direct"
    PARAPHRASE = "paraphrase"
    DOCUMENT = "document"


class AgentKind(StrEnum):
    """What an agent in an attribution chain is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    UNNAMED = "unnamed"


class Comparator(StrEnum):
    """How the number that is written stands to the one that is meant: "about 40", "at least 40"."""

    EXACT = "exact"
    ABOUT = "about"
    MORE = "more"
    AT_LEAST = "at-least"
    LESS = "less"
    AT_MOST = "at-most"


class Change(StrEnum):
    """Whether a figure says by how much something rose or fell."""

    RISE = "rise"
    FALL = "fall"


class Mark(StrEnum):
    """What a claim is besides, or instead of, a statement that can be checked now."""

    FORECAST = "forecast"
    OPINION = "opinion"
    PROMISE = "promise"
    QUESTION = "question"


class ClaimKind(StrEnum):
    """What sort of statement a claim is; it may be several."""

    QUANTITY = "quantity"
    EVENT = "event"
    QUOTATION = "quotation"
    CAUSAL = "causal"
    COMPARISON = "comparison"
    RULE = "rule"
    POSITION = "position"
    FORECAST = "forecast"


class ChainChange(StrEnum):
    """What becomes of the chain of a claim whose claimant is set."""

    LAST = "last"
    BEHIND = "behind"
    WHOLE = "whole"


class Amended(StrEnum):
    """What a person changed of a claim that was found in an article, or that it was missed."""

    ENDS = "ends"
    WORDING = "wording"
    CHAIN = "chain"
    CLAIMANT = "claimant"
    SPLIT = "split"
    MERGE = "merge"
    MISSED = "missed"


class ExtractionState(StrEnum):
    """Where a run of an extractor over an article stands."""

    ASKED = "asked"
    DONE = "done"
    FAILED = "failed"


class SchemeKind(StrEnum):
    """Which question a label scheme answers."""

    CONTENT = "content"
    ATTRIBUTION = "attribution"


class RoundKind(StrEnum):
    """Why reviews are asked for.

    ``evidence-only`` is a control: another person answers from the recorded sources alone.
    ``reopened`` asks people who have not checked the claim for checks from the beginning.
    """

    INDEPENDENT = "independent"
    SIGNOFF = "signoff"
    EVIDENCE_ONLY = "evidence-only"
    TRAINING = "training"
    REOPENED = "reopened"


class ExtraReason(StrEnum):
    """Why a claim gets one check more than its round wants."""

    NEWCOMER = "newcomer"
    SAMPLE = "sample"
    TAG = "tag"
    DIFFERENCE = "difference"


class GoldUse(StrEnum):
    """What a claim with a known answer is for: teaching, or a quiet look at how well we check."""

    TRAINING = "training"
    GOLD = "gold"


class TriageDecision(StrEnum):
    """What one person would do with a suggested claim."""

    PICK = "pick"
    DROP = "drop"


class TallyQuestion(StrEnum):
    """What agreement is counted on."""

    CONTENT = "content"
    ATTRIBUTION = "attribution"
    STANCE = "stance"
    SOURCES = "sources"
    TRIAGE = "triage"


class Basis(StrEnum):
    """Which answers are compared: those given blind, or those that hold now."""

    BLIND = "blind"
    FINAL = "final"


class ReviewState(StrEnum):
    """Where one reviewer's check stands."""

    LENT = "lent"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SKIPPED = "skipped"


class SkipReason(StrEnum):
    """Why a reviewer passes a claim on."""

    NOT_A_CLAIM = "not-a-claim"
    NEEDS_CONTEXT = "needs-context"
    OUTSIDE_FIELD = "outside-field"
    CONFLICT = "conflict-of-interest"


class Confidence(StrEnum):
    """How sure a reviewer is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class SourceKind(StrEnum):
    """What a source is; ``search`` is evidence too: somebody looked, and nothing was to be found."""

    WEB = "web"
    DOCUMENT = "document"
    PERSON = "person"
    CALCULATION = "calculation"
    SEARCH = "search"


class SourceRecord(StrEnum):
    """Whether a source may be shown and named."""

    ON_RECORD = "on-record"
    BACKGROUND = "background"
    NOT_FOR_PUBLICATION = "not-for-publication"


class Stance(StrEnum):
    """What a source does to a claim: backs it, contradicts it, gives context."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class Answers(StrEnum):
    """Which question a source answers: was it said, is it so, or both."""

    SAID = "said"
    SO = "so"
    BOTH = "both"


class DecidedBy(StrEnum):
    """How a ruling came about."""

    AGREEMENT = "agreement"
    SIGNOFF = "signoff"
    ADJUDICATION = "adjudication"
    SINGLE = "single"


class BarReason(StrEnum):
    """Why a person may not review a claim."""

    UNBLINDED = "unblinded"
    CONFLICT = "conflict-of-interest"
    CONSULTED = "consulted"
    INTEREST = "interest"


class ImportState(StrEnum):
    """Whether an import's rows are visible: only a finished run's are."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


class Erasable(StrEnum):
    """What can be blanked by order: a person, or the words of a thing that somebody wrote."""

    PERSON = "person"
    SNAPSHOT = "snapshot"
    SOURCE = "source"
    REVIEW = "review"
    COMMENT = "comment"
    REPLY = "reply"


class FoundBy(StrEnum):
    """How the words of a claim were found in a text; ``missing`` says that they were not."""

    ORIGINAL = "original"
    HAND = "hand"
    POSITION = "position"
    QUOTE = "quote"
    APPROXIMATE = "approximate"
    MISSING = "missing"


class TranslatedBy(StrEnum):
    """Who translated a quote."""

    HUMAN = "human"
    MACHINE = "machine"


class Channel(StrEnum):
    """The way on which somebody was asked for a reply."""

    EMAIL = "email"
    PHONE = "phone"
    FORM = "form"
    LETTER = "letter"
    SOCIAL = "social"
    IN_PERSON = "in-person"


class CorrectionKind(StrEnum):
    """How much a changed verdict changes for the reader."""

    MINOR = "minor"
    UPDATE = "update"
    SUBSTANTIAL = "substantial"


class NoticeKind(StrEnum):
    """Why a person is told of something."""

    ASKED = "asked"
    ANSWERED = "answered"
    MENTIONED = "mentioned"
    RETURNED = "returned"
    ASSIGNED = "assigned"
    LAPSING = "lapsing"
    GOLD_MISSED = "gold-missed"
