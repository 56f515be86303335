"""A use of a source as one line of words, where two texts of a check are compared."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from flask_babel import gettext as _

from app.domain.evidence_words import SourceType
from app.domain.records import EvidenceRecord
from app.domain.words import Answers, SourceKind, SourceRecord, Stance, TranslatedBy
from app.web.wording import word

# What says by itself what it is.
PLAIN = (
    *("title", "url", "author", "publisher", "published", "quote", "translation", "locator"),
    *("archive_url", "language"),
)
CHOICES: dict[str, type[StrEnum]] = {
    "kind": SourceKind,
    "record": SourceRecord,
    "stance": Stance,
    "answers": Answers,
    "source_type": SourceType,
    "translated_by": TranslatedBy,
}
# What goes without saying.
USUAL = {SourceKind.WEB, SourceRecord.ON_RECORD}
NAMED: dict[str, Callable[[str], str]] = {
    "interests": lambda text: _("Interests: %(text)s", text=text),
    "origin": lambda text: _("a copy of %(origin)s", origin=text),
    "set_number": lambda text: _("Set %(n)s", n=text),
    "accessed_on": lambda text: _("read on %(day)s", day=text),
    "figure": lambda text: _("It states: %(figure)s", figure=text),
    "note": lambda text: _("Note: %(text)s", text=text),
}


def told_source(said: Mapping[str, str]) -> str:
    """Everything that the fields of a use say, by the names of a row's fields; blank ones say nothing."""
    return " · ".join(_told({name: text.strip() for name, text in said.items() if text.strip()}))


def told_use(use: EvidenceRecord) -> str:
    """The same of a use that is stored."""
    names = {name: name for name in (*PLAIN, *CHOICES, *NAMED)}
    names["translation"] = "quote_translation"
    return told_source({name: str(getattr(use, place) or "") for name, place in names.items()})


def _told(said: Mapping[str, str]) -> Iterator[str]:
    yield from (said[name] for name in PLAIN if name in said)
    for name, kind in CHOICES.items():
        # A form may hold what is no choice.
        if said.get(name) in set(kind) and kind(said[name]) not in USUAL:
            yield word(kind(said[name]))
    yield from (tell(said[name]) for name, tell in NAMED.items() if name in said)
