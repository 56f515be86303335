"""The part of a form that lets a verdict hold for other claims of the same statement too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import MultiDict

from app.domain.actors import Actor
from app.domain.errors import Refused
from app.domain.ids import is_public_id
from app.domain.records import ClaimRecord, SchemeRecord
from app.storage import projects, scales
from app.storage.claim_groups import coverable
from app.web.gate_words import Page, Told, told
from app.web.wording import sentence

if TYPE_CHECKING:
    from sqlmodel import Session

MAX_COVERED = 200


@dataclass(frozen=True, slots=True)
class Covering:
    """The claims that can be ticked, and what was ticked and answered.

    ``unmet``: the rules that keep the verdict from one of them, by the field of its tick.
    """

    claims: tuple[ClaimRecord, ...]
    scheme: SchemeRecord
    ticked: Mapping[str, str | None]
    wrong: Mapping[str, str]
    unmet: Mapping[str, Sequence[Told]]


def covering(
    session: "Session",
    actor: Actor,
    claim: ClaimRecord,
    *,
    posted: MultiDict[str, str] | None = None,
    refusal: Refused | None = None,
) -> Covering:
    """What a page offers to let a verdict hold for; as it was posted, with what was wrong."""
    project = projects.by_id(session, claim.project_id)
    wrong, unmet = {}, {}
    if refusal is not None and "field" in refusal.values:
        field = str(refusal.values["field"])
        wrong[field] = sentence(refusal)
        unmet[field] = _unmet(refusal)
    return Covering(
        claims=tuple(coverable(session, actor, claim.id)),
        scheme=scales.scheme(session, project.attribution_scheme_id, project_id=project.id),
        ticked={} if posted is None else ticked(posted),
        wrong=wrong,
        unmet=unmet,
    )


def _unmet(refusal: Refused) -> list[Told]:
    lines: Any = refusal.values.get("unmet", ())
    return told(lines, str(refusal.values.get("claim", "")), Page.ELSEWHERE)


def ticked(posted: MultiDict[str, str]) -> dict[str, str | None]:
    """The claims that were ticked, each with its answer to "Was it said?"."""
    names = [name for name in posted.getlist("cover") if is_public_id(name)]
    return {name: posted.get(f"cover-{name}-said") or None for name in names[:MAX_COVERED]}
