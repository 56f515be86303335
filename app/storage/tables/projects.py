"""Projects, their guidelines, and which labels ask for a source."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from app.domain.ids import now
from app.domain.words import Decides, ProjectState
from app.storage.columns import NamedRow, Row, choice, reference


class Project(NamedRow, table=True):
    """A body of work. ``pseudonym_key`` (hex) keys the names of reviewers in exports."""

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint("reviews_wanted BETWEEN 1 AND 20", name="reviews_wanted"),
        CheckConstraint("decides = 'independent' OR reviews_wanted = 1", name="one_check"),
        CheckConstraint("open_from IS NULL OR open_from BETWEEN 0 AND 1", name="open_from"),
        CheckConstraint("lease_minutes > 0", name="lease_minutes"),
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
