"""Questions about label schemes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Executable, bindparam, case, exists
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.labels import Lines
from app.domain.records import STEPS, LabelRecord, SchemeRecord
from app.domain.words import SchemeKind
from app.storage.aliases import alias_of
from app.storage.driver import rows_of
from app.storage.frozen import frozen_scales, keep
from app.storage.held import held_one
from app.storage.kept import HERE
from app.storage.tables import Claim, Label, LabelScheme, OwnScheme, Project, SourceRule

_newer = alias_of(LabelScheme, "code", "version")


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
    """Some scales, oldest first, each as above: three questions at most, however many."""
    known = frozen_scales(session)
    found = [known.get(key) for key in sorted(set(scheme_ids))]
    records = [one for one in found if one is not None]
    if len(records) < len(found):
        records = _read(session, scheme_ids)
    ruled = set() if project_id is None else _ruled(session, project_id)
    return [_with_rules(record, ruled) for record in records] if ruled else records


def _read(session: Session, scheme_ids: Sequence[int]) -> list[SchemeRecord]:
    rows = session.exec(
        select(LabelScheme).where(col(LabelScheme.id).in_(scheme_ids)).order_by(col(LabelScheme.id))
    ).all()
    labels: dict[int, list[Label]] = {}
    for label in session.exec(
        select(Label).where(col(Label.scheme_id).in_(scheme_ids)).order_by(col(Label.position))
    ):
        labels.setdefault(label.scheme_id, []).append(label)
    records = [_record(row, labels.get(row.key, [])) for row in rows]
    frozen = {row.key for row in rows if row.frozen_at is not None}
    keep(session, {record.id: record for record in records if record.id in frozen})
    return records


def _ruled(session: Session, project_id: int) -> set[int]:
    rows = rows_of(session, _labels_with_sources(), {"here": project_id})
    return {key for (key,) in rows}


@cache
def _labels_with_sources() -> SelectOfScalar[int]:
    return select(SourceRule.label_id).where(
        SourceRule.project_id == HERE, col(SourceRule.needs_source).is_(True)
    )


def _with_rules(record: SchemeRecord, ruled: Collection[int]) -> SchemeRecord:
    labels = [replace(label, needs_source=label.id in ruled) for label in record.labels]
    return replace(record, labels=tuple(labels))


def _record(row: LabelScheme, labels: Sequence[Label]) -> SchemeRecord:
    return SchemeRecord(
        id=row.key,
        public_id=row.public_id,
        code=row.code,
        version=row.version,
        name=row.name,
        kind=row.kind,
        labels=tuple(label_record(label) for label in labels if label.retired_at is None),
        retired=tuple(label_record(label) for label in labels if label.retired_at),
    )


def label_record(label: Label) -> LabelRecord:
    """A label as pages and rows need it."""
    return LabelRecord(
        id=label.key,
        code=label.code,
        name=label.name,
        definition=label.definition,
        rank=label.rank,
        position=label.position,
        top=label.top or STEPS,
    )


def vocabulary_of(session: Session, project_id: int) -> Vocabulary:
    """The labels of a project's two scales, and of all the versions that they go on from."""
    project = held_one(session, Project, project_id)
    return _vocabulary(session, (project.content_scheme_id, project.attribution_scheme_id))


def vocabulary_of_claims(session: Session, claim_ids: Sequence[int]) -> Vocabulary:
    """The labels that checks and verdicts of some claims can hold."""
    used = session.execute(_scales_of_claims(), {"claims": list(claim_ids)}).all()
    return _vocabulary(session, [key for pair in used for key in pair])


@cache
def _scales_of_claims() -> Executable:
    claims: BindParameter[Any] = bindparam("claims", expanding=True)
    return (
        select(Project.content_scheme_id, Project.attribution_scheme_id)
        .join(Claim, col(Claim.project_id) == col(Project.id))
        .where(col(Claim.id).in_(claims))
        .distinct()
    )


def _vocabulary(session: Session, last: Iterable[int]) -> Vocabulary:
    used = tuple(sorted(set(last)))
    known: Vocabulary | None = frozen_scales(session).get(used)
    if known is not None:
        return known
    rows = session.execute(_labels_ever(), {"used": used}).all()
    words = Vocabulary(
        labels={label.key: label_record(label) for label, *_scale in rows},
        tags={label.key: f"{code}@{version}" for label, code, version, _frozen in rows},
        lines=Lines({label.key: label.previous_id for label, *_scale in rows}),
    )
    if all(frozen is not None for *_label, frozen in rows):
        keep(session, {used: words}, hangs_on=used)
    return words


@cache
def _labels_ever() -> Executable:
    """The labels of some scales and of those that they replaced, oldest scale first."""
    used: BindParameter[Any] = bindparam("used", expanding=True)
    last = select(LabelScheme.id, LabelScheme.replaces_id).where(col(LabelScheme.id).in_(used))
    chain = last.cte(recursive=True)
    chain = chain.union(
        select(LabelScheme.id, LabelScheme.replaces_id).join(
            chain, col(LabelScheme.id) == chain.c.replaces_id
        )
    )
    return (
        select(Label, LabelScheme.code, LabelScheme.version, LabelScheme.frozen_at)
        .join(LabelScheme, col(LabelScheme.id) == col(Label.scheme_id))
        .where(col(LabelScheme.id).in_(select(chain.c.id)))
        .order_by(col(LabelScheme.id), col(Label.position))
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
