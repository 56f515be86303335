"""Two who speak in turn in one sentence: "Lee said the shop was shut, and Cole said it was sold"."""

from itertools import pairwise

from app.extraction.statements import Context, Statement, Stretch

_JOINTS = frozenset({"and", "but", "while", "whereas", ";"})


def in_turn(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Cut between two statements that are each introduced by a verb of saying of its own.

    "Lee said Cole had told staff" stays whole: an earlier past is what the first one reported.
    """
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
