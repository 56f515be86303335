"""The page on which a project sets the rules that its verdicts are held against."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid
from app.domain.evidence_words import GateLevel, GateProfile
from app.domain.gates import MOST
from app.domain.permissions import Action
from app.storage.gates import held_now, rules_of
from app.web import resume
from app.web.gates.forms import Row, rows_of, values
from app.web.transactions import database, db
from app.web.wording import sentence
from app.workflow.gates import change_rules, choose_profile

blueprint = Blueprint("gates", __name__, url_prefix="/projects/<slug>/gates")


@blueprint.get("")
@needs(Action.PROJECT_MANAGE)
def show(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard found the project by it
    """Whose rules they are, each of them, and how many verdicts would not meet them now."""
    return _page(rows_of(rules_of(db(), identity.project())))


@blueprint.post("")
@needs(Action.PROJECT_MANAGE)
def save(slug: str) -> ResponseReturnValue:
    """Choose whose rules they are, change some, or have them all as they were."""
    try:
        DOES.get(request.form.get("do", "rules"), _change)()
    except Invalid as refusal:
        # The lock on the desk is given back before a page is made that only reads.
        db().rollback()
        return _page(_typed(request.form, refusal), refusal), 422
    flash(_("The rules are saved. They hold for verdicts from now on."), "good")
    return redirect(url_for(".show", slug=slug), 303)


def _choose() -> None:
    try:
        profile = GateProfile(request.form.get("profile", ""))
    except ValueError:
        raise Invalid("form.choice") from None
    choose_profile(db(), identity.actor(), identity.project().id, profile=profile)


def _change() -> None:
    typed = values(_typed(request.form))
    change_rules(db(), identity.actor(), identity.project().id, values=typed)


def _reset() -> None:
    change_rules(db(), identity.actor(), identity.project().id, values={})


DOES: Mapping[str, Callable[[], None]] = {"profile": _choose, "rules": _change, "reset": _reset}


def _typed(fields: Mapping[str, str], refusal: Invalid | None = None) -> list[Row]:
    with database().reading() as session:
        rules = rules_of(session, identity.project())
    return rows_of(rules, typed=fields, refusal=refusal)


def _page(
    rows: Sequence[Row], refusal: Invalid | None = None, fields: Mapping[str, str] | None = None
) -> str:
    project, typed = identity.project(), request.form if fields is None else fields
    with database().reading() as session:
        held = held_now(session, project)
    return render_template(
        "gates/show.html",
        project=project,
        rows=rows,
        held=held,
        profiles=list(GateProfile),
        profile=typed.get("profile", project.gate_profile.value),
        levels=list(GateLevel),
        limit=MOST,
        said="" if refusal is None else sentence(refusal),
        problems=[row for row in rows if row.error],
        is_changed=any(row.rule.is_changed for row in rows),
    )


def _resumed(_view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The page again with what was typed before the session ended."""
    return make_response(_page(_typed(fields), fields=fields))


resume.register("gates.save", _resumed)
