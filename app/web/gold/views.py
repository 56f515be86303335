"""Known answers, for those who set them; and what is learnt from one, for whoever just answered."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask import request as sent
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, WrongState
from app.domain.gold import score
from app.domain.permissions import Action
from app.domain.records import ClaimRecord
from app.domain.words import GoldUse
from app.storage import claims, gold, scales
from app.web import resume
from app.web.errors import status_of
from app.web.gold.forms import GoldForm, MixForm
from app.web.transactions import database, db
from app.workflow.gold import mix_in, retire_gold, set_gold

blueprint = Blueprint("gold", __name__)


@blueprint.get("/projects/<slug>/known-answers")
@needs(Action.GOLD_SET)
def index(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the wall found the project by it
    """The claims whose answers are known, how often they were met, and by whom."""
    form = MixForm(formdata=None)
    form.every.data = gold.mixed_in(db(), identity.actor(), identity.project().id)
    return _list(form)


@blueprint.post("/projects/<slug>/known-answers")
@needs(Action.GOLD_SET)
def mix(slug: str) -> ResponseReturnValue:
    """Say how often a known answer is mixed in."""
    form = MixForm()
    if not form.validate() or form.every.data is None:
        form.every.errors = [_("Write a whole number.")]
        return _list(form), 422
    try:
        mix_in(db(), identity.actor(), identity.project().id, every=form.every.data)
    except Invalid as refusal:
        form.refuse(refusal)
        return _list(form), status_of(refusal)
    flash(_("Saved."), "good")
    return redirect(url_for("gold.index", slug=slug), 303)


def _list(form: MixForm) -> str:
    actor, project = identity.actor(), identity.project()
    known = gold.known_answers(db(), actor, project.id)
    found = gold.comparisons(db(), actor, project.id)
    return render_template(
        "gold/index.html",
        form=form,
        lines=[(one, score(c for c in found if c.claim_key == one.claim_key)) for one in known],
        people=gold.people_answers(db(), actor, project.id, found),
        claim_ids={one.claim_key: one.claim_id for one in known},
        uses=list(GoldUse),
    )


@blueprint.get("/claims/<claim_id>/known-answer")
@needs(Action.GOLD_SET)
def show(claim_id: str) -> ResponseReturnValue:
    """The known answer of a claim, to be set or changed, and who answered what."""
    claim = claims.claim(db(), identity.actor(), claim_id)
    form = _form(claim, GoldForm(formdata=None))
    form.show(gold.known_answer(db(), identity.actor(), claim.project_id, claim.id))
    return _page(claim, form)


@blueprint.post("/claims/<claim_id>/known-answer")
@needs(Action.GOLD_SET)
def save(claim_id: str) -> ResponseReturnValue:
    """Set the known answer, or make the claim an ordinary one again."""
    if sent.form.get("do") == "retire":
        retire_gold(db(), identity.actor(), claim_id)
        flash(_("The claim is an ordinary one again."), "good")
        return redirect(url_for("claims.show", claim_id=claim_id), 303)
    with database().reading() as session:
        claim = claims.claim(session, identity.actor(), claim_id)
    form = _form(claim, GoldForm())
    if not form.validate():
        return _page(claim, form), 422
    try:
        set_gold(db(), identity.actor(), claim_id, values=form.values())
    except (Invalid, WrongState) as refusal:
        db().rollback()
        form.refuse(refusal)
        return _page(claim, form), status_of(refusal)
    flash(_("The answer is known now. Nobody who checks is told."), "good")
    return redirect(url_for("gold.index", slug=identity.project().slug), 303)


def _form(claim: ClaimRecord, form: GoldForm) -> GoldForm:
    project = identity.project()
    with database().reading() as session:
        content, attribution = (
            scales.scheme(session, key)
            for key in (project.content_scheme_id, project.attribution_scheme_id)
        )
    form.offer(content, attribution if claim.hops else None)
    return form


def _page(claim: ClaimRecord, form: GoldForm) -> str:
    actor = identity.actor()
    with database().reading() as session:
        held = gold.known_answer(session, actor, claim.project_id, claim.id)
        found = [] if held is None else gold.comparisons(session, actor, claim.project_id)
        given = [one for one in found if one.claim_key == claim.id]
        people = gold.people_answers(session, actor, claim.project_id, given)
    return render_template("gold/show.html", claim=claim, form=form, held=held, people=people)


def _resumed(view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The page again with what was typed before the session ended."""
    with database().reading() as session:
        claim = claims.claim(session, identity.actor(), view_args["claim_id"])
    return make_response(_page(claim, _form(claim, GoldForm(formdata=fields))))


resume.register("gold.save", _resumed)


@blueprint.get("/reviews/<review_id>/explained")
@needs(Action.REVIEW_TAKE)
def explained(review_id: str) -> ResponseReturnValue:
    """What the answer was to a claim to learn from that I have just checked, and why."""
    project = identity.project()
    compared, known = gold.explained(db(), identity.actor(), project.id, review_id)
    return render_template("gold/explained.html", compared=compared, known=known)
