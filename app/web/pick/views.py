"""All suggestions of all articles, best first, and the one press that decides about each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, WrongState
from app.domain.permissions import Action
from app.domain.records import ClaimRecord
from app.domain.words import ClaimState
from app.storage.claim_groups import groups_shown
from app.storage.claim_lists import groups_of
from app.storage.claims import claim as claim_record
from app.storage.places import is_in_parts
from app.storage.seen import SeenClaim, seen_claims
from app.storage.suggestions import Place, suggestions_from
from app.storage.triage import second_looks
from app.web import paging
from app.web.pick import again
from app.web.pick.forms import DECISIONS, PickForm
from app.web.transactions import database, db
from app.web.wording import PRIORITIES
from app.workflow.claims import drop, pick, put_off

blueprint = Blueprint("pick", __name__)
again.install(blueprint)

# What a claim is when a decision about it was made already: pressing twice does no harm.
WANTED = {
    "check": ClaimState.OPEN,
    "drop": ClaimState.REJECTED,
    "later": ClaimState.CANDIDATE,
}
MAX_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Row:
    """A suggestion, and where else the same is stated."""

    seen: SeenClaim
    also: tuple[ClaimRecord, ...]
    same: int


@blueprint.get("/projects/<slug>/pick")
@needs(Action.CLAIM_PICK)
def show(slug: str) -> ResponseReturnValue:
    """The suggestions, best first."""
    place = paging.after((int, float, int))
    found = suggestions_from(
        db(), identity.project().id, after=_place(place), limit=paging.PAGE_ROWS + 1
    )
    shown = found[: paging.PAGE_ROWS]
    rows = _rows([claim for _place_of_claim, claim in shown])
    ids = [row.seen.claim.public_id for row in rows]
    return render_template(
        "pick/show.html",
        slug=slug,
        rows=rows,
        following=dict(zip(ids, [*ids[1:], ""], strict=False)),
        form=PickForm(formdata=None),
        priorities=PRIORITIES,
        more=paging.place_of(shown[-1][0]) if len(found) > len(shown) else None,
        after=request.args.get("after", ""),
        looks=second_looks(db(), identity.actor(), identity.project().id),
    )


def _place(key: paging.Key | None) -> Place | None:
    if key is None:
        return None
    off, worth, last = key
    return int(off or 0), float(worth or 0), int(last or 0)


def _rows(claims: Sequence[ClaimRecord]) -> list[Row]:
    """The same statement in several places once, where it is best, with the other places."""
    groups = groups_of(db(), [claim.id for claim in claims])
    same: dict[object, list[ClaimRecord]] = {}
    for claim in claims:
        words = " ".join(claim.text.casefold().split()).rstrip(".")
        same.setdefault(groups.get(claim.id, words), []).append(claim)
    first = [group[0] for group in same.values()]
    seen = seen_claims(db(), identity.actor(), first)
    more = groups_shown(db(), first)
    return [
        Row(one, tuple(group[1:]), more.get(one.claim.id, 0))
        for one, group in zip(seen, same.values(), strict=True)
    ]


@blueprint.post("/claims/<claim_id>/pick")
@needs(Action.CLAIM_PICK)
def decide(claim_id: str) -> ResponseReturnValue:
    """Check, drop or later; back to where it was pressed, at the next claim."""
    form = PickForm(CombinedMultiDict([request.form, MultiDict(request.args)]))
    do = request.form.get("do", "")
    if do not in DECISIONS or not form.validate():
        return _refused(form, claim_id), 422
    try:
        _do(do, claim_id, form)
    except Invalid as refusal:
        form.refuse(refusal)
        db().rollback()
        return _refused(form, claim_id), 422
    except WrongState:
        if claim_record(db(), identity.actor(), claim_id).state is not WANTED[do]:
            raise
    else:
        flash(_outcome(do, claim_record(db(), identity.actor(), claim_id)), "good")
    return redirect(_way_on(form, claim_id), 303)


def _do(do: str, claim_id: str, form: PickForm) -> None:
    verbs: dict[str, Callable[[], None]] = {
        "check": lambda: pick(
            db(),
            identity.actor(),
            claim_id,
            values=form.values(identity.project().timezone),
        ),
        "drop": lambda: drop(db(), identity.actor(), claim_id),
        "later": lambda: put_off(db(), identity.actor(), claim_id),
    }
    verbs[do]()


def _refused(form: PickForm, claim_id: str) -> str:
    """The one claim with what was typed."""
    with database().reading() as session:
        actor = identity.actor()
        seen = seen_claims(session, actor, [claim_record(session, actor, claim_id)])[0]
    return render_template("pick/one.html", form=form, seen=seen, slug=identity.project().slug)


def _outcome(do: str, claim: ClaimRecord) -> str:
    """What was done, in the beginning of the claim's words."""
    text = claim.text if len(claim.text) <= MAX_SHOWN else f"{claim.text[: MAX_SHOWN - 1]}…"
    said = {
        "check": _("To check: “%(claim)s”", claim=text),
        "drop": _("Dropped: “%(claim)s”", claim=text),
        "later": _("Put off: “%(claim)s”", claim=text),
    }
    return str(said[do])


def _way_on(form: PickForm, claim_id: str) -> str:
    """The page that the press came from, at the next claim there."""
    if form.next.data == "claim":
        return url_for("claims.show", claim_id=claim_id)
    at = form.following
    anchor = f"#claim-{at}" if at else ""
    if form.next.data == "article":
        article = claim_record(db(), identity.actor(), claim_id).article_id
        if article is not None:
            claim = at if at and is_in_parts(db(), article) else None
            return url_for("articles.show", article_id=article, claim=claim) + anchor
    slug = identity.project().slug
    if form.next.data == "differences":
        return url_for("pick.differences", slug=slug) + anchor
    return url_for("pick.show", slug=slug, after=form.after.data or None) + anchor
