"""Where verdicts were published: the list, noting a piece, taking it back."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Stale, WrongState
from app.domain.ids import now
from app.domain.permissions import Action, may
from app.domain.records import ClaimRecord
from app.domain.words import ClaimState
from app.exporters import cms
from app.storage import claims, publications
from app.storage.rulings import rulings_of
from app.web import paging, resume
from app.web.publications import copies
from app.web.publications.forms import PublicationForm
from app.web.transactions import database, db
from app.workflow.publications import publish, unpublish

blueprint = Blueprint("publications", __name__)
copies.install(blueprint)

# How many other claims a piece can be offered with.
OFFERED = 50


@blueprint.get("/projects/<slug>/publications")
@needs(Action.PROJECT_VIEW)
def index(slug: str) -> ResponseReturnValue:
    """The pieces of a project, newest first."""
    actor, project = identity.actor(), identity.project()
    place = paging.after((str, int))
    after = None if place is None else (str(place[0] or ""), int(place[1] or 0))
    limit = paging.PAGE_ROWS
    found = publications.publications_from(
        db(), identity.actor(), project.id, after=after, limit=limit + 1
    )
    shown = found[:limit]
    return render_template(
        "publications/index.html",
        slug=slug,
        pieces=shown,
        more=paging.place_of(shown[-1].place) if len(found) > limit else None,
        is_first=place is None,
        may_publish=may(actor, Action.CLAIM_PUBLISH, project.id),
    )


@blueprint.get("/claims/<claim_id>/publish")
@needs(Action.CLAIM_PUBLISH)
def new(claim_id: str) -> ResponseReturnValue:
    """The form for where a claim was published."""
    claim = _settled(claim_id)
    form = PublicationForm(formdata=None)
    form.published_on.data = _today()
    pieces = publications.publications_of(db(), claim.id)
    if pieces:
        form.url.data, form.title.data = pieces[0].url, pieces[0].title
        form.published_on.data = pieces[0].published_on
    return _page(form, claim)


@blueprint.post("/claims/<claim_id>/publish")
@needs(Action.CLAIM_PUBLISH)
def add(claim_id: str) -> ResponseReturnValue:
    """Note where it was published."""
    claim, form = _settled(claim_id), PublicationForm()
    if not form.validate():
        return _page(form, claim), 422
    voice = copies.voice()
    try:
        publish(
            db(),
            identity.actor(),
            claim_id,
            values=form.values(),
            write=lambda finding: cms.html(finding, voice),
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(form, claim), 422
    except Stale:
        return _page(form, claim, is_stale=True), 409
    flash(_("It is noted where this was published."), "good")
    return redirect(url_for("claims.show", claim_id=claim_id), 303)


@blueprint.post("/publications/<publication_id>/retire")
@needs(Action.CLAIM_PUBLISH)
def retire(publication_id: str) -> ResponseReturnValue:
    """Take back that a piece was published."""
    unpublish(db(), identity.actor(), publication_id)
    flash(_("The piece is off the list; its claims count as not published there."), "good")
    return redirect(url_for("publications.index", slug=identity.project().slug), 303)


def _settled(claim_id: str) -> ClaimRecord:
    """The claim, read without holding up those who write."""
    with database().reading() as session:
        claim = claims.claim(session, identity.actor(), claim_id)
    if claim.state is not ClaimState.SETTLED:
        raise WrongState("claim.unsettled")
    return claim


def _today() -> str:
    return now().astimezone(ZoneInfo(identity.project().timezone)).date().isoformat()


def _page(form: PublicationForm, claim: ClaimRecord, *, is_stale: bool = False) -> str:
    """The form below the verdict that holds now; the next press notes the one that is shown."""
    with database().reading() as session:
        form.offer(publications.publishable_beside(session, claim, limit=OFFERED))
        ruling = rulings_of(session, claim.id)[0]
    if is_stale or form.version.data is None:
        form.version.data, form.version.raw_data = ruling.version, None
    return render_template(
        "publications/new.html", form=form, claim=claim, ruling=ruling, is_stale=is_stale
    )


def _resumed(view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The page again with what was typed before the session ended."""
    return make_response(_page(PublicationForm(formdata=fields), _settled(view_args["claim_id"])))


resume.register("publications.add", _resumed)
