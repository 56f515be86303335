"""A clause that announces another: "A trader saw it differently: the port, he said, would close"."""

from app.extraction.descriptions import is_one_person
from app.extraction.statements import SHORTEST, Context, Statement, Stretch

_SEEN = frozenset({"saw", "sees"})
# "He has said so before: …": that he said it is no source of what follows.
_SAID_BEFORE = frozenset({"before", "so", "again", "much"})


def announced(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Read the words after the only colon apart, where a source stands in them."""
    words, low, high = context.words, stretch.low, stretch.high
    colons = [at for at in range(low, high) if words[at].text == ":"]
    if len(colons) != 1 or any(word.kind in {"open", "close"} for word in words[low:high]):
        return None
    colon = colons[0]
    if min(colon - low, high - colon - 1) < SHORTEST or not context.has_finite(low, colon):
        return None
    if words[colon - 1].lower in _SAID_BEFORE:
        before = context.statement(stretch.part(low, colon))
        return [before, *context.parse(stretch.part(colon + 1, high))]
    if any(
        context.cues.is_cue(at, low) and words[at].lower not in _SEEN
        for at in range(low + 1, colon)
    ):
        return None
    subject = context.phrases.leading(low, colon)
    if subject and subject.first == low and is_one_person(subject.agent.name):
        context.meant = dict.fromkeys(("he", "she"), subject.agent)
    told = context.parse(stretch.part(colon + 1, high))
    if not all(len(one.links) > len(stretch.links) for one in told):
        return None
    return [*context.parse(stretch.part(low, colon)), *told]
