"""Planning claims: until when, how soon, under which tags, and why they were picked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from app.domain.actors import Actor
from app.domain.dates import due_year
from app.domain.errors import Invalid
from app.domain.permissions import Action, ask_leave
from app.storage.claims import tags_of
from app.storage.locking import locked
from app.storage.tables import Claim, ClaimTag
from app.workflow.claims import MAX_PRIORITY, MIN_PRIORITY
from app.workflow.events import record_event

MAX_TAGS = 50
MAX_TAG = 100
MAX_REASON = 500


class Same(Enum):
    """What stands for "leave it as it is", where None means "none"."""

    SAME = "same"


SAME = Same.SAME


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanValues:
    """What is planned; what is left out stays as it is.

    Attributes:
        due_at: the moment until which it should be checked, None for no such moment.
        tags: all tags, in their order, in the place of those that the claim has.
        more_tags, fewer_tags: added to those that it has, or taken from them.
    """

    due_at: datetime | Same | None = SAME
    priority: int | Same = SAME
    tags: Sequence[str] | Same = SAME
    selection_reason: str | Same | None = SAME
    more_tags: Sequence[str] = ()
    fewer_tags: Sequence[str] = ()


def plan(session: Session, actor: Actor, claim_id: str, *, values: PlanValues) -> tuple[str, ...]:
    """Set what is planned of one claim. Answers the names of what has changed.

    What changes nothing leaves no line of history.

    Raises:
        Invalid: a priority out of its range, a date in no year, too many or too long tags.
    """
    row = locked(session, Claim, claim_id)
    ask_leave(actor, Action.CLAIM_PLAN, row.project_id)
    changed = plan_rows(session, actor, [row], values=values)
    return changed.get(row.key, ())


def plan_rows(
    session: Session, actor: Actor, rows: Sequence[Claim], *, values: PlanValues
) -> dict[int, tuple[str, ...]]:
    """Plan some claims that are locked and that the actor may plan, all alike.

    Answers the names of what has changed, by the key of each claim in which anything did.

    Raises:
        Invalid: as for one claim.
    """
    columns = _columns(values)
    tags = tags_of(session, [row.key for row in rows])
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        changed = [name for name, value in columns.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, columns[name])
        if _retag(session, row, tags.get(row.key, []), values):
            changed.append("tags")
        if changed:
            found[row.key] = tuple(changed)
            record_event(
                session,
                actor,
                Action.CLAIM_PLAN,
                noun="claim",
                thing=row.public_id,
                project_id=row.project_id,
                claim_id=row.key,
                fields=changed,
            )
    session.flush()
    return found


def _columns(values: PlanValues) -> dict[str, Any]:
    """The columns that are set, checked."""
    wanted = {
        "due_at": values.due_at,
        "priority": values.priority,
        "selection_reason": values.selection_reason,
    }
    if isinstance(values.due_at, datetime):
        _asked_year(values.due_at)
    if isinstance(values.priority, int) and not MIN_PRIORITY <= values.priority <= MAX_PRIORITY:
        raise Invalid("plan.priority", field="priority", first=MIN_PRIORITY, last=MAX_PRIORITY)
    if isinstance(values.selection_reason, str):
        wanted["selection_reason"] = values.selection_reason.strip() or None
        if len(values.selection_reason) > MAX_REASON:
            raise Invalid("plan.reason", field="selection_reason", limit=MAX_REASON)
    return {name: value for name, value in wanted.items() if value is not SAME}


def _asked_year(due_at: datetime) -> None:
    try:
        due_year(due_at.year)
    except Invalid as refusal:
        raise Invalid(refusal.code, **{**refusal.values, "field": "due_at"}) from None


def _retag(session: Session, row: Claim, had: Sequence[str], values: PlanValues) -> bool:
    """Write the tags that a claim has from now on; whether they are others than before."""
    if isinstance(values.tags, Same) and not values.more_tags and not values.fewer_tags:
        return False
    base = had if isinstance(values.tags, Same) else values.tags
    fewer = set(tidy_tags(values.fewer_tags))
    tags = [tag for tag in tidy_tags([*base, *values.more_tags]) if tag not in fewer]
    if tags == list(had):
        return False
    if len(tags) > MAX_TAGS:
        raise Invalid("tag.many", field="tags", limit=MAX_TAGS)
    if any(len(tag) > MAX_TAG for tag in tags):
        raise Invalid("tag.long", field="tags", limit=MAX_TAG)
    stays = list(had)[: _same_beginning(had, tags)]
    gone = [tag for tag in had if tag not in stays]
    if gone:
        session.execute(
            delete(ClaimTag).where(col(ClaimTag.claim_id) == row.key, col(ClaimTag.tag).in_(gone))
        )
    for tag in tags[len(stays) :]:
        session.add(ClaimTag(project_id=row.project_id, claim_id=row.key, tag=tag))
    session.flush()
    return True


def _same_beginning(had: Sequence[str], tags: Sequence[str]) -> int:
    """How many tags stand first in both, in the same order."""
    pairs = zip(had, tags, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(had), len(tags)))


def tidy_tags(tags: Iterable[str]) -> list[str]:
    """Tags with single blanks, each once, without empty ones."""
    return list(dict.fromkeys(tag for tag in (" ".join(tag.split()) for tag in tags) if tag))
