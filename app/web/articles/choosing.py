"""Adding a claim without a script: choose a sentence, trim its ends, say who said it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Stale
from app.domain.permissions import Action
from app.domain.records import ArticleRecord, SnapshotRecord
from app.domain.spans import Span
from app.storage import articles
from app.storage.claims import agent_names
from app.storage.places import snapshots_of
from app.web import paging
from app.web.articles.forms import ChosenWordsForm
from app.web.articles.page import address_at
from app.web.errors import status_of
from app.web.transactions import database, db
from app.web.word_choice import PREVIEWS, chosen, every_sentence, place, window_around
from app.workflow.claims import add_claim

SHOWN = 300


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    for rule, method, view in (
        ("/articles/<article_id>/sentences", "GET", sentences),
        ("/articles/<article_id>/words", "GET", words),
        ("/articles/<article_id>/words", "POST", add_words),
    ):
        blueprint.add_url_rule(rule, view_func=view, methods=[method])


@needs(Action.CLAIM_ADD)
def sentences(article_id: str) -> ResponseReturnValue:
    """The sentences of the newest text, each a link to the page on which it is trimmed."""
    article, snapshot = _newest(article_id)
    (begin,) = paging.after((int,)) or (0,)
    shown: list[list[Span]] = []
    more = None
    for _paragraph, spans in every_sentence(article.text, after=int(begin or 0)):
        if shown and sum(map(len, shown)) + len(spans) > SHOWN:
            more = paging.place_of([spans[0].start]) if spans else None
            break
        shown.append(spans)
    return render_template(
        "articles/sentences.html",
        article=article,
        snapshot=snapshot,
        shown=[[(span, span.of(article.text)) for span in spans] for spans in shown if spans],
        more=more,
        is_first=not begin,
    )


@needs(Action.CLAIM_ADD)
def words(article_id: str) -> ResponseReturnValue:
    """The words of one sentence, to choose the first and the last of the claim."""
    article, snapshot = _newest(article_id)
    start, end = (place(request.args.get(name), article.text) for name in ("start", "end"))
    span = Span(start or 0, end or 0)
    if span.start >= span.end:
        return redirect(url_for("articles.sentences", article_id=article_id), 303)
    form = ChosenWordsForm(formdata=None, data={"snapshot": snapshot.public_id})
    return _page(form, article, span=span, window=window_around(article.text, span))


@needs(Action.CLAIM_ADD)
def add_words(article_id: str) -> ResponseReturnValue:
    """Add the claim; the buttons that show more words keep nothing."""
    form = ChosenWordsForm()
    do = request.form.get("do", "save")
    with database().reading() as session:
        article = articles.article(session, identity.actor(), article_id)
    span, window = form.pressed(do, article.text, Span(0, 0))
    if do in PREVIEWS:
        return _page(form, article, span=span, window=window)
    try:
        values = form.claim(article.text)
        public_id = add_claim(
            db(), identity.actor(), identity.project().id, values=values, article_id=article_id
        )
    except (Invalid, Stale) as refusal:
        db().rollback()
        form.refuse(refusal, field="first")
        return _page(form, article, span=span, window=window), status_of(refusal)
    flash(_("The claim is on the list to check."), "good")
    return redirect(address_at(db(), article_id, public_id), 303)


def _newest(article_id: str) -> tuple[ArticleRecord, SnapshotRecord]:
    article = articles.article(db(), identity.actor(), article_id)
    if not article.text:
        raise Invalid("article.empty")
    return article, snapshots_of(db(), article.id)[0]


def _page(form: ChosenWordsForm, article: ArticleRecord, *, span: Span, window: Span) -> str:
    form.offer(article.text, span, window)
    with database().reading() as session:
        names = agent_names(session, identity.project().id)
    return render_template(
        "articles/words.html",
        form=form,
        article=article,
        chosen=chosen(article.text, window, span),
        names=names,
    )
