"""Verbs of saying that are made of several words: "went on to say", "is convinced that"."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction.openings import opens_clause
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_WENT = word_set("went goes go going gone")
# "continued to insist", "appeared to suggest": the verb before "to" belongs to the group.
_HELPING = word_set("""continued continues continue began begins proceeded proceeds came appeared appears appear
    seemed seems seem sought seeks rushed hastened paused felt compelled wanted wants took""")
# "was quick to point out", "is at pains to stress", "was the first to say".
_READY = word_set(
    "quick keen careful eager anxious pains fond first latest last obliged forced happy"
)
_REPORTED = word_set(
    "reported said alleged believed understood thought claimed rumoured rumored known"
)
_NOT = word_set("not never don't doesn't didn't")
_DOES = word_set("do does did")
_HELD = word_set("believe think accept expect agree buy")
# Adjectives and participles after "is", before "that".
_CONVINCED = word_set("""convinced adamant certain confident concerned worried hopeful optimistic sure afraid fearful
    sceptical skeptical positive insistent clear satisfied doubtful emphatic pessimistic""")
_SURE = word_set("adamant convinced confident certain sure hopeful insistent afraid")
_OPINIONS = word_set("opinion view belief impression")
# The last word of a phrase, and the verbs that it may begin with.
_PHRASES = {
    "clear": word_set("made makes make"),
    "slip": word_set("let lets"),
    "record": word_set("went goes"),
    "plain": word_set("made makes make"),
    "public": word_set("made makes went"),
    "insistence": word_set("kept"),
    "known": word_set("let lets made"),
    "doubt": word_set("has have had"),
    "fact": word_set("points pointed point"),
    "back": word_set("fired shot hit clapped fires shoots hits"),
    "out": word_set("pointed points point spelled spells found finds"),
}
_FARTHEST = 4
# "The Post can reveal that".
_CAN = word_set("reveal disclose confirm report")
# "the fire prompted critics to argue that": what made somebody speak.
CAUSING = word_set(
    "prompted prompting led leading forced forcing pushed prompts leads caused causing drove"
)
CAUSED_REACH = 8
# "rang him to say": somebody was spoken to, and then told.
_CONTACTED = word_set("""radioed rang rung called phoned telephoned emailed e-mailed wrote texted messaged contacted took
    appeared tweeted posted approached visited met turned turns takes used uses issued
    released held spoke""")
_FARTHEST_CONTACT = 10


def group_start(words: Sequence[Token], at: int, low: int) -> int:
    """The first token of the verb group that ends in the cue at ``at``."""
    before = at - 1
    progressive = words[at].lower.endswith("ing") and words[before].lower in lex.BE
    may = words[at].lower in _CAN and words[before].lower == "can"
    if before > low and (progressive or may):
        return before
    while before > low and words[before].lower in lex.ADVERBS - {"never"}:
        before -= 1
    if before <= low:
        return at
    lower = words[before].lower
    if lower == "to":
        return _before_to(words, before, low) or _contact_before(words, before, low) or at
    to_have = lower == "have" and words[before - 1].lower == "to" and before - 3 >= low
    if to_have and words[before - 2].lower in _REPORTED:
        return _be_before(words, before - 2, low) or at
    if lower in _NOT and words[at].lower in _HELD:
        return before - (words[before - 1].lower in _DOES)
    return at


def _before_to(words: Sequence[Token], to: int, low: int) -> int | None:
    """The verb before "to": "went" in "went on to", "was" in "was quick to"."""
    lead = words[to - 1].lower
    if lead in _HELPING:
        return to - 1
    if lead == "on" and to - 2 >= low and words[to - 2].lower in _WENT:
        return to - 2
    if lead in _READY:
        return _be_before(words, to - 1, low)
    if lead == "as" and to - 2 >= low and words[to - 2].lower == "far":
        return next((i for i in range(to - 2, low, -1) if words[i].lower in _WENT), None)
    return None


def _contact_before(words: Sequence[Token], to: int, low: int) -> int | None:
    """The verb of "rang him at noon to say", "took to Twitter to complain"."""
    for at in range(to - 1, max(low, to - _FARTHEST_CONTACT), -1):
        if words[at].lower in _CONTACTED:
            return at
        if words[at].text in {",", ";"} or words[at].lower in lex.CONJUNCTIONS:
            return None
    return None


def _be_before(words: Sequence[Token], at: int, low: int) -> int | None:
    """A form of "be" shortly before a word."""
    first = max(low, at - _FARTHEST)
    return next((i for i in range(at - 1, first, -1) if words[i].lower in lex.BE), None)


def ends_phrase(words: Sequence[Token], at: int, low: int) -> int | None:
    """Where a phrase begins that says like a verb and ends here, right before "that".

    "is convinced that", "made it clear that", "let it be known that", "is of the opinion that",
    "pointed out that", "points to the fact that".
    """
    lower = words[at].lower
    if at - 2 < low or at + 1 >= len(words):
        return None
    if words[at + 1].lower != "that":
        # "was adamant the ball had crossed the line".
        sure = lower in _SURE and opens_clause(words, at + 1, len(words))
        return _be_before(words, at, low) if sure else None
    verb = _verb_before(words, at, low, forms=_PHRASES.get(lower, frozenset()))
    if verb is not None:
        return verb
    if lower in _CONVINCED:
        return _be_before(words, at, low)
    held = words[at - 1].lower in {"the", "firm"} and words[at - 2].lower in {"of", "under"}
    return _be_before(words, at - 2, low) if lower in _OPINIONS and held else None


def _verb_before(words: Sequence[Token], at: int, low: int, *, forms: frozenset[str]) -> int | None:
    first = max(low, at - _FARTHEST - 1)
    return next((i for i in range(at - 1, first, -1) if words[i].lower in forms), None)
