"""How well what is used, what is learned and what reads nothing put a project's picks in order."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.permissions import Action
from app.storage.lessons import lesson_counts
from app.web.transactions import database, db
from app.web.weights.views import blueprint
from app.workflow.compared import compared
from app.workflow.learning import LEAST, lessons, missing

if TYPE_CHECKING:
    from app.extraction.evaluation.tables import Table

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
    """What is compared, and the button that does it."""
    lacking = missing(lesson_counts(db(), identity.project().id).lessons)
    return _page(slug, lacking)


@blueprint.post("/projects/<slug>/weights/compared")
@needs(Action.WEIGHTS_LEARN)
def measure(slug: str) -> ResponseReturnValue:
    """The table, made anew at each press: it takes as long as learning does. Nothing is written."""
    actor, project = identity.actor(), identity.project()
    with database().reading() as session:
        lacking = missing(lesson_counts(session, project.id).lessons)
        taught = [] if any(lacking.values()) else lessons(session, actor, project.id)
    return _page(slug, lacking, compared(taught) if taught else None)


def _page(slug: str, lacking: Mapping[str, int], table: "Table | None" = None) -> str:
    from app.extraction.evaluation.binary import AVERAGE_PRECISION  # noqa: PLC0415 - numpy is slow to load

    return render_template(
        "weights/compared.html",
        slug=slug,
        table=table,
        missing=lacking,
        least=LEAST,
        names=NAMES,
        figure=AVERAGE_PRECISION,
    )
