"""The list of batches with how far each is, making one, and changing one."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid
from app.domain.permissions import Action, may
from app.exporters.registry import EXPORTERS
from app.storage import batches as questions
from app.storage.batches import BatchRecord
from app.storage.guidelines import guideline_of, guideline_versions
from app.web import paging, resume
from app.web.batches.forms import BatchForm
from app.web.transactions import database, db
from app.workflow.batches import add_batch, change_batch

blueprint = Blueprint("batches", __name__)

MOST_VERSIONS = 100


@blueprint.get("/projects/<slug>/batches")
@needs(Action.PROJECT_VIEW)
def index(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard found the project by it
    """The batches, newest first."""
    return _list(_form(formdata=None))


@blueprint.post("/projects/<slug>/batches")
@needs(Action.BATCH_EDIT)
def add(slug: str) -> ResponseReturnValue:
    """Make a batch."""
    form = _form()
    if not form.validate():
        return _list(form), 422
    try:
        made = add_batch(db(), identity.actor(), identity.project().id, values=form.values())
    except Invalid as refusal:
        form.refuse(refusal)
        db().rollback()
        return _list(form), 422
    flash(
        _(
            "The batch “%(name)s” is made. Put claims into it from the list of claims.",
            name=made.name,
        ),
        "good",
    )
    return redirect(url_for("batches.index", slug=slug), 303)


@blueprint.get("/batches/<batch_id>")
@needs(Action.PROJECT_VIEW)
def show(batch_id: str) -> ResponseReturnValue:
    """One batch: how far it is, its files, and changing it."""
    batch = _now(batch_id)
    form = _form(formdata=None)
    form.show(batch)
    return _page(batch, form)


@blueprint.post("/batches/<batch_id>")
@needs(Action.BATCH_EDIT)
def save(batch_id: str) -> ResponseReturnValue:
    """Change a batch."""
    form = _form()
    if not form.validate():
        return _page(_now(batch_id), form), 422
    try:
        change_batch(db(), identity.actor(), batch_id, values=form.values())
    except Invalid as refusal:
        form.refuse(refusal)
        db().rollback()
        return _page(_now(batch_id), form), 422
    flash(_("The batch is saved."), "good")
    return redirect(url_for("batches.show", batch_id=batch_id), 303)


def _form(**options: None) -> BatchForm:
    form = BatchForm(**options)
    with database().reading() as session:
        form.offer(guideline_versions(session, identity.project().id, limit=MOST_VERSIONS))
    return form


def _now(batch_id: str) -> BatchRecord:
    with database().reading() as session:
        return questions.batch(session, identity.actor(), batch_id)


def _list(form: BatchForm) -> str:
    project = identity.project()
    place = paging.after((int,))
    before = int(place[0] or 0) if place else None
    limit = paging.PAGE_ROWS
    with database().reading() as session:
        found = questions.batch_lines(session, project.id, before=before, limit=limit + 1)
        newest = guideline_of(session, project.id)
    return render_template(
        "batches/index.html",
        slug=project.slug,
        form=form,
        lines=found[:limit],
        newest=None if newest is None else newest.version,
        more=paging.place_of([found[limit - 1].batch.id]) if len(found) > limit else None,
        is_first=place is None,
        may_edit=may(identity.actor(), Action.BATCH_EDIT, project.id),
    )


def _page(batch: BatchRecord, form: BatchForm) -> str:
    actor, project = identity.actor(), identity.project()
    with database().reading() as session:
        line = questions.lines_of(session, [batch])[0]
        newest = guideline_of(session, project.id)
    return render_template(
        "batches/show.html",
        slug=project.slug,
        form=form,
        line=line,
        newest=None if newest is None else newest.version,
        files=[one for one in EXPORTERS.values() if may(actor, one.leave, project.id)],
        may_edit=may(actor, Action.BATCH_EDIT, project.id),
    )


def _resumed_list(_view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The list again with what was typed before the session ended."""
    return make_response(_list(_form_of(fields)))


def _resumed(view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The page again, the same way."""
    return make_response(_page(_now(view_args["batch_id"]), _form_of(fields)))


def _form_of(fields: MultiDict[str, str]) -> BatchForm:
    form = BatchForm(formdata=fields)
    with database().reading() as session:
        form.offer(guideline_versions(session, identity.project().id, limit=MOST_VERSIONS))
    return form


resume.register("batches.add", _resumed_list)
resume.register("batches.save", _resumed)
