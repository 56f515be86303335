"""The article as it is read beside a check: one claim marked strongly, the others faintly."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.records import ArticleRecord, ClaimRecord
from app.domain.spans import Span, segments
from app.domain.words import ClaimState
from app.storage.placed_claims import PlacedClaim

SHOWN = frozenset({ClaimState.OPEN, ClaimState.SETTLED})
MAX_BESIDE = 600
# A point after a capital is more often an initial, as in U.S., than an end.
_SENTENCE_END = re.compile(r"(?<![A-Z])[.!?…。！？]+[\"”’')\]»]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: no ``state`` where no claim is; ``is_first`` where this one begins."""

    text: str
    claims: str
    state: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """A claim on the rail along the edge: how far down, in hundredths, and how it stands to me."""

    at: float
    state: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text cut into paragraphs of pieces, and where its claims stand."""

    paragraphs: tuple[tuple[Piece, ...], ...]
    dots: tuple[Dot, ...]
    number: int
    total: int
    done: int
    before: str
    after: str


def reading(
    article: ArticleRecord,
    claims: Sequence[PlacedClaim],
    here: ClaimRecord,
) -> Reading:
    """An article with the claims that are checked in it."""
    shown = [c for c in claims if (c.state in SHOWN or c.id == here.id) and c.start is not None]
    states = {c.public_id: _state(c, here) for c in shown}
    spans = {c.public_id: Span(c.start or 0, c.end or 0) for c in shown}
    own = spans[here.public_id]
    return Reading(
        paragraphs=tuple(_paragraphs(article.text, spans, states)),
        dots=tuple(
            Dot(round(100 * spans[name].start / len(article.text), 1), state)
            for name, state in states.items()
        ),
        number=list(states).index(here.public_id) + 1,
        total=len(states),
        done=sum(1 for c in shown if c.is_given),
        before=_before(article.text, own.start),
        after=_after(article.text, own.end),
    )


def _state(claim: PlacedClaim, here: ClaimRecord) -> str:
    if claim.id == here.id:
        return "here"
    if claim.is_given:
        return "done"
    return "settled" if claim.state is ClaimState.SETTLED else "todo"


def _paragraphs(
    text: str, spans: Mapping[str, Span], states: Mapping[str, str]
) -> Iterator[tuple[Piece, ...]]:
    pieces: list[Piece] = []
    begun = False
    for segment in segments(text, dict(spans)):
        found = [states[name] for name in segment.claims]
        state = "here" if "here" in found else (found[0] if found else "")
        for part in re.split(r"(\n+)", segment.text):
            if part.startswith("\n"):
                if pieces:
                    yield tuple(pieces)
                pieces = []
            elif part:
                is_first = state == "here" and not begun
                begun = begun or is_first
                pieces.append(Piece(part, " ".join(segment.claims), state, is_first))
    if pieces:
        yield tuple(pieces)


def _before(text: str, start: int) -> str:
    """The sentence before a place, and what stands before it in its own."""
    near = text[max(0, start - MAX_BESIDE) : start]
    ends = [m.end() for m in _SENTENCE_END.finditer(near)]
    if len(ends) > 1:
        return near[ends[-2] :]
    return near if start <= MAX_BESIDE or not ends else near[ends[0] :]


def _after(text: str, end: int) -> str:
    """What stands after a place in its own sentence, and the sentence after it."""
    near = text[end : end + MAX_BESIDE]
    whole = text[max(0, end - 2) : end].rstrip("\"”’')]»").endswith((".", "!", "?"))
    ends = [m.end() for m in _SENTENCE_END.finditer(near)]
    wanted = 1 if whole else 2
    if len(ends) >= wanted:
        return near[: ends[wanted - 1]].rstrip()
    return near.rstrip()
