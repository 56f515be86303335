"""Paragraphs and sentences of a normalised text, with exact offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from app.extraction.parted import goes_with
from app.extraction.wordlist import word_set


class Span(NamedTuple):
    """A stretch of the text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: a line, or several lines that were wrapped at a fixed width."""

    index: int
    start: int
    end: int


_LINE = re.compile(r"[^\n]+")
_NARROWEST, _WIDEST, _RAGGED = 50, 100, 24
_FRAGMENT_WORDS = 2
# Longer than any title of the table below with what stands before it.
_LONGEST_TITLE = 12
# Keeps the time for one sentence bounded, whatever is pasted in.
_LONGEST = 1500
_CLOSERS = "\"”’')]»"
# A full stop after a plain word, also where the blank after it is missing: "It is shut.The mayor
# left"; the words around it are no parts of an address.
_MISSED = re.compile(
    r"\b(?P<word>[a-z]{2,20})[.!?](?:[”\"’)]{0,2}(?=\s+[“\"‘(]?[A-Z])"
    r"|(?<=[a-z]{3}[.!?])(?:”(?=[“A-Z])|(?=[“A-Z])(?!(?:Com|Org|Net|Co|Gov|Edu|Info)\b))(?!\w*\.\w))"
)
_SHORTENED = word_set(
    "vs etc al approx dept est fig figs vol ed eds cf ca viz ft lbs hrs mins secs yrs tel ext no nos"
    " pp govt intl assn bros min max avg"
)
_LIST_NUMBER = re.compile(r"\(?\d{1,2}[.)]")
# A comma or a bracket goes on with what a full stop before it seemed to end: "(D-Pa.), a …".
_LOWER_START = re.compile(r"[\"“‘'(\[]?[a-z]|[,;)\]]")
# A model trained on prose splits these before a capital; a title never ends a sentence.
_TITLE_END = re.compile(
    r"(?:^|[\s(\"“])(?:Mr|Mrs|Ms|Dr|Gov|Sens?|Reps?|Gen|Lt|Col|Sgt|Capt|Prof|Rev|St|Hon|Maj|Supt"
    r"|No|vs|Sec|Adm|Cmdr|Det|Insp|Pres|[A-Z])\.$"
)


def paragraphs(text: str) -> list[Paragraph]:
    """The non-empty paragraphs in order, trimmed of the white space around them."""
    found: list[Paragraph] = []
    for block in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
        for span in _lines_of(text, block):
            start, end = trim(text, span.start, span.end)
            if start < end:
                found.append(Paragraph(len(found), start, end))
    return found


def _lines_of(text: str, block: re.Match[str]) -> Iterator[Span]:
    lines = [
        Span(block.start() + m.start(), block.start() + m.end()) for m in _LINE.finditer(block[0])
    ]
    if _is_wrapped(text, lines):
        yield Span(lines[0].start, lines[-1].end)
    else:
        yield from lines


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether the lines of a block were broken by width and not by meaning."""
    if len(lines) < 2:
        return False
    widths = [len(text[s:e].strip()) for s, e in lines[:-1]]
    if min(widths) < _NARROWEST or max(widths) > _WIDEST or max(widths) - min(widths) > _RAGGED:
        return False
    return any(text[s:e].lstrip()[:1].islower() for s, e in lines[1:])


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


@cache
def _splitter() -> Any:  # noqa: ANN401 - the package has no types
    # Loading the model takes longer than importing this room; only a reader pays for it.
    from nupunkt import sent_spans  # noqa: PLC0415

    return sent_spans


def sentences(text: str, paragraph: Paragraph) -> list[Span]:
    """The sentences of one paragraph, in order and without gaps other than white space."""
    body = text[paragraph.start : paragraph.end]
    found: list[Span] = []
    for span in _split(text, paragraph.start, body):
        if found and _may_join(found[-1]) and _belongs_together(text, found[-1], span):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return [piece for span in found for piece in _bounded(text, span)]


def _split(text: str, offset: int, body: str) -> Iterator[Span]:
    """What the splitter finds, cut again where it overlooks a full stop after a plain word."""
    for first, last in _splitter()(body):
        start, end = offset + first, offset + last
        if text.startswith(("”", "»"), start, end):
            yield Span(start, start + 1)
            start += 1
        for stop in _MISSED.finditer(text, start, end):
            if stop["word"] not in _SHORTENED:
                yield from _unless_empty(trim(text, start, stop.end()))
                start = stop.end()
        yield from _unless_empty(trim(text, start, end))


def _unless_empty(span: Span) -> Iterator[Span]:
    if span.start < span.end:
        yield span


def _may_join(before: Span) -> bool:
    """Whether a sentence is short enough to be asked whether it goes on."""
    return before.end - before.start <= _LONGEST


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """The sentence, cut at a space wherever it is longer than any sentence of prose."""
    start, end = span
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = start + _LONGEST if cut < 0 else cut
        piece = trim(text, start, cut)
        if piece.start < piece.end:
            yield piece
        start = trim(text, cut, end).start
    if start < end:
        yield Span(start, end)


def _belongs_together(text: str, before: Span, after: Span) -> bool:
    """Whether the splitter cut a title from its name, a slogan in pieces or a quote from its tag."""
    left, right = text[before.start : before.end], text[after.start : after.end]
    if _TITLE_END.search(left[-_LONGEST_TITLE:]) or _LOWER_START.match(right):
        return True
    if goes_with(left, right):
        return True
    if not any(letter.isalnum() for letter in right) or _LIST_NUMBER.fullmatch(left):
        return True
    last_piece = re.split(r"(?<=[.!?])\s+", left)[-1]
    inside = left.count("“") > left.count("”") or left.count('"') % 2 == 1
    short = min(len(last_piece.split()), len(right.split())) < _FRAGMENT_WORDS
    return inside and short and not last_piece.rstrip(_CLOSERS).endswith(("!", "?"))
