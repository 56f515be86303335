"""Where a claim's words begin and end: trimming them, placing them by hand, looking at them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import HiddenField, TextAreaField

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Stale, WrongState
from app.domain.permissions import Action
from app.domain.records import ArticleRecord, ClaimRecord, SnapshotRecord
from app.domain.spans import Span
from app.storage import articles, claims
from app.storage.places import is_in_parts, places_of, snapshots_of
from app.web.claims.forms import WORDS
from app.web.claims.returning import back_to, came_from
from app.web.errors import status_of
from app.web.fields import number
from app.web.transactions import database, db
from app.web.word_choice import PREVIEWS, WordsForm, chosen, window_around
from app.workflow.places import Ends, confirm_place, keep_place, move_ends


class EndsForm(WordsForm):
    """The first and the last word of a claim, and its wording, which often changes along."""

    text = TextAreaField(_("The claim, in words that stand alone"), render_kw=WORDS)
    version = HiddenField()
    stands_in = HiddenField()

    def values(self, text: str) -> Ends:
        """The ends as the verb takes them."""
        span = self.span(text, Span(0, 0))
        return Ends(
            start=span.start,
            end=span.end,
            version=number(self.version.data),
            snapshot=self.snapshot.data or "",
            stands_in=self.stands_in.data or None,
            text=self.text.data or "",
        )


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    for rule, method, view in (
        ("/claims/<claim_id>/ends", "GET", ends),
        ("/claims/<claim_id>/ends", "POST", save_ends),
        ("/claims/<claim_id>/place", "POST", look),
    ):
        blueprint.add_url_rule(rule, view_func=view, methods=[method])


@needs(Action.CLAIM_EDIT)
def ends(claim_id: str) -> ResponseReturnValue:
    """The claim's words among those around them; in ``?snapshot=``, another text of the article."""
    claim = claims.claim(db(), identity.actor(), claim_id)
    article, snapshot, own = _text(claim, request.args.get("snapshot", ""))
    span = _where(claim, article)
    shown = {"version": claim.version, "snapshot": snapshot.public_id, "stands_in": own}
    form = EndsForm(formdata=None, data={**shown, "text": claim.text})
    window = window_around(article.text, span, before=1, after=1)
    return _page(form, claim, article, span=span, window=window)


@needs(Action.CLAIM_EDIT)
def save_ends(claim_id: str) -> ResponseReturnValue:
    """Move the ends; the buttons that show more words keep nothing."""
    form = EndsForm()
    do = request.form.get("do", "save")
    claim = _now(claim_id)
    article, snapshot, own = _text(claim, form.snapshot.data or "")
    form.snapshot.data = snapshot.public_id
    span, window = form.pressed(do, article.text, _where(claim, article))
    if do in PREVIEWS:
        return _page(form, claim, article, span=span, window=window)
    try:
        move_ends(db(), identity.actor(), claim_id, values=form.values(article.text))
    except (Invalid, Stale) as refusal:
        db().rollback()
        form.refuse(refusal, field="first")
        is_stale = isinstance(refusal, Stale)
        if is_stale:
            form.version.data, form.stands_in.data = str(claim.version), own
        shown = _page(form, claim, article, span=span, window=window, is_stale=is_stale)
        return shown, status_of(refusal)
    flash(_("Saved. The earlier place is kept in the claim's history."), "good")
    if claim.quote_translation:
        flash(_("The words changed: look at their translation, too."), "warn")
    return redirect(back_to(claim), 303)


@needs(Action.CLAIM_EDIT)
def look(claim_id: str) -> ResponseReturnValue:
    """Say that a place in a changed text is right, or leave the claim at its old text."""
    if request.form.get("do") == "keep":
        keep_place(db(), identity.actor(), claim_id)
        flash(_("The claim stays at the text that it was taken from."), "good")
    else:
        confirm_place(db(), identity.actor(), claim_id)
        flash(_("The place is confirmed."), "good")
    article = claims.claim(db(), identity.actor(), claim_id).article_id
    if request.args.get("next") == "article" and article:
        at = claim_id if is_in_parts(db(), article) else None
        return redirect(url_for("articles.show", article_id=article, claim=at), 303)
    return redirect(url_for("claims.show", claim_id=claim_id), 303)


def _now(claim_id: str) -> ClaimRecord:
    with database().reading() as session:
        return claims.claim(session, identity.actor(), claim_id)


def _text(claim: ClaimRecord, snapshot_id: str) -> tuple[ArticleRecord, SnapshotRecord, str]:
    """A text of the claim's article: the one that is named, the claim's own, else the newest.

    With it the public id of the text that the claim stands in; of none, an empty one.
    """
    if claim.article_id is None:
        raise WrongState("place.no-article")
    with database().reading() as session:
        actor = identity.actor()
        newest = articles.article(session, actor, claim.article_id)
        own = articles.article_of_claim(session, claim.id) or newest
        texts = snapshots_of(session, newest.id)
        if not texts:
            raise WrongState("place.no-text")
        mine = next((text for text in texts if text.id == claim.snapshot_id), None)
        found = next((text for text in texts if text.public_id == snapshot_id), mine or texts[0])
        name = "" if mine is None else mine.public_id
        if found.id == own.snapshot_id:
            return own, found, name
        shown = articles.article(session, actor, claim.article_id, snapshot_id=found.id)
        return shown, found, name


def _where(claim: ClaimRecord, article: ArticleRecord) -> Span:
    """Where the claim stands; in another text than its own, about the same place."""
    start = min(claim.start or 0, max(0, len(article.text) - 1))
    end = min(claim.end or start + 1, len(article.text))
    return Span(start, max(start + 1, end))


def _page(
    form: EndsForm,
    claim: ClaimRecord,
    article: ArticleRecord,
    *,
    span: Span,
    window: Span,
    is_stale: bool = False,
) -> str:
    form.offer(article.text, span, window)
    with database().reading() as session:
        places = places_of(session, claim.id)
    return render_template(
        "claims/ends.html",
        form=form,
        claim=claim,
        article=article,
        chosen=chosen(article.text, window, span),
        places=places,
        back=back_to(claim),
        came_from=came_from(),
        is_stale=is_stale,
        is_other_text=article.text[claim.start or 0 : claim.end or 0] != claim.quote,
    )
