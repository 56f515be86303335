"""Verbs of saying whose object is the claim: "denied the charge", "called it “a disgrace”"."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction import sayings
from app.extraction.judging import CALLING, HOLDING, calls, holds
from app.extraction.openings import opens_clause
from app.extraction.tokens import Token
from app.extraction.units import NUMBER_WORDS
from app.extraction.wordlist import word_set

_NEAR = 5
_REFUSED = word_set("""him her them us me bail visa visas loan loans access entry permission request requests appeal
    appeals motion motions application applications parole asylum licence license permit permits
    treatment aid care""")
_AS_REACH = 12
_OBJECT_REACH = 8
_SHORTEST_ING = 5
# "the benefits anticipated for 2019": a participle.
_REDUCED = frozenset({"for", "in", "by", "on", "at", "from"})
_SOMEBODY = word_set("him her them his their")


def keeps_itself(words: Sequence[Token], at: int, high: int) -> bool:
    """Whether the cue with its plain object is the claim ("denied the charge")."""
    lower = words[at].lower
    if at + 1 >= high:
        return False
    nexts = [w.lower for w in words[at + 1 : min(high, at + _AS_REACH)]]
    return (
        (lower in sayings.TO_CUES and _goes_on_to(nexts))
        or (lower in sayings.URGING and "that" not in nexts[:6] and _urges(words, at, high))
        or (lower in sayings.MEASURING and _measures(words, at, high))
        or (lower in {"put", "puts"} and _puts_down(words, at, high))
        or (lower in sayings.RECOUNTING and _recounts(words, at, high))
        or (lower in CALLING and calls(words, at, high))
        or (lower in HOLDING and holds(words, at, high))
        or (lower in sayings.OBJECT_CUES and _has_object(words, at, nexts))
    )


def _goes_on_to(nexts: Sequence[str]) -> bool:
    """Whether "to" follows, or "never to"."""
    return "to" in nexts[: 2 if nexts[0] in {"never", "not"} else 1]


def _has_object(words: Sequence[Token], at: int, nexts: list[str]) -> bool:
    wanted = sayings.OBJECT_CUES[words[at].lower]
    far = {"as", "to"} & {*wanted}
    reach = _phrase_end(words, at + 1, at + 1 + len(nexts))
    if far and any(word in far for word in nexts[1 : reach - at]):
        return True
    if "of" in wanted:
        return any(word in wanted for word in nexts[:_OBJECT_REACH]) and "that" not in nexts
    if wanted:
        return any(word in wanted and word not in far for word in nexts[:_NEAR])
    return _has_any_object(words, at, nexts)


def _has_any_object(words: Sequence[Token], at: int, nexts: list[str]) -> bool:
    """Whether a noun phrase follows, and not a clause that is denied or disputed."""
    clause = opens_clause(words, at + 1, at + 1 + len(nexts))
    if nexts[0] in lex.PRONOUNS:
        return nexts[0] in {"it", "you"} and not clause
    denies = words[at].lower.startswith(("den", "disput"))
    if words[at].lower.startswith("den") and any(word in _REFUSED for word in nexts[:_NEAR]):
        # "denied him a visa", "denied bail": that is refused, and not disputed.
        return False
    recommends = words[at].lower.startswith("recommend")
    if recommends and nexts[0] not in lex.DETERMINERS | {"the"}:
        # "recommended as a key to growth" describes.
        return False
    if nexts[0] in lex.CONJUNCTIONS or (denies and clause):
        return False
    return words[at + 1].kind not in {"mark", "open", "close"}


def _phrase_end(words: Sequence[Token], first: int, high: int) -> int:
    """Up to where an object may reach: a comma, a finite verb or the end."""
    for at in range(first, high):
        word = words[at]
        if word.text in {",", ";", ":", "—"} or word.lower in lex.AUXILIARIES:
            return at
    return high


def _urges(words: Sequence[Token], at: int, high: int) -> bool:
    """Whether somebody and then "to" with a verb follows: "told staff to leave"."""
    for i in range(at + 2, min(_phrase_end(words, at + 1, high), at + 9)):
        if words[i].lower == "to" and i + 1 < high:
            after = words[i + 1]
            return not after.is_capital and after.lower not in lex.DETERMINERS | {"the"}
        if words[i].lower in lex.PREPOSITIONS - {"of", "in", "at", "from"}:
            return False
    return False


def _measures(words: Sequence[Token], at: int, high: int) -> bool:
    """Whether a plain object with a number follows: "forecast a loss of 4 million"."""
    puts = words[at].lower in {"put", "puts", "peg", "pegs", "pegged"}
    reduced = words[at].lower.endswith("ed") and words[at + 1].lower in _REDUCED
    if words[at + 1].lower in lex.PRONOUNS or reduced:
        return False
    if not puts and opens_clause(words, at + 1, high):
        return False
    end = _phrase_end(words, at + 1, min(high, at + _AS_REACH))
    if any(words[i].lower == "to" and words[i + 1].kind == "word" for i in range(at + 1, end - 1)):
        return False
    if puts and any(words[i].lower in NUMBER_WORDS for i in range(at + 2, end)):
        return True
    return any(letter.isdigit() for i in range(at + 1, end) for letter in words[i].text)


def _puts_down(words: Sequence[Token], at: int, high: int) -> bool:
    """Whether something is explained: "put the loss down to bad luck"."""
    near = range(at + 2, min(high - 1, at + _AS_REACH))
    return any(words[i].lower == "down" and words[i + 1].lower == "to" for i in near)


def _recounts(words: Sequence[Token], at: int, high: int) -> bool:
    """Whether an act or quoted words follow as an object: "described seeing a fire"."""
    after = words[at + 1].lower
    if words[at].lower.startswith("describ") and words[at + 1].kind == "word":
        return after not in lex.CONJUNCTIONS | lex.PREPOSITIONS
    if _is_act(words[at + 1]):
        return True
    # "remembered her paying", "recalled Lee leaving".
    somebody = after in _SOMEBODY or words[at + 1].is_capital
    if somebody and at + 2 < high and _is_act(words[at + 2]):
        return words[at].lower.startswith(("recall", "recount", "remember", "describ"))
    end = _phrase_end(words, at + 1, min(high, at + _OBJECT_REACH))
    opened = any(words[i].kind == "open" for i in range(at + 2, end))
    return opened and not any(words[i].lower == "that" for i in range(at + 1, end))


def _is_act(word: Token) -> bool:
    return word.lower.endswith("ing") and len(word.text) > _SHORTEST_ING and not word.is_capital
