"""Telling by their words whether two claims may be the same statement."""

import re

_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]{4,}")
MOST = 8
# What nearly every sentence has tells nothing.
COMMON = frozenset(
    [
        *("that", "this", "with", "from", "have", "were", "been", "will", "would", "said", "says"),
        *("they", "their", "there", "than", "more", "most", "about", "which", "when", "what"),
        *("into", "over", "after", "before", "also", "only", "some", "year", "years", "percent"),
        *("dass", "eine", "einer", "einem", "nicht", "sich", "auch", "dans", "pour", "avec"),
    ]
)


def telling_words(text: str) -> list[str]:
    """The figures and the longest words of a statement, in small letters, each once."""
    found = dict.fromkeys(word.casefold() for word in _WORD.findall(text))
    words = [word for word in found if word not in COMMON]
    figures = [word for word in words if word[0].isdigit()]
    longest = sorted((w for w in words if not w[0].isdigit()), key=lambda w: (-len(w), w))
    return [*figures, *longest][:MOST]
