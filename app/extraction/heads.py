"""What a clause begins with that cannot stand alone: the noun behind "which", a missing subject."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction.agents import looks_like_person
from app.extraction.leads import OPENERS
from app.extraction.sentences import Span
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_RELATIVES = word_set("which who")
# Behind these a name or a noun may only be part of the one that is meant: "the plant in Lund, which".
_PART_OF = lex.PREPOSITIONS | word_set("and or & than as like")
_ARTICLES = word_set("the a an this that his her its their our my another one two three four")
_OF_MANY = word_set("have are were do aren't weren't haven't")
_MARKS = frozenset({"mark", "close"})
_NOUN_REACH = 6
_NAME_REACH = 7
# So much of a sentence may be repeated in front of a clause that leans on it.
LONGEST_PREFIX = 400


def is_relative(words: Sequence[Token], at: int) -> bool:
    """Whether a clause begins with "which" or "who" and takes its subject from before."""
    return at > 0 and words[at].lower in _RELATIVES and words[at - 1].text == ","


def head_before(words: Sequence[Token], at: int) -> Span | None:
    """The noun that "which" or "who" at ``words[at]`` stands for; None where it could be another."""
    end = at - 1
    if end < 1 or words[end - 1].kind != "word":
        return None
    first = _name_start(words, end) if words[end - 1].is_capital else _noun_start(words, end)
    if first == end - 1 and first > 0 and _is_described(words[first - 1]):
        # "A chest X-ray, which".
        first = _noun_start(words, end)
    if first is None or not _is_certain(words, first, end, who=words[at].lower != "which"):
        return None
    follows = words[at + 1].lower if at + 1 < len(words) else ""
    if follows in _OF_MANY and not words[end - 1].lower.endswith("s"):
        # "Ann Lee, Bo Diaz, who have": both of them.
        return None
    return Span(words[first].start, words[end - 1].end)


def _name_start(words: Sequence[Token], end: int) -> int | None:
    first = end - 1
    while first > 0 and end - first < _NAME_REACH:
        before = words[first - 1]
        joined = before.lower in lex.PARTICLES and first > 1 and words[first - 2].is_capital
        if not (before.is_capital or joined):
            break
        first -= 1
    if end - first >= _NAME_REACH:
        return None
    return first - 1 if first and words[first - 1].lower == "the" else first


def _is_described(before: Token) -> bool:
    """Whether a plain word before a capitalised one belongs to the same noun."""
    return (
        before.kind == "word"
        and before.lower not in _PART_OF | lex.CONJUNCTIONS | lex.TITLES
        and not lex.looks_finite(before.lower)
    )


def _noun_start(words: Sequence[Token], end: int) -> int | None:
    """The article before a common noun, with nothing but its adjectives between them."""
    for first in range(end - 1, max(end - 1 - _NOUN_REACH, -1), -1):
        word = words[first]
        if word.lower in _ARTICLES:
            return first if first < end - 1 else None
        if word.kind not in {"word", "number"} or word.lower in _PART_OF | lex.CONJUNCTIONS:
            return None
        if lex.looks_finite(word.lower) and not word.lower.endswith("ed"):
            return None
    return None


def _is_certain(words: Sequence[Token], first: int, end: int, *, who: bool) -> bool:
    """Whether no other noun before can be the one that is meant."""
    if first == 0:
        return True
    before = words[first - 1]
    if who and before.lower not in {"of", "and", "or", "&"}:
        name = [word for word in words[first:end] if word.lower not in lex.TITLES]
        if looks_like_person(name):
            return True
    if before.lower in {"and", "or", "&", "of"} or before.kind == "close":
        return False
    if before.lower in _PART_OF:
        # "Moved to Lund, which": the verb leaves no other noun.
        return first > 1 and lex.looks_finite(words[first - 2].lower)
    return before.kind != "mark" or before.text in {"—", "–", ":"}


def inner_relative(words: Sequence[Token]) -> Span | None:
    """The ", who" of a clause that is nothing but a noun and what is said of it."""
    for at in range(1, min(len(words), _NAME_REACH + 1)):
        if words[at].text == "," and at + 1 < len(words):
            is_one = words[at + 1].lower in _RELATIVES
            return Span(words[at].start, words[at + 1].end) if is_one else None
    return None


def prefix(words: Sequence[Token], start: int) -> Span | None:
    """The words of a statement before a clause that says nothing without them."""
    low = 0
    while low < len(words) and (words[low].lower in OPENERS or words[low].kind in _MARKS):
        low += 1
    return Span(words[low].start, start) if low < len(words) else None
