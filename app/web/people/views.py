"""People: who is here, what they may do, links to let them in."""

from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity, links
from app.auth.guard import needs
from app.domain.errors import Invalid, Refused
from app.domain.permissions import Action
from app.domain.records import PersonRecord
from app.storage import people as questions
from app.web.errors import status_of
from app.web.people.forms import AdminForm, PersonForm, RolesForm, Wanted
from app.web.transactions import db
from app.workflow import people

blueprint = Blueprint("people", __name__, url_prefix="/people")

# Where a new link waits, in the signed cookie of the admin who made it, to be shown once.
HANDOVER = "handover"


@blueprint.get("")
@needs(Action.PERSON_MANAGE)
def index() -> ResponseReturnValue:
    """Everybody, with what they do."""
    return render_template("people/index.html", lines=questions.people(db(), identity.actor()))


@blueprint.get("/new")
@needs(Action.PERSON_MANAGE)
def new() -> ResponseReturnValue:
    """The form for somebody new."""
    form = PersonForm(formdata=None)
    form.offer(questions.roles_by_project(db(), identity.actor()))
    return render_template("people/new.html", form=form)


@blueprint.post("")
@needs(Action.PERSON_MANAGE)
def add() -> ResponseReturnValue:
    """Add somebody with their roles, and a link to hand over."""
    form, actor = PersonForm(), identity.actor()
    form.offer(questions.roles_by_project(db(), actor))
    if not form.validate():
        return render_template("people/new.html", form=form), 422
    try:
        person = people.add_person(
            db(),
            actor,
            email=form.email.data or "",
            name=form.name.data or "",
            is_admin=bool(form.is_admin.data),
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return render_template("people/new.html", form=form), 422
    _set_roles(person, now=set(), wanted=form.wanted())
    return _hand_over(person)


@blueprint.get("/<person_id>")
@needs(Action.PERSON_MANAGE)
def show(person_id: str) -> ResponseReturnValue:
    """One person; a link that was just made is shown this once."""
    return _page(person_id, link=_handover(person_id))


@blueprint.post("/<person_id>")
@needs(Action.PERSON_MANAGE)
def change(person_id: str) -> ResponseReturnValue:
    """Change the name, and whether the person manages the desk."""
    form, actor = AdminForm(), identity.actor()
    questions.by_public_id(db(), actor, person_id)
    try:
        people.set_admin(db(), actor, person_id, is_admin=bool(form.is_admin.data))
        people.rename(db(), actor, person_id, name=form.name.data or "")
    except Refused as refusal:
        form.refuse(refusal, field="is_admin")
        return _page(person_id, form=form), status_of(refusal)
    return _done(person_id, _("Saved."))


@blueprint.post("/<person_id>/roles")
@needs(Action.PERSON_MANAGE)
def set_roles(person_id: str) -> ResponseReturnValue:
    """Make the person what is ticked, and nothing else."""
    projects = questions.roles_by_project(db(), identity.actor(), person_id)
    person = questions.by_public_id(db(), identity.actor(), person_id)
    form = RolesForm()
    form.offer(projects)
    if not form.validate():
        return _page(person_id), 422
    _set_roles(person, now=RolesForm.held(projects), wanted=form.wanted())
    return _done(person_id, _("Roles are saved."))


@blueprint.post("/<person_id>/link")
@needs(Action.PERSON_MANAGE)
def make_link(person_id: str) -> ResponseReturnValue:
    """A new one-time link, for a first sign-in or a forgotten password."""
    return _hand_over(questions.by_public_id(db(), identity.actor(), person_id))


@blueprint.post("/<person_id>/end-sessions")
@needs(Action.PERSON_MANAGE)
def end_sessions(person_id: str) -> ResponseReturnValue:
    """Sign the person out everywhere."""
    people.end_sessions(db(), identity.actor(), person_id)
    return _done(person_id, _("Signed out everywhere."))


@blueprint.post("/<person_id>/deactivate")
@needs(Action.PERSON_MANAGE)
def deactivate(person_id: str) -> ResponseReturnValue:
    """Let the person in no longer."""
    people.deactivate(db(), identity.actor(), person_id)
    return _done(person_id, _("This person can no longer sign in."))


@blueprint.post("/<person_id>/reactivate")
@needs(Action.PERSON_MANAGE)
def reactivate(person_id: str) -> ResponseReturnValue:
    """Let the person in again."""
    people.reactivate(db(), identity.actor(), person_id)
    return _done(person_id, _("This person can sign in again."))


def _page(person_id: str, **values: Any) -> str:  # noqa: ANN401 - for the template
    actor = identity.actor()
    person = questions.by_public_id(db(), actor, person_id)
    values.setdefault(
        "form",
        AdminForm(formdata=None, data={"name": person.name, "is_admin": person.is_admin}),
    )
    values.setdefault("link", None)
    projects = questions.roles_by_project(db(), actor, person_id)
    roles = RolesForm(formdata=None)
    roles.offer(projects)
    roles.roles.data = [f"{p.slug}:{role.value}" for p in projects for role in p.roles]
    return render_template("people/show.html", person=person, roles=roles, **values)


def _set_roles(person: PersonRecord, *, now: Wanted, wanted: Wanted) -> None:
    actor = identity.actor()
    for project_id, role in sorted(wanted - now):
        people.add_role(db(), actor, person.public_id, project_id=project_id, role=role)
    for project_id, role in sorted(now - wanted):
        people.end_role(db(), actor, person.public_id, project_id=project_id, role=role)


def _hand_over(person: PersonRecord) -> ResponseReturnValue:
    """Make a link and keep it for the next page: it is in no log, and in the database as a hash."""
    link = links.new_link()
    people.make_link(
        db(),
        identity.actor(),
        person.public_id,
        token_hash=link.token_hash,
        expires_at=link.expires_at,
    )
    session[HANDOVER] = {"person": person.public_id, "path": link.path, "until": link.expires_at}
    return redirect(url_for("people.show", person_id=person.public_id), 303)


def _handover(person_id: str) -> dict[str, Any] | None:
    waiting: dict[str, Any] | None = session.get(HANDOVER)
    if waiting is None or waiting["person"] != person_id:
        return None
    del session[HANDOVER]
    root = current_app.config["SETTINGS"].url or request.url_root.rstrip("/")
    return {"address": root + waiting["path"], "until": waiting["until"]}


def _done(person_id: str, said: str) -> ResponseReturnValue:
    flash(said, "good")
    return redirect(url_for("people.show", person_id=person_id), 303)
