"""What follows a clause that is complete: ", which …", ", sparking …", ", a maker of toys"."""

from collections.abc import Iterator

from app.extraction import lexicon as lex
from app.extraction.syntax import RELATIVES, Piece, Syntax
from app.extraction.units import NUMBER_WORDS
from app.extraction.wordlist import word_set

_SHORTEST = 4
# A participle after a comma that only tells what people made of it.
_COMMENTS = word_set("""sparking raising prompting fuelling fueling stoking triggering drawing leaving fanning igniting
    signalling signaling underscoring highlighting reflecting marking sending heightening dashing
    casting paving adding deepening renewing helping""")
# These tell of the same figure that the clause gives.
_SAME_FIGURE = word_set("""missing beating topping exceeding giving making taking representing reaching hitting
    totalling totaling surpassing passing including accounting compared up down""")
_NO_PARTICIPLE = word_set("""including according during following regarding excluding nothing something everything
    morning evening pending concerning beijing anything building""")
_CALLED = word_set(
    "dubbed nicknamed called known described hailed considered regarded billed touted"
)
_WHOM = word_set("which whom whose")
_PARTS = word_set("""of in to from with by for at on under some most many all both half none one two three several each
    much part neither either""")
# Descriptions of the whole clause before, and not of its last word.
_OF_ALL = word_set("""increase decrease rise drop fall decline jump gain figure move sign step change amount rate blow
    boost surge slump improvement reduction total setback reversal result decision increase record""")
_TIMED = word_set("after before while by without")
_COUNTED = frozenset(NUMBER_WORDS) | word_set(
    "up about nearly almost more some most many several no at around"
)
_STARTS = frozenset({"a", "an", "the", "one"})
_RANKS = word_set("""one kind type form sort first second third only largest biggest highest lowest smallest oldest
    youngest worst best most fastest leading former latest""")


def at_tails(syntax: Syntax, piece: Piece) -> Iterator[Piece]:
    """Cut what is said besides off the end of a clause."""
    low, high = piece.low, piece.high
    verb = syntax.verbs.first(low, high)
    if piece.form == "leading":
        verb = low
    for comma in syntax.commas(max(low + _SHORTEST - 1, verb + 1), high - _SHORTEST + 1):
        form = _form_of_tail(syntax, piece, comma)
        if form is None:
            continue
        start = comma + 1 + (syntax.words[comma + 1].kind == "close")
        yield piece._replace(high=start)
        end = _second_predicate(syntax, start + 1, high)
        tail = Piece(start, end, form)
        # "…, despite low rates" holds nothing that could be checked by itself.
        if form != "leading" or syntax.measures(start, end) or syntax.verbs.any(start, end):
            yield from at_tails(syntax, tail) if form == "apposition" else (tail,)
        if end < high:
            yield Piece(end + 2, high, "main", piece.lead or (low, verb))
        return
    yield piece


def _second_predicate(syntax: Syntax, low: int, high: int) -> int:
    """The comma of ", and kept the pool" after what was inserted, or ``high``."""
    for comma in syntax.commas(low + 2, high - _SHORTEST):
        if syntax.lower(comma + 1) in {"and", "but"}:
            verb = syntax.past_adverbs(comma + 2, high)
            if syntax.verbs.first(verb, high) == verb < high:
                return comma
    return high


def _form_of_tail(syntax: Syntax, piece: Piece, comma: int) -> str | None:
    """What the words after a comma are, where they can be cut off."""
    high, at = piece.high, comma + 1
    if syntax.words[at].kind == "close":
        comma, at = at, at + 1
    lower = syntax.lower(at)
    if lower in RELATIVES or _is_part_of(syntax, at):
        return None if _goes_on(syntax, at, high) else "relative"
    if is_participle(lower) and not _enumerates(syntax, at, high):
        return _form_of_participle(syntax, piece, at)
    absolute = lower == "with" and _is_absolute(syntax, at, high)
    if absolute or lower in _CALLED or _is_time_after(syntax, at, high):
        return "participle"
    if lower in _TIMED and is_participle(syntax.lower(at + 1)):
        return "participle"
    if lower in {"despite", "notwithstanding"}:
        return "leading"
    return "apposition" if _is_apposition(syntax, comma, high) else None


def _form_of_participle(syntax: Syntax, piece: Piece, at: int) -> str | None:
    if syntax.lower(at) in _COMMENTS:
        return "comment"
    measured = _both_measure(syntax, piece, at)
    return "participle" if measured and syntax.lower(at) not in _SAME_FIGURE else None


def _is_time_after(syntax: Syntax, at: int, high: int) -> bool:
    """Whether a clause tells what happened how long before: "18 years after the army came"."""
    for i in range(at + 1, min(high, at + 4)):
        if syntax.lower(i) in {"after", "before"}:
            return syntax.lower(i - 1) in lex.TIME_NOUNS and syntax.is_clause(i + 1, high)
    return False


def _is_part_of(syntax: Syntax, at: int) -> bool:
    """Whether a clause begins with "most of whom", "in which", "two of which"."""
    if syntax.lower(at) not in _PARTS:
        return False
    return any(syntax.lower(i) in _WHOM for i in (at + 1, at + 2))


def _goes_on(syntax: Syntax, at: int, high: int) -> bool:
    """Whether the clause before goes on after a relative: "lost Lee, who was hurt, to a fall"."""
    later = syntax.commas(at + 3, high - 2)
    if not later:
        return False
    last = later[-1] + 1
    if syntax.verbs.first(last, high) == syntax.past_adverbs(last, high) < high:
        return True
    follows = syntax.lower(last) in lex.PREPOSITIONS | {"to"} and last - at <= 9
    return follows and not syntax.verbs.any(last, high)


def is_participle(lower: str) -> bool:
    """Whether a word is the present participle of a verb."""
    return lower.endswith("ing") and len(lower) > 5 and lower not in _NO_PARTICIPLE


def _both_measure(syntax: Syntax, piece: Piece, at: int) -> bool:
    """Whether a number stands on both sides, so that each is a claim of its own."""
    return syntax.measures(piece.low, at) and syntax.measures(at, piece.high)


def _enumerates(syntax: Syntax, at: int, high: int) -> bool:
    """Whether the participle is one of a list ("braking, parking and steering")."""
    return any(
        syntax.lower(i) in {"and", "or"} and syntax.words[i - 1].text == ","
        for i in range(at + 1, min(high, at + 4))
    )


def _is_absolute(syntax: Syntax, at: int, high: int) -> bool:
    """Whether "with" has a subject and a participle: "with two shops closing in May"."""
    if high - at < 6:
        return False
    ahead = [syntax.lower(i) for i in range(at + 2, min(high, at + 8))]
    if any(is_participle(word) or word in {"expected", "set", "due"} for word in ahead):
        return True
    counted = syntax.words[at + 1].kind == "number" or syntax.lower(at + 1) in _COUNTED
    return counted and any(lex.looks_past(word) for word in ahead)


def _is_apposition(syntax: Syntax, comma: int, high: int) -> bool:
    """Whether the words to the end describe the name or the thing before the comma."""
    at, words = comma + 1, syntax.words
    if syntax.lower(at) not in _STARTS or high - at < _SHORTEST:
        return False
    head = range(at + 1, min(high, at + 6))
    if any(syntax.lower(i) in _OF_ALL for i in head) or _lists(syntax, at, high):
        return False
    if any(syntax.lower(i) == "them" for i in head):
        return False  # "a third of them": a share of what was counted
    told = any(syntax.lower(i) in RELATIVES or syntax.lower(i) == "that" for i in head)
    if syntax.verbs.any(at, min(high, at + 4)) and not told:
        return False
    named = words[comma - 1].is_capital or words[comma].kind == "close"
    ranked = any(syntax.lower(i) in _RANKS for i in range(at, min(high, at + 4)))
    return named or ranked or told


def _lists(syntax: Syntax, at: int, high: int) -> bool:
    """Whether the words are one thing of several: "…, a hat and a coat"."""
    return any(
        syntax.lower(i) in {"and", "or"}
        and (syntax.words[i - 1].text == "," or syntax.lower(i + 1) in _STARTS)
        for i in range(at + 1, high - 1)
    )
