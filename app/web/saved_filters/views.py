"""Keeping a list of claims under a name, and taking it off the page again."""

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid
from app.domain.permissions import Action, may
from app.storage.claim_queries import claim_query
from app.web.saved_filters.forms import SaveForm
from app.web.transactions import db
from app.workflow.saved_filters import retire_filter, save_filter

blueprint = Blueprint("saved_filters", __name__)

BY_DUE = ("sort", "due")
MOST_WORDS = 50


@blueprint.post("/projects/<slug>/filters")
@needs(Action.PROJECT_VIEW)
def save(slug: str) -> ResponseReturnValue:
    """Keep the list that was open under a name."""
    form = SaveForm()
    if not form.validate():
        return _refused(form, slug), 422
    query = _canonical(form.query.data or "")
    try:
        save_filter(db(), identity.actor(), identity.project().id, values=form.values(query))
    except Invalid as refusal:
        form.refuse(refusal)
        db().rollback()
        return _refused(form, slug), 422
    flash(_("Kept. The list stands above the claims."), "good")
    return redirect(f"{url_for('claims.index', slug=slug)}?{query}", 303)


def _canonical(query: str) -> str:
    """The query with only what makes sense in it, always in the same order."""
    # A list asks for a dozen things at most; what stands behind many more is no list's address.
    asked = dict(parse_qsl(query)) if query.count("&") < MOST_WORDS else {}
    words = claim_query(db(), identity.actor(), identity.project(), asked).words
    order = [BY_DUE] if BY_DUE in asked.items() else []
    return urlencode([*words.items(), *order])


def _refused(form: SaveForm, slug: str) -> str:
    """The form as it was typed."""
    may_share = may(identity.actor(), Action.FILTER_SHARE, identity.project().id)
    return render_template("saved_filters/new.html", form=form, slug=slug, may_share=may_share)


@blueprint.post("/filters/<filter_id>/retire")
@needs(Action.PROJECT_VIEW)
def retire(filter_id: str) -> ResponseReturnValue:
    """Take a list off the page."""
    retire_filter(db(), identity.actor(), filter_id)
    flash(_("The saved list is gone. The claims are as they were."), "good")
    return redirect(url_for("claims.index", slug=identity.project().slug), 303)
