"""Two who speak in turn in one sentence: "Lee said the shop was shut, and Cole said it was sold"."""

from itertools import pairwise

from app.extraction import lexicon as lex
from app.extraction import sayings
from app.extraction.statements import Context, Statement, Stretch

_JOINTS = frozenset({"and", "but", "while", "whereas", ";"})
_SHORTEST = 3


def in_turn(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Cut between two statements that are each introduced by a verb of saying of its own.

    "Lee said Cole had told staff" stays whole: an earlier past is what the first one reported.
    """
    parted = _at_semicolon(context, stretch)
    if parted is not None:
        return parted
    cues = [at for at in range(stretch.low + 1, stretch.high) if _is_plain(context, stretch, at)]
    for first, second in pairwise(cues):
        subject = context.phrases.before(second, stretch.low)
        if subject is None or subject.agent.is_pronoun or subject.first <= first + 1:
            continue
        joint = subject.first - 1
        if context.words[joint].lower not in _JOINTS or not _is_over(context, first, joint):
            continue
        if context.cues.content_after(second, stretch.high) is not None:
            left = context.parse(stretch.part(stretch.low, joint))
            return left + context.parse(stretch.part(joint + 1, stretch.high))
    return None


def _at_semicolon(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Cut at a semicolon after which somebody or something else is spoken of.

    Not where a pronoun or "that" goes on with what was said, and not before "…, Lee said".
    """
    words = context.words
    for at in range(stretch.low + _SHORTEST, stretch.high - _SHORTEST):
        if words[at].text != ";" or context.in_quotes(at, stretch.low):
            continue
        lead = words[at + 1].lower
        goes_on = lead in lex.PRONOUNS or lead in lex.CONJUNCTIONS | {"their", "his", "her", "its"}
        listed = any(
            words[i].text in {";", ":"} for i in range(stretch.low, stretch.high) if i != at
        )
        if goes_on or listed or not _introduces(context, stretch.low, at):
            return None
        if not context.has_finite(at + 1, stretch.high):
            return None
        left = context.parse(stretch.part(stretch.low, at))
        return left + context.parse(stretch.part(at + 1, stretch.high))
    return None


def _introduces(context: Context, low: int, high: int) -> bool:
    """Whether somebody's words begin between two tokens: a cue with what it introduces."""
    cues = context.cues
    return any(
        (cues.is_cue(i, low) and (cues.content_after(i, high) is not None))
        or context.words[i].lower in sayings.FINDING
        for i in range(low + 1, high)
    )


def _is_plain(context: Context, stretch: Stretch, at: int) -> bool:
    """Whether somebody says it in one word: "said", and not "had said"."""
    cues = context.cues
    if not cues.is_cue(at, stretch.low) or cues.start(at, stretch.low) != at:
        return False
    lead = context.words[at - 1].lower
    return lead not in {"had", "has", "have"} and not context.in_quotes(at, stretch.low)


def _is_over(context: Context, first: int, joint: int) -> bool:
    """Whether the words of the first one are complete before the second begins."""
    if context.has_finite(first + 1, joint):
        return True
    return any(word.kind == "close" for word in context.words[:first])
