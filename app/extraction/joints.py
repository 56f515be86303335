"""Clauses that are joined: ", and the port …", "while the port …", "and dismissed 400 people"."""

from collections.abc import Iterator

from app.extraction import lexicon as lex
from app.extraction.syntax import RELATIVES, Piece, Syntax
from app.extraction.units import NUMBER_WORDS
from app.extraction.wordlist import word_set

_SHORTEST = 4
_LONG_HALF = 7
_TELLS_WHEN = word_set("as after before")
_BACKWARD = word_set("these those this that his her their its my our your")
_LOOSE = word_set("but while whereas although though and")
_WITH_COMMA = word_set("and but so yet while although though whereas as because nor since however")
# Before a pronoun they give the reason of what was said: "…, as it causes infections".
_LEANING = word_set("as because since")
# With a comma, and only where a subject of its own follows: "…, when the police came".
_WITH_SUBJECT = word_set("when after before until once")
# "…, before it sold them": what was done next.
_THEN = word_set("before")
_JOINTS = _WITH_COMMA | _WITH_SUBJECT
# The auxiliary is said again: two statements ("was fined in 1998 and was barred from driving").
_WAS, _HAD = word_set("was were wasn't weren't"), word_set("had hadn't")
_MODALS = word_set("will would can could may might must shall should cannot won't")
_OPENING = word_set("because while although though whereas if when where who which unless")
_COUNTS = frozenset(NUMBER_WORDS) - {"one"}
# A second predicate with one of these is a statement of its own.
_OWN_TENSE = word_set(
    "has have had will would did didn't does doesn't is are can could won't isn't hasn't"
)


def at_joints(syntax: Syntax, piece: Piece) -> Iterator[Piece]:
    """Cut before "and", "but", "while", "as" where a clause with its own subject begins."""
    low, high, form, lead, inner = piece
    start, verb = low, syntax.verbs.first(low, high)
    for at in range(low + _SHORTEST, high - _SHORTEST + 1):
        if syntax.lower(at) not in _JOINTS or syntax.in_brackets(at):
            continue
        if at - start < _SHORTEST or verb >= at or not _joins(syntax, start, at, high=high):
            continue
        even = syntax.lower(at - 1) == "even"
        yield from at_predicates(syntax, Piece(start, at - even, form, lead, inner))
        start, form, lead = at + 1, "main", None
        verb = syntax.verbs.first(start, high)
    yield from at_predicates(syntax, Piece(start, high, form, lead, inner))


def _joins(syntax: Syntax, start: int, at: int, *, high: int) -> bool:
    """Whether the words before and after a conjunction are two clauses."""
    if syntax.lower(at) in {"and", "but"} and syntax.lower(at + 1) == "that":
        # "Lee said it sank and that the port had known"; not "the port and that ship sank".
        counts = syntax.lower(at + 2) in _COUNTS and syntax.lower(at + 3) in lex.AUXILIARIES
        return not counts and syntax.opens_clause(at + 2, high) and syntax.verbs.any(start, at)
    if not syntax.opens_clause(at + 1, high):
        return False
    if _follows_comma(syntax, at) or syntax.lower(at - 1) == "even":
        return _joins_after_comma(syntax, at)
    after = syntax.lower(at + 1)
    if after in lex.PRONOUNS or after in _BACKWARD:
        return False
    if syntax.lower(at) in _TELLS_WHEN:
        return _is_told_apart(syntax, start, at, high=high)
    ends = syntax.lower(at) != "and" or _ends_clause(syntax, start, at)
    ends = ends and not _is_open(syntax, start, at)
    return ends and syntax.lower(at) in _LOOSE and _is_near(syntax, at + 1, high)


def _follows_comma(syntax: Syntax, at: int) -> bool:
    """Whether a comma stands before a conjunction, also before the quotation that it opens."""
    opens = syntax.words[at - 1].kind == "open"
    return syntax.words[at - 1 - opens].text == ","


def _joins_after_comma(syntax: Syntax, at: int) -> bool:
    """Whether a clause after a comma says something that the first one does not need."""
    lower, after = syntax.lower(at), syntax.lower(at + 1)
    if lower in _THEN and after in lex.PRONOUNS:
        return True
    if lower in _WITH_SUBJECT:
        return after not in lex.PRONOUNS and after not in _BACKWARD
    if lower in _LEANING and after in lex.PRONOUNS:
        return False
    return after not in {"these", "those", "this"}


def _is_told_apart(syntax: Syntax, start: int, at: int, *, high: int) -> bool:
    """Whether "as", "after" or "before" without a comma join two reports and not one."""
    if syntax.lower(at) == "as":
        return syntax.words[at + 1].is_capital and syntax.lower(at - 1) not in {"such", "same"}
    # "18 years after the army came" is a time by itself.
    measured = syntax.lower(at - 1) in lex.TIME_NOUNS
    return not measured and min(at - start, high - at) >= _LONG_HALF


def _ends_clause(syntax: Syntax, start: int, at: int) -> bool:
    """Whether a verb stands before "and", and no list: "tiles from Spain, Italy and Malta"."""
    commas = syntax.commas(start, at)
    return syntax.verbs.any(commas[-1] if commas else start, at)


def _is_open(syntax: Syntax, start: int, at: int) -> bool:
    """Whether "because" or "who" stands before and has no verb yet: "because mills in Bo and Lund"."""
    opened = [i for i in range(start, at) if syntax.lower(i) in _OPENING]
    return bool(opened) and not syntax.verbs.any(opened[-1] + 1, at)


def _is_near(syntax: Syntax, low: int, high: int) -> bool:
    """Whether a verb follows soon after what can only be a subject, and no object before it."""
    first = syntax.words[low]
    verb = syntax.verbs.first(low, high)
    certain = first.is_capital or first.lower in lex.DETERMINERS
    return verb - low <= 3 and certain


def at_predicates(syntax: Syntax, piece: Piece) -> Iterator[Piece]:
    """Cut "X closed two plants and dismissed 400 people" in two: each could be false alone."""
    low, high, form, lead, inner = piece
    verb = syntax.verbs.first(low, high)
    start = low
    for at in range(verb + 3, high - 3):
        if syntax.lower(at) not in {"and", "but"} or syntax.in_brackets(at):
            continue
        second = syntax.past_adverbs(at + 1, high)
        if syntax.verbs.first(at + 1, high) != second or high - second < _SHORTEST:
            continue
        if at - start >= _SHORTEST and _is_separate(syntax, start, at, second=second, high=high):
            yield Piece(start, at, form, lead, inner)
            start, form, lead = at + 1, "main", lead or (low, verb)
    yield Piece(start, high, form, lead, inner)


def _is_separate(syntax: Syntax, start: int, at: int, *, second: int, high: int) -> bool:
    """Whether two predicates of one subject are checked apart."""
    verb = syntax.verbs.first(start, at)
    if verb >= at or any(
        syntax.lower(i) in RELATIVES or syntax.lower(i) in {"that", "how", "why", "if"}
        for i in range(start, at)
    ):
        return False
    if not syntax.same_speech(verb, second):
        return False
    again = {syntax.lower(verb), syntax.lower(second)}
    if again <= _WAS or again <= _HAD:
        return at - verb >= _SHORTEST
    if syntax.lower(second) in _OWN_TENSE and at - verb >= _SHORTEST:
        # "could face a trial and have to pay": the second verb is still under the first.
        return syntax.lower(verb) not in _MODALS or syntax.lower(second) in _MODALS
    return _measures(syntax, verb, at) and _measures(syntax, second, high)


def _measures(syntax: Syntax, low: int, high: int) -> bool:
    """Whether a number stands in a predicate, other than a year or a day."""
    return any(
        (word.kind == "number" or word.lower in _COUNTS)
        and syntax.lower(at - 1) not in lex.MONTHS | {"in", "since", "by"}
        for at, word in enumerate(syntax.words[low:high], start=low)
    )
