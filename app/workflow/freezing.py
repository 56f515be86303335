"""Freezing scales: what somebody answers on is never changed, but replaced by another version."""

from sqlmodel import Session

from app.domain.ids import now
from app.storage.held import held_one
from app.storage.locking import locked_by_key
from app.storage.sending import held_frozen
from app.storage.tables import LabelScheme, Project


def freeze(session: Session, project_id: int) -> tuple[int, int]:
    """Freeze a project's two scales: nobody changes them while an answer on them is written down.

    Answers which they are; another one may have been taken while one was waited for.
    """
    frozen = held_frozen(session, project_id)
    project = held_one(session, Project, project_id)
    used = project.content_scheme_id, project.attribution_scheme_id
    for scheme_id in sorted(set(used) - frozen):
        row = locked_by_key(session, LabelScheme, scheme_id)
        row.frozen_at = row.frozen_at or now()
        session.flush()
    return used
