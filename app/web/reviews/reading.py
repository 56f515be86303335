"""The article as it is read beside a check: one claim marked strongly, the others faintly."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.domain.records import ArticleRecord, ClaimRecord
from app.domain.spans import Span, segments
from app.domain.words import ClaimState
from app.storage.placed_claims import PlacedClaim
from app.web import patterns

SHOWN = frozenset({ClaimState.OPEN, ClaimState.SETTLED})
MAX_BESIDE = 600
# By their lines in ``reviews/parts.html``; the first piece of this claim is where a link leads to.
PARAGRAPH, FIRST, MARK = (patterns.signs(line) for line in range(3))
DOT = patterns.signs(0)
# How a mark looks by how its claim stands.
LOOKS = {"here": "current", "todo": "claim", "done": "claim done", "settled": "claim settled"}
_LINE_ENDS = re.compile(r"(\n+)")
# A point after a capital is more often an initial, as in U.S., than an end.
_SENTENCE_END = re.compile(r"(?<![A-Z])[.!?…。！？]+[\"”’')\]»]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and the places of its claims, with the signs of ``patterns``, to be written as HTML.

    Attributes:
        text: paragraphs with marks; ``text_kinds`` in ``reviews/parts.html`` are their HTML.
        dots: a dot for each claim, for the rail along the edge; ``dot_kinds`` are their HTML.
        number: which of the ``total`` claims of the article this one is.
        done: how many of them whoever asks has checked.
        before: the sentence before the claim; ``after`` the one behind it.
    """

    text: str
    dots: str
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
    length = len(article.text)
    return Reading(
        text=_marked(article.text, spans, states, own=here.public_id),
        dots="".join(
            [_dot(state, 100 * spans[name].start / length) for name, state in states.items()]
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


def _dot(state: str, percent: float) -> str:
    """Where a claim stands on the rail; this one is larger."""
    return f"{DOT[0]}{state}{DOT[1]}{percent:.1f}{DOT[2]}{6 if state == 'here' else 4}{DOT[3]}"


def _marked(text: str, spans: Mapping[str, Span], states: Mapping[str, str], *, own: str) -> str:
    """A text in paragraphs, with its claims; where they overlap, ``own``, to be checked, comes first."""
    parts: list[str] = []
    begun = False
    for segment in segments(patterns.without_signs(text), spans):
        if not segment.claims:
            parts.append(segment.text)
            continue
        state = "here" if own in segment.claims else states[segment.claims[0]]
        named = " ".join(segment.claims)
        for part in _LINE_ENDS.split(segment.text) if "\n" in segment.text else (segment.text,):
            if not part or part[0] == "\n":
                parts.append(part)
            else:
                parts.append(_mark(named, part, state, is_first=state == "here" and not begun))
                begun = begun or state == "here"
    begins, ends, *_ = PARAGRAPH
    paragraphs = list(filter(None, "".join(parts).split("\n")))
    return f"{begins}{(ends + begins).join(paragraphs)}{ends}" if paragraphs else ""


def _mark(named: str, part: str, state: str, *, is_first: bool) -> str:
    """A piece of a claim, by how it stands."""
    if is_first:
        return f"{FIRST[0]}{named}{FIRST[1]}{part}{FIRST[2]}"
    return f"{MARK[0]}{LOOKS[state]}{MARK[1]}{named}{MARK[2]}{part}{MARK[3]}"


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
    wanted = 1 if whole else 2
    ends = [m.end() for m in islice(_SENTENCE_END.finditer(near), wanted)]
    return (near[: ends[-1]] if len(ends) == wanted else near).rstrip()
