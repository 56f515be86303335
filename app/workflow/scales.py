"""Scales of a project's own: made, changed while work goes on, taken into use."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Invalid, Stale, WrongState
from app.domain.ids import now
from app.domain.label_presets import PRESETS
from app.domain.labels import MAX_NAME, MOST_LABELS, LabelPreset, check_labels, code_of
from app.domain.permissions import Action, ask_leave
from app.domain.records import SchemeRecord
from app.domain.words import SchemeKind
from app.storage.answer_uses import has_begun
from app.storage.locking import locked_by_key
from app.storage.scales import is_own, scheme
from app.storage.tables import (
    Label,
    LabelScheme,
    OwnScheme,
    Project,
    SourceRule,
)
from app.workflow.events import record_event
from app.workflow.tallies import ask_to_go_on

SUFFIX_BYTES = 4
COLUMN_OF = {
    SchemeKind.CONTENT: "content_scheme_id",
    SchemeKind.ATTRIBUTION: "attribution_scheme_id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerValues:
    """One answer as its form has it: ``before`` is the code of the one that it goes on from."""

    name: str
    code: str = ""
    definition: str = ""
    is_ranked: bool = True
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleValues:
    """A scale as its form has it, best answer first; ``seen`` is the mark of what was shown."""

    name: str
    answers: tuple[AnswerValues, ...]
    seen: str = ""


def scheme_id_of(session: Session, code: str, kind: SchemeKind) -> int:
    """The shipped scale with this code, written down when it is first asked for.

    Raises:
        Invalid: there is none; what projects have made for themselves counts for nothing here.
    """
    found = session.exec(
        select(LabelScheme)
        .where(LabelScheme.code == code, LabelScheme.kind == kind, ~is_own())
        .order_by(col(LabelScheme.version).desc())
    ).first()
    if found is not None:
        return found.key
    preset = PRESETS.get(code)
    if preset is None or preset.kind is not kind:
        raise Invalid("scheme.unknown", field="scheme", value=code)
    row = LabelScheme(code=preset.code, name=preset.name, kind=preset.kind)
    _write(session, row, preset.labels)
    return row.key


def _write(session: Session, row: LabelScheme, labels: Iterable[LabelPreset]) -> None:
    session.add(row)
    session.flush()
    for position, label in enumerate(labels):
        session.add(_label(row, label, position))
    session.flush()


def _label(row: LabelScheme, label: LabelPreset, position: int) -> Label:
    return Label(
        scheme_id=row.key,
        code=label.code,
        name=label.name,
        definition=label.definition,
        rank=label.rank,
        position=position,
    )


def make_scale(
    session: Session, actor: Actor, project_id: int, *, kind: SchemeKind, values: ScaleValues
) -> SchemeRecord:
    """Make a scale that this project alone may use. Sent twice with the same content, it is one.

    Raises:
        Invalid: no name, or the answers make no scale.
    """
    ask_leave(actor, Action.PROJECT_MANAGE, project_id)
    locked_by_key(session, Project, project_id)
    name = checked_name(values.name)
    labels = planned(values.answers)
    for own in _own_rows(session, project_id, kind):
        made = scheme(session, own.key, project_id=project_id)
        if made.name == name and _says(made, labels):
            return made
    row = LabelScheme(code=_own_code(name), name=name, kind=kind)
    _write(session, row, labels)
    session.add(OwnScheme(project_id=project_id, scheme_id=row.key))
    _tell(session, actor, "scheme.add", row, project_id=project_id)
    return scheme(session, row.key, project_id=project_id)


def _own_rows(session: Session, project_id: int, kind: SchemeKind) -> Sequence[LabelScheme]:
    return session.exec(
        select(LabelScheme)
        .join(OwnScheme, col(OwnScheme.scheme_id) == col(LabelScheme.id))
        .where(OwnScheme.project_id == project_id, LabelScheme.kind == kind)
    ).all()


def checked_name(name: str) -> str:
    """A scale's name with single blanks.

    Raises:
        Invalid: there is none, or it is too long.
    """
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > MAX_NAME:
        raise Invalid("scheme.name", field="name", limit=MAX_NAME)
    return tidy


def _own_code(name: str) -> str:
    """A code that no other project can be asked about: what follows its name is drawn by lot."""
    return f"{code_of(name, ())}-{secrets.token_hex(SUFFIX_BYTES)}"


def planned(
    answers: Sequence[AnswerValues], base: SchemeRecord | None = None
) -> tuple[LabelPreset, ...]:
    """The answers as labels, ranked by their order; those that go on keep their code.

    Raises:
        Invalid: they make no scale, or go on from what is not there.
    """
    known = {} if base is None else {label.code: label for label in base.ever}
    if any(answer.before and answer.before not in known for answer in answers):
        raise Invalid("scheme.crosswalk", field="labels")
    taken = {*known, *(answer.code for answer in answers if not answer.before)}
    ranks = iter(range(sum(answer.is_ranked for answer in answers), 0, -1))
    labels = []
    for answer in answers:
        name = " ".join(answer.name.split())
        code = answer.before or answer.code or code_of(name, taken)
        if not answer.before and code in known:
            raise Invalid("scheme.twice", field="labels", name=code)
        taken.add(code)
        rank = next(ranks) if answer.is_ranked else None
        labels.append(LabelPreset(code, name, rank, answer.definition.strip()))
    check_labels(labels, most=max(MOST_LABELS, 0 if base is None else len(base.labels)))
    return tuple(labels)


def _says(scale: SchemeRecord, labels: Sequence[LabelPreset]) -> bool:
    there = [(label.code, label.name, label.rank, label.definition) for label in scale.labels]
    return there == [(label.code, label.name, label.rank, label.definition) for label in labels]


def change_scale(
    session: Session, actor: Actor, project_id: int, *, kind: SchemeKind, values: ScaleValues
) -> SchemeRecord:
    """Change the scale that a project uses; from the first check that is begun it goes on as a new one.

    What was answered keeps the answer that it was given. An answer that is left out is retired.

    Raises:
        Stale: somebody changed it since it was shown.
        Invalid: no name, or the answers make no scale.
    """
    ask_leave(actor, Action.PROJECT_MANAGE, project_id)
    project = locked_by_key(session, Project, project_id)
    row = locked_by_key(session, LabelScheme, getattr(project, COLUMN_OF[kind]))
    before = scheme(session, row.key, project_id=project_id)
    known = {label.code for label in before.ever}
    if values.seen != before.mark and any(a.before not in {"", *known} for a in values.answers):
        raise Stale("scheme.stale")
    name, labels = checked_name(values.name), planned(values.answers, before)
    if before.name == name and _says(before, labels):
        return before
    if values.seen != before.mark:
        raise Stale("scheme.stale")
    is_own_one = row in _own_rows(session, project_id, kind)
    is_fresh = row.frozen_at is None and not has_begun(session, project_id)
    if is_own_one and is_fresh:
        _change_in_place(session, row, name, labels)
    else:
        row = _next_version(session, project, row, name=name, labels=labels, is_own=is_own_one)
        setattr(project, COLUMN_OF[kind], row.key)
    ask_to_go_on(session, project.public_id, only_waiting=True)
    _tell(session, actor, "scheme.change", row, project_id=project_id)
    return scheme(session, row.key, project_id=project_id)


def _change_in_place(
    session: Session, row: LabelScheme, name: str, labels: Sequence[LabelPreset]
) -> None:
    """No check was begun yet: it is as if it had been made like this.

    An answer that goes on from an earlier version is retired, since it may have been given there.
    """
    row.name = name
    there = {label.code: label for label in _labels(session, row)}
    for place, kept in enumerate(there.values()):
        # Out of the way first: no two may share a place or a rank, not even for a moment.
        kept.position, kept.rank = -1 - place, None
    session.flush()
    left_out = [label for code, label in there.items() if code not in {new.code for new in labels}]
    for place, old in enumerate(left_out, len(labels)):
        _take_out(session, old, place)
    for position, label in enumerate(labels):
        kept = there.get(label.code) or _label(row, label, position)
        kept.name, kept.definition = label.name, label.definition
        kept.rank, kept.position, kept.retired_at = label.rank, position, None
        session.add(kept)
    session.flush()


def _take_out(session: Session, label: Label, place: int) -> None:
    if label.previous_id is not None:
        label.retired_at, label.position = label.retired_at or now(), place
        return
    for rule in session.exec(select(SourceRule).where(SourceRule.label_id == label.key)):
        session.delete(rule)
    session.flush()
    session.delete(label)
    session.flush()


def _labels(session: Session, row: LabelScheme) -> Sequence[Label]:
    query = select(Label).where(Label.scheme_id == row.key).order_by(col(Label.position))
    return session.exec(query).all()


def _next_version(
    session: Session,
    project: Project,
    row: LabelScheme,
    *,
    name: str,
    labels: Sequence[LabelPreset],
    is_own: bool,
) -> LabelScheme:
    """The scale that replaces another one: each answer goes on, those left out are retired."""
    made = LabelScheme(
        code=row.code if is_own else _own_code(row.code),
        version=row.version + 1 if is_own else 1,
        name=name,
        kind=row.kind,
        replaces_id=row.key,
    )
    session.add(made)
    session.flush()
    session.add(OwnScheme(project_id=project.key, scheme_id=made.key))
    before = {label.code: label for label in _labels(session, row)}
    new = [_label(made, label, position) for position, label in enumerate(labels)]
    new += [
        _retired(made, label, len(labels) + place)
        for place, label in enumerate(before.values())
        if label.code not in {label.code for label in labels}
    ]
    for label in new:
        if label.code in before:
            label.previous_id = before[label.code].key
        session.add(label)
    session.flush()
    _carry_rules(session, project, {label.previous_id: label.key for label in new})
    return made


def _retired(made: LabelScheme, label: Label, position: int) -> Label:
    left = LabelPreset(label.code, label.name, None, label.definition)
    row = _label(made, left, position)
    row.retired_at = label.retired_at or now()
    return row


def _carry_rules(session: Session, project: Project, follows: dict[int | None, int]) -> None:
    """Answers that asked for a source in this project still do."""
    for rule in session.exec(select(SourceRule).where(SourceRule.project_id == project.key)).all():
        if rule.label_id in follows:
            session.add(
                SourceRule(
                    project_id=project.key,
                    label_id=follows[rule.label_id],
                    needs_source=rule.needs_source,
                )
            )
    session.flush()


def use_scale(
    session: Session, actor: Actor, project_id: int, *, kind: SchemeKind, scale: str
) -> SchemeRecord:
    """Let a project use another scale: a shipped one by its code, its own one by its public id.

    Raises:
        WrongState: checks were begun on the present one.
        Invalid: there is no such scale.
    """
    ask_leave(actor, Action.PROJECT_MANAGE, project_id)
    project = locked_by_key(session, Project, project_id)
    own = {row.public_id: row.key for row in _own_rows(session, project_id, kind)}
    wanted = own.get(scale) or scheme_id_of(session, scale, kind)
    present = getattr(project, COLUMN_OF[kind])
    if wanted == present:
        return scheme(session, wanted, project_id=project_id)
    # A check that is just being written down holds the present scale.
    locked_by_key(session, LabelScheme, present)
    if has_begun(session, project_id):
        raise WrongState("scheme.in-use")
    setattr(project, COLUMN_OF[kind], wanted)
    row = session.get_one(LabelScheme, wanted)
    _tell(session, actor, "scheme.use", row, project_id=project_id)
    return scheme(session, wanted, project_id=project_id)


def _tell(
    session: Session, actor: Actor, action: str, row: LabelScheme, *, project_id: int
) -> None:
    record_event(
        session,
        actor,
        action,
        noun="scheme",
        thing=row.public_id,
        project_id=project_id,
        version=row.version,
    )
    session.flush()
