"""Quotations that a page prints a second time, set apart: their speaker stands with the first."""

from bisect import bisect_right
from collections.abc import Sequence

from app.extraction.sentences import Span
from app.extraction.speech import Links, Read, give, has_links, is_all_quoted

# A page has a few of them; an article of nothing but quotations has none.
_MOST = 20
_SHORTEST = 20
_MARKS = " .,…!?;:"


def give_pulled(text: str, blocks: Sequence[Sequence[Read]]) -> None:
    """Give a paragraph that repeats words of a quotation to whoever is quoted there."""
    alone = [
        block
        for block in blocks
        if is_all_quoted(block) and not any(has_links(this) for this in block)
    ]
    lowered = text.lower()
    if not alone or len(alone) > _MOST or len(lowered) != len(text):
        return
    reads = [this for block in blocks for this in block]
    for block in alone:
        quoted = block[0].sentence.quoted
        words = lowered[quoted[0].start : quoted[0].end].strip(_MARKS) if quoted else ""
        links = _said_elsewhere(lowered, words, reads, block)
        for this in block if links else ():
            give(this, links)


def _said_elsewhere(
    lowered: str, words: str, reads: Sequence[Read], block: Sequence[Read]
) -> Links:
    """The sources of the other place in which these words stand."""
    if len(words) < _SHORTEST:
        return ()
    here = block[0].sentence.paragraph
    at = lowered.find(words)
    if here.start <= at < here.end:
        at = lowered.find(words, here.end)
    if at < 0:
        return ()
    this = reads[max(0, bisect_right(reads, at, key=lambda read: read.sentence.span.start) - 1)]
    return next((p.statement.links for p in this.pieces if _holds(p.clause.span, at)), ())


def _holds(span: Span, at: int) -> bool:
    return span.start <= at < span.end
