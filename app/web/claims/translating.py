"""The words of an article that a claim was taken from, in another language."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Stale, WrongState
from app.domain.permissions import Action
from app.storage import claims
from app.web.claims.forms import TranslationForm
from app.web.errors import status_of
from app.web.transactions import database, db
from app.workflow.translations import translate


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    rule = "/claims/<claim_id>/translation"
    blueprint.add_url_rule(rule, view_func=translation, methods=["GET"])
    blueprint.add_url_rule(rule, view_func=keep_translation, methods=["POST"])


@needs(Action.CLAIM_EDIT)
def translation(claim_id: str) -> ResponseReturnValue:
    """The words, and a field for what they mean."""
    claim = claims.claim(db(), identity.actor(), claim_id)
    if claim.quote is None:
        raise WrongState("translation.no-quote")
    said = claim.quote_translation or ""
    data = {"translation": said, "before": said, "translated_by": claim.translated_by or ""}
    return _page(TranslationForm(formdata=None, data=data), claim_id)


@needs(Action.CLAIM_EDIT)
def keep_translation(claim_id: str) -> ResponseReturnValue:
    """Keep the translation; a blank one is taken away."""
    form = TranslationForm()
    try:
        translate(db(), identity.actor(), claim_id, values=form.values())
    except (Invalid, Stale) as refusal:
        db().rollback()
        form.refuse(refusal)
        return _page(form, claim_id, is_stale=isinstance(refusal, Stale)), status_of(refusal)
    flash(_("Kept.") if form.translation.data else _("The translation is taken away."), "good")
    return redirect(url_for("claims.show", claim_id=claim_id), 303)


def _page(form: TranslationForm, claim_id: str, *, is_stale: bool = False) -> str:
    with database().reading() as session:
        claim = claims.claim(session, identity.actor(), claim_id)
    if is_stale:
        form.before.data = claim.quote_translation or ""
    return render_template("claims/translation.html", form=form, claim=claim, is_stale=is_stale)
