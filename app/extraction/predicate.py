"""Where the verb of a clause stands, and what stands before it."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from app.extraction import lexicon as lex
from app.extraction.tokens import Token
from app.extraction.verbs import Verbs
from app.extraction.wordlist import word_set

MODALS = word_set("""will would can could may might must shall should cannot won't wouldn't can't couldn't
    mustn't shouldn't i'll he'll she'll they'll we'll it'll there'll you'll i'd he'd she'd they'd we'd ought""")
_DO = word_set("do does did don't doesn't didn't")
_HAVE = word_set("has have had having hasn't haven't hadn't i've we've they've you've")
_RELATIVES = word_set("who which that whose whom where")
_SUBORDINATORS = word_set(
    "if when unless although though while after once before since as because until whereas"
)
_PARTICIPLES = word_set("""been done gone seen given taken known shown driven written spoken broken chosen
    stolen fallen risen grown drawn thrown flown forgotten hidden beaten eaten frozen sworn torn worn
    born become begun run come cut hit put set shut hurt cost spread made paid sold bought brought
    built sent kept held left lost found met won led told said thought taught caught sought fought
    spent felt heard read laid meant dealt fled struck stuck swept shot slain sunk overturned
    withdrawn undertaken overtaken proven forbidden overseen undergone""")
_RELATIVE_REACH = 12


@dataclass(frozen=True, slots=True)
class Predicate:
    """The verb of a clause, as indices of its words: first word, and the word that tells what."""

    first: int
    main: int


def is_adverb(word: Token) -> bool:
    """Whether a word may stand between an auxiliary and its verb."""
    return word.lower in lex.ADVERBS or word.lower in {"not", "all", "no"} or _ends_in_ly(word)


def _ends_in_ly(word: Token) -> bool:
    return word.lower.endswith("ly") and not word.is_capital and len(word.lower) > 4


def is_past_participle(word: Token) -> bool:
    """Whether a word may follow "has" or "was" as part of the verb."""
    return word.lower in _PARTICIPLES or (word.lower.endswith("ed") and len(word.lower) > 3)


def predicate(words: Sequence[Token]) -> Predicate | None:
    """The first verb that the clause itself says something with; None where there is none."""
    finite = {at for at in Verbs(words).places if not _is_noun(words, at)}
    if words and lex.looks_finite(words[0].lower) and not _is_noun(words, 0):
        finite.add(0)
    at = _start(words, finite)
    while at < len(words):
        if at and words[at].lower in _RELATIVES and words[at - 1].lower not in lex.CONJUNCTIONS:
            at = _after_relative(words, at, finite)
            continue
        if at in finite:
            behind = _behind_insert(words, at, finite)
            if behind is None:
                return Predicate(at, _main(words, at))
            at = behind
        at += 1
    return None


def _behind_insert(words: Sequence[Token], at: int, finite: Set[int]) -> int | None:
    """The comma that ends ", expected to cost 3 million," before the verb of the clause."""
    if not at or words[at - 1].text != "," or not is_past_participle(words[at]):
        return None
    comma = next((i for i in range(at + 1, len(words)) if words[i].text == ","), None)
    return comma if comma is not None and any(verb > comma for verb in finite) else None


def _is_noun(words: Sequence[Token], at: int) -> bool:
    """Whether "will" is a name, a month or what somebody wants; a question is told by its mark."""
    word, before = words[at], words[at - 1].lower if at else ""
    if word.lower not in {"will", "may", "might", "can"}:
        return False
    return word.is_capital or before in lex.DETERMINERS or before == "free"


def _start(words: Sequence[Token], finite: Set[int]) -> int:
    """Where the main clause begins: behind "If the price rises," and "In a note seen by us,"."""
    if not words:
        return 0
    first = words[0].lower
    leads = first in _SUBORDINATORS | lex.PREPOSITIONS or (first.endswith("ed") and 0 in finite)
    if not leads:
        return 0
    for at in range(1, len(words) - 2):
        if words[at].text == ",":
            return at + 1 if any(at < verb for verb in finite) else 0
        if first not in _SUBORDINATORS and at in finite and words[at].lower in lex.AUXILIARIES:
            # "In May the port was sold, …": the comma comes too late.
            return 0
    return 0


def _after_relative(words: Sequence[Token], at: int, finite: Set[int]) -> int:
    """Behind the verb of "who ran the port", or behind the comma that ends it."""
    if words[at - 1].text == ",":
        comma = next((i for i in range(at + 1, len(words)) if words[i].text == ","), None)
        if comma is not None:
            return comma + 1
    for i in range(at + 1, min(len(words), at + _RELATIVE_REACH)):
        if i in finite:
            return _main(words, i) + 1
    return at + 1


def _main(words: Sequence[Token], first: int) -> int:
    """The word that says what is done: "closed" in "has been closed"."""
    at, last = first, first
    while at < len(words):
        lower = words[at].lower
        if lower in lex.AUXILIARIES:
            last = at
        elif not is_adverb(words[at]):
            break
        at += 1
    if at >= len(words) or words[first].lower not in lex.AUXILIARIES or words[at].kind != "word":
        return last
    helper = words[last].lower
    if helper in MODALS | _DO:
        return at
    follows = is_past_participle(words[at])
    progressive = helper not in _HAVE and words[at].lower.endswith("ing")
    return at if follows or progressive else last


def subject_end(words: Sequence[Token], found: Predicate) -> int:
    """The index behind the last word of what stands before the verb."""
    end = found.first
    while end > 0 and is_adverb(words[end - 1]):
        end -= 1
    return end
