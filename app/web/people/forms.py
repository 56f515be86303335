"""The forms for managing people."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, EmailField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.words import Role
from app.storage.people import ProjectRoles
from app.web.fields import DeskForm, choices
from app.web.wording import word

Wanted = set[tuple[int, Role]]


class RolesField(SelectMultipleField):
    """Tick boxes, one for every role in every project; a value is ``slug:role``."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RolesForm(DeskForm):
    """What a person is in each project."""

    roles_a_project = len(Role)
    roles = RolesField(_("What they do"), validate_choice=True)

    def offer(self, projects: Iterable[ProjectRoles]) -> None:
        """Offer every role in these projects."""
        self.projects = list(projects)
        self.roles.choices = choices(
            (f"{project.slug}:{role.value}", word(role))
            for project in self.projects
            for role in Role
        )

    def wanted(self) -> Wanted:
        """The ticked (project, role) pairs."""
        ids = {project.slug: project.id for project in self.projects}
        pairs: list[Any] = [value.split(":") for value in self.roles.data or ()]
        return {(ids[slug], Role(role)) for slug, role in pairs}

    @staticmethod
    def held(projects: Iterable[ProjectRoles]) -> Wanted:
        """The pairs that a person has now."""
        return {(project.id, role) for project in projects for role in project.roles}


class PersonForm(RolesForm):
    """Somebody new."""

    email = EmailField(_("E-mail"), render_kw={"autocomplete": "off"})
    name = StringField(_("Name"), render_kw={"autocomplete": "off"})
    is_admin = BooleanField(_("Admin: adds people and projects, and may do everything in each"))


class AdminForm(DeskForm):
    """Name, and whether the person manages the desk."""

    name = StringField(_("Name"), render_kw={"autocomplete": "off"})
    is_admin = BooleanField(_("Admin: adds people and projects, and may do everything in each"))
