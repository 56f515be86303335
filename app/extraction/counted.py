"""What a number counts: the noun after it, past the adjectives, in the singular."""

import re

from app.extraction import lexicon as lex
from app.extraction.units import MEASURES, PLURALS_WITHOUT_S, singular
from app.extraction.wordlist import word_set

_WORD = re.compile(r"[^\W\d_]+(?:[’'\-.][^\W\d_]+)*")
_AGE = re.compile(r"-(?P<unit>[a-z]+)(?:-(?:olds?|long|high|wide|deep|tall))?\b")
_AGED = re.compile(r"\b(?:aged?|ages)\s(?:between\s)?$", re.IGNORECASE)
_GAP = re.compile(r"[\s]+(?:[“\"‘'])?|[\s]*$")
_OF = re.compile(r"\s+of\s+(?:the|its|their|his|her|those|these|our|all|Alibaba[’']s)\b")
_ONE_MEASURES = re.compile(
    r"\b(?:including|only|just|least|and|than|with|another)\s$", re.IGNORECASE
)
_LONGEST = 6
_NOT_COUNTED = word_set("others ones more less percent times sides ways things")
_STOPS = (
    lex.DETERMINERS
    | lex.AUXILIARIES
    | lex.CONJUNCTIONS
    | lex.PREPOSITIONS
    | {"the", "a", "an", "per"}
)


def counted_noun(claim: str, start: int, end: int, *, numeral: str) -> tuple[int, str] | None:
    """Where the counted noun ends and its singular; None when the number counts nothing."""
    if numeral.lower() == "one" and not _ONE_MEASURES.search(claim[:start]):
        return None
    age = _AGE.match(claim, end)
    if age:
        return (age.end(), age["unit"]) if age["unit"] in MEASURES else None
    if _AGED.search(claim[:start]):
        return end, "year"
    of = _OF.match(claim, end)
    return _noun_after(claim, of.end() if of else end, is_one=numeral.lower() == "one")


def _noun_after(claim: str, at: int, *, is_one: bool) -> tuple[int, str] | None:
    """The first plural that the adjectives lead to, or the singular after "one"."""
    best: tuple[int, str, int] | None = None
    for _ in range(_LONGEST):
        gap = _GAP.match(claim, at)
        word = _WORD.match(claim, gap.end()) if gap else None
        if word is None or word[0].lower() in _STOPS:
            break
        if best and _ends_noun(word[0], is_name=claim[best[2]].isupper()):
            break
        lower = word[0].lower()
        if lex.looks_finite(lower) and not lower.endswith("ed") and not _is_plural(word[0]):
            break
        if (_is_plural(word[0]) and lower not in _NOT_COUNTED) or lower in MEASURES:
            best = (word.end(), singular(word[0]), word.start())
        elif is_one and not lower.endswith(("ed", "ing")):
            best = (word.end(), word[0], word.start())
        at = word.end()
    return best[:2] if best else None


def _ends_noun(word: str, *, is_name: bool) -> bool:
    """Whether a plural before this word was the noun; "United States" may lead on to one."""
    return lex.looks_finite(word.lower()) or not (is_name or _is_plural(word))


def _is_plural(word: str) -> bool:
    lower = word.lower()
    if lower in PLURALS_WITHOUT_S:
        return True
    return (
        lower.endswith("s")
        and not lower.endswith(("ss", "us", "'s", "’s"))
        and "-" not in lower[-3:]
    )
