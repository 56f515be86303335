"""What a description tells of whoever it means: its noun, one person or several, an epithet."""

from app.extraction import lexicon as lex
from app.extraction.agents import AFTER_NOUN
from app.extraction.places import PLACES


def is_one_person(description: str) -> bool:
    """Whether a description is that of a single person: "a harbour official"."""
    noun = head_of(description)
    if noun in lex.ORGANISATION_WORDS | lex.DOCUMENT_WORDS | lex.ADVERBS | lex.DETERMINERS:
        return False
    if noun.endswith("s") and noun != "boss":
        return False
    return noun in lex.SPEAKERS | lex.TITLES or noun.endswith(lex.SPEAKER_ENDINGS)


def head_of(description: str) -> str:
    """The noun of a description, in small letters: "official" of "official in the ministry"."""
    words = description.lower().split()
    head = next((i for i, w in enumerate(words) if w in lex.NOUN_LINKS | AFTER_NOUN), len(words))
    return words[head - 1].removesuffix("'s") if head else ""


def is_epithet(description: str) -> bool:
    """Whether a noun only calls somebody known by another word: "the Bulgarian", "the striker"."""
    *before, last = description.split() or [""]
    placed = all(w[0].isupper() or w.lower() in lex.NATIONS | PLACES for w in before)
    return last.lower() in lex.EPITHETS and placed
