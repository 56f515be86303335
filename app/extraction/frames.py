"""Phrases that frame a statement with its source, at its beginning, its end or in its middle."""

from typing import NamedTuple

from app.extraction import lexicon as lex
from app.extraction import sayings
from app.extraction.openings import opens_clause
from app.extraction.statements import Context
from app.extraction.wordlist import word_set

_VIEWS = word_set("""words view views opinion eyes estimation judgment judgement telling assessment account accounts
    estimate estimates reckoning count admission calculation calculations tally count figures numbers data calculus description version
    reading analysis mind perspective recollection phrase retelling""")
_BEFORE_VIEW = frozenset({"in", "by", "from", "on", "to"})
POSSESSIVES = frozenset({"his", "her", "their"})
_OWN = word_set("own latest first early initial official best rough")
_PLAIN = (("according", "to"), ("as", "per"), ("per",))
_AS_REACH = 12
_LONGEST = 14
_ALONE = frozenset({"a", "an", "one"})
_PUT = word_set("put puts sees saw has")
_PARTICIPLES = word_set("""reported noted described revealed stated quoted cited told detailed documented published
    announced explained observed suggested""")
_FIRST = frozenset({"first", "previously", "originally", "widely", "earlier", "initially", "also"})


class Frame(NamedTuple):
    """A framing phrase: the tokens of its source, its cue, and where the phrase ends."""

    first: int
    last: int
    cue: str
    end: int
    relays: bool = False


def frame_at(context: Context, at: int, high: int) -> Frame | None:
    """The framing phrase that begins at a token, up to a comma, a mark or ``high``."""
    words = context.words
    if at + 1 >= high:
        return None
    lower, follows = words[at].lower, words[at + 1].lower
    for cue in _PLAIN:
        if [lower, follows][: len(cue)] == list(cue):
            return _plain(context, at + len(cue), high, cue=" ".join(cue))
    if lower == "as":
        return _as_reported(context, at, high) or _as_said(context, at, high)
    tell = context.index(frozenset({"tell"}), at + 2, min(high, at + _AS_REACH))
    if lower == "to" and follows == "hear" and tell is not None:
        return Frame(at + 2, tell, "to hear … tell it", tell + 1)
    if lower in _FIRST and follows in _PARTICIPLES:
        return _reported_by(context, at, high, cue=f"{lower} {follows}")
    return _view(context, at, high) if lower in _BEFORE_VIEW else None


def _plain(context: Context, first: int, high: int, *, cue: str) -> Frame | None:
    end = source_end(context, first, high)
    return Frame(first, end, cue, end) if end > first else None


def source_end(context: Context, first: int, high: int) -> int:
    """Where the name of a source ends: at a mark, a quotation or a new clause."""
    words = context.words
    for at in range(first, high):
        word = words[at]
        if word.kind in {"open", "close"} or (word.kind == "mark" and word.text not in "()'’"):
            return at
        # "according to Lee that" and "according to Lee who": what follows is no name.
        if at > first and word.lower in {"that", "who", "which", "because", "while", "but", "as"}:
            return at
    return high


def _as_reported(context: Context, at: int, high: int) -> Frame | None:
    """Read "as first reported by X", "as quoted in X"."""
    words = context.words
    verb = at + 1 + (words[at + 1].lower in _FIRST)
    if verb + 2 >= high + 1 or words[verb].lower not in _PARTICIPLES:
        return None
    cue = " ".join(word.lower for word in words[at : verb + 1])
    return _reported_by(context, verb - 1, high, cue=cue)


def _reported_by(context: Context, before: int, high: int, *, cue: str) -> Frame | None:
    """Read "(first) reported by X" and "reported in X" after the token ``before``."""
    words = context.words
    by = before + 2
    if by + 1 >= high or words[by].lower not in {"by", "in", "on"}:
        return None
    end = source_end(context, by + 1, high)
    if words[by].lower != "by" and not any(word.is_capital for word in words[by + 1 : end]):
        return None
    return Frame(by + 1, end, f"{cue} {words[by].lower}", end)


def _as_said(context: Context, at: int, high: int) -> Frame | None:
    """Read "as X reports", "as X put it", "as X has said"."""
    words = context.words
    end = source_end(context, at + 1, min(high, at + 1 + _AS_REACH + 4))
    low = at + 1
    verb = next((i for i in range(low + 1, end) if _says(context, i, low)), None)
    if verb is None or context.has_finite(verb + 1, end):
        return None
    outlet = next((i for i in range(verb + 1, end - 1) if words[i].lower in {"for", "in"}), None)
    if outlet is not None and outlet == verb + 1 and words[outlet + 1].is_capital:
        return Frame(outlet + 1, end, f"as … {words[verb].lower}", end)
    last = verb
    while last > low + 1 and words[last - 1].lower in lex.ADVERBS | _FIRST | {"has", "have", "had"}:
        last -= 1
    return Frame(low, last, f"as … {words[verb].lower}", end)


def _says(context: Context, at: int, low: int) -> bool:
    words = context.words
    if words[at].lower in _PUT and at + 1 < len(words) and words[at + 1].lower == "it":
        return True
    # "As a general rule, …": no verb of one who speaks alone, but a noun.
    alone = words[low].lower in _ALONE and words[at].lower in sayings.NOUN_LIKE_CUES
    if alone and not words[at].lower.endswith(("s", "ed")):
        return False
    return context.cues.is_cue(at, low)


def _view(context: Context, at: int, high: int) -> Frame | None:
    """Read "in the view of X", "in X's words", "by X's own account"."""
    words = context.words
    noun = context.index(_VIEWS, at + 1, min(high, at + _LONGEST))
    if noun is None or any(words[i].text == "," for i in range(at, noun)):
        return None
    of = noun + 1 < high and words[noun + 1].lower == "of"
    if of and words[at + 1].lower == "the" and noun == at + 2:
        end = source_end(context, noun + 2, high)
        cue = f"{words[at].lower} the {words[noun].lower} of"
        return Frame(noun + 2, end, cue, end) if end > noun + 2 else None
    owner = noun - 1
    while owner > at + 1 and words[owner].lower in _OWN:
        owner -= 1
    owned = words[owner].lower.endswith(("'s", "s'")) or words[owner].lower in POSSESSIVES
    if owner <= at or not owned:
        return None
    cue = f"{words[at].lower} … {words[noun].lower}"
    ends = noun + 1
    goes_on = ends < high and words[ends].text != "," and not opens_clause(words, ends, high)
    if words[owner].lower in POSSESSIVES and goes_on:
        return None  # "by his own account book"
    return Frame(at + 1, owner + 1, cue, ends)
