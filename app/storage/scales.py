"""Questions about label schemes."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.domain.records import LabelRecord, SchemeRecord
from app.domain.words import SchemeKind
from app.storage.tables import Label, LabelScheme, SourceRule


def scheme(session: Session, scheme_id: int, *, project_id: int | None = None) -> SchemeRecord:
    """A scale with its labels in page order, and which of them ask for a source in a project."""
    row = session.get_one(LabelScheme, scheme_id)
    labels = session.exec(
        select(Label).where(Label.scheme_id == scheme_id).order_by(col(Label.position))
    )
    ruled = set(
        session.exec(
            select(SourceRule.label_id).where(
                SourceRule.project_id == project_id, col(SourceRule.needs_source).is_(True)
            )
        )
    )
    return SchemeRecord(
        id=row.key,
        code=row.code,
        version=row.version,
        name=row.name,
        kind=row.kind,
        labels=tuple(label_record(label, needs_source=label.key in ruled) for label in labels),
    )


def label_record(label: Label, *, needs_source: bool = False) -> LabelRecord:
    """A label as pages and rows need it."""
    return LabelRecord(
        id=label.key,
        code=label.code,
        name=label.name,
        definition=label.definition,
        rank=label.rank,
        position=label.position,
        needs_source=needs_source,
    )


def labels_by_id(session: Session, scheme_ids: Sequence[int]) -> dict[int, LabelRecord]:
    """Every label of some schemes, by its integer key."""
    rows = session.exec(select(Label).where(col(Label.scheme_id).in_(scheme_ids)))
    return {label.key: label_record(label) for label in rows}


def scheme_choices(session: Session, kind: SchemeKind) -> list[tuple[str, str]]:
    """The scales in the database that answer one question, as code and name."""
    rows = session.exec(
        select(LabelScheme).where(LabelScheme.kind == kind).order_by(col(LabelScheme.id))
    )
    return [(row.code, row.name) for row in rows]
