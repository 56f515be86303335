"""Projects, their guidelines, and which labels ask for a source."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from app.domain.evidence_words import GateProfile
from app.domain.ids import now
from app.domain.words import Decides, ProjectState
from app.storage.columns import NamedRow, Row, choice, reference


class Project(NamedRow, table=True):
    """A body of work. ``pseudonym_key`` (hex) keys the names of reviewers in exports.

    ``may_choose``: reviewers may take a claim of their own choice. ``counts_people``: figures about
    single people are shown, to leads and to the one they are about. The publisher is the desk as
    readers know it, for ClaimReview.

    A claim gets one check more when a newcomer checks it (their first ``extra_first``), when it is
    in a sample (``extra_share``, 0 to 1), when it has one of ``extra_tags``, and when its checks
    differ. ``gold_every``: one in so many claims that a person is lent has a known answer (0: none).
    ``most_checks``: how many one person gives at most. ``triage_share``: of the suggestions that
    were decided, how many a second person decides too. ``extractor`` reads the articles that come in.

    ``saves_copies``: pages that are linked are fetched and kept; ``recheck_days`` after each look at
    one that a verdict rests on, it is looked at again. ``asks_questions``: a check may record its
    evidence as questions and answers.
    """

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint("reviews_wanted BETWEEN 1 AND 20", name="reviews_wanted"),
        CheckConstraint("decides = 'independent' OR reviews_wanted = 1", name="one_check"),
        CheckConstraint("open_from IS NULL OR open_from BETWEEN 0 AND 1", name="open_from"),
        CheckConstraint("lease_minutes > 0", name="lease_minutes"),
        CheckConstraint("extra_first BETWEEN 0 AND 1000", name="extra_first"),
        CheckConstraint("extra_share BETWEEN 0 AND 1", name="extra_share"),
        CheckConstraint("triage_share BETWEEN 0 AND 1", name="triage_share"),
        CheckConstraint("gold_every BETWEEN 0 AND 1000", name="gold_every"),
        CheckConstraint("most_checks IS NULL OR most_checks >= 1", name="most_checks"),
        CheckConstraint(
            "recheck_days IS NULL OR recheck_days BETWEEN 1 AND 3650", name="recheck_days"
        ),
    )

    slug: str = Field(unique=True, max_length=60)
    title: str = Field(max_length=200)
    description: str = Field(default="", sa_type=Text)
    state: ProjectState = Field(default=ProjectState.ACTIVE, sa_type=choice(ProjectState))
    decides: Decides = Field(sa_type=choice(Decides))
    reviews_wanted: int = 1
    settles_itself: bool = True
    open_from: float | None = None
    lease_minutes: int = 24 * 60
    timezone: str = Field(default="UTC", max_length=60)
    content_scheme_id: int = reference("label_scheme.id")
    attribution_scheme_id: int = reference("label_scheme.id")
    pseudonym_key: str = Field(max_length=64)
    may_choose: bool = True
    counts_people: bool = False
    publisher_name: str | None = Field(default=None, max_length=200)
    publisher_url: str | None = Field(default=None, sa_type=Text)
    corrections_url: str | None = Field(default=None, sa_type=Text)
    extra_first: int = 0
    extra_share: float = 0
    extra_tags: list[str] = Field(default=[], sa_type=JSON)
    extra_on_difference: bool = False
    gold_every: int = 0
    most_checks: int | None = None
    triage_share: float = 0
    extractor: str = Field(default="rules", max_length=60)
    saves_copies: bool = False
    recheck_days: int | None = None
    gate_profile: GateProfile = Field(default=GateProfile.NONE, sa_type=choice(GateProfile))
    asks_questions: bool = False


class Guideline(Row, table=True):
    """One version of a project's guidelines, in Markdown; never changed once written."""

    __tablename__ = "guideline"
    __table_args__ = (UniqueConstraint("project_id", "version"),)

    project_id: int = reference("project.id")
    version: int
    text: str = Field(sa_type=Text)
    created_at: datetime = Field(default_factory=now)
    created_by_id: int | None = reference("person.id", default=None)


class SourceRule(Row, table=True):
    """Whether, in this project, a check with this label needs at least one source."""

    __tablename__ = "source_rule"
    __table_args__ = (UniqueConstraint("project_id", "label_id"),)

    project_id: int = reference("project.id")
    label_id: int = reference("label.id")
    needs_source: bool


class OwnScheme(Row, table=True):
    """A scale that was made in a project, and that no other project sees."""

    __tablename__ = "own_scheme"

    project_id: int = reference("project.id", index=True)
    scheme_id: int = reference("label_scheme.id", unique=True)


class SavedFilter(NamedRow, table=True):
    """A list of claims under a name: its query as the address bar holds it."""

    __tablename__ = "saved_filter"
    __table_args__ = (
        Index(
            "uq_saved_filter_name",
            "project_id",
            "person_id",
            "name",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    project_id: int = reference("project.id")
    person_id: int = reference("person.id")
    name: str = Field(max_length=80)
    query: str = Field(sa_type=Text)
    is_shared: bool = False
    retired_at: datetime | None = None
