"""The sources of a project, and which verdicts rest on each."""

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
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Stale
from app.domain.evidence_words import SourceStanding
from app.domain.permissions import Action, may
from app.storage.copies import looks_of, places_of
from app.storage.flags import flags_of_source
from app.storage.page_leave import is_looked_at
from app.storage.source_lists import sources_from
from app.storage.source_uses import COUNTED_OF_ONE, Resting, resting, uses_of
from app.storage.source_words import (
    ShownSource,
    earlier_words,
    findings_of,
    likely_mates,
    mates,
    shown_source,
)
from app.web import paging, resume
from app.web.sources.forms import DescriptionForm, FindForm, FindingForm, OriginForm
from app.web.transactions import database, db
from app.workflow.source_changes import edit_source, find_source, set_origin

blueprint = Blueprint("sources", __name__)

# Of the looks at a page, how many its source shows; the page of its copies has all.
LOOKS = 5
# What an address may ask of the list.
ASKED = ("text", "standing", "type", "origin", "unsaved")


@blueprint.get("/projects/<slug>/sources")
@needs(Action.PROJECT_VIEW)
def index(slug: str) -> ResponseReturnValue:
    """The sources of a project that the reader may know of, cut down as the address asks."""
    return _list(slug, OriginForm(formdata=None))


@blueprint.post("/projects/<slug>/sources/origin")
@needs(Action.SOURCE_EDIT)
def name_origin(slug: str) -> ResponseReturnValue:
    """Say that the ticked sources are copies of one."""
    form, actor, project = OriginForm(), identity.actor(), identity.project()
    try:
        number = set_origin(
            db(), actor, project.id, set(form.sources.data or ()), origin=form.origin.data or ""
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return _list(slug, form), 422
    said = ngettext(
        "%(num)s source counts as a copy now.",
        "%(num)s sources count as copies of one now.",
        number,
    )
    flash(said, "good")
    return redirect(url_for("sources.index", slug=slug, origin=form.origin.data), 303)


@blueprint.get("/sources/<source_id>")
@needs(Action.PROJECT_VIEW)
def show(source_id: str) -> ResponseReturnValue:
    """One source: what it is, what was found about it, and which verdicts rest on it."""
    return _page(source_id)


@blueprint.post("/sources/<source_id>")
@needs(Action.SOURCE_EDIT)
def save(source_id: str) -> ResponseReturnValue:
    """Describe a source otherwise."""
    form = DescriptionForm()
    form.offer()
    if not form.validate():
        return _page(source_id, form=form), 422
    try:
        edit_source(db(), identity.actor(), source_id, values=form.values())
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(source_id, form=form), 422
    except Stale as stale:
        data = {**form.data, "base_version": str(stale.values["version"])}
        again = DescriptionForm(formdata=None, data=data)
        again.offer()
        return _page(source_id, form=again, is_stale=True), 409
    flash(_("Saved. How it was described before is kept."), "good")
    return redirect(url_for("sources.show", source_id=source_id), 303)


@blueprint.post("/sources/<source_id>/findings")
@needs(Action.SOURCE_EDIT)
def find(source_id: str) -> ResponseReturnValue:
    """Write down what was found about a source; the verdicts that rest on it are marked."""
    form = FindingForm()
    form.offer()
    if not form.validate():
        return _page(source_id, finding=form), 422
    standing = SourceStanding(form.standing.data)
    try:
        reason = form.reason.data or ""
        find_source(db(), identity.actor(), source_id, standing=standing, reason=reason)
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(source_id, finding=form), 422
    # No number: who could still check one of them shall not know that there are any.
    if standing is SourceStanding.SOUND:
        flash(_("Written down. Marks on verdicts stand until somebody has looked at them."), "good")
    else:
        flash(_("Written down. Every verdict that rests on it is marked."), "good")
    return redirect(url_for("sources.show", source_id=source_id), 303)


def _list(slug: str, origin: OriginForm) -> str:
    """The list; after a refusal with what was ticked and typed."""
    actor, project = identity.actor(), identity.project()
    form = FindForm(request.args)
    form.offer()
    place = paging.after((int,))
    after = None if place is None else int(place[0] or 0)
    limit = paging.PAGE_ROWS
    with database().reading() as session:
        page = sources_from(
            session, actor, project.id, wanted=form.wanted(), after=after, limit=limit + 1
        )
    shown, goes_on = page.lines[:limit], len(page.lines) > limit
    behind = shown[-1].place if goes_on else page.end
    return render_template(
        "sources/index.html",
        slug=slug,
        form=form,
        origin=origin,
        words={name: request.args[name] for name in ASKED if request.args.get(name)},
        lines=shown,
        more=None if behind is None else paging.place_of([behind]),
        stopped=behind is not None and not goes_on,
        is_first=place is None,
        own_words=page.own_words,
        may_edit=page.own_words and may(actor, Action.SOURCE_EDIT, project.id),
    )


def _page(
    source_id: str,
    *,
    form: DescriptionForm | None = None,
    finding: FindingForm | None = None,
    is_stale: bool = False,
) -> str:
    """One source, read without holding up those who write; with what was typed, if anything."""
    with database().reading() as session:
        shown = shown_source(session, identity.actor(), source_id)
        known = {
            "findings": findings_of(session, shown),
            "earlier": earlier_words(session, shown),
            "mates": mates(session, identity.actor(), shown),
            "likely": likely_mates(session, identity.actor(), shown),
            **_resting(session, shown),
            "looks": looks_of(session, identity.actor(), shown.id)[:LOOKS],
            "is_looked_at": is_looked_at(session, identity.actor(), shown.id),
        }
    project = identity.project()
    return render_template(
        "sources/show.html",
        source=shown,
        form=form or _description(shown),
        finding=finding or _finding(),
        is_typed=form is not None,
        is_stale=is_stale,
        may_edit=may(identity.actor(), Action.SOURCE_EDIT, project.id),
        may_clear=may(identity.actor(), Action.FLAG_CLEAR, project.id),
        may_add=may(identity.actor(), Action.COPY_ADD, project.id),
        **known,
    )


def _resting(session: Any, shown: ShownSource) -> dict[str, Any]:  # noqa: ANN401 - whichever session is open
    """What rests on a source, a part at a time."""
    actor, limit = identity.actor(), paging.PAGE_ROWS
    place = paging.after((int, int))
    after = None if place is None else (int(place[0] or 0), int(place[1] or 0))
    found = uses_of(session, actor, shown.public_id, after=after, limit=limit + 1)
    lines = found[:limit]
    keys = {line.claim.claim.id for line in lines}
    return {
        "lines": lines,
        "more": paging.place_of(lines[-1].place) if len(found) > limit else None,
        "is_first": place is None,
        "rests": resting(session, actor, [shown.id], counted=COUNTED_OF_ONE).get(
            shown.id, Resting()
        ),
        "places": places_of(session, actor, {line.use.id or 0 for line in lines}),
        "flags": flags_of_source(session, actor, shown.id, claim_ids=keys),
    }


def _description(shown: ShownSource) -> DescriptionForm:
    form = DescriptionForm(formdata=None)
    form.offer()
    form.show(shown)
    return form


def _finding() -> FindingForm:
    form = FindingForm(formdata=None)
    form.offer()
    return form


def _resumed_description(view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The page again with what was typed before the session ended."""
    form = DescriptionForm(formdata=fields)
    form.offer()
    return make_response(_page(view_args["source_id"], form=form))


def _resumed_finding(view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The page again with the finding that was typed before the session ended."""
    form = FindingForm(formdata=fields)
    form.offer()
    return make_response(_page(view_args["source_id"], finding=form))


def _resumed_origin(view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The list again with what was ticked before the session ended."""
    return make_response(_list(view_args["slug"], OriginForm(formdata=fields)))


resume.register("sources.save", _resumed_description)
resume.register("sources.find", _resumed_finding)
resume.register("sources.name_origin", _resumed_origin)
