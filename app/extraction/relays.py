"""Outlets to which somebody said it: "told CNN", "in an email to the Associated Press"."""

from dataclasses import replace

from app.extraction import lexicon as lex
from app.extraction.agents import is_outlet
from app.extraction.statements import Context, Link

_REACH = 12
_LONGEST = 6
_NAME_WORDS = frozenset({"the", "media", "newspaper", "of"})


def relays(context: Context, at: int, until: int) -> tuple[Link, ...]:
    """The outlet between a cue and the words that it introduces, if one is named."""
    words = context.words
    for i in range(at, min(until, at + _REACH, len(words) - 1)):
        allowed = {"told", "tells"} if i == at else {"to", "with"}
        if words[i].lower not in allowed:
            continue
        agent = context.agent(i + 1, _name_end(context, i + 1))
        if agent and is_outlet(agent.name):
            full = context.resolve(agent, words[i + 1].start) or agent
            outlet = replace(full, kind="organisation")
            cue = " ".join(word.lower for word in words[min(at + 1, i) : i + 1])
            return (Link(outlet, cue, words[i].start, relays=True),)
    return ()


def _name_end(context: Context, first: int) -> int:
    at = first
    while at < min(len(context.words), first + _LONGEST):
        word = context.words[at]
        if word.lower in lex.DAYS or not (word.is_capital or word.lower in _NAME_WORDS):
            break
        at += 1
    return at
