"""The same statement elsewhere: finding it, saying so, and letting one verdict hold for all."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Missing
from app.domain.ids import is_public_id
from app.domain.permissions import Action
from app.storage import claims, rulings
from app.storage.claim_groups import likely_the_same, same_as
from app.storage.seen import seen_claims
from app.web.covering import covering, ticked
from app.web.transactions import database, db
from app.web.wording import sentence
from app.workflow.covering import cover
from app.workflow.groups import leave_group, say_the_same

MAX_WORDS = 200


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    for rule, method, view in (
        ("/claims/<claim_id>/same", "GET", same),
        ("/claims/<claim_id>/same", "POST", group),
        ("/claims/<claim_id>/cover", "GET", cover_page),
        ("/claims/<claim_id>/cover", "POST", cover_others),
    ):
        blueprint.add_url_rule(rule, view_func=view, methods=[method])


@needs(Action.CLAIM_EDIT)
def same(claim_id: str) -> ResponseReturnValue:
    """What the claim is the same as, and claims that may be: likely ones, or by their words."""
    actor = identity.actor()
    claim = claims.claim(db(), actor, claim_id)
    words = request.args.get("q", "").replace("\0", "")[:MAX_WORDS].strip()
    return render_template(
        "claims/same.html",
        claim=claim,
        words=words,
        group=seen_claims(db(), actor, same_as(db(), claim.id)),
        found=seen_claims(db(), actor, likely_the_same(db(), claim, words=words)),
    )


@needs(Action.CLAIM_EDIT)
def group(claim_id: str) -> ResponseReturnValue:
    """Say that another claim is the same statement, or that this one is none of its group."""
    actor = identity.actor()
    if request.form.get("do") == "leave":
        leave_group(db(), actor, claim_id)
        flash(_("It stands for itself now."), "good")
        return redirect(url_for("claims.show", claim_id=claim_id), 303)
    other = request.form.get("other", "")
    if not other:
        raise Invalid("group.none")
    if not is_public_id(other):
        raise Missing("claim.missing")
    say_the_same(db(), actor, claim_id, other_id=other)
    flash(_("Both are the same statement now; each stays a claim of its own."), "good")
    return redirect(url_for("claims.same", claim_id=claim_id), 303)


@needs(Action.CLAIM_SETTLE)
def cover_page(claim_id: str) -> ResponseReturnValue:
    """The other claims of the statement that the verdict can hold for."""
    return _cover_page(claim_id)


@needs(Action.CLAIM_SETTLE)
def cover_others(claim_id: str) -> ResponseReturnValue:
    """Let the verdict hold for the ticked ones."""
    try:
        covered = cover(
            db(),
            identity.actor(),
            claim_id,
            answers=ticked(request.form),
            gate_reason=request.form.get("gate_reason", ""),
        )
    except Invalid as refusal:
        db().rollback()
        return _cover_page(claim_id, refusal), 422
    number = len(covered)
    flash(
        ngettext(
            "The verdict holds for %(num)s more claim.",
            "The verdict holds for %(num)s more claims.",
            number,
        ),
        "good",
    )
    return redirect(url_for("claims.show", claim_id=claim_id), 303)


def _cover_page(claim_id: str, refusal: Invalid | None = None) -> str:
    actor = identity.actor()
    posted = request.form if refusal is not None else None
    with database().reading() as session:
        claim = claims.claim(session, actor, claim_id)
        settled = seen_claims(session, actor, [claim])[0]
        held = rulings.rulings_of(session, claim.id) if settled.state == "settled" else []
        part = covering(session, actor, claim, posted=posted, refusal=refusal)
    return render_template(
        "claims/cover.html",
        claim=claim,
        ruling=held[0] if held else None,
        covering=part,
        said=None if refusal is None else sentence(refusal),
        gate_reason=request.form.get("gate_reason", ""),
        asks_reason=refusal is not None and refusal.code == "gate.unmet",
    )
