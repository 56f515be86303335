"""How well what is used, what is learned and what reads nothing put a project's picks in order."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.permissions import Action
from app.extraction.evaluation.binary import AVERAGE_PRECISION
from app.storage.lessons import lesson_counts
from app.web.transactions import db
from app.web.weights.views import blueprint
from app.workflow.compared import compared
from app.workflow.learning import LEAST, lessons, missing

# What each row of the table is called.
NAMES = {
    "shipped": _("What comes with Assay"),
    "learned": _("What is learned from your picks"),
    "random": _("In a drawn order"),
    "length": _("The longest first"),
    "all-positive": _("All alike"),
}


@blueprint.get("/projects/<slug>/weights/compared")
@needs(Action.WEIGHTS_LEARN)
def show(slug: str) -> ResponseReturnValue:
    """The table, made anew each time: it takes as long as learning does."""
    actor, project = identity.actor(), identity.project()
    counts = lesson_counts(db(), project.id).lessons
    lacking = missing(counts)
    table = None
    if not any(lacking.values()):
        table = compared(lessons(db(), actor, project.id))
    return render_template(
        "weights/compared.html",
        slug=slug,
        table=table,
        missing=lacking,
        least=LEAST,
        names=NAMES,
        figure=AVERAGE_PRECISION,
    )
