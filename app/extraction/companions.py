"""Several who speak as one: "Lee, Diaz and Cole", "Lee and her team"."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction.tokens import Token

_OWNERS = frozenset({"his", "her", "their"})
_LONGEST_NAME = 4


def with_companions(words: Sequence[Token], first: int, end: int, *, low: int) -> int:
    """Where a phrase begins, whoever is named with the one in it; ``first`` if nobody is."""
    at = first
    if words[first].lower in _OWNERS:
        if _is_joint(words, first - 1, low) and words[first - 1].lower == "and":
            at = _name_start(words, first - 1, low)
    elif any(word.lower == "and" for word in words[first:end]) and words[first].is_capital:
        while _is_joint(words, at - 1, low) and words[at - 1].text == ",":
            at = _name_start(words, at - 1, low)
    return at if at == low or _may_precede(words[at - 1]) else first


def _is_joint(words: Sequence[Token], at: int, low: int) -> bool:
    return at > low and words[at - 1].is_capital


def _name_start(words: Sequence[Token], end: int, low: int) -> int:
    at = end
    while at > low and words[at - 1].is_capital and end - at < _LONGEST_NAME:
        at -= 1
    return at


def _may_precede(word: Token) -> bool:
    """Whether a list of speakers may begin after this token: not in "in Paris, Lee and Cole"."""
    if word.text == "," or word.kind == "word":
        return word.lower in lex.TITLES or word.lower in {"senators", "reps", "that", "and", "but"}
    return True
