"""Who claims it, set for several claims of an article with one press."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid
from app.domain.ids import is_public_id
from app.domain.permissions import Action
from app.domain.records import ArticleRecord, ClaimRecord
from app.domain.words import ChainChange, ClaimState
from app.storage import articles, claims
from app.storage.claim_lists import claims_of_article
from app.web.chain import HopForm
from app.web.claims.many import address_of_left, said
from app.web.fields import Ticks, choices, choices_of, number
from app.web.transactions import database, db
from app.workflow.bulk import Outcome
from app.workflow.claimants import Claimant, set_claimants

SOMEBODY, OWN = "somebody", "own"


class ClaimantsForm(HopForm):
    """Which claims, who claims them, and what becomes of the chains that are there."""

    claims = Ticks(_("Which claims?"), validate_choice=False)
    voice = RadioField(_("Who claims it?"), default=SOMEBODY)
    change = RadioField(_("Where do they stand in the chain?"), default=ChainChange.LAST.value)
    versions = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as WTForms
        super().__init__(*args, **kwargs)
        own = _("The article, in its own voice: nobody else said it, and no chain stays")
        self.voice.choices = choices([(SOMEBODY, str(_("Somebody, as below"))), (OWN, str(own))])
        self.change.choices = choices_of(ChainChange)
        self.claims.choices = choices([])

    def offer(self, found: Sequence[ClaimRecord]) -> None:
        """Offer these claims, each with who said it so far."""
        self.claims.choices = choices((one.public_id, _told(one)) for one in found)
        self.versions.data = " ".join(f"{one.public_id}:{one.version}" for one in found)

    def ticked(self) -> dict[str, int]:
        """The claims that were ticked, with their versions as they were shown."""
        pairs = (pair.partition(":") for pair in (self.versions.data or "").split())
        shown = {name: number(version) for name, _colon, version in pairs}
        names = [name for name in self.claims.data or [] if is_public_id(name)]
        return {name: shown.get(name, 0) for name in names}

    def claimant(self) -> Claimant:
        """Who claims it.

        Raises:
            Invalid: nobody is named.
        """
        if self.voice.data == OWN:
            return Claimant(hop=None)
        if not self.agent.data:
            raise Invalid("claimants.nobody", field="agent")
        return Claimant(hop=self.values(), change=ChainChange(self.change.data))


def _told(claim: ClaimRecord) -> str:
    chain = " › ".join(hop.agent for hop in claim.hops)
    return f"{claim.text} ({chain})" if chain else claim.text


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    rule = "/articles/<article_id>/claimants"
    blueprint.add_url_rule(rule, view_func=claimants, methods=["GET"])
    blueprint.add_url_rule(rule, view_func=save_claimants, methods=["POST"])


@needs(Action.CLAIM_EDIT)
def claimants(article_id: str) -> ResponseReturnValue:
    """The claims of the article; those of ``?claim=`` and of ``?speaker=``, an agent, are ticked."""
    article, found = _loaded(article_id)
    named, speaker = set(request.args.getlist("claim")), request.args.get("speaker", "")
    ticked = [
        one.public_id
        for one in found
        if one.public_id in named
        or (speaker and one.claimant is not None and one.claimant.agent_id == speaker)
    ]
    return _page(ClaimantsForm(formdata=None, data={"claims": ticked}), article, found)


@needs(Action.CLAIM_EDIT)
def save_claimants(article_id: str) -> ResponseReturnValue:
    """Set it, and go back to the article; what was left as it was is named first.

    Those that were ticked beside the text come here first, to be asked about; nothing is kept then.
    """
    if request.form.get("do") == "ask":
        ticked = request.form.getlist("claim")
        return _page(ClaimantsForm(formdata=None, data={"claims": ticked}), *_loaded(article_id))
    form = ClaimantsForm()
    try:
        if not form.validate():
            return _page(form, *_loaded(article_id)), 422
        outcome = set_claimants(
            db(),
            identity.actor(),
            identity.project().id,
            form.ticked(),
            values=form.claimant(),
        )
    except Invalid as refusal:
        db().rollback()
        field = "claims" if refusal.code.startswith("bulk.") else "agent"
        form.refuse(refusal, field=field)
        return _page(form, *_loaded(article_id)), 422
    flash(said(outcome), "good" if outcome.done else "")
    return redirect(_on(article_id, outcome), 303)


def _on(article_id: str, outcome: Outcome) -> str:
    """Back to the article, or first to what was left."""
    if outcome.left:
        return address_of_left(identity.project().slug, outcome, article=article_id)
    return url_for("articles.show", article_id=article_id)


def _loaded(article_id: str) -> tuple[ArticleRecord, list[ClaimRecord]]:
    """The article, and its claims that are not settled."""
    with database().reading() as session:
        article = articles.article(session, identity.actor(), article_id)
        found = claims_of_article(session, article.id)
    return article, [one for one in found if one.state is not ClaimState.SETTLED]


def _page(form: ClaimantsForm, article: ArticleRecord, found: Sequence[ClaimRecord]) -> str:
    form.offer(found)
    with database().reading() as session:
        names = claims.agent_names(session, identity.project().id)
    speakers = {
        one.claimant.agent_id: one.claimant.agent for one in found if one.claimant is not None
    }
    return render_template(
        "claims/claimants.html", form=form, article=article, names=names, speakers=speakers
    )
