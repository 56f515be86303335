"""What waits to be settled, and settling it."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, NotAllowed, Refused, Stale, WrongState
from app.domain.permissions import Action
from app.domain.records import ClaimRecord
from app.domain.words import Decides
from app.storage import claims, reviews, rulings, scales, settling
from app.storage.claim_groups import same_as
from app.storage.flags import flags_of_claim
from app.storage.seen import seen_claims
from app.storage.unanimous import number_unanimous
from app.web import resume
from app.web.covering import covering, ticked
from app.web.errors import status_of
from app.web.gate_words import Page, told
from app.web.quote_places import quote_places
from app.web.settle import together
from app.web.settle.bench import Bench, lettered, open_bench
from app.web.settle.forms import RulingForm
from app.web.transactions import db
from app.web.wording import sentence
from app.workflow import reviews as checks
from app.workflow import rulings as deciding
from app.workflow.answers_as_read import read_otherwise
from app.workflow.covering import cover

blueprint = Blueprint("settle", __name__)
together.install(blueprint)

SHOWN = 50
# What stands in the way of settling, and is explained on a page of its own.
IN_THE_WAY = {"ruling.blind", "ruling.conflict", "ruling.early", "ruling.own-check"}


@blueprint.get("/projects/<slug>/settle")
@needs(Action.CLAIM_SETTLE)
def index(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the wall found the project by it
    """The claims that wait for a verdict of the desk, the most disputed first."""
    actor, project = identity.actor(), identity.project()
    waiting = settling.waiting_list(db(), actor, project.id, limit=SHOWN)
    return render_template(
        "settle/index.html",
        lines=waiting.claims,
        numbers=waiting.numbers,
        is_signoff=project.decides is not Decides.INDEPENDENT,
        together=number_unanimous(db(), actor, project.id)
        if project.decides is Decides.INDEPENDENT
        else 0,
    )


@blueprint.get("/claims/<claim_id>/settle")
@needs(Action.CLAIM_SETTLE)
def show(claim_id: str) -> ResponseReturnValue:
    """One claim with its checks; ``adopt`` in the address fills one of them in."""
    try:
        bench = open_bench(db(), identity.actor(), claim_id)
    except Stale:
        return redirect(f"/claims/{claim_id}", 303)
    except (NotAllowed, WrongState) as refusal:
        return _not_now(claim_id, refusal, status=200 if refusal.code == "ruling.blind" else None)
    form = RulingForm(formdata=None)
    form.offer(bench.content, bench.attribution)
    if bench.former is not None:
        form.show(bench.former)
    only = "1" if len(bench.columns) == 1 and bench.former is None else ""
    column = bench.column(request.args.get("adopt", only))
    if column is not None:
        form.adopt(column.version, is_first=bench.former is None)
    return _page(bench, form)


@blueprint.post("/claims/<claim_id>/settle")
@needs(Action.CLAIM_SETTLE)
def decide(claim_id: str) -> ResponseReturnValue:
    """Settle a claim, adopt a check into the form, or send a check back with a question."""
    do, _dash, number = request.form.get("do", "settle").partition("-")
    form = RulingForm()
    try:
        return DOES.get(do, _settle)(claim_id, form, number)
    except Stale:
        return _stale(claim_id, form)
    except (NotAllowed, WrongState) as refusal:
        return _not_now(claim_id, refusal)


def _settle(claim_id: str, form: RulingForm, _number: str) -> ResponseReturnValue:
    actor = identity.actor()
    claim = claims.claim(db(), actor, claim_id)
    others = ticked(request.form)
    try:
        deciding.settle(db(), actor, claim_id, values=form.values())
        if others:
            reason = form.gate_reason.data or ""
            cover(db(), actor, claim_id, answers=others, gate_reason=reason)
    except (Invalid, Stale) as refusal:
        if refusal.code == "ruling.stale":
            raise
        # A verdict that could not hold for the others is not given to this one either.
        db().rollback()
        return _refused(open_bench(db(), actor, claim_id), form, refusal)
    _tell(claim)
    return _next()


def _adopt(claim_id: str, form: RulingForm, number: str) -> ResponseReturnValue:
    """Without a script: the form comes back with a column's answers, and what else was typed."""
    bench = open_bench(db(), identity.actor(), claim_id)
    form.offer(bench.content, bench.attribution)
    column = bench.column(number)
    if column is not None:
        form.adopt(column.version, is_first=bench.former is None)
    return _page(bench, form, adopted=number)


def _return(claim_id: str, form: RulingForm, number: str) -> ResponseReturnValue:
    actor = identity.actor()
    bench = open_bench(db(), actor, claim_id)
    column = bench.column(number)
    if column is None:
        return _refused(bench, form, Invalid("review.missing"))
    try:
        checks.send_back(db(), actor, column.review.public_id, question=form.question.data or "")
    except Invalid as refusal:
        return _refused(bench, form, refusal)
    if len(bench.columns) == 1:
        flash(_("Sent back to %(name)s with your question.", name=column.review.reviewer))
    else:
        flash(_("Check %(letter)s went back with your question.", letter=column.letter))
    return _next()


DOES: dict[str, Callable[[str, RulingForm, str], ResponseReturnValue]] = {
    "settle": _settle,
    "adopt": _adopt,
    "return": _return,
}


def _tell(claim: ClaimRecord) -> None:
    """Once it is decided: the verdict, and who had checked; of several, who was which letter."""
    ruling = rulings.rulings_of(db(), claim.id)[0]
    actor = identity.actor()
    given = lettered(actor, reviews.reviews_of(db(), actor, claim))
    told = [
        f"{f'{letter}: ' if len(given) > 1 else ''}{row.reviewer} ({row.latest.content.name})"
        for letter, row in given
        if row.latest is not None
    ]
    flash(
        _(
            "Settled: %(verdict)s. Checked by %(names)s.",
            verdict=ruling.content.name,
            names=", ".join(told),
        )
    )


def _next() -> Response:
    project = identity.project()
    following = settling.next_to_settle(db(), identity.actor(), project.id)
    if following is None:
        return make_response(redirect(f"/projects/{project.slug}/settle", 303))
    return make_response(redirect(f"/claims/{following}/settle", 303))


def _refused(bench: Bench, form: RulingForm, refusal: Invalid | Stale) -> ResponseReturnValue:
    form.offer(bench.content, bench.attribution)
    form.refuse(refusal)
    _tell_changed(bench, form)
    return _page(bench, form, refusal=refusal), status_of(refusal)


def _tell_changed(bench: Bench, form: RulingForm) -> None:
    """Tell of each answer that reads otherwise than where it was chosen: this page takes it as it reads now."""
    for name, scale in {"verdict": bench.content, "attribution_verdict": bench.attribution}.items():
        if scale is None or name not in form:
            continue
        shown, here = form[f"{name}_scale"].data or "", bench.claim.project_id
        code = form[name].data or ""
        changed = read_otherwise(db(), here, scale, code, shown=shown, field=name)
        if changed is not None and sentence(changed) not in form[name].errors:
            form.refuse(changed)


def _page(
    bench: Bench,
    form: RulingForm,
    *,
    adopted: str = "",
    refusal: Refused | None = None,
    posted: MultiDict[str, str] | None = None,
) -> str:
    actor, posted = identity.actor(), request.form if posted is None else posted
    return render_template(
        "settle/claim.html",
        bench=bench,
        form=form,
        adopted=adopted,
        covering=covering(db(), actor, bench.claim, posted=posted, refusal=refusal),
        rules=told(bench.rules, bench.claim.public_id, Page.SETTLE),
        asks_reason=_asks_reason(bench, form, refusal),
        group=seen_claims(db(), actor, same_as(db(), bench.claim.id)),
        checks_seen=rulings.checks_token(db(), bench.claim.id),
        limit=deciding.MAX_SHORT_TEXT,
        is_signoff=identity.project().decides is not Decides.INDEPENDENT,
        flags=flags_of_claim(db(), actor, bench.claim.id),
        quoted_at=quote_places(use for column in bench.columns for use in column.version.evidence),
    )


def _asks_reason(bench: Bench, form: RulingForm, refusal: Refused | None) -> bool:
    """Whether a rule is not met for which a reason has to be written, here or of what is covered."""
    is_refused = refusal is not None and refusal.code == "gate.unmet"
    return is_refused or bool(form.gate_reason.data) or any(line.stops for line in bench.rules)


def _not_now(claim_id: str, refusal: Refused, *, status: int | None = None) -> ResponseReturnValue:
    """Why this person cannot settle this claim now, and what they can do."""
    if refusal.code not in IN_THE_WAY:
        raise refusal
    claim = claims.claim(db(), identity.actor(), claim_id)
    body = render_template(
        "settle/not_now.html", claim=claim, code=refusal.code, said=sentence(refusal)
    )
    return body, status or status_of(refusal)


def _stale(claim_id: str, form: RulingForm) -> ResponseReturnValue:
    """Somebody was quicker: their ruling and what was typed, side by side."""
    claim = claims.claim(db(), identity.actor(), claim_id)
    held = rulings.rulings_of(db(), claim.id)
    names = _label_names()
    mine = [
        (_("Is it so?"), names.get(form.verdict.data or "", "")),
        (_("Was it said?"), names.get(form.attribution_verdict.data or "", "")),
        (_("Short wording"), form.short_text.data or ""),
        (_("Conclusion"), form.conclusion.data or ""),
        (_("Why"), form.reason.data or ""),
        (_("What readers are told"), form.public_note.data or ""),
        (_("Why the verdict is given all the same"), form.gate_reason.data or ""),
    ]
    body = render_template("settle/stale.html", claim=claim, ruling=held[0], mine=mine)
    return body, 409


def _label_names() -> dict[str, str]:
    project = identity.project()
    keys = (project.content_scheme_id, project.attribution_scheme_id)
    return {label.code: label.name for key in keys for label in scales.scheme(db(), key).ever}


def _resumed(view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The page again with what was typed before the session ended."""
    try:
        bench = open_bench(db(), identity.actor(), view_args["claim_id"])
    except Refused as refusal:
        return make_response(_not_now(view_args["claim_id"], refusal))
    form = RulingForm(formdata=fields)
    form.offer(bench.content, bench.attribution)
    _tell_changed(bench, form)
    return make_response(_page(bench, form, posted=fields))


resume.register("settle.decide", _resumed)
