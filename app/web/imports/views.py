"""Taking claims in from a CSV file: all of them, or none and what is wrong with which line."""

from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import WrongState
from app.domain.permissions import Action
from app.importers import claims_csv
from app.importers.problems import SENTENCES, Problems, RowError
from app.storage.batches import BatchRecord, batches_of
from app.web.imports.forms import ImportForm
from app.web.transactions import database
from app.workflow.imports import ImportSummary, import_claims

blueprint = Blueprint("imports", __name__, url_prefix="/projects/<slug>/imports")


@blueprint.get("")
@needs(Action.CLAIM_IMPORT)
def new(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard found the project by it
    """The form for a file."""
    return _page(ImportForm(formdata=None))


@blueprint.post("")
@needs(Action.CLAIM_IMPORT)
def take(slug: str) -> ResponseReturnValue:
    """Take the claims of a file in.

    The verb commits batches of its own, so the request's session is never opened here.
    """
    form = ImportForm()
    if not form.validate():
        return _page(form), 422
    data, project = form.file.data.read(), identity.project()
    zone = ZoneInfo(project.timezone)
    problems = claims_csv.check(data, zone=zone)
    if problems:
        return _page(form, problems), 422
    rows = claims_csv.rows(data, zone=zone)
    try:
        summary = import_claims(
            database(), identity.actor(), project.id, rows=rows, batch=form.batch.data or None
        )
    except WrongState as refusal:
        form.refuse(refusal, field="file")
        return _page(form), 409
    _tell(summary, problems)
    return redirect(url_for("imports.new", slug=slug), 303)


def _page(form: ImportForm, problems: Problems | None = None) -> str:
    lines = [] if problems is None else [(error, _said(error)) for error in problems.errors]
    return render_template(
        "imports/new.html",
        form=form,
        project=identity.project(),
        lines=lines,
        count=0 if problems is None else problems.count,
        ignored=() if problems is None else problems.ignored_columns,
        columns=sorted(claims_csv.TAKEN - {"claim"}),
        batches=_batches(),
    )


def _batches() -> list[BatchRecord]:
    with database().reading() as session:
        return batches_of(session, identity.project().id)


def _said(error: RowError) -> str:
    return str(_(SENTENCES[error.code])) % error.named


def _untied(summary: ImportSummary) -> str:
    more = ", …" if summary.untied > len(summary.lines) else ""
    return str(
        ngettext(
            "%(num)s quote stands in no text that is here: no place was kept (line %(lines)s).",
            "%(num)s quotes stand in no text that is here: no place was kept (lines %(lines)s).",
            summary.untied,
            lines=", ".join(map(str, summary.lines)) + more,
        )
    )


def _tell(summary: ImportSummary, problems: Problems) -> None:
    added = ngettext("%(num)s claim came in.", "%(num)s claims came in.", summary.added)
    known = ngettext(
        "%(num)s was here already and stays as it is.",
        "%(num)s were here already and stay as they are.",
        summary.known,
    )
    flash(f"{added} {known}" if summary.known else added, "good")
    if summary.makes_batch:
        flash(_("The batch was made."), "good")
    if summary.untied:
        flash(_untied(summary), "warn")
    if problems.ignored_columns:
        names = ", ".join(problems.ignored_columns)
        flash(_("These columns are not taken in: %(names)s.", names=names), "warn")
