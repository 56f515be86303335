"""Answers that were taken off a scale while the form of a check was open.

Such a form is no mistake of whoever filled it in: it is taken as it was shown, with the answer of
the version of the scale that it showed. It is written down in history, is told where the claim is
settled, and settles no claim by agreement: a person looks first.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from app.domain.records import LabelRecord
from app.storage.scales import scheme
from app.storage.tables import Label, Project, ReviewVersion


def as_shown(
    session: Session, label_id: int, *, began: datetime, project_id: int
) -> LabelRecord | None:
    """A retired answer as the form of a check showed it that was begun before.

    None where it was retired already when the check was begun, at ``began``.
    """
    row = session.get_one(Label, label_id)
    if row.retired_at is None or began >= row.retired_at:
        return None
    shown = row
    while shown.retired_at is not None and shown.previous_id is not None:
        shown = session.get_one(Label, shown.previous_id)
    scale = scheme(session, shown.scheme_id, project_id=project_id)
    return next((label for label in scale.labels if label.id == shown.key), None)


def retired_fields(session: Session, version: ReviewVersion, project_id: int) -> list[str]:
    """Which of the two questions a version answers with what the scales of now do not have."""
    given = {
        "verdict": version.content_label_id,
        "attribution_verdict": version.attribution_label_id,
    }
    is_present = col(Label.scheme_id).in_(
        [col(Project.content_scheme_id), col(Project.attribution_scheme_id)]
    )
    found = set(
        session.exec(
            select(Label.id)
            .join(Project, is_present)
            .where(col(Project.id) == project_id, col(Label.id).in_(given.values()))
        )
    )
    return [field for field, key in given.items() if key is not None and key not in found]
