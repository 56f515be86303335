"""Finding the words of a claim in a text. Offsets count code points."""

import re
from dataclasses import dataclass
from itertools import pairwise

from app.domain.errors import Invalid

# What typographers, keyboards and copying programs turn into each other.
SAME = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "‚": "'",
        "–": "-",
        "—": "-",
        "−": "-",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, from ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]


def find_quote(text: str, quote: str, *, near: int = 0) -> Span:
    """Where a quote stands: exactly, else but for quotation marks, dashes and white space.

    Of several places the one nearest to ``near`` is meant.

    Raises:
        Invalid: the quote is blank or is not in the text.
    """
    quote = quote.strip()
    if not quote:
        raise Invalid("quote.blank")
    words = [re.escape(word) for word in quote.translate(SAME).split()]
    exact = [Span(m.start(), m.end()) for m in re.finditer(re.escape(quote), text)]
    found = exact or [
        Span(m.start(), m.end()) for m in re.finditer(r"\s+".join(words), text.translate(SAME))
    ]
    if not found:
        raise Invalid("quote.missing")
    return min(found, key=lambda span: abs(span.start - near))


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text in which the same claims are marked throughout."""

    text: str
    claims: tuple[str, ...]
    starts: tuple[str, ...]


def segments(text: str, marks: dict[str, Span]) -> list[Segment]:
    """Cut a text at every boundary of every mark, so that overlapping claims can be shown.

    Each segment names the claims that cover it and those that begin with it; the segments joined
    are the text.
    """
    cuts = {0, len(text)}
    for span in marks.values():
        cuts |= {span.start, span.end}
    edges = sorted(cuts)
    return [
        Segment(
            text[start:end],
            tuple(name for name, s in marks.items() if s.start <= start and end <= s.end),
            tuple(name for name, s in marks.items() if s.start == start),
        )
        for start, end in pairwise(edges)
    ]


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a claim with those around them, and whether more stood before or after."""

    before: str
    quote: str
    after: str
    cut_before: bool
    cut_after: bool


def passage(text: str, start: int, end: int, *, around: int) -> Passage:
    """The paragraph about a claim, at most ``around`` characters on each side, cut at a blank."""
    begin = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    close = text.find("\n\n", end)
    close = len(text) if close < 0 else close
    before, after = text[begin:start], text[end:close]
    cut_before, cut_after = len(before) > around, len(after) > around
    if cut_before:
        before = before[-around:].partition(" ")[2]
    if cut_after:
        after = after[:around].rpartition(" ")[0]
    return Passage(before, text[start:end], after, cut_before, cut_after)
