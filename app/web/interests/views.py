"""The page of interests: one's own, for an editor everybody's; declaring one, and retiring one."""

from collections.abc import Mapping
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
from app.domain.ids import is_public_id
from app.domain.permissions import Action, may
from app.storage import interests as questions
from app.storage.claims import agent_names
from app.storage.projects import colleagues
from app.storage.tags import known_tags
from app.web import resume
from app.web.interests.forms import InterestForm
from app.web.transactions import database, db
from app.workflow.interests import declare as declare_interest
from app.workflow.interests import retire as retire_interest

blueprint = Blueprint("interests", __name__)


@blueprint.get("/projects/<slug>/interests")
@needs(Action.INTEREST_DECLARE)
def index(slug: str) -> ResponseReturnValue:
    """What is declared, as far as it is the actor's to know, and the form for one more."""
    return _page(InterestForm(formdata=None), slug)


@blueprint.post("/projects/<slug>/interests")
@needs(Action.INTEREST_DECLARE)
def declare(slug: str) -> ResponseReturnValue:
    """Declare one; what the person has in hand of such claims goes back."""
    form = InterestForm()
    _offer(form)
    if not form.validate():
        return _page(form, slug), 422
    try:
        declare_interest(db(), identity.actor(), identity.project().id, values=form.values())
    except Invalid as refusal:
        db().rollback()
        form.refuse(refusal)
        return _page(form, slug), 422
    flash(_("Declared. Claims like that are given to others to check and to settle."), "good")
    return redirect(url_for("interests.index", slug=slug), 303)


@blueprint.post("/projects/<slug>/interests/retire")
@needs(Action.PROJECT_MANAGE)
def retire(slug: str) -> ResponseReturnValue:
    """Say that one is none any more."""
    named = request.form.get("interest", "")
    if not is_public_id(named):
        form = InterestForm(formdata=None)
        form.refuse(Invalid("interest.missing"))
        return _page(form, slug), 422
    retire_interest(db(), identity.actor(), identity.project().id, named)
    flash(
        _(
            "The interest holds no longer for claims to come. What it covers now stays closed to them."
        ),
        "good",
    )
    return redirect(url_for("interests.index", slug=slug), 303)


def _offer(form: InterestForm) -> None:
    """An editor can declare for others."""
    actor, project = identity.actor(), identity.project()
    if may(actor, Action.PROJECT_MANAGE, project.id):
        with database().reading() as session:
            form.offer(colleagues(session, actor, project.id))


def _page(form: InterestForm, slug: str) -> str:
    actor, project = identity.actor(), identity.project()
    _offer(form)
    with database().reading() as session:
        lines = questions.interests(session, actor, project.id)
        names = agent_names(session, project.id)
        tags = known_tags(session, project.id)
    return render_template(
        "interests/index.html",
        form=form,
        slug=slug,
        held=[line for line in lines if line.retired_at is None],
        past=[line for line in lines if line.retired_at is not None],
        names=names,
        tags=tags,
        leads=may(actor, Action.PROJECT_MANAGE, project.id),
    )


def _resumed(view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The page again with what was typed before the session ended."""
    form = InterestForm(formdata=fields)
    return make_response(_page(form, view_args["slug"]))


resume.register("interests.declare", _resumed)
