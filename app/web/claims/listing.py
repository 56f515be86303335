"""The list of claims: what the address asks for, one page of it, and what can be done with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.auth import identity
from app.auth.guard import needs
from app.domain.blindness import SeenState
from app.domain.errors import Invalid
from app.domain.permissions import Action, may
from app.domain.records import ClaimRecord
from app.storage import claim_lists, projects, saved_filters, scales
from app.storage.batches import batches_of
from app.storage.choosing import choices
from app.storage.claim_queries import ClaimQuery, claim_query
from app.storage.claim_stretches import Stretch, stretch_of
from app.storage.claims import records
from app.storage.seen import seen_claims
from app.storage.tags import known_tags
from app.web import paging
from app.web.claims.finding import BY_DUE, FindForm
from app.web.transactions import db
from app.workflow.bulk import MOST

# What a list can be cut down to; that checks wait for a verdict is only for those who see them.
STATES = (
    SeenState.SUGGESTED,
    SeenState.TO_DO,
    SeenState.MINE_DONE,
    SeenState.WAITING,
    SeenState.SETTLED,
    SeenState.DROPPED,
)


@dataclass(frozen=True, slots=True)
class Part:
    """The claims that one page shows, and where the next one begins.

    ``stopped``: as many were looked at as one page looks at, and there may be more of them behind.
    """

    claims: Sequence[ClaimRecord]
    more: str | None
    is_first: bool
    stopped: bool


@dataclass(frozen=True, slots=True)
class Found:
    """How many claims of a list can be taken at once, and whether that is all of it."""

    number: int
    is_all: bool


@needs(Action.PROJECT_VIEW)
def index(slug: str) -> ResponseReturnValue:
    """The claims of a project that a filter finds."""
    actor, project = identity.actor(), identity.project()
    asked = asked_for(request.args)
    by_due = request.args.get("sort") == BY_DUE
    may_plan = may(actor, Action.CLAIM_PLAN, project.id)
    part, found = (_by_due(asked), None) if by_due else _newest(asked, is_counted=may_plan)
    words = {**asked.words, "sort": BY_DUE} if by_due else dict(asked.words)
    if may_plan and part.claims and found is None:
        found = _count(asked)
    return render_template(
        "claims/index.html",
        slug=slug,
        form=_form(words),
        asked=asked,
        words=words,
        query=urlencode(words),
        states=_states(),
        tags=known_tags(db(), project.id),
        lines=seen_claims(db(), actor, part.claims),
        choices=choices(db(), actor, project, part.claims),
        part=part,
        saved=saved_filters.saved_filters(db(), actor, project.id),
        may_add=may(actor, Action.CLAIM_ADD, project.id),
        may_plan=may_plan,
        may_open_round=may(actor, Action.ROUND_OPEN, project.id),
        may_share=may(actor, Action.FILTER_SHARE, project.id),
        found=found,
    )


def asked_for(words: Mapping[str, str]) -> ClaimQuery:
    """The filter that an address or a form spells."""
    return claim_query(db(), identity.actor(), identity.project(), words)


def _count(asked: ClaimQuery) -> Found:
    """How many claims can be taken at once, of those that the first page looks at."""
    actor, project_id = identity.actor(), identity.project().id
    within = stretch_of(db(), actor, project_id, wanted=asked.wanted)
    number = claim_lists.count_found(
        db(), actor, project_id, wanted=asked.wanted, most=MOST + 1, within=within
    )
    return _found(number, within)


def _found(number: int, within: Stretch) -> Found:
    return Found(min(number, MOST), is_all=number <= MOST and within.first is None)


def _newest(asked: ClaimQuery, *, is_counted: bool) -> tuple[Part, Found | None]:
    """A page of the list; with the first one how many can be taken, which one question tells too."""
    actor, project_id, place = identity.actor(), identity.project().id, paging.after((int,))
    before = int(place[0] or 0) if place else None
    within = stretch_of(db(), actor, project_id, wanted=asked.wanted, before=before)
    counts = is_counted and place is None and not within.by_text
    limit = MOST + 1 if counts else paging.PAGE_ROWS + 1
    keys = claim_lists.found_keys(
        db(), actor, project_id, wanted=asked.wanted, within=within, limit=limit
    )
    shown = records(db(), keys[: paging.PAGE_ROWS + 1])
    end = None if within.first is None else [within.first]
    part = _part(shown, place, lambda claim: [claim.id], end)
    return part, _found(len(keys), within) if counts else None


def _by_due(asked: ClaimQuery) -> Part:
    place = paging.after((str, int))
    found = claim_lists.claims_by_due(
        db(),
        identity.actor(),
        identity.project().id,
        wanted=asked.wanted,
        after=_due_place(place),
        limit=paging.PAGE_ROWS + 1,
    )
    end = None if found.end is None else _spelled(found.end)
    return _part(found.claims, place, lambda one: _spelled(claim_lists.due_place(one)), end)


def _spelled(place: claim_lists.DuePlace) -> list[str | int | None]:
    due, key = place
    return [due.isoformat() if due else None, key]


def _part(
    found: Sequence[ClaimRecord],
    place: paging.Key | None,
    key_of: Callable[[ClaimRecord], Sequence[str | int | None]],
    end: Sequence[str | int | None] | None,
) -> Part:
    """What is shown; the next page begins behind it, or where this one stopped looking."""
    shown = found[: paging.PAGE_ROWS]
    goes_on = len(found) > len(shown)
    last = key_of(shown[-1]) if goes_on else end
    more = None if last is None else paging.place_of(last)
    return Part(shown, more, place is None, stopped=more is not None and not goes_on)


def _due_place(place: paging.Key | None) -> claim_lists.DuePlace | None:
    """The place as the question takes it.

    Raises:
        Invalid: no such place was ever handed out.
    """
    if place is None:
        return None
    due, key = place
    try:
        moment = None if due is None else datetime.fromisoformat(str(due)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid("page.place") from None
    return moment, int(key or 0)


def _form(words: Mapping[str, str]) -> FindForm:
    actor, project = identity.actor(), identity.project()
    form = FindForm(formdata=MultiDict(words))
    form.offer(
        scales.scheme(db(), project.content_scheme_id).ever,
        _people(),
        batches_of(db(), project.id),
        checks=may(actor, Action.REVIEW_TAKE, project.id),
    )
    return form


def _people() -> list[projects.Colleague]:
    """Others whose checks the reader may ask for."""
    actor, project = identity.actor(), identity.project()
    if not may(actor, Action.REVIEW_SEE_ALL, project.id):
        return []
    return projects.other_members(db(), actor, project.id)


def _states() -> list[SeenState]:
    """The states that this person can meet."""
    actor, project = identity.actor(), identity.project()
    hidden = set()
    if not may(actor, Action.REVIEW_SEE_ALL, project.id):
        hidden.add(SeenState.WAITING)
    if not may(actor, Action.REVIEW_TAKE, project.id):
        hidden.add(SeenState.MINE_DONE)
    return [state for state in STATES if state not in hidden]
