"""The tables. Importing this package describes all of them to the metadata.

Tables hold columns and constraints and no logic; nothing outside ``storage`` and ``workflow``
ever sees an instance of one.
"""

from app.storage.tables.articles import Article, Snapshot
from app.storage.tables.claims import (
    Agent,
    Amendment,
    Bar,
    Batch,
    Claim,
    ClaimGroup,
    ClaimPlace,
    ClaimTag,
    ClaimWording,
    Hop,
    Quantity,
)
from app.storage.tables.comments import Comment, Mention
from app.storage.tables.controls import GoldAnswer, Interest, Triage
from app.storage.tables.copies import CopyBytes, Flag, QuotePlace, SavedCopy
from app.storage.tables.counts import KeptCount
from app.storage.tables.erasures import Erasure
from app.storage.tables.events import Event
from app.storage.tables.extractions import ExtractionRun, LearnedWeights, WeightsUse
from app.storage.tables.gates import GateOverride, GateSetting
from app.storage.tables.imports import ImportRun
from app.storage.tables.intakes import Intake, IntakeLine
from app.storage.tables.jobs import Job
from app.storage.tables.notices import Notice
from app.storage.tables.people import Membership, Person, SigninFailure, SigninLink
from app.storage.tables.projects import Guideline, OwnScheme, Project, SavedFilter, SourceRule
from app.storage.tables.publications import Publication, PublishedClaim
from app.storage.tables.questions import EvidenceAnswer, EvidenceQuestion
from app.storage.tables.queue import Checker, QueueChange
from app.storage.tables.replies import Reply, ReplyVersion
from app.storage.tables.reviews import (
    ClaimRound,
    Draft,
    ExtraCheck,
    Review,
    ReviewQuestion,
    ReviewVersion,
    Round,
    Sighting,
)
from app.storage.tables.rulings import Ruling
from app.storage.tables.scales import Label, LabelScheme
from app.storage.tables.sources import Evidence, Source, SourceFinding, SourceVersion
from app.storage.tables.tallies import AnswerTally, ClaimTally, DeskTally, PairTally, TallySlice

__all__ = [
    "Agent",
    "Amendment",
    "AnswerTally",
    "Article",
    "Bar",
    "Batch",
    "Checker",
    "Claim",
    "ClaimGroup",
    "ClaimPlace",
    "ClaimRound",
    "ClaimTag",
    "ClaimTally",
    "ClaimWording",
    "Comment",
    "CopyBytes",
    "DeskTally",
    "Draft",
    "Erasure",
    "Event",
    "Evidence",
    "EvidenceAnswer",
    "EvidenceQuestion",
    "ExtraCheck",
    "ExtractionRun",
    "Flag",
    "GateOverride",
    "GateSetting",
    "GoldAnswer",
    "Guideline",
    "Hop",
    "ImportRun",
    "Intake",
    "IntakeLine",
    "Interest",
    "Job",
    "KeptCount",
    "Label",
    "LabelScheme",
    "LearnedWeights",
    "Membership",
    "Mention",
    "Notice",
    "OwnScheme",
    "PairTally",
    "Person",
    "Project",
    "Publication",
    "PublishedClaim",
    "Quantity",
    "QueueChange",
    "QuotePlace",
    "Reply",
    "ReplyVersion",
    "Review",
    "ReviewQuestion",
    "ReviewVersion",
    "Round",
    "Ruling",
    "SavedCopy",
    "SavedFilter",
    "Sighting",
    "SigninFailure",
    "SigninLink",
    "Snapshot",
    "Source",
    "SourceFinding",
    "SourceRule",
    "SourceVersion",
    "TallySlice",
    "Triage",
    "WeightsUse",
]
