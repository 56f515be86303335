"""Splitting a claim: rows of parts, each with its first and last word and a wording."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import FieldList, FormField, HiddenField, SelectField, TextAreaField

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Stale, WrongState
from app.domain.permissions import Action
from app.domain.records import ArticleRecord, ClaimRecord
from app.domain.spans import Span
from app.domain.tokens import tokens_cut_at
from app.domain.words import ClaimState
from app.storage import articles, claims
from app.web.claims.forms import WORDS
from app.web.claims.returning import back_to, came_from
from app.web.claims.typed import typed_alone
from app.web.errors import status_of
from app.web.fields import DeskForm, number
from app.web.transactions import database, db
from app.web.word_choice import place, words_from
from app.workflow.splitting import MAX_PARTS, Part, Split, split

# Where a claim most often falls apart: before these, or else in the middle.
JOINTS = frozenset({";", "and", "while", "but", "whereas", "und", "et", "y", "—", "–"})


class PartForm(DeskForm):
    """One of the claims to be."""

    first = SelectField(_("From the word"), validate_choice=False)
    last = SelectField(_("To the word"), validate_choice=False)
    text = TextAreaField(_("The claim, in words that stand alone"), render_kw=WORDS)


class SplitForm(DeskForm):
    """The parts of a claim, in order."""

    parts = FieldList(FormField(PartForm), max_entries=MAX_PARTS)
    version = HiddenField()

    def rows(self) -> list[dict[str, Any]]:
        """What was typed, part by part."""
        return [dict(entry.form.data) for entry in self.parts]

    def offer(self, claim: ClaimRecord, article: ArticleRecord | None) -> list[str]:
        """Offer the claim's words in every part. Answers what each part says as it stands."""
        if article is None or claim.start is None or claim.end is None:
            for entry in self.parts:
                del entry.form.first, entry.form.last
            return [""] * len(self.parts)
        window, told = Span(claim.start, claim.end), []
        for entry in self.parts:
            first, last = words_from(article.text, window, [claim.start, claim.end])
            entry.form.first.choices, entry.form.last.choices = first, last
            told.append(_span(entry.form.data, article.text).of(article.text))
        return told

    def values(self, text: str) -> Split:
        """The parts as the verb takes them."""
        parts = []
        for row in self.rows():
            span = _span(row, text)
            parts.append(Part(text=row["text"] or span.of(text), start=span.start, end=span.end))
        return Split(parts=tuple(parts), version=number(self.version.data))


def _span(row: dict[str, Any], text: str) -> Span:
    return Span(place(row.get("first"), text) or 0, place(row.get("last"), text) or 0)


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    rule = "/claims/<claim_id>/split"
    blueprint.add_url_rule(rule, view_func=parts, methods=["GET"])
    blueprint.add_url_rule(rule, view_func=split_up, methods=["POST"])


@needs(Action.CLAIM_EDIT)
def parts(claim_id: str) -> ResponseReturnValue:
    """The claim in two parts to begin with; the second begins at the word of ``?at=``, a place."""
    claim, article = _loaded(claim_id)
    if claim.state is ClaimState.SETTLED:
        raise WrongState("split.settled")
    at = place(request.args.get("at"), article.text) if article else None
    data = {"version": claim.version, "parts": _halves(claim, article, at)}
    return _page(SplitForm(formdata=None, data=data), claim, article)


@needs(Action.CLAIM_EDIT)
def split_up(claim_id: str) -> ResponseReturnValue:
    """Split the claim; the other buttons only change the form."""
    form = SplitForm()
    claim, article = _loaded(claim_id)
    do = request.form.get("do", "save")
    rows = _rearranged(form.rows(), do, claim)
    if rows is not None:
        data = {"version": form.version.data, "parts": rows}
        return _page(SplitForm(formdata=None, data=data), claim, article)
    text = "" if article is None else article.text
    try:
        names = split(db(), identity.actor(), claim_id, values=form.values(text))
    except (Invalid, Stale) as refusal:
        db().rollback()
        return _refused(form, refusal, claim, article)
    except WrongState as gone:
        db().rollback()
        return typed_alone(claim_id, gone, [row["text"] for row in form.rows()])
    number = len(names)
    flash(ngettext("It is %(num)s claim now.", "It is %(num)s claims now.", number), "good")
    return redirect(back_to(claim), 303)


def _refused(
    form: SplitForm, refusal: Invalid | Stale, claim: ClaimRecord, article: ArticleRecord | None
) -> ResponseReturnValue:
    page_of = form
    is_stale = isinstance(refusal, Stale)
    if is_stale:
        data = {"version": claim.version, "parts": form.rows()}
        page_of = SplitForm(formdata=None, data=data)
    _tell(page_of, refusal)
    return _page(page_of, claim, article, is_stale=is_stale), status_of(refusal)


def _tell(form: SplitForm, refusal: Invalid | Stale) -> None:
    """Beside the field of the part that it is about, or above the form."""
    field = str(refusal.values.get("field", ""))
    place_, _dash, name = field.removeprefix("parts-").partition("-")
    if field.startswith("parts-") and place_.isdigit() and int(place_) < len(form.parts):
        about = {**refusal.values, "field": name}
        form.parts[int(place_)].form.refuse(Invalid(refusal.code, **about))
        form.parts.errors = [entry.errors for entry in form.parts]
    else:
        form.refuse(refusal)


def _rearranged(
    rows: list[dict[str, Any]], do: str, claim: ClaimRecord
) -> list[dict[str, Any]] | None:
    """The parts after a button that only changes the form; None when it was another one."""
    if do == "preview":
        return rows
    if do == "add-part":
        end = str(claim.end or "")
        return [*rows, {"first": end, "last": end, "text": ""}][:MAX_PARTS]
    name, _dash, number = do.partition("remove-part-")
    if name or not number.isdigit():
        return None
    return [row for place_, row in enumerate(rows) if place_ != int(number)]


def _halves(
    claim: ClaimRecord, article: ArticleRecord | None, at: int | None
) -> list[dict[str, Any]]:
    """Two parts, cut before the word at a place, else at a joint of the sentence or in the middle."""
    if article is None or claim.start is None or claim.end is None:
        return [{"text": claim.text}, {"text": ""}]
    words = tokens_cut_at(article.text, Span(claim.start, claim.end), [])
    last, first = _cut(words, article.text, at)
    spans = [Span(words[0].start, words[last].end), Span(words[first].start, words[-1].end)]
    return [
        {"first": str(span.start), "last": str(span.end), "text": span.of(article.text)}
        for span in spans
    ]


def _cut(words: Sequence[Span], text: str, at: int | None) -> tuple[int, int]:
    """Which word is the last of the first part, and which the first of the second."""
    inner = range(1, len(words))
    chosen = next((n for n in inner if at is not None and words[n].end > at), None)
    if chosen is not None and at is not None and words[0].end <= at < words[-1].end:
        return chosen - 1, chosen
    joints = [n for n in inner if words[n].of(text).casefold() in JOINTS]
    cut = min(joints or inner, key=lambda n: abs(n - len(words) / 2), default=0)
    return max(0, cut - 1), min(cut + 1, len(words) - 1) if joints else cut


def _loaded(claim_id: str) -> tuple[ClaimRecord, ArticleRecord | None]:
    with database().reading() as session:
        claim = claims.claim(session, identity.actor(), claim_id)
        return claim, articles.article_of_claim(session, claim.id)


def _page(
    form: SplitForm,
    claim: ClaimRecord,
    article: ArticleRecord | None,
    *,
    is_stale: bool = False,
) -> str:
    told = form.offer(claim, article)
    return render_template(
        "claims/split.html",
        form=form,
        claim=claim,
        told=told,
        is_stale=is_stale,
        most=MAX_PARTS,
        back=back_to(claim),
        came_from=came_from(),
        language=article.language if article else claim.language,
    )
