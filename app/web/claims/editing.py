"""Adding a claim by hand, and correcting its wording and who said it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Stale
from app.domain.permissions import Action
from app.domain.records import ClaimRecord
from app.storage import claims
from app.web.chain import rearranged, rows_of
from app.web.claims.forms import ClaimForm, CorrectionForm
from app.web.claims.returning import back_to, came_from
from app.web.transactions import database, db
from app.workflow.claims import add_claim, correct


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    for rule, method, view in (
        ("/projects/<slug>/claims/new", "GET", new),
        ("/projects/<slug>/claims/new", "POST", add),
        ("/claims/<claim_id>/edit", "GET", edit),
        ("/claims/<claim_id>/edit", "POST", save),
    ):
        blueprint.add_url_rule(rule, view_func=view, methods=[method])


@needs(Action.CLAIM_ADD)
def new(slug: str) -> ResponseReturnValue:
    """The form for a claim without an article."""
    return _new_page(ClaimForm(formdata=None, data={"hops": [{}]}), slug)


@needs(Action.CLAIM_ADD)
def add(slug: str) -> ResponseReturnValue:
    """Add a claim; the buttons of the chain only change the form."""
    form = ClaimForm()
    rows = rearranged(form.rows(), request.form.get("do", "save"))
    if rows is not None:
        return _new_page(ClaimForm(formdata=None, data={**form.data, "hops": rows}), slug)
    if not form.validate():
        return _new_page(form, slug), 422
    try:
        public_id = add_claim(db(), identity.actor(), identity.project().id, values=form.values())
    except Invalid as refusal:
        form.refuse(refusal)
        return _new_page(form, slug), 422
    flash(_("The claim is on the list to check."), "good")
    return redirect(url_for("claims.show", claim_id=public_id), 303)


def _new_page(form: ClaimForm, slug: str) -> str:
    return render_template("claims/new.html", form=form, slug=slug, names=_names())


@needs(Action.CLAIM_EDIT)
def edit(claim_id: str) -> ResponseReturnValue:
    """The wording and the chain, to be corrected or confirmed."""
    claim = claims.claim(db(), identity.actor(), claim_id)
    # Whoever comes from the article's page mostly wants to name somebody.
    rows = rows_of(claim.hops) or ([{}] if came_from() else [])
    data = {"text": claim.text, "version": claim.version, "hops": rows}
    return _edit_page(CorrectionForm(formdata=None, data=data), claim)


@needs(Action.CLAIM_EDIT)
def save(claim_id: str) -> ResponseReturnValue:
    """Keep wording and chain, which a person has confirmed from then on."""
    form = CorrectionForm()
    rows = rearranged(form.rows(), request.form.get("do", "save"))
    if rows is not None:
        data = {**form.data, "hops": rows}
        return _edit_page(CorrectionForm(formdata=None, data=data), _now(claim_id))
    if not form.validate():
        return _edit_page(form, _now(claim_id)), 422
    try:
        correct(db(), identity.actor(), claim_id, values=form.values())
    except Invalid as refusal:
        form.refuse(refusal)
        db().rollback()
        return _edit_page(form, _now(claim_id)), 422
    except Stale:
        db().rollback()
        return _stale(form, claim_id)
    flash(_("Saved, and who said it is confirmed."), "good")
    return redirect(back_to(_now(claim_id)), 303)


def _stale(form: CorrectionForm, claim_id: str) -> ResponseReturnValue:
    """Both texts; what was typed can be saved on top, knowingly. Sent twice, it is there already."""
    claim = _now(claim_id)
    if _says_the_same(form, claim):
        return redirect(back_to(claim), 303)
    data = {**form.data, "version": claim.version, "hops": form.rows()}
    again = CorrectionForm(formdata=None, data=data)
    return _edit_page(again, claim, is_stale=True), 409


def _says_the_same(form: CorrectionForm, claim: ClaimRecord) -> bool:
    """Whether the newest version is what this form says."""
    typed = [row for row in form.rows() if str(row["agent"] or "").strip()]
    wanted = [{name: value or "" for name, value in row.items()} for row in typed]
    there = [{name: value or "" for name, value in row.items()} for row in rows_of(claim.hops)]
    return " ".join((form.text.data or "").split()) == claim.text and wanted == there


def _now(claim_id: str) -> ClaimRecord:
    """The claim as it stands, read without holding up those who write."""
    with database().reading() as session:
        return claims.claim(session, identity.actor(), claim_id)


def _edit_page(form: CorrectionForm, claim: ClaimRecord, *, is_stale: bool = False) -> str:
    return render_template(
        "claims/edit.html",
        form=form,
        claim=claim,
        is_stale=is_stale,
        names=_names(),
        back=back_to(claim),
        came_from=came_from(),
    )


def _names() -> list[str]:
    """Names to offer while typing."""
    with database().reading() as session:
        return list(claims.agent_names(session, identity.project().id))
