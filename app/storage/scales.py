"""Questions about label schemes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, exists
from sqlmodel import Session, col, select

from app.domain.labels import Lines
from app.domain.records import STEPS, LabelRecord, SchemeRecord
from app.domain.words import SchemeKind
from app.storage.aliases import alias_of
from app.storage.tables import Claim, Label, LabelScheme, OwnScheme, Project, SourceRule

_newer = alias_of(LabelScheme)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every answer that a project's checks and verdicts can hold, of all versions of its scales.

    ``tags`` name the version of the scale that a label belongs to, as exports write it.
    """

    labels: Mapping[int, LabelRecord]
    tags: Mapping[int, str]
    lines: Lines

    def named_in(self, key: int, tags: Sequence[str]) -> LabelRecord:
        """A label as versions of the scales call it that have it, else as it was given."""
        for other, tag in self.tags.items():
            if tag in tags and self.lines.same(other, key):
                return self.labels[other]
        return self.labels[key]

    def present(self, column: Any) -> Any:  # noqa: ANN401 - a column of SQLModel, or of an alias
        """A column of labels as an expression, each as the last version of its scale has it."""
        moved = self.lines.moved()
        return case(moved, value=column, else_=column) if moved else column


def scheme(session: Session, scheme_id: int, *, project_id: int | None = None) -> SchemeRecord:
    """A scale with its labels in page order, and which of them ask for a source in a project."""
    return schemes(session, [scheme_id], project_id=project_id)[0]


def schemes(
    session: Session, scheme_ids: Sequence[int], *, project_id: int | None = None
) -> list[SchemeRecord]:
    """Some scales, oldest first, each as above: three questions, however many."""
    rows = session.exec(
        select(LabelScheme).where(col(LabelScheme.id).in_(scheme_ids)).order_by(col(LabelScheme.id))
    ).all()
    labels: dict[int, list[Label]] = {}
    for label in session.exec(
        select(Label).where(col(Label.scheme_id).in_(scheme_ids)).order_by(col(Label.position))
    ):
        labels.setdefault(label.scheme_id, []).append(label)
    ruled = set(
        session.exec(
            select(SourceRule.label_id).where(
                SourceRule.project_id == project_id, col(SourceRule.needs_source).is_(True)
            )
        )
    )
    return [_record(row, labels.get(row.key, []), ruled) for row in rows]


def _record(row: LabelScheme, labels: Sequence[Label], ruled: set[int]) -> SchemeRecord:
    return SchemeRecord(
        id=row.key,
        public_id=row.public_id,
        code=row.code,
        version=row.version,
        name=row.name,
        kind=row.kind,
        labels=tuple(
            label_record(label, needs_source=label.key in ruled)
            for label in labels
            if label.retired_at is None
        ),
        retired=tuple(label_record(label) for label in labels if label.retired_at),
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
        top=label.top or STEPS,
    )


def vocabulary_of(session: Session, project_id: int) -> Vocabulary:
    """The labels of a project's two scales, and of all the versions that they go on from."""
    return _vocabulary(session, _is_used(col(Project.id) == project_id))


def vocabulary_of_claims(session: Session, claim_ids: Sequence[int]) -> Vocabulary:
    """The labels that checks and verdicts of some claims can hold."""
    found = (col(Claim.id).in_(claim_ids), col(Project.id) == col(Claim.project_id))
    return _vocabulary(session, _is_used(*found))


def _is_used(*by: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a scale is one of the two of a project."""
    return exists().where(
        *by,
        (col(Project.content_scheme_id) == col(LabelScheme.id))
        | (col(Project.attribution_scheme_id) == col(LabelScheme.id)),
    )


def _vocabulary(session: Session, last: ColumnElement[bool]) -> Vocabulary:
    chain = select(LabelScheme.id, LabelScheme.replaces_id).where(last).cte(recursive=True)
    chain = chain.union(
        select(LabelScheme.id, LabelScheme.replaces_id).join(
            chain, col(LabelScheme.id) == chain.c.replaces_id
        )
    )
    rows = session.exec(
        select(Label, LabelScheme.code, LabelScheme.version)
        .join(LabelScheme, col(LabelScheme.id) == col(Label.scheme_id))
        .where(col(LabelScheme.id).in_(select(chain.c.id)))
        .order_by(col(LabelScheme.id), col(Label.position))
    ).all()
    return Vocabulary(
        labels={label.key: label_record(label) for label, _code, _version in rows},
        tags={label.key: f"{code}@{version}" for label, code, version in rows},
        lines=Lines({label.key: label.previous_id for label, _code, _version in rows}),
    )


def scheme_choices(session: Session, kind: SchemeKind) -> list[tuple[str, str]]:
    """The scales in the database that answer one question, as code and name; no project's own."""
    rows = session.exec(
        select(LabelScheme).where(LabelScheme.kind == kind, ~is_own()).order_by(col(LabelScheme.id))
    )
    return [(row.code, row.name) for row in rows]


def own_schemes(session: Session, project_id: int, kind: SchemeKind) -> list[SchemeRecord]:
    """The scales that a project has made, each in its last version, oldest first."""
    keys = session.exec(
        select(OwnScheme.scheme_id)
        .join(LabelScheme, col(LabelScheme.id) == col(OwnScheme.scheme_id))
        .where(
            OwnScheme.project_id == project_id,
            LabelScheme.kind == kind,
            ~exists().where(
                col(_newer.code) == col(LabelScheme.code),
                col(_newer.version) > col(LabelScheme.version),
            ),
        )
        .order_by(col(OwnScheme.id))
    ).all()
    return schemes(session, keys, project_id=project_id)


def is_own() -> ColumnElement[bool]:
    """Whether a scale was made in a project, and belongs to it alone."""
    return exists().where(col(OwnScheme.scheme_id) == col(LabelScheme.id)).correlate(LabelScheme)
