"""A saved copy in the shape in which its page shows it: paragraphs with marked quotes, changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.differences import Change, Run, difference
from app.domain.spans import Segment, Span, segments
from app.extraction.apart import MAX_TEXT
from app.extraction.page_text import MEDIA_TYPES, PDF
from app.extraction.pdf_text import page_of
from app.storage.copies import CopyPage, UseLine

# Longer texts take too long to be compared while somebody waits.
MOST_COMPARED = 200_000
# How much stays of what did not change, around what did.
AROUND = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a PDF file, with its number; else the article of a page, or what stands around it."""

    number: int | None
    is_around: bool
    segments: Sequence[Segment]


def sheets(page: CopyPage) -> list[Sheet]:
    """The text of a copy, page by page, cut where a quote begins or ends."""
    spans = {str(use.evidence_id): use.span for use in page.uses if use.span is not None}
    texts = page.text.split("\f")
    found, at = [], 0
    for number, text in enumerate(texts, 1):
        marks = {name: _within(span, at, len(text)) for name, span in spans.items()}
        here = {name: span for name, span in marks.items() if span.start < span.end}
        begun = [
            Segment(one.text, one.claims, tuple(n for n in one.starts if spans[n].start >= at))
            for one in segments(text, here)
        ]
        paged = number if is_paged(page) and len(texts) > 1 else None
        is_around = number > 1 and paged is None
        found.append(Sheet(paged, is_around, [one for one in begun if one.text]))
        at += len(text) + 1
    return found


def _within(span: Span, at: int, length: int) -> Span:
    """A place in a text as a place in a part of it; empty where it lies elsewhere."""
    start = min(max(span.start - at, 0), length)
    return Span(start, min(max(span.end - at, start), length))


def is_paged(page: CopyPage) -> bool:
    """Whether the text comes page by page: out of a PDF file."""
    return page.line.media_type == MEDIA_TYPES[PDF]


def pages_of(page: CopyPage) -> Mapping[int, int]:
    """On which page of a PDF file each quote stands, by the key of its use."""
    if not is_paged(page) or "\f" not in page.text:
        return {}
    return {
        use.evidence_id: page_of(page.text, use.span.start)
        for use in page.uses
        if use.span is not None
    }


def words_there(page: CopyPage, use: UseLine) -> str:
    """The words of a copy that are nearly those of a quote."""
    return "" if use.span is None else use.span.of(page.text)


def is_cut(page: CopyPage) -> bool:
    """Whether the page said more than is kept as text."""
    return len(page.text) >= MAX_TEXT


def changes(page: CopyPage) -> list[Run] | None:
    """What became of the text since the copy before, with a little around each change.

    None where the texts are too long to be compared while somebody waits.
    """
    if page.before is None:
        return []
    if max(len(page.text), len(page.text_before)) > MOST_COMPARED:
        return None
    return list(_shortened(difference(page.text_before, page.text)))


def _shortened(runs: Sequence[Run]) -> Iterator[Run]:
    for number, (change, text) in enumerate(runs):
        if change is not Change.KEPT or len(text) <= 2 * AROUND:
            yield change, text
            continue
        before = "" if number == 0 else text[:AROUND]
        after = "" if number == len(runs) - 1 else text[-AROUND:]
        yield change, f"{before} […] {after}"
