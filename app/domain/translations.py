"""Translated quotes: whose translation it is must be said, so that a reader can weigh it."""

from dataclasses import dataclass

from app.domain.errors import Invalid
from app.domain.words import TranslatedBy

MAX_TRANSLATION = 10_000


@dataclass(frozen=True, slots=True)
class Translation:
    """A quote in another language; both parts are there or neither is."""

    text: str | None = None
    by: TranslatedBy | None = None


def checked_translation(text: str, by: TranslatedBy | None) -> Translation:
    """A translation with who made it; a blank one is none, whoever is named.

    Raises:
        Invalid: nobody says whether a person or a machine translated it, or it is too long.
    """
    text = text.strip()
    if not text:
        return Translation()
    if len(text) > MAX_TRANSLATION:
        raise Invalid("translation.long", field="translation", limit=MAX_TRANSLATION)
    if by is None:
        raise Invalid("translation.by", field="translated_by")
    return Translation(text, by)
