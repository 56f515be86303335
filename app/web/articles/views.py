"""The pages of articles."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.auth import identity
from app.auth.guard import needs
from app.domain.blindness import SeenState
from app.domain.errors import Invalid, Missing
from app.domain.ids import is_public_id
from app.domain.permissions import Action, may
from app.domain.records import ArticleRecord
from app.domain.words import ClaimState
from app.storage import articles as questions
from app.storage.choosing import choices
from app.storage.claim_lists import claims_without_place
from app.storage.claims import agent_names, claim, claims_of_snapshot
from app.storage.seen import SeenClaim, seen_claims
from app.web import paging
from app.web.articles.forms import ArticleForm, NewClaimForm
from app.web.articles.reading import numbered, paragraphs
from app.web.transactions import database, db
from app.web.wording import word
from app.workflow.articles import TakenIn, add_article
from app.workflow.claims import NewClaim, add_claim
from app.workflow.reading import read

if TYPE_CHECKING:
    from sqlmodel import Session

blueprint = Blueprint("articles", __name__)


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
    """The form for taking an article in."""
    return _form(ArticleForm(formdata=None), slug)


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
        found = read(article)
        values = replace(article, language=article.language or found.language, notice=found.notice)
        taken = add_article(
            db(),
            identity.actor(),
            identity.project().id,
            values=values,
            suggestions=found.suggestions,
        )
    except Invalid as refusal:
        form.validate()
        form.refuse(refusal, field="text")
        return _form(form, slug), 422
    flash(_outcome(taken), "" if taken.is_known else "good")
    return redirect(url_for("articles.show", article_id=taken.article_id), 303)


def _form(form: ArticleForm, slug: str) -> str:
    sent = form.file.data
    return render_template(
        "articles/new.html", form=form, slug=slug, file_name=getattr(sent, "filename", None) or ""
    )


def _outcome(taken: TakenIn) -> str:
    if taken.is_known:
        return str(_("This text is here already: nothing was added."))
    number = taken.suggested + taken.opened
    if number == 0:
        return str(_("No claim was found. Mark the words of one, and add it."))
    said = ngettext("%(num)d suggestion", "%(num)d suggestions", number)
    if taken.opened:
        said = _(
            "%(suggestions)s, %(opened)d to check already", suggestions=said, opened=taken.opened
        )
    return f"{said}."


@blueprint.get("/articles/<article_id>")
@needs(Action.PROJECT_VIEW)
def show(article_id: str) -> ResponseReturnValue:
    """The text with every claim marked, and the list of claims beside it."""
    return _page(db(), article_id, NewClaimForm(formdata=None))


@blueprint.post("/articles/<article_id>")
@needs(Action.CLAIM_ADD)
def add_one(article_id: str) -> ResponseReturnValue:
    """Add a claim by the words that it was taken from."""
    form = NewClaimForm()
    if not form.validate():
        with database().reading() as session:
            return _page(session, article_id, form), 422
    try:
        public_id = _added(form, article_id)
    except Invalid as refusal:
        form.refuse(refusal, field="agent" if refusal.code.startswith("chain.") else "quote")
        # What the verb began is undone, and nobody waits while the page is made.
        db().rollback()
        with database().reading() as session:
            return _page(session, article_id, form), 422
    flash(_("The claim is on the list to check."), "good")
    address = url_for("articles.show", article_id=article_id, _anchor=f"claim-{public_id}")
    return redirect(address, 303)


def _added(form: NewClaimForm, article_id: str) -> str:
    if not form.quote.data:
        raise Invalid("quote.blank")
    values = NewClaim(text=form.text.data or "", quote=form.quote.data, hops=form.chain())
    return add_claim(
        db(), identity.actor(), identity.project().id, values=values, article_id=article_id
    )


@dataclass(frozen=True, slots=True)
class _Leave:
    """What the person may do on the page."""

    pick: bool
    add: bool


def _page(session: "Session", article_id: str, form: NewClaimForm) -> str:
    actor, project = identity.actor(), identity.project()
    article, is_newest = _text(session, article_id)
    placed: list[SeenClaim] = []
    if article.snapshot_id is not None:
        placed = seen_claims(session, actor, claims_of_snapshot(session, article.snapshot_id))
    claims = numbered(placed, _("Claim %(n)s, %(state)s"), {s: word(s) for s in SeenState})
    leave = _Leave(
        pick=may(actor, Action.CLAIM_PICK, project.id), add=may(actor, Action.CLAIM_ADD, project.id)
    )
    values: dict[str, Any] = {
        "article": article,
        "is_newest": is_newest,
        "paragraphs": paragraphs(article.text, claims),
        "claims": claims,
        "choices": choices(session, actor, project, [seen.claim for seen in placed]),
        "following": _following([c.id for c in claims]),
        "elsewhere": seen_claims(session, actor, claims_without_place(session, article.id)),
        "leave": leave,
        "form": form,
        "names": agent_names(session, project.id) if leave.add else (),
    }
    return render_template("articles/show.html", **values)


def _text(session: "Session", article_id: str) -> tuple[ArticleRecord, bool]:
    """The newest text of the article, or the one that ``?claim=`` was taken from.

    Raises:
        Missing: no such article, or the claim is not of it.
    """
    actor = identity.actor()
    newest = questions.article(session, actor, article_id)
    wanted = request.args.get("claim", "")
    if not wanted:
        return newest, True
    if not is_public_id(wanted):
        raise Missing("claim.missing")
    found = questions.article_of_claim(session, claim(session, actor, wanted).id)
    if found is None or found.public_id != article_id:
        raise Missing("claim.missing")
    return found, found.snapshot_id == newest.snapshot_id


def _following(ids: list[str]) -> dict[str, str]:
    """The next claim of each, for going on after a press."""
    return dict(zip(ids, [*ids[1:], *ids[-1:]], strict=True))
