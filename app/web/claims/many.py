"""One act on many claims of the list: looked at first, then done with one press."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.auth import identity
from app.auth.guard import needs
from app.domain.actors import Actor
from app.domain.errors import Invalid, NotAllowed, WrongState
from app.domain.ids import is_public_id
from app.domain.permissions import Action, may
from app.domain.records import PersonRecord
from app.domain.words import Decides, Role
from app.storage import claim_lists, projects
from app.storage.batches import batches_of
from app.storage.claim_filters import ClaimFilter
from app.storage.claim_stretches import stretch_of
from app.storage.people import actor_of
from app.storage.tags import known_tags
from app.web.claims.acting import ManyForm
from app.web.claims.finding import BY_DUE
from app.web.claims.listing import asked_for
from app.web.claims.sharing import chosen_people, could_check_any, plan_page, told
from app.web.transactions import database, db
from app.web.wording import sentence
from app.workflow.batches import put_claims
from app.workflow.bulk import (
    MOST,
    Outcome,
    bring_back_many,
    drop_many,
    give_many,
    in_pieces,
    plan_many,
    want_many,
)
from app.workflow.sharing import share_out

SAMPLE = 5
# So many of those that were left are named: an address has an end.
NAMED = 100
MOST_WORDS = 50
# Why a claim can be left as it was.
REASONS = frozenset(
    {
        "claim.state",
        "claim.stale",
        "claimants.joined",
        "claimants.long",
        "claimants.settled",
        "review.claim-closed",
        "review.had-before",
        "review.no-place",
        "review.not-free",
        "review.share-given",
        "review.taken-over",
        "sharing.nobody",
    }
)


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    for rule, method, view in (
        ("/projects/<slug>/claims/act", "GET", choose),
        ("/projects/<slug>/claims/act", "POST", act),
        ("/projects/<slug>/claims/share", "POST", share),
        ("/projects/<slug>/claims/left", "GET", left),
    ):
        blueprint.add_url_rule(rule, view_func=view, methods=[method])


@needs(Action.CLAIM_PLAN)
def choose(slug: str) -> ResponseReturnValue:
    """How many claims are chosen, a few of them, and what can be done with them."""
    actor, project = identity.actor(), identity.project()
    asked = asked_for(request.args)
    words = _with_order(asked.words, request.args)
    if request.args.get("all") == "1":
        within = stretch_of(db(), actor, project.id, wanted=asked.wanted)
        chosen = claim_lists.found_ids(
            db(), actor, project.id, wanted=asked.wanted, limit=MOST, within=within
        )
    else:
        chosen = [one for one in request.args.getlist("claim") if is_public_id(one)]
    form = ManyForm(formdata=None, data={"claims": " ".join(chosen), "back": urlencode(words)})
    return _page(form, slug), 200 if chosen else 422


@needs(Action.CLAIM_PLAN)
def act(slug: str) -> ResponseReturnValue:
    """Do it, and go back to the list; what could not be done is named first."""
    form = ManyForm()
    try:
        _offer(form)
        if not form.names() or not form.validate():
            return _page(form, slug), 422
        if form.do.data == "share":
            return plan_page(form, slug, back=_list(slug, form.back.data or ""))
        outcome = _done(form)
    except (Invalid, NotAllowed) as refusal:
        form.refuse(refusal, field="person" if refusal.code == "review.no-reviewer" else None)
        db().rollback()
        return _page(form, slug), 422
    flash(said(outcome), "good" if outcome.done else "")
    return _on(slug, form, outcome)


@needs(Action.CLAIM_ASSIGN)
def share(slug: str) -> ResponseReturnValue:
    """Share the claims out as the page before said, or as things stand by now."""
    form = ManyForm()
    project, names = identity.project(), form.names()
    try:
        _offer(form)
        people = chosen_people(form) if form.validate() else []
        # Asked before anything is given, as when the plan was shown.
        is_silent = could_check_any(names)
        shares = share_out(db(), identity.actor(), project.id, names, people=people)
    except (Invalid, NotAllowed) as refusal:
        form.refuse(refusal, field="people" if refusal.code == "review.no-reviewer" else None)
        db().rollback()
        return _page(form, slug), 422
    said, outcome = told(shares, is_silent=is_silent)
    flash(said, "good" if outcome.done else "")
    return _on(slug, form, outcome)


def _on(slug: str, form: ManyForm, outcome: Outcome) -> ResponseReturnValue:
    """Back to the list, or first to what was left."""
    back = form.back.data or ""
    if outcome.left:
        return redirect(address_of_left(slug, outcome, back=back), 303)
    return redirect(_list(slug, back), 303)


def _done(form: ManyForm) -> Outcome:
    actor, project = identity.actor(), identity.project()
    names = form.names()
    verbs: Mapping[str, Callable[[], Outcome]] = {
        "batch": lambda: _put(form, _batch(form)),
        "unbatch": lambda: _put(form, None),
        "give": lambda: _give(form),
        "want": lambda: want_many(
            db(), actor, project.id, names, wanted=form.reviews_wanted.data or 0
        ),
        "drop": lambda: _each(form, drop_many),
        "check": lambda: _each(form, bring_back_many),
    }
    verb = verbs.get(form.do.data or "")
    if verb is not None:
        return verb()
    return plan_many(db(), actor, project.id, names, values=form.plan(project.timezone))


def _give(form: ManyForm) -> Outcome:
    person = _person(form)
    return _each(form, partial(give_many, person=person))


def _each(form: ManyForm, verb: Callable[..., Outcome]) -> Outcome:
    """Claim by claim: nobody has to wait until all are done."""
    actor, project = identity.actor(), identity.project()
    return in_pieces(
        database(),
        project.id,
        form.names(),
        lambda session, some: verb(session, actor, project.id, some),
    )


def _put(form: ManyForm, batch_id: str | None) -> Outcome:
    """Into a batch or out of any: these claims, or all that their list finds by now."""
    claims: Sequence[str] | ClaimFilter = form.names()
    if form.whole.data:
        claims = asked_for(_words(form.back.data or "")).wanted
    actor, project = identity.actor(), identity.project()
    put = put_claims(db(), actor, project.id, claims, batch_id=batch_id)
    return Outcome(put.done, put.same)


def _batch(form: ManyForm) -> str:
    """The batch that was chosen.

    Raises:
        Invalid: none was.
    """
    if not form.batch.data:
        raise Invalid("bulk.batch", field="batch")
    return str(form.batch.data)


def _person(form: ManyForm) -> Actor:
    """Whoever should check.

    Raises:
        Invalid: nobody was chosen.
    """
    if not form.person.data:
        raise Invalid("bulk.person", field="person")
    with database().reading() as session:
        return actor_of(session, form.person.data)


def _page(form: ManyForm, slug: str) -> str:
    """The form, with a few of the claims that it is about."""
    actor, project = identity.actor(), identity.project()
    names = form.names()
    if not names:
        form.refuse(Invalid("bulk.none"))
    _offer(form)
    with database().reading() as session:
        sample = claim_lists.claims_named(session, project.id, names[:SAMPLE])
        tags = known_tags(session, project.id)
    return render_template(
        "claims/act.html",
        form=form,
        slug=slug,
        number=len(names),
        most=MOST,
        sample=sample,
        tags=tags,
        people=list(form.people),
        several=project.decides is Decides.INDEPENDENT,
        back=_list(slug, form.back.data or ""),
        may_give=may(actor, Action.CLAIM_ASSIGN, project.id),
        may_pick=may(actor, Action.CLAIM_PICK, project.id),
        has_batches=form.has_batches,
    )


def _offer(form: ManyForm) -> None:
    project = identity.project()
    with database().reading() as session:
        people = _checkers(projects.members(session, project.id))
        batches = batches_of(session, project.id)
    form.offer(people, batches, several=project.decides is Decides.INDEPENDENT)


def _checkers(members: Sequence[PersonRecord]) -> list[PersonRecord]:
    return [one for one in members if Role.REVIEWER in one.roles and one.is_active]


def said(outcome: Outcome) -> str:
    """What was done, in numbers."""
    said = [ngettext("%(num)s claim was changed.", "%(num)s claims were changed.", outcome.done)]
    if outcome.same:
        said.append(ngettext("%(num)s was so already.", "%(num)s were so already.", outcome.same))
    if outcome.left:
        number = len(outcome.left)
        said.append(
            ngettext("%(num)s was left as it was.", "%(num)s were left as they were.", number)
        )
    return " ".join(said)


def _with_order(words: Mapping[str, str], args: Mapping[str, str]) -> dict[str, str]:
    return {**words, "sort": BY_DUE} if args.get("sort") == BY_DUE else dict(words)


def _words(back: str) -> dict[str, str]:
    """The query of a list, taken apart."""
    return dict(parse_qsl(back)) if back.count("&") < MOST_WORDS else {}


def _list(slug: str, back: str) -> str:
    """The list that the claims were chosen from."""
    words = _words(back)
    query = urlencode(_with_order(asked_for(words).words, words))
    return url_for("claims.index", slug=slug) + (f"?{query}" if query else "")


def address_of_left(
    slug: str, outcome: Outcome, *, back: str = "", article: str | None = None
) -> str:
    """The page that names what was left, each with its reason; it leads back to list or article."""
    groups: dict[str, list[str]] = {}
    for name, code in outcome.left[:NAMED]:
        groups.setdefault(code, []).append(name)
    spelled = [f"{code}:{','.join(names)}" for code, names in groups.items()]
    more = len(outcome.left) - NAMED
    return url_for(
        "claims.left",
        slug=slug,
        left=spelled,
        more=more if more > 0 else None,
        back=back or None,
        article=article,
    )


@needs(Action.CLAIM_PLAN)
def left(slug: str) -> ResponseReturnValue:
    """The claims that were left as they were, by name, with the reason."""
    groups = []
    for spelled in request.args.getlist("left")[: len(REASONS)]:
        code, _colon, listed = spelled.partition(":")
        names = [name for name in listed.split(",")[:NAMED] if is_public_id(name)]
        if code in REASONS and names:
            claims = claim_lists.claims_named(db(), identity.project().id, names)
            groups.append((sentence(WrongState(code)), claims))
    more, back, article = (request.args.get(name, "") for name in ("more", "back", "article"))
    is_article = is_public_id(article)
    return render_template(
        "claims/left.html",
        slug=slug,
        groups=groups,
        more=int(more) if more.isascii() and more.isdigit() and len(more) < 4 else 0,
        back=url_for("articles.show", article_id=article) if is_article else _list(slug, back),
        is_article=is_article,
    )
