"""The guidelines in their present version and earlier ones, what changed, and writing them."""

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
from app.domain.differences import difference
from app.domain.errors import Stale
from app.domain.permissions import Action, may
from app.storage import guidelines as questions
from app.storage.guidelines import GuidelineRecord
from app.storage.scales import scheme
from app.storage.seen import seen_claims
from app.web import paging, resume
from app.web.guidelines.entries import entries
from app.web.guidelines.forms import GuidelinesForm, asked_for
from app.web.markdown import written
from app.web.transactions import database, db
from app.web.wording import sentence
from app.workflow.guidelines import write_guidelines

blueprint = Blueprint("guidelines", __name__, url_prefix="/projects/<slug>/guidelines")


@blueprint.get("")
@needs(Action.PROJECT_VIEW)
def show(slug: str) -> ResponseReturnValue:
    """A version, the present one unless another is asked for; or what changed since another."""
    actor, project = identity.actor(), identity.project()
    shown = questions.guideline_of(db(), project.id, asked_for("version"))
    against = asked_for("against")
    earlier = None if against is None else questions.guideline_of(db(), project.id, against)
    versions = questions.guideline_versions(
        db(), project.id, before=_before(), limit=paging.PAGE_ROWS + 1
    )
    latest = questions.guideline_of(db(), project.id)
    numbers = [row.version for row in versions]
    text = "" if shown is None else shown.text
    return render_template(
        "guidelines/show.html",
        slug=slug,
        shown=shown,
        latest=latest,
        earlier=earlier,
        runs=difference(earlier.text, text) if earlier else [],
        html=written(text),
        scales=_scales(text),
        versions=versions[: paging.PAGE_ROWS],
        more=paging.place_of([numbers[-2]]) if len(versions) > paging.PAGE_ROWS else None,
        checks=questions.checks_under(db(), actor, project.id, numbers),
        may_write=may(actor, Action.PROJECT_MANAGE, project.id),
        may_look=may(actor, Action.REVIEW_SEE_ALL, project.id),
    )


def _before() -> int | None:
    """The number that the list goes on from."""
    place = paging.after((int,))
    return None if place is None else int(place[0] or 0)


def _scales(text: str) -> list[tuple[Any, Any]]:
    project = identity.project()
    keys = (project.content_scheme_id, project.attribution_scheme_id)
    found = [scheme(db(), key, project_id=project.id) for key in keys]
    return [(scale, entries(scale, text)) for scale in found]


@blueprint.get("/checks")
@needs(Action.REVIEW_SEE_ALL)
def checks(slug: str) -> ResponseReturnValue:
    """The claims that were checked under a version, as far as the reader may know of them."""
    actor, project = identity.actor(), identity.project()
    shown = questions.guideline_of(db(), project.id, asked_for("version"))
    if shown is None:
        return redirect(url_for("guidelines.show", slug=slug), 303)
    found = questions.claims_under(
        db(), actor, project.id, shown.version, before=_before(), limit=paging.PAGE_ROWS + 1
    )
    more = paging.place_of([found[-2].id]) if len(found) > paging.PAGE_ROWS else None
    return render_template(
        "guidelines/checks.html",
        slug=slug,
        shown=shown,
        lines=seen_claims(db(), actor, found[: paging.PAGE_ROWS]),
        more=more,
    )


@blueprint.get("/edit")
@needs(Action.PROJECT_MANAGE)
def edit(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard found the project by it
    """The form, with the present version in it."""
    present = _present()
    data = {"text": present.text, "base_version": present.version} if present else {}
    return _page(GuidelinesForm(formdata=None, data={"base_version": 0, **data}))


@blueprint.post("")
@needs(Action.PROJECT_MANAGE)
def save(slug: str) -> ResponseReturnValue:
    """Keep a new version, or show how what was typed would look."""
    form = GuidelinesForm()
    if not form.validate():
        return _page(form), 422
    if request.form.get("do") == "preview":
        return _page(form, preview=written(form.text.data or "", first=3))
    project = identity.project()
    try:
        version = write_guidelines(
            db(), identity.actor(), project.id, text=form.text.data or "", base=form.base
        )
    except Stale as refusal:
        db().rollback()
        return _stale(form, refusal)
    flash(_("The guidelines are saved as version %(number)s.", number=version), "good")
    return redirect(url_for("guidelines.show", slug=slug), 303)


def _stale(form: GuidelinesForm, refusal: Stale) -> ResponseReturnValue:
    """Both texts; what was typed can be saved on top of the newer one, knowingly."""
    present = _present()
    typed = form.text.data or ""
    data = {"text": typed, "base_version": present.version if present else 0}
    runs = difference(present.text if present else "", typed)
    again = GuidelinesForm(formdata=None, data=data)
    return _page(again, present=present, runs=runs, notice=sentence(refusal)), 409


def _present() -> GuidelineRecord | None:
    with database().reading() as session:
        return questions.guideline_of(session, identity.project().id)


def _page(form: GuidelinesForm, **shown: Any) -> str:  # noqa: ANN401 - what the template takes
    usual: dict[str, Any] = {"preview": None, "present": None, "runs": [], "notice": ""}
    return render_template(
        "guidelines/edit.html", form=form, slug=identity.project().slug, **{**usual, **shown}
    )


def _resumed(_view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The form again with what was typed before the session ended."""
    return make_response(_page(GuidelinesForm(formdata=fields)))


resume.register("guidelines.save", _resumed)
