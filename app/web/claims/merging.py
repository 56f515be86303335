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
from app.web.claims.typed import typed_alone
from app.web.errors import status_of
from app.web.fields import DeskForm, Ticks, choices, number
from app.web.transactions import database, db
from app.web.wording import word
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
        first_with = {_chain(one): one for one in reversed(chosen)}
        has = {one.public_id: first_with[_chain(one)].public_id for one in chosen}
        self.chain.choices = choices(
            _told([one for one in chosen if one.public_id in has.values()])
        )
        self.chain.data = has.get(self.chain.data or "", has[chosen[0].public_id])
        if (self.text.data or "") in {"", self.offered.data or ""}:
            self.text.data = self.offered.data = wording_of(chosen)
        every = [claim, *near]
        self.versions.data = " ".join(f"{one.public_id}:{one.version}" for one in every)
        return chosen


def wording_of(chosen: Sequence[ClaimRecord]) -> str:
    """What several claims say, one after the other; the very same words are not repeated."""
    said: list[str] = []
    for text in dict.fromkeys(one.text for one in chosen):
        if said and said[-1][-1] not in CLOSED:
            said[-1] += ";"
        said.append(text)
    return " ".join(said)


def _chain(claim: ClaimRecord) -> tuple[tuple[str | None, ...], ...]:
    """All that a chain says: of two with the same names, one may say more, or something else."""
    return tuple(
        (hop.agent, hop.cue, hop.mode, hop.said_on, hop.url, hop.ends_because) for hop in claim.hops
    )


def _told(chosen: Sequence[ClaimRecord]) -> list[tuple[str, str]]:
    """The chains of some claims, by the claim, in one line each; if need be, with all they say."""
    lines = [" › ".join(hop.agent for hop in one.hops) for one in chosen]
    told = []
    for one, line in zip(chosen, lines, strict=True):
        said = _closely(one) if lines.count(line) > 1 else line
        told.append((one.public_id, said or str(_("the article's own voice"))))
    return told


def _closely(claim: ClaimRecord) -> str:
    steps = []
    for hop in claim.hops:
        more = (hop.cue, word(hop.mode), hop.said_on, hop.url, hop.ends_because)
        steps.append(f"{hop.agent} ({', '.join(part for part in more if part)})")
    return " › ".join(steps)


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
        return _again(form, claim_id)
    try:
        name = merge(db(), identity.actor(), claim_id, values=_values(form, claim_id))
    except (Invalid, Stale, WrongState) as refusal:
        db().rollback()
        form.refuse(refusal)
        return _again(form, claim_id, refusal)
    flash(_("They are one claim now. The others are kept, and lead to it."), "good")
    claim = claims.claim(db(), identity.actor(), name)
    if claim.quote_translation:
        flash(_("The words changed: look at their translation, too."), "warn")
    return redirect(back_to(claim), 303)


def _again(
    form: MergeForm, claim_id: str, refusal: Invalid | Stale | WrongState | None = None
) -> ResponseReturnValue:
    """The form as it was filled in; where there can be none any more, what was typed."""
    try:
        claim, article, near = _loaded(claim_id)
    except WrongState as gone:
        return typed_alone(claim_id, gone, [form.text.data])
    if not near:
        return typed_alone(claim_id, refusal or WrongState("merge.dropped"), [form.text.data])
    shown = _page(form, claim, article, near, is_stale=isinstance(refusal, Stale))
    return shown, 200 if refusal is None else status_of(refusal)


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
