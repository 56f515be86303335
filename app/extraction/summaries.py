"""The bullets of an article's own summary, each joined to the claim that it repeats."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.extraction.candidate import Candidate
from app.extraction.furniture import telling_words
from app.extraction.sentences import Paragraph

_SAME_WORDS = 0.5
# More bullets are a list that the article is made of, and no summary of it.
_MOST_BULLETS = 100


def joined(
    text: str, bullets: Sequence[Paragraph], candidates: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The candidates, each with the places of the bullets that say it again.

    A bullet repeats the claim with which it shares most words, at least half of its own; one that
    no claim repeats is left out, since a summary is no statement of its own.
    """
    if not bullets or len(bullets) > _MOST_BULLETS:
        return tuple(candidates)
    holding: dict[str, list[int]] = {}
    for at, candidate in enumerate(candidates):
        for word in telling_words(candidate.quote):
            holding.setdefault(word, []).append(at)
    places: dict[int, list[tuple[int, int]]] = {}
    for bullet in bullets:
        words = telling_words(text[bullet.start : bullet.end])
        shared = Counter(at for word in words for at in holding.get(word, ()))
        best = min(shared, key=lambda at: (-shared[at], at), default=None)
        if best is not None and shared[best] >= _SAME_WORDS * len(words):
            places.setdefault(best, []).append((bullet.start, bullet.end))
    return tuple(
        replace(candidate, repeats=tuple(places[at])) if at in places else candidate
        for at, candidate in enumerate(candidates)
    )
