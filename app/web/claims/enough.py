"""Asking for no more checks of a claim, where nobody is left who could give them."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.permissions import Action, may
from app.domain.words import ClaimState
from app.storage.gold import known
from app.storage.rounds import round_of_claim
from app.storage.seen import SeenClaim
from app.web.transactions import db
from app.workflow.enough import Ending, ask_no_more

SAID = {
    Ending.ENOUGH: _("It wants no more checks than it has."),
    Ending.VERDICT: _("The round is over for this claim: its verdict holds as before."),
    Ending.WAITS: _("The round is over for this claim: it waits to be settled, as before."),
}


def install(blueprint: Blueprint) -> None:
    """Give it its address."""
    blueprint.post("/claims/<claim_id>/no-more-checks")(no_more_checks)


@needs(Action.CLAIM_ASSIGN)
def no_more_checks(claim_id: str) -> ResponseReturnValue:
    """Let the claim want no more checks than it has."""
    flash(SAID[ask_no_more(db(), identity.actor(), claim_id)], "good")
    return redirect(url_for("claims.show", claim_id=claim_id), 303)


def can_end(seen: SeenClaim) -> Ending | None:
    """What can be offered to a reader who sees others' checks of a claim that wants more."""
    actor, claim = identity.actor(), seen.claim
    leads = may(actor, Action.CLAIM_ASSIGN, claim.project_id) and not seen.is_blind
    if not leads or claim.state is not ClaimState.OPEN or seen.counts is None:
        return None
    done, wanted = seen.counts
    if done >= wanted or known(db(), claim.id) is not None:
        return None
    if done:
        return Ending.ENOUGH
    this_round = round_of_claim(db(), claim.id)
    return Ending.WAITS if this_round is not None and this_round.is_later else None
