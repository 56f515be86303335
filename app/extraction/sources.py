"""Sources that frame a statement: "According to X, …", "As X reports, …", "…, per X"."""

from collections.abc import Sequence
from itertools import pairwise

from app.extraction import lexicon as lex
from app.extraction import sayings
from app.extraction.agents import agent_of, looks_like_person, may_speak
from app.extraction.continued import around
from app.extraction.documents import without_ending
from app.extraction.frames import POSSESSIVES, Frame, frame_at
from app.extraction.openings import opens_clause
from app.extraction.relays import VOICES, cited
from app.extraction.statements import SHORTEST, Context, Link, Statement, Stretch
from app.extraction.subjects import Subject
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_COMMA = frozenset({","})
_OWNED = frozenset({"his", "her", "their", "its"})
_RELATIVE = frozenset({"who", "which", "where", "whose"})
_DESCRIBED = frozenset({"a", "an", "the", "his", "her", "their", "one"})
_NO_SOURCE = frozenset(
    {"plan", "plans", "schedule", "rules", "law", "need", "needs", "custom"}
) | word_set(
    """number amount size level levels extent degree weight age value price order type kind nature
    principle principles tradition traditions doctrine taste tastes ability abilities merit status income
    rank season instructions procedure circumstances wishes preference preferences length height"""
)
_LONGEST_TAG = 10
_LONGEST_NAME = 5
_JUDGES = frozenset({"for", "to"})
# Whom something may be good or bad for: what follows is their view of it.
_JUDGING = frozenset({"critics", "supporters", "opponents", "fans", "sceptics", "skeptics"})


def leading_source(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Peel a source off the beginning of a stretch."""
    words, high = context.words, stretch.high
    first = stretch.low + (words[stretch.low].lower in {"but", "and", "yet"})
    if first >= high:
        return None  # nothing but "and"
    frame = frame_at(context, first, high) or _for_whom(context, first, high)
    if frame is None:
        return _through(context, stretch, first)
    content = _first_clause(context, frame, high)
    if content is None:
        return None
    comma = context.index(_COMMA, frame.first, content)
    if comma is None and content != frame.end:
        return None
    frame = _named_instead(context, frame, content=content)
    links = source_links(context, frame)
    if not links:
        return None
    inner = cited(context, frame.last, content)
    outer, content = _tag_between(context, content, high)
    return context.parse(stretch.part(content, high).said_by(*outer, *links, *inner))


def _through(context: Context, stretch: Stretch, first: int) -> list[Statement] | None:
    """Read "Through a lawyer, Lee said …": the lawyer passes the words on."""
    words, high = context.words, stretch.high
    comma = context.index(_COMMA, first, min(high, first + _LONGEST_TAG))
    if words[first].lower != "through" or comma is None or comma < first + 3:
        return None
    near = range(comma + 2, min(high, comma + _LONGEST_TAG))
    cue = next((at for at in near if context.cues.is_cue(at, comma + 1)), None)
    noun = next((at for at in range(first + 2, comma) if words[at].lower in VOICES), None)
    if noun is None or cue is None or context.cues.content_after(cue, high) is None:
        return None
    owned = words[first + 1].lower in _OWNED
    agent = context.agent(first + 1 + owned, comma)
    if agent is None:
        return None
    link = Link(agent, "through", words[first].start, relays=True)
    return context.parse(stretch.part(comma + 1, high).said_by(link))


def _tag_between(context: Context, content: int, high: int) -> tuple[tuple[Link, ...], int]:
    """Who reports it all in "According to X, Y reported, …", and where the words begin."""
    comma = context.index(_COMMA, content, min(high, content + _LONGEST_TAG))
    if comma is None or comma < content + 2 or not context.cues.is_cue(comma - 1, content):
        return (), content
    subject = context.phrases.before(comma - 1, content)
    if subject is None or subject.first != content or comma + SHORTEST > high:
        return (), content
    links = context.links(subject, context.words[comma - 1].lower, comma - 1)
    return links, comma + 1 if links else content


def _for_whom(context: Context, first: int, high: int) -> Frame | None:
    """Read "For Lee, the shop was …" and "To critics, the shop was …"."""
    words = context.words
    comma = context.index(_COMMA, first, min(high, first + 5))
    if words[first].lower not in _JUDGES or comma is None or comma == first + 1:
        return None
    agent = context.agent(first + 1, comma)
    judges = words[comma - 1].lower in _JUDGING
    if agent is None or not (judges or _is_person(context, agent.name, first + 1)):
        return None
    return Frame(first + 1, comma, words[first].lower, comma)


def _is_person(context: Context, name: str, at: int) -> bool:
    agent = context.agent(at, at + len(name.split()))
    full = context.resolve(agent, context.words[at].start) if agent else None
    return full is not None and full.kind == "person" and full.named


def _first_clause(context: Context, frame: Frame, high: int) -> int | None:
    """Where the reported clause begins, past the source and what is said about it."""
    words, agent_at = context.words, frame.first
    if agent_at >= high:
        return None
    if words[frame.last - 1].lower in POSSESSIVES and opens_clause(words, frame.end, high):
        return frame.end
    described = words[agent_at].lower in _DESCRIBED
    commas = [i for i in range(frame.end, high - 1) if words[i].text == ","]
    for comma, until in pairwise([*commas, high]):
        lead = words[comma + 1].lower
        if lead in _RELATIVE | lex.ISSUED | {"citing", "quoting"}:
            continue
        is_name = looks_like_person(words[comma + 1 : until]) and not described
        if is_name or context.has_finite(comma + 1, until) or lead in lex.PREPOSITIONS:
            return comma + 1
    return None


def _named_instead(context: Context, frame: Frame, *, content: int) -> Frame:
    """The name, when one is given: "According to his aunt, Jane Lee, …"."""
    comma = context.index(_COMMA, frame.last, content)
    after = context.index(_COMMA, comma + 1, content) if comma is not None else None
    described = context.agent(frame.first, frame.last)
    if comma is None or after is None or described is None or described.kind != "unnamed":
        return frame
    named = looks_like_person(context.words[comma + 1 : after])
    return frame._replace(first=comma + 1, last=after) if named else frame


def _named_behind(context: Context, frame: Frame, high: int) -> Frame:
    """The name at the end: "…, according to the director of health, Dr Jane Lee"."""
    words, first = context.words, frame.end + 1
    if first >= high or words[frame.end].text != ",":
        return frame
    end = next((i for i in range(first, high) if words[i].kind != "word"), high)
    described = context.agent(frame.first, frame.last)
    if described is None or described.kind != "unnamed" or end - first > _LONGEST_NAME:
        return frame
    agent = context.agent(first, end)
    named = agent is not None and agent.kind == "person" and agent.named
    if not named or not all(word.is_capital for word in words[first:end]):
        return frame
    return frame._replace(first=first, last=end, end=end)


def source_links(context: Context, frame: Frame) -> tuple[Link, ...]:
    """The sources that a framing phrase names, from the one nearest the reader inwards."""
    phrase = list(context.words[frame.first : frame.last])
    if phrase and phrase[-1].lower.endswith(("'s", "s'")):
        phrase = [*phrase[:-1], without_ending(phrase[-1])]
        return _owner_links(context, frame, phrase)
    agent = agent_of(phrase, context.text)
    if agent is None or agent.name.lower() in _NO_SOURCE or _only_things(phrase):
        return ()
    if frame.cue.startswith("as …") and not may_speak(agent, phrase, frame.cue.split()[-1]):
        return ()
    return context.framed(Subject(frame.first, agent, frame.last), frame.cue)


def _owner_links(context: Context, frame: Frame, phrase: Sequence[Token]) -> tuple[Link, ...]:
    agent = agent_of(phrase, context.text)
    if agent is None or agent.is_pronoun:
        return ()
    at = context.words[frame.first].start
    link = context.source(agent, phrase, cue=frame.cue, at=at)
    return (link,) if link else ()


def _only_things(phrase: Sequence[Token]) -> bool:
    """Whether a phrase is a rule or a plan, by which things are done."""
    heads = [word.lower for word in phrase if word.kind == "word"]
    head = next((at for at, word in enumerate(heads) if word in lex.PREPOSITIONS), len(heads))
    return bool(heads) and heads[max(0, head - 1)] in _NO_SOURCE


def trailing_source(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Peel a source off the end of a stretch, or out of its middle."""
    for at in range(stretch.high - 2, stretch.low, -1):
        frame = _closing_frame(context, at, stretch)
        if frame is None:
            continue
        frame = _named_behind(context, frame, stretch.high)
        links = source_links(context, frame)
        if not links:
            return None
        inner = cited(context, frame.last, stretch.high)
        if context.words[at - 1].lower in {"and", "but"} and context.has_finite(
            frame.end, stretch.high
        ):
            # "…, and according to Lee, the port …": the source of the second clause only.
            said = stretch.part(frame.end, stretch.high).said_by(*links, *inner)
            return context.parse(stretch.part(stretch.low, at - 1)) + context.parse(said)
        return around(context, stretch.said_by(*links, *inner), at, last=frame.end)
    return None


def _closing_frame(context: Context, at: int, stretch: Stretch) -> Frame | None:
    words = context.words
    before = words[at - 1]
    after_mark = before.text in {",", "—", "–"} or before.kind == "close"
    lower = words[at].lower
    if lower == "according":
        # "reported that, according to X, …": the source stands inside of what is reported.
        apart = before.text == "," and at - 2 >= stretch.low
        lead = words[at - 2] if apart else before
        if lead.lower == "that" or (apart and _reports_on(context, at, stretch)):
            return None
        return frame_at(context, at, stretch.high)
    return frame_at(context, at, stretch.high) if after_mark else None


def _reports_on(context: Context, at: int, stretch: Stretch) -> bool:
    """Whether "that" goes on after the source: "the port said, according to X, that …"."""
    words = context.words
    comma = context.index(_COMMA, at, min(stretch.high - 1, at + _LONGEST_TAG))
    cue = words[at - 2].lower in sayings.CUES
    return cue and comma is not None and words[comma + 1].lower == "that"


def framed_between(context: Context, low: int, high: int) -> tuple[Link, ...]:
    """The sources of "according to X" between a verb and its words."""
    at = context.index(frozenset({"according"}), low, high)
    frame = frame_at(context, at, high) if at is not None else None
    return source_links(context, frame) if frame else ()


def citing_source(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Peel ", citing X" off the end of what an outlet reports."""
    if not stretch.links or stretch.links[-1].agent.kind == "document":
        return None
    for at in range(stretch.high - 2, stretch.low, -1):
        if context.words[at].lower in {"citing", "quoting"} and context.words[at - 1].text == ",":
            inner = cited(context, at, stretch.high)
            before = stretch.part(stretch.low, at - 1)
            return context.parse(before.said_by(*inner)) if inner else None
    return None
