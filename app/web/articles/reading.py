"""An article's text as paragraphs with its claims marked, for reading."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.blindness import SeenState
from app.domain.claim_parts import HopRecord
from app.domain.spans import Segment, Span, segments
from app.domain.tokens import cuts_a_word
from app.storage.seen import SeenClaim

# Before the place of a step, where claims have their public ids.
STEP = "step "
BREAK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A claim with its number in reading order, from 1, and what a mark of it is called."""

    number: int
    seen: SeenClaim
    label: str

    @property
    def id(self) -> str:
        """The claim's public id."""
        return self.seen.claim.public_id


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with the claims that it belongs to, and those that begin with it.

    ``step`` is the place in a chain of whoever these words name; None for all other words.
    """

    text: str
    claims: tuple[Numbered, ...]
    begins: tuple[Numbered, ...]
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in pieces, and where in the text it begins."""

    start: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the claims of a text, as one page shows it, and which of its words go with it.

    ``first`` and ``last`` are the numbers of its claims, ``begins`` where its first one begins in the
    text, ``ends`` where that of the next part does; None where the text itself begins or ends.
    """

    number: int
    first: int
    last: int
    begins: int | None = None
    ends: int | None = None


WHOLE = Part(1, 1, 0)


def parts_of(starts: Sequence[int], size: int) -> list[Part]:
    """The parts of a text, by where its claims begin in reading order; one at least."""
    firsts = range(0, len(starts), size) or range(1)
    return [
        Part(
            number,
            first + 1,
            min(first + size, len(starts)),
            starts[first] if first else None,
            starts[first + size] if first + size < len(starts) else None,
        )
        for number, first in enumerate(firsts, start=1)
    ]


def numbered(
    claims: Sequence[SeenClaim], label: str, words: Mapping[SeenState, str], *, first: int = 1
) -> list[Numbered]:
    """Claims in reading order, with their numbers, of which the first may be any.

    ``label`` is a sentence with ``%(n)s`` and ``%(state)s``, ``words`` are those of the states:
    translated once, as a text may hold a thousand claims.
    """
    placed = sorted(claims, key=lambda seen: (seen.claim.start or 0, seen.claim.id))
    return [
        Numbered(number, seen, label % {"n": number, "state": words[seen.state]})
        for number, seen in enumerate(placed, start=first)
    ]


def paragraphs(
    text: str,
    claims: Sequence[Numbered],
    named: Sequence[HopRecord] = (),
    *,
    part: Part = WHOLE,
) -> list[Paragraph]:
    """The paragraphs of a part of a text, cut wherever a claim begins or ends.

    ``named`` is the chain of one claim: where the text names its steps, it is cut too. Each paragraph
    is cut on its own, so that a long text takes no longer than its length. One in which a part ends
    and the next begins is in both.
    """
    own_end = max((claim.seen.claim.end or 0 for claim in claims), default=0)
    by_id = {claim.id: claim for claim in claims}
    waiting = [(c.id, Span(c.seen.claim.start or 0, c.seen.claim.end or 0)) for c in claims]
    steps = {f"{STEP}{n}": _named(hop, text) for n, hop in enumerate(named)}
    waiting += [(name, span) for name, span in steps.items() if span is not None]
    waiting.sort(key=lambda mark: mark[1].start)
    place, current, made = 0, dict[str, Span](), []
    for block in _blocks(text):
        while place < len(waiting) and waiting[place][1].start < block.end:
            current[waiting[place][0]] = waiting[place][1]
            place += 1
        current = {name: span for name, span in current.items() if span.end > block.start}
        if _is_in(block, part, own_end):
            made.append(_paragraph(block, block.of(text), current, by_id))
    return made


def _is_in(block: Span, part: Part, own_end: int) -> bool:
    """Whether a paragraph goes with a part, whose last claim ends somewhere."""
    is_behind_begin = part.begins is None or block.end > part.begins
    return is_behind_begin and (
        part.ends is None or block.end <= part.ends or block.start < own_end
    )


def _named(hop: HopRecord, text: str) -> Span | None:
    """Where a text names a step; places in another text may lie beyond it, or in a word."""
    if hop.start is None or hop.end is None or hop.end > len(text):
        return None
    if cuts_a_word(text, hop.start) or cuts_a_word(text, hop.end):
        return None
    return Span(hop.start, hop.end)


def _blocks(text: str) -> Iterator[Span]:
    """Where the paragraphs stand; blank lines part them."""
    start = 0
    for gap in BREAK.finditer(text):
        if gap.start() > start:
            yield Span(start, gap.start())
        start = gap.end()
    if text[start:].strip():
        yield Span(start, len(text))


def _paragraph(
    block: Span, text: str, marks: dict[str, Span], by_id: dict[str, Numbered]
) -> Paragraph:
    """One paragraph; a claim that began in an earlier one does not begin again."""
    here = {
        name: Span(
            max(span.start, block.start) - block.start, min(span.end, block.end) - block.start
        )
        for name, span in marks.items()
    }
    pieces = (
        _piece(segment, marks, by_id, block) for segment in segments(text, here) if segment.text
    )
    return Paragraph(block.start, tuple(pieces))


def _piece(
    segment: Segment, marks: dict[str, Span], by_id: dict[str, Numbered], block: Span
) -> Piece:
    return Piece(
        segment.text,
        tuple(by_id[name] for name in segment.claims if name in by_id),
        tuple(
            by_id[name]
            for name in segment.starts
            if name in by_id and marks[name].start >= block.start
        ),
        next((int(name[len(STEP) :]) for name in segment.claims if name not in by_id), None),
    )
