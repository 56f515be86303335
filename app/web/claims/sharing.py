"""Sharing claims out among several people: what would be done, before it is done."""

from collections import Counter
from collections.abc import Sequence

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from app.auth import identity
from app.domain.actors import Actor
from app.domain.blindness import is_blind
from app.domain.errors import WrongState
from app.storage import claim_lists
from app.storage.claims import standings
from app.storage.people import actor_of
from app.web.claims.acting import ManyForm
from app.web.transactions import database
from app.web.wording import sentence
from app.workflow.bulk import Outcome
from app.workflow.sharing import Shares, planned_shares


def chosen_people(form: ManyForm) -> list[Actor]:
    """Those among whom the claims are shared."""
    with database().reading() as session:
        return [actor_of(session, one) for one in form.people.data or ()]


def could_check_any(names: Sequence[str]) -> bool:
    """Whether the actor is blind to one of the claims: how many places are free then tells.

    They would learn from it how many others have such a claim or have answered.
    """
    actor, project = identity.actor(), identity.project()
    with database().reading() as session:
        claims = claim_lists.claims_named(session, project.id, names)
        stands = standings(session, actor, [claim.id for claim in claims])
    return any(is_blind(one) for one in stands.values())


def plan_page(form: ManyForm, slug: str, *, back: str) -> str:
    """How many checks each would be given, and what would be left with what reason.

    Raises:
        Invalid, NotAllowed: as sharing them out would.
    """
    actor, project, names = identity.actor(), identity.project(), form.names()
    people, is_silent = chosen_people(form), could_check_any(names)
    with database().reading() as session:
        plan = planned_shares(session, actor, project.id, names, people=people)
    reasons = Counter(code for _name, code in plan.left)
    return render_template(
        "claims/share.html",
        form=form,
        slug=slug,
        number=len(names),
        people=people,
        plan=None if is_silent else plan,
        left=[(sentence(WrongState(code)), count) for code, count in sorted(reasons.items())],
        back=back,
    )


def told(shares: Shares, *, is_silent: bool) -> tuple[str, Outcome]:
    """What was done in words, and what was left to be named."""
    if is_silent:
        return _("The claims are shared out, as far as they were free."), Outcome(1)
    said = ngettext("%(num)s check was given out.", "%(num)s checks were given out.", shares.total)
    return said, Outcome(shares.total, left=shares.left)
