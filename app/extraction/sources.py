"""Sources that frame a statement: "According to X, …", "As X reports, …", "…, per X"."""

from itertools import pairwise

from app.extraction import lexicon as lex
from app.extraction.agents import agent_of, looks_like_person
from app.extraction.sentences import Span
from app.extraction.statements import MARKS, SHORTEST, Context, Link, Statement, Stretch

_COMMA = frozenset({","})
_RELATIVE = frozenset({"who", "which", "where", "whose"})
_DESCRIBED = frozenset({"a", "an", "the", "his", "her", "their", "one"})
_AS_REACH = 12


def leading_source(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Peel a source off the beginning of a stretch."""
    words, high = context.words, stretch.high
    first = stretch.low + (words[stretch.low].lower in {"but", "and", "yet"})
    opened = _opening(context, first, high)
    if opened is None:
        return None
    agent_at, cue = opened
    content = _first_clause(context, agent_at, high) if agent_at < high else None
    if content is None:
        return None
    comma = context.index(_COMMA, agent_at, content)
    if comma is None:
        return None
    agent_at, comma = _named_instead(context, agent_at, comma, content=content)
    link = _source(context, agent_at, comma, cue=cue)
    return context.parse(stretch.part(content, high).said_by(link)) if link else None


def _opening(context: Context, first: int, high: int) -> tuple[int, str] | None:
    """Where the source begins, and the cue that announces it."""
    lowers = [word.lower for word in context.words[first : min(high, first + 2)]]
    if lowers == ["according", "to"]:
        return first + 2, "according to"
    if lowers[:1] == ["per"]:
        return first + 1, "per"
    comma = context.index(_COMMA, first, min(high, first + _AS_REACH))
    if lowers[:1] != ["as"] or comma is None:
        return None
    cue = next((i for i in range(first + 2, comma) if context.cues.is_cue(i, first)), None)
    if cue is None or context.has_finite(cue + 1, comma):
        return None
    return first + 1, f"as … {context.words[cue].lower}"


def _first_clause(context: Context, agent_at: int, high: int) -> int | None:
    """Where the reported clause begins, past the source and what is said about it."""
    words = context.words
    described = words[agent_at].lower in _DESCRIBED
    commas = [i for i in range(agent_at, high - 1) if words[i].text == ","]
    for comma, until in pairwise([*commas, high]):
        lead = words[comma + 1].lower
        if lead in _RELATIVE | lex.ISSUED:
            continue
        is_name = looks_like_person(words[comma + 1 : until]) and not described
        if is_name or context.has_finite(comma + 1, until) or lead in lex.PREPOSITIONS:
            return comma + 1
    return None


def _named_instead(context: Context, first: int, comma: int, *, content: int) -> tuple[int, int]:
    """The name, when one is given: "According to his aunt, Jane Lee, …"."""
    after = context.index(_COMMA, comma + 1, content)
    described = context.agent(first, comma)
    if after is None or described is None or described.kind != "unnamed":
        return first, comma
    named = looks_like_person(context.words[comma + 1 : after])
    return (comma + 1, after) if named else (first, comma)


def _source(context: Context, first: int, last: int, *, cue: str) -> Link | None:
    """The source between two tokens; "as X reports for Y" names the outlet Y."""
    phrase = list(context.words[first:last])
    verb = next((i for i, word in enumerate(phrase) if word.lower in lex.CUES and i), None)
    if verb is not None and cue.startswith("as"):
        after = phrase[verb + 1 :]
        phrase = after[1:] if after and after[0].lower in {"for", "in"} else phrase[:verb]
    agent = agent_of(phrase, context.text)
    full = context.resolve(agent, context.words[first].start) if agent else None
    return Link(full, cue, context.words[first].start) if full else None


def trailing_source(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Peel a source off the end of a stretch, or out of its middle."""
    for at in range(stretch.high - 2, stretch.low, -1):
        cue = _closing_cue(context, at)
        if cue is None:
            continue
        first = at + len(cue.split())
        last = _source_end(context, first, stretch.high)
        link = _source(context, first, last, cue=cue)
        return _around(context, stretch.said_by(link), at, last=last) if link else None
    return None


def _closing_cue(context: Context, at: int) -> str | None:
    words = context.words
    if words[at].lower == "according" and words[at + 1].lower == "to":
        return "according to"
    before = words[at - 1]
    if words[at].lower == "per" and (before.text == "," or before.kind == "close"):
        return "per"
    return None


def _source_end(context: Context, first: int, high: int) -> int:
    for at in range(first, high):
        word = context.words[at]
        if word.text in MARKS or word.kind in {"open", "close"}:
            return at
    return high


def _around(context: Context, stretch: Stretch, left: int, *, last: int) -> list[Statement]:
    """Read what stands before and after a source that was put into a sentence."""
    low, high, _ = stretch
    before = stretch.part(low, left)
    rest = last if context.has_finite(last, high) else high
    after = context.trim(stretch.part(rest, high))
    if after.high - after.low < SHORTEST:
        return context.parse(before)
    if left - low <= SHORTEST or not context.has_finite(low, left):
        return [context.statement(stretch, cuts=(_inserted(context, left, last),))]
    if _is_apposition(context, after):
        return context.parse(before)
    return context.parse(before) + context.parse(after)


def _inserted(context: Context, left: int, last: int) -> Span:
    """The inserted words with the commas around them."""
    words = context.words
    first = words[left - 1] if words[left - 1].text == "," else words[left]
    end = words[last].end if words[last].text == "," else words[last].start
    return Span(first.start, end)


def _is_apposition(context: Context, stretch: Stretch) -> bool:
    """Whether what follows only describes the source: "…, a data firm"."""
    words = context.words[stretch.low : stretch.high]
    lead = words[0].lower
    return lead in _DESCRIBED | _RELATIVE and not any(word.text == "," for word in words)
