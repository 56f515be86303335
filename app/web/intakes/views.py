"""Asking for articles by their addresses, and seeing what came of each."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Refused
from app.domain.evidence_words import LineState
from app.domain.intakes import MOST_ADDRESSES, MOST_OF_FEED
from app.domain.permissions import Action
from app.storage import intakes as questions
from app.storage.intakes import LineRecord
from app.web import paging
from app.web.by_address import ByAddressForm
from app.web.extractors import is_asked
from app.web.transactions import database, db
from app.web.wording import sentence
from app.workflow.intakes import Asked, ask_intake, retry_failed

blueprint = Blueprint("intakes", __name__)
SHOWN = 100
FAILED = "failed"


@blueprint.get("/projects/<slug>/intakes")
@needs(Action.ARTICLE_ADD)
def index(slug: str) -> ResponseReturnValue:
    """The lists of addresses of a project, the last first, and the form for another."""
    return _index(ByAddressForm(formdata=None), slug)


@blueprint.post("/projects/<slug>/intakes")
@needs(Action.ARTICLE_ADD)
def ask(slug: str) -> ResponseReturnValue:
    """Note which addresses are wanted; jobs fetch them after this request."""
    form = ByAddressForm()
    try:
        asked = ask_intake(
            db(),
            identity.actor(),
            identity.project().id,
            urls=form.urls.data or "",
            feed=form.feed.data,
        )
    except Invalid as refusal:
        db().rollback()
        form.refuse(refusal, field="urls")
        return _index(form, slug), 422
    _tell(asked)
    return redirect(url_for("intakes.show", intake_id=asked.intake_id), 303)


@blueprint.get("/intakes/<intake_id>")
@needs(Action.ARTICLE_ADD)
def show(intake_id: str) -> ResponseReturnValue:
    """How far a list is, and what came of each of its addresses."""
    (after,) = paging.after((int,)) or (None,)
    state = LineState.FAILED if request.args.get("show") == FAILED else None
    found = questions.intake(db(), identity.actor(), intake_id)
    lines = questions.lines_of(
        db(), found.id, after=None if after is None else int(after), state=state, limit=SHOWN + 1
    )
    shown = lines[:SHOWN]
    return render_template(
        "intakes/show.html",
        intake=found,
        lines=shown,
        states=tuple(LineState),
        only_failed=state is not None,
        why=_why,
        more=paging.place_of([shown[-1].position]) if len(lines) > len(shown) else None,
        is_first=after is None,
    )


@blueprint.post("/intakes/<intake_id>/retry")
@needs(Action.ARTICLE_ADD)
def retry(intake_id: str) -> ResponseReturnValue:
    """Have those that failed fetched once more."""
    number = retry_failed(db(), identity.actor(), intake_id)
    flash(
        ngettext(
            "%(num)s address is fetched once more.",
            "%(num)s addresses are fetched once more.",
            number,
        ),
        "good",
    )
    return redirect(url_for("intakes.show", intake_id=intake_id), 303)


def _index(form: ByAddressForm, slug: str) -> str:
    place = paging.after((int,))
    before = int(place[0] or 0) if place else None
    with database().reading() as session:
        found = questions.intakes_of(
            session, identity.project().id, before=before, limit=paging.PAGE_ROWS + 1
        )
    shown = found[: paging.PAGE_ROWS]
    return render_template(
        "intakes/index.html",
        slug=slug,
        by_address=form,
        limits=(MOST_ADDRESSES, MOST_OF_FEED),
        asked=is_asked(identity.project()),
        intakes=shown,
        states=tuple(LineState),
        more=paging.place_of([shown[-1].id]) if len(found) > len(shown) else None,
        is_first=place is None,
    )


def _why(line: LineRecord) -> str:
    """Why nothing came of a line."""
    return sentence(Refused(line.error or ""))


def _tell(asked: Asked) -> None:
    told = ngettext(
        "%(num)s address is fetched now. What comes of it stands here.",
        "%(num)s addresses are fetched now. What comes of each stands here.",
        asked.lines,
    )
    if asked.doubled:
        again = ngettext(
            "%(num)s line named a page once more and was left out.",
            "%(num)s lines named a page once more and were left out.",
            asked.doubled,
        )
        told = f"{told} {again}"
    flash(told, "good")
