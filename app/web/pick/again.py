"""Second looks: a suggestion that another person decided, shown as it was, and where two differ."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import WrongState
from app.domain.permissions import Action
from app.domain.words import TriageDecision
from app.storage import triage as questions
from app.storage.seen import seen_claims
from app.web import paging
from app.web.transactions import db
from app.web.wording import sentence
from app.workflow.triage import look_again

# What a button sends, as on the page of suggestions, and what is decided by it.
DECISIONS = {"check": TriageDecision.PICK, "drop": TriageDecision.DROP}


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    for rule, method, view in (
        ("/projects/<slug>/pick/again", "GET", again),
        ("/claims/<claim_id>/pick/again", "POST", decide_again),
        ("/projects/<slug>/pick/differences", "GET", differences),
    ):
        blueprint.add_url_rule(rule, view_func=view, methods=[method])


@needs(Action.CLAIM_PICK)
def again(slug: str) -> ResponseReturnValue:
    """The next claim that waits for my decision; what another did with it is not told here."""
    actor, project = identity.actor(), identity.project()
    return render_template(
        "pick/again.html",
        slug=slug,
        claim=questions.next_to_look_at(db(), actor, project.id),
        looks=questions.second_looks(db(), actor, project.id),
    )


@needs(Action.CLAIM_PICK)
def decide_again(claim_id: str) -> ResponseReturnValue:
    """Note what I would do with it, and show the next one."""
    decision = DECISIONS.get(request.form.get("do", ""))
    slug = identity.project().slug
    if decision is None:
        flash(_("Choose whether you would check it or drop it."), "warn")
        return redirect(url_for("pick.again", slug=slug), 303)
    try:
        look_again(db(), identity.actor(), claim_id, decision=decision)
    except WrongState as refusal:
        flash(sentence(refusal), "warn")
        db().rollback()
    else:
        flash(_("Noted. It changes nothing about the claim."), "good")
    return redirect(url_for("pick.again", slug=slug), 303)


@needs(Action.CLAIM_PICK)
def differences(slug: str) -> ResponseReturnValue:
    """The claims on which two people differ, each as it stands now."""
    actor, project = identity.actor(), identity.project()
    place = paging.after((int,))
    limit = paging.PAGE_ROWS
    found = questions.differences(
        db(), project.id, before=int(place[0] or 0) if place else None, limit=limit + 1
    )
    shown = found[:limit]
    return render_template(
        "pick/differences.html",
        slug=slug,
        lines=seen_claims(db(), actor, [one.claim for one in shown]),
        more=paging.place_of([shown[-1].id]) if len(found) > limit else None,
        is_first=place is None,
    )
