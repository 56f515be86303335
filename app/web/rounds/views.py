"""The list of rounds, and opening one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

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
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Stale
from app.domain.permissions import Action, may
from app.domain.records import ClaimRecord
from app.domain.words import RoundKind
from app.storage import claims, rounds
from app.storage.batches import batches_of
from app.storage.claim_lists import count_found
from app.storage.claim_queries import ClaimQuery, claim_query
from app.web import resume
from app.web.errors import status_of
from app.web.rounds.forms import RoundForm
from app.web.transactions import database, db
from app.workflow.rounds import Preview, open_round, preview

blueprint = Blueprint("rounds", __name__)

# Of so many claims at most the form says what a round would take before it is asked to.
COUNTED_AT_ONCE = 2_000


@blueprint.get("/projects/<slug>/rounds")
@needs(Action.PROJECT_VIEW)
def index(slug: str) -> ResponseReturnValue:
    """The rounds, newest first."""
    actor, project = identity.actor(), identity.project()
    return render_template(
        "rounds/index.html",
        slug=slug,
        lines=rounds.rounds_of(db(), actor, project.id),
        may_open=may(actor, Action.ROUND_OPEN, project.id),
        checks=may(actor, Action.REVIEW_TAKE, project.id),
    )


@blueprint.get("/projects/<slug>/rounds/new")
@needs(Action.ROUND_OPEN)
def new(slug: str) -> ResponseReturnValue:
    """The form, with what a round would take; the address may name a list of claims, or one."""
    asked = claim_query(db(), identity.actor(), identity.project(), request.args)
    data = {
        "kind": request.args.get("kind", ""),
        "claim": request.args.get("claim", ""),
        "query": urlencode({**asked.words}),
    }
    return _page(slug, RoundForm(formdata=None, data=data), most=COUNTED_AT_ONCE)


@blueprint.post("/projects/<slug>/rounds/new")
@needs(Action.ROUND_OPEN)
def create(slug: str) -> ResponseReturnValue:
    """Open the round, or only count again what it would take."""
    form = RoundForm()
    if request.form.get("do") == "count":
        return _page(slug, form)
    actor, project = identity.actor(), identity.project()
    try:
        choice = form.choice(_asked(form).wanted)
        taken = open_round(db(), actor, project.id, values=form.values(choice))
    except (Invalid, Stale) as refusal:
        db().rollback()
        form.refuse(refusal)
        return _page(slug, form), status_of(refusal)
    flash(
        ngettext(
            "The round is open: %(num)s claim is to check again.",
            "The round is open: %(num)s claims are to check again.",
            taken,
        ),
        "good",
    )
    if form.claim.data:
        return redirect(url_for("claims.show", claim_id=form.claim.data), 303)
    return redirect(url_for("rounds.index", slug=slug), 303)


def _asked(form: RoundForm) -> ClaimQuery:
    with database().reading() as session:
        return claim_query(session, identity.actor(), identity.project(), form.words)


def _page(slug: str, form: RoundForm, *, most: int | None = None) -> str:
    """The form with what the round would take as it is filled in now, of at most so many claims."""
    actor, project = identity.actor(), identity.project()
    with database().reading() as session:
        form.offer(batches_of(session, project.id))
        asked = claim_query(session, actor, project, form.words)
        is_counted = most is None or bool(form.claim.data) or _are_few(session, form, asked, most)
        return render_template(
            "rounds/new.html",
            slug=slug,
            form=form,
            asked=asked,
            claim=_one(session, form),
            taken=_preview(session, form, asked) if is_counted else None,
            is_counted=is_counted,
            is_asked=request.form.get("do") == "count" and not form.errors,
            project=project,
        )


def _one(session: Any, form: RoundForm) -> ClaimRecord | None:  # noqa: ANN401 - a session
    if not form.claim.data:
        return None
    return claims.claim(session, identity.actor(), form.claim.data)


def _are_few(session: Any, form: RoundForm, asked: ClaimQuery, most: int) -> bool:  # noqa: ANN401 - a session
    """Whether there are so few claims to choose from that each can be looked at while one waits."""
    try:
        wanted = form.choice(asked.wanted).wanted
    except Invalid:
        # What was typed is told where it is counted.
        return True
    actor, project = identity.actor(), identity.project()
    return count_found(session, actor, project.id, wanted=wanted, most=most + 1) <= most


def _preview(session: Any, form: RoundForm, asked: ClaimQuery) -> Preview | None:  # noqa: ANN401 - a session
    """What the round would take; None where what was typed is no number."""
    try:
        found = preview(
            session,
            identity.actor(),
            identity.project().id,
            kind=RoundKind(form.kind.data),
            choice=form.choice(asked.wanted),
            reviews_wanted=form.wanted(),
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return None
    return found


def _resumed(view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The page again with what was typed before the session ended."""
    return make_response(_page(view_args["slug"], RoundForm(formdata=fields)))


resume.register("rounds.create", _resumed)
