"""Cuts a statement into clauses that can be checked one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.extraction import lexicon as lex
from app.extraction.sentences import Span
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_SHORTEST = 4
_SHORT_HALF = 10
_BACKWARD = word_set("he she it they this these those their its his her it's that")
_DASHES = frozenset({"—", "–", "―", "--"})
_JOINERS = word_set("and but so yet while although though whereas as because or however")
_LEADING = word_set("as while though although whereas")
_RELATIVES = frozenset({"which", "who", "where"})
# A participle after a comma that only tells what people made of it.
_COMMENTS = word_set("""sparking raising prompting fuelling fueling stoking triggering drawing leaving fanning igniting
    signalling signaling underscoring highlighting reflecting marking sending heightening dashing
    casting paving adding deepening renewing""")
_OPENERS = word_set("""and but or so yet however separately meanwhile also still nevertheless moreover furthermore
    additionally nonetheless instead  then later
    indeed consequently therefore thus besides likewise whereas""")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and what kind of cut made it."""

    span: Span
    form: str


def clauses(words: Sequence[Token]) -> list[Clause]:
    """The clauses of a statement in reading order; together they need not cover it."""
    pieces = [(0, len(words), "main")]
    for cut in (_at_semicolons, _at_dashes, _after_leading, _at_joints, _at_tails):
        pieces = [piece for whole in pieces for piece in cut(words, whole)]
    trimmed = [(*_trim(words, low, high), form) for low, high, form in pieces]
    return [
        Clause(Span(words[low].start, words[high - 1].end), form)
        for low, high, form in trimmed
        if high > low
    ]


Piece = tuple[int, int, str]


def _at_semicolons(words: Sequence[Token], piece: Piece) -> Iterator[Piece]:
    low, high, form = piece
    start = low
    for at in range(low, high):
        if _ends_sentence(words, at, high):
            yield start, at, form
            start = at + 1
    yield start, high, form


def _ends_sentence(words: Sequence[Token], at: int, high: int) -> bool:
    if words[at].text == ";":
        return True
    return (
        words[at].text in {".", "!", "?"} and at + 1 < high and words[at + 1].start > words[at].end
    )


def _at_dashes(words: Sequence[Token], piece: Piece) -> Iterator[Piece]:
    """Cut at a dash that opens a clause; a pair of dashes is left where it is."""
    low, high, form = piece
    dashes = [at for at in range(low, high) if words[at].text in _DASHES]
    if len(dashes) == 1 and low < dashes[0] < high - 1:
        after = dashes[0] + 1
        if words[after].lower in _JOINERS | _RELATIVES or _is_clause(words, after, high):
            after += words[after].lower in _JOINERS
            if high - after >= _SHORTEST and _has_finite(words, after, high):
                yield low, dashes[0], form
                yield after, high, "main"
                return
    yield low, high, form


def _after_leading(words: Sequence[Token], piece: Piece) -> Iterator[Piece]:
    """Cut "While A, B" into A and B."""
    low, high, form = piece
    leads = words[low].lower in _LEADING if low < high else False
    verb = _first_finite(words, low + 1, high) if leads else high
    for at in range(max(low + _SHORTEST, verb + 1), high - _SHORTEST):
        if words[at].text == "," and _is_clause(words, at + 1, high):
            yield low + 1, at, "leading"
            yield at + 1, high, form
            return
    yield low, high, form


def _at_joints(words: Sequence[Token], piece: Piece) -> Iterator[Piece]:
    """Cut before "and", "but", "while", "as" where a clause with its own subject begins."""
    low, high, form = piece
    start, verb = low, _first_finite(words, low, high)
    for at in range(low + _SHORTEST, high - _SHORTEST + 1):
        if at - start < _SHORTEST or words[at].lower not in _JOINERS:
            continue
        comma = words[at - 1].text == ","
        if not comma and words[at].lower not in {"but", "while", "whereas", "although", "and"}:
            continue
        if _leans_back(words, at + 1) or _is_short_pair(words, start, at, high=high):
            continue
        if _is_clause(words, at + 1, high, near=not comma) and verb < at:
            yield start, at, form
            start, form = at + 1, "main"
            verb = _first_finite(words, start, high)
    yield start, high, form


def _leans_back(words: Sequence[Token], first: int) -> bool:
    """Whether the second subject means something in the first clause: "but these cases"."""
    return words[first].lower in _BACKWARD


def _is_short_pair(words: Sequence[Token], start: int, at: int, *, high: int) -> bool:
    """Two short halves that are compared with each other make one claim."""
    return words[at].lower in {"while", "whereas"} and max(at - start, high - at) <= _SHORT_HALF


def _at_tails(words: Sequence[Token], piece: Piece) -> Iterator[Piece]:
    """Cut ", which …" and ", sparking …" off the end of a clause."""
    low, high, form = piece
    commas = [at for at in range(low, high) if words[at].text == ","]
    verb = _first_finite(words, low, high)
    for at in (comma + 1 for comma in commas):
        if not max(low + _SHORTEST, verb + 1) <= at < high - 2:
            continue
        later_comma = commas[-1] > at
        word = words[at].lower
        if word in _RELATIVES and high - at >= _SHORTEST and not later_comma:
            yield low, at - 1, form
            yield at, high, "relative"
            return
        if (
            _is_participle(word)
            and not _enumerates(words, at, high)
            and (word in _COMMENTS or _both_measure(words, low, at, high=high))
        ):
            yield low, at - 1, form
            yield at, high, "comment" if word in _COMMENTS else "participle"
            return
    yield low, high, form


def _is_participle(word: str) -> bool:
    return (
        word.endswith("ing")
        and len(word) > 5
        and word
        not in {
            "including",
            "according",
            "during",
            "following",
            "regarding",
            "excluding",
            "nothing",
            "something",
            "everything",
            "morning",
            "evening",
            "pending",
            "concerning",
            "beijing",
        }
    )


def _both_measure(words: Sequence[Token], low: int, at: int, *, high: int) -> bool:
    numbers = [i for i in range(low, high) if words[i].kind == "number"]
    return bool(numbers) and numbers[0] < at < numbers[-1]


def _enumerates(words: Sequence[Token], at: int, high: int) -> bool:
    """Whether the participle is one of a list ("braking, parking and steering")."""
    return any(
        words[i].lower in {"and", "or"} and words[i - 1].text == ","
        for i in range(at + 1, min(high, at + 4))
    )


def _is_clause(words: Sequence[Token], low: int, high: int, *, near: bool = False) -> bool:
    """Whether a subject and its finite verb begin here."""
    if high - low < _SHORTEST - 1:
        return False
    first = words[low]
    if first.lower in lex.PREPOSITIONS or first.lower in lex.AUXILIARIES or first.kind == "mark":
        return False
    if first.kind == "open":
        return _is_clause(words, low + 1, high, near=near)
    reach = 4 if near else 9
    for at in range(low + 1, min(high, low + reach)):
        word = words[at]
        if word.text in {",", ";"} or word.text in _DASHES or word.lower in _JOINERS:
            return False
        if word.lower in lex.AUXILIARIES or (lex.looks_finite(word.lower) and not word.is_capital):
            return not (
                near
                and first.lower not in lex.PRONOUNS
                and first.lower not in lex.DETERMINERS
                and first.lower != "the"
                and not first.is_capital
            )
    return False


def _has_finite(words: Sequence[Token], low: int, high: int) -> bool:
    return _first_finite(words, low, high) < high


def _first_finite(words: Sequence[Token], low: int, high: int) -> int:
    """The first token that may be a finite verb, else ``high``: asked once per stretch."""
    return next((at for at in range(low, high) if lex.looks_finite(words[at].lower)), high)


def _trim(words: Sequence[Token], low: int, high: int) -> tuple[int, int]:
    """Without marks at the ends and without the words that only link to what came before."""
    before = None
    while before != (low, high) and low < high:
        before = (low, high)
        if _is_loose_at_start(words, low, high) or _is_opener(words, low, high):
            low += 1
        if high > low and _is_loose_at_end(words, low, high):
            high -= 1
    return low, high


def _is_opener(words: Sequence[Token], low: int, high: int) -> bool:
    """Whether the first word only links the clause to the one before."""
    if low + 1 >= high or words[low + 1].lower == "as":
        return False
    if words[low].lower == "that":
        return low > 0 and words[low - 1].lower in {"and", "but"}
    return words[low].lower in _OPENERS


def _is_loose_at_start(words: Sequence[Token], low: int, high: int) -> bool:
    """Whether the first token is a mark that belongs to nothing in the clause."""
    first = words[low]
    if first.kind == "open":
        # "“Gold” is rare" keeps its marks, "“Gold is rare”" loses both.
        closing = [at for at in range(low, high) if words[at].kind == "close"]
        return not closing or closing[0] == high - 1
    return first.kind in {"mark", "close"} and first.text != "("


def _is_loose_at_end(words: Sequence[Token], low: int, high: int) -> bool:
    """Whether the last token is a mark that belongs to nothing in the clause."""
    last = words[high - 1]
    if last.kind == "close":
        kinds = [word.kind for word in words[low : high - 1]]
        return kinds.count("open") <= kinds.count("close")
    return last.kind in {"mark", "open"} and last.text not in {")", "]", "%"}
