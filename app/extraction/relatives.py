"""Speech in relative clauses: "a clerk who swore that …", "what X described as “…”"."""

from app.extraction import lexicon as lex
from app.extraction import outlet_names
from app.extraction.relays import relays
from app.extraction.sentences import Span
from app.extraction.statements import Context, Link, Statement, Stretch, left_of
from app.extraction.subjects import Subject
from app.extraction.wordlist import word_set

_COMMA = frozenset({","})
_NAMING = word_set("""described describes called calls termed dubbed labelled labeled characterised characterized
    branded deemed say said says considers considered sees saw claimed claims""")
_SHORTEST_QUOTE = 3
_REACH = 12
_ASKING = word_set(
    "spoke talked speaks talks interviewed interviews reached contacted quoted quotes quizzed"
)


def who_clause(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "a clerk who swore that …" and "X, who denies the charge, …" at "who"."""
    words, high = context.words, stretch.high
    cue = at + 1
    while cue < high - 1 and words[cue].lower in lex.ADVERBS | {"has", "have", "had"}:
        cue += 1
    if cue >= high - 1 or not context.cues.is_cue(cue, at):
        return None
    apart = words[at - 1].text == ","
    subject = _people(context, context.phrases.ending(at - apart, stretch.low))
    end = context.index(_COMMA, cue, high) if apart else high
    end = high if end is None else end
    keeps = context.cues.keeps_itself(cue, end)
    content = None if keeps else context.cues.content_after(cue, end)
    if subject is None or (content is None and not keeps):
        return None
    if not apart and (content is None or not _is_restrictive(context, subject, content, high)):
        return None
    links = context.links(subject, context.cues.name(cue, content or cue), cue)
    if not links or any(context.cues.is_cue(i, end) for i in range(end, high)):
        return None
    outer = relays(context, Stretch(at, content or end), cue) or _asked_by(
        context, stretch.low, subject.first
    )
    said = stretch.part(at if content is None else content, end).said_by(*outer, *links)
    inside = [context.statement(said)] if content is None else context.parse(said)
    if not apart:
        return left_of(context, stretch.part(stretch.low, at)) + inside
    return _beside(context, stretch, at, end=end) + inside


def _asked_by(context: Context, low: int, first: int) -> tuple[Link, ...]:
    """The outlet in "Coast Radio spoke last year with a sailor who said …"."""
    words = context.words
    near = range(first - 1, max(low, first - _REACH), -1)
    verb = next((i for i in near if words[i].lower in _ASKING), None)
    asker = context.phrases.before(verb, low) if verb is not None else None
    phrase = words[asker.first : asker.last] if asker else ()
    if not phrase or not outlet_names.prints(phrase, context.text):
        return ()
    outlet = context.passed_on(phrase)
    return (outlet,) if outlet else ()


def _people(context: Context, subject: Subject | None) -> Subject | None:
    """Who is meant by "who" after "protests by members", "a letter from a clerk"."""
    if subject is None:
        return None
    for at in range(subject.last - 2, subject.first, -1):
        asked = context.words[at].lower == "with" and context.words[at + 1].lower in {"a", "an"}
        if context.words[at].lower in {"by", "from"} or asked:
            agent = context.agent(at + 1, subject.last)
            return Subject(at + 1, agent, subject.last) if agent else subject
    return subject


def _is_restrictive(context: Context, subject: Subject, content: int, high: int) -> bool:
    """Whether "a clerk who swore …" goes on with what was sworn, up to the end."""
    if _is_marked(context, content):
        return True
    indefinite = subject.first > 0 and context.words[subject.first].lower in {"a", "an", "one"}
    return indefinite and not any(context.cues.is_cue(i, content) for i in range(content, high))


def _is_marked(context: Context, content: int) -> bool:
    """Whether "that", a quotation mark or a pronoun tells that words follow."""
    before, first = context.words[content - 1], context.words[content]
    return before.lower == "that" or first.kind == "open" or first.lower in lex.PRONOUNS


def _beside(context: Context, stretch: Stretch, at: int, *, end: int) -> list[Statement]:
    """The sentence around a relative clause, without it."""
    if end >= stretch.high or not context.has_finite(end, stretch.high):
        return context.parse(stretch.part(stretch.low, at - 1))
    cut = Span(context.words[at - 1].start, context.words[end].end)
    return [context.statement(stretch, cuts=(cut,))]


def what_named(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "what X described (to Y) as “…”" at "what": the quoted words are X's."""
    words = context.words
    end = min(stretch.high, at + _REACH)
    opened = next((i for i in range(at + 2, end) if words[i].kind == "open"), None)
    if opened is None:
        return None
    verb = context.index(_NAMING, at + 2, opened)
    subject = context.phrases.before(verb, at + 1) if verb else None
    closed = next((i for i in range(opened, stretch.high) if words[i].kind == "close"), None)
    if verb is None or subject is None or closed is None or closed - opened <= _SHORTEST_QUOTE:
        return None
    links = context.links(subject, words[verb].lower, verb)
    if not links:
        return None
    outer = relays(context, Stretch(at, opened), verb)
    quoted = context.statement(stretch.part(opened + 1, closed).said_by(*outer, *links))
    return [*left_of(context, stretch.part(stretch.low, at)), quoted]
