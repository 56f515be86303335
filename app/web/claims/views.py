"""One claim with all that its reader may know of it."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.blindness import SeenState
from app.domain.permissions import Action, may
from app.domain.records import EventRecord
from app.domain.words import ActorKind
from app.storage import (
    articles,
    claims,
    comments,
    events,
    projects,
    publications,
    reviews,
    rounds,
    rulings,
)
from app.storage.batches import batch_of_claim
from app.storage.blind import kept_back
from app.storage.choosing import choices
from app.storage.claim_groups import same_as, settled_with
from app.storage.flags import flags_of_claim
from app.storage.gates import overrides_of
from app.storage.places import places_of
from app.storage.replies import replies_of
from app.storage.seen import SeenClaim, seen_claims
from app.storage.weights import version_of
from app.web import paging
from app.web.claims import (
    claimants,
    editing,
    ends,
    enough,
    listing,
    many,
    merging,
    planning,
    same,
    splitting,
    translating,
)
from app.web.claims.place import place_of
from app.web.extractors import found_by
from app.web.quote_places import quote_places
from app.web.transactions import db
from app.web.wording import happened, word
from app.workflow.rulings import unblind as unblind_claim
from app.workflow.taking_back import take_back as let_others_check

blueprint = Blueprint("claims", __name__)
editing.install(blueprint)
planning.install(blueprint)
many.install(blueprint)
for pages in (translating, ends, splitting, merging, claimants, same, enough):
    pages.install(blueprint)
blueprint.add_url_rule("/projects/<slug>/claims", view_func=listing.index, methods=["GET"])

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@blueprint.get("/claims/<claim_id>")
@needs(Action.PROJECT_VIEW)
def show(claim_id: str) -> ResponseReturnValue:
    """One claim: where it stands, who said it, and its checks as far as blindness allows."""
    actor, project = identity.actor(), identity.project()
    seen, group = _seen(claim_id)
    article = articles.article_of_claim(db(), seen.claim.id)
    return render_template(
        "claims/show.html",
        seen=seen,
        claim=seen.claim,
        article=article,
        place=place_of(seen.claim, article),
        choices=choices(db(), actor, project, [seen.claim]),
        can_end=enough.can_end(seen),
        places=places_of(db(), seen.claim.id),
        flags=flags_of_claim(db(), actor, seen.claim.id),
        replies=replies_of(db(), actor, seen.claim.id),
        may_reply=may(actor, Action.REPLY_ADD, project.id),
        form=planning.PlanForm(formdata=None).offer(seen.claim).show(seen.claim),
        group=group,
        joined=claims.joined_to(db(), seen.claim.id),
        batch=batch_of_claim(db(), seen.claim.id),
        found_by=found_by(db(), seen.claim),
        scored_version=version_of(db(), seen.claim.project_id, seen.claim.scored_with),
        leave={action.value: may(actor, action, project.id) for action in Action},
        **_answers(seen),
        **_history(seen),
        **_talk(seen),
    )


def _seen(claim_id: str) -> tuple[SeenClaim, list[SeenClaim]]:
    """The claim as its reader may see it, and those that say the same.

    Who could check it anew is not told where it was published, nor what verdict the others have.
    """
    actor = identity.actor()
    seen = seen_claims(db(), actor, [claims.claim(db(), actor, claim_id)])[0]
    group = seen_claims(db(), actor, same_as(db(), seen.claim.id))
    if not kept_back(db(), actor, [seen.claim.id]):
        return seen, group
    claim = replace(seen.claim, published_url=None)
    return replace(seen, claim=claim), [replace(other, verdict=None) for other in group]


def _answers(seen: SeenClaim) -> dict[str, Any]:
    """Verdict, checks and history; of others' only what blindness allows."""
    actor, claim = identity.actor(), seen.claim
    # A verdict that is checked anew is shown, as what it was, to those who see others' answers.
    shows = seen.state is SeenState.SETTLED or seen.looks_open
    # Nobody can tell by the order who came first.
    checks = sorted(reviews.reviews_of(db(), actor, claim), key=lambda check: check.public_id)
    return {
        "verdicts": rulings.rulings_of(db(), claim.id) if shows else [],
        "with_claim": settled_with(db(), [claim.id]).get(claim.id) if shows else None,
        "overrides": overrides_of(db(), claim.id) if shows else [],
        "pieces": publications.publications_of(db(), claim.id) if shows else [],
        "checks": list(zip(LETTERS, checks, strict=False)),
        "rounds": rounds.rounds_of_reviews(db(), [check.id for check in checks]),
        "round_now": rounds.round_of_claim(db(), claim.id),
        "me": actor.person_id,
        "quoted_at": quote_places(
            use for check in checks if check.latest for use in check.latest.evidence
        ),
    }


def _history(seen: SeenClaim) -> dict[str, Any]:
    """What happened, a part at a time; ``later`` is the place where the next part begins."""
    place = paging.after((int,))
    after = int(place[0] or 0) if place else 0
    found = events.claim_history(db(), identity.actor(), seen, after=after, limit=events.LINES + 1)
    shown = found[: events.LINES]
    return {
        "history": [(line, _by(line), happened(line.action, line.details)) for _key, line in shown],
        "later": paging.place_of([shown[-1][0]]) if len(found) > len(shown) else None,
        "is_later_part": place is not None,
    }


def _by(line: EventRecord) -> str:
    """Who did it."""
    if line.kind is not ActorKind.PERSON:
        return word(line.kind)
    return line.who or str(_("a checker"))


def _talk(seen: SeenClaim) -> dict[str, Any]:
    """What was written about the claim, and the people who can be told or asked."""
    actor, project = identity.actor(), identity.project()
    may_write = may(actor, Action.COMMENT_ADD, project.id)
    return {
        "threads": comments.threads_of(db(), actor, seen.claim.id),
        "people": projects.colleagues(db(), actor, project.id) if may_write else [],
    }


@blueprint.post("/claims/<claim_id>/unblind")
@needs(Action.CLAIM_UNBLIND)
def unblind(claim_id: str) -> ResponseReturnValue:
    """Show me the checks; I cannot check this claim any more."""
    unblind_claim(db(), identity.actor(), claim_id)
    flash(_("You see the checks of this claim now, and are not asked to check it."), "good")
    return redirect(url_for("claims.show", claim_id=claim_id), 303)


@blueprint.post("/reviews/<review_id>/take-back")
@needs(Action.CLAIM_SETTLE)
def take_back(review_id: str) -> ResponseReturnValue:
    """Let somebody else check a claim whose check went back with a question."""
    claim_id = let_others_check(db(), identity.actor(), review_id)
    flash(_("Somebody else can check it now. What was answered before is kept."), "good")
    return redirect(url_for("claims.show", claim_id=claim_id), 303)
