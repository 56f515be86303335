"""The looks at the page of a source: each with what it said, and asking for another."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Missing, WrongState
from app.domain.evidence_words import CopyWhy
from app.domain.ids import is_public_id
from app.domain.permissions import Action, may
from app.exporters.warc import MEDIA_TYPE
from app.storage.copies import copied_source, copy_page, looks_of, warc_of
from app.web.copies import showing
from app.web.copies.forms import UploadForm
from app.web.looks import copy_error
from app.web.transactions import database, db
from app.workflow.copies import ask_copy, keep_upload, read_file

blueprint = Blueprint("copies", __name__)

# What a browser may do with a file that strangers wrote: keep it, and nothing else.
SANDBOX = "default-src 'none'; sandbox"
ASK = "ask"


@blueprint.get("/sources/<source_id>/copies")
@needs(Action.PROJECT_VIEW)
def index(source_id: str) -> ResponseReturnValue:
    """The looks at the page of a source, and the ways to another one."""
    return _list(source_id, UploadForm(formdata=None))


@blueprint.post("/sources/<source_id>/copies")
@needs(Action.COPY_ADD)
def add(source_id: str) -> ResponseReturnValue:
    """Have the page looked at, or keep what somebody brings."""
    if request.form.get("do") == ASK:
        return _ask(source_id)
    form = UploadForm()
    if not form.validate():
        return _list(source_id, form), 422
    sent = form.file.data
    try:
        # Read before the write begins: it may take long.
        file = read_file(sent.read(), sent.filename or "")
    except Invalid as refusal:
        form.refuse(refusal, field="file")
        return _list(source_id, form), 422
    copy_id = keep_upload(db(), identity.actor(), source_id, file=file)
    flash(_("It is kept as a saved copy."), "good")
    return redirect(url_for("copies.show", copy_id=copy_id, check=_check()), 303)


def _check() -> str | None:
    """The check that somebody came from, and goes back to."""
    check = request.args.get("check", "")
    return check if is_public_id(check) else None


def _ask(source_id: str) -> ResponseReturnValue:
    try:
        ask_copy(db(), identity.actor(), source_id, why=CopyWhy.ASKED)
    except WrongState as refusal:
        form = UploadForm(formdata=None)
        form.refuse(refusal)
        return _list(source_id, form), 409
    flash(_("The page will be looked at in a moment."), "good")
    return redirect(url_for("copies.index", source_id=source_id, check=_check()), 303)


@blueprint.get("/copies/<copy_id>")
@needs(Action.PROJECT_VIEW)
def show(copy_id: str) -> ResponseReturnValue:
    """One look: its facts, what the page said with the quotes in it, and what changed."""
    page = copy_page(db(), identity.actor(), copy_id)
    return render_template(
        "copies/show.html",
        page=page,
        line=page.line,
        sheets=showing.sheets(page),
        pages=showing.pages_of(page),
        changes=showing.changes(page),
        is_cut=showing.is_cut(page),
        words_there=showing.words_there,
        reason=copy_error,
        check=_check(),
    )


@blueprint.get("/copies/<copy_id>/warc")
@needs(Action.PROJECT_VIEW)
def warc(copy_id: str) -> ResponseReturnValue:
    """What went over the wire, to be kept; no browser ever shows it as a page of ours."""
    response = Response(warc_of(db(), identity.actor(), copy_id), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{copy_id}.warc.gz"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _list(source_id: str, form: UploadForm) -> str:
    actor, project = identity.actor(), identity.project()
    # After a refusal too: in a session of its own, which reads only.
    with database().reading() as session:
        source = copied_source(session, actor, source_id)
        if source is None:
            raise Missing("source.missing")
        looks = looks_of(session, actor, source.id)
    return render_template(
        "copies/index.html",
        source=source,
        looks=looks,
        form=form,
        may_add=may(actor, Action.COPY_ADD, project.id) and not source.is_erased,
        reason=copy_error,
        check=_check(),
    )
