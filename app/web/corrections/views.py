"""The page on which a verdict is corrected."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Stale
from app.domain.permissions import Action
from app.storage.corrections import Correctable, correctable
from app.storage.flags import flags_of_claim
from app.storage.gates import lines_if_needed
from app.web import resume
from app.web.corrections.forms import CorrectionForm
from app.web.gate_words import Page, told
from app.web.transactions import database, db
from app.workflow.corrections import correct_ruling
from app.workflow.rulings import MAX_SHORT_TEXT

blueprint = Blueprint("corrections", __name__)


@blueprint.get("/claims/<claim_id>/correction")
@needs(Action.CLAIM_CORRECT)
def show(claim_id: str) -> ResponseReturnValue:
    """The verdict that holds, to be changed."""
    held = correctable(db(), identity.actor(), claim_id)
    form = CorrectionForm(formdata=None)
    form.offer(held)
    form.show(held)
    return _page(form, held)


@blueprint.post("/claims/<claim_id>/correction")
@needs(Action.CLAIM_CORRECT)
def correct(claim_id: str) -> ResponseReturnValue:
    """Let another version hold."""
    form, held = CorrectionForm(), _now(claim_id)
    form.offer(held)
    if not form.validate():
        return _page(form, held), 422
    try:
        version = correct_ruling(db(), identity.actor(), claim_id, values=form.values())
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(form, held), 422
    except Stale:
        data = {**form.data, "base_version": held.ruling.version}
        again = CorrectionForm(formdata=None, data=data)
        again.offer(held)
        return _page(again, held, is_stale=True), 409
    flash(_("The verdict is corrected: version %(number)s holds now.", number=version), "good")
    return redirect(url_for("claims.show", claim_id=claim_id), 303)


def _now(claim_id: str) -> Correctable:
    """The verdict as it stands, read without holding up those who write."""
    with database().reading() as session:
        return correctable(session, identity.actor(), claim_id)


def _page(form: CorrectionForm, held: Correctable, *, is_stale: bool = False) -> str:
    with database().reading() as session:
        flags = flags_of_claim(session, identity.actor(), held.claim.id)
        lines = lines_if_needed(
            session, identity.project(), held.claim.id, asks_said=held.attribution is not None
        )
    return render_template(
        "corrections/show.html",
        form=form,
        held=held,
        is_stale=is_stale,
        limit=MAX_SHORT_TEXT,
        flags=flags,
        rules=told(lines, held.claim.public_id, Page.ELSEWHERE),
        asks_reason=bool(form.gate_reason.data) or any(line.stops for line in lines),
    )


def _resumed(view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The page again with what was typed before the session ended."""
    held = _now(view_args["claim_id"])
    form = CorrectionForm(formdata=fields)
    form.offer(held)
    return make_response(_page(form, held))


resume.register("corrections.correct", _resumed)
