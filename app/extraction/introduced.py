"""Speech that its source introduces: "X said that …", "X denied …", "…, saying …"."""

from collections.abc import Callable

from app.extraction import lexicon as lex
from app.extraction.agents import looks_like_person
from app.extraction.relays import relays
from app.extraction.statements import SHORTEST, Context, Link, Statement, Stretch
from app.extraction.subjects import Subject

_Rule = Callable[[Context, Stretch, int], list[Statement] | None]
_SUBORDINATORS = frozenset({"as", "while", "though", "although", "whereas"})
_JOINTS = frozenset({"and", "but", "or", "then"})
_COMMA = frozenset({","})


def introduced(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Peel the outermost source off that introduces the words after it."""
    for at in range(stretch.low, stretch.high):
        for rule in _rules_for(context, stretch.low, at):
            found = rule(context, stretch, at)
            if found is not None:
                return found
    return None


def _rules_for(context: Context, low: int, at: int) -> tuple[_Rule, ...]:
    """What this word may be: a participle, a noun or a verb of saying."""
    lower = context.words[at].lower
    if lower in lex.PARTICIPLE_CUES:
        return (_leading_participle if at == low else _participle,)
    if at == low:
        return ()
    noun: tuple[_Rule, ...] = (_noun_cue,) if lower in lex.CUE_NOUNS else ()
    return (*noun, _cue) if context.cues.is_cue(at, low) else noun


def _cue(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "X said that …", "X told Y …", "X accused Y of …"."""
    keeps = context.cues.keeps_itself(at, stretch.high)
    content = None if keeps else context.cues.content_after(at, stretch.high)
    if content is None and not keeps:
        return None
    subject, first = _subject(context, stretch, at)
    if subject is None:
        return None
    if content is not None and _is_name_only(context, subject, content, high=stretch.high):
        return None
    link = context.link(subject, context.cues.name(at, content or at), at)
    if link is None:
        return None
    left = _left(context, stretch.part(stretch.low, first))
    if content is None:
        return left + _kept(context, stretch, at, link=link)
    said = stretch.part(content, stretch.high).said_by(*relays(context, at, content), link)
    return left + context.parse(said)


def _subject(context: Context, stretch: Stretch, at: int) -> tuple[Subject | None, int]:
    """The subject of a cue, and where the words before it end."""
    low, words = stretch.low, context.words
    joint = at - 1
    while joint > low and words[joint].lower in lex.ADVERBS | {"has", "have", "had"}:
        joint -= 1
    if words[joint].lower in _JOINTS and joint > low:
        leading = context.phrases.leading(low, joint)
        if leading is None and stretch.links:
            leading = Subject(low, stretch.links[-1].agent)
        return leading, joint
    subject = context.phrases.before(at, low)
    return subject, subject.first if subject else low


def _is_name_only(context: Context, subject: Subject, content: int, *, high: int) -> bool:
    """Whether the subject stands after the cue: "… elements said Ann Lee, a chemist"."""
    comma = context.index(_COMMA, content, high) or high
    return not subject.agent.named and looks_like_person(context.words[content:comma])


def _left(context: Context, stretch: Stretch) -> list[Statement]:
    """What stands before the subject, when it is a clause of its own."""
    low, high, _ = context.trim(stretch)
    while high > low and context.words[high - 1].lower in lex.CONJUNCTIONS:
        high -= 1
    low += low < high and context.words[low].lower in _SUBORDINATORS
    before = context.trim(stretch.part(low, high))
    if before.high - before.low <= SHORTEST or not context.has_finite(before.low, before.high):
        return []
    return [context.statement(before)]


def _kept(context: Context, stretch: Stretch, at: int, *, link: Link) -> list[Statement]:
    """Both statements of "claimed responsibility for the crash, which it said …"."""
    said, high = stretch.said_by(link), stretch.high
    for i in range(at + 2, high - SHORTEST):
        follows = context.words[i + 1].lower
        if context.words[i].text == "," and follows in {"which", "saying"}:
            rest = said.part(i + 2, high) if follows == "saying" else stretch.part(i + 1, high)
            return [context.statement(said.part(at, i)), *context.parse(rest)]
    return [context.statement(said.part(at, high))]


def _participle(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "…, saying the bill was paid": said by the subject of the clause."""
    if context.words[at - 1].text != ",":
        return None
    content = context.cues.content_after(at, stretch.high)
    subject = context.phrases.leading(stretch.low, at)
    if content is None or subject is None:
        return None
    link = context.link(subject, context.cues.name(at, content), at)
    if link is None:
        return None
    left = context.parse(stretch.part(stretch.low, at - 1))
    return left + context.parse(stretch.part(content, stretch.high).said_by(link))


def _leading_participle(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "Arguing that taxes are low, the mayor …": said by the subject of the main clause."""
    content = context.cues.content_after(at, stretch.high)
    if content is None:
        return None
    commas = [i for i in range(at, stretch.high) if context.words[i].text == ","]
    for comma in reversed(commas):
        subject = context.phrases.leading(comma + 1, stretch.high)
        if subject is None or subject.first != comma + 1:
            continue
        link = context.link(subject, context.cues.name(at, content), at)
        if link is None:
            return None
        said = context.parse(stretch.part(content, comma).said_by(link))
        return said + context.parse(stretch.part(comma + 1, stretch.high))
    return None


def _noun_cue(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "many have voiced concerns that …"."""
    words = context.words
    if at + 3 >= stretch.high or words[at + 1].lower != "that":
        return None
    verb = context.index(lex.CUE_NOUN_VERBS, max(stretch.low + 1, at - 2), at)
    subject = context.phrases.before(verb, stretch.low) if verb else None
    if verb is None or subject is None:
        return None
    link = context.link(subject, f"{words[verb].lower} {words[at].lower}", verb)
    if link is None:
        return None
    left = _left(context, stretch.part(stretch.low, subject.first))
    return left + context.parse(stretch.part(at + 2, stretch.high).said_by(link))
