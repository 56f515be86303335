"""What somebody typed for a claim that has moved on: no form takes it any more, so it is shown."""

from collections.abc import Iterable

from flask import render_template
from flask.typing import ResponseReturnValue

from app.auth import identity
from app.domain.errors import Refused
from app.storage import claims
from app.web.claims.returning import back_to
from app.web.errors import status_of
from app.web.transactions import database
from app.web.wording import sentence


def typed_alone(
    claim_id: str, refusal: Refused, typed: Iterable[str | None]
) -> ResponseReturnValue:
    """Why it was not done, what was typed, to be copied, and the way to the claim as it is now."""
    with database().reading() as session:
        claim = claims.claim(session, identity.actor(), claim_id)
    said = [words for words in typed if words]
    page = render_template(
        "claims/typed.html", claim=claim, said=sentence(refusal), typed=said, back=back_to(claim)
    )
    return page, status_of(refusal)
