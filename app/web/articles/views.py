"""The pages of articles."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Stale
from app.domain.intakes import MOST_ADDRESSES, MOST_OF_FEED
from app.domain.links import checked_link
from app.domain.permissions import Action, may
from app.domain.words import ClaimState
from app.storage import articles as questions
from app.web import paging
from app.web.articles import choosing, runs, texts
from app.web.articles.forms import ArticleForm, NewClaimForm
from app.web.articles.page import address_at, show_page
from app.web.articles.texts import outcome
from app.web.by_address import ByAddressForm
from app.web.errors import status_of
from app.web.extractors import is_asked, read_for
from app.web.transactions import database, db
from app.workflow.articles import add_article
from app.workflow.claims import add_claim
from app.workflow.placing import look_for
from app.workflow.weights import weights_in_use

blueprint = Blueprint("articles", __name__)
choosing.install(blueprint)
texts.install(blueprint)
runs.install(blueprint)


@blueprint.get("/projects/<slug>/articles")
@needs(Action.PROJECT_VIEW)
def index(slug: str) -> ResponseReturnValue:
    """The articles of a project, newest first."""
    project = identity.project()
    place = paging.after((int,))
    before = int(place[0] or 0) if place else None
    lines = questions.article_lines(db(), project.id, before=before, limit=paging.PAGE_ROWS + 1)
    shown = lines[: paging.PAGE_ROWS]
    more = paging.place_of([shown[-1][0]]) if len(lines) > len(shown) else None
    return render_template(
        "articles/index.html",
        slug=slug,
        lines=[line for _key, line in shown],
        states=tuple(ClaimState),
        more=more,
        is_first=place is None,
        may_add=may(identity.actor(), Action.ARTICLE_ADD, project.id),
    )


@blueprint.get("/projects/<slug>/articles/new")
@needs(Action.ARTICLE_ADD)
def new(slug: str) -> ResponseReturnValue:
    """The form for taking an article in; ``url`` is its address, where a page could not be fetched."""
    return _form(ArticleForm(formdata=None, url=_named_address()), slug)


@blueprint.post("/projects/<slug>/articles/new")
@needs(Action.ARTICLE_ADD)
def add(slug: str) -> ResponseReturnValue:
    """Read an article, then write it down: nobody waits for the reading."""
    form = ArticleForm()
    try:
        text = form.document().text
        if not form.validate():
            return _form(form, slug), 422
        article = form.article(text)
        project = identity.project()
        with database().reading() as session:
            weights = weights_in_use(session, project.id)
        found = read_for(project, article, weights)
        values = replace(article, language=article.language or found.language, notice=found.notice)
        with database().reading() as session:
            placing = look_for(session, project.id, text, url=values.url)
        taken = add_article(
            db(),
            identity.actor(),
            project.id,
            values=values,
            suggestions=found.suggestions,
            placing=placing,
        )
    except Invalid as refusal:
        form.validate()
        form.refuse(refusal, field="text")
        return _form(form, slug), 422
    if not runs.ask_for_all(taken):
        flash(outcome(taken), "" if taken.is_known else "good")
    return redirect(url_for("articles.show", article_id=taken.article_id), 303)


def _form(form: ArticleForm, slug: str) -> str:
    sent = form.file.data
    return render_template(
        "articles/new.html",
        form=form,
        slug=slug,
        file_name=getattr(sent, "filename", None) or "",
        by_address=ByAddressForm(formdata=None),
        limits=(MOST_ADDRESSES, MOST_OF_FEED),
        asked=is_asked(identity.project()),
    )


def _named_address() -> str | None:
    try:
        return checked_link(request.args.get("url"))
    except Invalid:
        return None


@blueprint.get("/articles/<article_id>")
@needs(Action.PROJECT_VIEW)
def show(article_id: str) -> ResponseReturnValue:
    """The text with every claim marked, and the list of claims beside it."""
    return show_page(db(), article_id, NewClaimForm(formdata=None))


@blueprint.post("/articles/<article_id>")
@needs(Action.CLAIM_ADD)
def add_one(article_id: str) -> ResponseReturnValue:
    """Add a claim by the words that it was taken from."""
    form = NewClaimForm()
    if not form.validate():
        with database().reading() as session:
            return show_page(session, article_id, form), 422
    try:
        public_id = _added(form, article_id)
    except (Invalid, Stale) as refusal:
        form.refuse(refusal, field="agent" if refusal.code.startswith("chain.") else "quote")
        # Pressed again, the words are looked for in the text that is shown then.
        form.start.data = form.end.data = form.snapshot.data = ""
        # What the verb began is undone, and nobody waits while the page is made.
        db().rollback()
        with database().reading() as session:
            return show_page(session, article_id, form), status_of(refusal)
    flash(_("The claim is on the list to check."), "good")
    return redirect(address_at(db(), article_id, public_id), 303)


def _added(form: NewClaimForm, article_id: str) -> str:
    if not form.quote.data:
        raise Invalid("quote.blank")
    return add_claim(
        db(), identity.actor(), identity.project().id, values=form.claim(), article_id=article_id
    )
