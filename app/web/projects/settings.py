"""How a project works, and who is in it."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Missing
from app.domain.permissions import Action, may
from app.domain.records import PersonRecord, SchemeRecord
from app.domain.words import Role
from app.storage import people as people_questions
from app.storage import projects as questions
from app.storage.checkers import even_share
from app.storage.scales import scheme
from app.web import extractors
from app.web.projects.forms import MemberForm, RolesForm, SettingsForm
from app.web.transactions import db
from app.workflow import people, projects

# Those with a continent and a city; the others are older names of the same.
ZONES = frozenset(name for name in available_timezones() if "/" in name and name[:4] != "Etc/")


def add_to(blueprint: Blueprint) -> None:
    """Open these pages under the projects' blueprint."""
    at = "/projects/<slug>"
    blueprint.get(f"{at}/settings")(settings)
    blueprint.post(f"{at}/settings")(save)
    blueprint.post(f"{at}/members")(add_member)
    blueprint.post(f"{at}/members/<person_id>")(set_roles)


@needs(Action.PROJECT_MANAGE)
def settings(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard found the project by it
    """The page with all of them."""
    return _page()


@needs(Action.PROJECT_MANAGE)
def save(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - as above
    """Change how the project works."""
    form = SettingsForm()
    form.offer(*_scales(), extractors.offered())
    if not form.validate():
        return _page(form=form), 422
    try:
        projects.change_project(db(), identity.actor(), identity.project().id, values=form.values())
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(form=form), 422
    return _done(_("The settings are saved."))


@needs(Action.PERSON_MANAGE)
def add_member(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - as above
    """Take somebody of the desk into the project."""
    form = MemberForm()
    if not form.validate():
        return _page(member=form), 422
    person = people_questions.by_email(db(), form.email.data or "")
    if person is None:
        form.email.errors = [_("Nobody on this desk signs in with this address.")]
        return _page(member=form), 422
    _change_roles(person, held=(), wanted=form.wanted())
    return _done(_("%(name)s is in the project.", name=person.name))


@needs(Action.PERSON_MANAGE)
def set_roles(slug: str, person_id: str) -> ResponseReturnValue:  # noqa: ARG001 - as above
    """Make a member what is ticked, and nothing else; without a tick they leave."""
    form = RolesForm()
    if not form.validate():
        return _page(), 422
    person = _member(person_id)
    wanted = frozenset() if request.form.get("do") == "end" else form.wanted()
    _change_roles(person, held=person.roles, wanted=wanted)
    if not wanted:
        return _done(_("%(name)s is no longer in the project.", name=person.name))
    return _done(_("The roles of %(name)s are saved.", name=person.name))


def _member(person_id: str) -> PersonRecord:
    """A member as they are now.

    Raises:
        Missing: nobody of this project has the id.
    """
    for member in questions.members(db(), identity.project().id):
        if member.public_id == person_id:
            return member
    raise Missing("person.missing")


def _change_roles(person: PersonRecord, *, held: Iterable[Role], wanted: Iterable[Role]) -> None:
    actor, project_id = identity.actor(), identity.project().id
    for role in sorted(set(wanted) - set(held)):
        people.add_role(db(), actor, person.public_id, project_id=project_id, role=role)
    for role in sorted(set(held) - set(wanted)):
        people.end_role(db(), actor, person.public_id, project_id=project_id, role=role)


def _scales() -> tuple[SchemeRecord, SchemeRecord]:
    project = identity.project()
    return (
        scheme(db(), project.content_scheme_id, project_id=project.id),
        scheme(db(), project.attribution_scheme_id, project_id=project.id),
    )


def _page(
    *,
    form: SettingsForm | None = None,
    member: MemberForm | None = None,
) -> str:
    """All forms; the one that was refused as it was typed, the others as things are."""
    project = identity.project()
    stored = questions.guideline(db(), project.id)
    content, attribution = _scales()
    if form is None:
        form = SettingsForm(formdata=None)
        form.offer(content, attribution, extractors.offered())
        form.show(project)
    return render_template(
        "projects/settings.html",
        project=project,
        form=form,
        guideline_version=None if stored is None else stored[0],
        scale=content,
        share=even_share(db(), project),
        zones=sorted(ZONES),
        members=[(person, _roles(person)) for person in questions.members(db(), project.id)],
        member=member or MemberForm(formdata=None, prefix=""),
        may_manage_people=may(identity.actor(), Action.PERSON_MANAGE),
    )


def _roles(person: PersonRecord) -> Any:  # noqa: ANN401 - a field has no useful type
    """The tick boxes of one member, told apart from those of others on the page."""
    form = RolesForm(formdata=None)
    form.roles.data = [role.value for role in person.roles]
    form.roles.id = f"roles-{person.public_id}"
    return form.roles


def _done(said: str) -> ResponseReturnValue:
    flash(said, "good")
    return redirect(url_for("projects.settings", slug=identity.project().slug), 303)
