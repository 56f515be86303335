"""Taking a claim of one's own choice, from wherever it is shown."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import WrongState
from app.domain.permissions import Action
from app.storage import claims, reviews
from app.web.errors import status_of
from app.web.transactions import database, db
from app.web.wording import sentence
from app.workflow.choosing import take_this

PUT_OFF = "put-off"


def install(blueprint: Blueprint) -> None:
    """Give it its address."""
    blueprint.post("/claims/<claim_id>/take")(choose)


@needs(Action.REVIEW_TAKE)
def choose(claim_id: str) -> ResponseReturnValue:
    """Take this claim, and go to its check; the other one in hand is put off only if said so."""
    puts_off = request.form.get("do") == PUT_OFF
    try:
        taken = take_this(db(), identity.actor(), claim_id, puts_off=puts_off)
    except WrongState as refusal:
        db().rollback()
        return _refused(claim_id, refusal)
    return redirect(url_for("reviews.show", review_id=taken), 303)


def _refused(claim_id: str, refusal: WrongState) -> ResponseReturnValue:
    """Why not now, with the way to the check that is in hand, or out of it."""
    actor = identity.actor()
    with database().reading() as session:
        held = refusal.values.get("review")
        other = reviews.review(session, actor, str(held)) if held else None
        body = render_template(
            "reviews/not_now.html",
            said=sentence(refusal),
            claim=claims.claim(session, actor, claim_id),
            other=other,
            other_claim=claims.claim_by_id(session, other.claim_id) if other else None,
        )
    return make_response(body, status_of(refusal))
