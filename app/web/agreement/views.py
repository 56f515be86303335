"""How far checks agree, over the claims that the person may see whole."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.auth import identity
from app.auth.guard import needs
from app.domain.permissions import Action, may
from app.domain.words import SchemeKind
from app.storage import agreement as questions
from app.storage.scales import scheme
from app.web.agreement.figures import FEW, confusion, question, said
from app.web.transactions import db
from app.web.wording import word

blueprint = Blueprint("agreement", __name__, url_prefix="/projects/<slug>/agreement")


@blueprint.get("")
@needs(Action.PROJECT_VIEW)
def show(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard found the project by it
    """The figures in words first, then which answers met which."""
    actor, project = identity.actor(), identity.project()
    compared = questions.answers_to_compare(db(), actor, project.id)
    content = scheme(db(), project.content_scheme_id)
    attribution = scheme(db(), project.attribution_scheme_id)
    so = [[answer.content for answer in answers] for answers in compared.claims.values()]
    was_said = [
        [answer.attribution for answer in answers if answer.attribution is not None]
        for answers in compared.claims.values()
    ]
    return render_template(
        "agreement/show.html",
        project=project,
        compared=compared,
        most=questions.MOST_CHECKS,
        sees_all=may(actor, Action.REVIEW_SEE_ALL, project.id),
        questions=[
            question(word(SchemeKind.CONTENT), content, so),
            question(word(SchemeKind.ATTRIBUTION), attribution, was_said),
        ],
        few=FEW,
        confusion=confusion(content, so),
        said=said,
    )
