"""Claims of which all checks gave the same answers: how many, some to look at, accepted together."""

import secrets
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, WrongState
from app.domain.ids import now
from app.domain.permissions import Action
from app.domain.words import Decides
from app.storage.unanimous import name_of, number_unanimous, sample_of
from app.web import paging
from app.web.fields import number
from app.web.quote_places import quote_places
from app.web.transactions import db
from app.workflow.unanimous import MOST, accept_unanimous, acceptable, key_of

SEED_BYTES = 6


def install(blueprint: Blueprint) -> None:
    """Give them their address."""
    blueprint.get("/projects/<slug>/settle/unanimous")(look)
    blueprint.post("/projects/<slug>/settle/unanimous")(accept)


@needs(Action.CLAIM_SETTLE)
def look(slug: str) -> ResponseReturnValue:
    """How many there are, and some of them; the address keeps which ones, so that a reload does."""
    seed = request.args.get("seed", "")
    if not seed:
        fresh = secrets.token_hex(SEED_BYTES)
        further = request.args.get("after") or None
        return redirect(url_for("settle.look", slug=slug, seed=fresh, after=further), 303)
    actor, project = identity.actor(), identity.project()
    if project.decides is not Decides.INDEPENDENT:
        raise WrongState("unanimous.signoff")
    shown_at, place = now(), paging.after((str,))
    after = key_of(db(), project.id, str(place[0])) if place else 0
    found = acceptable(db(), actor, project.id, until=shown_at, after=after, limit=MOST)
    sample = sample_of(db(), actor, found.keys, seed=seed)
    return render_template(
        "settle/unanimous.html",
        number_found=number_unanimous(db(), actor, project.id, until=shown_at, after=after),
        after=place[0] if place else "",
        further=None if found.place is None else paging.place_of([name_of(db(), found.place)]),
        number_now=len(found.keys),
        held=_held(found.held) if found.held else "",
        last=name_of(db(), found.keys[-1]) if found.keys else "",
        sample=sample,
        quoted_at=quote_places(use for line in sample for use in line.sources),
        shown_at=shown_at.isoformat(),
    )


@needs(Action.CLAIM_SETTLE)
def accept(slug: str) -> ResponseReturnValue:
    """Settle those that the page meant, but for what was answered since it was made."""
    done = accept_unanimous(
        db(),
        identity.actor(),
        identity.project().id,
        until=_shown_at(),
        after=request.form.get("after", ""),
        last=request.form.get("last", ""),
        number=number(request.form.get("number")),
    )
    told = ngettext("%(num)s claim is settled.", "%(num)s claims are settled.", done.done)
    if done.left:
        told += " " + ngettext(
            "%(num)s more with the same answers waits for a look.",
            "%(num)s more with the same answers wait for a look.",
            done.left,
        )
    if done.held:
        told += " " + _held(done.held)
    flash(told, "good" if done.done else "message")
    return redirect(url_for("settle.index", slug=slug), 303)


def _held(number_held: int) -> str:
    said: str = ngettext(
        "%(num)s was left out, since it does not meet a rule of the project: settle it by itself.",
        "%(num)s were left out, since they do not meet a rule of the project: settle them one by one.",
        number_held,
    )
    return said


def _shown_at() -> datetime:
    """When the page was made, as its form says.

    Raises:
        Invalid: it says nothing of the kind.
    """
    try:
        return datetime.fromisoformat(request.form.get("shown_at", "")).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid("form.choice") from None
