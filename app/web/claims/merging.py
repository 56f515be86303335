"""Joining claims that are one: those near in the same text are ticked, and the wording is offered."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import HiddenField, RadioField, TextAreaField

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Stale, WrongState
from app.domain.ids import is_public_id
from app.domain.permissions import Action
from app.domain.records import ArticleRecord, ClaimRecord
from app.domain.words import ClaimState
from app.storage import articles, claim_lists, claims
from app.web.claims.forms import WORDS
from app.web.claims.returning import back_to, came_from
from app.web.errors import status_of
from app.web.fields import DeskForm, Ticks, choices, number
from app.web.transactions import database, db
from app.workflow.merging import MAX_JOINED, Merge, merge

# States of claims that can be joined.
JOINABLE = frozenset({ClaimState.CANDIDATE, ClaimState.OPEN})
CLOSED = ".!?…。！？"


class MergeForm(DeskForm):
    """Which claims are one, and what it says; ``offered`` is the wording that nobody has typed."""

    others = Ticks(lazy_gettext("Which claims are one with it?"), validate_choice=False)
    chain = RadioField(lazy_gettext("Who said it"), validate_choice=False)
    text = TextAreaField(lazy_gettext("The claim, in words that stand alone"), render_kw=WORDS)
    offered = HiddenField()
    versions = HiddenField()

    def shown(self) -> dict[str, int]:
        """The versions of the claims as the page showed them."""
        pairs = (pair.partition(":") for pair in (self.versions.data or "").split())
        return {name: number(version) for name, _colon, version in pairs}

    def offer(self, claim: ClaimRecord, near: Sequence[ClaimRecord]) -> list[ClaimRecord]:
        """Offer these claims, and the chains and the wording of those that are ticked.

        Answers those that would be one, in reading order.
        """
        self.others.choices = choices((one.public_id, one.text) for one in near)
        ticked = set(self.others.data or [])
        chosen = _in_order([claim, *(one for one in near if one.public_id in ticked)])
        chains = {_said(one): one.public_id for one in reversed(chosen)}
        self.chain.choices = choices((name, said) for said, name in reversed(chains.items()))
        if self.chain.data not in chains.values():
            self.chain.data = chosen[0].public_id
        if (self.text.data or "") in {"", self.offered.data or ""}:
            self.text.data = self.offered.data = wording_of(chosen)
        every = [claim, *near]
        self.versions.data = " ".join(f"{one.public_id}:{one.version}" for one in every)
        return chosen


def wording_of(chosen: Sequence[ClaimRecord]) -> str:
    """What several claims say, one after the other; one that stands in another is not repeated."""
    said: list[str] = []
    for text in dict.fromkeys(one.text for one in chosen):
        if said and said[-1][-1] not in CLOSED:
            said[-1] += ";"
        said.append(text)
    return " ".join(said)


def _said(claim: ClaimRecord) -> str:
    """A chain in one line."""
    return " › ".join(hop.agent for hop in claim.hops) or str(_("the article's own voice"))


def _in_order(found: Sequence[ClaimRecord]) -> list[ClaimRecord]:
    return sorted(found, key=lambda one: (one.start or 0, one.id))


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    rule = "/claims/<claim_id>/merge"
    blueprint.add_url_rule(rule, view_func=joining, methods=["GET"])
    blueprint.add_url_rule(rule, view_func=join, methods=["POST"])


@needs(Action.CLAIM_EDIT)
def joining(claim_id: str) -> ResponseReturnValue:
    """The claims near it, to be ticked; those of ``?with=`` are."""
    claim, article, near = _loaded(claim_id)
    form = MergeForm(formdata=None, data={"others": request.args.getlist("with")})
    return _page(form, claim, article, near)


@needs(Action.CLAIM_EDIT)
def join(claim_id: str) -> ResponseReturnValue:
    """Join them; the other button only shows what they would say."""
    form = MergeForm()
    if request.form.get("do") == "preview":
        return _page(form, *_loaded(claim_id))
    try:
        name = merge(db(), identity.actor(), claim_id, values=_values(form, claim_id))
    except (Invalid, Stale) as refusal:
        db().rollback()
        form.refuse(refusal)
        shown = _page(form, *_loaded(claim_id), is_stale=isinstance(refusal, Stale))
        return shown, status_of(refusal)
    flash(_("They are one claim now. The others are kept, and lead to it."), "good")
    claim = claims.claim(db(), identity.actor(), name)
    if claim.quote_translation:
        flash(_("The words changed: look at their translation, too."), "warn")
    return redirect(back_to(claim), 303)


def _values(form: MergeForm, claim_id: str) -> Merge:
    """What is to be joined, as it was shown; a wording that nobody typed is that of these claims."""
    shown = form.shown()
    ticked = [name for name in form.others.data or [] if is_public_id(name)]
    names = dict.fromkeys([claim_id, *ticked])
    text = form.text.data or ""
    if text in {"", form.offered.data or ""}:
        with database().reading() as session:
            found = claim_lists.claims_named(session, identity.project().id, list(names))
        text = wording_of(_in_order(found))
    versions = {name: shown.get(name, 0) for name in names}
    return Merge(versions=versions, text=text, chain_of=form.chain.data or None)


def _loaded(claim_id: str) -> tuple[ClaimRecord, ArticleRecord, list[ClaimRecord]]:
    """A claim, its article, and the claims that could be one with it.

    Raises:
        WrongState: it is settled, dropped, or of no article.
    """
    with database().reading() as session:
        claim = claims.claim(session, identity.actor(), claim_id)
        article = articles.article_of_claim(session, claim.id)
        if article is None or article.snapshot_id is None:
            raise WrongState("place.no-article")
        if claim.state not in JOINABLE:
            is_settled = claim.state is ClaimState.SETTLED
            raise WrongState("merge.settled" if is_settled else "merge.dropped")
        every = claims.claims_of_snapshot(session, article.snapshot_id)
    near = [one for one in every if one.id != claim.id and one.state in JOINABLE]
    return claim, article, [one for one in near if _length([claim, one]) <= MAX_JOINED]


def _length(chosen: Sequence[ClaimRecord]) -> int:
    return max(one.end or 0 for one in chosen) - min(one.start or 0 for one in chosen)


def _page(
    form: MergeForm,
    claim: ClaimRecord,
    article: ArticleRecord,
    near: Sequence[ClaimRecord],
    *,
    is_stale: bool = False,
) -> str:
    chosen = form.offer(claim, near)
    start = min(one.start or 0 for one in chosen)
    return render_template(
        "claims/merge.html",
        form=form,
        claim=claim,
        near=near,
        article=article,
        quote=article.text[start : start + _length(chosen)] if len(chosen) > 1 else "",
        is_stale=is_stale,
        back=back_to(claim),
        came_from=came_from(),
    )
