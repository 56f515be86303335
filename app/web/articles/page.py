"""What the page of an article shows: a text of it with its claims as they stand there."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.auth import identity
from app.domain.blindness import SeenState
from app.domain.errors import Missing
from app.domain.ids import is_public_id
from app.domain.permissions import Action, may
from app.domain.records import ArticleRecord, SnapshotRecord
from app.domain.words import ClaimState, FoundBy
from app.storage import articles as questions
from app.storage.choosing import choices
from app.storage.claim_lists import claims_without_place
from app.storage.claims import agent_names, claim
from app.storage.places import (
    PART,
    StandingClaim,
    claims_by_id,
    claims_in_text,
    doubtful,
    is_in_parts,
    snapshots_of,
    standing_in_text,
)
from app.storage.seen import SeenClaim, seen_claims
from app.web.articles.forms import NewClaimForm
from app.web.articles.reading import Numbered, Part, numbered, paragraphs, parts_of
from app.web.articles.runs import asking
from app.web.wording import word

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Leave:
    """What the person may do on the page."""

    pick: bool
    add: bool
    edit: bool
    change_text: bool


def show_page(session: "Session", article_id: str, form: NewClaimForm) -> str:
    """The text with every claim marked, the list of claims beside it, and what went missing."""
    actor, project = identity.actor(), identity.project()
    article, texts = _text(session, article_id)
    here = next((text for text in texts if text.id == article.snapshot_id), None)
    is_newest = not texts or texts[0] == here
    shown = _shown(session, here)
    claims = shown.claims
    leave = _leave(is_newest=is_newest)
    unsure = doubtful(session, article.id)
    chosen = next((one for one in claims if one.id == request.args.get("claim")), None)
    values: dict[str, Any] = {
        "article": article,
        "texts": texts,
        "shown_text": here,
        "is_newest": is_newest,
        "paragraphs": paragraphs(
            article.text, claims, chosen.seen.claim.hops if chosen else (), part=shown.part
        ),
        "part": shown.part,
        "parts": shown.parts,
        "number": shown.parts[-1].last,
        "chosen": chosen,
        "claims": claims,
        "choices": choices(session, actor, project, [one.seen.claim for one in claims]),
        "following": _following([c.id for c in shown.reaching]),
        **(_correcting(shown.reaching) if leave.edit else {}),
        "elsewhere": seen_claims(session, actor, claims_without_place(session, article.id)),
        **_doubts(session, unsure, is_newest=is_newest),
        "leave": leave,
        "asking": asking(session, article.id, is_newest=is_newest and bool(article.text)),
        "form": form,
        "names": agent_names(session, project.id) if leave.add else (),
    }
    return render_template("articles/show.html", **values)


def _leave(*, is_newest: bool) -> Leave:
    actor, project = identity.actor(), identity.project()
    return Leave(
        pick=may(actor, Action.CLAIM_PICK, project.id),
        add=may(actor, Action.CLAIM_ADD, project.id) and is_newest,
        edit=may(actor, Action.CLAIM_EDIT, project.id),
        change_text=may(actor, Action.ARTICLE_ADD, project.id),
    )


def address_at(session: "Session", article_id: str, claim_id: str) -> str:
    """The page of an article at one of its claims, in the part that has it."""
    claim = claim_id if is_in_parts(session, article_id) else None
    return url_for("articles.show", article_id=article_id, claim=claim, _anchor=f"claim-{claim_id}")


@dataclass(frozen=True, slots=True)
class Shown:
    """The claims of a part of a text; ``reaching`` has the one behind the last, to go on to."""

    part: Part
    parts: list[Part]
    reaching: list[Numbered]

    @property
    def claims(self) -> list[Numbered]:
        """The claims of the part alone."""
        return self.reaching[: self.part.last + 1 - self.part.first]


def _shown(session: "Session", here: SnapshotRecord | None) -> Shown:
    """What is shown of a text: the part that was asked for."""
    standing = standing_in_text(session, here.id) if here else []
    parts = parts_of([one.start or 0 for one in standing], PART)
    part = _part(standing, parts)
    some = standing[part.first - 1 : part.last + 1]
    placed = claims_in_text(session, here.id, some) if here else []
    label, states = _("Claim %(n)s, %(state)s"), {state: word(state) for state in SeenState}
    seen = seen_claims(session, identity.actor(), placed)
    return Shown(part, parts, numbered(seen, label, dict(states), first=part.first))


def _part(standing: Sequence[StandingClaim], parts: Sequence[Part]) -> Part:
    """The part that the claim of ``?claim=`` is in, or the one of ``?part=``; else the first."""
    wanted = request.args.get("claim")
    place = next((n for n, one in enumerate(standing) if one.public_id == wanted), None)
    number = request.args.get("part", 1, type=int) if place is None else place // PART + 1
    return parts[min(max(number, 1), len(parts)) - 1]


def _doubts(session: "Session", unsure: dict[int, FoundBy], *, is_newest: bool) -> dict[str, Any]:
    """The claims that the newest text does not hold, and those that it holds in similar words."""
    return {
        "lost": _lost(session, unsure) if is_newest else [],
        "nearly": {key for key, found in unsure.items() if found is FoundBy.APPROXIMATE},
    }


def _lost(session: "Session", unsure: dict[int, FoundBy]) -> list[SeenClaim]:
    """The claims whose words are not in the newest text, until somebody has looked at each."""
    keys = [key for key, found in unsure.items() if found is FoundBy.MISSING]
    return seen_claims(session, identity.actor(), claims_by_id(session, keys))


def _text(session: "Session", article_id: str) -> tuple[ArticleRecord, list[SnapshotRecord]]:
    """The newest text, the one of ``?snapshot=``, or the one that ``?claim=`` stands in.

    Raises:
        Missing: no such article, or neither the claim nor the text is of it.
    """
    actor = identity.actor()
    newest = questions.article(session, actor, article_id)
    texts = snapshots_of(session, newest.id)
    wanted, snapshot = request.args.get("claim", ""), request.args.get("snapshot", "")
    if snapshot:
        found = next((text for text in texts if text.public_id == snapshot), None)
        if found is None:
            raise Missing("snapshot.missing")
        return questions.article(session, actor, article_id, snapshot_id=found.id), texts
    if not wanted:
        return newest, texts
    if not is_public_id(wanted):
        raise Missing("claim.missing")
    of_claim = questions.article_of_claim(session, claim(session, actor, wanted).id)
    if of_claim is None or of_claim.public_id != article_id:
        raise Missing("claim.missing")
    return of_claim, texts


def _correcting(claims: Sequence[Numbered]) -> dict[str, dict[str, str]]:
    """What the links and the script of correcting need to know of each claim."""
    return {"joins": _joins(claims), "steps": {c.id: _steps(c) for c in claims}}


def _joins(claims: Sequence[Numbered]) -> dict[str, str]:
    """The next claim that each could be joined with."""
    ids = [c.id for c in claims if c.seen.claim.state in {ClaimState.CANDIDATE, ClaimState.OPEN}]
    return dict(pairwise(ids))


def _steps(claim: Numbered) -> str:
    """Where the text names who said a claim, as the script reads it."""
    hops = claim.seen.claim.hops
    return " ".join(f"{hop.start}-{hop.end}" for hop in hops if hop.start is not None)


def _following(ids: list[str]) -> dict[str, str]:
    """The next claim of each, for going on after a press."""
    return dict(zip(ids, [*ids[1:], *ids[-1:]], strict=True))
