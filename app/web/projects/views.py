"""The first page, making a project, and what waits in one."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid
from app.domain.permissions import Action
from app.domain.words import ProjectState, SchemeKind
from app.storage import projects as questions
from app.storage.figures import checks_by_member
from app.storage.progress import days_of
from app.storage.scales import scheme_choices
from app.storage.waiting import nobody_left, waiting
from app.web.projects import people, settings
from app.web.projects.forms import NewProjectForm
from app.web.projects.progress import progress_of
from app.web.projects.steps import first_step, other_steps
from app.web.projects.tasks import MOST_ON_FIRST_PAGE, tasks
from app.web.transactions import db
from app.workflow import projects

blueprint = Blueprint("projects", __name__)
settings.add_to(blueprint)
people.add_to(blueprint)


@blueprint.get("/")
@needs("signed-in")
def home() -> ResponseReturnValue:
    """My projects, and what waits for me in each."""
    actor = identity.actor()
    found = questions.projects_of(db(), actor)
    active = [project for project in found if project.state is ProjectState.ACTIVE]
    held = waiting(db(), actor, active)
    lines = [
        (project, tasks(actor, project, held[project.id])[:MOST_ON_FIRST_PAGE], held[project.id])
        for project in active
    ]
    put_away = [project for project in found if project.state is not ProjectState.ACTIVE]
    return render_template("projects/home.html", lines=lines, put_away=put_away)


@blueprint.get("/projects/new")
@needs(Action.PROJECT_ADD)
def new() -> ResponseReturnValue:
    """The form for a project."""
    return render_template("projects/new.html", form=_form(formdata=None))


@blueprint.post("/projects/new")
@needs(Action.PROJECT_ADD)
def create() -> ResponseReturnValue:
    """Make a project."""
    form = _form()
    if not form.validate():
        return render_template("projects/new.html", form=form), 422
    values = form.values(taken=questions.slugs(db()))
    try:
        project = projects.add_project(db(), identity.actor(), values=values)
    except Invalid as refusal:
        form.refuse(refusal)
        return render_template("projects/new.html", form=form), 422
    flash(_("The project is made. Put its first article in."), "good")
    return redirect(url_for("projects.show", slug=project.slug), 303)


@blueprint.get("/projects/<slug>/")
@needs(Action.PROJECT_VIEW)
def show(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard found the project by it
    """What waits for me here, how far the work is, who is in it."""
    actor, project = identity.actor(), identity.project()
    held = waiting(db(), actor, [project])[project.id]
    held = replace(held, nobody_left=nobody_left(db(), actor, project.id))
    to_do = tasks(actor, project, held)
    return render_template(
        "projects/show.html",
        project=project,
        waiting=held,
        tasks=to_do,
        progress=progress_of(days_of(db(), actor, project)),
        first=first_step(actor, project, held),
        others=other_steps(actor, project),
        is_new=not held.claims(),
        members=questions.members(db(), project.id),
        checks=checks_by_member(db(), actor, project),
        guideline=questions.guideline(db(), project.id),
    )


def _form(**options: None) -> NewProjectForm:
    form = NewProjectForm(**options)
    form.offer(scheme_choices(db(), SchemeKind.CONTENT))
    return form
