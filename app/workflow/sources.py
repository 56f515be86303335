"""Sources as they are linked in a check: one object each, however often it is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.domain.actors import Actor
from app.domain.dates import partial_date
from app.domain.errors import Invalid
from app.domain.evidence_words import SourceType
from app.domain.ids import now
from app.domain.languages import language_code
from app.domain.links import canonical_link, checked_link
from app.domain.permissions import Action, ask_leave
from app.domain.translations import checked_translation
from app.domain.words import Answers, SourceKind, SourceRecord, Stance, TranslatedBy
from app.storage.locking import add_missing
from app.storage.noted import NOTED
from app.storage.sending import add_evidence
from app.storage.sources import LinkedSource, sources_at
from app.storage.tables import Project, Source
from app.workflow.events import record_event

MAX_SOURCES = 50
MAX_SET = 50
MAX_CELL = 10_000
# In characters; what is longer is no name of anything.
LIMITS = {
    **dict.fromkeys(("title", "quote", "locator", "note", "interests"), MAX_CELL),
    "author": 300,
    **dict.fromkeys(("publisher", "origin", "figure"), 200),
}
TELLS_A_SOURCE = ("url", "title", "quote")
# A search is told by where and how it was made, too: it then lacks what it was made for.
TELLS_A_SEARCH = (*TELLS_A_SOURCE, "locator", "note")
# What a search that found nothing has to say, and the refusal where it does not.
SEARCHED = {"title": "what", "locator": "where", "accessed_on": "when"}
# Somewhere on Earth it is tomorrow already.
FARTHEST_EAST = timedelta(hours=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceValues:
    """A row of sources as it was filled in."""

    url: str | None = None
    title: str = ""
    kind: SourceKind = SourceKind.WEB
    record: SourceRecord = SourceRecord.ON_RECORD
    publisher: str | None = None
    published: str | None = None
    stance: Stance = Stance.SUPPORTS
    answers: Answers = Answers.SO
    quote: str = ""
    locator: str = ""
    note: str = ""
    archive_url: str | None = None
    language: str | None = None
    translation: str = ""
    translated_by: TranslatedBy | None = None
    author: str | None = None
    source_type: SourceType | None = None
    interests: str = ""
    origin: str | None = None
    set_number: int | None = None
    accessed_on: str | None = None
    figure: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in that tells a source."""
        parts = TELLS_A_SEARCH if self.kind is SourceKind.SEARCH else TELLS_A_SOURCE
        return not any((getattr(self, part) or "").strip() for part in parts)


def checked_sources(rows: Sequence[SourceValues]) -> list[SourceValues]:
    """The rows that tell a source.

    Raises:
        Invalid: a row that cannot be; ``row`` counts from 0 among all rows.
    """
    if len(rows) > MAX_SOURCES:
        raise Invalid("source.many", limit=MAX_SOURCES)
    kept = []
    for number, row in enumerate(rows):
        if row.is_blank:
            continue
        try:
            _check(row)
        except Invalid as error:
            raise Invalid(error.code, **{**error.values, "row": number}) from None
        kept.append(row)
    return kept


def _check(row: SourceValues) -> None:
    url = checked_link(row.url)
    partial_date(row.published)
    _check_words(row)
    if row.kind is SourceKind.SEARCH:
        _check_search(row)
    if row.kind is SourceKind.WEB and url is None:
        raise Invalid("source.url", field="url")
    if url is None and not row.title.strip():
        raise Invalid("source.title", field="title")
    for name, limit in LIMITS.items():
        if len((getattr(row, name) or "").strip()) > limit:
            raise Invalid("source.long", field=name, limit=limit)
    if row.set_number is not None and not 1 <= row.set_number <= MAX_SET:
        raise Invalid("source.set", field="set_number", limit=MAX_SET)


def _check_search(row: SourceValues) -> None:
    """What was looked for, where, and when: without these nobody can look again."""
    for field, what in SEARCHED.items():
        if not (getattr(row, field) or "").strip():
            raise Invalid(f"source.search-{what}", field=field)


def _check_words(row: SourceValues) -> None:
    """Where an archive keeps the page, when it was read, and its words in another language."""
    for field, rule, text in (
        ("archive_url", checked_link, row.archive_url),
        ("language", language_code, row.language),
        ("accessed_on", _past_date, row.accessed_on),
    ):
        try:
            rule(text)
        except Invalid as error:
            raise Invalid(error.code, **{**error.values, "field": field}) from None
    checked_translation(row.translation, row.translated_by)


def _past_date(value: str | None) -> str | None:
    """A date on which something can have been read."""
    day = partial_date(value)
    last = (now() + FARTHEST_EAST).date().isoformat()
    if day is not None and day > last[: len(day)]:
        raise Invalid("source.future")
    return day


def note_source(session: Session, actor: Actor, project_id: int, *, row: SourceValues) -> str:
    """Make the object of a page before a check that links it is sent. Answers its public id.

    Whoever notes a page can bring a copy of it meanwhile; a page that is known is not changed.

    Raises:
        NotAllowed: no leave in this project.
        Invalid: the row has no address, or holds what cannot be.
    """
    ask_leave(actor, Action.COPY_ADD, project_id)
    if checked_link(row.url) is None:
        raise Invalid("source.url", field="url")
    _check(row)
    source = _known(session, project_id, actor.person_id, [row])[_identity(row) or ""]
    record_event(
        session, actor, NOTED, noun="source", thing=source.public_id, project_id=project_id
    )
    session.flush()
    return source.public_id


def link_sources(
    session: Session,
    project: Project,
    version_id: int,
    *,
    person_id: int,
    rows: Sequence[SourceValues],
) -> list[int]:
    """Write down the sources of one version of a check, each page as one object per project.

    They are held until the transaction ends, after the claim: what is erased or found of one is
    written before it is linked, or sees the new use. Answers their keys.

    Raises:
        Invalid: one of them was erased at this very moment.
    """
    if not rows:
        return []
    known = _known(session, project.key, person_id, rows, holds=True)
    if any(source.is_erased for source in known.values()):
        raise Invalid("source.erased", field="sources")
    today, uses = day_here(project.timezone), []
    for position, row in enumerate(rows):
        source = known.get(_identity(row) or "")
        key = _add(session, project.key, person_id, row) if source is None else source.key
        of = {"review_version_id": version_id, "position": position, "source_id": key}
        uses.append({**of, **_described(row), **_used(row, today)})
    add_evidence(session, uses)
    return [use["source_id"] for use in uses]


def _described(row: SourceValues) -> dict[str, Any]:
    """What the source is, in the columns that sources and their uses share."""
    return {
        "kind": row.kind,
        "record": row.record,
        "title": row.title.strip(),
        "author": _blank_is_none(row.author),
        "publisher": _blank_is_none(row.publisher),
        "published": partial_date(row.published),
        "source_type": row.source_type,
        "interests": row.interests.strip(),
        "origin": _blank_is_none(row.origin),
    }


def day_here(zone: str) -> str:
    """What day it is by the clock of a time zone."""
    return now().astimezone(ZoneInfo(zone)).date().isoformat()


def _used(row: SourceValues, today: str) -> dict[str, Any]:
    """What this use makes of it; a page is read on the day of linking unless another is named."""
    usual = today if checked_link(row.url) else None
    translated = checked_translation(row.translation, row.translated_by)
    return {
        "stance": row.stance,
        "answers": row.answers,
        "quote": row.quote.strip(),
        "locator": row.locator.strip(),
        "note": row.note.strip(),
        "archive_url": checked_link(row.archive_url),
        "language": language_code(row.language),
        "quote_translation": translated.text,
        "translated_by": translated.by,
        "set_number": row.set_number,
        "accessed_on": partial_date(row.accessed_on) or usual,
        "figure": row.figure.strip(),
    }


def _identity(row: SourceValues) -> str | None:
    url = checked_link(row.url)
    return None if url is None else canonical_link(url)


def _known(
    session: Session,
    project_id: int,
    person_id: int | None,
    rows: Sequence[SourceValues],
    *,
    holds: bool = False,
) -> dict[str, LinkedSource]:
    """The sources with an address, those that are new made in sorted order.

    ``holds``: nobody changes them before the transaction ends.
    """
    first = {page: row for row in reversed(rows) if (page := _identity(row)) is not None}
    # Several are held in the order of their keys, as by everybody: once all are there.
    held = holds and len(first) == 1
    while True:
        known = sources_at(session, project_id, first, holds=held)
        new = [key for key in sorted(first) if key not in known]
        if not new and held is holds:
            return known
        if new:
            # Somebody else may link the same page at this very moment: one object stays one.
            made = [_source(project_id, person_id, first[key]) for key in new]
            add_missing(session, made, unique=("project_id", "canonical_url"))
        held = holds


def _add(session: Session, project_id: int, person_id: int, row: SourceValues) -> int:
    source = _source(project_id, person_id, row)
    session.add(source)
    session.flush()
    return source.key


def _source(project_id: int, person_id: int | None, row: SourceValues) -> Source:
    return Source(
        project_id=project_id,
        url=checked_link(row.url),
        canonical_url=_identity(row),
        created_by_id=person_id,
        **_described(row),
    )


def _blank_is_none(text: str | None) -> str | None:
    return (text or "").strip() or None
