"""Figures about single people, where the project counts them."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.auth import identity
from app.auth.guard import needs
from app.domain.permissions import Action, may
from app.storage.figures import MOST_TIMED, PACE_DAYS, people_figures
from app.web.transactions import db


def add_to(blueprint: Blueprint) -> None:
    """Open this page under the projects' blueprint."""
    blueprint.get("/projects/<slug>/people")(people)


@needs(Action.PROJECT_VIEW)
def people(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard found the project by it
    """Everybody's figures for leads, for others their own.

    Raises:
        NotAllowed: the project counts nobody.
    """
    actor, project = identity.actor(), identity.project()
    return render_template(
        "projects/people.html",
        rows=people_figures(db(), actor, project),
        is_lead=may(actor, Action.REVIEW_SEE_ALL, project.id),
        days=PACE_DAYS,
        most_timed=MOST_TIMED,
    )
