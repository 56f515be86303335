"""Where a paragraph quotes: pairs of quotation marks, and quotations that run on."""

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter

from app.extraction.sentences import Span

_DOUBLE = re.compile(r"``|''|‘‘|’’|[“”„\"«»]")
_OPENING, _CLOSING = frozenset({"“", "„", "«", "``", "‘‘"}), frozenset({"”", "»", "’’"})
# A mark after a space and before a word opens, even where the one before was never closed.
_REOPENS = re.compile(r"(?<=\s)(?:\"|''|(?<=[.!?,”]\s)[“„])(?=\w)")
# British style: a single mark opens after a space and closes where no letter follows.
_SINGLE = re.compile(r"[‘’'\n]")
_SINGLE_OPENS = re.compile(r"(?<![\w’'])[‘'](?=[\w“])")
_SINGLE_CLOSES = re.compile(r"(?<=[\w,.?!…])[’'](?!\w)")
_SHORTEST_SINGLE = 3


def quotations(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans of quoted speech between ``start`` and ``end``, without the marks themselves.

    A mark that is never closed quotes up to the end: the speech goes on in the next paragraph.
    """
    found: list[Span] = []
    opened: int | None = None
    for mark in _DOUBLE.finditer(text, start, end):
        at = mark.start()
        if opened is None:
            if _may_open(text, start, mark=mark):
                opened = mark.end()
        elif _REOPENS.match(text, at, end):
            opened = mark.end()
        elif mark[0] not in _OPENING:
            found.append(Span(opened, at))
            opened = None
    if opened is not None and opened < end:
        found.append(Span(opened, end))
    return _with_single(found, _single_quotations(text, start, end))


def _may_open(text: str, start: int, *, mark: re.Match[str]) -> bool:
    if mark[0] == "''" and mark.start() > start and text[mark.start() - 1].isalnum():
        return False
    return mark[0] not in _CLOSING and not _is_inch(text, start, mark.start(), mark=mark[0])


def _with_single(double: list[Span], single: tuple[Span, ...]) -> tuple[Span, ...]:
    """The quotations of a paragraph: single marks count where they hold double ones, or alone."""
    if not double:
        return single
    starts = [span.start for span in double]
    outer: list[Span] = []
    for span in single:
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        before = first > 0 and double[first - 1].end > span.start
        if first < last and not before and double[last - 1].end <= span.end:
            outer.append(span)
    if outer:
        # The paragraph quotes with single marks throughout.
        outer = [span for span in single if not _crosses(span, double, starts)]
    ends = [span.end for span in outer]
    free = [q for q in double if not _lies_in(q, outer, ends)]
    return tuple(sorted([*outer, *free]))


def _crosses(span: Span, double: list[Span], starts: list[int]) -> bool:
    """Whether double marks open before a span and close in it, or stand around it."""
    before = bisect_left(starts, span.start) - 1
    return before >= 0 and double[before].end > span.start


def _lies_in(inner: Span, outer: list[Span], ends: list[int]) -> bool:
    at = bisect_left(ends, inner.end)
    return at < len(outer) and outer[at].start <= inner.start


def _is_inch(text: str, start: int, at: int, *, mark: str) -> bool:
    return mark == '"' and at > start and text[at - 1].isdigit()


def _single_quotations(text: str, start: int, end: int) -> tuple[Span, ...]:
    found: list[Span] = []
    opened: int | None = None
    for mark in _SINGLE.finditer(text, start, end):
        at = mark.start()
        if opened is not None and _SINGLE_CLOSES.match(text, at, end):
            found.append(Span(opened, at))
            opened = None
            continue
        if mark[0] in "‘\n":
            opened = None
        if opened is None and _SINGLE_OPENS.match(text, at, end):
            opened = mark.end()
    return tuple(q for q in found if len(text[q.start : q.end].split()) >= _SHORTEST_SINGLE)


def touching(quoted: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    """Those of a paragraph's quotations that lie in a span or end at it, found by halving."""
    first = bisect_left(quoted, span.start, key=attrgetter("end"))
    last = bisect_right(quoted, span.end + 1, key=attrgetter("start"))
    return quoted[first:last]


def quoted_share(quoted: tuple[Span, ...], span: Span) -> float:
    """How much of a span lies inside quotation marks, 0 to 1."""
    length = span.end - span.start
    inside = sum(
        max(0, min(q.end, span.end) - max(q.start, span.start)) for q in touching(quoted, span)
    )
    return inside / length if length else 0.0
