"""The scales of a project: which it uses, which it could, making one and changing one."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Refused, Stale, WrongState
from app.domain.label_presets import PRESETS
from app.domain.permissions import Action
from app.domain.records import SchemeRecord
from app.domain.words import SchemeKind
from app.storage import scales as questions
from app.storage.answer_uses import answer_uses, has_begun
from app.web.scales.changes import changes
from app.web.scales.forms import FIRST_ROWS, ScaleForm, left_out, rearranged, rows_like, rows_of
from app.web.transactions import database, db
from app.web.wording import sentence
from app.workflow import scales

blueprint = Blueprint("scales", __name__, url_prefix="/projects/<slug>/scales")


@blueprint.get("")
@needs(Action.PROJECT_MANAGE)
def index(slug: str) -> ResponseReturnValue:
    """Both questions: the scale in use, and those that could be."""
    return _index(slug)


def _index(slug: str, notice: str = "") -> str:
    project = identity.project()
    with database().reading() as session:
        present = {kind: _present(session, kind) for kind in SchemeKind}
        own = {kind: questions.own_schemes(session, project.id, kind) for kind in SchemeKind}
        is_fixed = has_begun(session, project.id)
    return render_template(
        "scales/index.html",
        slug=slug,
        notice=notice,
        present=present,
        own={k: [s for s in found if s.id != present[k].id] for k, found in own.items()},
        presets={kind: [p for p in PRESETS.values() if p.kind is kind] for kind in SchemeKind},
        is_fixed=is_fixed,
    )


def _kind() -> SchemeKind:
    """Which of the two questions is asked about; "Is it so?" unless the other one is named."""
    named = request.values.get("question", "")
    return SchemeKind.ATTRIBUTION if named == SchemeKind.ATTRIBUTION else SchemeKind.CONTENT


def _present(session: Any, kind: SchemeKind) -> SchemeRecord:  # noqa: ANN401 - a session
    project = identity.project()
    is_content = kind is SchemeKind.CONTENT
    key = project.content_scheme_id if is_content else project.attribution_scheme_id
    return questions.scheme(session, key, project_id=project.id)


@blueprint.post("/use")
@needs(Action.PROJECT_MANAGE)
def use(slug: str) -> ResponseReturnValue:
    """Use another scale from now on."""
    try:
        taken = scales.use_scale(
            db(),
            identity.actor(),
            identity.project().id,
            kind=_kind(),
            scale=request.form.get("scale", ""),
        )
    except (Invalid, WrongState) as refusal:
        db().rollback()
        return _index(slug, sentence(refusal)), 409 if isinstance(refusal, WrongState) else 422
    flash(_("The project uses “%(name)s” from now on.", name=taken.name), "good")
    return redirect(url_for("scales.index", slug=slug), 303)


@blueprint.get("/new")
@needs(Action.PROJECT_MANAGE)
def new(slug: str) -> ResponseReturnValue:
    """The form of a new scale, blank or like another one."""
    rows, name = _like(request.args.get("from", ""))
    form = ScaleForm(formdata=None, data={"name": name, "answers": rows or [{}] * FIRST_ROWS})
    return _form_page(slug, form, None)


def _like(code: str) -> tuple[list[dict[str, Any]], str]:
    """The rows of a shipped scale, or of one of the project's own, and its name."""
    if code in PRESETS:
        return rows_like(PRESETS[code].labels), PRESETS[code].name
    for own in questions.own_schemes(db(), identity.project().id, _kind()):
        if own.public_id == code:
            return rows_like(own.labels), own.name
    return [], ""


@blueprint.post("/new")
@needs(Action.PROJECT_MANAGE)
def make(slug: str) -> ResponseReturnValue:
    """Make a scale; the buttons of its rows only change the form."""
    form = ScaleForm()
    rows = rearranged(form.rows(), request.form.get("do", "save"))
    if rows is not None:
        return _form_page(slug, _again(form, rows), None)
    try:
        made = scales.make_scale(
            db(), identity.actor(), identity.project().id, kind=_kind(), values=form.values()
        )
    except Invalid as refusal:
        return _refused(slug, form, None, refusal)
    flash(_("“%(name)s” is made. It is used once you choose it.", name=made.name), "good")
    return redirect(url_for("scales.index", slug=slug), 303)


@blueprint.get("/change")
@needs(Action.PROJECT_MANAGE)
def edit(slug: str) -> ResponseReturnValue:
    """The scale in use, to be changed."""
    base = _present(db(), _kind())
    data = {"name": base.name, "answers": rows_of(base.labels), "seen": base.mark}
    return _form_page(slug, ScaleForm(formdata=None, data=data), base)


@blueprint.post("/change")
@needs(Action.PROJECT_MANAGE)
def change(slug: str) -> ResponseReturnValue:
    """Say first what a change touches; change the scale once that was confirmed."""
    form, do = ScaleForm(), request.form.get("do", "look")
    with database().reading() as session:
        base = _present(session, _kind())
    rows = rearranged(form.rows(), do, base)
    if rows is not None or do == "edit":
        return _form_page(slug, _again(form, form.rows() if rows is None else rows), base)
    try:
        if do == "save":
            return _changed(slug, form)
        return _confirm(slug, form, base)
    except Invalid as refusal:
        return _refused(slug, form, base, refusal)
    except Stale as refusal:
        return _stale(slug, form, refusal)


def _changed(slug: str, form: ScaleForm) -> ResponseReturnValue:
    changed = scales.change_scale(
        db(), identity.actor(), identity.project().id, kind=_kind(), values=form.values()
    )
    flash(_("The scale “%(name)s” is changed.", name=changed.name), "good")
    return redirect(url_for("scales.index", slug=slug), 303)


def _confirm(slug: str, form: ScaleForm, base: SchemeRecord) -> ResponseReturnValue:
    values = form.values()
    if values.seen != base.mark:
        raise Stale("scheme.stale")
    planned = scales.planned(values.answers, base)
    name = scales.checked_name(values.name)
    with database().reading() as session:
        uses = answer_uses(session, identity.actor(), identity.project().id, _kind())
    return render_template(
        "scales/confirm.html",
        slug=slug,
        form=form,
        kind=_kind(),
        base=base,
        new_name="" if name == base.name else name,
        changes=changes(base, planned, uses),
    )


def _again(form: ScaleForm, rows: Sequence[dict[str, Any]]) -> ScaleForm:
    return ScaleForm(formdata=None, data={**form.data, "answers": list(rows)})


def _refused(
    slug: str, form: ScaleForm, base: SchemeRecord | None, refusal: Refused
) -> ResponseReturnValue:
    db().rollback()
    notice = ""
    if refusal.values.get("field") == "name":
        form.refuse(refusal)
    else:
        notice = sentence(refusal)
    return _form_page(slug, form, base, notice=notice), 422


def _stale(slug: str, form: ScaleForm, refusal: Stale) -> ResponseReturnValue:
    """The scale as it is now, and the form as typed, to stand on top of it, knowingly."""
    db().rollback()
    with database().reading() as session:
        base = _present(session, _kind())
    known = {label.code for label in base.ever}
    rows = [
        row if row["before"] in {"", *known} else {**row, "before": "", "code": row["before"]}
        for row in form.rows()
    ]
    again = ScaleForm(formdata=None, data={**form.data, "answers": rows, "seen": base.mark})
    return _form_page(slug, again, base, notice=sentence(refusal), is_stale=True), 409


def _form_page(
    slug: str,
    form: ScaleForm,
    base: SchemeRecord | None,
    *,
    notice: str = "",
    is_stale: bool = False,
) -> str:
    return render_template(
        "scales/form.html",
        slug=slug,
        form=form,
        base=base,
        kind=_kind(),
        notice=notice,
        is_stale=is_stale,
        left_out=[] if base is None else left_out(form.rows(), base),
    )
