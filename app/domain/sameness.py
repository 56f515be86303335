"""Telling by their words alone whether two statements are the same one in nearly the same words.

It errs on the side of "another one". The words that both speak of must be the same in the same order:
one word more turns "said" into "denied" or "this season" into "last season", and two in another place
make who was sued the one who sued. Only small words may differ, and of those none that tells who does
what to whom; other figures or a "not" more make another statement; and what leans on its article for
whom it speaks of ("he agreed") is no other's.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

# Statements that begin with the same letters, as many as this, are compared.
OPENING = 24
# What two statements have in common, if it is less than this, is chance.
FEWEST_SHARED = 3

_WORD = re.compile(r"[^\W\d_]+(?:[.’'-][^\W\d_]+)*")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r",(?=\d{3}\b)")
_MONEY = re.compile(r"[$€£¥]")
_TOKEN = re.compile(f"{_WORD.pattern}|{_FIGURE.pattern}|{_MONEY.pattern}")
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
# Small words that tell who does what to whom, whether it is so already, and of how many.
_TURNING = frozenset(
    [
        *("by", "to", "from", "for", "with", "than", "or", "but", "will", "would"),
        *("he", "she", "they", "his", "her", "their"),
    ]
)
# After these "paid" is what was done to somebody, not what somebody did.
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being"])


@dataclass(frozen=True)
class Statement:
    """The words of a statement, as it is compared with others."""

    text: str

    @property
    def opening(self) -> str:
        """The letters by which others that may be the same are found."""
        return self.text[:OPENING]

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """Its numbers and their sizes and currencies, written one way, in its order."""
        found = (_figure(one[0]) for one in _TOKEN.finditer(self.text))
        return tuple(filter(None, found))

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

    def is_same_as(self, other: "Statement") -> bool:
        """Whether both say the same in nearly the same words."""
        if self.figures != other.figures or self.is_denied != other.is_denied:
            return False
        if len(self.in_order) < FEWEST_SHARED or self.in_order != other.in_order:
            return False
        return self.tells and other.tells and self.turning == other.turning

    @property
    def tells(self) -> bool:
        """Whether it says by itself of whom or what it speaks."""
        return self._every_word[:1] != () and self._every_word[0] not in _POINTS_BACK

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """What it speaks of, in its order."""
        return tuple(word for word in self._every_word if word in self.words)

    @cached_property
    def turning(self) -> tuple[str, ...]:
        """Its small words that would make another statement if they were others, in its order."""
        every = self._every_word
        done = (f"{word}, done" for before, word in pairwise(every) if before in _BE)
        return (*(word for word in every if word in _TURNING), *done)


def _figure(token: str) -> str:
    is_word = token[0].isalpha()
    return _IN_WORDS.get(_plain(token), "") if is_word else _GROUPED.sub("", token)


def _plain(word: str) -> str:
    small = word.casefold().replace("’", "'").removesuffix("'s").replace(".", "")
    is_plural = len(small) > 3 and small.endswith("s") and not small.endswith("ss")
    return small[:-1] if is_plural and small not in _POINTS_BACK else small
