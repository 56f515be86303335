"""The form of a check: what was typed, as it was typed, and the values that a verb takes.

Everything is kept as plain texts by field name. A form that is refused, a draft, a version that
was sent and a form that was carried through signing in are all shown from the same shape.
"""

import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.dates import partial_date
from app.domain.errors import Invalid
from app.domain.evidence_words import SourceType
from app.domain.ids import now
from app.domain.links import checked_link
from app.domain.records import EvidenceRecord, VersionRecord
from app.domain.words import Answers, Confidence, SourceKind, SourceRecord, Stance, TranslatedBy
from app.web.reviews import questions
from app.workflow.sources import (
    MAX_SET,
    TELLS_A_SEARCH,
    TELLS_A_SOURCE,
    SourceValues,
    checked_sources,
)
from app.workflow.versions import ReviewValues, SightingValues

Choice = TypeVar("Choice", bound=StrEnum)

ANSWERS = ("verdict", "attribution_verdict", "confidence")
TEXTS = ("rationale", "not_known", "notes")
# With which scale a page was made, by what is answered on it.
SCALES = {"verdict": "verdict_scale", "attribution_verdict": "attribution_verdict_scale"}
BOOKKEEPING = ("started_at", "active_seconds", "base_version", "draft_version", *SCALES.values())
SKIPPING = ("skip_reason", "skip_note")
WAITING = ("waits_until", "waits_for")
ASKING = ("ask_whom", "ask_text")
# Asked of who works alone, where a rule of the project is not met.
REASON = "gate_reason"
SOURCE_TEXTS = (
    *("url", "title", "quote", "locator", "publisher", "published"),
    *("archive_url", "language", "translation", "author", "interests", "origin"),
    *("accessed_on", "figure", "note"),
)
SOURCE_CHOICES = ("stance", "answers", "kind", "record", "translated_by", "source_type")
SOURCE_PARTS = (*SOURCE_TEXTS, *SOURCE_CHOICES, "set_number")
_SOURCE = re.compile(rf"sources-(0|[1-9][0-9]{{0,2}})-({'|'.join(SOURCE_PARTS)})")
_HOP = re.compile(r"hop-([1-9][0-9]{0,17})-(?:seen|url|on)")
_PLAIN = frozenset((*ANSWERS, *TEXTS, REASON, *BOOKKEEPING, *SKIPPING, *WAITING, *ASKING))
# What another form of the same check would not say: left out when two are compared.
_NOT_SAID = frozenset((*BOOKKEEPING, *SKIPPING, *WAITING, *ASKING))
MAX_ROWS = 1_000
MAX_KEY = 64
FIRST_YEAR = 2000
MAX_ACTIVE_SECONDS = 7 * 24 * 60 * 60
# Where a rule names no field: the part of a source row that it speaks of.
FIELD_OF_RULE = {"link": "url", "date": "published"}


class Mistakes(Invalid):
    """Everything in a form that cannot be, each with the field it stands in."""

    def __init__(self, found: list[tuple[str, Invalid]]) -> None:
        super().__init__(found[0][1].code, **found[0][1].values)
        self.found = found


@dataclass(frozen=True, slots=True)
class Typed:
    """A check's form by field names; a field that nobody filled in is an empty text."""

    fields: Mapping[str, str]

    @classmethod
    def of(cls, posted: Mapping[str, str]) -> "Typed":
        """What a form posted, or a draft kept; names that are no fields of it are left out."""
        return cls(
            {
                name: text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
                for name, text in posted.items()
                if name in _PLAIN
                or _SOURCE.fullmatch(name)
                or _HOP.fullmatch(name)
                or questions.is_field(name)
            }
        )

    @classmethod
    def of_version(cls, version: VersionRecord) -> "Typed":
        """A version that was sent, to be corrected."""
        fields = {name: getattr(version, name) for name in TEXTS}
        fields["verdict"] = version.content.code
        fields["attribution_verdict"] = version.attribution.code if version.attribution else ""
        fields["confidence"] = version.confidence or ""
        for row, evidence in enumerate(version.evidence):
            fields |= source_fields(row, evidence)
        fields |= questions.fields_of(version)
        for seen in version.sightings:
            fields[f"hop-{seen.hop_id}-seen"] = "on"
            fields[f"hop-{seen.hop_id}-url"] = seen.url or ""
            fields[f"hop-{seen.hop_id}-on"] = seen.said_on or ""
        return cls(fields)

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def given(self, **fields: object) -> "Typed":
        """The same form with some fields filled in otherwise."""
        return replace(self, fields={**self.fields, **{n: str(v) for n, v in fields.items()}})

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows of sources; there may be gaps."""
        found = (_SOURCE.fullmatch(name) for name in self.fields)
        return sorted({int(match[1]) for match in found if match})

    @property
    def rows_shown(self) -> list[int]:
        """The rows as the page shows them: at least one has room for another source."""
        rows = self.rows
        if not rows:
            return [0]
        if self.free_row in rows or len(rows) >= MAX_ROWS:
            return rows
        return [*rows, self.next_row]

    @property
    def free_row(self) -> int:
        """The number of the row to put another page in; a search keeps its row to itself."""
        free = (row for row in self.rows if self.is_free(row) and not self.is_search(row))
        return next(free, self.next_row)

    @property
    def next_row(self) -> int:
        """The number of a row after the last."""
        return min(max(self.rows, default=-1) + 1, MAX_ROWS - 1)

    def is_free(self, row: int) -> bool:
        """Whether a row tells no source."""
        parts = TELLS_A_SEARCH if self.is_search(row) else TELLS_A_SOURCE
        return not any(self[f"sources-{row}-{part}"].strip() for part in parts)

    def is_search(self, row: int) -> bool:
        """Whether a row tells of a search that found nothing."""
        return self[f"sources-{row}-kind"] == SourceKind.SEARCH

    @property
    def origins(self) -> list[str]:
        """What the rows are copies of, each once."""
        named = (self[f"sources-{row}-origin"].strip() for row in self.rows)
        return sorted({origin for origin in named if origin})

    @property
    def is_untouched(self) -> bool:
        """Whether no field holds anything yet, beside what the page writes by itself."""
        return not any(text for name, text in self.fields.items() if name not in BOOKKEEPING)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered or written that would be missed."""
        return not any(text.strip() for name, text in self._said())

    def said(self) -> dict[str, str]:
        """What was answered and written, for comparing two forms."""
        return {name: text.strip() for name, text in self._said() if text.strip()}

    def _said(self) -> Iterator[tuple[str, str]]:
        for name, text in self.fields.items():
            row = _SOURCE.fullmatch(name)
            if name in _NOT_SAID or not questions.is_said(name, self.fields):
                continue
            if row is None or not self.is_free(int(row[1])):
                yield name, text

    def body(self) -> dict[str, str]:
        """The form as a draft keeps it: with empty rows, and the version that it stands on."""
        dropped = {*SKIPPING, *WAITING, "draft_version"}
        return {name: text for name, text in self.fields.items() if name not in dropped}

    def without_question(self) -> "Typed":
        """The form without what was asked of a colleague."""
        return Typed({name: text for name, text in self.fields.items() if name not in ASKING})

    def with_row(self, row: int, fields: Mapping[str, str] | None = None) -> "Typed":
        """The form with one more row of sources, empty unless it is given."""
        return Typed({**self.fields, f"sources-{row}-url": "", **(fields or {})})

    def without_row(self, row: int) -> "Typed":
        """The form without one row of sources."""
        gone, fields = f"sources-{row}-", questions.unlinked(self.fields, row)
        return Typed({name: text for name, text in fields.items() if not name.startswith(gone)})

    def number(self, name: str) -> int | None:
        """A whole number that the form carries, None where it carries none."""
        text = self[name].strip()
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def source_fields(row: int, source: EvidenceRecord) -> dict[str, str]:
    """A use of a source as the fields of a row."""
    said = {
        **{name: getattr(source, name, None) for name in SOURCE_PARTS},
        "translation": source.quote_translation,
    }
    return {f"sources-{row}-{name}": str(text or "") for name, text in said.items()}


def values(typed: Typed, *, key: str, as_new: bool, asks_questions: bool = False) -> ReviewValues:
    """What the form says, for the verb; questions are heard only where the project asks for them.

    ``key`` is the form's own; a text that is sent as a new version gets one of its own, made of
    what it says, so that it too can be sent twice.

    Raises:
        Mistakes: a required answer is missing, or a field holds what cannot be.
    """
    found: list[tuple[str, Invalid]] = []
    if not typed["verdict"]:
        found.append(("verdict", Invalid("review.verdict")))
    sources = dict(_sources(typed, found))
    said = ReviewValues(
        verdict=typed["verdict"],
        attribution_verdict=typed["attribution_verdict"] or None,
        confidence=_choice(typed, "confidence", Confidence, None, found=found),
        rationale=typed["rationale"].strip(),
        not_known=typed["not_known"].strip(),
        notes=typed["notes"].strip(),
        sources=tuple(sources.values()),
        gate_reason=typed[REASON].strip(),
        sightings=tuple(_sightings(typed, found)),
        questions=tuple(questions.values(typed.fields, sources, found)) if asks_questions else (),
        form_key=secrets.token_urlsafe(24),
        base_version=typed.number("base_version") or 0,
        as_new=as_new,
        draft_version=typed.number("draft_version"),
        started_at=_moment(typed["started_at"]),
        active_seconds=_seconds(typed),
        shown={name: typed[scale] for name, scale in SCALES.items()},
    )
    if found:
        raise Mistakes(found)
    return replace(said, form_key=_key(key, said)) if key else said


def _key(key: str, said: ReviewValues) -> str:
    if said.as_new:
        key = f"{key}:{said.sha256()}"
    return key if len(key) <= MAX_KEY else hashlib.sha256(key.encode()).hexdigest()


def _sources(typed: Typed, found: list[tuple[str, Invalid]]) -> Iterator[tuple[int, SourceValues]]:
    for number in typed.rows:
        if not typed.is_free(number):
            yield number, _checked(typed, number, found)


def source_of(typed: Typed, number: int) -> SourceValues:
    """One row of sources, for the verb.

    Raises:
        Mistakes: a field of it holds what cannot be, or it tells no source.
    """
    found: list[tuple[str, Invalid]] = []
    row = _checked(typed, number, found)
    if not (row.url or "").strip():
        found.insert(0, (f"sources-{number}-url", Invalid("source.url")))
    if found:
        raise Mistakes(found)
    return row


def _checked(typed: Typed, number: int, found: list[tuple[str, Invalid]]) -> SourceValues:
    row = _source(typed, number, found)
    try:
        checked_sources([row])
    except Invalid as mistake:
        part = mistake.values.get("field") or FIELD_OF_RULE[mistake.code.split(".")[0]]
        found.append((f"sources-{number}-{part}", mistake))
    return row


def _source(typed: Typed, number: int, found: list[tuple[str, Invalid]]) -> SourceValues:
    row = f"sources-{number}-"
    # A script may leave the kind out; without an address it then can be no web page.
    usual = SourceKind.WEB if typed[row + "url"].strip() else SourceKind.DOCUMENT
    shows = Stance.CONTEXT if typed.is_search(number) else Stance.SUPPORTS
    texts: dict[str, Any] = {part: typed[row + part].strip() for part in SOURCE_TEXTS}
    return SourceValues(
        **texts,
        stance=_choice(typed, row + "stance", Stance, shows, found=found),
        answers=_choice(typed, row + "answers", Answers, Answers.SO, found=found),
        kind=_choice(typed, row + "kind", SourceKind, usual, found=found),
        record=_choice(typed, row + "record", SourceRecord, SourceRecord.ON_RECORD, found=found),
        translated_by=_choice(typed, row + "translated_by", TranslatedBy, None, found=found),
        source_type=_choice(typed, row + "source_type", SourceType, None, found=found),
        set_number=_set_number(typed, row + "set_number", found),
    )


def _set_number(typed: Typed, name: str, found: list[tuple[str, Invalid]]) -> int | None:
    """The number of a set; what is no number at all is refused here, one that is too large later."""
    text = typed[name].strip()
    if text and typed.number(name) is None:
        found.append((name, Invalid("source.set", limit=MAX_SET)))
    return typed.number(name)


def _sightings(typed: Typed, found: list[tuple[str, Invalid]]) -> Iterator[SightingValues]:
    """The hops that are ticked; a link or a date beside one says as much."""
    hops = sorted({int(match[1]) for name in typed.fields if (match := _HOP.fullmatch(name))})
    for hop in hops:
        url, on = typed[f"hop-{hop}-url"].strip(), typed[f"hop-{hop}-on"].strip()
        if not (typed[f"hop-{hop}-seen"] or url or on):
            continue
        for field, rule, text in (("url", checked_link, url), ("on", partial_date, on)):
            try:
                rule(text)
            except Invalid as mistake:
                found.append((f"hop-{hop}-{field}", mistake))
        yield SightingValues(hop_id=hop, url=url or None, said_on=on or None)


Default = TypeVar("Default")


def _choice(
    typed: Typed,
    name: str,
    kind: type[Choice],
    default: Default,
    *,
    found: list[tuple[str, Invalid]],
) -> Choice | Default:
    """The member of an enumeration that a field names."""
    try:
        return kind(typed[name]) if typed[name] else default
    except ValueError:
        found.append((name, Invalid("form.choice")))
        return default


def _moment(text: str) -> datetime | None:
    """When a check was begun; a time at which it cannot have been is as good as none."""
    try:
        given = datetime.fromisoformat(text)
        moment = given.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    possible = given.tzinfo is not None and moment.year >= FIRST_YEAR and moment <= now()
    return moment if possible else None


def _seconds(typed: Typed) -> int | None:
    seconds = typed.number("active_seconds")
    return None if seconds is None else min(seconds, MAX_ACTIVE_SECONDS)
