"""The tables. Importing this package describes all of them to the metadata.

Tables hold columns and constraints and no logic; nothing outside ``storage`` and ``workflow``
ever sees an instance of one.
"""

from app.storage.tables.articles import Article, Snapshot
from app.storage.tables.claims import (
    Agent,
    Bar,
    Batch,
    Claim,
    ClaimGroup,
    ClaimWording,
    Hop,
    Quantity,
)
from app.storage.tables.erasures import Erasure
from app.storage.tables.events import Event
from app.storage.tables.imports import ImportRun
from app.storage.tables.people import Membership, Person, SigninFailure, SigninLink
from app.storage.tables.projects import Guideline, Project, SourceRule
from app.storage.tables.reviews import ClaimRound, Draft, Review, ReviewVersion, Round, Sighting
from app.storage.tables.rulings import Ruling
from app.storage.tables.scales import Label, LabelScheme
from app.storage.tables.sources import Evidence, Source

__all__ = [
    "Agent",
    "Article",
    "Bar",
    "Batch",
    "Claim",
    "ClaimGroup",
    "ClaimRound",
    "ClaimWording",
    "Draft",
    "Erasure",
    "Event",
    "Evidence",
    "Guideline",
    "Hop",
    "ImportRun",
    "Label",
    "LabelScheme",
    "Membership",
    "Person",
    "Project",
    "Quantity",
    "Review",
    "ReviewVersion",
    "Round",
    "Ruling",
    "Sighting",
    "SigninFailure",
    "SigninLink",
    "Snapshot",
    "Source",
    "SourceRule",
]
