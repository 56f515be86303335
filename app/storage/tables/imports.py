"""Import runs: rows of an unfinished one are seen by nobody."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from app.domain.ids import now
from app.domain.words import ImportState
from app.storage.columns import NamedRow, choice, reference

IS_UNFINISHED = text("state <> 'finished'")


class ImportRun(NamedRow, table=True):
    """One import: how many rows came in, how many were there already."""

    __tablename__ = "import_run"
    # Few runs are not finished, and every question about claims asks which.
    __table_args__ = (
        Index(
            "ix_import_run_unfinished",
            "id",
            sqlite_where=IS_UNFINISHED,
            postgresql_where=IS_UNFINISHED,
        ),
    )

    project_id: int = reference("project.id", index=True)
    state: ImportState = Field(default=ImportState.RUNNING, sa_type=choice(ImportState))
    rows_added: int = 0
    rows_known: int = 0
    touched_at: datetime = Field(default_factory=now)
    finished_at: datetime | None = None
    created_by_id: int | None = reference("person.id", default=None)
