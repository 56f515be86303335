"""Sources, one object each, what was found about them, and their uses in reviews."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.domain.evidence_words import SourceStanding, SourceType
from app.domain.ids import now
from app.domain.words import Answers, SourceKind, SourceRecord, Stance, TranslatedBy
from app.storage.columns import NamedRow, Row, choice, reference


class SourceWords(SQLModel):
    """How a source is described, by the desk or by one who uses it.

    ``interests`` tell what a reader would want to know of whose money or cause it is. Sources with
    the same ``origin`` ("Reuters, 4 September") are copies of one.
    """

    kind: SourceKind = Field(sa_type=choice(SourceKind))
    record: SourceRecord = Field(default=SourceRecord.ON_RECORD, sa_type=choice(SourceRecord))
    title: str = Field(default="", sa_type=Text)
    author: str | None = Field(default=None, max_length=300)
    publisher: str | None = Field(default=None, max_length=200)
    published: str | None = Field(default=None, max_length=10)
    source_type: SourceType | None = Field(default=None, sa_type=choice(SourceType))
    interests: str = Field(default="", sa_type=Text)
    origin: str | None = Field(default=None, max_length=200)


class Source(SourceWords, NamedRow, table=True):
    """A web page, document, person, calculation or search; one object per project and canonical URL.

    ``looked_at``: when its page was last looked at, by whoever or by itself.
    """

    __tablename__ = "source"
    __table_args__ = (
        UniqueConstraint("project_id", "canonical_url"),
        CheckConstraint(
            "kind <> 'web' OR url IS NOT NULL OR erased_at IS NOT NULL", name="web_url"
        ),
        Index("ix_source_project", "project_id", "id"),
        Index("ix_source_origin", "project_id", "origin"),
        Index("ix_source_looked_at", "project_id", "looked_at"),
    )

    project_id: int = reference("project.id")
    url: str | None = Field(default=None, sa_type=Text)
    canonical_url: str | None = Field(default=None, sa_type=Text)
    created_by_id: int | None = reference("person.id", default=None)
    version: int = 1
    standing: SourceStanding = Field(default=SourceStanding.SOUND, sa_type=choice(SourceStanding))
    looked_at: datetime | None = None
    erased_at: datetime | None = None


class SourceVersion(SourceWords, Row, table=True):
    """How a source was described before somebody corrected it."""

    __tablename__ = "source_version"
    __table_args__ = (UniqueConstraint("source_id", "version"),)

    source_id: int = reference("source.id")
    version: int
    replaced_at: datetime = Field(default_factory=now)
    replaced_by_id: int | None = reference("person.id", default=None)


class SourceFinding(Row, table=True):
    """What somebody found about a source itself, and when; the last one holds."""

    __tablename__ = "source_finding"

    source_id: int = reference("source.id", index=True)
    standing: SourceStanding = Field(sa_type=choice(SourceStanding))
    reason: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)
    by_id: int | None = reference("person.id", default=None)


class Evidence(SourceWords, Row, table=True):
    """A source's use in one version of a review, described as that reviewer described it.

    ``archive_url`` is where a public archive keeps the page. The source itself keeps what the first one wrote; a blind reviewer never sees that.
    Uses with the same ``set_number`` carry the answer together, and each set carries it alone.
    ``figure`` is what the source states, where its quote does not say it in words.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("review_version_id", "position"),
        Index("ix_evidence_source", "source_id", "id"),
        Index(
            "ix_evidence_held_back",
            "source_id",
            sqlite_where=text("record = 'not-for-publication'"),
            postgresql_where=text("record = 'not-for-publication'"),
        ),
        CheckConstraint("set_number IS NULL OR set_number BETWEEN 1 AND 50", name="set_number"),
    )

    review_version_id: int = reference("review_version.id")
    position: int
    source_id: int = reference("source.id")
    stance: Stance = Field(sa_type=choice(Stance))
    answers: Answers = Field(sa_type=choice(Answers))
    quote: str = Field(default="", sa_type=Text)
    locator: str = Field(default="", sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    archive_url: str | None = Field(default=None, sa_type=Text)
    language: str | None = Field(default=None, max_length=20)
    quote_translation: str | None = Field(default=None, sa_type=Text)
    translated_by: TranslatedBy | None = Field(default=None, sa_type=choice(TranslatedBy))
    set_number: int | None = None
    accessed_on: str | None = Field(default=None, max_length=10)
    figure: str = Field(default="", max_length=200)
