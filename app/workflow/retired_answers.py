"""Answers that were taken off a scale while the form of a check was open.

Such a form is no mistake of whoever filled it in: it is taken as it was shown, with the answer of
the version of the scale that it showed. It is written down in history, is told where the claim is
settled, and settles no claim by agreement: a person looks first.
"""

from datetime import datetime

from sqlmodel import Session

from app.domain.records import LabelRecord
from app.storage.scales import scheme
from app.storage.tables import Label


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
