"""Changing what is known of a source: how it is described, what was found, of what it is a copy."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.dates import partial_date
from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.evidence_words import FlagReason, SourceStanding, SourceType
from app.domain.permissions import Action, ask_leave
from app.domain.words import SourceRecord
from app.storage.locking import locked, locked_all
from app.storage.source_uses import is_shown, may_see_source, reads_own_words, reads_words_of
from app.storage.source_words import Description, described
from app.storage.tables import Source, SourceFinding, SourceVersion
from app.workflow.events import record_event
from app.workflow.flags import raise_flags

MAX_REASON = 2_000
MOST_AT_ONCE = 200
LIMITS = {"title": 10_000, "author": 300, "publisher": 200, "interests": 10_000, "origin": 200}
# What becomes of the verdicts that rest on a source; one that is sound again touches none.
RAISES = {
    SourceStanding.CORRECTED: FlagReason.SOURCE_CORRECTED,
    SourceStanding.UNRELIABLE: FlagReason.SOURCE_UNRELIABLE,
    SourceStanding.RETIRED: FlagReason.SOURCE_RETIRED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DescriptionValues:
    """A source's description as its form was filled in; ``base_version`` is what the form showed."""

    record: SourceRecord
    title: str = ""
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    source_type: SourceType | None = None
    interests: str = ""
    origin: str | None = None
    base_version: int


def edit_source(
    session: Session, actor: Actor, source_id: str, *, values: DescriptionValues
) -> int:
    """Describe a source otherwise, and answer its version; how it was described before is kept.

    What those who used it wrote of it stays as they wrote it. Sent twice, it is once.

    Raises:
        Missing: there is no such source, or the actor may not know of it.
        NotAllowed: no leave, or the actor could still be swayed by what others wrote.
        WrongState: it was erased.
        Stale: somebody else changed it since it was shown.
        Invalid: a text that is too long, no date, or nothing that tells what it is.
    """
    row = locked(session, Source, source_id)
    ask_leave(actor, Action.SOURCE_EDIT, row.project_id)
    if not may_see_source(session, actor, source_id):
        raise Missing("source.missing")
    _ask_to_read(session, actor, row.project_id)
    if not reads_words_of(session, actor, row):
        raise Missing("source.missing")
    if row.erased_at is not None:
        raise WrongState("source.erased")
    wanted = _checked(row, values)
    if all(getattr(row, name) == value for name, value in wanted.items()):
        return row.version
    if row.version != values.base_version:
        raise Stale("source.stale", version=row.version)
    _replace(session, actor, row, wanted)
    return row.version


def find_source(
    session: Session, actor: Actor, source_id: str, *, standing: SourceStanding, reason: str
) -> None:
    """Write down what was found about a source; each verdict that rests on it is marked.

    One that is sound again marks none: marks that stand are for a person to clear. Sent twice by
    the same person, it is once.

    Raises:
        Missing: there is no such source, or the actor may not know of it.
        NotAllowed: no leave.
        Invalid: no reason, one that is too long, or nothing was held against it.
    """
    reason = reason.strip()
    row = locked(session, Source, source_id)
    ask_leave(actor, Action.SOURCE_EDIT, row.project_id)
    if not may_see_source(session, actor, source_id):
        raise Missing("source.missing")
    if not reason:
        raise Invalid("source.reason", field="reason")
    if len(reason) > MAX_REASON:
        raise Invalid("source.long", field="reason", limit=MAX_REASON)
    if _is_last(session, actor, row, standing, reason=reason):
        return
    if standing is row.standing is SourceStanding.SOUND:
        raise Invalid("source.sound", field="standing")
    session.add(
        SourceFinding(source_id=row.key, standing=standing, reason=reason, by_id=actor.person_id)
    )
    row.standing = standing
    session.flush()
    _tell(session, actor, "source.find", row, standing=standing.value)
    if standing in RAISES:
        raise_flags(session, actor, row, RAISES[standing])


def set_origin(
    session: Session, actor: Actor, project_id: int, source_ids: Collection[str], *, origin: str
) -> int:
    """Say that some sources are copies of one, by its name; how many were not so called before.

    Raises:
        Missing: one of them is not there, or the actor may not know of it.
        NotAllowed: no leave, or the actor could still be swayed by what others wrote.
        Invalid: no source, too many, no name, or one that is too long.
    """
    origin = " ".join(origin.split())
    ask_leave(actor, Action.SOURCE_EDIT, project_id)
    _ask_to_read(session, actor, project_id)
    if not source_ids:
        raise Invalid("source.none", field="sources")
    if len(source_ids) > MOST_AT_ONCE:
        raise Invalid("source.at-once", field="sources", limit=MOST_AT_ONCE)
    if not origin:
        raise Invalid("source.origin", field="origin")
    if len(origin) > LIMITS["origin"]:
        raise Invalid("source.long", field="origin", limit=LIMITS["origin"])
    rows = locked_all(session, Source, set(source_ids)).values()
    shown = select(Source.id).where(
        col(Source.id).in_([row.key for row in rows]), is_shown(actor, project_id)
    )
    if len(session.exec(shown).all()) < len(rows):
        raise Missing("source.missing")
    changed = [row for row in rows if row.origin != origin and row.erased_at is None]
    for row in changed:
        _replace(session, actor, row, {"origin": origin})
    return len(changed)


def _ask_to_read(session: Session, actor: Actor, project_id: int) -> None:
    """Let only those change words who may read them; whom that holds for tells of no one source."""
    if not reads_own_words(session, actor, project_id):
        raise NotAllowed("source.swayed")


def _checked(row: Source, values: DescriptionValues) -> dict[str, Any]:
    texts = {name: (getattr(values, name) or "").strip() for name in LIMITS}
    for name, limit in LIMITS.items():
        if len(texts[name]) > limit:
            raise Invalid("source.long", field=name, limit=limit)
    if row.url is None and not texts["title"]:
        raise Invalid("source.title", field="title")
    try:
        published = partial_date(values.published)
    except Invalid as error:
        raise Invalid(error.code, **{**error.values, "field": "published"}) from None
    return {
        "record": values.record,
        "source_type": values.source_type,
        "published": published,
        **{name: texts[name] for name in ("title", "interests")},
        **{name: texts[name] or None for name in ("author", "publisher", "origin")},
    }


def _replace(session: Session, actor: Actor, row: Source, wanted: Mapping[str, Any]) -> None:
    """Keep how a source was described, and describe it otherwise."""
    before = described(row)
    session.add(
        SourceVersion(
            source_id=row.key,
            version=row.version,
            replaced_by_id=actor.person_id,
            **{part.name: getattr(before, part.name) for part in fields(Description)},
        )
    )
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    row.version += 1
    session.flush()
    _tell(session, actor, Action.SOURCE_EDIT, row, fields=changed, version=row.version)


def _is_last(
    session: Session, actor: Actor, row: Source, standing: SourceStanding, *, reason: str
) -> bool:
    """Whether the last finding is this one."""
    last = session.exec(
        select(SourceFinding)
        .where(SourceFinding.source_id == row.key)
        .order_by(col(SourceFinding.id).desc())
        .limit(1)
    ).first()
    wanted = (standing, reason, actor.person_id)
    return last is not None and (last.standing, last.reason, last.by_id) == wanted


def _tell(session: Session, actor: Actor, action: str, row: Source, **details: object) -> None:
    record_event(
        session,
        actor,
        action,
        noun="source",
        thing=row.public_id,
        project_id=row.project_id,
        claim_id=None,
        **details,
    )
    session.flush()
