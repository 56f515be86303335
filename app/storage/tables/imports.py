"""Import runs: rows of an unfinished one are seen by nobody."""

from datetime import datetime

from sqlmodel import Field

from app.domain.ids import now
from app.domain.words import ImportState
from app.storage.columns import NamedRow, choice, reference


class ImportRun(NamedRow, table=True):
    """One import: how many rows came in, how many were there already."""

    __tablename__ = "import_run"

    project_id: int = reference("project.id", index=True)
    state: ImportState = Field(default=ImportState.RUNNING, sa_type=choice(ImportState))
    rows_added: int = 0
    rows_known: int = 0
    touched_at: datetime = Field(default_factory=now)
    finished_at: datetime | None = None
    created_by_id: int | None = reference("person.id", default=None)
