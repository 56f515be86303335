"""Outlets to which somebody said it, and those whom a report cites."""

from dataclasses import replace

from app.extraction import lexicon as lex
from app.extraction.agents import is_outlet
from app.extraction.statements import Context, Link, Stretch
from app.extraction.wordlist import word_set

_REACH = 14
_LONGEST = 6
_NAME_WORDS = frozenset({"the", "media", "newspaper", "of", "and"})
_TALK = word_set("""interview interviews email e-mail emails statement comments comment remarks conversation letter message
    call messages speech appearance interviewed op-ed column essay article piece briefing podcast
    chat text texts note post segment""")
_TALKING = word_set(
    "speaking talking writing appearing spoke talked wrote appeared interviewed quoted cited said"
)
_ABOUT = frozenset({"to", "with", "on", "for", "in", "by"})
_CITES = word_set("citing quoting cited quoted cites quotes")
_CITED_REACH = 24


def relays(context: Context, stretch: Stretch, cue: int) -> tuple[Link, ...]:
    """The outlet between the words of a stretch and its cue: "told CNN", "in an interview with"."""
    words = context.words
    first = max(stretch.low, cue - _REACH)
    for i in range(first, min(stretch.high, cue + _REACH, len(words) - 1)):
        told = i == cue and words[i].lower in {"told", "tells", "tell"}
        if not told and not _leads_to_outlet(context, i, stretch, cue=cue):
            continue
        agent = context.agent(i + 1, _name_end(context, i + 1))
        if agent and is_outlet(agent.name):
            name_end = _name_end(context, i + 1)
            found = context.source(
                agent, words[i + 1 : name_end], cue=words[i].lower, at=words[i].start
            )
            full = found.agent if found else agent
            said = (
                " ".join(word.lower for word in words[min(cue + 1, i) : i + 1]) if i >= cue else ""
            )
            return (
                Link(
                    replace(full, kind="organisation"),
                    said or _before(context, i, stretch.low),
                    words[i].start,
                    relays=True,
                    named=found.named if found else None,
                ),
            )
    return ()


def _before(context: Context, at: int, low: int) -> str:
    """The cue in front of an outlet: "speaking to", "in an interview with"."""
    first = at
    while first > low and at - first < 4 and context.words[first - 1].kind == "word":
        first -= 1
        if context.words[first].lower in _TALKING | {"in"}:
            break
    return " ".join(word.lower for word in context.words[first : at + 1])


def _leads_to_outlet(context: Context, at: int, stretch: Stretch, *, cue: int) -> bool:
    """Whether a preposition leads from talk to an outlet: "interview with", "speaking to"."""
    words = context.words
    if words[at].lower not in _ABOUT or at == stretch.low:
        return False
    before = words[at - 1].lower
    if before in _TALK or (before in _TALKING and (at - 1 != cue or words[at].lower == "on")):
        return True
    if words[at].lower == "with" and at - 2 >= stretch.low:
        return words[at - 2].lower in _TALK
    # "said on Monday in an email to": an adjunct between the cue and the talk.
    return at > cue and words[at].lower in {"to", "with"}


def _name_end(context: Context, first: int) -> int:
    at = first
    while at < min(len(context.words), first + _LONGEST):
        word = context.words[at]
        if word.lower == "the" and at > first:
            break
        numbered = at > first and word.text.isdigit()
        named = word.is_capital or word.lower in _NAME_WORDS or numbered
        if word.lower in lex.DAYS or not named:
            break
        at += 1
    while at > first + 1 and context.words[at - 1].lower in _NAME_WORDS - {"media", "newspaper"}:
        at -= 1
    return at


def cited(context: Context, low: int, high: int) -> tuple[Link, ...]:
    """Whom a report cites, in the words around its cue: "citing two officials"."""
    words = context.words
    at = next((i for i in range(low, min(high, low + 40)) if words[i].lower in _CITES), None)
    if at is None or not _is_adjunct(context, at, low):
        return ()
    end = _cited_end(context, at + 1, high)
    agent = context.agent(at + 1, end) if end > at + 1 else None
    if agent is None:
        return ()
    return context.cited(at + 1, end, agent, cue=words[at].lower, at=words[at].start)


def _is_adjunct(context: Context, at: int, low: int) -> bool:
    """Whether "citing" stands by itself, or "which cited" after the name of an outlet."""
    words = context.words
    if words[at].lower in {"citing", "quoting"}:
        return at == low or words[at - 1].text in {",", "—"} or words[at - 1].lower in lex.DAYS
    return at > low and words[at - 1].lower == "which"


def _cited_end(context: Context, first: int, high: int) -> int:
    for at in range(first, min(high, first + _CITED_REACH)):
        word = context.words[at]
        if word.text in {",", ".", ";", "—"} or word.kind in {"open", "close"}:
            return at
        if word.lower in {"that", "who", "as", "and"} and at > first:
            return at
    return high
