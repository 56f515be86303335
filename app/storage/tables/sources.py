"""Sources, one object each, and their uses in reviews."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from app.domain.words import Answers, SourceKind, SourceRecord, Stance, TranslatedBy
from app.storage.columns import NamedRow, Row, choice, reference


class Source(NamedRow, table=True):
    """A web page, document, person or calculation; one object per project and canonical URL."""

    __tablename__ = "source"
    __table_args__ = (
        UniqueConstraint("project_id", "canonical_url"),
        CheckConstraint(
            "kind <> 'web' OR url IS NOT NULL OR erased_at IS NOT NULL", name="web_url"
        ),
    )

    project_id: int = reference("project.id")
    kind: SourceKind = Field(sa_type=choice(SourceKind))
    url: str | None = Field(default=None, sa_type=Text)
    canonical_url: str | None = Field(default=None, sa_type=Text)
    title: str = Field(default="", sa_type=Text)
    publisher: str | None = Field(default=None, max_length=200)
    published: str | None = Field(default=None, max_length=10)
    record: SourceRecord = Field(default=SourceRecord.ON_RECORD, sa_type=choice(SourceRecord))
    created_by_id: int | None = reference("person.id", default=None)
    erased_at: datetime | None = None


class Evidence(Row, table=True):
    """A source's use in one version of a review, described as that reviewer described it.

    ``archive_url`` is where a public archive keeps the page. The source itself keeps what the first one wrote; a blind reviewer never sees that.
    """

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("review_version_id", "position"),)

    review_version_id: int = reference("review_version.id")
    position: int
    source_id: int = reference("source.id", index=True)
    kind: SourceKind = Field(sa_type=choice(SourceKind))
    record: SourceRecord = Field(default=SourceRecord.ON_RECORD, sa_type=choice(SourceRecord))
    title: str = Field(default="", sa_type=Text)
    publisher: str | None = Field(default=None, max_length=200)
    published: str | None = Field(default=None, max_length=10)
    stance: Stance = Field(sa_type=choice(Stance))
    answers: Answers = Field(sa_type=choice(Answers))
    quote: str = Field(default="", sa_type=Text)
    locator: str = Field(default="", sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    archive_url: str | None = Field(default=None, sa_type=Text)
    language: str | None = Field(default=None, max_length=20)
    quote_translation: str | None = Field(default=None, sa_type=Text)
    translated_by: TranslatedBy | None = Field(default=None, sa_type=choice(TranslatedBy))
