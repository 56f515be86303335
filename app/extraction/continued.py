"""What goes on after a source that was put into a sentence: "…, X said, 12 percent more than …"."""

from app.extraction import lexicon as lex
from app.extraction.agents import bare
from app.extraction.openings import opens_clause
from app.extraction.sentences import Span
from app.extraction.statements import MARKS, SHORTEST, Context, Link, Statement, Stretch
from app.extraction.wordlist import word_set

# They go on with a figure or a comparison of the clause before the source.
_MEASURES = word_set("""up down compared more less fewer higher lower about nearly almost roughly around some
    against than versus twice half double triple or from over under well far just only mostly
    partly mainly including despite because due thanks
    as""")
_ABOUT = word_set("about nearly almost roughly around some over under just only")
_COMPARES = word_set("as than more less fewer higher lower")
_NEAR = 7
_SEMICOLON = frozenset({";"})
_ENDS = frozenset({",", ";", "—", "–"})
# No comma stands before these.
_JOINED = word_set("than because despite as due")
_SHORTEST_SCENE, _LONGEST_SCENE = 3, 12
# Where something was said, which says nothing of what was said.
_OCCASIONS = word_set("""conference meeting hearing briefing speech interview call rally debate trial court testimony
    lecture podcast appearance event session summit ceremony congress""")
# What follows a source and begins with these tells of the source itself.
_DESCRIBING = word_set("who which where whose a an the his her their one citing quoting")
_ADDS = word_set("and or nor so")
_TURNS = word_set("but yet though although while whereas even")


def after_tag(
    context: Context, stretch: Stretch, left: int, *, end: int, links: tuple[Link, ...]
) -> list[Statement] | None:
    """The words on both sides of a tag from ``left`` to the mark at ``end``.

    None where nothing goes on after it that belongs to what was said before.
    """
    words, high = context.words, stretch.high
    rest = end + 1
    if end >= high or high - rest < SHORTEST or words[end].text not in _ENDS:
        return None
    if any(word.kind in {"open", "close"} for word in words[stretch.low : high]):
        return None
    said = stretch.said_by(*links)
    condition = words[stretch.low].lower in lex.CONDITIONS and opens_clause(words, rest, high)
    clause = context.has_finite(rest + 1, high)
    # "The man who stole it, she said, was fined": the verb of the clause before.
    verb = words[rest].lower in lex.AUXILIARIES and context.verbs.first(rest, high) == rest
    semicolon = context.index(_SEMICOLON, stretch.low, left) if verb else None
    if semicolon is not None:
        first, second = stretch.part(stretch.low, semicolon), stretch.part(semicolon + 1, high)
        return context.parse(first) + context.parse(second)
    if (
        condition
        or verb
        or (_measures(context, rest, high) and not (clause and words[end].text == ";"))
    ):
        return [context.statement(said, cuts=(_between(context, left, end),))]
    if not clause:
        return None
    after = _clause_after(context, stretch, rest, end=end, links=links)
    return None if after is None else context.parse(said.part(stretch.low, left)) + after


def _clause_after(
    context: Context, stretch: Stretch, rest: int, *, end: int, links: tuple[Link, ...]
) -> list[Statement] | None:
    """The clause after a tag: the source's after "and", the article's own after "but" and ";"."""
    lead = context.words[rest].lower
    turns = context.words[end].text == ";" or lead in _TURNS
    if not turns and lead not in _ADDS:
        return None
    own = stretch.part(rest, stretch.high)
    pronoun = context.words[rest + 1].lower
    if pronoun in {"he", "she", "they", "it"}:
        # "…, the authors write, though they warn that …"
        context.meant = {pronoun: links[-1].agent}
    found = context.parse(own)
    context.meant = {}
    has_source = any(len(one.links) > len(stretch.links) for one in found)
    return found if turns or has_source else context.parse(own.said_by(*links))


def _measures(context: Context, first: int, high: int) -> bool:
    """Whether a figure or a comparison goes on, and no clause: "about 40 men left"."""
    words = context.words
    number = words[first].kind == "number" or words[first].lower in _ABOUT
    if not number:
        return words[first].lower in _MEASURES
    near = {word.lower for word in words[first : min(high, first + _NEAR)]}
    return bool(near & _COMPARES) or not context.verbs.any(first, high)


def after_scene(
    context: Context, stretch: Stretch, said: Stretch, *, first: int
) -> list[Statement] | None:
    """Read "In 2023, X said, the port lost …": a time, a place or a condition stays with its clause.

    ``said`` are the words after the source that begins at ``first``; None for other sentences.
    """
    words, low = context.words, stretch.low
    start = said.low + (words[said.low].text == ",")
    if first - low < _SHORTEST_SCENE or {words[first - 1].text, words[start - 1].text} != {","}:
        return None
    condition = words[low].lower in lex.CONDITIONS
    occasion = any(bare(word) in lex.DOCUMENT_WORDS | _OCCASIONS for word in words[low:first])
    if occasion or first - low > _LONGEST_SCENE or words[start].kind == "open":
        return None
    placed = words[low].lower in lex.PREPOSITIONS and not context.has_finite(low, first)
    inner = context.parse(said) if condition or placed else []
    if len(inner) != 1 or inner[0].links != said.links or inner[0].cuts:
        return None
    cut = _between(context, first, start - 1)
    return [context.statement(Stretch(low, said.high, said.links), cuts=(cut,))]


def _between(context: Context, left: int, end: int) -> Span:
    """A source between two commas; one of them stays where a reader needs it."""
    words = context.words
    if words[end].text == "," and words[end + 1].lower in _JOINED | lex.AUXILIARIES:
        return inserted(context, left, end)
    return Span(words[left].start, words[end].end)


def around(context: Context, stretch: Stretch, left: int, *, last: int) -> list[Statement]:
    """Read what stands before and after a source that was put into a sentence."""
    low, high, _ = stretch
    before = stretch.part(low, left)
    if (
        high - last > SHORTEST
        and context.words[last].text == ","
        and context.words[left - 1].text == ","
        and _measures(context, last + 1, high)
    ):
        return [context.statement(stretch, cuts=(_between(context, left, last),))]
    rest = last if context.has_finite(last, high) else high
    after = context.trim(stretch.part(rest, high))
    if after.high - after.low < SHORTEST:
        return context.parse(before)
    if left - low <= SHORTEST or not context.verbs.any(low, left):
        return [context.statement(stretch, cuts=(inserted(context, left, last),))]
    if _is_apposition(context, after):
        return context.parse(before)
    return context.parse(before) + context.parse(after)


def inserted(context: Context, left: int, last: int) -> Span:
    """The inserted words with the commas around them."""
    words = context.words
    first = words[left - 1] if words[left - 1].text in MARKS else words[left]
    end = words[last].end if words[last].text in MARKS else words[last].start
    return Span(first.start, end)


def _is_apposition(context: Context, stretch: Stretch) -> bool:
    """Whether what follows only describes the source: "…, a data firm", "that came out in May"."""
    words = context.words[stretch.low : stretch.high]
    lead = words[0].lower
    if lead == "that":
        return context.has_finite(stretch.low + 1, stretch.low + 2)
    return lead in _DESCRIBING and not any(word.text == "," for word in words)
