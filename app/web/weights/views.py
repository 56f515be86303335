"""What there is to learn from, what was learned, and the presses that learn and choose."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Missing
from app.domain.ids import is_public_id
from app.domain.lessons import WeightsRecord
from app.domain.permissions import Action
from app.extraction.checkworthy import shipped
from app.extraction.checkworthy.changes import Changed, changed
from app.storage.lessons import lesson_counts
from app.storage.weights import in_use, weights_of
from app.web.transactions import database, db
from app.workflow.learning import LEAST, MOST, fitted, learn, lessons, missing
from app.workflow.weights import put_in_use, weights_named

blueprint = Blueprint("weights", __name__)


@dataclass(frozen=True, slots=True)
class Told:
    """A version, and what counts more or less with it than with the weights that come with Assay."""

    weights: WeightsRecord
    changes: list[Changed]


@blueprint.get("/projects/<slug>/weights")
@needs(Action.WEIGHTS_LEARN)
def index(slug: str) -> ResponseReturnValue:
    """What was decided so far, and the versions of what was learned from it."""
    actor, project = identity.actor(), identity.project()
    counts = lesson_counts(db(), project.id)
    versions = weights_of(db(), actor, project.id)
    used = in_use(db(), project.id)
    return render_template(
        "weights/index.html",
        slug=slug,
        counts=counts,
        missing=missing(counts.lessons),
        least=LEAST,
        most=MOST,
        versions=versions,
        used=used,
        told=_told(used, versions),
    )


@blueprint.post("/projects/<slug>/weights")
@needs(Action.WEIGHTS_LEARN)
def learn_now(slug: str) -> ResponseReturnValue:
    """Learn from what was decided, then write down what came of it: nobody waits for the fit."""
    actor, project = identity.actor(), identity.project()
    with database().reading() as session:
        taught = lessons(session, actor, project.id)
    found = learn(db(), actor, project.id, values=fitted(taught))
    flash(
        _("Version %(number)s is learned. It is used once you say so.", number=found.version),
        "good",
    )
    return redirect(url_for("weights.index", slug=slug), 303)


@blueprint.post("/projects/<slug>/weights/use")
@needs(Action.WEIGHTS_LEARN)
def use(slug: str) -> ResponseReturnValue:
    """Put suggestions in order by another version, or by the weights that come with Assay."""
    actor, project = identity.actor(), identity.project()
    name = request.form.get("weights") or None
    if name is not None and not is_public_id(name):
        raise Missing("weights.missing")
    number = put_in_use(database(), actor, project.id, weights_id=name)
    flash(
        ngettext(
            "%(num)s suggestion was put in order anew.",
            "%(num)s suggestions were put in order anew.",
            number,
        ),
        "good",
    )
    return redirect(url_for("weights.index", slug=slug), 303)


def _told(used: WeightsRecord | None, versions: list[WeightsRecord]) -> list[Told]:
    """The newest version and the one in use."""
    shown = {one.public_id: one for one in [*versions[:1], *([used] if used else [])]}
    return [Told(one, changed(shipped(), weights_named(one))) for one in shown.values()]
