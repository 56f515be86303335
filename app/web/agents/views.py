"""Who said it: the list, one of them, and saying that two are one."""

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
from app.domain.errors import Invalid, Stale, WrongState
from app.domain.permissions import Action, may
from app.storage import agents, claims
from app.storage.agents import AgentRecord
from app.web import paging, resume
from app.web.agents.forms import AgentForm, MergeForm, SearchForm
from app.web.transactions import database, db
from app.workflow.agent_changes import change_agent, merge_agents

blueprint = Blueprint("agents", __name__)


@blueprint.get("/projects/<slug>/agents")
@needs(Action.PROJECT_VIEW)
def index(slug: str) -> ResponseReturnValue:
    """Everybody whom claims are attributed to, by name."""
    actor, project = identity.actor(), identity.project()
    form = SearchForm(request.args)
    place = paging.after((str, int))
    after = None if place is None else (str(place[0] or ""), int(place[1] or 0))
    limit = paging.PAGE_ROWS
    found = agents.agents_from(db(), project.id, text=form.wanted, after=after, limit=limit + 1)
    shown = found[:limit]
    return render_template(
        "agents/index.html",
        slug=slug,
        form=form,
        words={"text": form.wanted} if form.wanted else {},
        lines=shown,
        more=paging.place_of(shown[-1].place) if len(found) > limit else None,
        is_first=place is None,
        may_edit=may(actor, Action.AGENT_EDIT, project.id),
    )


@blueprint.get("/agents/<agent_id>")
@needs(Action.AGENT_EDIT)
def show(agent_id: str) -> ResponseReturnValue:
    """What is known of somebody, to be changed; one that was merged leads to who they are."""
    record = _now(agent_id)
    if record.merged_into is not None:
        return redirect(url_for("agents.show", agent_id=record.merged_into), 303)
    return _page(record)


@blueprint.post("/agents/<agent_id>")
@needs(Action.AGENT_EDIT)
def save(agent_id: str) -> ResponseReturnValue:
    """Change what is known of somebody."""
    record, form = _now(agent_id), AgentForm()
    form.offer()
    if not form.validate():
        return _page(record, form=form), 422
    try:
        change_agent(db(), identity.actor(), agent_id, values=form.values())
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(record, form=form), 422
    except Stale:
        return _stale(form, _now(agent_id))
    flash(_("Saved. It holds wherever they are named."), "good")
    return redirect(url_for("agents.show", agent_id=agent_id), 303)


def _stale(form: AgentForm, record: AgentRecord) -> ResponseReturnValue:
    """What was typed stays; it is saved on top of what stands there now, knowingly."""
    again = AgentForm(formdata=None, data={**form.data, "token": record.token})
    again.offer()
    return _page(record, form=again, is_stale=True), 409


@blueprint.post("/agents/<agent_id>/merge")
@needs(Action.AGENT_EDIT)
def merge(agent_id: str) -> ResponseReturnValue:
    """Say that somebody is the same as another, whose name then stands for both."""
    form = MergeForm()
    try:
        into = _named(form.into.data or "")
        merge_agents(db(), identity.actor(), agent_id, into=into)
    except (Invalid, WrongState) as refusal:
        form.refuse(refusal, "into")
        return _page(_now(agent_id), merging=form), 422
    flash(_("The two are one now, under this name."), "good")
    return redirect(url_for("agents.show", agent_id=into), 303)


def _named(name: str) -> str:
    """The id of whoever has this name.

    Raises:
        Invalid: nobody has.
    """
    with database().reading() as session:
        found = agents.agent_id_of(session, identity.project().id, name)
    if found is None:
        raise Invalid("agent.unknown", field="into")
    return found


def _now(agent_id: str) -> AgentRecord:
    """What is known, read without holding up those who write."""
    with database().reading() as session:
        return agents.agent(session, identity.actor(), agent_id)


def _page(
    record: AgentRecord,
    *,
    form: AgentForm | None = None,
    merging: MergeForm | None = None,
    is_stale: bool = False,
) -> str:
    if form is None:
        form = AgentForm(formdata=None)
        form.offer()
        form.show(record)
    with database().reading() as session:
        names = claims.agent_names(session, record.project_id)
    return render_template(
        "agents/show.html",
        record=record,
        form=form,
        merging=merging or MergeForm(formdata=None),
        is_stale=is_stale,
        names=[name for name in names if name != record.name],
    )


def _resumed(view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The page again with what was typed before the session ended."""
    form = AgentForm(formdata=fields)
    form.offer()
    return make_response(_page(_now(view_args["agent_id"]), form=form))


resume.register("agents.save", _resumed)
