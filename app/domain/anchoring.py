"""Finding the words of claims again in a changed text: at their place, word for word, or nearly.

What counts how much: the quote 50, the words before and after it 20 each, the place 2. All of it
is bounded, so that three hundred claims of a long text take seconds at most.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import Match, SequenceMatcher
from functools import cached_property
from itertools import pairwise

from app.domain.spans import SAME, Span
from app.domain.tokens import cuts_a_word, tokens
from app.domain.words import FoundBy

QUOTE, BEFORE, AFTER, POSITION = 50, 20, 20, 2
ALL = QUOTE + BEFORE + AFTER + POSITION
CONTEXT = 32
# Below this share of its own words a quote is taken for gone, whatever stands around.
LEAST_ALIKE = 0.6
FEWEST_WORDS = 3
MOST_PLACES = 200
WEIGHED = 8
# A pair of words that stands in more places than this tells nothing of where a quote is.
COMMON = 60
CANDIDATES = 3
# How many pairs of equal words a quote and a stretch may make: prose makes a third of these at most,
# and of words that come again and again, comparing would take minutes.
MOST_EQUAL = 60_000
LONGEST = 5_000
FAR = 3
SENTENCE_ENDS = frozenset({".", "!", "?", "…", "。", "！", "？"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words of a claim in the text that it was taken from, and those around them."""

    quote: str
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words of a claim stand now, how they were found, and how like they are, 0 to 1."""

    span: Span
    found_by: FoundBy
    score: float


def anchor(text: str, span: Span) -> Anchor:
    """The words that a span covers, to be looked for in another text."""
    return Anchor(
        span.of(text),
        span.start,
        span.end,
        text[max(0, span.start - CONTEXT) : span.start],
        text[span.end : span.end + CONTEXT],
    )


def find_again(text: str, anchors: Mapping[int, Anchor]) -> dict[int, Found | None]:
    """Every claim's words in a changed text, None where nothing is like enough.

    Words that are only nearly the same are not taken for a claim's where they are those of another
    claim, found for certain, that it never overlapped.
    """
    there = _Text(text)
    found: dict[int, Found | None] = {}
    for name, wanted in anchors.items():
        found[name] = _at_its_place(text, wanted) or _word_for_word(there, wanted)
    certain = sorted(
        ((hit.span, name) for name, hit in found.items() if hit is not None),
        key=lambda pair: pair[0].start,
    )
    for name, wanted in anchors.items():
        if found[name] is None:
            hit = _nearly(there, wanted)
            if hit is not None and not _is_of_another(hit.span, wanted, certain, anchors):
                found[name] = hit
    return found


def _at_its_place(text: str, wanted: Anchor) -> Found | None:
    if text[wanted.start : wanted.end] != wanted.quote or _is_torn(text, wanted, wanted.start):
        return None
    return Found(Span(wanted.start, wanted.end), FoundBy.POSITION, 1.0)


def _is_torn(text: str, wanted: Anchor, place: int) -> bool:
    """Whether a quote of whole words would begin or end within one: 40 does not stand in 140."""
    around = wanted.before[-1:] + wanted.quote + wanted.after[:1]
    first, last = len(wanted.before[-1:]), len(wanted.before[-1:]) + len(wanted.quote)
    end = place + len(wanted.quote)
    return (cuts_a_word(text, place) and not cuts_a_word(around, first)) or (
        cuts_a_word(text, end) and not cuts_a_word(around, last)
    )


@dataclass
class _Text:
    """A text with what is worked out of it once, when it is first needed."""

    text: str
    places: dict[str, list[int]] = field(default_factory=dict)

    def places_of(self, quote: str) -> list[int]:
        """Where a quote begins, word for word; one place may overlap the next."""
        if quote not in self.places:
            self.places[quote] = list(_occurrences(self.text, quote))
        return self.places[quote]

    @cached_property
    def spans(self) -> list[Span]:
        return tokens(self.text)

    @cached_property
    def words(self) -> list[str]:
        return [_plain(span.of(self.text)) for span in self.spans]

    @cached_property
    def pairs(self) -> dict[tuple[str, str], list[int]]:
        """Where each pair of neighbouring words stands, and each word as a pair with nothing."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, pair in enumerate(_pairs(self.words)):
            found[pair].append(place)
        for place, word in enumerate(self.words):
            found[word, ""].append(place)
        return found


def _occurrences(text: str, quote: str) -> Iterator[int]:
    place = text.find(quote)
    while place >= 0:
        yield place
        place = text.find(quote, place + max(1, len(quote) // 2))


def _plain(word: str) -> str:
    return word.translate(SAME).casefold()


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    return pairwise(words)


def _word_for_word(there: _Text, wanted: Anchor) -> Found | None:
    """The place of the very words: where the most of what stood around them does, then nearest."""
    places = there.places_of(wanted.quote)
    nearest = bisect_left(places, wanted.start)
    near = places[max(0, nearest - MOST_PLACES // 2) : nearest + MOST_PLACES // 2]
    near = [place for place in near if not _is_torn(there.text, wanted, place)]
    likely = sorted(near, key=lambda place: _shared_around(there.text, wanted, place))[-WEIGHED:]
    hits = [
        Found(
            Span(place, place + len(wanted.quote)),
            FoundBy.QUOTE,
            _score(there.text, wanted, Span(place, place + len(wanted.quote)), alike=1.0),
        )
        for place in likely
    ]
    return max(hits, key=lambda hit: (hit.score, -abs(hit.span.start - wanted.start)), default=None)


def _shared_around(text: str, wanted: Anchor, place: int) -> tuple[int, int]:
    """How many letters around a place are those that stood around the quote; then how near it is."""
    before = text[max(0, place - CONTEXT) : place]
    after = text[place + len(wanted.quote) : place + len(wanted.quote) + CONTEXT]
    shared = _same(reversed(before), reversed(wanted.before)) + _same(after, wanted.after)
    return shared, -abs(place - wanted.start)


def _same(one: Iterator[str] | str, other: Iterator[str] | str) -> int:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared


def _score(text: str, wanted: Anchor, span: Span, *, alike: float) -> float:
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    nearness = 1 - abs(span.start - wanted.start) / max(len(text), wanted.start, 1)
    parts = (
        QUOTE * alike,
        BEFORE * _alike(wanted.before, before),
        AFTER * _alike(wanted.after, after),
        POSITION * nearness,
    )
    return round(sum(parts) / ALL, 4)


def _alike(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()


def _nearly(there: _Text, wanted: Anchor) -> Found | None:
    """The stretch of the text whose words are most like the quote's, if they are like enough."""
    if len(wanted.quote) > LONGEST:
        return None
    words = [_plain(span.of(wanted.quote)) for span in tokens(wanted.quote)]
    if len(words) < FEWEST_WORDS:
        return None
    hits = []
    for begin in _likely_beginnings(there, words):
        span, alike = _best_stretch(there, words, begin)
        if span is not None and alike >= LEAST_ALIKE:
            score = _score(there.text, wanted, span, alike=alike)
            hits.append(Found(span, FoundBy.APPROXIMATE, score))
    return max(hits, key=lambda hit: hit.score, default=None)


class Alike:
    """A text in which words are looked for that stand in it nearly; made once for many of them."""

    def __init__(self, text: str) -> None:
        self._there = _Text(text)

    def find(self, quote: str) -> tuple[Span, float] | None:
        """The stretch most like a quote, and how like its words are, 0 to 1; None if not enough."""
        if len(quote) > LONGEST:
            return None
        words = [_plain(span.of(quote)) for span in tokens(quote)]
        hits = [
            (span, round(alike, 4))
            for begin in (
                _likely_beginnings(self._there, words) if len(words) >= FEWEST_WORDS else ()
            )
            for span, alike in [_best_stretch(self._there, words, begin)]
            if span is not None and alike >= LEAST_ALIKE
        ]
        return max(hits, key=lambda hit: hit[1], default=None)


def _likely_beginnings(there: _Text, words: Sequence[str]) -> list[int]:
    """At which words a quote would begin, were its pairs of words where the text has them."""
    votes: Counter[int] = Counter()
    singles = [(word, "") for word in words]
    for pairs in (list(_pairs(words)), singles):
        for place, pair in enumerate(pairs):
            hits = there.pairs.get(pair, ())
            if 0 < len(hits) <= COMMON:
                for hit in hits:
                    votes[(hit - place) // 4] += 1
    return [4 * bin_ for bin_, _count in votes.most_common(CANDIDATES)]


def _best_stretch(there: _Text, words: Sequence[str], begin: int) -> tuple[Span | None, float]:
    """Around a beginning, from the first word to the last that the quote has too, in its order."""
    slack = 4 + len(words) // 4
    first = max(0, begin - slack)
    window = there.words[first : max(0, begin) + len(words) + 2 * slack]
    often = Counter(window)
    if sum(often[word] for word in words) > MOST_EQUAL:
        return None, 0.0
    matcher = SequenceMatcher(None, words, window, autojunk=False)
    blocks = _without_strays([block for block in matcher.get_matching_blocks() if block.size])
    if not blocks:
        return None, 0.0
    last = blocks[-1]
    # Words that were changed at the very ends of the quote stand in the text as others.
    start = _widened(window, blocks[0].b, min(blocks[0].a, slack), step=-1)
    end = _widened(window, last.b + last.size, min(len(words) - last.a - last.size, slack), step=1)
    shared = sum(len(word) for block in blocks for word in words[block.a : block.a + block.size])
    whole = sum(map(len, words)) + sum(map(len, window[start:end]))
    spans = there.spans
    return Span(spans[first + start].start, spans[first + end - 1].end), 2 * shared / whole


def _without_strays(blocks: list[Match]) -> list[Match]:
    """The runs of shared words, but for one or two words far off at either end."""
    while len(blocks) > 1 and _is_stray(blocks[0], blocks[0], blocks[1]):
        blocks = blocks[1:]
    while len(blocks) > 1 and _is_stray(blocks[-1], blocks[-2], blocks[-1]):
        blocks = blocks[:-1]
    return blocks


def _is_stray(block: Match, left: Match, right: Match) -> bool:
    """Whether a short run is further from its neighbour in the text than it was in the quote."""
    added = (right.b - left.b - left.size) - (right.a - left.a - left.size)
    return block.size <= 2 and added > FAR


def _widened(window: Sequence[str], edge: int, by: int, *, step: int) -> int:
    """An edge moved over some words, not beyond the end of a sentence."""
    for _word in range(by):
        place = edge if step > 0 else edge - 1
        if not 0 <= place < len(window) or window[place] in SENTENCE_ENDS:
            break
        edge += step
    return edge


def _is_of_another(
    span: Span, wanted: Anchor, certain: Sequence[tuple[Span, int]], anchors: Mapping[int, Anchor]
) -> bool:
    """Whether these are for certain the words of a claim that this one had none in common with."""
    for other, name in certain:
        if other.start >= span.end:
            break
        shared = min(span.end, other.end) - max(span.start, other.start)
        was = anchors[name]
        overlapped = wanted.start < was.end and was.start < wanted.end
        if 2 * shared > min(span.end - span.start, other.end - other.start) and not overlapped:
            return True
    return False
