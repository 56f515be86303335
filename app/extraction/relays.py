"""Outlets to which somebody said it, and those whom a report cites."""

from dataclasses import replace

from app.extraction import lexicon as lex
from app.extraction import outlet_names
from app.extraction.agents import Agent
from app.extraction.statements import Context, Link, Stretch
from app.extraction.wordlist import word_set

_REACH = 16
_LONGEST = 6
_NAME_WORDS = frozenset({"the", "media", "newspaper", "service", "of", "and"})
_TOLD = word_set("told tells tell telling informed informs assured assures reassured")
_TALK = word_set("""interview interviews email e-mail emails statement comments comment remarks conversation letter message
    call messages speech appearance interviewed op-ed column essay article piece briefing podcast
    chat text texts note post segment reply response answers replies story report""")
_TALKING = word_set("""speaking talking writing appearing spoke talked wrote appeared interviewed quoted cited said added
    confided admitted revealed confirmed asked pressed questioned contacted reached obtained seen
    published broadcast aired carried reviewed viewed described approached telling chatting chatted questions
    inquiries queries enquiries posted explained insisted hinted suggested saying leaked given provided shown
    sent released supplied""")
_ABOUT = frozenset({"to", "with", "on", "for", "in", "by", "from"})
# These ask or saw, in front of "by"; the others talk, in front of "to", "with" and "on".
_ASKED = word_set("""asked pressed questioned contacted reached obtained seen published broadcast aired carried
    reviewed viewed interviewed quoted cited approached saying telling""")
_PRINTED = word_set("interviewed quoted cited")
_FROM = word_set("questions inquiries queries enquiries")
_CITES = word_set("citing quoting cited quoted cites quotes")
_CITED_REACH = 24
# "Through a lawyer, she said": these speak for somebody.
VOICES = word_set("""spokesman spokeswoman spokesperson spokespeople lawyer lawyers attorney attorneys solicitor
    solicitors representative representatives publicist agent agents aide interpreter translator
    intermediary intermediaries counsel""")
_OWNED = frozenset({"his", "her", "their", "its"})
_LONGEST_VOICE = 5
_PAPERS = outlet_names.NOUNS
# "told Pier News host Bo Diaz": the outlet's people pass words on.
_STAFF = word_set(
    "host anchor correspondent reporter presenter journalist columnist editor show programme"
)


def relays(context: Context, stretch: Stretch, cue: int) -> tuple[Link, ...]:
    """The outlet between the words of a stretch and its cue: "told CNN", "in an interview with"."""
    words = context.words
    last = min(stretch.high, cue + _REACH, len(words) - 1)
    voice = _voice(context, cue, last)
    if voice is not None:
        return (voice,)
    for i in range(max(stretch.low, cue - _REACH), last):
        told = i == cue and words[i].lower in _TOLD
        if told or _leads_to_outlet(context, i, stretch, cue=cue):
            found = _outlet(context, i + 1, direct=told or words[i].lower == "to")
            if found is not None:
                return (
                    replace(found, cue=_said(context, i, stretch.low, cue=cue), at=words[i].start),
                )
    return ()


def _voice(context: Context, cue: int, last: int) -> Link | None:
    """Who speaks for somebody in "claimed through his lawyer that"."""
    words = context.words
    first = cue + 1
    if first + 1 >= last or words[first].lower not in {"through", "via"}:
        return None
    near = range(first + 2, min(last, first + 2 + _LONGEST_VOICE))
    noun = next((i for i in near if words[i].lower in VOICES), None)
    if noun is None or any(words[i].kind != "word" for i in range(first + 1, noun)):
        return None
    agent = context.agent(first + 1 + (words[first + 1].lower in _OWNED), noun + 1)
    at = words[first].start
    return Link(agent, words[first].lower, at, relays=True) if agent else None


def _outlet(context: Context, first: int, *, direct: bool) -> Link | None:
    """The outlet whose name begins at a token."""
    words = context.words
    first = _past_description(context, first)
    end = _name_end(context, first)
    if end - first > 1 and _is_sited(context, first, end):
        first += 1
    described = first > 0 and words[first - 1].lower in outlet_names.NOUNS
    if end <= first or not (described or outlet_names.prints(words[first:end], context.text)):
        return _outlet_before(context, first, end) if direct else None
    if end < len(words) and words[end].lower in (lex.SPEAKERS | lex.ADDRESSEES) - _STAFF:
        # "told WeTrade executives": the firm's people, and no outlet.
        return None
    numbered = words[end - 1].kind == "number"
    agent = context.agent(first, end - numbered)
    if agent is None:
        return None
    if numbered:
        agent = replace(agent, name=f"{agent.name} {words[end - 1].text}")
    found = context.source(agent, words[first:end], cue="", at=words[first].start)
    known = outlet_names.is_known(words[first:end], context.text)
    if found is None or (found.agent.kind == "person" and not (known or described)):
        return None
    if known and found.agent.kind == "person":
        found = replace(
            found, agent=replace(agent, name=outlet_names.name(words[first:end], context.text))
        )
    kind = replace(found.agent, kind="organisation", named=True)
    return replace(found, agent=kind, relays=True)


def _is_sited(context: Context, first: int, end: int) -> bool:
    """Whether an outlet's country stands before its name: "told Norway's NRK"."""
    owner = context.words[first].lower.endswith("'s")
    return owner and outlet_names.prints(context.words[first + 1 : end], context.text)


def _past_description(context: Context, first: int) -> int:
    """Past "the public broadcaster" and "state news agency" in front of an outlet's name."""
    words = context.words
    for at in range(first, min(len(words) - 1, first + _LONGEST)):
        labelled = words[at + 1].lower in outlet_names.NOUNS and not words[at + 1].is_capital
        foreign = words[at].lower in lex.NATIONS or (labelled and at > first)
        if words[at].kind != "word" or (words[at].is_capital and not foreign):
            return first
        if words[at].lower in outlet_names.NOUNS and words[at + 1].is_capital:
            return at + 1
    return first


def _outlet_before(context: Context, first: int, end: int) -> Link | None:
    """The outlet that was named last, for "told the paper" and "said to the agency"."""
    words = context.words
    if end - first != 2 or words[first].lower != "the" or words[first + 1].lower not in _PAPERS:
        return None
    outlet = Agent("outlet", "unnamed", named=False)
    found = context.source(outlet, words[first:end], cue="", at=words[first].start)
    return replace(found, relays=True) if found and found.agent.named else None


def _said(context: Context, at: int, low: int, *, cue: int) -> str:
    """The cue of an outlet: "told", "in an interview with", "speaking to"."""
    words = context.words
    if at >= cue:
        return " ".join(word.lower for word in words[min(cue + 1, at) : at + 1])
    first = at
    while first > low and at - first < 4 and words[first - 1].kind == "word":
        first -= 1
        if words[first].lower in _TALKING | {"in"}:
            break
    return " ".join(word.lower for word in words[first : at + 1])


def _leads_to_outlet(context: Context, at: int, stretch: Stretch, *, cue: int) -> bool:
    """Whether a preposition leads from talk to an outlet: "interview with", "speaking to"."""
    words = context.words
    lower = words[at].lower
    if lower not in _ABOUT or at == stretch.low:
        return False
    before = words[at - 1].lower
    if lower in {"by", "from"} or before in _ASKED - _PRINTED:
        return before in (_ASKED if lower == "by" else _FROM)
    if lower == "in" and at - 1 == cue:
        return outlet_names.is_known(words[at + 1 : _name_end(context, at + 1)], context.text)
    talks = before in _TALKING and (at - 1 != cue or lower in {"on", "to"})
    talks = talks or (at - 1 == cue and lower == "to")
    with_whom = lower == "with" and at - 2 >= stretch.low and words[at - 2].lower in _TALK
    # "said on Monday in an email to": an adjunct between the cue and the talk.
    later = at > cue and lower in {"to", "with"}
    return before in _TALK or talks or with_whom or later


def _name_end(context: Context, first: int) -> int:
    at = first
    while at < min(len(context.words), first + _LONGEST):
        word = context.words[at]
        if word.lower == "the" and at > first:
            break
        numbered = at > first and word.text.isdigit()
        named = word.is_capital or word.lower in _NAME_WORDS | _PAPERS or numbered
        day = word.lower in lex.DAYS and (at == first or context.words[at - 1].lower != "the")
        if day or not named:
            break
        at += 1
    while at > first + 1 and context.words[at - 1].lower in _NAME_WORDS - {
        "media",
        "newspaper",
        "service",
    }:
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
