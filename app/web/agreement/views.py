"""How far checks agree, over the claims that the person may see whole."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.auth import identity
from app.auth.guard import needs
from app.domain.permissions import Action, may
from app.domain.words import Basis, SchemeKind, Stance, TallyQuestion, TriageDecision
from app.storage import agreement as questions
from app.storage.agreement import Slice
from app.storage.scales import scheme
from app.web.agreement import figures
from app.web.agreement.forms import PartForm
from app.web.transactions import db
from app.web.wording import word

blueprint = Blueprint("agreement", __name__, url_prefix="/projects/<slug>/agreement")

OF_SCALES = (
    (TallyQuestion.CONTENT, SchemeKind.CONTENT),
    (TallyQuestion.ATTRIBUTION, SchemeKind.ATTRIBUTION),
)


@blueprint.get("")
@needs(Action.PROJECT_VIEW)
def show(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard found the project by it
    """The figures in words first, then which answers met which."""
    actor, project = identity.actor(), identity.project()
    slices = questions.slices(db(), actor, project.id)
    form = PartForm(formdata=request.args)
    form.offer(slices)
    wanted = questions.wanted(*(request.args.get(name, "") for name in WORDS))
    parts = [one for one in slices if one.is_in(wanted)]
    found = questions.compared(db(), project.id, parts)
    scales = {
        SchemeKind.CONTENT: scheme(db(), project.content_scheme_id),
        SchemeKind.ATTRIBUTION: scheme(db(), project.attribution_scheme_id),
    }
    content = scales[SchemeKind.CONTENT]
    return render_template(
        "agreement/show.html",
        project=project,
        form=form,
        wanted=wanted,
        found=found,
        sees_all=may(actor, Action.REVIEW_SEE_ALL, project.id),
        questions=[figures.of_scale(found, asked, scales[kind]) for asked, kind in OF_SCALES],
        stance=figures.of_words(found, TallyQuestion.STANCE, {s.value: word(s) for s in Stance}),
        triage=figures.of_words(
            found, TallyQuestion.TRIAGE, {one.value: word(one) for one in TriageDecision}
        ),
        overlap=figures.overlap(found),
        few=figures.FEW,
        confusion=figures.confusion(content, found.of(TallyQuestion.CONTENT, Basis.BLIND), wanted),
        said=figures.said,
        **_people(parts, form),
    )


WORDS = ("round", "batch", "guideline")


# Of more people than this pairs are told of one of them at a time: there are too many else.
MOST_PAIRED = 12


def _people(parts: list[Slice], form: PartForm) -> dict[str, Any]:
    """Figures about people: of everybody for leads, of oneself else; nothing where nobody counts."""
    actor, project = identity.actor(), identity.project()
    if not project.counts_people:
        return {"pairs": [], "desk": [], "chooses": False}
    leads = may(actor, Action.REVIEW_SEE_ALL, project.id)
    me = None if leads else actor.person_id
    desk = questions.people_and_desk(db(), project.id, parts, person_id=me)
    everybody = questions.checkers(db(), project.id) if leads else []
    is_many = len(everybody) > MOST_PAIRED
    if is_many:
        form.offer_people(everybody)
    named = form.person.data if is_many else None
    chosen = next((one.id for one in everybody if one.public_id == named), None)
    tells = leads and (not is_many or chosen is not None)
    pairs = questions.pairs_of_people(db(), project.id, parts, person_id=chosen) if tells else {}
    people = questions.names_of(db(), sorted({*desk, *(one for pair in pairs for one in pair)}))
    names = {pair: tuple(people[one] for one in pair) for pair in pairs}
    alone = {person: (people[person],) for person in desk}
    return {
        "pairs": [(asked, figures.between(pairs, asked, names)) for asked, _kind in OF_SCALES],
        "desk": [(asked, figures.between(desk, asked, alone)) for asked, _kind in OF_SCALES],
        "chooses": is_many and chosen is None,
    }
