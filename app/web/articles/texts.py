"""The texts of an article: taking in a changed one, and saying what became of its claims."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid
from app.domain.permissions import Action
from app.domain.records import ArticleRecord
from app.storage import articles
from app.web.articles.documents import read_document
from app.web.articles.forms import TextForm
from app.web.articles.runs import ask_for_all
from app.web.extractors import is_asked, read_for
from app.web.transactions import database, db
from app.workflow.articles import NewArticle, TakenIn, add_text
from app.workflow.placing import look_for
from app.workflow.weights import weights_in_use


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    rule = "/articles/<article_id>/text"
    blueprint.add_url_rule(rule, view_func=text, methods=["GET"])
    blueprint.add_url_rule(rule, view_func=change_text, methods=["POST"])


@needs(Action.ARTICLE_ADD)
def text(article_id: str) -> ResponseReturnValue:
    """The form for a changed text."""
    return _page(TextForm(formdata=None), article_id)


@needs(Action.ARTICLE_ADD)
def change_text(article_id: str) -> ResponseReturnValue:
    """Read the changed text and look for the claims in it, then write it down."""
    form = TextForm()
    try:
        new = read_document(form.text.data or "").text
        with database().reading() as session:
            article = articles.article(session, identity.actor(), article_id)
            placing = look_for(session, article.project_id, new, article_id=article_id)
            weights = weights_in_use(session, article.project_id)
        found = read_for(identity.project(), _as_new(article, new), weights)
        taken = add_text(
            db(),
            identity.actor(),
            article_id,
            values=NewArticle(text=new, notice=found.notice),
            suggestions=found.suggestions,
            placing=placing,
        )
    except Invalid as refusal:
        db().rollback()
        form.refuse(refusal, field="text")
        return _page(form, article_id), 422
    flash(outcome(taken), "" if taken.is_known else "good")
    ask_for_all(taken)
    return redirect(url_for("articles.show", article_id=article_id), 303)


def _as_new(article: ArticleRecord, text: str) -> NewArticle:
    return NewArticle(
        text=text,
        title=article.title,
        url=article.url,
        publisher=article.publisher,
        published=article.published,
        language=article.language,
    )


def _page(form: TextForm, article_id: str) -> str:
    with database().reading() as session:
        article = articles.article(session, identity.actor(), article_id)
    return render_template(
        "articles/text.html", form=form, article=article, asked=is_asked(identity.project())
    )


def outcome(taken: TakenIn) -> str:
    """What became of a text that was taken in, in a few words."""
    if taken.is_known:
        return str(_("This text is here already: nothing was added."))
    told = [_suggested(taken)]
    placed = taken.placed
    if placed.spans:
        number = len(placed.spans)
        told.append(
            ngettext(
                "%(num)s claim of the earlier text stands in it too.",
                "%(num)s claims of the earlier text stand in it too.",
                number,
            )
        )
    if placed.nearly:
        told.append(
            ngettext(
                "%(num)s of them in similar words: look at it.",
                "%(num)s of them in similar words: look at them.",
                placed.nearly,
            )
        )
    if placed.missing:
        told.append(
            ngettext(
                "%(num)s claim was not found in it.",
                "%(num)s claims were not found in it.",
                placed.missing,
            )
        )
    return " ".join(told)


def _suggested(taken: TakenIn) -> str:
    number = taken.suggested + taken.opened
    if number == 0 and not (taken.placed.spans or taken.placed.missing):
        return str(_("No claim was found. Mark the words of one, and add it."))
    if number == 0:
        return str(_("The new text is kept; no new claim was found."))
    said = ngettext("%(num)s suggestion", "%(num)s suggestions", number)
    if taken.opened:
        said = _(
            "%(suggestions)s, %(opened)d to check already", suggestions=said, opened=taken.opened
        )
    return f"{said}."
