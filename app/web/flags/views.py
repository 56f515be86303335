"""Verdicts whose sources changed: the list, and saying what came of looking again."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, WrongState
from app.domain.permissions import Action
from app.storage.flags import flag, standing_flags
from app.web import paging, resume
from app.web.flags.forms import ClearForm
from app.web.transactions import database, db
from app.workflow.flags import clear_flag

blueprint = Blueprint("flags", __name__)


@blueprint.get("/projects/<slug>/flags")
@needs(Action.FLAG_CLEAR)
def index(slug: str) -> ResponseReturnValue:
    """The marks of a project that stand, the worst first."""
    place = paging.after((int, int))
    after = None if place is None else (int(place[0] or 0), int(place[1] or 0))
    actor, project, limit = identity.actor(), identity.project(), paging.PAGE_ROWS
    found = standing_flags(db(), actor, project.id, after=after, limit=limit + 1)
    shown = found[:limit]
    return render_template(
        "flags/index.html",
        slug=slug,
        lines=shown,
        more=paging.place_of(shown[-1].place) if len(found) > limit else None,
        is_first=place is None,
    )


@blueprint.get("/flags/<flag_id>")
@needs(Action.FLAG_CLEAR)
def show(flag_id: str) -> ResponseReturnValue:
    """One mark, to say what came of looking at its claim again."""
    return _page(flag_id, ClearForm(formdata=None))


@blueprint.post("/flags/<flag_id>")
@needs(Action.FLAG_CLEAR)
def clear(flag_id: str) -> ResponseReturnValue:
    """Say what came of looking at the claim again; the mark stands no more."""
    form = ClearForm()
    try:
        claim_id = clear_flag(db(), identity.actor(), flag_id, note=form.note.data or "")
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(flag_id, form), 422
    except WrongState as refusal:
        form.refuse(refusal, "note")
        return _page(flag_id, form), 409
    flash(_("Written down. The mark stands no more."), "good")
    return redirect(url_for("claims.show", claim_id=claim_id), 303)


def _page(flag_id: str, form: ClearForm) -> str:
    """A mark, read without holding up those who write."""
    with database().reading() as session:
        line = flag(session, identity.actor(), flag_id)
    return render_template("flags/show.html", line=line, form=form)


def _resumed(view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The page again with what was typed before the session ended."""
    return make_response(_page(view_args["flag_id"], ClearForm(formdata=fields)))


resume.register("flags.clear", _resumed)
