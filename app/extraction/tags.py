"""Speech tags after the words: "…, X said", "…, said X", "“…,” X told reporters, adding: “…”"."""

from app.extraction import lexicon as lex
from app.extraction.relays import relays
from app.extraction.statements import MARKS, Context, Link, Statement, Stretch

_SUBORDINATE = frozenset(
    {"in", "on", "at", "when", "after", "as", "while", "since", "during", "though"}
    | {"although", "if", "before", "following", "because"}
)
_TAG_BREAKS = frozenset({",", ".", ":", "—", "–", "―", ";"})
_WHO = frozenset({"who"})


def tagged(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Peel a tag off the end of a stretch, or out from between two quotations."""
    for at in range(stretch.low + 1, stretch.high):
        if not context.cues.is_cue(at, stretch.low) or context.in_quotes(at, stretch.low):
            continue
        found = _subject_first(context, stretch, at) or _verb_first(context, stretch, at)
        if found:
            return found
    return None


def _subject_first(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """A comma or closing quotation mark, the subject, the cue, and then no clause."""
    subject = context.phrases.before(at, stretch.low)
    if subject is None or subject.first <= stretch.low:
        return None
    before = context.words[subject.first - 1]
    if before.kind != "close" and (
        before.text not in {",", "—", "–", "―"} or _opens_speech(context, at + 1, stretch.high)
    ):
        return None
    left = stretch.part(stretch.low, subject.first)
    if not _is_speech(context, left) or not _tag_ends(context, at + 1, stretch.high):
        return None
    link = context.link(subject, context.words[at].lower, at)
    if link is None:
        return None
    links = (*relays(context, at, stretch.high), link)
    return _both_sides(context, stretch, subject.first, right=at + 1, links=links)


def _verb_first(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """A comma or closing quotation mark, the cue, then its subject."""
    before = context.words[at - 1]
    if lex.CUES[context.words[at].lower] in {"tell", "object"}:
        return None
    if before.text not in {",", "—", "–", "―"} and before.kind != "close":
        return None
    if not _is_speech(context, stretch.part(stretch.low, at)):
        return None
    subject, end = context.phrases.after(at + 1, stretch.high)
    if subject is None or subject.agent.is_pronoun or _goes_on(context, end, stretch.high):
        return None
    link = context.link(subject, context.words[at].lower, at)
    if link is None:
        return None
    links = (*relays(context, end - 1, stretch.high), link)
    return _both_sides(context, stretch, at, right=end, links=links)


def _goes_on(context: Context, end: int, high: int) -> bool:
    """Whether the words after the cue were no subject but a clause: "says the car will …"."""
    if end >= high or context.words[end].text in MARKS:
        return False
    return context.has_finite(end, min(high, end + 2))


def _is_speech(context: Context, stretch: Stretch) -> bool:
    """Whether the words before a tag are quoted, or a clause of their own."""
    low, high, _ = context.trim(stretch)
    words = context.words
    while low < high and (words[low].lower in lex.ADVERBS or words[low].text == ","):
        low += 1
    if low >= high:
        return False
    if any(word.kind == "close" for word in words[low:high]):
        return True
    has_comma = any(word.text == "," for word in words[low:high])
    return context.has_finite(low, high) and (has_comma or words[low].lower not in _SUBORDINATE)


def _opens_speech(context: Context, first: int, high: int) -> bool:
    """Whether a quotation follows the cue: then the words before the cue are no speech."""
    marks = [word for word in context.words[first : min(high, first + 3)] if word.kind != "word"]
    return any(word.kind == "open" or word.text == ":" for word in marks)


def _tag_ends(context: Context, first: int, high: int) -> bool:
    """Whether a tag is over: adjuncts only, up to the end, a comma or a new quotation."""
    for word in context.words[first:high]:
        if word.kind == "open" or word.text in _TAG_BREAKS:
            return True
        verb = lex.looks_finite(word.lower) and not word.is_capital
        if word.lower == "that" or (verb and word.lower not in lex.ISSUED):
            return False
    return True


def _both_sides(
    context: Context, stretch: Stretch, left: int, *, right: int, links: tuple[Link, ...]
) -> list[Statement]:
    """The words before a tag, and the speech or the remark that goes on after it."""
    said, high = stretch.said_by(*links), stretch.high
    found = context.parse(said.part(stretch.low, left))
    start = next((i for i in range(right, high) if context.words[i].kind == "open"), None)
    adding = context.index(lex.PARTICIPLE_CUES, right, high)
    if adding is not None and (start is None or adding < start):
        follows = context.words[min(adding + 1, high - 1)].lower
        start = adding + 1 + (follows == "that")
    relative = context.index(_WHO, right, high)
    if start is not None:
        found += context.parse(said.part(start, high))
    elif relative is not None and context.cues.is_cue(left, stretch.low):
        # "said Lee, who owns a shop": the remark about the speaker is the article's own.
        found.append(context.statement(stretch.part(left + 1, high)))
    return found
