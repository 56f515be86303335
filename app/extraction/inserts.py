"""What stands inside of a clause: ", which …,", ", a firm that …," and "— … —"."""

from collections.abc import Iterator, Sequence

from app.extraction import lexicon as lex
from app.extraction.syntax import RELATIVES, Piece, Syntax
from app.extraction.tails import is_participle
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_SHORTEST = 4
_SHORTEST_APPOSITION = 5
_LONGEST_NAME = 6
_LONG_INSERT = 8
_JOINERS = word_set("and but so yet while although though whereas as because or")
_APPOSITION_STARTS = lex.DETERMINERS - {"no", "any"}
_DESCRIBING = word_set("best known famous once formerly currently now born set due long already")
# These words of an insert go on with the subject, or place the clause.
_GOES_ON = (
    lex.PREPOSITIONS
    | word_set("and or but not such like including especially particularly as among if when along")
    | word_set("together while though although however whether")
)
_SOURCES = word_set("per")
# "— after she had paid it": the tabloids' dash.
_OCCASIONS = word_set("after before when because since once until")


def at_inserts(syntax: Syntax, piece: Piece) -> Iterator[Piece]:
    """Cut what is said of the subject between commas or dashes, and the predicate after it."""
    low, high = piece.low, piece.high
    start = _subject_at(syntax, low, high)
    opening = _first_mark(syntax, start + 1, high)
    if opening is None or syntax.verbs.any(start, opening):
        yield piece
        return
    lead = (low, opening)
    opening += opening + 1 < high and syntax.words[opening + 1].kind == "close"
    closing = _closing(syntax, opening, high)
    if closing is None or high - closing <= _SHORTEST:
        yield piece
        return
    form = _form_of_insert(syntax, opening, closing)
    if form is None:
        yield piece
        return
    if form == "relative":
        short = opening - start <= _LONGEST_NAME
        yield Piece(start if short else opening + 1, closing, form, lead)
    elif form == "apposition":
        yield Piece(opening + 1, closing, form, lead)
    yield piece._replace(inner=(opening, closing + 1))


def _form_of_insert(syntax: Syntax, opening: int, closing: int) -> str | None:
    """What stands between the marks; None for what belongs to the clause, as a list or a place."""
    first, length = syntax.lower(opening + 1), closing - opening - 1
    if first in RELATIVES:
        return "relative" if length >= _SHORTEST else None
    if first in _SOURCES:
        return "source"
    inner = syntax.words[opening + 1 : closing]
    if length < _SHORTEST_APPOSITION or first in _GOES_ON or _is_list(inner) or _is_names(inner):
        return None
    if inner[0].kind == "number":
        return "age"
    described = first in _APPOSITION_STARTS or is_participle(first) or lex.looks_past(first)
    dash = _is_dash(syntax, opening)
    return "apposition" if described or dash or first in _DESCRIBING else None


def _subject_at(syntax: Syntax, low: int, high: int) -> int:
    """Past a date or a place before the subject."""
    lower = syntax.lower(low)
    first = next(iter(syntax.commas(low, high)), None)
    if first is None or (lower not in lex.PREPOSITIONS and lower not in lex.TIME_ADJECTIVES):
        return low
    return first + 1 if first + 1 < high else low


def _first_mark(syntax: Syntax, low: int, high: int) -> int | None:
    marks = [*syntax.commas(low, high)[:1], *syntax.dashes(low, high)[:1]]
    return min(marks) if marks else None


def _is_dash(syntax: Syntax, at: int) -> bool:
    return bool(syntax.dashes(at, at + 1))


def _closing(syntax: Syntax, opening: int, high: int) -> int | None:
    """The mark after which the verb of the subject stands."""
    dash = _is_dash(syntax, opening)
    marks = syntax.dashes if dash else syntax.commas
    for mark in marks(opening + 1, high - 2):
        verb = syntax.past_adverbs(mark + 1, high)
        if verb < high and syntax.verbs.first(verb, high) == verb:
            return mark
        if dash:
            return None
    return None


def _is_list(words: Sequence[Token]) -> bool:
    """Whether an insert goes on with a list: "the bank, and others", "the town and the state"."""
    return any(
        word.lower in {"and", "or"} and (before.text == "," or after.lower in lex.DETERMINERS)
        for before, word, after in zip(words, words[1:], words[2:], strict=False)
    )


def _is_names(words: Sequence[Token]) -> bool:
    """Whether an insert only names somebody: "Ann Lee and Bo Diaz"."""
    plain = [w for w in words if w.kind == "word" and w.lower not in {"and", "or"} | lex.TITLES]
    return all(w.is_capital or w.lower in lex.PARTICLES for w in plain)


def at_dashes(syntax: Syntax, piece: Piece) -> Iterator[Piece]:
    """Cut at dashes after the verb: a clause or a description, and what goes on after it."""
    low, high = piece.low, piece.high
    dashes = [at for at in syntax.dashes(low + _SHORTEST, high - 2) if syntax.verbs.any(low, at)]
    if not dashes:
        yield piece
        return
    first, second = dashes[0], dashes[1] if len(dashes) > 1 else high
    goes_on = second < high and syntax.lower(second + 1) in _JOINERS
    form = _form_of_dash(syntax, first + 1, second)
    if form is None or (second < high and not goes_on and second - first < _LONG_INSERT):
        yield piece
        return
    yield piece._replace(high=first)
    start = first + 1 + (syntax.lower(first + 1) in _JOINERS)
    yield Piece(start, second, form, piece.lead if form == "main" else None)
    if goes_on:
        rest = second + 2
        yield from at_dashes(syntax, Piece(rest, high, "main", _lead(syntax, low, rest)))


def _lead(syntax: Syntax, low: int, rest: int) -> tuple[int, int] | None:
    """The subject of the clause before, for "— and has sold it"."""
    if syntax.verbs.first(rest, rest + 1) > rest:
        return None
    return (low, syntax.verbs.first(low, rest))


def _form_of_dash(syntax: Syntax, low: int, high: int) -> str | None:
    """How the words after a dash stand by themselves, or None where they do not."""
    lower = syntax.lower(low)
    if high - low < _SHORTEST:
        return None
    if lower in RELATIVES:
        return "relative"
    if lower in _JOINERS:
        starts = syntax.past_adverbs(low + 1, high)
        has_verb = syntax.verbs.any(starts, high)
        return "main" if has_verb else None
    if syntax.is_clause(low, high) or (lower in _OCCASIONS and syntax.is_clause(low + 1, high)):
        return "main"
    if is_participle(lower) and any(w.kind == "number" for w in syntax.words[low:high]):
        return "participle"
    return "apposition" if lower in _APPOSITION_STARTS and high - low >= 5 else None


def at_brackets(syntax: Syntax, piece: Piece) -> Iterator[Piece]:
    """Cut the clause in a bracket: "… (only three films have been announced)".

    In reading order; a bracket in the middle comes behind the piece that goes on after it.
    """
    yield from sorted(_bracketed(syntax, piece), key=lambda one: one.low)


def _bracketed(syntax: Syntax, piece: Piece) -> Iterator[Piece]:
    low, high = piece.low, piece.high
    rest = piece
    for opening in range(low + _SHORTEST, high - _SHORTEST):
        if syntax.words[opening].text != "(" or syntax.in_brackets(opening - 1):
            continue
        ahead = range(opening + _SHORTEST, high)
        closing = next((at for at in ahead if syntax.words[at].text == ")"), None)
        if closing is None or not syntax.is_clause(opening + 1, closing):
            continue
        yield Piece(opening + 1, closing)
        participle = syntax.commas(closing, closing + 2) and is_participle(
            syntax.lower(closing + 2)
        )
        if participle and rest.inner is None:
            yield rest._replace(high=opening)
            rest = Piece(closing + 2, high, "participle")
        elif closing >= high - 2:
            rest = rest._replace(high=opening)
        elif rest.inner is None:
            rest = rest._replace(inner=(opening, closing + 1))
    yield rest
