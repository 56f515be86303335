"""Answers chosen on a page that is older than a change of the scale: what they said there, and now."""

from collections.abc import Mapping

from sqlmodel import Session

from app.domain.errors import Invalid
from app.domain.records import LabelRecord, SchemeRecord
from app.storage.scales import scheme, vocabulary_of

# With which scales a page was made, by the field that is answered on each.
Shown = Mapping[str, str]


def read_otherwise(
    session: Session, project_id: int, scale: SchemeRecord, code: str, *, shown: str, field: str
) -> Invalid | None:
    """How a chosen answer reads now, where the page had shown it otherwise; ``shown`` is what it showed.

    None for an answer that is none any more: what becomes of those is told elsewhere.
    """
    if not shown or shown == scale.mark:
        return None
    label = next((label for label in scale.labels if label.code == code), None)
    if label is None:
        return None
    before = _before(session, project_id, code, tag=shown.partition(" ")[0])
    # A scale that nobody had answered on is changed in place: what it said is not kept.
    if before is None or before.id == label.id:
        return Invalid("review.scale-changed", field=field, label=label.name)
    if before.name != label.name:
        return Invalid("review.renamed", field=field, before=before.name, label=label.name)
    if before.definition != label.definition:
        return Invalid("review.redefined", field=field, label=label.name)
    return None


def ask_as_read(
    session: Session, project_id: int, answers: Mapping[str, tuple[int, str]], *, shown: Shown
) -> None:
    """Go on while every answer reads as the page showed it; ``answers``: by field, scale and code.

    Raises:
        Invalid: one reads otherwise now; by ``field``.
    """
    for field, (scheme_id, code) in answers.items():
        if told := shown.get(field):
            scale = scheme(session, scheme_id)
            refusal = read_otherwise(session, project_id, scale, code, shown=told, field=field)
            if refusal is not None:
                raise refusal


def _before(session: Session, project_id: int, code: str, *, tag: str) -> LabelRecord | None:
    """The answer in the version of the project's scale that a page was made with."""
    words = vocabulary_of(session, project_id)
    return next(
        (
            label
            for key, label in words.labels.items()
            if label.code == code and words.tags[key] == tag
        ),
        None,
    )
