"""What stands between the words of one noun phrase: "a new, larger study in over 40 towns"."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction.agents import bare
from app.extraction.tokens import Token

# "a poll of more than 2,000 drivers".
HOW_MANY = frozenset({"over", "under", "about", "around", "than", "nearly", "almost"})
_ONE = frozenset({"a", "an", "one", "another"})
_FIELD_REACH = 5
_AFTER_PARTICIPLE = frozenset({"in", "by", "on", "at", "for", "from", "with"})
_NAMED = lex.SPEAKERS | lex.ORGANISATION_WORDS | lex.DOCUMENT_WORDS | lex.TITLES


def joins_fields(words: Sequence[Token], at: int) -> bool:
    """Whether "and" stands in what an office is for: "a study on noise and health"."""
    after = words[at + 1]
    if after.is_capital or after.lower in lex.DETERMINERS or bare(after) in lex.SPEAKERS:
        return False
    for link in range(at - 1, max(0, at - _FIELD_REACH), -1):
        if words[link].lower in {"of", "on", "for"}:
            return bare(words[link - 1]) in _NAMED
        if words[link].kind != "word":
            return False
    return False


def over_adjectives(words: Sequence[Token], first: int, end: int, *, low: int) -> int:
    """Where "a new, larger study" begins, of which the comma parts the adjectives."""
    if first - 3 < low or words[first - 1].text != ",":
        return first
    places = (first - 3, first - 4)
    one = next((i for i in places if i >= low and words[i].lower in _ONE), None)
    if one is None or not (one == low or words[one - 1].kind != "word"):
        return first
    adjective, lead, head = words[first - 2], words[first], bare(words[end - 1])
    plain = adjective.kind == "word" and bare(adjective) not in _NAMED
    fits = not lead.is_capital and lead.lower not in lex.DETERMINERS | {"the"}
    alone = not head.endswith("s") or head.endswith("ss")
    return one if plain and fits and alone else first


def is_reduced(word: Token, after: Token) -> bool:
    """Whether a participle only describes the noun: "the study published in a journal found"."""
    participle = word.lower in lex.ISSUED or (word.lower.endswith("ed") and not word.is_capital)
    return participle and after.lower in _AFTER_PARTICIPLE
