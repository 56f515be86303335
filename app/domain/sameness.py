"""Telling by their words alone whether two statements are the same one in nearly the same words.

It errs on the side of "another one": other figures, a "not" more, or other names on either side
make another statement, however alike the rest is; and what leans on its article for whom it speaks
of ("he agreed") is no other's.
"""

import re
from dataclasses import dataclass
from functools import cached_property

# Statements that begin with the same letters, as many as this, are compared.
OPENING = 24
# So much of the words of both, taken together, must be in both.
ALIKE = 0.7
# What two statements have in common, if it is less than this, is chance.
FEWEST_SHARED = 3

_WORD = re.compile(r"[^\W\d_]+(?:[.’'-][^\W\d_]+)*")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r",(?=\d{3}\b)")
_MONEY = re.compile(r"[$€£¥]")
_NOT = re.compile(
    r"\b(?:not?|never|nobody|none|nothing|neither|nor|without|cannot|\w+n[’']t)\b", re.I
)
_SMALL = frozenset(
    [
        *("a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "from", "with", "as", "and"),
        *("or", "but", "that", "this", "these", "those", "it", "its", "he", "she", "they", "his"),
        *("her", "their", "is", "are", "was", "were", "be", "been", "has", "have", "had", "will"),
        *("would", "which", "who", "than", "there", "also", "percent", "per", "cent", "about"),
    ]
)
# Numbers and sizes in words tell two statements apart as figures do.
_IN_WORDS = {
    **{word: str(at) for at, word in enumerate(("two", "three", "four", "five", "six"), 2)},
    **{word: str(at) for at, word in enumerate(("seven", "eight", "nine"), 7)},
    **{word: word for word in ("ten", "eleven", "twelve", "dozen", "half", "quarter", "third")},
    **{word: word for word in ("hundred", "thousand", "million", "billion", "trillion")},
    **{word: word for word in ("double", "doubled", "triple", "tripled", "twice")},
}
# A statement that begins with one of these speaks of whom its article named before.
_POINTS_BACK = frozenset(
    [
        *("i", "you", "he", "she", "it", "we", "they", "this", "that", "these", "those", "there"),
        *("my", "your", "his", "her", "its", "our", "their", "both", "neither", "others"),
    ]
)
_UP = frozenset(
    [
        *("rise", "rises", "rose", "risen", "rising", "increase", "increases", "increased", "up"),
        *("grow", "grows", "grew", "grown", "more", "higher", "highest", "most", "gain", "gained"),
        *("won", "win", "wins", "passed", "approved", "above", "best", "first", "opened"),
    ]
)
_DOWN = frozenset(
    [
        *("fall", "falls", "fell", "fallen", "falling", "decrease", "decreases", "decreased"),
        *("drop", "drops", "dropped", "shrink", "shrank", "down", "less", "fewer", "lower"),
        *("lowest", "least", "lost", "lose", "loses", "failed", "rejected", "below", "worst"),
        *("last", "closed"),
    ]
)


@dataclass(frozen=True)
class Statement:
    """The words of a statement, as it is compared with others."""

    text: str

    @property
    def opening(self) -> str:
        """The letters by which others that may be the same are found."""
        return self.text[:OPENING]

    @cached_property
    def figures(self) -> frozenset[str]:
        """Its numbers and their sizes, written one way."""
        written = {_GROUPED.sub("", one) for one in _FIGURE.findall(self.text)}
        said = {_IN_WORDS.get(word, "") for word in self._every_word}
        return frozenset(written | said | set(_MONEY.findall(self.text))) - {""}

    @cached_property
    def is_denied(self) -> bool:
        """Whether it says "not" an odd number of times."""
        return len(_NOT.findall(self.text)) % 2 == 1

    @cached_property
    def _every_word(self) -> tuple[str, ...]:
        return tuple(_plain(word) for word in _WORD.findall(self.text))

    @cached_property
    def words(self) -> frozenset[str]:
        """What it speaks of, in small letters, one form for singular and plural."""
        return frozenset(self._every_word) - _SMALL - _IN_WORDS.keys()

    @cached_property
    def names(self) -> frozenset[str]:
        """Those of its words that begin with a capital letter inside it."""
        found = _WORD.findall(self.text)[1:]
        return frozenset(_plain(word) for word in found if word[0].isupper())

    def is_same_as(self, other: "Statement") -> bool:
        """Whether both say the same in nearly the same words."""
        if self.figures != other.figures or self.is_denied != other.is_denied:
            return False
        shared, every = self.words & other.words, self.words | other.words
        if len(shared) < max(FEWEST_SHARED, ALIKE * len(every)):
            return False
        named = (self.names | other.names) & shared
        in_one_order = self.in_order(named) == other.in_order(named)
        return self.tells and other.tells and in_one_order and not self._turns(other)

    @property
    def tells(self) -> bool:
        """Whether it says by itself of whom or what it speaks."""
        return self._every_word[:1] != () and self._every_word[0] not in _POINTS_BACK

    def in_order(self, words: frozenset[str]) -> list[str]:
        """Those of some words that stand in it, in its order."""
        return [word for word in self._every_word if word in words]

    def _turns(self, other: "Statement") -> bool:
        """Whether each has a name that the other has not, or one goes up where the other goes down."""
        mine, theirs = self.words - other.words, other.words - self.words
        return any(
            not mine.isdisjoint(one) and not theirs.isdisjoint(another)
            for one, another in ((self.names, other.names), (_UP, _DOWN), (_DOWN, _UP))
        )


def _plain(word: str) -> str:
    small = word.casefold().replace("’", "'").removesuffix("'s").replace(".", "")
    is_plural = len(small) > 3 and small.endswith("s") and not small.endswith("ss")
    return small[:-1] if is_plural and small not in _POINTS_BACK else small
