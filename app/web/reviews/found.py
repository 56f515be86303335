"""A source that was found somewhere else, taken to one of my checks: from a bookmark, or by hand."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Refused, Stale
from app.domain.permissions import Action, may
from app.domain.words import SourceKind
from app.storage import my_checks, projects, reviews
from app.web.errors import status_of
from app.web.fields import DeskForm, choices
from app.web.reviews.page import form_of
from app.web.transactions import db
from app.workflow.reviews import save_draft
from app.workflow.sources import SourceValues, checked_sources

PARTS = ("url", "title", "quote")
# How often it is tried again when another window keeps its draft at the same moment.
TRIES = 3


class FoundForm(DeskForm):
    """A page that was found, its words, and which check they are for."""

    url = StringField(_("Link"), render_kw={"type": "url", "dir": "ltr", "inputmode": "url"})
    title = StringField(_("Title"), render_kw={"dir": "auto"})
    quote = TextAreaField(_("Its words"), render_kw={"dir": "auto", "rows": 4})
    review = RadioField(
        _("Which of my checks is it for?"),
        [InputRequired(_("Choose the check that it is for."))],
        validate_choice=False,
    )


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    blueprint.add_url_rule("/sources/new", "new_source", new)
    blueprint.add_url_rule("/sources/new", "add_source", add, methods=["POST"])


@needs("signed-in")
def new() -> ResponseReturnValue:
    """The form, with what the address says of the page."""
    checks = my_checks.open_checks(db(), identity.actor())
    given = {part: request.args.get(part, "") for part in PARTS}
    first = checks[0].public_id if checks else None
    return _page(FoundForm(formdata=None, data={**given, "review": first}), checks)


@needs("signed-in")
def add() -> ResponseReturnValue:
    """Add a row to the draft of the check, and go on there."""
    form, checks = FoundForm(), my_checks.open_checks(db(), identity.actor())
    if not checks:
        return _page(form, checks), 409
    if not form.validate():
        return _page(form, checks), 422
    try:
        if form.review.data not in [check.public_id for check in checks]:
            raise Invalid("form.choice", field="review")
        row = _tried(form)
    except Refused as refusal:
        form.refuse(refusal)
        return _page(form, checks), status_of(refusal)
    where = url_for("reviews.show", review_id=form.review.data, _anchor=f"sources-{row}")
    return redirect(where, 303)


def _tried(form: FoundForm) -> int:
    """Added above whatever draft there is now: only a row comes in, so nothing is lost."""
    said = {part: form[part].data or "" for part in PARTS}
    if not said["url"]:
        raise Invalid("source.url", field="url")
    checked_sources([SourceValues(url=said["url"], title=said["title"], quote=said["quote"])])
    for _try in range(TRIES - 1):
        try:
            return _add(form.review.data, said)
        except Stale:
            db().rollback()
    return _add(form.review.data, said)


def _add(review_id: str, said: dict[str, str]) -> int:
    """The number of the row that now tells the page; the one that did so before, sent twice."""
    actor = identity.actor()
    review = reviews.review(db(), actor, review_id)
    typed = form_of(review, reviews.draft(db(), review.id))
    for row in typed.rows:
        if all(typed[f"sources-{row}-{part}"].strip() == text for part, text in said.items()):
            return row
    row = typed.free_row
    fields = {f"sources-{row}-{part}": text for part, text in said.items()}
    fields[f"sources-{row}-kind"] = SourceKind.WEB.value
    body = typed.with_row(row, fields).body()
    save_draft(db(), actor, review_id, body=body, draft_version=typed.number("draft_version"))
    return row


def _page(form: FoundForm, checks: Sequence[my_checks.OpenCheck]) -> str:
    actor = identity.actor()
    form.review.choices = choices((check.public_id, check.claim_text) for check in checks)
    places = () if checks else projects.projects_of(db(), actor)
    return render_template(
        "reviews/found.html",
        form=form,
        checks=checks,
        places=[place for place in places if may(actor, Action.REVIEW_TAKE, place.id)],
    )
