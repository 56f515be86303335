"""The words of a text one by one, for choosing where a claim begins and ends."""

import re
from collections.abc import Sequence

from app.domain.spans import Span

# Scripts that put no blank between words are taken letter by letter; a mark stands alone.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:[.,:'’\-][^\W{_UNSPACED}]+)*|[^\w\s]+")


_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")


def cuts_a_word(text: str, edge: int) -> bool:
    """Whether a place in a text is inside of a word."""
    if not 0 < edge < len(text):
        return False
    around = text[edge - 1 : edge + 1]
    return around.isalnum() and _UNSPACED_LETTER.search(around) is None


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Where the words and marks of a stretch of text stand, in order."""
    end = len(text) if end is None else end
    return [Span(found.start(), found.end()) for found in _TOKEN.finditer(text, start, end)]


def tokens_cut_at(text: str, within: Span, edges: Sequence[int]) -> list[Span]:
    """The words of a stretch, those through which an edge goes cut in two."""
    found = []
    for token in tokens(text, within.start, within.end):
        inner = sorted({edge for edge in edges if token.start < edge < token.end})
        for start, end in zip([token.start, *inner], [*inner, token.end], strict=True):
            found.append(Span(start, end))
    return found
