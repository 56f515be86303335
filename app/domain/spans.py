"""Finding the words of a claim in a text. Offsets count code points."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

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

# In characters. What is longer is no claim, and takes long to look for.
MAX_QUOTE = 2_000
_BLANKS = re.compile(r"\s+")


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
        Invalid: the quote is blank, longer than ``MAX_QUOTE`` or not in the text.
    """
    quote = quote.strip()
    if not quote:
        raise Invalid("quote.blank")
    if len(quote) > MAX_QUOTE:
        raise Invalid("quote.long", field="quote", limit=MAX_QUOTE)
    exact = _nearest(text, quote, near)
    if exact is not None:
        return exact
    found = Loose(text).places(quote)
    if not found:
        raise Invalid("quote.missing")
    return min(found, key=lambda span: abs(span.start - near))


def _nearest(text: str, words: str, near: int) -> Span | None:
    """The place of a string that is not empty nearest to another; of two as near the first.

    Places may lie over each other: "aa" stands twice in "aaa".
    """
    near = max(near, 0)
    found = {text.rfind(words, 0, near + len(words)), text.find(words, near)} - {-1}
    start = min(sorted(found), key=lambda at: abs(at - near), default=None)
    return None if start is None else Span(start, start + len(words))


def _places(text: str, words: str) -> Iterator[Span]:
    """Every place of a string that is not empty."""
    at = text.find(words)
    while at >= 0:
        yield Span(at, at + len(words))
        at = text.find(words, at + len(words))


class Loose:
    """A text in which quotes are looked for but for marks and white space.

    Both are written in one form and compared as they stand, since a pattern with a choice at every
    blank walks over a text of repeated words again from each of them. Whoever looks for many quotes
    makes it once.
    """

    def __init__(self, text: str) -> None:
        same = text.translate(SAME)
        longer = [m for m in _BLANKS.finditer(same) if m.end() - m.start() > 1]
        self._gone = [0, *accumulate(m.end() - m.start() - 1 for m in longer)]
        # Where, in the text with single blanks, the text goes on after a longer one.
        removed = zip(longer, self._gone[1:], strict=True)
        self._after = [m.end() - number for m, number in removed]
        self._text = _BLANKS.sub(" ", same)

    def places(self, quote: str) -> list[Span]:
        """Every place of a quote."""
        words = " ".join(quote.translate(SAME).split())
        found = _places(self._text, words) if words else ()
        return [Span(self._there(one.start), self._there(one.end)) for one in found]

    def _there(self, at: int) -> int:
        return at + self._gone[bisect_right(self._after, at)]


class Segment(NamedTuple):
    """A run of text in which the same claims are marked throughout."""

    text: str
    claims: tuple[str, ...]
    starts: tuple[str, ...]


def segments(text: str, marks: Mapping[str, Span]) -> list[Segment]:
    """Cut a text at every boundary of every mark, so that overlapping claims can be shown.

    Each segment names the claims that cover it and those that begin with it, in the order of
    ``marks``; the segments joined are the text.
    """
    cuts, begins = {0, len(text)}, dict[int, list[str]]()
    for name, span in marks.items():
        cuts |= {span.start, span.end}
        begins.setdefault(span.start, []).append(name)
    order = {name: place for place, name in enumerate(marks)}
    found, over = [], list[str]()
    for start, end in pairwise(sorted(cuts)):
        starts = begins.get(start, ())
        over = [name for name in (*over, *starts) if marks[name].end >= end]
        if starts and len(over) > 1:
            over.sort(key=order.__getitem__)
        found.append(Segment(text[start:end], tuple(over), tuple(starts)))
    return found


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
